"""What the dates of a column's entries say of its pace, its season and the windows it missed (docs/design/judging.md).

Windows are laid end to end back from today, as inspectors look at them; a working day is the window of a daily duty.
Nothing is called missed before the day from which the history is complete. Inside, days are ordinals: it is quick.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import ceil
from operator import sub
from statistics import median, median_low

from monitor.model.cadence import Cadence, Missed
from monitor.model.register import Duty, DutyKind, Period, Window
from monitor.workdays import Calendar, months_later, shift, window_end, window_start

_YEAR = 12  # months
_LEAST_DAYS = 3  # publishing days that show a gap twice
_SEASONS = 48  # months of history that a season is read from
_LONGEST_SEASON = 6  # months of a year; a column that publishes in more has no silent half
_MOST_MONTHS = _LONGEST_SEASON + _LONGEST_SEASON // 2  # of a year, those of a season and strays
_STEPS = 60  # publishing days ahead that a pace is followed
_AHEAD = 1  # as the judge: a date one day ahead is one of today in another zone

_Span = tuple[int, int]


def cadence(
    days: Sequence[date], duty: Duty, calendar: Calendar, *, opened: date | None, covered: date | None, now: date
) -> Cadence:
    """The column's cadence on `now`. `days` are the dates of its entries in any order, one for each entry.

    `covered` is the first day of which the history is complete; None where that is not known of any day.
    """
    past = _past(days, now)
    year_ago = months_later(now, -_YEAR)
    in_year = past[bisect_right(past, year_ago.toordinal()) :]
    publishing = sorted(set(past))
    usual, spread = _pace(publishing)
    holds = not duty.exempts(now)
    spans = _spans(duty.kind, duty.window, calendar, year_ago, now) if holds else ()
    floor = _complete_from(past, opened, covered, now)
    known = [span for span in spans if floor is not None and span[0] >= floor]
    return Cadence(
        entries=len(in_year),
        publishing_days=len(set(in_year)),
        covered=covered,
        usual=usual,
        spread=spread,
        longest=None if floor is None else _longest(publishing, max(floor, year_ago.toordinal()), now),
        windows=len(known),
        windows_of_year=len(spans),
        missed=_stretches([span for span in known if _entries(past, span) < _least(duty)]),
        season=_season(publishing),
        breach=_breach(_Pace(past, ceil(usual), duty, calendar, opened), now) if usual and holds else None,
    )


def _past(days: Sequence[date], now: date) -> list[int]:
    """The days up to now, the oldest first; one that lies a day ahead counts as today."""
    today, limit = now.toordinal(), shift(now, _AHEAD).toordinal()
    ordinals = sorted([day.toordinal() for day in days])
    over = bisect_right(ordinals, today)
    return ordinals[:over] + [today] * (bisect_right(ordinals, limit) - over)


def _complete_from(past: list[int], opened: date | None, covered: date | None, now: date) -> int | None:
    """The day from which the column is known to have stood, and its history to be complete."""
    if covered is None:
        return None
    oldest = past[0] if past else now.toordinal()
    floor = max(covered.toordinal(), opened.toordinal() if opened else oldest)
    return floor if floor <= now.toordinal() else None


def _pace(publishing: list[int]) -> tuple[float | None, float | None]:
    """The usual gap and its spread."""
    if len(publishing) < _LEAST_DAYS:
        return None, None
    year = months_later(date.fromordinal(publishing[-1]), -_YEAR).toordinal()
    recent = publishing[bisect_left(publishing, year) :]
    gaps = _gaps(recent if len(recent) >= _LEAST_DAYS else publishing)
    usual = median(gaps)
    return float(usual), float(median([abs(gap - usual) for gap in gaps]))


def _longest(publishing: list[int], start: int, now: date) -> int:
    return max(_gaps([start, *publishing[bisect_left(publishing, start) :], now.toordinal()]))


def _gaps(days: list[int]) -> list[int]:
    return list(map(sub, days[1:], days))


def _season(publishing: list[int]) -> tuple[int, ...]:
    """The months in which it published again a year (or years) later, give or take one month.

    A column that also publishes in many months that do not recur has no season: it was lively, and perhaps died.
    """
    months = _months(publishing)
    used = {month % 12 + 1 for month in months}
    if len(used) > _MOST_MONTHS:
        return ()
    again = {month % 12 + 1 for month in months if any(_a_year_apart(month, other) for other in months)}
    if len(again) > _LONGEST_SEASON or len(used - again) > max(1, len(again) // 2):
        return ()
    return tuple(sorted(again))


def _months(publishing: list[int]) -> list[int]:
    """The months of four years in which it published, counted from the year 0, the newest first.

    It ends where they are too many of a year to hold a season: this is asked of lively columns too.
    """
    months, used, place = list[int](), set[int](), len(publishing)
    while place and len(used) <= _MOST_MONTHS:
        day = date.fromordinal(publishing[place - 1])
        month = 12 * day.year + day.month - 1
        if months and month <= months[0] - _SEASONS:
            break
        months.append(month)
        used.add(day.month)
        place = bisect_left(publishing, day.toordinal() - day.day + 1)
    return months


def _a_year_apart(month: int, other: int) -> bool:
    apart = abs(month - other)
    return apart > 1 and (apart + 1) % 12 <= 2


@lru_cache(maxsize=256)
def _spans(kind: DutyKind, window: Window | None, calendar: Calendar, year_ago: date, now: date) -> tuple[_Span, ...]:
    """The windows that ended within the 12 months, each by its first and its last day, the newest first.

    They are the same for all columns with that duty, so they are kept.
    """
    if kind is DutyKind.DAILY:
        # A working day is over on the next one; what is published on the days off between counts for it.
        days = calendar.days(year_ago, now)
        return tuple((day, following - 1) for day, following in pairwise(days))[::-1]
    return tuple(_windows(window, calendar, year_ago, now)) if kind is DutyKind.PERIODIC and window else ()


def _windows(window: Window, calendar: Calendar, year_ago: date, now: date) -> list[_Span]:
    """Both ends are days in time: an entry of 1 March keeps a duty of two weeks through 15 March."""
    spans, end = list[_Span](), now
    while end > year_ago:
        start = min(_start_of(window, end, calendar), shift(end, -1))
        spans.append((start.toordinal(), end.toordinal()))
        end = start
    return spans


def _start_of(window: Window, end: date, calendar: Calendar) -> date:
    """The day whose window ends with `end`."""
    if window.period is Period.WORKING_DAYS:
        return calendar.back(end, window.count + 1)
    return window_start(end, window)


def _entries(past: list[int], span: _Span) -> int:
    return bisect_right(past, span[1]) - bisect_left(past, span[0])


def _least(duty: Duty) -> int:
    return max(1, duty.min_items)


def _stretches(spans: list[_Span]) -> tuple[Missed, ...]:
    """Missed windows (the newest first) as stretches (the oldest first), those in a row together."""
    rows = list[list[_Span]]()
    for span in reversed(spans):
        if rows and span[0] - rows[-1][-1][1] <= 1:
            rows[-1].append(span)
        else:
            rows.append([span])
    return tuple(
        Missed(since=date.fromordinal(row[0][0]), until=date.fromordinal(row[-1][1]), windows=len(row)) for row in rows
    )


@dataclass(frozen=True, slots=True)
class _Pace:
    """A column that goes on with the same gap from its newest entry."""

    past: list[int]
    gap: int
    duty: Duty
    calendar: Calendar
    opened: date | None


def _breach(pace: _Pace, now: date) -> date | None:
    """The first late day at this pace, of a column that is in time and not behind its own pace."""
    least, dates, each = _counted(pace)
    if not dates or dates[-1] + pace.gap < now.toordinal():
        return None
    for _ in range(min(least, _STEPS) + 1):
        deadline = _deadline(pace, dates[-least] if len(dates) >= least else dates[0])
        if deadline is None or deadline < now:
            return None
        if dates[-1] + pace.gap > deadline.toordinal():
            return pace.calendar.add(deadline, 1) if pace.duty.kind is DutyKind.DAILY else shift(deadline, 1)
        dates = dates + [dates[-1] + pace.gap] * each
    return None


def _counted(pace: _Pace) -> tuple[int, list[int], int]:
    """How many dates keep the column in time, the newest of them, and how many a publishing day brings."""
    least = _least(pace.duty)
    if pace.duty.kind is DutyKind.DAILY:
        full = pace.past if least == 1 else [day for day, n in Counter(pace.past).items() if n >= least]
        return 1, full[-1:], 1
    each = 1 if least == 1 else min(least, median_low(list(Counter(pace.past).values())))
    return least, pace.past[-least:], each


def _deadline(pace: _Pace, day: int) -> date | None:
    start = date.fromordinal(day)
    start = max(start, pace.opened) if pace.opened else start
    if pace.duty.kind is DutyKind.DAILY:
        return pace.calendar.add(start, 1)
    window = pace.duty.window
    return window_end(start, window, pace.calendar) if pace.duty.kind is DutyKind.PERIODIC and window else None
