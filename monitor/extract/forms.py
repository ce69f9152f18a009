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


def on(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full(start: int, end: int, year: int, month: int, day: int, form: Form = Form.FULL) -> Seen | None:
    """A date with its year, if the calendar has such a day."""
    return Seen(form, start, end, year, month, day) if on(year, month, day) else None


def either(first: int, second: int) -> bool:
    """Whether two numbers can be a day and a month, in one order or the other."""
    return 1 <= min(first, second) <= 12 and max(first, second) <= 31
