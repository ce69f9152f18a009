"""Which year is meant where none is written, and the days that addresses hold."""

from datetime import date

import pytest

from monitor.extract.address import dated_by, year_by
from monitor.extract.dates import find
from monitor.extract.forms import Form, Seen
from monitor.extract.years import Order, between, of_two_orders, order_of, resolved, run_of_years, vote_of
from tests.rules.extract.rows import listed, whole

TODAY = date(2026, 3, 18)


def guessed(days: str) -> list[date | None]:
    """Rows like 03-04, each by itself the latest such day that is past."""
    numbers = [tuple(map(int, day.split("-"))) for day in days.split()]
    return [resolved(Seen(Form.YEARLESS, 0, 5, 0, m, d), Order.DAY_FIRST, TODAY) for m, d in numbers]


def years(days: str) -> list[int]:
    found = guessed(days)
    return [day.year for day in run_of_years(found, [True] * len(found)) if day]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("03-10 03-01 02-20 01-05", [2026] * 4),
        ("01-05 12-28 12-01 11-05", [2026, 2025, 2025, 2025]),  # across New Year
        ("12-28 12-01 11-05 10-01", [2025] * 4),  # nothing since: no entry of this year
        ("03-10 01-05 11-01 06-01 02-20 12-05 07-01", [2026, 2026, 2025, 2025, 2025, 2024, 2024]),
        ("11-05 12-01 12-28 01-05", [2025, 2025, 2025, 2026]),  # oldest first
        ("04-01 06-10 09-20 12-30 02-14 03-10", [2025, 2025, 2025, 2025, 2026, 2026]),  # oldest first, months apart
        ("02-01 07-01 12-05 02-20 06-01 11-01 01-05 03-10", [2024] * 3 + [2025] * 3 + [2026] * 2),
        ("05-20 03-15 03-02 01-08 12-28", [2025, 2026, 2026, 2026, 2025]),  # a pinned one at the head
        ("03-10 03-12 03-08 03-11 03-01", [2026] * 5),  # no order, no turn
        ("03-19 03-18 03-17", [2026] * 3),  # ahead by one day: another time zone
        ("03-20 03-18 03-17", [2025, 2026, 2026]),  # never two days ahead
        ("02-29", [2024]),
        ("03-01 02-28 01-10 12-01 11-01 02-29", [2026, 2026, 2026, 2025, 2025, 2024]),
        ("01-09 01-08 01-07 01-05 03-06", [2026] * 5),  # 60 days newer: not so far that it must be another year
        ("01-09 01-08 01-07 01-05 03-07", [2026, 2026, 2026, 2026, 2025]),
        ("02-20 02-10 01-05 03-15", [2026] * 4),  # at the fourth row: those above may be pinned
        ("01-05 01-05 01-05 01-05 03-10", [2026, 2026, 2026, 2026, 2025]),  # one step tells no order
        ("01-05 01-05 01-05 01-06 03-10", [2026] * 5),  # two steps do: oldest first
        ("01-05 01-06 01-07 01-04 03-10", [2026] * 5),  # a step of one day is a step
        ("01-05 01-06 01-02 01-02 03-10", [2026, 2026, 2026, 2026, 2025]),  # two up, one down: not yet
        ("03-10 03-01 02-20 02-10" + " 06-01 02-01" * 5, [2026] * 4 + [y for y in range(2025, 2020, -1) for _ in "ab"]),
        ("03-10 03-01 02-20 02-10" + " 06-01 02-01" * 6, [2026] * 4 + [2025, 2026] * 6),  # six turns: no order at all
    ],
)
def test_the_order_of_a_list_tells_the_years_that_it_does_not_write(days: str, expected: list[int]) -> None:
    assert years(days) == expected


def test_a_row_without_a_day_does_not_end_the_order() -> None:
    days = guessed("03-10 01-05 11-01 06-01 02-20 12-05 07-01")
    days[1] = None
    found = run_of_years(days, [True] * 7)
    assert [day and day.year for day in found] == [2026, None, 2025, 2025, 2025, 2024, 2024]


def test_of_a_list_with_the_oldest_first_a_written_year_stays_as_well() -> None:
    days = [date(2024, 2, 1), *guessed("07-01 12-05 02-20 06-01 11-01 01-05 03-10")]
    found = run_of_years(days, [False] + [True] * 7)
    assert [day.year for day in found if day] == [2024] * 3 + [2025] * 3 + [2026] * 2


