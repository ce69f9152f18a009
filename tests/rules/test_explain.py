"""What explains a verdict: the day it is counted from, the days that do not count, and what would change it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from monitor.explain import explain
from monitor.judge import judge
from monitor.model.explaining import Explained, Mend
from monitor.model.judging import History, Standing
from monitor.model.reading import Entry, Trouble, TroubleKind
from monitor.model.register import Duty, DutyKind, Period, Review, Window
from monitor.workdays import china
from tests.rules.test_judge_properties import NOW, duties, histories

TWO_WEEKS = Duty(kind=DutyKind.PERIODIC, window=Window(count=2, period=Period.WEEKS), source="x")
FIVE_DAYS = replace(TWO_WEEKS, window=Window(count=5, period=Period.WORKING_DAYS))
DAILY = replace(TWO_WEEKS, kind=DutyKind.DAILY, window=None)
REVIEWED = replace(DAILY, kind=DutyKind.AS_NEEDED, review=Review(every=Window(count=1, period=Period.YEARS)))


def listed(*days: date) -> History:
    return History(seen=tuple(Entry(title=f"t{n}", url=None, published=day) for n, day in enumerate(days)))


def of(history: History, duty: Duty, now: date) -> Explained:
    return explain(history, duty, china(), judge(history, duty, china(), now=now), now=now)


def test_a_fresh_column_says_from_which_day_it_is_counted_and_from_which_on_it_is_late() -> None:
    found = of(listed(date(2026, 3, 10)), TWO_WEEKS, date(2026, 3, 12))
    assert found == Explained(start=date(2026, 3, 10), late_from=date(2026, 3, 25))


def test_working_days_are_counted_over_the_holidays_and_the_make_up_days_of_spring_festival() -> None:
    found = of(listed(date(2026, 2, 12)), FIVE_DAYS, date(2026, 2, 13))
    assert found.start == date(2026, 2, 12)
    assert date(2026, 2, 14) in found.made_up
    assert date(2026, 2, 17) in found.holidays
    assert found.provisional == ()


def test_a_year_whose_working_days_are_not_published_is_named() -> None:
    assert of(listed(date(2031, 3, 3)), FIVE_DAYS, date(2031, 3, 4)).provisional == (2031,)
    assert of(listed(date(2031, 3, 3)), TWO_WEEKS, date(2031, 3, 4)).provisional == ()


@pytest.mark.parametrize(
    ("history", "duty", "now", "mend"),
    [
        (listed(date(2026, 1, 5)), TWO_WEEKS, date(2026, 3, 18), Mend(entries=1, since=date(2026, 3, 4))),
        (listed(date(2026, 3, 9)), DAILY, date(2026, 3, 18), Mend(entries=1, since=date(2026, 3, 17))),
        (
            listed(date(2026, 3, 10), date(2026, 1, 5)),
            replace(TWO_WEEKS, min_items=2),
            date(2026, 3, 18),
            Mend(entries=1, since=date(2026, 3, 4)),
        ),
        (
            listed(date(2026, 1, 5)),
            replace(TWO_WEEKS, min_items=2),
            date(2026, 3, 18),
            Mend(entries=2, since=date(2026, 3, 4)),
        ),
        (History(seen=(), blank=True), TWO_WEEKS, date(2026, 3, 18), Mend(entries=1, since=date(2026, 3, 4))),
    ],
)
def test_an_accused_column_is_told_what_makes_it_in_time(history: History, duty: Duty, now: date, mend: Mend) -> None:
    assert of(history, duty, now).mend == mend


def test_what_a_person_has_not_reviewed_no_entry_mends() -> None:
    review = replace(REVIEWED, review=Review(every=Window(count=1, period=Period.YEARS), last=date(2024, 3, 1)))
    found = of(listed(date(2026, 3, 1)), review, date(2026, 3, 18))
    assert (found.start, found.mend) == (date(2024, 3, 1), None)


def test_what_could_not_be_seen_has_neither_a_deadline_nor_a_mend() -> None:
    assert of(History(seen=Trouble(kind=TroubleKind.TIMEOUT)), TWO_WEEKS, date(2026, 3, 18)) == Explained()


@settings(max_examples=40)
@given(histories, duties)
def test_what_is_said_to_mend_a_column_does_and_a_day_earlier_does_not(history: History, duty: Duty) -> None:
    mend = of(history, duty, NOW).mend
    assert isinstance(history.seen, tuple)
    if mend is None:
        return
    for day, mends in ((mend.since, True), (mend.since - timedelta(days=1), False)):
        more = tuple(Entry(title=f"new {n}", url=None, published=day) for n in range(mend.entries))
        after = judge(replace(history, seen=(*history.seen, *more)), duty, china(), now=NOW)
        assert (after.standing in (Standing.FRESH, Standing.DUE_SOON)) is mends
