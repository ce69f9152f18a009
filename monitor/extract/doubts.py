"""How sure the choice of a list is: its strength, less each cause of doubt."""

import math
import re
from collections.abc import Callable, Iterable, Sequence

from monitor.extract.address import dated_by
from monitor.extract.evidence import DateSlot
from monitor.extract.rank import Reading
from monitor.extract.titles import Titles, quality

_END = re.compile(r"[#].*|/?(?:index|default|list)[\w.]{0,12}$|/$", re.IGNORECASE | re.DOTALL)
_ARTICLE = re.compile(r"\d{3}|(?:[\w]+[-_]){3}|[?&]\w*id=\w", re.IGNORECASE)
_CLOSE = 3.0  # points by which a fuller or a purer reading may stand behind
_TITLE = 0.5  # the least quality of a text that is surely an entry's
FAR_BEHIND = 3.2  # one farther behind casts no doubt, unless it is fuller, or the best stands at the side
BESIDE = 9.0  # points by which the page's own list may stand behind one at its side


def ranked(readings: Iterable[Reading]) -> list[Reading]:
    """The best first; one that swallowed other lists, or hides entries in its records, gives way."""
    found = sorted(readings, key=lambda r: -r.score)
    if found and found[0].most_read and found[0].worded:
        _prefer(found, lambda r: _purer(r, found[0]))
    if found and found[0].slot and found[0].titles.crowd > 1.0:
        _prefer(found, lambda r: _fuller(r, found[0]))
    return found


def _prefer(found: list[Reading], better: Callable[[Reading], bool]) -> None:
    """Put the first that is better, and not far behind, before the best."""
    chosen = next((r for r in found[1:] if found[0].score - r.score < _CLOSE and better(r)), None)
    if chosen:
        found.remove(chosen)
        found.insert(0, chosen)


def _purer(rival: Reading, best: Reading) -> bool:
    """Whether a rival is the best without the most read that it swallowed."""
    return rival.slot is not None and not rival.most_read and rival.slot.coverage > 0.9 and within(rival, best)


def _fuller(rival: Reading, best: Reading) -> bool:
    """Whether a rival has all entries of the best and more of the same kind, each a record of its own."""
    if not rival.slot or not best.slot or rival.titles.crowd > 1.0 or not within(best, rival):
        return False
    return (
        rival.slot.newest == best.slot.newest
        and rival.slot.coverage >= best.slot.coverage
        and rival.slot.missed <= best.slot.missed
        and rival.titles.quality >= 0.95 * best.titles.quality
        and rival.titles.distinct > 0.95
    )


def strength(readings: Sequence[Reading]) -> float:
    """0..1: how much a list stands out; under a half there is rather none."""
    if not readings:
        return 0.0
    best = readings[0]
    least = 8.5 if best.slot else 10.5 - 2.0 * (_articles(best.titles.hrefs) - 0.5)
    return min(0.99, 1 / (1 + math.exp(-(best.score - least) / 1.2)))


def confidence(readings: Sequence[Reading]) -> float:
    """0..1 that entries and newest day are right: the strength, less each cause of doubt."""
    return own_confidence(readings) * _of_rivals(readings)


def own_confidence(readings: Sequence[Reading]) -> float:
    """The same without the doubts that other readings of the page cast."""
    best, sure = readings[0], strength(readings)
    for doubt in (*of_titles(best), *of_dates(best)):
        sure *= doubt
    return sure


def of_titles(best: Reading) -> tuple[float, ...]:
    titles = best.titles
    return (
        0.88 if titles.linked < 0.5 and not titles.in_link else 1.0,
        0.6 if titles.distinct < 0.4 else 0.93 if titles.distinct < 0.7 else 1.0,
        0.85 if titles.quality < 0.4 else 1.0,
        0.8 if titles.crowd > 2 else 1.0,
        (0.5, 0.95, 1.0)[min(3, len(best.candidate.records)) - 1],
    )


def of_dates(best: Reading) -> tuple[float, ...]:
    """An undated list is hard to tell from a menu: only links that look like articles speak for it."""
    slot = best.slot
    if slot is None:
        return (1.0 if best.told and not best.aside else trust_undated(best.titles.hrefs),)
    return (
        0.85 if slot.coverage < 0.7 else 1.0,
        0.93 if slot.ordered < 0.7 else 1.0,
        1.0 if slot.place != "above" else 0.97 if _has_turns(slot) or _is_confirmed(best, slot) else 0.9,
        1.0 - slot.missed,
        0.6 if slot.future > 0.2 else 1.0,  # a calendar: what is yet to be was not published on its day
        0.5 if best.aside and slot.ordered < 0.7 else 1.0,  # the most read, at the side of the page's own list
        0.8 if best.most_read else 1.0,  # all that is left where the page's own list is empty
        0.9 if slot.worth < 3.0 else 1.0,
        0.85 if slot.unsettled else 1.0,
    )