@pytest.mark.parametrize(
    ("what", "last", "orderly"),
    [
        ("three leaps", "", True),
        ("a step of sixty days besides", " 2025-05-05", True),
        ("four leaps", " 2025-05-06", False),
    ],
)
def test_years_that_are_written_against_the_order_leave_the_guesses_alone(what: str, last: str, orderly: bool) -> None:
    written = "2026-01-05 2026-03-10 2026-01-01 2026-03-05 2025-12-20 2026-02-25 2025-12-20 2026-03-01 2025-03-06"
    days: list[date | None] = [date.fromisoformat(day) for day in (written + last).split()]
    one_guess = [i == 7 for i in range(len(days))]
    assert run_of_years(days, one_guess)[7] == (date(2025, 3, 1) if orderly else date(2026, 3, 1)), what


def test_a_turn_onto_29_february_in_a_year_without_one_is_the_28th() -> None:
    days = [*(date(2024, 1, d) for d in (9, 8, 7, 6)), date(2024, 5, 1), date(2024, 2, 29)]
    assert run_of_years(days, [True] * 6)[-2:] == [date(2023, 5, 1), date(2023, 2, 28)]


def test_years_that_are_written_are_never_moved() -> None:
    days = [*(date(2026, 3, d) for d in (9, 8, 7, 6)), date(2027, 1, 1), None, date(2020, 1, 1)]
    assert run_of_years(days, [False] * 7) == days


def test_written_neighbours_leave_a_year_no_choice() -> None:
    days: list[date | None] = [date(2025, 1, 10), date(2025, 12, 30), date(2025, 11, 2), date(2024, 10, 1)]
    found, still = between(days, [False, True, True, False])
    assert found == [date(2025, 1, 10), date(2024, 12, 30), date(2024, 11, 2), date(2024, 10, 1)]
    assert still == [False] * 4


def test_a_year_stays_a_guess_where_neighbours_leave_a_choice_or_none() -> None:
    days: list[date | None] = [date(2026, 3, 1), date(2025, 6, 1), date(2023, 1, 1)]
    assert between(days, [False, True, False]) == (days, [False, True, False])  # 2023, 2024 and 2025 have such a day
    assert between(days[:2], [False, True]) == (days[:2], [False, True])  # nothing below
    assert between([date(2026, 3, 1), date(2025, 6, 1), date(2026, 2, 1)], [False, True, False])[1][1]  # fits nowhere


def test_the_nearest_written_year_on_either_side_counts_and_may_be_the_day_itself() -> None:
    days: list[date | None] = [date(2025, 1, 10), date(2025, 12, 30), date(2024, 10, 1), date(2020, 5, 5)]
    assert between(days, [False, True, False, False])[0][1] == date(2024, 12, 30)
    above: list[date | None] = [date(2025, 3, 4), date(2026, 3, 4), date(2024, 10, 1)]
    assert between(above, [False, True, False])[0][1] == date(2025, 3, 4)
    below: list[date | None] = [date(2025, 2, 1), date(2025, 10, 1), date(2024, 10, 1)]
    assert between(below, [False, True, False])[0][1] == date(2024, 10, 1)


@pytest.mark.parametrize(
    ("form", "first", "second", "vote"),
    [
        (Form.EITHER, 13, 12, 1),
        (Form.EITHER, 12, 13, -1),
        (Form.EITHER, 12, 1, 0),
        (Form.EITHER, 1, 12, 0),
        (Form.EITHER_YEARLESS, 31, 1, 1),
        (Form.YEARLESS, 31, 1, 0),  # its order is known
        (Form.FULL, 2021, 3, 0),
    ],
)
def test_a_number_over_12_shows_where_the_day_stands(form: Form, first: int, second: int, vote: int) -> None:
    assert vote_of(Seen(form, 0, 8, first, second, 2021)) == vote


@pytest.mark.parametrize(
    ("form", "numbers", "order", "year", "day"),
    [
        (Form.YEARLESS, (0, 3, 4), Order.DAY_FIRST, 2020, date(2020, 3, 4)),
        (Form.YEARLESS, (0, 2, 30), Order.DAY_FIRST, None, None),
        (Form.EITHER_YEARLESS, (2, 3, 0), Order.DAY_FIRST, None, date(2026, 3, 2)),
        (Form.EITHER_YEARLESS, (2, 3, 0), Order.MONTH_FIRST, None, date(2026, 2, 3)),
        (Form.EITHER, (13, 5, 2021), Order.MONTH_FIRST, None, date(2021, 5, 13)),
        (Form.EITHER, (5, 13, 2021), Order.DAY_FIRST, None, date(2021, 5, 13)),
        (Form.EITHER, (5, 12, 2021), Order.DAY_FIRST, None, date(2021, 12, 5)),
        (Form.AGO, (3650, 0, 0), Order.DAY_FIRST, None, date(2016, 3, 20)),
        (Form.AGO, (9999, 0, 0), Order.DAY_FIRST, None, date(2016, 3, 20)),  # no list is older
        (Form.MONTH, (2021, 3, 0), Order.DAY_FIRST, None, None),
    ],
)
def test_what_is_written_becomes_a_day(
    form: Form, numbers: tuple[int, int, int], order: Order, year: int | None, day: date | None
) -> None:
    assert resolved(Seen(form, 0, 10, *numbers), order, TODAY, year) == day


