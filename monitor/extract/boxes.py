"""Finds the boxes of a page that hold a list each: sibling records of one entry, and not of several."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from statistics import median

from monitor.extract.links import Link
from monitor.extract.records import Candidate
from monitor.extract.titles import quality
from monitor.extract.tree import Tree

MOST_BOXES = 150
MOST_RECORDS = 2_000  # over all boxes of a page
_CLIMB = 6  # levels between a link and its record
_TITLE = 0.3  # the least quality of an entry's link text
# Boxes that hold no list of entries, whatever their links are called.
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|foot\w*|bread\w*|crumb\w*|friend\w*|links?|yqlj|lang\w*|toolbar|login|search"
    r"|share\w*|copyright|pager|paging|pagination\w*|sitemap)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FURNITURE_TAGS = frozenset({"nav", "footer"})
_NEAR, _FAR = 5, 12  # levels above a list in which its boxes' names, and their tags, count


def boxes(tree: Tree, links: Sequence[Link]) -> list[Candidate]:
    """The groups of records, none of which overlap, in the order of the page.

    Of nested groups the one with the most entries stands: the outermost whose records still hold one entry each.
    """
    titled = [link for link in links if link.href and not link.label and quality(link.text) > _TITLE]
    places = [link.e for link in titled]
    groups = [g for g in _siblings(tree, places) if _holds_one_each(tree, g, titled, places)]
    groups.sort(key=lambda g: (-len(g), g[0]))
    taken: list[tuple[int, int]] = []
    chosen: list[tuple[int, ...]] = []
    for group in groups[: 4 * MOST_BOXES]:
        span = (group[0], tree.last[group[-1]])
        if all(span[1] < start or stop < span[0] for start, stop in taken):
            taken.append(span)
            chosen.append(group)
    return [Candidate(kind="element", records=g) for g in _affordable(_joined(tree, sorted(chosen)))]


def _siblings(tree: Tree, places: Sequence[int]) -> Iterable[tuple[int, ...]]:
    """Children of one parent with one tag, each holding a titled link."""
    groups: dict[tuple[int, str], set[int]] = {}
    for e in places:
        for _ in range(_CLIMB):
            up = tree.parent[e]
            if up < 0:
                break
            group = groups.setdefault((up, tree.tag[e]), set())
            if e in group:
                break  # what is above it was reached by an earlier link
            group.add(e)
            e = up
    return (tuple(sorted(g)) for g in groups.values() if len(g) > 1)


def _holds_one_each(tree: Tree, group: Sequence[int], titled: Sequence[Link], places: Sequence[int]) -> bool:
    """Whether the records hold an entry each: several addresses like the title's are several entries."""
    counts = []
    for record in group:
        inside = titled[bisect_left(places, record) : bisect_left(places, tree.last[record] + 1)][:10]
        best = max(inside, key=lambda link: quality(link.text))
        way = _way(tree, best.e, record)
        counts.append(len({link.href for link in inside if _way(tree, link.e, record) == way}))
    return median(counts) < 2 and sum(counts) < 1.5 * len(counts)


def _way(tree: Tree, e: int, record: int) -> tuple[str, ...]:
    """The tags from a record down to a link."""
    steps = []
    while e > record:
        steps.append(tree.tag[e])
        e = tree.parent[e]
    return tuple(steps)


def _joined(tree: Tree, groups: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The cells of a table's rows make one list, where each row holds several entries."""
    joined: list[tuple[int, ...]] = []
    for group in groups:
        row = tree.parent[group[0]]
        before = tree.parent[joined[-1][-1]] if joined else -1
        if before >= 0 and tree.tag[row] == tree.tag[before] == "tr" and tree.parent[row] == tree.parent[before]:
            joined[-1] += group
        else:
            joined.append(group)
    return joined


def _affordable(groups: Iterable[tuple[int, ...]]) -> Iterable[tuple[int, ...]]:
    """As many boxes as can be read in time: on a monstrous page only the first."""
    spent = 0
    for _, group in zip(range(MOST_BOXES), groups, strict=False):
        spent += len(group)
        if spent > MOST_RECORDS:
            return
        yield group


def is_furniture(tree: Tree, e: int) -> bool:
    """Whether an element stands in a menu, a foot, or what else surrounds a page's content."""
    e = tree.parent[e]
    for level in range(_FAR):
        if e < 0:
            return False
        if tree.tag[e] in _FURNITURE_TAGS or (level < _NEAR and _FURNITURE.search(tree.classes(e))):
            return True
        e = tree.parent[e]
    return False
