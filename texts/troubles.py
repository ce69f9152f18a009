"""The words for troubles: what kept us from seeing a column, and what a person should do about it."""

from gettext import NullTranslations

from monitor.model.reading import Trouble, TroubleKind
from texts.plain import plain


def trouble_text(trouble: Trouble, t: NullTranslations) -> str:
    """What happened, with its detail, and what to do about it."""
    words = {
        "what": trouble_name(trouble.kind, t),
        "detail": plain(trouble.detail),
        "action": _action(trouble.kind, t),
    }
    if not words["detail"]:
        return t.gettext("%(what)s; %(action)s") % words
    return t.gettext("%(what)s (%(detail)s); %(action)s") % words


def trouble_name(kind: TroubleKind, t: NullTranslations) -> str:  # noqa: C901 - one case a kind: the closed list in one place
    """What happened, in a few words."""
    match kind:
        case TroubleKind.DNS:
            return t.gettext("the name of the site could not be resolved")
        case TroubleKind.CONNECT:
            return t.gettext("the site does not accept connections")
        case TroubleKind.TLS:
            return t.gettext("no secure connection could be made")
        case TroubleKind.CERTIFICATE:
            return t.gettext("the certificate of the site is not valid")
        case TroubleKind.TIMEOUT:
            return t.gettext("the site did not answer in time")
        case TroubleKind.TOO_LARGE:
            return t.gettext("the page is too large to be read")
        case TroubleKind.GONE:
            return t.gettext("the page no longer exists")
        case TroubleKind.FORBIDDEN:
            return t.gettext("the site refused us the page")
        case TroubleKind.RATE_LIMITED:
            return t.gettext("the site asked us to come less often")
        case TroubleKind.CLIENT_ERROR:
            return t.gettext("the site did not accept the request")
        case TroubleKind.SERVER_ERROR:
            return t.gettext("the server of the site failed")
        case TroubleKind.BLOCKED:
            return t.gettext("a firewall answered in place of the site")
        case TroubleKind.ROBOTS:
            return t.gettext("robots.txt forbids the page")
        case TroubleKind.LOGIN:
            return t.gettext("the page asks for a login")
        case TroubleKind.MOVED:
            return t.gettext("the address now leads to another page")
        case TroubleKind.MAINTENANCE:
            return t.gettext("the site says that it is under maintenance")
        case TroubleKind.ERROR_PAGE:
            return t.gettext("the site shows an error page as if all were well")
        case TroubleKind.NEEDS_SCRIPT:
            return t.gettext("the list is filled in by a script")
        case TroubleKind.EMPTIED:
            return t.gettext("the list is empty although it once had entries")
        case TroubleKind.UNDATED:
            return t.gettext("no publication date can be relied on")
        case TroubleKind.UNREADABLE:
            return t.gettext("no list of entries could be read with confidence")
        case TroubleKind.REFUSED_ADDRESS:
            return t.gettext("the address lies outside the public Internet")
        case TroubleKind.OFFLINE:
            return t.gettext("the monitor itself has no network")


def _action(kind: TroubleKind, t: NullTranslations) -> str:  # noqa: C901 - as above
    match kind:
        case TroubleKind.DNS:
            return t.gettext("check the address, and that the domain is still registered")
        case TroubleKind.CONNECT | TroubleKind.TIMEOUT | TroubleKind.SERVER_ERROR:
            return t.gettext("it is tried again; if it lasts, tell the technical contact of the site")
        case TroubleKind.TLS | TroubleKind.CERTIFICATE:
            return t.gettext("the technical contact of the site should mend its HTTPS")
        case TroubleKind.TOO_LARGE:
            return t.gettext("register the address of the column's own list")
        case TroubleKind.GONE | TroubleKind.MOVED:
            return t.gettext("register the column's new address, or take it off the register if it was closed")
        case TroubleKind.FORBIDDEN | TroubleKind.BLOCKED:
            return t.gettext("ask the technical contact of the site to let the monitor through")
        case TroubleKind.RATE_LIMITED:
            return t.gettext("it is tried again; if it lasts, set a longer spacing for the site")
        case TroubleKind.CLIENT_ERROR:
            return t.gettext("check the address of the column")
        case TroubleKind.ROBOTS:
            return t.gettext("ask the site to allow the monitor in its robots.txt")
        case TroubleKind.LOGIN:
            return t.gettext("register an address that everybody can read")
        case TroubleKind.MAINTENANCE:
            return t.gettext("wait until it is back, and check that the shutdown was filed")
        case TroubleKind.ERROR_PAGE:
            return t.gettext("open the page in a browser; if it fails there too, tell the site's technical contact")
        case TroubleKind.NEEDS_SCRIPT:
            return t.gettext("register the address that the script reads its data from")
        case TroubleKind.EMPTIED:
            return t.gettext("an administrator should see whether the entries were taken down or the page was rebuilt")
        case TroubleKind.UNDATED:
            return t.gettext("the site should show the full publication date of each entry, such as 2026-03-18")
        case TroubleKind.UNREADABLE:
            return t.gettext("check that the address is that of the column's list")
        case TroubleKind.REFUSED_ADDRESS:
            return t.gettext("if it is meant, allow its network with allow_networks or LANMU_ALLOW_NETWORKS")
        case TroubleKind.OFFLINE:
            return t.gettext("check the monitor's own network; nothing is judged until it is back")