def test_no_day_is_looked_for_more_than_four_years_back() -> None:
    assert resolved(Seen(Form.YEARLESS, 0, 5, 0, 2, 29), Order.DAY_FIRST, date(2101, 1, 5)) is None


@pytest.mark.parametrize(
    ("language", "order"),
    [("en", Order.MONTH_FIRST), ("", Order.MONTH_FIRST), ("zh-CN", Order.MONTH_FIRST), ("ja", Order.MONTH_FIRST),
     ("en-GB", Order.DAY_FIRST), ("en_AU", Order.DAY_FIRST), ("en-IE", Order.DAY_FIRST), ("fr", Order.DAY_FIRST),
     ("pt-BR", Order.DAY_FIRST), ("vi", Order.DAY_FIRST)],
)  # fmt: skip
def test_where_the_numbers_leave_it_open_the_land_tells_day_from_month(language: str, order: Order) -> None:
    assert order_of([Seen(Form.EITHER, 0, 10, 4, 3, 2021)], language) is order


@pytest.mark.parametrize(
    ("written", "open_"),
    [
        (["26/03/16"] * 4, True),  # of 2026, or of 2016
        (["26/03/16", "26/03/15"], True),
        (["16/03/26", "14/03/26", "11/03/26"], False),  # the first number changes, as days do
        (["26/03/16", "26/03/15", "26/03/12", "26/03/10"], False),  # years first
        (["10/03/16"] * 4, True),
        (["09/03/16"] * 4, False),
        (["16/03/2026"] * 4, False),
        (["12/25/24"] * 4, False),  # there is no month 25
        ([], False),
    ],
)
def test_short_dates_are_open_where_the_rows_do_not_tell_the_year(written: list[str], open_: bool) -> None:
    seen = [one for text in written for one in find(text)]
    assert of_two_orders(seen, order_of(seen, "en-GB")) is open_


def test_a_year_that_ends_in_00_can_be_no_day_so_the_year_stands_last() -> None:
    seen = [one for day in ("16", "15", "12", "10") for one in find(f"26/03/{day}")]
    assert order_of(seen, "en-GB") is Order.YEAR_FIRST
    assert order_of([*seen, *find("26/03/00")], "en-GB") is Order.DAY_FIRST


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://a.example/zwgk/202103/t20210304_123.html", date(2021, 3, 4)),
        ("t20210304_123.html", date(2021, 3, 4)),
        ("/art/2021/3/4/art_12_345.html", date(2021, 3, 4)),
        ("/art/2021/12/24/art_12_345.html", date(2021, 12, 24)),
        ("/2021-03/04/content_123.htm", date(2021, 3, 4)),
        ("/2021/0304/c12-345.html", date(2021, 3, 4)),
        ("/202103/04/1.html", date(2021, 3, 4)),
        ("/content_2021_3_4.htm", date(2021, 3, 4)),
        ("/news/2021-03-04-title", date(2021, 3, 4)),
        ("/news-20210304.html", date(2021, 3, 4)),
        ("/news/20210304", date(2021, 3, 4)),
        ("/20210230/1.html", None),
        ("/t20211301_1.html", None),
        ("/content/20210304123.html", None),
        ("/id/120210304.html", None),
        ("/202103/123.html", None),
        ("/2021/12.html", None),
        ("/12021/3/4/", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_tells_a_day_only_where_all_of_it_stands_there(url: str | None, day: date | None) -> None:
    assert dated_by(url) == day


@pytest.mark.parametrize(
    ("url", "numbers", "year"),
    [("/202103/12.html", (0, 3), 2021), ("/2021/03/12.html", (3, 4), 2021), ("/2021-3/a.html", (0, 3), 2021),
     ("/202012/12.html", (0, 1), None), ("/t20210304_1.html", (0, 3), 2021), ("/12.html", (0, 3), None),
     (None, (0, 3), None)],
)  # fmt: skip
def test_an_address_tells_the_year_of_a_date_in_its_month(
    url: str | None, numbers: tuple[int, int], year: int | None
) -> None:
    assert year_by(url, numbers) == year


def test_the_year_that_a_title_begins_with_is_no_part_of_the_day_before_it() -> None:
    titles = ("2025年度预算执行情况报告", "2026年工作要点", "2025年决算公开", "2026年度招聘公告")
    rows = "".join(f"<li><span>0{9 - i}-08</span><a href='a{i}00.html'>{t}</a></li>" for i, t in enumerate(titles))
    found = listed(whole(f"<div><h3>2024年</h3><ul>{rows}</ul></div>"))
    assert [e.published for e in found.entries] == [date(2024, 9 - i, 8) for i in range(4)]
