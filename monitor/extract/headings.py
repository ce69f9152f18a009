"""What stands over the rows of a page: the heads of a table's columns, and years as headings."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from monitor.extract.tree import Tree

_YEAR = re.compile(r"\D{0,8}((?:19|20)\d\d)\s?[年년]?[^\d/.-]{0,8}")
_NEAR = 4  # texts before the first record in which a heading of the list may stand


def years_above(tree: Tree, records: Sequence[int]) -> list[int | None]:
    """For each record the year that stands as a heading over it, where the list has such headings."""
    if not records:
        return []
    start, stop = tree.first[records[0]], tree.end[records[-1]]
    heads = [
        (t, int(m[1]))
        for t in range(max(0, start - _NEAR), stop)
        if len(tree.texts[t]) < 24 and (m := _YEAR.fullmatch(tree.texts[t]))
    ]
    inside = {t for record in records for t in range(tree.first[record], tree.end[record])}
    heads = [(t, year) for t, year in heads if t not in inside]
    places = [t for t, _ in heads]
    return [heads[k - 1][1] if (k := bisect_right(places, tree.first[r])) else None for r in records]


def of_columns(tree: Tree, records: Sequence[int]) -> Sequence[str]:
    """The words over a table's columns, when the records are its rows."""
    if tree.tag[records[0]] != "tr":
        return ()
    table = tree.parent[records[0]]
    while table >= 0 and tree.tag[table] != "table":
        table = tree.parent[table]
    if table < 0:
        return ()
    row = next((e for e in range(table, min(tree.last[table], table + 60)) if tree.tag[e] == "tr"), records[0])
    if row == records[0]:
        return ()
    return [tree.text(e) for e in range(row, tree.last[row] + 1) if tree.tag[e] in ("th", "td")]
