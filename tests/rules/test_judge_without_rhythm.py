"""Judging where no rhythm is set: reviews by a person, exemptions with an end; and windows of working days."""

from dataclasses import replace
from datetime import date

import pytest

from monitor.judge import judge
from monitor.model.judging import History, Standing, Verdict, Why
from monitor.model.reading import Entry
from monitor.model.register import Duty, DutyKind, Period, Review, Window
from monitor.workdays import china

D = date
FRESH, SOON, OVERDUE, STALE = Standing.FRESH, Standing.DUE_SOON, Standing.OVERDUE, Standing.STALE
UNSET, EXEMPT = Standing.NOT_CONFIGURED, Standing.EXEMPT
NEWS = Duty(kind=DutyKind.PERIODIC, window=Window(count=2, period=Period.WEEKS), source="D19")
AS_NEEDED = Duty(kind=DutyKind.AS_NEEDED, source="own list")


def verdict(duty: Duty, now: date, newest: date) -> Verdict:
    entry = Entry(title="机构职能", url="https://a.cn/1.html", published=newest)
    return judge(History(seen=(entry,)), duty, china(), now=now)


@pytest.mark.parametrize(
    ("what", "last", "standing", "why", "deadline", "over"),
    [
        ("just reviewed", D(2026, 3, 1), FRESH, Why.IN_TIME, D(2027, 3, 1), 0),
        ("its last day", D(2025, 3, 18), SOON, Why.DEADLINE_NEAR, D(2026, 3, 18), 0),
        ("the day after", D(2025, 3, 17), OVERDUE, Why.REVIEW_PASSED, D(2026, 3, 17), 1),
        ("long after", D(2024, 3, 17), STALE, Why.REVIEW_PASSED, D(2025, 3, 17), 366),
        ("never reviewed", None, UNSET, Why.NO_REVIEW_DATE, None, 0),
    ],
)
def test_a_page_without_a_rhythm_is_reviewed_by_a_person(
    what: str, last: date | None, standing: Standing, why: Why, deadline: date | None, over: int
) -> None:
    review = Review(every=Window(count=1, period=Period.YEARS), last=last)
    found = verdict(replace(AS_NEEDED, review=review), D(2026, 3, 18), D(2020, 1, 1))
    assert (found.standing, found.why, found.deadline, found.days_over) == (standing, why, deadline, over), what
    assert found.newest == D(2020, 1, 1)


@pytest.mark.parametrize(
    ("what", "until", "standing"),
    [
        ("an exemption without end", None, EXEMPT),
        ("its last day", D(2026, 3, 18), EXEMPT),
        ("the day after it: the duty holds again", D(2026, 3, 17), OVERDUE),
    ],
)
def test_an_exemption_may_end(what: str, until: date | None, standing: Standing) -> None:
    duty = replace(NEWS, exempt=True, exempt_until=until)
    assert verdict(duty, D(2026, 3, 18), D(2026, 3, 3)).standing is standing, what


@pytest.mark.parametrize(
    ("what", "now", "standing"),
    [("the 20th working day after it", D(2026, 3, 30), SOON), ("the 21st", D(2026, 3, 31), OVERDUE)],
)
def test_a_window_may_be_counted_in_working_days(what: str, now: date, standing: Standing) -> None:
    duty = replace(NEWS, window=Window(count=20, period=Period.WORKING_DAYS), source="政府信息公开条例 第二十六条")
    assert verdict(duty, now, D(2026, 3, 2)).standing is standing, what


def test_what_is_new_in_a_duty_changes_its_line_and_what_is_not_leaves_it() -> None:
    review = Review(every=Window(count=1, period=Period.YEARS), last=D(2026, 1, 1))
    assert NEWS.line == "periodic 2 weeks, 1 items, grace 1: D19"
    assert replace(NEWS, exempt=True, exempt_until=D(2026, 3, 1)).line.startswith(
        "periodic 2 weeks, 1 items, grace 1, exempt until 2026-03-01: "
    )
    assert ", reviewed every 1 years: " in replace(AS_NEEDED, review=review).line
    assert ", calendar CN: " in replace(NEWS, calendar="CN").line
