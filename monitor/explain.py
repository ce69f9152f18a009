"""Explain a verdict: from which day the deadline was counted and how, and what would change it.

What would change it is asked of the judge himself, with the entries that would have to come.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from monitor.judge import judge
from monitor.model.explaining import Explained, Mend
from monitor.model.judging import History, Standing, Verdict
from monitor.model.reading import Entry, Trouble
from monitor.model.register import Duty, DutyKind, Period
from monitor.workdays import Calendar, shift, window_end

_WEEKEND = 5


def explain(history: History, duty: Duty, calendar: Calendar, verdict: Verdict, *, now: date) -> Explained:
    """How `verdict`, which the judge gave for this history on `now`, came about."""
    if verdict.deadline is None:
        return Explained(mend=_mend(history, duty, calendar, verdict, now))
    start = max((d for d in _starts(history, duty) if _end(d, duty, calendar) == verdict.deadline), default=None)
    until = calendar.add(verdict.deadline, 1) if duty.kind is DutyKind.DAILY else shift(verdict.deadline, 1)
    holidays, made_up = _odd_days(start, verdict.deadline, duty, calendar)
    return Explained(
        start=start,
        holidays=holidays,
        made_up=made_up,
        provisional=_provisional(start, verdict.deadline, duty, calendar),
        late_from=None if verdict.standing.accuses else until,
        mend=_mend(history, duty, calendar, verdict, now),
    )


def _starts(history: History, duty: Duty) -> Iterable[date]:
    seen = () if isinstance(history.seen, Trouble) else history.seen
    days = [entry.published for entry in (*seen, *(k.entry for k in history.known))]
    reviewed = duty.review.last if duty.review else None
    return {day for day in (*days, history.opened, reviewed) if day is not None}


def _end(day: date, duty: Duty, calendar: Calendar) -> date | None:
    match duty.kind:
        case DutyKind.DAILY:
            return calendar.add(day, 1)
        case DutyKind.PERIODIC:
            return window_end(day, duty.window, calendar) if duty.window else None
        case DutyKind.AS_NEEDED:
            return window_end(day, duty.review.every, calendar) if duty.review else None


def _counts_working_days(duty: Duty) -> bool:
    window = duty.review.every if duty.review else duty.window
    return duty.kind is DutyKind.DAILY or (window is not None and window.period is Period.WORKING_DAYS)


def _odd_days(
    start: date | None, deadline: date, duty: Duty, calendar: Calendar
) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """The days between on which the calendar is not that of any week: free weekdays, and working weekends."""
    if start is None or not _counts_working_days(duty):
        return (), ()
    days = [date.fromordinal(n) for n in range(start.toordinal() + 1, deadline.toordinal() + 1)]
    holidays = tuple(day for day in days if day.weekday() < _WEEKEND and not calendar.is_working(day))
    return holidays, tuple(day for day in days if day.weekday() >= _WEEKEND and calendar.is_working(day))


def _provisional(start: date | None, deadline: date, duty: Duty, calendar: Calendar) -> tuple[int, ...]:
    if not _counts_working_days(duty):
        return ()
    return tuple(year for year in range((start or deadline).year, deadline.year + 1) if calendar.provisional(year))


def _mend(history: History, duty: Duty, calendar: Calendar, verdict: Verdict, now: date) -> Mend | None:
    """The fewest entries that make an accused column in time, and the oldest day that they may bear."""
    if not verdict.standing.accuses or duty.review:
        return None  # what a person has not reviewed no entry mends
    counts = range(1, max(1, duty.min_items) + 1)
    mends = (_oldest(history, duty, calendar, now, count) for count in counts)
    return next((mend for mend in mends if mend), None)


def _oldest(history: History, duty: Duty, calendar: Calendar, now: date, count: int) -> Mend | None:
    """The oldest day that so many entries may bear, if they help at all."""
    days = range(1, now.toordinal() + 1)
    place = bisect_left(days, True, key=lambda n: _helps(history, duty, calendar, now, date.fromordinal(n), count))
    return Mend(entries=count, since=date.fromordinal(days[place])) if place < len(days) else None


def _helps(history: History, duty: Duty, calendar: Calendar, now: date, day: date, count: int) -> bool:
    """Whether so many further entries of that day would make the column in time."""
    seen = () if isinstance(history.seen, Trouble) else history.seen
    more = tuple(Entry(title=f"+{n}", url=None, published=day) for n in range(count))
    with_them = replace(history, seen=(*seen, *more))
    return judge(with_them, duty, calendar, now=now).standing in (Standing.FRESH, Standing.DUE_SOON)
