"""Both sides of each line that the reading of numbers draws, and the exact place and numbers of what it finds."""

import pytest

from monitor.extract.dates import find
from monitor.extract.forms import Form, Seen


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("x 2021-03-04", Seen(Form.FULL, 2, 12, 2021, 3, 4)),
        ("x 2021-03", Seen(Form.MONTH, 2, 9, 2021, 3, 0)),
        ("x 2021年3月", Seen(Form.MONTH, 2, 9, 2021, 3, 0)),
        ("x 04/03/2021", Seen(Form.EITHER, 2, 12, 4, 3, 2021)),
        ("x 4.12.21", Seen(Form.EITHER, 2, 9, 4, 12, 2021)),
        ("x 12-03-21", Seen(Form.EITHER, 2, 10, 12, 3, 2021)),
        ("x 13-03-21", Seen(Form.FULL, 2, 10, 2013, 3, 21)),
        ("x 110/03/04", Seen(Form.FULL, 2, 11, 2021, 3, 4)),
        ("x 20210304", Seen(Form.COMPACT, 2, 10, 2021, 3, 4)),
        ("x 04032021", Seen(Form.EITHER, 2, 10, 4, 3, 2021)),
        ("19000101", Seen(Form.COMPACT, 0, 8, 1900, 1, 1)),
        ("20991231", Seen(Form.COMPACT, 0, 8, 2099, 12, 31)),
        ("31121900", Seen(Form.EITHER, 0, 8, 31, 12, 1900)),
        ("31122099", Seen(Form.EITHER, 0, 8, 31, 12, 2099)),
        ("[3.4.]", Seen(Form.EITHER_YEARLESS, 1, 4, 3, 4, 0)),
        ("x 3月4日", Seen(Form.YEARLESS, 2, 6, 0, 3, 4)),
        ("x 4 March 2021", Seen(Form.FULL, 2, 14, 2021, 3, 4)),
        ("x March 4, 2021", Seen(Form.FULL, 2, 15, 2021, 3, 4)),
        ("x March 2021", Seen(Form.MONTH, 2, 12, 2021, 3, 0)),
        ("x 120 days ago", Seen(Form.AGO, 2, 14, 120, 0, 0)),
        ("x vor 3 Tagen", Seen(Form.AGO, 2, 13, 3, 0, 0)),
        ("x R3.3.4", Seen(Form.FULL, 3, 8, 2021, 3, 4)),
        ("x 民国110年3月4日", Seen(Form.FULL, 4, 12, 2021, 3, 4)),
    ],
)
def test_what_is_found_has_its_place_and_its_numbers(text: str, seen: Seen) -> None:
    assert find(text) == [seen]


@pytest.mark.parametrize("text", ["18991231", "21000101", "31121899", "01012100", "1.2.21", "99年13月1日", "032021"])
def test_numbers_just_beyond_what_dates_have_are_none(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "longest"),
    [("today", 40), ("昨天", 40), ("3 days ago", 40), ("120 days ago", 40), ("3天前", 40), ("03-04", 24)],
)
def test_what_only_a_short_text_can_say_is_not_read_from_a_longer_one(text: str, longest: int) -> None:
    assert len(find(text.rjust(longest))) == 1
    assert find(text.rjust(longest + 1)) == []


def test_prose_and_floods_of_numbers_are_read_no_further_than_a_listing_goes() -> None:
    assert len(find("2021-03-04 " * 100)) == 60
    assert find("x" * 1_489 + " 2021-03-04") != []
    assert find("x" * 1_490 + " 2021-03-04") == []
    assert find("12 " * 400 + "2021-03-04") == []


def test_the_time_behind_a_date_is_no_day_of_the_month_that_follows() -> None:
    assert [(s.a, s.b, s.c) for s in find("2021-03-04 10h20 April 5, 2021")] == [(2021, 3, 4), (2021, 4, 5)]
