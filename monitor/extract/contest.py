"""Reads a page's candidates: to the end only those that could win, or cast doubt on the best."""

from collections.abc import Sequence
from math import inf

from monitor.extract import slots, titles
from monitor.extract.address import resolve
from monitor.extract.doubts import FAR_BEHIND, fuller, ranked
from monitor.extract.headings import of_columns
from monitor.extract.kin import tell_days
from monitor.extract.rank import Glance, Outline, Reading, beside, glance, most_read, outline, score, worded
from monitor.extract.records import Candidate
from monitor.extract.seen import Seen, cells_in


def contest(seen: Seen, found: Sequence[Candidate]) -> list[Reading]:
    """The best first, with each other that could cast doubt on it; titles and dates are looked for in no more."""
    readings: dict[int, Reading] = {}
    left: dict[int, Outline | Glance] = {}
    top = -inf
    for i, candidate in enumerate(found):
        one: Outline | Glance = outlined(seen, candidate)
        if isinstance(one, Outline) and one.most > top - FAR_BEHIND:
            one = _glanced(seen, one)
        if isinstance(one, Glance) and one.most > top - FAR_BEHIND:
            readings[i] = _read(seen, one)
            top = max(top, readings[i].score)
        else:
            left[i] = one
    best = next(iter(ranked(readings.values())), None)
    if best is not None:
        readings |= {i: _read(seen, doubt) for i, one in left.items() if (doubt := _doubt(seen, one, best))}
    return ranked(readings[i] for i in sorted(readings))


def _doubt(seen: Seen, one: Outline | Glance, best: Reading) -> Glance | None:
    """What was left, if it could cast doubt on the best: near enough, not at the side as that is, or fuller."""
    known, near = one if isinstance(one, Outline) else one.outline, best.score - FAR_BEHIND
    if best.aside and not beside(seen.tree, known, seen.title):
        return _glanced(seen, one)
    if one.most <= near and len(known.candidate.records) <= len(set(best.titles.titles)):
        return None  # it cannot have all titles of the best, and more
    one = _glanced(seen, one)
    return one if one.most > near or fuller(one.titles, best.titles) else None


def read_records(seen: Seen, candidate: Candidate) -> Reading:
    return _read(seen, glanced(seen, candidate))


def glanced(seen: Seen, candidate: Candidate) -> Glance:
    return _glanced(seen, outlined(seen, candidate))


def outlined(seen: Seen, candidate: Candidate) -> Outline:
    begin, stop = slots.near(seen.tree, candidate.records, seen.dates)
    headed = any(d.heading for d in seen.dates[:begin])
    return outline(seen.tree, candidate, stop - begin, headed=headed)


def _glanced(seen: Seen, one: Outline | Glance) -> Glance:
    if isinstance(one, Glance):
        return one
    tree, records = seen.tree, one.candidate.records
    return glance(tree, one, titles.choose(tree, records, cells_in(seen, records)))


def _read(seen: Seen, one: Glance) -> Reading:
    tree, candidate = seen.tree, one.outline.candidate
    records = candidate.records
    slot = slots.choose(tree, records, one.titles, seen.dates, of_columns(tree, records), seen.around)
    return Reading(
        candidate=candidate,
        titles=one.titles,
        slot=slot,
        score=score(one, slot),
        worded=worded(tree, records),
        aside=beside(tree, one.outline, seen.title),
        most_read=most_read(tree, records, seen.title),
        told=slot is None and tell_days(seen.kin, [resolve(seen.base, href) for href in one.titles.hrefs]),
    )
