"""Working days and windows, on both sides of each line."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.register import Period, Window
from monitor.workdays import calendar_for, china, is_calendar, local_day, months_later, shift, window_end, window_start

D = date
BERLIN = "Europe/Berlin"  # a zone without a calendar of its own: Monday to Friday
days = st.dates()


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    """Calendars are made once a process; each test makes its own, so that it shows how they are made."""
    china.cache_clear()
    calendar_for.cache_clear()


@pytest.mark.parametrize(
    ("what", "day", "working"),
    [
        ("an ordinary Wednesday", D(2026, 3, 18), True),
        ("an ordinary Saturday", D(2026, 3, 21), False),
        ("the Saturday before the Spring Festival is made up for", D(2026, 2, 14), True),
        ("the first day of the Spring Festival", D(2026, 2, 15), False),
        ("the Monday in the Spring Festival", D(2026, 2, 23), False),
        ("the Tuesday after it", D(2026, 2, 24), True),
        ("the Saturday after it is made up for", D(2026, 2, 28), True),
        ("the next Saturday is none", D(2026, 3, 7), False),
        ("the first day of Golden Week", D(2026, 10, 1), False),
        ("the last day of Golden Week", D(2026, 10, 7), False),
        ("the day after Golden Week", D(2026, 10, 8), True),
        ("the make-up Saturday after Golden Week", D(2026, 10, 10), True),
        ("the make-up Sunday before it", D(2026, 9, 20), True),
    ],
)
def test_a_day_in_china_is_a_working_day_or_not(what: str, day: date, working: bool) -> None:
    assert china().is_working(day) is working, what


@pytest.mark.parametrize(
    ("what", "start", "n", "end"),
    [
        ("the day itself for none", D(2026, 3, 21), 0, D(2026, 3, 21)),
        ("Friday to Monday", D(2026, 3, 20), 1, D(2026, 3, 23)),
        ("Saturday to Monday", D(2026, 3, 21), 1, D(2026, 3, 23)),
        ("Friday to the make-up Saturday", D(2026, 2, 13), 1, D(2026, 2, 14)),
        ("over the whole Spring Festival", D(2026, 2, 14), 1, D(2026, 2, 24)),
        ("over Golden Week, with its make-up Saturday", D(2026, 9, 30), 3, D(2026, 10, 10)),
        ("over the year's end, the 4th being a make-up Sunday", D(2025, 12, 31), 1, D(2026, 1, 4)),
        ("no further than the calendar reaches", D(9999, 12, 30), 5, date.max),
    ],
)
def test_adding_working_days(what: str, start: date, n: int, end: date) -> None:
    assert china().add(start, n) == end, what


@pytest.mark.parametrize(
    ("what", "day", "n", "first"),
    [
        ("a working day is the last one itself", D(2026, 3, 20), 1, D(2026, 3, 20)),
        ("Sunday counts back from Friday", D(2026, 3, 22), 1, D(2026, 3, 20)),
        ("three up to a Monday", D(2026, 3, 23), 3, D(2026, 3, 19)),
        ("three up to the day after Golden Week", D(2026, 10, 8), 3, D(2026, 9, 29)),
        ("no number is one", D(2026, 3, 20), 0, D(2026, 3, 20)),
        ("over the year's end", D(2026, 1, 4), 2, D(2025, 12, 31)),
        ("no further than the calendar reaches", D(1, 1, 2), 9, date.min),
    ],
)
def test_the_last_working_days_up_to_a_day(what: str, day: date, n: int, first: date) -> None:
    assert china().back(day, n) == first, what


@pytest.mark.parametrize(
    ("what", "start", "end", "count"),
    [
        ("none from a day to itself", D(2026, 3, 18), D(2026, 3, 18), 0),
        ("none backwards", D(2026, 3, 18), D(2026, 3, 1), 0),
        ("Friday to Monday is one", D(2026, 3, 20), D(2026, 3, 23), 1),
        ("all of Golden Week is none", D(2026, 9, 30), D(2026, 10, 7), 0),
        ("and its make-up Saturday the third after it", D(2026, 9, 30), D(2026, 10, 10), 3),
        ("over the year's end", D(2025, 12, 30), D(2026, 1, 5), 3),
    ],
)
def test_counting_working_days(what: str, start: date, end: date, count: int) -> None:
    assert china().between(start, end) == count, what


@pytest.mark.parametrize(
    ("what", "year", "provisional"),
    [
        ("published years are settled", 2026, False),
        ("a year that is not published yet is provisional", 2031, True),
        ("and so is one before the record", 1999, True),
    ],
)
def test_a_year_that_the_calendar_does_not_know_is_provisional(what: str, year: int, provisional: bool) -> None:
    assert china().provisional(year) is provisional, what


def test_a_provisional_year_has_the_statutory_holidays_and_no_make_up_days() -> None:
    assert not china().is_working(D(2031, 10, 1))
    assert china().is_working(D(2031, 10, 9))
    assert not any(china().is_working(D(2031, 1, day)) for day in (4, 5, 11, 12, 18, 19, 25, 26))


@pytest.mark.parametrize(
    ("what", "name", "day", "working"),
    [
        ("Urumqi keeps China's days", "Asia/Urumqi", D(2026, 2, 14), True),
        ("CN is China", "CN", D(2026, 2, 14), True),
        ("a zone elsewhere has Monday to Friday", "Europe/Berlin", D(2026, 10, 1), True),
        ("and no holidays, for it is no country", "Europe/Berlin", D(2026, 12, 25), True),
        ("a country code brings its holidays", "DE", D(2026, 12, 25), False),
        ("and its weekend", "SA", D(2026, 3, 13), False),
        ("a country that nobody knows has weekdays", "XX", D(2026, 12, 25), True),
        ("Hong Kong has no make-up days", "Asia/Hong_Kong", D(2026, 2, 14), False),
    ],
)
def test_the_calendar_of_a_place(what: str, name: str, day: date, working: bool) -> None:
    calendar = calendar_for(name)
    assert calendar.is_working(day) is working, what
    assert calendar is calendar_for(name)
    assert not calendar.provisional(2026)


@given(days, st.integers(min_value=1, max_value=30))
def test_adding_and_counting_agree(day: date, n: int) -> None:
    end = calendar_for(BERLIN).add(day, n)
    assert end == date.max or (calendar_for(BERLIN).between(day, end) == n and calendar_for(BERLIN).is_working(end))


def working(count: int) -> Window:
    return Window(count=count, period=Period.WORKING_DAYS)


@given(days, st.integers(min_value=1, max_value=30))
def test_the_last_n_working_days_are_n(day: date, n: int) -> None:
    first = calendar_for(BERLIN).back(day, n)
    inside = calendar_for(BERLIN).between(first, day) + calendar_for(BERLIN).is_working(first)
    assert first <= day
    assert first == date.min or inside == n


@pytest.mark.parametrize(
    ("what", "start", "window", "end"),
    [
        ("2 weeks", D(2026, 3, 1), Window(count=2, period=Period.WEEKS), D(2026, 3, 15)),
        ("10 days", D(2026, 3, 25), Window(count=10, period=Period.DAYS), D(2026, 4, 4)),
        ("31 January and a month", D(2026, 1, 31), Window(count=1, period=Period.MONTHS), D(2026, 2, 28)),
        ("in a leap year", D(2028, 1, 31), Window(count=1, period=Period.MONTHS), D(2028, 2, 29)),
        ("31 August and 6 months", D(2026, 8, 31), Window(count=6, period=Period.MONTHS), D(2027, 2, 28)),
        ("12 months into December", D(2025, 12, 31), Window(count=12, period=Period.MONTHS), D(2026, 12, 31)),
        ("a leap day and a year", D(2028, 2, 29), Window(count=1, period=Period.YEARS), D(2029, 2, 28)),
        ("a leap day and four years", D(2028, 2, 29), Window(count=4, period=Period.YEARS), D(2032, 2, 29)),
        ("the last month", D(9999, 12, 1), Window(count=1, period=Period.MONTHS), date.max),
        ("the last weeks", D(9999, 12, 30), Window(count=1, period=Period.WEEKS), date.max),
        ("a window of a million years", D(2026, 1, 1), Window(count=10**6, period=Period.YEARS), date.max),
        ("10 working days over the spring festival", D(2026, 2, 13), working(10), D(2026, 3, 5)),
        ("a working day into a make-up Saturday", D(2026, 2, 13), working(1), D(2026, 2, 14)),
        ("20 working days (条例第二十六条)", D(2026, 3, 2), working(20), D(2026, 3, 30)),
        ("a window backwards out of time", D(2026, 1, 1), Window(count=-(10**6), period=Period.YEARS), date.min),
    ],
)
def test_the_last_day_of_a_window(what: str, start: date, window: Window, end: date) -> None:
    assert window_end(start, window, china()) == end, what


@pytest.mark.parametrize(
    ("what", "end", "window", "start"),
    [
        ("10 days", D(2026, 4, 4), Window(count=10, period=Period.DAYS), D(2026, 3, 25)),
        ("2 weeks", D(2026, 3, 15), Window(count=2, period=Period.WEEKS), D(2026, 3, 1)),
        ("three months before 31 May", D(2026, 5, 31), Window(count=3, period=Period.MONTHS), D(2026, 2, 28)),
        ("a year before a leap day", D(2028, 2, 29), Window(count=1, period=Period.YEARS), D(2027, 2, 28)),
        ("two years", D(2026, 3, 18), Window(count=2, period=Period.YEARS), D(2024, 3, 18)),
        ("5 working days: as many weekdays and a holiday of two weeks", D(2026, 3, 25), working(5), D(2026, 3, 1)),
    ],
)
def test_the_first_day_of_a_window_that_ends(what: str, end: date, window: Window, start: date) -> None:
    assert window_start(end, window) == start, what


@given(days, st.integers(min_value=1, max_value=20))
def test_no_holiday_makes_working_days_longer_than_the_window_that_begins_so_early(day: date, n: int) -> None:
    start = window_start(day, working(n))
    assert start == date.min or calendar_for(BERLIN).between(start, day) >= n


@pytest.mark.parametrize(
    ("what", "start", "end", "listed"),
    [
        ("the week of the Spring Festival", D(2026, 2, 13), D(2026, 2, 25), [(2, 14), (2, 24), (2, 25)]),
        ("the first day does not count, the last does", D(2026, 3, 17), D(2026, 3, 19), [(3, 18), (3, 19)]),
        ("over a weekend", D(2026, 3, 19), D(2026, 3, 23), [(3, 20), (3, 23)]),
        ("none from a day to itself", D(2026, 3, 18), D(2026, 3, 18), []),
        ("none backwards", D(2026, 3, 20), D(2026, 3, 18), []),
    ],
)
def test_the_working_days_between(what: str, start: date, end: date, listed: list[tuple[int, int]]) -> None:
    assert china().days(start, end) == [D(2026, *day).toordinal() for day in listed], what


def test_the_working_days_over_the_years_end_are_those_of_both_years() -> None:
    found = china().days(D(2024, 12, 30), D(2026, 1, 5))
    assert (found[0], found[-1]) == (D(2024, 12, 31).toordinal(), D(2026, 1, 5).toordinal())
    assert len(found) == china().between(D(2024, 12, 30), D(2026, 1, 5))


@pytest.mark.parametrize(
    ("name", "known"),
    [("CN", True), ("Asia/Urumqi", True), ("DE", True), ("XX", False), ("de", False), ("DEU", False), (BERLIN, False)],
)
def test_whose_working_days_are_known(name: str, known: bool) -> None:
    assert is_calendar(name) is known


@pytest.mark.parametrize(
    ("what", "name", "day", "working"),
    [
        ("a holiday of a year that is not published", "CN", D(2031, 10, 1), False),
        ("long before the records a weekday is a working day", "CN", D(1899, 10, 2), True),
        ("and a weekend is none", "CN", D(1899, 10, 1), False),
        ("in the first year that is measured", "US", D(1900, 12, 25), False),
        ("the year before it is not", "US", D(1899, 12, 25), True),
        ("New Year's Day of the last year that is measured", "DE", D(2100, 1, 1), False),
        ("the year after it is not", "DE", D(2103, 1, 1), True),
    ],
)
def test_years_beyond_the_records_have_weekdays(what: str, name: str, day: date, working: bool) -> None:
    assert calendar_for(name).is_working(day) is (working and day.weekday() < 5), what


@pytest.mark.parametrize(
    ("day", "months", "there"),
    [
        (D(2026, 12, 31), 2, D(2027, 2, 28)),
        (D(2026, 1, 31), -1, D(2025, 12, 31)),
        (D(2026, 3, 18), 0, D(2026, 3, 18)),
        (D(9999, 12, 31), 0, date.max),
        (D(9999, 11, 30), 1, D(9999, 12, 30)),
        (D(9999, 12, 1), 1, date.max),
        (D(1, 2, 3), -1, D(1, 1, 3)),
        (D(1, 1, 3), -1, date.min),
    ],
)
def test_months_later_and_earlier(day: date, months: int, there: date) -> None:
    assert months_later(day, months) == there


@pytest.mark.parametrize(
    ("day", "by", "there"),
    [
        (D(2026, 2, 28), 1, D(2026, 3, 1)),
        (D(2026, 3, 1), -1, D(2026, 2, 28)),
        (date.max, 1, date.max),
        (date.min, -1, date.min),
        (D(2026, 1, 1), 10**12, date.max),
    ],
)
def test_shifting_stays_within_the_calendar(day: date, by: int, there: date) -> None:
    assert shift(day, by) == there


@pytest.mark.parametrize(
    ("what", "moment", "timezone", "day"),
    [
        ("late in the evening it is tomorrow in China", datetime(2026, 3, 18, 16, tzinfo=UTC), "Asia/Shanghai", 19),
        ("a minute before it is not", datetime(2026, 3, 18, 15, 59, tzinfo=UTC), "Asia/Shanghai", 18),
        ("summer time, which began that night", datetime(2026, 3, 29, 22, tzinfo=UTC), "Europe/Berlin", 30),
        ("winter time, the night before", datetime(2026, 3, 28, 22, 30, tzinfo=UTC), "Europe/Berlin", 28),
    ],
)
def test_the_day_that_it_is_in_a_time_zone(what: str, moment: datetime, timezone: str, day: int) -> None:
    assert local_day(moment, timezone) == D(2026, 3, day), what
