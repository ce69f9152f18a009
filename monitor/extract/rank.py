"""How like the page's own list a candidate is, and how sure the choice."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from monitor.extract.dates import find
from monitor.extract.evidence import DateSlot
from monitor.extract.names import plain
from monitor.extract.records import Candidate
from monitor.extract.titles import Titles
from monitor.extract.tree import Tree
from monitor.extract.words import ASIDE, ASIDE_TAGS, MAIN

_END = re.compile(r"[#].*|/?(?:index|default|list)[\w.]{0,12}$|/$", re.IGNORECASE | re.DOTALL)
_ARTICLE = re.compile(r"\d{3}|(?:[\w]+[-_]){3}|[?&]\w*id=\w", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A candidate, read: its titles, addresses and dates, and its score."""

    candidate: Candidate
    titles: Titles
    slot: DateSlot | None
    score: float
    worded: bool  # in several boxes that could be lists of their own
    aside: bool  # in a box named as something beside the page's own list


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
    total -= 2.5 * _scattered(tree, records)
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


def _scattered(tree: Tree, records: Sequence[int]) -> float:
    """How far the records are several lists: in boxes far apart in the tree, each under words of its own."""
    pieces = [1]
    for before, record in pairwise(records):
        if tree.parent[before] != tree.parent[record] and _apart(tree, before, record):
            pieces.append(0)
        pieces[-1] += 1
    return min(1.0, 2 * (1 - max(pieces) / len(records))) if len(pieces) > 1 else 0.0


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


def beside(tree: Tree, records: Sequence[int]) -> bool:
    """Whether the boxes around the records are named as a menu, a foot, a list of the most read."""
    return _aside(tree, records) > 0.4


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


def strength(readings: Sequence[Reading]) -> float:
    """0..1: how much a list stands out; under a half there is rather none."""
    if not readings:
        return 0.0
    best = readings[0]
    least = 8.5 if best.slot else 10.5 - 2.0 * (_articles(best.titles.hrefs) - 0.5)
    return min(0.99, 1 / (1 + math.exp(-(best.score - least) / 1.2)))


def confidence(readings: Sequence[Reading]) -> float:
    """0..1 that entries and newest day are right: the strength, less each cause of doubt."""
    best, sure = readings[0], strength(readings)
    for doubt in (*_of_titles(best), *_of_dates(best), _of_rivals(readings)):
        sure *= doubt
    return sure


def _of_titles(best: Reading) -> tuple[float, ...]:
    titles = best.titles
    return (
        0.88 if titles.linked < 0.5 and not titles.in_link else 1.0,
        0.6 if titles.distinct < 0.4 else 0.93 if titles.distinct < 0.7 else 1.0,
        0.85 if titles.quality < 0.4 else 1.0,
        0.8 if titles.crowd > 2 else 1.0,
        (0.55, 0.95, 1.0)[min(3, len(best.candidate.records)) - 1],
    )


def _of_dates(best: Reading) -> tuple[float, ...]:
    """An undated list is hard to tell from a menu: only links that look like articles speak for it."""
    slot = best.slot
    if slot is None:
        return (0.45 + 0.4 * _articles(best.titles.hrefs),)
    return (
        0.85 if slot.coverage < 0.7 else 1.0,
        0.93 if slot.ordered < 0.7 else 1.0,
        1.0 if slot.place != "above" else 0.97 if len({d.t for d in slot.dates if d}) > 1 else 0.9,
        1.0 - slot.missed,
        0.6 if slot.future > 0.2 else 1.0,  # a calendar: what is yet to be was not published on its day
        0.5 if best.aside and slot.ordered < 0.7 else 1.0,  # the most read, at the side of the page's own list
        0.9 if slot.worth < 3.0 else 1.0,
    )


def _of_rivals(readings: Sequence[Reading]) -> float:
    """A rival that comes near and would give another newest day, or other entries."""
    best = readings[0]
    worst = 1.0
    for rival in readings[1:]:
        lead = best.score - rival.score
        if lead > 2.5:
            break
        if (rival.slot and rival.slot.missed > 0.1) or _part(rival, best):
            continue
        same_day = (rival.slot and rival.slot.newest) == (best.slot and best.slot.newest)
        if not same_day and best.worded and _within(rival, best):
            worst = min(worst, 0.85)  # perhaps two lists, and this is the one that was asked for
        elif not same_day and rival.slot:
            worst = min(worst, 0.82 + 0.06 * lead)
        elif not _same(best, rival):
            worst = min(worst, 0.92 + 0.03 * lead)
    return worst


def like_articles(reading: Reading) -> float:
    return _articles(reading.titles.hrefs)


def _articles(hrefs: Sequence[str | None]) -> float:
    """The share of addresses that look like an article's, not like a column's: a number or a phrase at their end."""
    ends = [_END.sub("", href).rsplit("/", 1)[-1] for href in hrefs if href]
    return sum(1 for end in ends if _ARTICLE.search(end)) / max(1, len(hrefs))


def _part(rival: Reading, best: Reading) -> bool:
    """Whether a rival only leaves out rows of one ordered list."""
    return best.slot is not None and best.slot.ordered > 0.9 and not best.worded and _within(rival, best)


def _within(rival: Reading, best: Reading) -> bool:
    return set(rival.titles.titles) < set(best.titles.titles)


def _same(a: Reading, b: Reading) -> bool:
    """Whether two readings list mostly the same entries."""
    left, right = set(a.titles.titles), set(b.titles.titles)
    return len(left & right) * 2 > min(len(left), len(right))
