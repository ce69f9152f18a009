"""Whether the page that came is the column's own: another site, the home page or another column may have answered.

A page that took the column's place may list dates of its own; what they say of the column would be a false verdict,
for it or against it. Where it is taken, the trouble is `moved`, or `login` where a login stands before it.
"""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import SplitResult, urlsplit

from monitor.model.judging import KnownEntry
from monitor.model.reading import Page, Trouble, TroubleKind
from monitor.model.register import Marks

_HOME_PATH = re.compile(r"/?(?:(?:index|default|main|home)\.[a-z]{2,5})?", re.IGNORECASE)
_LOGIN = re.compile(r"\b(?:login|signin|sso|cas|passport|oauth2?)\b", re.IGNORECASE)
_LINK = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s>]{1,500})", re.IGNORECASE)
_META = re.compile(r"<meta\b[^<>]{0,600}>", re.IGNORECASE)
_NAME = re.compile(r"\bname\s*=\s*[\"']?\s*(SiteIDCode|ColumnName)\b", re.IGNORECASE)
_CONTENT = re.compile(r"\bcontent\s*=\s*(?:\"([^\"]{0,200})\"|'([^']{0,200})'|([^\s\"'>/]{1,200}))", re.IGNORECASE)
_MARKS_WITHIN = 30_000  # characters: they stand in the head
_FEW_LINKS = 5  # two pages with so few links are alike by chance
_ALIKE = 0.9  # of the links of both: a home page shows other news a minute later, a column other lists altogether
_OPEN = frozenset({TroubleKind.UNREADABLE, TroubleKind.UNDATED, TroubleKind.EMPTIED, TroubleKind.NEEDS_SCRIPT})
_NEWEST = 10  # known entries that are looked for, of which half must be there
_TELLING = 6  # characters of an address's end, or of a title, that no other page has by chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a column is known by: its site's code, what its page said of itself, and what it listed before."""

    site_code: str | None = None  # as the register has it
    before: Marks | None = None
    known: tuple[KnownEntry, ...] = ()


def may_be_another(trouble: Trouble | None) -> bool:
    """Whether a page in this trouble, or in none, may have taken a column's place; any other says what happened."""
    return trouble is None or trouble.kind in _OPEN


def led_away(page: Page, home: str) -> Trouble | None:
    """What redirects say: another host, a login, or the site's home page answered."""
    asked, came = urlsplit(page.url), urlsplit(page.final_url)
    if page.url == page.final_url:
        return None
    if _LOGIN.search(f"{came.hostname or ''}{came.path}") and not _LOGIN.search(f"{asked.hostname or ''}{asked.path}"):
        return Trouble(kind=TroubleKind.LOGIN, detail=f"redirected to {page.final_url}")
    if _host(asked) != _host(came):
        return Trouble(kind=TroubleKind.MOVED, detail=f"redirected to another host: {page.final_url}")
    if _is_home(came, home) and not _is_home(asked, home):
        return Trouble(kind=TroubleKind.MOVED, detail=f"redirected to the home page: {page.final_url}")
    return None


def is_home(url: str, home: str) -> bool:
    """Whether an address is that of the site's home page."""
    return _is_home(urlsplit(url), home)


def _is_home(at: SplitResult, home: str) -> bool:
    """The registered home page, or the root of any host."""
    if not at.query and _HOME_PATH.fullmatch(at.path):
        return True
    there = urlsplit(home)
    return (_host(at), at.path, at.query) == (_host(there), there.path, there.query)


def _host(at: SplitResult) -> tuple[str, int | None]:
    """The host as people see it: with or without `www.`, by http or https."""
    return (at.hostname or "").removeprefix("www."), None if at.port in (80, 443) else at.port


def marks_of(text: str) -> Marks:
    """What a page says of itself in the meta tags that the guideline on government websites asks for."""
    found: dict[str, str] = {}
    for tag in _META.findall(text[:_MARKS_WITHIN]):
        name, content = _NAME.search(tag), _CONTENT.search(tag)
        if name and content:
            found.setdefault(name[1].lower(), unescape(next(filter(None, content.groups()), "")).strip())
    return Marks(site_code=found.get("siteidcode", ""), column_name=found.get("columnname", ""))


def lists_known(text: str, known: tuple[KnownEntry, ...]) -> bool:
    """Whether the page still names the newest that the column listed before: then it is the column, whatever changed.

    One or two entries do not prove it, since a home page shows the newest of each column.
    """
    newest = known[:_NEWEST]
    return bool(newest) and 2 * sum(_names(text, one) for one in newest) >= len(newest)


def _names(text: str, known: KnownEntry) -> bool:
    end = (known.entry.url or "").rpartition("/")[2]
    title = known.entry.title
    if len(end) >= _TELLING and any(before + end in text for before in "/\"'="):  # 10.html is not 110.html
        return True
    return len(title) >= _TELLING and title in text


def another_page(text: str, place: Place) -> Trouble | None:
    """What the page's own words say: it belongs to another site, or is another column's.

    A changed mark alone proves nothing, since sites are rebuilt and columns renamed: it counts where the page lists
    nothing that was known. A site code that contradicts the register counts by itself.
    """
    now, before = marks_of(text), place.before or Marks()
    if place.site_code and now.site_code and now.site_code != place.site_code:
        what = f"the page bears the site code {now.site_code}, the register {place.site_code}"
        return Trouble(kind=TroubleKind.MOVED, detail=what)
    if lists_known(text, place.known):
        return None
    if before.site_code and now.site_code and now.site_code != before.site_code:
        what = f"the page bears the site code {now.site_code}, formerly {before.site_code}"
        return Trouble(kind=TroubleKind.MOVED, detail=what)
    if before.column_name and now.column_name != before.column_name:
        what = f"the page calls itself “{now.column_name or '–'}”, formerly “{before.column_name}”"
        return Trouble(kind=TroubleKind.MOVED, detail=what)
    return None


def same_page(text: str, home: str) -> bool:
    """Whether two pages lead to the same places: a dead address that shows the home page with status 200 does."""
    if text == home:
        return bool(text.strip())
    links, of_home = set(_LINK.findall(text)), set(_LINK.findall(home))
    return len(of_home) >= _FEW_LINKS and len(links & of_home) >= _ALIKE * len(links | of_home)
