"""The entry of its own make that stands over a list: its headline, set apart by a picture or large letters."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from monitor.extract.address import dated_by, resolve
from monitor.extract.doubts import is_article
from monitor.extract.kin import folder_of
from monitor.extract.marks import among
from monitor.extract.seen import Seen
from monitor.extract.titles import Cell
from monitor.extract.years import needs_year
from monitor.model.reading import Entry

_BLOCKS = 8  # of links above it, at most, that are looked at on each level
_LEVELS = 5  # above the first record in which its headline may stand
_TITLE = 0.5  # the least quality of a text that is surely an entry's
_STRANGE = 0.85  # what is left of the confidence where a newer headline may be another column's
_CUTS = "/?&="
_HOST = 3  # parts of an address up to the end of its host
_FEW = 4  # addresses: fewer show no pattern


def with_headline(seen: Seen, records: Sequence[int], entries: Sequence[Entry]) -> tuple[Sequence[Entry], float | None]:
    """The entries with the headline over them where it is surely their column's, and what is left of the confidence
    where it may be another's and is newer. None in its place where no headline stands there."""
    newest = max((e.published for e in entries if e.published), default=None)
    lead = _lead(seen, records[0]) if newest else None
    day = lead.published if lead else None
    if newest is None or lead is None or day is None or day > seen.around.today or _is_among(lead, entries):
        return entries, None
    if _is_own(seen, lead.url, entries):
        return (lead, *entries), 1.0
    return entries, _STRANGE if day > newest else 1.0


def _lead(seen: Seen, record: int) -> Entry | None:
    """The one article that the nearest block of links above a record leads to; None where it leads to several."""
    inner = record
    for _ in range(_LEVELS):
        above = seen.tree.parent[inner]
        if above < 0:
            return None
        start, at = bisect_left(seen.places, above), bisect_left(seen.places, inner)
        for _ in range(_BLOCKS):
            if at <= start:
                break
            block = _child(seen, above, seen.places[at - 1])
            stop, at = at, bisect_left(seen.places, block)
            cells = [cell for cell in seen.cells[at:stop] if cell.quality > _TITLE]
            days = _days(seen, seen.tree.first[block], seen.tree.first[inner])
            if cells and (days or any(cell.link and is_article(cell.link.href) for cell in cells)):
                return _entry(seen, cells, days)
        inner = above
    return None


def _child(seen: Seen, above: int, e: int) -> int:
    """The child of an element in which another stands; the element itself where that is the other."""
    up = seen.tree.parent
    while e > above and up[e] != above:
        e = up[e]
    return e


def _entry(seen: Seen, cells: Sequence[Cell], days: Sequence[tuple[date, bool]]) -> Entry | None:
    urls = {resolve(seen.base, cell.link.href) for cell in cells if cell.link}
    if len(urls) != 1:
        return None  # a slider, or another list
    url, best = urls.pop(), max(cells, key=_quality)
    day, guessed = max(days, default=(dated_by(url), False))
    return Entry(title=best.text, url=url, published=day, year_inferred=guessed)


def _quality(cell: Cell) -> float:
    return cell.quality


def _days(seen: Seen, start: int, stop: int) -> list[tuple[date, bool]]:
    """The days that stand among some texts as a headline's own, and whether the year of each is a guess."""
    found = among(seen.dates, start, stop)
    return [(day, needs_year(d.seen)) for d in found if d.heading and (day := seen.around.day(d.seen))]


def _is_among(lead: Entry, entries: Sequence[Entry]) -> bool:
    return any(entry.url == lead.url or entry.title == lead.title for entry in entries)


def _is_own(seen: Seen, url: str | None, entries: Sequence[Entry]) -> bool:
    """Whether the headline's address lies in the page's column, or where those of all entries lie."""
    if seen.kin.holds(url):
        return True
    urls = [entry.url for entry in entries if entry.url]
    if not url or len(urls) < len(entries):
        return False
    if "?" not in url:
        folders = {folder_of(one) for one in urls}
        return (folders == {folder_of(url)} and url.count("/") > 3) or _differ_in_a_number([url, *urls])
    shared = _beginning(min(urls), max(urls))
    return "?" in shared and url.startswith(shared)


def _differ_in_a_number(urls: Sequence[str]) -> bool:
    """Whether one part of the addresses, a number, is all that tells them apart: /News/2600/19, /News/2599/19."""
    if len(urls) < _FEW or len({url.count("/") for url in urls}) > 1:
        return False
    parts = [set(part) for part in zip(*(url.split("/") for url in urls), strict=True)]
    free = [part for part in parts if len(part) > 1]
    named = sum(len(part) == 1 and not next(iter(part)).isdigit() for part in parts[_HOST:])
    return named > 0 and len(free) == 1 and len(free[0]) == len(urls) and all(one.isdigit() for one in free[0])


def _beginning(one: str, other: str) -> str:
    """What two addresses share, up to where the value begins in which they differ."""
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[: max(one.rfind(cut, 0, same) for cut in _CUTS) + 1]
