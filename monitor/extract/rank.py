"""How like the page's own list a candidate is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from monitor.extract.dates import find
from monitor.extract.evidence import DateSlot, most_worth
from monitor.extract.names import plain
from monitor.extract.records import Candidate
from monitor.extract.titles import Titles
from monitor.extract.tree import Tree
from monitor.extract.words import ASIDE, ASIDE_TAGS, MAIN, MOST_READ, SIDE

_SIGNS = " ：:/|·>＞»›"  # around a heading, or a step of the way to the page
_HEADING = 16  # characters: longer words over a list are no heading
_UNDATED_SIDE = 2.5  # how much more the boxes around a candidate say where it shows no dates
_MOST_TITLED = 4.0 + 1.0 + 2.5 + 0.8  # of the score: what the best of titles are worth
_MOST_BY_HEADING = 4.1  # of the score: what dates can be worth that stand as headings over the records
_LONGEST_NAME = 600  # characters
_BOXES = 12  # of a candidate, at most, that are looked at for what they are called


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A candidate, read: its titles, addresses and dates, and its score."""

    candidate: Candidate
    titles: Titles
    slot: DateSlot | None
    score: float
    worded: bool  # in several boxes that could be lists of their own
    aside: bool  # in a box named as something beside the page's own list
    most_read: bool  # some of it surely is a list of the most read or of related things
    told: bool = False  # its addresses are the column's own, and tell the days that it does not show


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A candidate before its titles and dates are looked for."""

    candidate: Candidate
    shape: float  # of the score: what number, length and place of the records say
    against: float  # what the boxes around it say of it
    most_dated: float  # of the score: more than this its dates, and the boxes around it, cannot add

    @property
    def most(self) -> float:
        """More than this the score cannot be."""
        return self.shape + _MOST_TITLED + self.most_dated


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """A candidate with its titles, before its dates are looked for; its score is `undated`, and what its dates say."""

    outline: Outline
    titles: Titles
    undated: float

    @property
    def most(self) -> float:
        """More than this the score cannot be."""
        return self.undated + self.outline.most_dated


def outline(tree: Tree, candidate: Candidate, dates: int, *, headed: bool) -> Outline:
    """With so many dates in or near the records, and perhaps a heading over them that is a date."""
    against = _against(tree, candidate.records)
    most = -against * _UNDATED_SIDE
    if dates or headed:
        share = min(1.0, dates / len(candidate.records))
        most = max(most, max(_MOST_BY_HEADING, 4.5 * share + 0.4 * most_worth(share)) - against)
    return Outline(candidate=candidate, shape=_shape(tree, candidate.records), against=against, most_dated=most)


def glance(tree: Tree, seen: Outline, titles: Titles) -> Glance:
    return Glance(outline=seen, titles=titles, undated=seen.shape + _titled(tree, seen.candidate.records, titles))


def score(seen: Glance, slot: DateSlot | None) -> float:
    """A sum of what speaks for and against a list. Weights are set by hand; they may be 40 % off without much harm."""
    return seen.undated + _dated(slot) - seen.outline.against * (1.0 if slot else _UNDATED_SIDE)


def _shape(tree: Tree, records: Sequence[int]) -> float:
    count, text = len(records), tree.total(records)
    total = 1.2 * min(math.log2(count), 5.0)
    total += 2.5 * text / max(1, tree.size[-1])
    total -= 1.0 * max(0.0, text / count / 500 - 1)
    return total - 2.5 * _scattered(tree, records)


def _titled(tree: Tree, records: Sequence[int], titles: Titles) -> float:
    total = 4.0 * titles.quality
    total += 1.0 * titles.linked + 2.5 * titles.distinct
    total += 0.8 * min(1.0, sum(map(len, titles.titles)) / max(1, tree.total(records)))
    return total - min(5.0, 2.0 * math.log2(max(1.0, titles.crowd)))


def _dated(slot: DateSlot | None) -> float:
    if slot is None:
        return 0.0
    own = 0.5 if slot.place == "above" else 1.0
    return (
        own * (3.5 * slot.coverage + 1.0 * slot.ordered * slot.coverage)
        + 0.4 * slot.worth
        - 2.0 * slot.future
        - 3.0 * slot.missed
    )


def _scattered(tree: Tree, records: Sequence[int]) -> float:
    """How far the records are several lists: in boxes far apart in the tree, each under words of its own."""
    up = tree.parent
    cuts = [i for i, (a, b) in enumerate(pairwise(records), 1) if up[a] != up[b] and _apart(tree, a, b)]
    longest = max(b - a for a, b in pairwise((0, *cuts, len(records))))
    return min(1.0, 2 * (1 - longest / len(records)))


def worded(tree: Tree, records: Sequence[int]) -> bool:
    """Whether two boxes of records are no neighbours, or words that are no date stand between them."""
    up = tree.parent
    turns = [(a, b) for a, b in pairwise(records) if up[a] != up[b]]
    return any(up[up[a]] != up[up[b]] or _words_between(tree, a, b) for a, b in turns)


def _words_between(tree: Tree, before: int, record: int) -> bool:
    words = tree.texts[tree.end[before] : tree.first[record]]
    return any(any(c.isalpha() and c not in "年月日년월일" for c in text) and not find(text) for text in words)


def _apart(tree: Tree, before: int, record: int) -> bool:
    """Whether words that are no date stand between two boxes, and the boxes are not styled as equals."""
    if not _words_between(tree, before, record):
        return False
    above = tree.parent[before]
    while above > 0 and not above <= record <= tree.last[above]:
        above = tree.parent[above]
    one, other = _styles(tree, before, above), _styles(tree, record, above)
    return bool(one - other and other - one)


def _styles(tree: Tree, e: int, above: int) -> set[str]:
    """The classes of the boxes around an element, up to one of them."""
    styles = set()
    e = tree.parent[e]
    while e > above:
        styles.add(plain((tree.attrs(e).get("class") or "")[:200]))
        e = tree.parent[e]
    return styles - {""}


def beside(tree: Tree, seen: Outline, title: str) -> bool:
    """Whether the boxes around the records, or the words over them, name a menu, a foot, a list of the most read."""
    return seen.against > 0.4 or _of_most_read(tree, seen.candidate.records, title)


def most_read(tree: Tree, records: Sequence[int], title: str) -> bool:
    """Whether one of the boxes of the records surely holds the most read, by its heading or its name."""
    first = {tree.parent[r]: r for r in reversed(records)}
    return any(_of_most_read(tree, (r,), title) or _named_side(tree, r) for r in list(first.values())[-_BOXES:])


def _named_side(tree: Tree, record: int) -> bool:
    e = tree.parent[record]
    for _ in range(3):
        if e <= 0:
            break
        if tree.tag[e] == "aside" or _is_side(_names(tree, e)):
            return True
        e = tree.parent[e]
    return False


def _of_most_read(tree: Tree, records: Sequence[int], title: str) -> bool:
    """Whether the heading says so; a column that bears the page's own name, such as 热点回应, is the page's list."""
    start = tree.first[records[0]]
    over = tree.texts[max(0, start - 2) : start]
    return any(len(text) < _HEADING and MOST_READ.search(text) and text.strip(_SIGNS) not in title for text in over)


def _against(tree: Tree, records: Sequence[int]) -> float:
    """What the boxes around the records say of them: a menu, a foot, a list of the most read."""
    against = 0.0
    e = tree.parent[records[0]]
    level = 0
    while e >= 0 and level < 8:
        if tree.tag[e] in ASIDE_TAGS:
            against = max(against, 1.6)
        names = _names(tree, e)
        if names != " ":
            if _is_aside(names):
                against = max(against, 1.2 if level < 4 else 0.6)
            elif level < 3 and _is_main(names):
                against -= 0.2
        e = tree.parent[e]
        level += 1
    return against


def _names(tree: Tree, e: int) -> str:
    """Its classes and id, as far as a name goes: many candidates stand in the same boxes, so each is looked at once."""
    return tree.classes(e)[:_LONGEST_NAME]


@lru_cache(maxsize=1024)
def _is_aside(names: str) -> bool:
    return bool(ASIDE.search(names))


@lru_cache(maxsize=1024)
def _is_main(names: str) -> bool:
    return bool(MAIN.search(names))


@lru_cache(maxsize=1024)
def _is_side(names: str) -> bool:
    return bool(SIDE.search(names))
