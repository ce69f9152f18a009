"""Whether a reading would stay what it is while only the texts, addresses and days in its rows change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser

from monitor.extract.doubts import BESIDE, FAR_BEHIND, own_confidence, same, strength, within
from monitor.extract.rank import Reading
from monitor.extract.seen import Seen

_LEAD = 1.0  # of the score: less, and other titles could bring a rival to the front
_TWIN_LEAD = 0.05  # the same, of a rival made of nearly the same rows
_WORST = 0.82  # the most doubt that a rival casts which does not come nearer than _LEAD
_WORST_UNDATED = 0.92  # the same, of one without dates
_EASED = 0.06  # for each point of the score that it stays behind
_WORST_AT_SIDE = 0.8  # the same, where the best stands at the side of the page and the rival does not
_SLACK = 0.03  # of the confidence: what other titles may take or add
DISTINCT = (0.4, 0.7)  # shares of the titles at which doubts begin
ORDERED = (0.7,)  # the same, of neighbours in order
_NEAR = 0.05
LINES = (0.5, 0.9)  # of the confidence: verdicts must not depend on which way a page was read


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a listing rests on. `steady`: other texts and days in the same rows would surely be read alike."""

    parser: LexborHTMLParser
    seen: Seen
    best: Reading
    rivals: tuple[Reading, ...]
    steady: bool


def steady(readings: Sequence[Reading], less: float) -> bool:
    """Conservative: where in doubt the page is read in full each time. `less` is the doubt of the page as a whole."""
    best = readings[0]
    if best.most_read or any(r.score > best.score for r in readings):
        return False
    rivals = [r for r in readings[1:] if best.score - r.score < _reach(r, best) and not _twin(r, best)]
    if any(best.score - r.score < (_TWIN_LEAD if _shared(r, best) else _LEAD) for r in rivals) or not _plain(best):
        return False
    sure = own_confidence(readings) * less
    least = sure * min((_doubt(r, best) for r in rivals), default=1.0)
    if strength((replace(best, score=best.score - 2.0),)) < LINES[0]:
        return False
    slack = _SLACK if strength((replace(best, score=best.score - 1.0),)) < strength(readings) else 0.0
    return _side(least - slack) == _side(sure + slack)


def _reach(rival: Reading, best: Reading) -> float:
    """How far behind a rival may be and cast a doubt: farther, if it holds all entries of the best and more.

    Farther as well where the best stands at the side, and the rival does not: boxes and headings say so, not the rows.
    """
    fuller = rival.slot is not None and rival.slot.coverage > 0.8 and within(best, rival)
    return BESIDE + _LEAD if fuller or _at_side_of(rival, best) else FAR_BEHIND


def _at_side_of(rival: Reading, best: Reading) -> bool:
    return best.aside and not rival.aside


def _doubt(rival: Reading, best: Reading) -> float:
    """The most doubt that a rival can cast while the rows change: less, if it has none of the rows."""
    if _at_side_of(rival, best):
        return _WORST_AT_SIDE
    if _part(rival, best):
        return 1.0
    if not _outside(rival, best):
        return _WORST
    if rival.slot is None:
        return _WORST_UNDATED
    return min(1.0, _WORST + _EASED * max(0.0, best.score - rival.score - _LEAD))


def _outside(rival: Reading, best: Reading) -> bool:
    one, other = rival.titles, best.titles
    return not (set(one.titles) & set(other.titles) or set(one.hrefs) & set(other.hrefs) - {None})


def _twin(rival: Reading, best: Reading) -> bool:
    """Whether a rival is made of the same rows, and would be with other texts in them."""
    if rival.titles.titles != best.titles.titles or rival.titles.hrefs != best.titles.hrefs:
        return False
    return (rival.slot and rival.slot.dates) == (best.slot and best.slot.dates)


def _part(rival: Reading, best: Reading) -> bool:
    """Whether a rival only leaves out rows of a list that is one beyond doubt, or has one or two more."""
    same_day = (rival.slot and rival.slot.newest) == (best.slot and best.slot.newest)
    if same_day and _shared(rival, best):
        return True
    return within(rival, best) and not best.worded and best.slot is not None and best.slot.ordered > 0.9


def _shared(rival: Reading, best: Reading) -> bool:
    """Whether a rival has nearly the same rows: other texts change both alike."""
    left, right = set(rival.candidate.records), set(best.candidate.records)
    return len(left & right) * 10 >= 9 * max(len(left), len(right)) and same(best, rival)


def _side(confidence: float) -> int:
    return sum(confidence >= line for line in LINES)


def _plain(best: Reading) -> bool:
    """Far enough from all at which a doubt begins."""
    titles, slot = best.titles, best.slot
    if 0.0 < titles.linked < 1.0 or titles.quality < 0.5 or titles.crowd > 1.0 or _near(titles.distinct, DISTINCT):
        return False
    if slot is None:
        return False  # what dates it, address or script, is not in its rows
    return (
        slot.place in ("in", "nth", "after")
        and slot.coverage == 1.0
        and not slot.unsettled
        and slot.missed < 0.1
        and slot.future == 0.0
        and not 2.7 < slot.worth < 3.3
        and not _near(slot.ordered, ORDERED)
    )


def _near(figure: float, lines: Sequence[float]) -> bool:
    return any(abs(figure - line) < _NEAR for line in lines)
