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
    YEAR_FIRST = "ymd"  # 26/03/16: of three numbers with two figures each


_MONTH_FIRST_LANGUAGES = ("en", "zh", "ja", "ko")
_DAY_FIRST_ENGLISH = ("en-gb", "en-au", "en-nz", "en-ie", "en-in", "en-za", "en-hk", "en-sg")
_LEAP = 60  # days: an entry that much newer than the one above it stands in the year before
_MOST_YEARS = 5
_SHORT = 8  # characters of 26/03/16


def order_of(seen: Iterable[Seen], language: str) -> Order:
    """What the page's dates allow; where they leave both open, what its language is used to."""
    found = [s for s in seen if s.form in (Form.EITHER, Form.EITHER_YEARLESS)]
    if _begin_with_years([s for s in found if _is_short(s)]):
        return Order.YEAR_FIRST
    return order_by(sum(map(vote_of, found)), language)


def vote_of(seen: Seen) -> int:
    """1 where a date shows the day before the month, -1 where after it."""
    if seen.form not in (Form.EITHER, Form.EITHER_YEARLESS):
        return 0
    return (seen.a > 12 >= seen.b) - (seen.b > 12 >= seen.a)


def order_by(votes: int, language: str) -> Order:
    """The order that most dates show; that of the language where they leave both open."""
    if votes:
        return Order.DAY_FIRST if votes > 0 else Order.MONTH_FIRST
    low = language.lower().replace("_", "-")
    month_first_land = (not low or low.startswith(_MONTH_FIRST_LANGUAGES)) and not low.startswith(_DAY_FIRST_ENGLISH)
    return Order.MONTH_FIRST if month_first_land else Order.DAY_FIRST


def _is_short(seen: Seen) -> bool:
    """Whether a date is written with two figures for each number, so that its year could stand at either end."""
    return seen.form is Form.EITHER and seen.a > 9 and seen.c >= 2000 and seen.end - seen.start <= _SHORT


def _begin_with_years(short: Sequence[Seen]) -> bool:
    """Whether the first number is the year: over a list it stays while the last one changes, as days do."""
    if len(short) < 3 or 2 * len({s.a for s in short}) > len({s.c for s in short}):
        return False
    return all(_year_first(s) for s in short)


def of_two_orders(seen: Sequence[Seen], order: Order) -> bool:
    """Whether dates such as 26/03/16 could begin with their years as well as end with them: the rows do not tell."""
    short = [s for s in seen if _is_short(s)]
    if not short or order is Order.YEAR_FIRST or len({s.a for s in short}) > len({s.c for s in short}):
        return False
    return all(_year_first(s) for s in short)


def _year_first(seen: Seen) -> date | None:
    return on(2000 + seen.a, seen.b, seen.c % 100)


def resolved(seen: Seen, order: Order, today: date, year: int | None = None) -> date | None:
    """The day that is meant. Without a year: `year`, else the latest such day that is not ahead of `today`."""
    match seen.form:
        case Form.FULL | Form.COMPACT:
            return on(seen.a, seen.b, seen.c)
        case Form.EITHER if order is Order.YEAR_FIRST and _is_short(seen):
            return _year_first(seen)
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
    """Days in a list's order whose years were guessed: each leap against that order is a year's turn.

    A leap within the first three rows is a pinned entry's, not a turn.
    """
    if _oldest_first(days):
        return _newest_first(days[::-1], guessed[::-1])[::-1]
    return _newest_first(days, guessed)


def _oldest_first(days: Sequence[date | None]) -> bool:
    steps = [(b - a).days for a, b in pairwise(day for day in days if day) if a != b]
    return len(steps) > 1 and sum(1 for step in steps if step > 0) > 2 * sum(1 for step in steps if step < 0)


def _newest_first(days: Sequence[date | None], guessed: Sequence[bool]) -> list[date | None]:
    out = list(days)
    back = 0
    for i in range(1, len(out)):
        before, day = out[i - 1], days[i]
        if not (before and day and guessed[i]):
            continue
        moved = _years_back(day, back)
        if i > 3 and (moved - before).days > _LEAP:
            back += 1
            moved = _years_back(day, back)
        out[i] = moved
    leaps = sum(1 for a, b in pairwise(out) if a and b and (b - a).days > _LEAP)
    return list(days) if back > _MOST_YEARS or leaps > 3 else out


def _years_back(day: date, years: int) -> date:
    """The same day some years before; 29 February has none in most of them, and is the 28th there."""
    return on(day.year - years, day.month, day.day) or date(day.year - years, 2, 28)


def between(days: Sequence[date | None], guessed: Sequence[bool]) -> tuple[list[date | None], list[bool]]:
    """Days whose years the nearest written ones above and below leave no choice: they are guesses no more."""
    out, still = list(days), list(guessed)
    above = _nearest_known(days, guessed)
    below = _nearest_known(days[::-1], guessed[::-1])[::-1]
    for i, (day, one, other) in enumerate(zip(days, above, below, strict=True)):
        if not (guessed[i] and day and one and other):
            continue
        low, high = min(one, other), max(one, other)
        possible = [on(year, day.month, day.day) for year in range(low.year, high.year + 1)]
        inside = [found for found in possible if found and low <= found <= high]
        if len(inside) == 1:
            out[i], still[i] = inside[0], False
    return out, still


def _nearest_known(days: Sequence[date | None], guessed: Sequence[bool]) -> list[date | None]:
    """For each row the day of the last row before it whose year is written."""
    known: list[date | None] = []
    last = None
    for day, guess in zip(days, guessed, strict=True):
        known.append(last)
        last = day if day and not guess else last
    return known
