"""Advise on a column: keep, update, merge or close it, with the figures for and against (docs/design/judging.md).

A committee decides; this only brings before it what has been dead for long. To close a living column is worse than to
leave a dead one for another month: a season, and what we could not see, speak for the column.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from monitor.kinship import Kinship, kinship, likeness_of_subjects, subjects
from monitor.model.advising import Act, Advice, Figure, Kin, Point
from monitor.model.judging import Standing, Why
from monitor.model.register import DutyKind, Period, Window
from monitor.workdays import months_later, shift, window_start

_HOME = "home"  # the category of home pages: they are neither closed nor merged, and hold no other column
_BLANK = 6  # months
_LONG = 30  # calendar days: as in the judge, the least that makes an overdue column a stale one
_MONTH = Window(count=_LONG, period=Period.DAYS)  # a daily duty has no window; its stale columns are dead by months
_MISSED = 3  # windows: fewer are no habit
_SEASON = 14  # months: a season comes again after a year, and may be two months late


def advise(column: Kin, siblings: Sequence[Kin], *, now: date) -> Advice:
    """What is advised of the column on `now`. `siblings` are the columns of its site; it may be among them."""
    standing = column.verdict.standing
    if standing in (Standing.EXEMPT, Standing.UNKNOWN, Standing.NOT_CONFIGURED) or column.duty.exempts(now):
        return Advice(act=Act.KEEP)
    alive, dead = _signs_of_life(column), _signs_of_death(column, now)
    if not standing.accuses:
        return Advice(act=Act.KEEP, speaks_for=alive, speaks_against=dead)
    if not _is_dead(column, now):
        return Advice(act=Act.UPDATE, speaks_for=alive, speaks_against=dead)
    question = column.duty.kind is DutyKind.AS_NEEDED or standing is Standing.OVERDUE
    found = _nearest(column, [other for other in siblings if _could_hold(other, column, now)])
    if found is None:
        return Advice(act=Act.CLOSE, question=question, speaks_for=dead, speaks_against=alive)
    into, kin = found
    figures = (*dead, *_signs_of_kinship(into, kin))
    return Advice(act=Act.MERGE, into=into.id, question=question, speaks_for=figures, speaks_against=alive)


def _is_dead(column: Kin, now: date) -> bool:
    """Whether an accused column has been so for long enough to be merged or closed.

    Not where only dates are missing, or where entries come but too few; nor while its season may come again.
    """
    verdict = column.verdict
    if column.category == _HOME or verdict.why in (Why.UNDATED_COUNTS_AS_NOT_UPDATED, Why.TOO_FEW_ITEMS):
        return False
    if verdict.standing is Standing.BLANK:
        since = _blank_since(column)
        return since is not None and months_later(since, _BLANK) <= now
    if column.cadence.season and verdict.newest is not None and months_later(verdict.newest, _SEASON) >= now:
        return False
    return _missed_half(column) or (verdict.standing is Standing.STALE and _is_long_stale(column, now))


def _blank_since(column: Kin) -> date | None:
    """The first day on which it is known to have been blank: seen so, or by the deadline after its opening."""
    return min([day for day in (column.since, column.verdict.deadline) if day is not None], default=None)


def _missed_half(column: Kin) -> bool:
    """Half of the windows of the last 12 months; those that nobody saw are none of them.

    Not asked of daily duties: with two entries a week a column is not dead.
    """
    missed, windows = column.cadence.missed_windows, column.cadence.windows_of_year
    return column.duty.kind is DutyKind.PERIODIC and missed >= _MISSED and 2 * missed >= windows


def _is_long_stale(column: Kin, now: date) -> bool:
    """Whether it has been stale for two windows, by its dates: on day one as well as after years of looking."""
    deadline, duty = column.verdict.deadline, column.duty
    if deadline is None or duty.kind is DutyKind.AS_NEEDED:
        return False  # only its review is late
    window = duty.window or _MONTH
    stale = window_start(window_start(now, window), window)
    return deadline < min(window_start(stale, window), shift(stale, -_LONG))


def _could_hold(other: Kin, column: Kin, now: date) -> bool:
    """Whether the other column is alive, and can be trusted to stay so."""
    if other.id == column.id or other.category == _HOME or other.duty.exempts(now):
        return False
    in_time = other.verdict.standing in (Standing.FRESH, Standing.DUE_SOON)
    return in_time and other.cadence.entries > 0 and not _missed_half(other)


def _nearest(column: Kin, others: Sequence[Kin]) -> tuple[Kin, Kinship] | None:
    """The nearest kin; subjects are compared only where nothing else tells. Among equals the liveliest, then by id."""
    pairs = [(other, kinship(column, other)) for other in others]
    if not any(kin.is_kin for _, kin in pairs):
        said = subjects(column.entries)
        pairs = [(o, replace(kin, titles=likeness_of_subjects(said, subjects(o.entries)))) for o, kin in pairs]
    found = [(other, kin) for other, kin in pairs if kin.is_kin]
    return min(found, key=lambda pair: (-pair[1].closeness, -pair[0].cadence.entries, pair[0].id), default=None)


def _signs_of_life(column: Kin) -> tuple[Figure, ...]:
    cadence = column.cadence
    figures = [
        (Point.ENTRIES_IN_YEAR, cadence.entries),
        (Point.USUAL_GAP, cadence.usual or 0),
        (Point.SEASON, len(cadence.season)),
    ]
    return tuple(Figure(point=point, value=value) for point, value in figures if value)


def _signs_of_death(column: Kin, now: date) -> tuple[Figure, ...]:
    verdict, cadence, figures = column.verdict, column.cadence, list[Figure]()
    if verdict.standing is Standing.BLANK:
        since = _blank_since(column)
        return (Figure(point=Point.BLANK_DAYS, value=(now - since).days),) if since else ()
    if verdict.days_over:
        figures.append(Figure(point=Point.DAYS_OVER, value=verdict.days_over))
    if cadence.missed:
        figures.append(Figure(point=Point.WINDOWS_MISSED, value=cadence.missed_windows, of=cadence.windows))
    if cadence.longest is not None and figures:
        figures.append(Figure(point=Point.LONGEST_GAP, value=cadence.longest))
    return tuple(figures)


def _signs_of_kinship(into: Kin, kin: Kinship) -> tuple[Figure, ...]:
    figures = [
        Figure(point=Point.SAME_CATEGORY, value=int(kin.same_category)),
        Figure(point=Point.LIKE_NAMES, value=kin.names),
        Figure(point=Point.SHARED_ENTRIES, value=kin.shared, of=kin.entries),
        Figure(point=Point.LIKE_TITLES, value=kin.titles),
        Figure(point=Point.ALIVE, value=into.cadence.entries),
    ]
    return tuple(figure for figure in figures if figure.value)