def _has_turns(slot: DateSlot) -> bool:
    """Whether more than one heading dates the entries."""
    return len({d.t for d in slot.dates if d}) > 1


def _is_confirmed(best: Reading, slot: DateSlot) -> bool:
    """Whether the addresses of all entries tell the one day that stands over them."""
    return all(dated_by(f"/{href}") == slot.newest for href in best.titles.hrefs)


def _of_rivals(readings: Sequence[Reading]) -> float:
    """A rival that comes near and would give another newest day, or other entries."""
    best = readings[0]
    worst = 1.0
    for rival in readings[1:]:
        lead = best.score - rival.score
        if rival.most_read and not best.most_read:
            continue
        if lead < BESIDE and best.aside and not rival.aside and worthy(rival) and not same(best, rival):
            worst = min(worst, 0.8)  # what stands at the side is livelier than the page's own list
        if lead < BESIDE and (_newer_whole(rival, best) or _led_undated(rival, best)):
            worst = min(worst, 0.82)
        if lead > 2.5:
            continue
        if (rival.slot and rival.slot.missed > 0.1) or _part(rival, best):
            continue
        same_day = (rival.slot and rival.slot.newest) == (best.slot and best.slot.newest)
        if not same_day and best.worded and within(rival, best):
            worst = min(worst, 0.85)  # perhaps two lists, and this is the one that was asked for
        elif not same_day and rival.slot:
            worst = min(worst, 0.82 + 0.06 * lead)
        elif not same(best, rival):
            worst = min(worst, 0.92 + 0.03 * lead)
    return worst


def _newer_whole(rival: Reading, best: Reading) -> bool:
    """Whether a rival has all entries of the best and newer ones besides, dated as well."""
    if not (rival.slot and best.slot and rival.slot.newest and best.slot.newest):
        return False
    return (
        rival.slot.newest > best.slot.newest
        and rival.slot.coverage > 0.9
        and rival.slot.missed <= best.slot.missed
        and within(best, rival)
    )


def _led_undated(rival: Reading, best: Reading) -> bool:
    """Whether a rival has all entries of the best, and over them entries that show no day: they may be new."""
    first = rival.titles.titles[0]
    if not (rival.slot and rival.slot.dates[0] is None and rival.titles.hrefs[0]) or rival.worded:
        return False
    return quality(first) > _TITLE and first not in best.titles.titles and worthy(rival) and within(best, rival)


def worthy(rival: Reading) -> bool:
    """Whether a rival reads like entries, and not like a menu."""
    return rival.titles.quality > 0.6 and rival.titles.distinct > 0.6 and not rival.worded


def trust_undated(hrefs: Sequence[str | None]) -> float:
    """What is left of the confidence in a list that shows no dates."""
    return 0.45 + 0.4 * _articles(hrefs)


def like_articles(reading: Reading) -> float:
    return _articles(reading.titles.hrefs)


def _articles(hrefs: Sequence[str | None]) -> float:
    """The share of addresses that look like an article's, not like a column's: a number or a phrase at their end."""
    return sum(map(is_article, hrefs)) / max(1, len(hrefs))


def is_article(href: str | None) -> bool:
    """Whether an address looks like an article's, and not like a column's."""
    return bool(href and _ARTICLE.search(_END.sub("", href).rsplit("/", 1)[-1]))


def _part(rival: Reading, best: Reading) -> bool:
    """Whether a rival only leaves out rows of one ordered list."""
    return best.slot is not None and best.slot.ordered > 0.9 and not best.worded and within(rival, best)


def within(rival: Reading, best: Reading) -> bool:
    return fuller(best.titles, rival.titles)


def fuller(one: Titles, other: Titles) -> bool:
    """Whether one has all titles of another, and more."""
    return set(one.titles) > set(other.titles)


def same(a: Reading, b: Reading) -> bool:
    """Whether two readings list mostly the same entries."""
    left, right = set(a.titles.titles), set(b.titles.titles)
    return len(left & right) * 2 > min(len(left), len(right))
