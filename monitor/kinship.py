"""What two columns of a site have in common: category, names, entries, subjects. Titles come from the web: all is cut.

Chinese has no spaces between words, so texts are compared by their pairs of neighbouring characters.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from monitor.model.advising import Kin
from monitor.model.reading import Entry

_CATCH_ALL = frozenset({"other", "static"})  # categories that say nothing of the subject
_NAME = 40  # characters of a name or a title that are compared
_ENTRIES = 50  # entries, the newest, that are looked for in the other column
_TITLES = 12  # entries, the newest, whose titles are compared
_TELLING = 8  # characters of a title that two different entries hardly share
_PAIRS = 20  # of characters in all titles: fewer say nothing of the subject
_LIKE = 0.5
_SHARE = 0.2
_SHARED = 2  # entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship:
    """`shared` of the column's `entries` stand in the other one too; `names` and `titles` are 0 to 1."""

    same_category: bool
    names: float
    shared: int
    entries: int
    titles: float = 0.0

    @property
    def is_kin(self) -> bool:
        return self.same_category or self.names >= _LIKE or self.titles >= _LIKE or self._share >= _SHARE

    @property
    def closeness(self) -> float:
        return self.same_category + self.names + 2 * self._share + self.titles

    @property
    def _share(self) -> float:
        return self.shared / self.entries if self.shared >= _SHARED else 0.0


def kinship(column: Kin, other: Kin) -> Kinship:
    """How near the other column is by what is quickly compared."""
    entries = column.entries[:_ENTRIES]
    return Kinship(
        same_category=column.category == other.category and column.category not in _CATCH_ALL,
        names=_names_alike(column.name, other.name),
        shared=_shared(entries, other.entries[:_ENTRIES]),
        entries=len(entries),
    )


def likeness_of_titles(column: Sequence[Entry], other: Sequence[Entry]) -> float:
    """How much of what the column's newest titles say is said by those of the other, 0 to 1."""
    ours, theirs = _pairs_of(column), _pairs_of(other)
    return len(ours & theirs) / len(ours) if len(ours) >= _PAIRS else 0.0


def _names_alike(name: str, other: str) -> float:
    """Dice's coefficient; 1 for equal names, even of one character."""
    ours, theirs = _pairs(name), _pairs(other)
    if not ours or not theirs:
        return float(name == other)
    return 2 * len(ours & theirs) / (len(ours) + len(theirs))


def _shared(entries: Iterable[Entry], others: Iterable[Entry]) -> int:
    known = {mark for entry in others for mark in _marks(entry)}
    return sum(not known.isdisjoint(_marks(entry)) for entry in entries)


def _marks(entry: Entry) -> list[str]:
    """What an entry is known again by in another column."""
    marks = [entry.url] if entry.url else []
    return [*marks, entry.title] if len(entry.title) >= _TELLING else marks


def _pairs_of(entries: Sequence[Entry]) -> set[tuple[str, str]]:
    return {pair for entry in entries[:_TITLES] for pair in _pairs(entry.title)}


def _pairs(text: str) -> set[tuple[str, str]]:
    """Pairs of neighbouring letters, figures and Chinese characters, without regard to case."""
    return set(pairwise([sign for sign in text[:_NAME].casefold() if sign.isalnum()]))
