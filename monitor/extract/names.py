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


Name = tuple[int, int, int]
Step = tuple[int, str, str | None, int]  # the kind above, then tag, class and column


class Names:
    """Three names of each path, made when asked for: by tag and class, by tag and column, by the last four levels.

    Elements of one path are of one kind, a number; the names are made once for each kind.
    """

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._kinds: dict[int, int] = {-1: 0}
        self._steps: dict[Step, int] = {}
        self._names: list[Name] = [(0, 0, hash(()))]
        self._marks: list[tuple[int, ...]] = [()]  # of the last four levels

    def of(self, e: int) -> Name:
        """The three names of an element."""
        return self._names[self.kind(e)]

    def kind(self, e: int) -> int:
        """The kind of an element; those of what stands above it are found once."""
        tree, kinds, steps = self._tree, self._kinds, self._steps
        way: list[int] = []
        while e not in kinds:
            way.append(e)
            e = tree.parent[e]
        kind = kinds[e]
        for x in reversed(way):
            step = (kind, tree.tag[x], tree.attrs(x).get("class"), tree.column.get(x, 0))
            kind = kinds[x] = steps.get(step) or self._add(step)
        return kind

    def _add(self, step: Step) -> int:
        """A kind not met before."""
        above, tag, classes, column = step
        mark = hash((tag, plain(classes[:200]) if classes else "", column))
        whole, tags, _ = self._names[above]
        marks = (mark, *self._marks[above][:3])
        kind = self._steps[step] = len(self._names)
        self._names.append((hash((whole, mark)), hash((tags, tag, column)), hash(marks)))
        self._marks.append(marks)
        return kind
