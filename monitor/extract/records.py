"""Candidates: groups of alike links, dates and elements, and the records that they stand in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.extract.marks import Dated, Link
from monitor.extract.tree import Tree

MOST_CANDIDATES = 40
MOST_RECORDS = 12_000  # over all candidates of a page
_CLIMB = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Records that could be the list, in reading order, none inside another. `kind` says what they grew from."""

    kind: str
    records: tuple[int, ...]


def candidates(tree: Tree, links: Sequence[Link], dates: Sequence[Dated]) -> list[Candidate]:
    """The likeliest groups first; each set of records once."""
    proper = [link for link in links if not link.label]
    groups: list[tuple[str, list[int]]] = []
    groups += [("link", g) for g in _alike(tree, [link.e for link in proper])]
    groups += [("link", g) for g in _repeated(links)]
    groups += [("date", g) for g in _alike(tree, sorted({d.e for d in dates}))]
    groups += [("element", g) for g in _siblings(tree, [link.e for link in links] + [d.e for d in dates])]
    found: dict[tuple[int, ...], Candidate] = {}
    for kind, anchors in groups:
        records = _records(tree, anchors) if kind != "element" else tuple(anchors)
        for part in (records, *_parts(tree, records)):
            if len(part) > 1 and part not in found:
                found[part] = Candidate(kind=kind, records=part)
    likeliest = sorted(found.values(), key=lambda c: -_weight(tree, c))[:MOST_CANDIDATES]
    return list(_affordable(likeliest))


def _affordable(likeliest: Iterable[Candidate]) -> Iterable[Candidate]:
    """As many candidates as can be read in time: on a monstrous page only the first."""
    spent = 0
    for candidate in likeliest:
        if spent and spent + len(candidate.records) > MOST_RECORDS:
            continue
        spent += len(candidate.records)
        yield candidate


def _alike(tree: Tree, elements: Iterable[int]) -> Iterable[list[int]]:
    elements = list(elements)
    for names in (tree.whole, tree.tags, tree.tail):
        groups: dict[int, list[int]] = {}
        for e in elements:
            groups.setdefault(names[e], []).append(e)
        yield from (g for g in groups.values() if len(g) > 1)


def _repeated(links: Sequence[Link]) -> Iterable[list[int]]:
    """Links that share one text, such as PDF or 详情, one in each record."""
    groups: dict[str, list[Link]] = {}
    for link in links:
        if len(link.text) < 30:
            groups.setdefault(link.text.lower(), []).append(link)
    for group in groups.values():
        if len(group) > 3 and len({link.href for link in group}) > 3:
            yield [link.e for link in group]


def _siblings(tree: Tree, marked: Sequence[int]) -> Iterable[list[int]]:
    """Children of one parent with one tag, each holding a link or a date."""
    groups: dict[tuple[int, str], set[int]] = {}
    for mark in marked:
        e = mark
        for _ in range(_CLIMB):
            up = tree.parent[e]
            if up < 0:
                break
            groups.setdefault((up, tree.tag[e]), set()).add(e)
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


def _parts(tree: Tree, records: tuple[int, ...]) -> Iterable[tuple[int, ...]]:
    """The records of each container apart, where there are several."""
    boxes: dict[int, list[int]] = {}
    for record in records:
        boxes.setdefault(tree.parent[record], []).append(record)
    if 1 < len(boxes) <= 40:
        yield from (tuple(box) for box in boxes.values() if len(box) > 2)


def _weight(tree: Tree, candidate: Candidate) -> float:
    """A first guess that costs nothing: text in records, evenly spread."""
    lengths = [min(tree.length(r), 160) for r in candidate.records]
    return sum(lengths) * (1.5 if candidate.kind == "date" else 1.0)
