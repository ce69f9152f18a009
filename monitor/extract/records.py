"""Candidates: groups of alike links, dates and elements, and the records that they stand in."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from math import inf
from operator import attrgetter

from monitor.extract.links import Link
from monitor.extract.marks import Dated
from monitor.extract.names import Names
from monitor.extract.promise import likeliest
from monitor.extract.tree import Tree

LABEL = 30  # characters: links of one text that are put together have no more
MOST_CANDIDATES = 40
MOST_READ = 6  # of them are read in full
MOST_RECORDS = 10_000  # over all candidates of a page
_CLIMB = 6
_text = attrgetter("t")
_FEW = 5  # dates on the page: then a list of one entry is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Records that could be the list, in reading order, none inside another. `kind` says what they grew from.

    `promise`: what was told of it from a few records, where it had to be chosen among others to be read.
    """

    kind: str
    records: tuple[int, ...]
    promise: float = 0.0


def candidates(tree: Tree, links: Sequence[Link], dates: Sequence[Dated]) -> list[Candidate]:
    """The likeliest groups first; each set of records once."""
    names = Names(tree.steps)
    proper = [link for link in links if not link.label]
    groups: list[tuple[str, list[int]]] = []
    groups += [("link", g) for g in _alike(tree, names, [link.e for link in proper])]
    groups += [("link", g) for g in _repeated(links)]
    groups += [("date", g) for g in _alike(tree, names, sorted({d.e for d in dates}))]
    groups += [("element", g) for g in _siblings(tree, [link.e for link in links] + [d.e for d in dates])]
    found: dict[tuple[int, ...], Candidate] = {}
    if len(dates) < _FEW:
        for record in {r for d in dates if (r := _lone(tree, d, proper))}:
            found[record,] = Candidate(kind="date", records=(record,))
    rows: dict[tuple[int, ...], tuple[int, ...]] = {}
    kinds = dict.fromkeys((kind, tuple(anchors)) for kind, anchors in groups)
    for kind, anchors in kinds:
        records = _records(tree, anchors) if kind != "element" else anchors
        if kind == "link" and len(records) > 1 and tree.tag[records[0]] == "tr":
            before = rows.setdefault(records, anchors)
            if before != anchors and (cells := _cells(tree, records, before, anchors, dates)) and cells not in found:
                found[cells] = Candidate(kind=kind, records=cells)
        for part in (records, *_parts(tree, records)):
            if len(part) > 1 and part not in found:
                found[part] = Candidate(kind=kind, records=part)
    by_weight = sorted(found.values(), key=lambda c: -_weight(tree, c))[:MOST_CANDIDATES]
    affordable = list(_affordable(by_weight))
    likely = likeliest(tree, [c.records for c in affordable], links, dates, MOST_READ)
    return [replace(affordable[i], promise=promise) for i, promise in likely]


def least_promise(found: Sequence[Candidate]) -> float:
    """With less promise than this a group is perhaps not read at all."""
    return found[-1].promise if len(found) >= MOST_READ else -inf


def _affordable(likeliest: Iterable[Candidate]) -> Iterable[Candidate]:
    """As many candidates as can be read in time: on a monstrous page only the first."""
    spent = 0
    for candidate in likeliest:
        if spent and spent + len(candidate.records) > MOST_RECORDS:
            continue
        spent += len(candidate.records)
        yield candidate


def _element(link: Link) -> int:
    return link.e


def _lone(tree: Tree, d: Dated, links: Sequence[Link]) -> int | None:
    """The only entry of a list: the box around a date that holds a link too, and little else."""
    e = d.e
    for _ in range(4):
        at = bisect_left(links, e, key=_element)
        if at < len(links) and links[at].e <= tree.last[e]:
            return e if d.heading and e > 0 and tree.length(e) < 400 else None
        e = tree.parent[e]
        if e <= 0:
            return None
    return None


