"""Whether a reading would stay what it is while only the texts, addresses and days in its rows change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser

from monitor.extract.doubts import BESIDE, FAR_BEHIND, own_confidence, same, strength, within, worthy
from monitor.extract.rank import Reading
from monitor.extract.seen import Seen
from monitor.extract.tree import Tree

_LEAD = 1.0  # of the score: less, and other titles could bring a rival to the front
_TWIN_LEAD = 0.05  # the same, of a rival made of nearly the same rows
_PART_LEAD = 4.0  # the same, of a rival made of some of the rows, for each row
_MISSED = 0.3  # share of the dates around a rival's records: fewer rows beside it, and it could have a say
_PROMISE = 0.4  # the least lead of a list that is surely read
_WORST = 0.82  # the most doubt that a rival casts which does not come nearer than _LEAD
_WORST_UNDATED = 0.92  # the same, of one without dates, or with those of the best
_EASED = 0.06  # for each point of the score that it stays behind
_WORST_AT_SIDE = 0.8  # the same, where the best stands at the side of the page and the rival does not
_SLACK = 0.03  # of the confidence: what other titles may take or add
DISTINCT = (0.4, 0.7)  # shares of the titles at which doubts begin
ORDERED = (0.7,)  # the same, of neighbours in order
_NEAR = 0.05
LINES = (0.5, 0.9)  # of the confidence: verdicts must not depend on which way a page was read


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a listing rests on. `wavers`: why other texts and days in the same rows might be read otherwise, or ""."""

    parser: LexborHTMLParser
    seen: Seen
    best: Reading
    rivals: tuple[Reading, ...]
    wavers: str


def wavers(tree: Tree, readings: Sequence[Reading], less: float, least_promise: float) -> str:
    """Why a reading might turn; "" where it surely does not.

    `less` is the doubt of the page as a whole; a list of less than the `least_promise` might not be read at all.
    """
    best = readings[0]
    if best.candidate.promise < least_promise + _PROMISE:
        return "a list that hardly promises most"
    if best.most_read or any(r.score > best.score for r in readings):
        return "a list that won by more than its score"
    rivals = [r for r in readings[1:] if best.score - r.score < _reach(r, best) and not _twin(r, best)]
    if any(best.score - r.score < _lead(r, best) for r in rivals):
        return "a rival close behind"
    if why := _unlike(best):
        return why
    sure = own_confidence(readings) * less
    least = sure * min((_doubt(tree, r, best) for r in rivals), default=1.0)
    if strength((replace(best, score=best.score - 2.0),)) < LINES[0]:
        return "a list that hardly stands out"
    slack = _SLACK if strength((replace(best, score=best.score - 1.0),)) < strength(readings) else 0.0
    return "" if _side(least - slack) == _side(sure + slack) else "a rival that may cast a doubt"


def _lead(rival: Reading, best: Reading) -> float:
    """What a rival must stay behind, that other texts in the rows bring it not to the front.

    Of one that is a part of the best, less: it has rows of the best alone, so that both move together.
    """
    if _shared(rival, best):
        return _TWIN_LEAD
    return min(_LEAD, _PART_LEAD / len(best.candidate.records)) if _is_part(rival, best) else _LEAD


def _is_part(rival: Reading, best: Reading) -> bool:
    return set(rival.candidate.records) < set(best.candidate.records)


def _reach(rival: Reading, best: Reading) -> float:
    """How far behind a rival may be and cast a doubt: farther, if it holds all entries of the best and more.

    Farther as well where the best stands at the side, and the rival does not: boxes and headings say so, not the rows.
    """
    fuller = rival.slot is not None and rival.slot.coverage > 0.8 and within(best, rival)
    return BESIDE + _LEAD if fuller or _at_side_of(rival, best) else FAR_BEHIND


def _at_side_of(rival: Reading, best: Reading) -> bool:
    return best.aside and not rival.aside


def _doubt(tree: Tree, rival: Reading, best: Reading) -> float:
    """The most doubt that a rival can cast while the rows change: less, if it has none of the rows."""
    if _at_side_of(rival, best) and not (_elsewhere(tree, rival, best) and not worthy(rival)):
        return _WORST_AT_SIDE
    if _part(rival, best) or _leaves_rows_out(rival, best):
        return 1.0
    if _dated_alike(rival, best):
        return _WORST_UNDATED
    if not _outside(rival, best):
        return _WORST
    if rival.slot is None:
        return _WORST_UNDATED
    return min(1.0, _WORST + _EASED * max(0.0, best.score - rival.score - _LEAD))


def _elsewhere(tree: Tree, rival: Reading, best: Reading) -> bool:
    """Whether no row of the best stands in a rival, nor the other way: then what it reads like stays as it is."""
    start, stop = best.candidate.records[0], tree.last[best.candidate.records[-1]]
    return all(r > stop or tree.last[r] < start for r in rival.candidate.records)


def _leaves_rows_out(rival: Reading, best: Reading) -> bool:
    """Whether a rival has some rows of the best alone, and dates of many others stand beside it: so it has no say."""
    return rival.slot is not None and rival.slot.missed > _MISSED and _is_part(rival, best)


def _dated_alike(rival: Reading, best: Reading) -> bool:
    """Whether a rival takes its days from the very dates of the best: it has the same newest day, whatever they are."""
    if (
        not rival.slot
        or not best.slot
        or {d and d.t for d in rival.slot.dates} - {None} != {d and d.t for d in best.slot.dates}
    ):
        return False
    return rival.slot.coverage == 1.0 or rival.titles.titles[0] in best.titles.titles


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


def _unlike(best: Reading) -> str:
    """Where it is not far enough from all at which a doubt begins."""
    titles, slot = best.titles, best.slot
    if slot is None:
        return "no dates in the rows"  # what dates it, address or script, is not in its rows
    if slot.place not in ("in", "nth", "after"):
        return "dates before or above the rows"
    if slot.coverage < 1.0 or slot.missed >= 0.1:
        return "rows without a date"
    if slot.unsettled or slot.future > 0.0 or 2.7 < slot.worth < 3.3 or near(slot.ordered, ORDERED):
        return "dates that might be others"
    if 0.0 < titles.linked < 1.0 or titles.crowd > 1.0:
        return "links in some rows only, or many in one"
    return "titles that are hardly titles" if titles.quality < 0.5 else ""


def near(figure: float, lines: Sequence[float]) -> bool:
    return any(abs(figure - line) < _NEAR for line in lines)
