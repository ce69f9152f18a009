"""Names of an element's path: elements of one name are made alike."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_STATE = re.compile(
    r"[\d_]+|\b(?:active|current|curr?|on|hover|first|last|odd|even|alt|selected|new|hot|top)\b", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def plain(kind: str) -> str:
    """A class without its numbers and words of state."""
    return _STATE.sub("", kind).strip()


Name = tuple[int, int, int]
Step = tuple[int, str, str | None, int]  # the kind above (-1 over the top), then tag, class and column


def kinds_of(steps: Iterable[tuple[int, str, dict[str, str | None], int]]) -> tuple[list[int], list[Step]]:
    """The kind of each element, given in reading order with its parent, tag, attributes and column.

    A kind is a number, the same for all elements of one path: its place among the last steps of the paths.
    """
    known: dict[Step, int] = {}
    kinds: list[int] = []
    for up, tag, attrs, column in steps:
        step = (kinds[up] if up >= 0 else -1, tag, attrs.get("class"), column)
        kinds.append(known.setdefault(step, len(known)))
    return kinds, list(known)


class Names:
    """Three names of each kind, made when asked for: by tag and class, by tag and column, by the last four levels."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps
        self._names: dict[int, Name] = {-1: (0, 0, hash(()))}
        self._marks: dict[int, tuple[int, ...]] = {-1: ()}  # of the last four levels

    def of(self, kind: int) -> Name:
        """The three names of a kind; those of what stands above it are found once."""
        way: list[int] = []
        while kind not in self._names:
            way.append(kind)
            kind = self._steps[kind][0]
        for below in reversed(way):
            self._add(below)
        return self._names[way[0] if way else kind]

    def _add(self, kind: int) -> None:
        """A kind whose names are not known, though those of the one above it are."""
        above, tag, classes, column = self._steps[kind]
        mark = hash((tag, plain(classes[:200]) if classes else "", column))
        whole, tags, _ = self._names[above]
        marks = (mark, *self._marks[above][:3])
        self._names[kind] = (hash((whole, mark)), hash((tags, tag, column)), hash(marks))
        self._marks[kind] = marks
