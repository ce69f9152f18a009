"""Every written form of a date, and what is none."""

from datetime import date

import pytest

from monitor.extract.dates import find
from monitor.extract.forms import Form
from monitor.extract.years import Order, order_of, resolved, run_of_years

TODAY = date(2026, 3, 18)
DAY = date(2021, 3, 4)

WRITTEN = [
    "2021-03-04",
    "2021/3/4 10:20",
    "2021.03.04",
    "2021. 3. 4.",
    "2021年3月4日",
    "2021年03月04日 星期四",
    "[2021-03-04]",
    "2021-03-0410:20",
    "2021-03-04T10:20:30Z",
    "发布时间：2021-03-04 浏览：123次",
    "2021년 3월 4일",
    "二〇二一年三月四日",
    "民国110年3月4日",
    "110/03/04",
    "令和3年3月4日",
    "21年3月4日",
    "21-03-04",
    "20210304",
    "4 March 2021",
    "March 4, 2021",
    "Mar. 4, 2021",
    "Published: March 4th, 2021",
    "Thu, 04 Mar 2021 10:00:00 GMT",
    "04-Mar-21",
    "2021 March 4",
    "4. März 2021",
    "4 de marzo de 2021",
    "4 de març del 2021",
    "4 mars 2021",
    "4 марта 2021 г.",
    "4 marca 2021",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_a_full_date_is_read_in_every_form(text: str) -> None:
    assert [resolved(s, Order.DAY_FIRST, TODAY) for s in find(text)] == [DAY]


@pytest.mark.parametrize(
    ("text", "days_before"),
    [("刚刚", 0), ("昨天", 1), ("前天", 2), ("3天前", 3), ("3 hours ago", 0), ("2 days ago", 2), ("vor 3 Tagen", 3),
     ("il y a 2 jours", 2), ("1周前", 7), ("yesterday", 1), ("3일 전", 3)],
)  # fmt: skip
def test_a_relative_date_counts_back_from_the_reading_day(text: str, days_before: int) -> None:
    assert [(s.form, s.a) for s in find(text)] == [(Form.AGO, days_before)]


@pytest.mark.parametrize(
    "text",
    ["", "12345", "version 1.2.3", "192.168.1.10", "10:20", "共12页", "2020-13-45", "2021-02-30", "Case 18-1234",
     "2020–2021", "May", "(8)", "2.5", "电话 0911-2882233", "第 3 / 120 页", "ISBN 978-7-01-021", "36/12"],
)  # fmt: skip
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert [s for s in find(text) if s.form is not Form.MONTH] == []


def test_numbers_before_a_year_are_read_as_the_page_uses_them() -> None:
    seen = find("04/03/2021")
    assert [resolved(s, Order.DAY_FIRST, TODAY) for s in seen] == [date(2021, 3, 4)]
    assert [resolved(s, Order.MONTH_FIRST, TODAY) for s in seen] == [date(2021, 4, 3)]


@pytest.mark.parametrize(
    ("texts", "language", "order"),
    [
        (["04/03/2021", "27/02/2021"], "en", Order.DAY_FIRST),
        (["04/03/2021", "02/27/2021"], "de", Order.MONTH_FIRST),
        (["04/03/2021"], "en-US", Order.MONTH_FIRST),
        (["04/03/2021"], "en-GB", Order.DAY_FIRST),
        (["04.03.2021"], "de", Order.DAY_FIRST),
        (["26/03/16", "26/03/11", "26/02/24"], "", Order.YEAR_FIRST),
        (["(26.03.16)", "(25.12.30)", "(25.12.29)", "(25.12.12)"], "de", Order.YEAR_FIRST),
        (["16.03.26", "11.03.26", "24.02.26"], "de", Order.DAY_FIRST),
        (["26/03/16", "26/03/16", "26/03/16"], "en-GB", Order.DAY_FIRST),
        (["26/03/2016", "26/03/2011", "26/02/2009"], "en-GB", Order.DAY_FIRST),
    ],
)
def test_the_whole_page_and_its_language_tell_day_from_month(texts: list[str], language: str, order: Order) -> None:
    assert order_of([s for text in texts for s in find(text)], language) is order


def test_two_figures_before_the_month_are_the_year_where_the_page_says_so() -> None:
    assert [resolved(s, Order.YEAR_FIRST, TODAY) for s in find("26/03/16")] == [date(2026, 3, 16)]
    assert [resolved(s, Order.YEAR_FIRST, TODAY) for s in find("26/03/2016")] == [date(2016, 3, 26)]


@pytest.mark.parametrize(
    ("text", "day"), [("115.3.16", date(2026, 3, 16)), ("[115/3/6]", date(2026, 3, 6)), ("115.3.6 節", None)]
)
def test_a_year_of_the_republic_with_bare_figures_is_one_only_where_it_stands_alone(
    text: str, day: date | None
) -> None:
    assert [resolved(s, Order.DAY_FIRST, TODAY) for s in find(text)] == ([day] if day else [])


@pytest.mark.parametrize(
    ("text", "day"),
    [("[03-15]", date(2026, 3, 15)), ("03-19", date(2026, 3, 19)), ("12-28", date(2025, 12, 28)),
     ("3月4日", date(2026, 3, 4)),
     ("Mar 4", date(2026, 3, 4)), ("02-29", date(2024, 2, 29))],
)  # fmt: skip
def test_without_a_year_the_latest_such_day_that_is_past_is_meant(text: str, day: date) -> None:
    assert [resolved(s, Order.MONTH_FIRST, TODAY) for s in find(text)] == [day]


def test_a_leap_forward_down_the_list_is_a_turn_of_the_year_but_not_at_its_head() -> None:
    days: list[date | None] = [
        date(2026, 3, 10), date(2026, 2, 1), date(2025, 11, 1), date(2025, 6, 1), date(2026, 2, 20), date(2026, 1, 5),
    ]  # fmt: skip
    assert run_of_years(days, [True] * 6)[-2:] == [date(2025, 2, 20), date(2025, 1, 5)]
    pinned: list[date | None] = [date(2025, 5, 20), date(2026, 3, 15), date(2026, 3, 2), date(2026, 1, 8)]
    assert run_of_years(pinned, [True] * 4) == pinned


@pytest.mark.parametrize("text", ["x" * 2_000 + "2021 ", "word " * 400 + "2021-03-04", "字" * 2_000 + "２０２１"])
def test_a_number_deep_in_a_long_text_is_no_date_and_no_harm(text: str) -> None:
    assert find(text) == []
