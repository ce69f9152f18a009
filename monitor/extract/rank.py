"""How like the page's own list a candidate is, and how sure the choice."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.extract.records import Candidate
from monitor.extract.slots import DateSlot
from monitor.extract.titles import Titles
from monitor.extract.tree import Tree
from monitor.extract.words import ASIDE, ASIDE_TAGS, MAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A candidate, read: its titles, addresses and dates, and its score."""

    candidate: Candidate
    titles: Titles
    slot: DateSlot | None
    score: float


def score(tree: Tree, candidate: Candidate, titles: Titles, slot: DateSlot | None) -> float:
    """A sum of what speaks for and against a list. Weights are set by hand; they may be 40 % off without much harm."""
    records = candidate.records
    count = len(records)
    text = sum(tree.length(r) for r in records)
    title_text = sum(len(t) for t in titles.titles)
    total = 1.2 * min(math.log2(count), 5.0)
    total += 4.0 * titles.quality
    total += 1.0 * titles.linked + 2.5 * titles.distinct
    total += 2.5 * text / max(1, tree.size[-1])
    total += _dated(slot)
    total -= 1.0 * max(0.0, text / count / 500 - 1) if count else 0.0
    total += 0.8 * min(1.0, title_text / max(1, text))
    total -= min(5.0, 2.0 * math.log2(max(1.0, titles.crowd)))
    return total - _aside(tree, records) * (1.0 if slot else 2.5)


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


def _aside(tree: Tree, records: Sequence[int]) -> float:
    """What the boxes around the records say of them: a menu, a foot, a list of the most read."""
    against = 0.0
    e = tree.parent[records[0]]
    level = 0
    while e >= 0 and level < 8:
        if tree.tag[e] in ASIDE_TAGS:
            against = max(against, 1.6)
        names = tree.classes(e)
        if names != " ":
            if ASIDE.search(names):
                against = max(against, 1.2 if level < 4 else 0.6)
            elif level < 3 and MAIN.search(names):
                against -= 0.2
        e = tree.parent[e]
        level += 1
    return against


def confidence(readings: Sequence[Reading]) -> float:
    """0..1: by the score itself, and by the lead over the best rival that lists other entries."""
    if not readings:
        return 0.0
    best = readings[0]
    least = 8.5 if best.slot else 10.5
    rivals = [r.score for r in readings[1:] if not _same(best, r)]
    lead = best.score - max(rivals, default=best.score - 4)
    strength = 1 / (1 + math.exp(-(best.score - least) / 1.2))
    return max(0.0, min(0.99, strength * (0.75 + 0.25 * min(1.0, lead / 2))))


def _same(a: Reading, b: Reading) -> bool:
    """Whether two readings list mostly the same entries."""
    left, right = set(a.titles.titles), set(b.titles.titles)
    return len(left & right) * 2 > min(len(left), len(right))
