"""Names of an element's path: elements of one name are made alike."""

import re
from functools import lru_cache

from monitor.extract.tree import Tree

_STATE = re.compile(
    r"[\d_]+|\b(?:active|current|curr?|on|hover|first|last|odd|even|alt|selected|new|hot|top)\b", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def plain(kind: str) -> str:
    """A class without its numbers and words of state."""
    return _STATE.sub("", kind).strip()


class Names:
    """Three names of each path, made when asked for: by tag and class, by tag and column, by the last four levels."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._marks: dict[int, int] = {}
        self._whole: dict[int, int] = {-1: 0}
        self._tags: dict[int, int] = {-1: 0}

    def whole(self, e: int) -> int:
        for x in self._unnamed(e, self._whole):
            self._whole[x] = hash((self._whole[self._tree.parent[x]], self._mark(x)))
        return self._whole[e]

    def tags(self, e: int) -> int:
        tree = self._tree
        for x in self._unnamed(e, self._tags):
            self._tags[x] = hash((self._tags[tree.parent[x]], tree.tag[x], tree.column.get(x, 0)))
        return self._tags[e]

    def tail(self, e: int) -> int:
        marks: list[int] = []
        while e >= 0 and len(marks) < 4:
            marks.append(self._mark(e))
            e = self._tree.parent[e]
        return hash(tuple(marks))

    def _unnamed(self, e: int, named: dict[int, int]) -> list[int]:
        """The ancestors that have no name yet, from the top down."""
        way = []
        while e not in named:
            way.append(e)
            e = self._tree.parent[e]
        return way[::-1]

    def _mark(self, e: int) -> int:
        mark = self._marks.get(e)
        if mark is None:
            kind = self._tree.attrs(e).get("class") or ""
            mark = self._marks[e] = hash((self._tree.tag[e], plain(kind[:200]), self._tree.column.get(e, 0)))
        return mark