def _alike(tree: Tree, names: Names, elements: Iterable[int]) -> Iterable[list[int]]:
    """Elements of one name, for each of the three."""
    by_kind = defaultdict[int, list[int]](list)
    for e in elements:
        by_kind[tree.kind[e]].append(e)
    for way in range(3):
        kinds = defaultdict[int, list[list[int]]](list)
        for kind, group in by_kind.items():
            kinds[names.of(kind)[way]].append(group)
        joined = (groups[0] if len(groups) == 1 else sorted(chain(*groups)) for groups in kinds.values())
        yield from (group for group in joined if len(group) > 1)


def _repeated(links: Sequence[Link]) -> Iterable[list[int]]:
    """Links that share one text, such as PDF or 详情, one in each record."""
    groups: dict[str, list[Link]] = {}
    for link in links:
        if len(link.text) < LABEL:
            groups.setdefault(link.text.lower(), []).append(link)
    for group in groups.values():
        if len(group) > 3 and len({link.href for link in group}) > 3:
            yield [link.e for link in group]


def _siblings(tree: Tree, marked: Sequence[int]) -> Iterable[list[int]]:
    """Children of one parent with one tag, each holding a link or a date."""
    groups: dict[tuple[int, str], list[int]] = {}
    reached: set[int] = set()
    for mark in marked:
        e = mark
        for _ in range(_CLIMB):
            up = tree.parent[e]
            if up < 0 or e in reached:
                break  # what is above it was reached by an earlier mark
            reached.add(e)
            groups.setdefault((up, tree.tag[e]), []).append(e)
            e = up
    yield from (sorted(g) for g in groups.values() if len(g) > 2)


def _records(tree: Tree, anchors: Sequence[int]) -> tuple[int, ...]:
    """Each anchor's highest ancestor that holds no other anchor."""
    records = []
    for i, anchor in enumerate(anchors):
        before = anchors[i - 1] if i else -1
        after = anchors[i + 1] if i + 1 < len(anchors) else len(tree.tag)
        if after <= tree.last[anchor]:
            continue  # an anchor around another: the inner one stands for both
        e = anchor
        while (up := tree.parent[e]) > before and up > 0 and tree.last[up] < after:
            e = up
        records.append(e)
    return tuple(records)


def _cells(
    tree: Tree, rows: tuple[int, ...], one: Sequence[int], other: Sequence[int], dates: Sequence[Dated]
) -> tuple[int, ...]:
    """The cells of a table whose rows hold two entries each, with a date for each; none where they hold one."""
    anchors = sorted({*one, *other})
    if len(anchors) < 2 * len(rows) - 1 or not all(_alternate(tree, row, anchors, dates) for row in rows[:2]):
        return ()
    return _records(tree, anchors)


def _alternate(tree: Tree, row: int, anchors: Sequence[int], dates: Sequence[Dated]) -> bool:
    """Whether a row holds a link and its date twice, one after the other."""
    found = [tree.first[e] for e in anchors[bisect_left(anchors, row) :][:2]]
    days = [d.t for d in dates[bisect_left(dates, tree.first[row], key=_text) :][:2]]
    return len(days) == 2 and days[-1] < tree.end[row] and found[0] < days[0] < found[-1] < days[1]


def _parts(tree: Tree, records: tuple[int, ...]) -> Iterable[tuple[int, ...]]:
    """The records of each container apart, where there are several, and of each box of containers."""
    boxes: dict[int, list[int]] = {}
    for record in records:
        boxes.setdefault(tree.parent[record], []).append(record)
    if 1 < len(boxes) <= 40:
        yield from (tuple(box) for box in boxes.values() if len(box) > 2)
        around: dict[int, list[int]] = {}
        for box, held in boxes.items():
            around.setdefault(tree.parent[box], []).extend(held)
        if 1 < len(around) < len(boxes):
            yield from (tuple(held) for held in around.values() if len(held) > 2)


def _weight(tree: Tree, candidate: Candidate) -> float:
    """A first guess that costs nothing: text in records, evenly spread."""
    return sum(tree.lengths(candidate.records, 160)) * (1.5 if candidate.kind == "date" else 1.0)
