"""Reads a page's candidates: to the end only those that could win, or cast doubt on the best."""

from collections.abc import Sequence
from math import inf

from monitor.extract import slots, titles
from monitor.extract.doubts import FAR_BEHIND, fuller, ranked
from monitor.extract.headings import of_columns
from monitor.extract.rank import Glance, Reading, beside, glance, most_read, score, worded
from monitor.extract.records import Candidate
from monitor.extract.seen import Seen, held


def contest(seen: Seen, found: Sequence[Candidate]) -> list[Reading]:
    """The best first, with each other that could cast doubt on it; dates are looked for in no more than these."""
    readings: dict[int, Reading] = {}
    left: dict[int, Glance] = {}
    for i, candidate in enumerate(found):
        one = glanced(seen, candidate)
        if most(seen, one) > max((r.score for r in readings.values()), default=-inf) - FAR_BEHIND:
            readings[i] = _read(seen, one)
        else:
            left[i] = one
    best = next(iter(ranked(readings.values())), None)
    for i, one in left.items():
        if best is None or best.aside or most(seen, one) > best.score - FAR_BEHIND or fuller(one.titles, best.titles):
            readings[i] = _read(seen, one)
    return ranked(readings[i] for i in sorted(readings))


def most(seen: Seen, one: Glance) -> float:
    """The highest score that dates could give a candidate."""
    begin, stop = slots.near(seen.tree, one.candidate.records, seen.dates)
    return one.most(stop - begin)


def read_records(seen: Seen, candidate: Candidate) -> Reading:
    return _read(seen, glanced(seen, candidate))


def glanced(seen: Seen, candidate: Candidate) -> Glance:
    tree, records = seen.tree, candidate.records
    return glance(tree, candidate, titles.choose(tree, records, [seen.cells[held(tree, r, seen)] for r in records]))


def _read(seen: Seen, one: Glance) -> Reading:
    tree, records = seen.tree, one.candidate.records
    slot = slots.choose(tree, records, one.titles, seen.dates, of_columns(tree, records), seen.around)
    return Reading(
        candidate=one.candidate,
        titles=one.titles,
        slot=slot,
        score=score(one, slot),
        worded=worded(tree, records),
        aside=beside(tree, one, seen.title),
        most_read=most_read(tree, records, seen.title),
    )
