"""What two columns of a site have in common: category, names, entries, subjects. Titles come from the web: all is cut.

Chinese has no spaces between words, so texts are compared by their pairs of neighbouring characters.
"""

from collections.abc import Sequence
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

_Pair = tuple[str, str]


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


def subjects(entries: Sequence[Entry]) -> frozenset[_Pair]:
    """What the newest titles say, as it is compared."""
    return frozenset().union(*(_pairs(entry.title) for entry in entries[:_TITLES]))


def likeness_of_subjects(ours: frozenset[_Pair], theirs: frozenset[_Pair]) -> float:
    """How much of what a column's newest titles say is said by those of the other, 0 to 1."""
    return len(ours & theirs) / len(ours) if len(ours) >= _PAIRS else 0.0


def _names_alike(name: str, other: str) -> float:
    """Dice's coefficient; 1 for equal names, even of one character."""
    ours, theirs = _pairs(name), _pairs(other)
    if not ours or not theirs:
        return float(name == other)
    return 2 * len(ours & theirs) / (len(ours) + len(theirs))


def _shared(entries: Sequence[Entry], others: Sequence[Entry]) -> int:
    """How many entries stand in the other column too: known again by their address, or by a title that tells."""
    urls = {other.url for other in others if other.url}
    titles = {other.title for other in others if len(other.title) >= _TELLING}
    return sum([entry.url in urls or entry.title in titles for entry in entries])


def _pairs(text: str) -> frozenset[_Pair]:
    """Pairs of neighbouring letters, figures and Chinese characters, without regard to case."""
    signs = "".join(filter(str.isalnum, text[:_NAME].casefold()))
    return frozenset(pairwise(signs))
