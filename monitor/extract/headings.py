"""What stands over the rows of a page: the heads of a table's columns, and years as headings."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from monitor.extract.dates import find
from monitor.extract.tree import CELLS, Tree
from monitor.extract.words import DATED, PUBLISHED

YEAR_ALONE = re.compile(r"\D{0,8}((?:19|20)\d\d)\s?[年년]?[^\d/.-]{0,8}")
_WIDE = 60  # elements of a row, at most, among which its parts are looked for
_LABEL = 14  # characters of a column's name
_NEAR = 4  # texts before the first record in which a heading of the list may stand


def years_above(tree: Tree, records: Sequence[int]) -> list[int | None]:
    """For each record the year that stands as a heading over it, where the list has such headings."""
    if not records:
        return []
    start, stop = tree.first[records[0]], tree.end[records[-1]]
    heads = [
        (t, int(m[1]))
        for t in range(max(0, start - _NEAR), stop)
        if len(tree.texts[t]) < 24 and (m := YEAR_ALONE.fullmatch(tree.texts[t]))
    ]
    inside = {t for record in records for t in range(tree.first[record], tree.end[record])}
    heads = [(t, year) for t, year in heads if t not in inside]
    places = [t for t, _ in heads]
    return [heads[k - 1][1] if (k := bisect_right(places, tree.first[r])) else None for r in records]


def of_columns(tree: Tree, records: Sequence[int]) -> Sequence[str]:
    """The words over a table's columns, or over rows made of other elements; none where there are none."""
    if tree.tag[records[0]] != "tr":
        return _over_rows(tree, records)
    table = tree.parent[records[0]]
    while table >= 0 and tree.tag[table] != "table":
        table = tree.parent[table]
    if table < 0:
        return ()
    row = next((e for e in range(table, min(tree.last[table], table + 60)) if tree.tag[e] == "tr"), records[0])
    if row == records[0]:
        return ()
    return [tree.text(e) for e in range(row, tree.last[row] + 1) if tree.tag[e] in ("th", "td")]


def column_of(tree: Tree, e: int, record: int) -> int:
    """In which cell of its row an element stands; of a row without cells, in which of its parts."""
    inner = e
    while e > record:
        if tree.tag[e] in CELLS:
            return tree.column[e]
        inner, e = e, tree.parent[e]
    return next((i for i, part in enumerate(_parts(tree, record)) if part == inner), 0)


def _parts(tree: Tree, row: int) -> list[int]:
    """The children of an element that hold text."""
    return [
        e
        for e in range(row + 1, min(tree.last[row], row + _WIDE) + 1)
        if tree.parent[e] == row and tree.first[e] < tree.end[e]
    ]


def _over_rows(tree: Tree, records: Sequence[int]) -> Sequence[str]:
    """The parts of the row right above the first record, where they are as many as its own and name its dates."""
    count = len(_parts(tree, records[0]))
    t = tree.first[records[0]] - 1
    if count < 2 or t < 0:
        return ()
    row = tree.owner[t]
    while (up := tree.parent[row]) > 0 and tree.last[up] < records[0]:
        row = up
    words = [tree.text(e) for e in _parts(tree, row)]
    named = any(len(word) < _LABEL and (DATED.search(word) or PUBLISHED.search(word)) for word in words)
    return words if named and len(words) == count and not any(find(word) for word in words) else ()
