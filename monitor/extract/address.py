"""Addresses of entries: made absolute, and the dates that some of them hold."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from monitor.extract.forms import on

# Most addresses need no joining, which costs more than all else that is done for an entry.
_ABSOLUTE = re.compile(r"https?://[\w.-]+(?::\d+)?/[^\s.]*(?:\.[^\s./][^\s/]*)?\Z")
_PLAIN = re.compile(r"/[^\s/.][^\s.]*(?:\.[^\s./][^\s/]*)?")

_NAME = re.compile(r"\w[\w-]*(?:\.\w+)+")
_FOLDER = re.compile(r"\.{0,2}(?:/(?:\.\.|[\w-]+))*|[\w-]+(?:/[\w-]+)*")

_DATED = re.compile(
    r"(?:^|/)t((?:19|20)\d\d)(\d\d)(\d\d)_\d"  # t20210304_12.html
    r"|/((?:19|20)\d\d)[/-]?(1[0-2]|0[1-9])[/-]?(3[01]|[12]\d|0[1-9])/"  # /2021/03/04/, /2021-03/04/, /202103/04/
    r"|[/_-](20\d\d)([/_-])(\d{1,2})\8(\d{1,2})(?=[/_.-]|$)"  # /art/2021/3/4/, content_2021_3_4.htm
    r"|[/_-](20\d\d)[-_]?(1[0-2]|0[1-9])[-_]?(3[01]|[12]\d|0[1-9])(?=[/_.-]|$)"  # news-20210304.html
)
_OF_MONTH = re.compile(r"/((?:19|20)\d\d)[/_-]?(1[0-2]|0[1-9])/|/((?:19|20)\d\d)[/_-]([1-9])/")  # /202103/


def written(text: str) -> str:
    """Without what no database and no mail can write: halves of characters and zero bytes, which escapes can make."""
    return text.encode("utf-8", "ignore").decode().replace("\x00", "")


def resolve(base: str, href: str | None) -> str | None:
    """The absolute address, or None for what is no address."""
    if not href:
        return None
    if _ABSOLUTE.match(href):
        return href
    if href[0] == "/" and _PLAIN.fullmatch(href):
        return _origin(base) + href
    folder, slash, name = href.rpartition("/")
    try:
        if slash and _NAME.fullmatch(name) and _FOLDER.fullmatch(folder):
            return _joined(base, folder) + name
        return urljoin(base, href.strip())
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def _joined(base: str, folder: str) -> str:
    """The absolute address of a folder, with its slash: many entries share one."""
    return urljoin(base, folder + "/")


@lru_cache(maxsize=256)
def _origin(base: str) -> str:
    """Scheme and host of an address."""
    try:
        parts = urlsplit(base)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"


def dated_by(url: str | None) -> date | None:
    """The day that an address holds, such as /202103/t20210304_12.html or /art/2021/3/4/."""
    m = _DATED.search(url) if url else None
    if not m:
        return None
    year, month, day = (int(g) for g in m.groups() if g and g.isdecimal())
    return on(year, month, day)


def year_by(url: str | None, numbers: Sequence[int]) -> int | None:
    """The year of an address such as /202103/12.html, for a date without a year that has its month among `numbers`.

    Another month says nothing: an article of January may lie in December's folder.
    """
    if day := dated_by(url):
        return day.year
    m = _OF_MONTH.search(url) if url else None
    if not m:
        return None
    year, month = (int(g) for g in m.groups() if g)
    return year if month in numbers else None
