"""Kinship of addresses: which links lead into the page's own column, by where they lie and by the column's number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from urllib.parse import urlsplit

from monitor.extract.address import dated_by

_PLAIN_NAME = re.compile(r"(?:index|default|list|home|main|column|moreinfo)?[\W\d_]*(?:\.\w+)?", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{3,}(?!\d)")  # of a column; a year numbers none
_AFTER_HOST = ("/", "?")
_FEW = 5  # entries: fewer tell no order
_ORDERED = 0.9
_OF_DAYS = re.compile(r"/(?:(?:19|20)\d\d(?:[-_]?\d\d){0,2}|\d{1,2})(?=/)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """What the addresses of a column's entries share with the column's own. Falsy where its own says nothing."""

    host: str = ""
    folders: tuple[str, ...] = ()  # each with the host before it
    numbers: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.folders or self.numbers)

    def may_hold(self, href: str | None) -> bool:
        """Whether an address as it is written could be kin: a quick look, before it is made absolute."""
        if not href or href[0] not in "/h":
            return bool(href)
        start = len(self.host)
        return any(folder[start:] in href for folder in self.folders) or any(n in href for n in self.numbers)

    def holds(self, url: str | None) -> bool:
        """Whether an absolute address lies in the column's folder, or bears its number."""
        place = (url or "").partition("://")[2]
        if not place.startswith(self.host) or place[len(self.host) : len(self.host) + 1] not in _AFTER_HOST:
            return False
        if place.startswith(self.folders) and any(_lies_in(place, folder) for folder in self.folders):
            return True
        return bool(self.numbers) and not self.numbers.isdisjoint(_NUMBER.findall(place, len(self.host)))


def _lies_in(place: str, folder: str) -> bool:
    """Whether a place is in a folder, and not the folder itself, whatever is asked of it."""
    return place.startswith(folder) and place[len(folder) : len(folder) + 1] not in ("", "?", "#")


@lru_cache(maxsize=64)
def kin_of(here: str) -> Kin:
    """The kinship of a column's page: of /zwgk/tzgg/index.html, of /col/col3312/, of /news.html."""
    try:
        parts = urlsplit(here)
    except ValueError:
        return Kin()
    folder, _, name = parts.path.rpartition("/")
    stem, dot, _ = name.partition(".")
    folders = {f"{parts.netloc}{folder}/{stem}/"} if not _PLAIN_NAME.fullmatch(name) else set()
    if folder and (dot or not folders):
        folders.add(f"{parts.netloc}{folder}/")
    near = "/".join(parts.path.split("/")[-3:])
    return Kin(
        host=parts.netloc,
        folders=tuple(sorted(folders)),
        numbers=frozenset(_NUMBER.findall(f"{near}?{parts.query}")),
    )


def tell_days(kin: Kin, urls: Sequence[str | None]) -> bool:
    """Whether the addresses of a column's own articles tell their days, newest first: such a list needs no dates."""
    days = [day for url in urls if (day := dated_by(url))]
    if len(days) < _FEW or len(days) < len(urls) or len(set(days)) < 3:
        return False
    steps = [a >= b for a, b in pairwise(days)]
    return sum(steps) >= _ORDERED * len(steps) and sum(map(kin.holds, urls)) >= _ORDERED * len(urls)


def folder_of(url: str | None) -> str:
    """The folder of an address without the years, months and days in it: that of the article's column."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    return parts.netloc + _OF_DAYS.sub("", parts.path.rpartition("/")[0] + "/")
