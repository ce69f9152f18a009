"""Addresses in the admins' files, of pages, hosts and control pages: what was written becomes what it means."""

import re
from urllib.parse import urljoin, urlsplit

from config.fields import email, name
from config.problems import Wrong, quoted
from monitor.model.holding import Control, ControlPage
from monitor.model.mendable import Phrase, phrase

LONGEST_URL = 2048

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE | re.ASCII)


def url(text: str) -> str:
    """An absolute http or https address."""
    plain = _without_blanks(text)
    try:
        parts = urlsplit(plain)
        host, _port = parts.hostname or "", parts.port
        host.encode("idna")
    except ValueError:
        raise _no_address(text, phrase("look at the host and the port")) from None
    if parts.scheme not in ("http", "https"):
        meant = phrase("write http:// or https:// in front, such as https://www.example.com/")
        raise _no_address(text, meant)
    if not host or not re.fullmatch(r"[\w.:-]+", host):
        raise _no_address(text, phrase("write a host after the //, such as https://www.example.com/"))
    if "@" in parts.netloc:
        raise Wrong(phrase("the address holds a user name"), phrase("remove the part before the “@”"))
    return plain


def url_of_column(text: str, home: str) -> str:
    """The address of a column, which may be relative to the home page of its site."""
    plain = _without_blanks(text)
    if _SCHEME.match(plain) and not _is_host(plain, home):
        return url(plain)
    if _is_host(plain, home):
        raise _no_address(text, phrase("write http:// or https:// in front, or begin with / for a page of this site"))
    return url(urljoin(home, plain))


def _is_host(text: str, home: str) -> bool:
    """Whether a relative address is a host that lacks its scheme, and not a page of the site."""
    first = text.partition("/")[0].casefold()
    return first.startswith("www.") or first == urlsplit(home).netloc.casefold() != ""


def _without_blanks(text: str) -> str:
    plain = text.strip()
    if not plain or len(plain) > LONGEST_URL:
        raise _no_address(text, phrase("write an address of 1 to {most} characters", most=LONGEST_URL))
    if any(c.isspace() or not c.isprintable() or c in '<>"\\' for c in plain):
        raise _no_address(text, phrase("remove the blanks, or write them as %20; use / and not \\"))
    return plain


def _no_address(text: str, mend: Phrase) -> Wrong:
    return Wrong(phrase("{text} is no web address", text=quoted(text)), mend)


def host(text: str) -> str:
    """The name or address of a server, without port."""
    plain = text.strip()
    if len(plain) <= 253 and re.fullmatch(r"[A-Za-z0-9.-]+|[0-9A-Fa-f:]+", plain):
        return plain
    raise Wrong(
        phrase("{text} is no host", text=quoted(text)),
        phrase("write the name of the server alone, such as smtp.example.com; the port has its own key"),
    )


def control(text: str) -> Control:
    """What shows that our own network works: a host and port, or a page with the word that it must hold."""
    if "://" not in text:
        return host_and_port(text)
    address, _, word = text.strip().partition(" ")
    return ControlPage(url=url(address), word=name(word) if word.strip() else "")


def host_and_port(text: str) -> tuple[str, int]:
    """An address to connect to, such as 223.5.5.5:53 or www.example.com:443."""
    name, _, port = text.rpartition(":")
    if not name or not port.isdecimal() or not 1 <= int(port) <= 65_535:
        raise Wrong(
            phrase("{text} is no address to connect to", text=quoted(text)),
            phrase('write host and port, such as "www.example.com:443", or a page with http:// or https:// in front'),
        )
    return host(name.removeprefix("[").removesuffix("]")), int(port)


def contact(text: str) -> str:
    """Where a webmaster can write to: an e-mail address or the address of a page. It goes into a header."""
    if "@" in text and "/" not in text:
        return email(text)
    if (plain := url(text)).isascii():
        return plain
    raise _no_address(text, phrase("write it in plain ASCII letters: it goes into a header"))
