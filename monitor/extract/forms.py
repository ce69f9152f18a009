"""What a written date says, before anything is concluded from it."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

YEAR = r"((?:19|20)\d\d)"
MONTH = r"(1[0-2]|0?[1-9])"
DAY = r"(3[01]|[12]\d|0?[1-9])"


class Form(StrEnum):
    """How much a written date says."""

    FULL = "full"  # year, month, day
    EITHER = "either"  # two numbers and a year: the whole list tells which is the month
    YEARLESS = "yearless"  # month and day
    EITHER_YEARLESS = "either_yearless"  # two numbers alone
    MONTH = "month"  # year and month
    COMPACT = "compact"  # eight digits in a row: perhaps a number that is no date
    AGO = "ago"  # days before the reading day


class Seen(NamedTuple):
    """A date as written at `start`..`end` of its text. (A tuple: thousands are made a second.)

    The three numbers by form: year, month, day; for EITHER first, second, year; for AGO days, 0, 0.
    """

    form: Form
    start: int
    end: int
    a: int
    b: int
    c: int


# Building the tuple so takes half the time of Seen(…).
_seen = tuple.__new__
_FULL, _EITHER, _YEARLESS, _MONTH = Form.FULL, Form.EITHER, Form.YEARLESS, Form.MONTH


def on(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has such a day."""
    return 0 < month <= 12 and (0 < day <= 28 or on(year, month, day) is not None)


def full(start: int, end: int, year: int, month: int, day: int, form: Form = _FULL) -> Seen | None:
    """A date with its year, if the calendar has such a day."""
    if 0 < month <= 12 and (0 < day <= 28 or on(year, month, day)):
        return _seen(Seen, (form, start, end, year, month, day))
    return None


def yearless(start: int, end: int, month: int, day: int) -> Seen | None:
    """A month and a day, if some year has such a day."""
    return _seen(Seen, (_YEARLESS, start, end, 0, month, day)) if is_day(2000, month, day) else None


def of_year_month(start: int, end: int, year: int, month: int) -> Seen:
    return _seen(Seen, (_MONTH, start, end, year, month, 0))


def either_of(start: int, end: int, first: int, second: int, year: int) -> Seen | None:
    """Two numbers and a year, if they can be a day and a month of it in one order or the other."""
    if (0 < first <= 12 and 0 < second <= 12) or is_day(year, first, second) or is_day(year, second, first):
        return _seen(Seen, (_EITHER, start, end, first, second, year))
    return None


def either(first: int, second: int) -> bool:
    """Whether two numbers can be a day and a month of some year, in one order or the other."""
    return is_day(2000, first, second) or is_day(2000, second, first)
