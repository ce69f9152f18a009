"""From written dates to days: which number is the month, and which year is meant where none stands."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from monitor.extract.forms import Form, Seen, on


class Order(StrEnum):
    """The order of two numbers before a year."""

    MONTH_FIRST = "mdy"
    DAY_FIRST = "dmy"


_MONTH_FIRST_LANGUAGES = ("en-us", "zh", "ja", "ko", "en")


def order_of(seen: Iterable[Seen], language: str) -> Order:
    """What the page's dates allow; where they leave both open, what its language is used to."""
    pairs = [(s.a, s.b) for s in seen if s.form in (Form.EITHER, Form.EITHER_YEARLESS)]
    day_first = sum(1 for a, b in pairs if a > 12 >= b)
    month_first = sum(1 for a, b in pairs if b > 12 >= a)
    if day_first != month_first:
        return Order.DAY_FIRST if day_first > month_first else Order.MONTH_FIRST
    known = not language or language.lower().startswith(_MONTH_FIRST_LANGUAGES)
    return Order.MONTH_FIRST if known and not language.lower().startswith("en-gb") else Order.DAY_FIRST


def resolved(seen: Seen, order: Order, today: date, year: int | None = None) -> date | None:
    """The day that is meant. Without a year: `year`, else the latest such day that is not ahead of `today`."""
    match seen.form:
        case Form.FULL | Form.COMPACT:
            return on(seen.a, seen.b, seen.c)
        case Form.EITHER:
            month, day = _month_day(seen, order)
            return on(seen.c, month, day)
        case Form.YEARLESS:
            return _yearless(seen.b, seen.c, today, year)
        case Form.EITHER_YEARLESS:
            month, day = _month_day(seen, order)
            return _yearless(month, day, today, year)
        case Form.AGO:
            return today - timedelta(days=min(seen.a, 3650))
        case Form.MONTH:
            return None


def _month_day(seen: Seen, order: Order) -> tuple[int, int]:
    """Month and day of two numbers; a number over 12 is a day whatever the order."""
    if seen.a > 12 or (order is Order.DAY_FIRST and seen.b <= 12):
        return seen.b, seen.a
    return seen.a, seen.b


def _yearless(month: int, day: int, today: date, year: int | None) -> date | None:
    if year:
        return on(year, month, day)
    found = on(today.year, month, day)
    if found and found <= today + timedelta(days=1):
        return found
    return next((past for back in range(1, 5) if (past := on(today.year - back, month, day))), None)


def needs_year(seen: Seen) -> bool:
    return seen.form in (Form.YEARLESS, Form.EITHER_YEARLESS)


def run_of_years(days: Sequence[date | None], guessed: Sequence[bool]) -> list[date | None]:
    """Days, newest first, whose years were guessed: each leap forward on the way down is a year's turn.

    A leap within the first three rows is a pinned entry's, not a turn.
    """
    out = list(days)
    back = 0
    for i in range(1, len(out)):
        before, day = out[i - 1], days[i]
        if not (before and day and guessed[i]):
            continue
        moved = _years_back(day, back)
        if i > 3 and (moved - before).days > 60:
            back += 1
            moved = _years_back(day, back)
        out[i] = moved
    leaps = sum(1 for a, b in pairwise(out) if a and b and (b - a).days > 60)
    return list(days) if back > 5 or leaps > 3 else out


def _years_back(day: date, years: int) -> date:
    return on(day.year - years, day.month, day.day) or date(day.year - years, 2, 28)
