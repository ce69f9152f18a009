"""The deduction table (扣分): what each line counts and costs, as far as it can be counted and its points are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from monitor.inspection.counting import Asked, Sign, Tally, blank, late, probed, silent, tally, within
from monitor.model.inspecting import ColumnSeen, Deducted, Doubt, InDoubt, SiteSeen
from monitor.model.judging import Standing
from monitor.model.policy import Counted, Deduction, Policy, ScoreMode
from monitor.model.register import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    """How often a line applies; None where that cannot be said."""

    times: int | None
    columns: tuple[str, ...] = ()
    doubts: tuple[InDoubt, ...] = ()


def deducted(site: SiteSeen, policy: Policy, *, mode: ScoreMode, now: date) -> tuple[Deducted, ...]:
    """Each line of the table, those without points too; none where the mode asks for vetoes alone."""
    if mode is ScoreMode.VETOES_ONLY or mode not in policy.modes:
        return ()
    spared = not site.serves and policy.scale.without_services is not None
    lines = [line for line in policy.deductions if not (spared and line.service)]
    return tuple(_costs(line, _counted(line, site, now), mode) for line in lines)


def _costs(line: Deduction, count: _Count, mode: ScoreMode) -> Deducted:
    points = None
    if line.points is not None and count.times is not None:
        points = _capped(line.points * count.times, line.cap if mode is ScoreMode.OF_HUNDRED else None)
    return Deducted(deduction=line, count=count.times, points=points, columns=count.columns, doubts=count.doubts)


def _capped(points: float, cap: float | None) -> float:
    return points if cap is None else max(-cap, min(cap, points))


def _counted(line: Deduction, site: SiteSeen, now: date) -> _Count:
    """What a person has counted goes before what was measured."""
    if line.id in site.by_hand:
        return _Count(times=site.by_hand[line.id])
    match line.counted:
        case Counted.COLUMNS_LATE:
            return _each(late(site.columns, _asked(line), now=now))
        case Counted.COLUMNS_BLANK:
            return _each(blank(site.columns))
        case Counted.NONE_WITHIN:
            return _none_within(_of(line, site), _window(line), now)
        case Counted.TOO_FEW:
            return _too_few(_of(line, site), line, now)
        case Counted.FAILED_PERCENT:
            return _Count(times=_percent(site))
        case Counted.HOME_ENTRIES:
            return _Count(times=None if site.home_new is None else int(site.home_new < line.least))
        case Counted.BY_HAND:
            return _Count(times=None)


def _each(found: Tally) -> _Count:
    """One time a column; unsaid while any column is in doubt."""
    times = None if found.doubts else len(found.columns)
    return _Count(times=times, columns=found.columns, doubts=found.doubts)


def _asked(line: Deduction) -> dict[str, Asked]:
    asked = Asked(window=_window(line), first_level_only=line.first_level_only)
    return dict.fromkeys(line.categories, asked)


def _window(line: Deduction) -> Window:
    assert line.window, "a line on columns has a window"
    return line.window


def _of(line: Deduction, site: SiteSeen) -> list[ColumnSeen]:
    """The columns of the line that count: not those that are exempt, or counted as blank (19-D4)."""
    passed = (Standing.EXEMPT, Standing.BLANK)
    return [c for c in site.columns if c.category in line.categories and c.verdict.standing not in passed]


def _percent(site: SiteSeen) -> int | None:
    """The whole percents of a week's visits that failed; a started one costs nothing."""
    return 100 * site.failed // site.probes if probed(site) else None


def _none_within(columns: Sequence[ColumnSeen], window: Window, now: date) -> _Count:
    """Once, where none of them has an entry in the window; a site without such a column is another line's affair."""
    found = tally(columns, lambda column: silent(column, window, now=now))
    if len(found.columns) + len(found.doubts) < len(columns):
        return _Count(times=0)
    return _Count(times=None if found.doubts else int(bool(columns)), columns=found.columns, doubts=found.doubts)


def _too_few(columns: Sequence[ColumnSeen], line: Deduction, now: date) -> _Count:
    """Once, where they have entries in the window, and fewer than asked. Several columns are not added up: unsaid."""
    found = tally(columns, lambda column: _has_few(column, line))
    if len(found.columns) + len(found.doubts) < len(columns):
        return _Count(times=0)
    if found.doubts:
        return _Count(times=None, columns=found.columns, doubts=found.doubts)
    newest = {column.name: column.verdict.newest for column in columns}
    some = tuple(name for name, day in newest.items() if day and within(day, _window(line), now=now))
    return _Count(times=len(some) if len(some) < 2 else None, columns=some)


def _has_few(column: ColumnSeen, line: Deduction) -> Sign:
    """Whether a column has fewer entries than the line asks for, as far as the duty that it was judged by can tell."""
    duty, least = column.duty, line.least
    own = duty is not None and duty.window != line.window
    match column.verdict.standing:
        case Standing.FRESH | Standing.DUE_SOON:
            return Doubt.OWN_DUTY if own or (duty and duty.min_items < least) else False
        case Standing.OVERDUE | Standing.STALE:
            return Doubt.OWN_DUTY if own or (duty and duty.min_items > least) else True
        case Standing.NOT_CONFIGURED:
            return Doubt.NO_WINDOW
        case Standing.UNKNOWN | Standing.EXEMPT | Standing.BLANK:  # the last two are not asked
            return Doubt.NOT_SEEN
