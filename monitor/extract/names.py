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
        self._whole: dict[int, int] = {-1: 0}
        self._tags: dict[int, int] = {-1: 0}
        self._marks: dict[int, tuple[int, ...]] = {-1: ()}  # of the last four levels

    def of(self, e: int) -> tuple[int, int, int]:
        """The three names of an element; those of what stands above it are made once."""
        parent, x = self._tree.parent, e
        way: list[int] = []
        while x not in self._whole:
            way.append(x)
            x = parent[x]
        for x in reversed(way):
            self._name(x)
        return self._whole[e], self._tags[e], hash(self._marks[e])

    def _name(self, e: int) -> None:
        tree, up = self._tree, self._tree.parent[e]
        tag, column = tree.tag[e], tree.column.get(e, 0)
        kind = tree.attrs(e).get("class")
        mark = hash((tag, plain(kind[:200]) if kind else "", column))
        self._whole[e] = hash((self._whole[up], mark))
        self._tags[e] = hash((self._tags[up], tag, column))
        self._marks[e] = (mark, *self._marks[up][:3])
