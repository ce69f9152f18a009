"""Which groups of records promise most, by what a few records of each show: enough to leave menus unread."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log2

from monitor.extract.links import Link
from monitor.extract.marks import Dated
from monitor.extract.titles import quality
from monitor.extract.tree import Tree

_SAMPLE = 6  # records of a group
_FIRST = 4  # links of a record among which its title is looked for
_TITLED, _DATED, _LONG = 4.0, 4.0, 2.5  # what titles and dates in all its records, and all the page's text, promise
_TEXT = 0.6  # what a title that is no link is worth beside one that is
_AFTER = 4  # texts behind a record, at most, that may hold its date, and 2 behind the last


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's links and dates as flat arrays, and what is known of the titles of its records."""

    tree: Tree
    places: Sequence[int]  # of the links
    worths: Sequence[float]  # of the links, as titles
    days: Sequence[int]  # the texts that hold dates
    titled: dict[int, float] = field(default_factory=dict)

    def has(self, marks: Sequence[int], start: int, stop: int) -> bool:
        """Whether one of the links or dates stands from `start` up to, but not at, `stop`."""
        at = bisect_left(marks, start)
        return at < len(marks) and marks[at] < stop


def likeliest(
    tree: Tree, groups: Sequence[Sequence[int]], links: Sequence[Link], dates: Sequence[Dated], most: int
) -> list[tuple[int, float]]:
    """The groups that promise most by their numbers, the best first, with what each promises.

    None is looked at that could not be among them.
    """
    page = _Page(tree, [link.e for link in links], [quality(link.text) for link in links], [d.t for d in dates])
    found: list[tuple[float, int]] = []
    for least, i in sorted((-_bound(page, records), i) for i, records in enumerate(groups)):
        if len(found) >= most and least > found[most - 1][0]:
            break
        insort(found, (-_promise(page, groups[i]), i))
    return [(i, -less) for less, i in found[:most]]


def _bound(page: _Page, records: Sequence[int]) -> float:
    """More than this a group cannot promise: all its titles would be perfect, and dated if a date stands near."""
    tree = page.tree
    linked = page.has(page.places, records[0], tree.last[records[-1]] + 1)
    dated = page.has(page.days, tree.first[records[0]], tree.end[records[-1]] + 2)
    return _size(tree, records) + (_TITLED if linked else _TITLED * _TEXT) + (_DATED if dated else 0.0)


def _promise(page: _Page, records: Sequence[int]) -> float:
    sample = range(0, len(records), max(1, len(records) // _SAMPLE))
    titled = sum([_titled(page, records[i]) for i in sample])
    return _size(page.tree, records) + _TITLED * titled / len(sample) + _shown(page, records, sample)


def _size(tree: Tree, records: Sequence[int]) -> float:
    return 1.2 * min(5.0, log2(len(records))) + _LONG * tree.total(records) / max(1, tree.size[-1])


def _titled(page: _Page, record: int) -> float:
    """How like a title the best of a record's first links is, or its first text."""
    known = page.titled.get(record)
    if known is not None:
        return known
    tree, places = page.tree, page.places
    at, last, best = bisect_left(places, record), tree.last[record], 0.0
    for k in range(at, min(at + _FIRST, len(places))):
        if places[k] > last:
            break
        best = max(best, page.worths[k])
    if best < _TEXT and (start := tree.first[record]) < tree.end[record]:
        best = max(best, _TEXT * quality(tree.texts[start]))
    page.titled[record] = best
    return best


def _shown(page: _Page, records: Sequence[int], sample: Sequence[int]) -> float:
    """What the dates promise that stand in or right behind the records, or somewhere among them."""
    first, end, days = page.tree.first, page.tree.end, page.days
    among = bisect_left(days, end[records[-1]]) - bisect_left(days, first[records[0]])
    dated = 0
    for i in sample:
        stop = end[records[i]]
        following = min(first[records[i + 1]], stop + _AFTER) if i + 1 < len(records) else stop + 2
        dated += page.has(days, first[records[i]], max(stop, following))
    return max(_DATED * dated / len(sample), 2.5 if among > 1 else 0.0)
