"""The days that count: working days, with China's make-up days (调休), and windows of calendar time.

All arithmetic stays within the years 1 to 9999 and goes year by year, never day by day: dates come from the web.
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

import chinese_calendar

from monitor.model.register import Period, Window

_LONGEST_BREAK = 14  # calendar days that holidays add at most to a few working days
_KEPT_YEARS = 256  # tables in memory for each calendar; hostile dates may name thousands of years
_MEASURED = range(1900, 2101)  # the years for which `holidays` is asked; it knows nothing sure of others

_CHINA = frozenset(
    {"CN", "PRC", "Asia/Shanghai", "Asia/Urumqi", "Asia/Chongqing", "Asia/Chungking", "Asia/Harbin", "Asia/Kashgar"}
)
_KNOWN_TO_CHINA = frozenset(day.year for day in chinese_calendar.holidays)

IsWorking = Callable[[date], bool]


class Calendar:
    """The working days of one country.

    `rule_of(year)` gives the test for a day of that year; `known(year)` says whether that year is officially settled.
    """

    __slots__ = ("_known", "_table")

    def __init__(self, rule_of: Callable[[int], IsWorking], *, known: Callable[[int], bool] = lambda _: True) -> None:
        self._known = known
        self._table = lru_cache(maxsize=_KEPT_YEARS)(lambda year: _working_days(year, rule_of(year)))

    def provisional(self, year: int) -> bool:
        """Whether the year's working days are not published yet and may still change."""
        return not self._known(year)

    def is_working(self, day: date) -> bool:
        table, ordinal = self._table(day.year), day.toordinal()
        place = bisect_left(table, ordinal)
        return place < len(table) and table[place] == ordinal

    def add(self, day: date, n: int) -> date:
        """The n-th working day after a day; the day itself for n = 0."""
        if n <= 0:
            return day
        year, table = day.year, self._table(day.year)
        place = bisect_right(table, day.toordinal()) + n - 1
        while place >= len(table):
            if year == date.max.year:
                return date.max
            place, year = place - len(table), year + 1
            table = self._table(year)
        return date.fromordinal(table[place])

    def back(self, day: date, n: int) -> date:
        """The first of the last n working days up to a day, which counts when it is one."""
        year, table = day.year, self._table(day.year)
        place = bisect_right(table, day.toordinal()) - max(1, n)
        while place < 0:
            if year == date.min.year:
                return date.min
            year -= 1
            table = self._table(year)
            place += len(table)
        return date.fromordinal(table[place])

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and with `end`; 0 when `end` is not later."""
        if end <= start:
            return 0
        whole = sum(len(self._table(year)) for year in range(start.year, end.year))
        return whole + self._place(end) - self._place(start)

    def days(self, start: date, end: date) -> list[int]:
        """The ordinals of the working days after `start`, up to and with `end`."""
        if end <= start:
            return []
        days = [day for year in range(start.year, end.year + 1) for day in self._table(year)]
        return days[bisect_right(days, start.toordinal()) : bisect_right(days, end.toordinal())]

    def _place(self, day: date) -> int:
        return bisect_right(self._table(day.year), day.toordinal())


def _working_days(year: int, is_working: IsWorking) -> tuple[int, ...]:
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return tuple(ordinal for ordinal in range(first, last + 1) if is_working(date.fromordinal(ordinal)))


@cache
def china() -> Calendar:
    """China's official working days; years that are not published yet are provisional, with the statutory holidays."""
    return Calendar(_china_rule, known=_KNOWN_TO_CHINA.__contains__)


@lru_cache(maxsize=64)
def calendar_for(timezone_or_country: str) -> Calendar:
    """The calendar of a time zone of mainland China or of a country code (ISO 3166); else Monday to Friday."""
    if timezone_or_country in _CHINA:
        return china()
    if _is_country(timezone_or_country):
        return Calendar(lambda year: _country_rule(timezone_or_country, year))
    return Calendar(lambda _: _is_weekday)


def is_calendar(name: str) -> bool:
    """Whether the working days of that country, or of that time zone of mainland China, are known."""
    return name in _CHINA or _is_country(name)


def _china_rule(year: int) -> IsWorking:
    return _is_china_working if year in _KNOWN_TO_CHINA else _country_rule("CN", year)


def _is_china_working(day: date) -> bool:
    return day in chinese_calendar.workdays or (_is_weekday(day) and day not in chinese_calendar.holidays)


def _is_weekday(day: date) -> bool:
    return day.weekday() < 5


def _is_country(code: str) -> bool:
    if len(code) != 2 or not code.isupper():
        return False
    from holidays import list_supported_countries  # a slow import that most installations never need

    return code in list_supported_countries(include_aliases=False)


def _country_rule(code: str, year: int) -> IsWorking:
    if year not in _MEASURED:
        return _is_weekday
    from holidays import country_holidays  # see above

    return country_holidays(code, years=year, expand=False).is_working_day


def local_day(moment: datetime, timezone: str) -> date:
    """The day that it is in a time zone at an aware moment."""
    return moment.astimezone(ZoneInfo(timezone)).date()


def shift(day: date, days: int) -> date:
    """The day so many calendar days later (or earlier), kept within the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def window_end(day: date, window: Window, calendar: Calendar) -> date:
    """The last day of a window that begins with an entry of that day: 1 March + 2 weeks = 15 March.

    Months and years are calendar months (docs/design/judging.md): 31 January + 1 month = the end of February.
    Only working days are counted in the calendar; the day of the entry is none of them.
    """
    match window.period:
        case Period.DAYS:
            return shift(day, window.count)
        case Period.WEEKS:
            return shift(day, 7 * window.count)
        case Period.MONTHS:
            return months_later(day, window.count)
        case Period.YEARS:
            return months_later(day, 12 * window.count)
        case Period.WORKING_DAYS:
            return calendar.add(day, window.count)


def window_start(day: date, window: Window) -> date:
    """The day so long before: three months before 31 May is the end of February."""
    match window.period:
        case Period.DAYS:
            return shift(day, -window.count)
        case Period.WEEKS:
            return shift(day, -7 * window.count)
        case Period.MONTHS:
            return months_later(day, -window.count)
        case Period.YEARS:
            return months_later(day, -12 * window.count)
        case Period.WORKING_DAYS:
            return shift(day, -2 * window.count - _LONGEST_BREAK)  # no calendar is asked: at least so long


def months_later(day: date, months: int) -> date:
    """The same day so many calendar months later (or earlier), or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
