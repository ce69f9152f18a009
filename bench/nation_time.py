"""When a duty of the nation is missed, in a few lines of its own: the truth that the rules are measured by."""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import chinese_calendar

DAY = timedelta(days=1)


class Duty(NamedTuple):
    """`window` as the line format writes it; None with `periodic` is a number that nobody has."""

    kind: str
    window: str | None
    least: int = 1
    exempt: bool = False

    @property
    def rhythm(self) -> int:
        """Days in which `least` publications are due; 0 where none are."""
        if self.kind == "daily":
            return 1
        if self.window is None:
            return 0
        if self.window[0] != "P":
            return int(self.window.split()[0]) * 7 // 5
        return int(self.window[1:-1]) * {"W": 7, "M": 30, "Y": 365}[self.window[-1]]


@cache
def workdays() -> list[date]:
    """China's working days, make-up days with them, as far as the nation needs them."""
    first, last = date(2019, 1, 1), date(2026, 12, 31)
    return [day for n in range((last - first).days + 1) if chinese_calendar.is_workday(day := first + DAY * n)]


def after(day: date, n: int) -> date:
    """The n-th working day after a day."""
    return workdays()[bisect_right(workdays(), day) + n - 1]


def before(day: date) -> date:
    """The last working day before a day."""
    return workdays()[bisect_left(workdays(), day) - 1]


def deadline(start: date, duty: Duty) -> date:
    """The last day in time after a publication."""
    if duty.kind == "daily":
        return after(start, 1)
    assert duty.window is not None
    if duty.window[0] != "P":
        return after(start, int(duty.window.split()[0]))
    count, unit = int(duty.window[1:-1]), duty.window[-1]
    if unit == "W":
        return start + 7 * count * DAY
    months = start.year * 12 + start.month - 1 + count * (12 if unit == "Y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def due(days: Sequence[date], duty: Duty) -> date | None:
    """The last day in time, given all publications; None where nothing is due."""
    if not days or not duty.rhythm or duty.exempt:
        return None
    newest = sorted(days, reverse=True)
    return deadline(newest[min(duty.least, len(newest)) - 1], duty)


def is_late(days: Sequence[date], duty: Duty, on: date) -> bool:
    """Whether the duty is missed on a day. A daily one is judged on the next working day; what never was, is late."""
    if duty.exempt or (duty.kind == "periodic" and duty.window is None):
        return False
    if not days:
        return True
    last = due(days, duty)
    if last is None:
        return False
    return max(days) < before(on) if duty.kind == "daily" else on > last
