"""Judging by dates: windows, deadlines, grace and counts, on both sides of each line."""

from datetime import date

import pytest

from monitor.judge import judge
from monitor.model.judging import History, Standing, Verdict, Why
from monitor.model.reading import Entry, Trouble, TroubleKind
from monitor.model.register import Duty, DutyKind, Period, Window
from monitor.workdays import china

D = date
FRESH, SOON, OVERDUE, STALE = Standing.FRESH, Standing.DUE_SOON, Standing.OVERDUE, Standing.STALE


def window(count: int, period: Period) -> Window:
    return Window(count=count, period=period)


def periodic(span: Window, min_items: int = 1, grace: int = 1) -> Duty:
    return Duty(kind=DutyKind.PERIODIC, window=span, min_items=min_items, grace=grace, source="D19")


NEWS = periodic(window(2, Period.WEEKS))
TWO = periodic(window(2, Period.WEEKS), min_items=2)
WEEKLY = periodic(window(1, Period.WEEKS))
NOTICES = periodic(window(6, Period.MONTHS))
MONTHLY = periodic(window(1, Period.MONTHS))
YEARLY = periodic(window(1, Period.YEARS))
SIX_A_YEAR = periodic(window(1, Period.YEARS), min_items=6)
DAILY = Duty(kind=DutyKind.DAILY, source="panjin")
TWO_A_DAY = Duty(kind=DutyKind.DAILY, min_items=2, source="panjin")
AS_NEEDED = Duty(kind=DutyKind.AS_NEEDED, source="own list")


def listed(*days: date | None) -> tuple[Entry, ...]:
    return tuple(Entry(title=f"第{n}条", url=f"https://a.cn/{n}.html", published=day) for n, day in enumerate(days))


def verdict(duty: Duty, now: date, *days: date | None, opened: date | None = None) -> Verdict:
    return judge(History(seen=listed(*days), opened=opened), duty, china(), now=now)


@pytest.mark.parametrize(
    ("what", "duty", "newest", "now", "standing"),
    [
        ("news of today", NEWS, D(2026, 3, 1), D(2026, 3, 1), FRESH),
        ("news of tomorrow, for clocks differ", NEWS, D(2026, 3, 2), D(2026, 3, 1), FRESH),
        ("news before the last quarter of its window", NEWS, D(2026, 3, 2), D(2026, 3, 12), FRESH),
        ("news 3 working days before its deadline", NEWS, D(2026, 3, 6), D(2026, 3, 18), SOON),
        ("news 4 working days before it", NEWS, D(2026, 3, 6), D(2026, 3, 17), FRESH),
        ("a deadline on Monday: Thursday is the third-last working day, but before the last quarter",
         NEWS, D(2026, 3, 9), D(2026, 3, 19), FRESH),
        ("and Friday is in both", NEWS, D(2026, 3, 9), D(2026, 3, 20), SOON),
        ("news on its 14th day", NEWS, D(2026, 3, 1), D(2026, 3, 15), SOON),
        ("news on its 15th day", NEWS, D(2026, 3, 1), D(2026, 3, 16), OVERDUE),
        ("news 30 days after its deadline", NEWS, D(2026, 3, 1), D(2026, 4, 14), OVERDUE),
        ("news 31 days after it", NEWS, D(2026, 3, 1), D(2026, 4, 15), STALE),
        ("a week's last quarter is two days", WEEKLY, D(2026, 3, 12), D(2026, 3, 18), SOON),
        ("and not three", WEEKLY, D(2026, 3, 12), D(2026, 3, 17), FRESH),
        ("notices on the last day of 6 months", NOTICES, D(2025, 9, 18), D(2026, 3, 18), SOON),
        ("notices on the day after", NOTICES, D(2025, 9, 17), D(2026, 3, 18), OVERDUE),
        ("notices when a whole further window is full", NOTICES, D(2025, 3, 18), D(2026, 3, 18), OVERDUE),
        ("notices the day after that", NOTICES, D(2025, 3, 17), D(2026, 3, 18), STALE),
        ("notices of 31 August in February", NOTICES, D(2025, 8, 31), D(2026, 2, 28), SOON),
        ("notices of 31 August in March", NOTICES, D(2025, 8, 31), D(2026, 3, 1), OVERDUE),
        ("31 January and a month", MONTHLY, D(2026, 1, 31), D(2026, 2, 28), SOON),
        ("31 January and a month and a day", MONTHLY, D(2026, 1, 31), D(2026, 3, 1), OVERDUE),
        ("in a leap year it has one day more", MONTHLY, D(2028, 1, 31), D(2028, 2, 29), SOON),
        ("but not two", MONTHLY, D(2028, 1, 31), D(2028, 3, 1), OVERDUE),
        ("February's further month is counted as 30 days", MONTHLY, D(2026, 1, 28), D(2026, 3, 30), OVERDUE),
        ("and over on the 31st", MONTHLY, D(2026, 1, 28), D(2026, 3, 31), STALE),
        ("a leap day and a year", YEARLY, D(2028, 2, 29), D(2029, 2, 28), SOON),
        ("a leap day, a year and a day", YEARLY, D(2028, 2, 29), D(2029, 3, 1), OVERDUE),
        ("the year 1", NEWS, date.min, D(2026, 3, 1), STALE),
        ("the end of time", YEARLY, date.max, date.max, FRESH),
    ],
)  # fmt: skip
def test_a_column_with_one_entry(what: str, duty: Duty, newest: date, now: date, standing: Standing) -> None:
    assert verdict(duty, now, newest).standing is standing, what


def test_due_soon_counts_the_make_up_saturday_as_a_working_day() -> None:
    # Up to Friday 27 February 2026; the festival ends on Monday 23, so its last three working days are Wed, Thu, Fri.
    assert verdict(NOTICES, D(2026, 2, 24), D(2025, 8, 27)).standing is FRESH
    assert verdict(NOTICES, D(2026, 2, 25), D(2025, 8, 27)).standing is SOON
    # Up to Sunday 1 March: Saturday 28 is one of the last three.
    assert verdict(NOTICES, D(2026, 2, 25), D(2025, 9, 1)).standing is FRESH
    assert verdict(NOTICES, D(2026, 2, 26), D(2025, 9, 1)).standing is SOON


@pytest.mark.parametrize(
    ("what", "grace", "now", "past"),
    [
        ("the first day after a deadline on Friday", 1, D(2026, 3, 14), False),
        ("the next working day is the grace", 1, D(2026, 3, 16), False),
        ("then it is over", 1, D(2026, 3, 17), True),
        ("no grace: over at once", 0, D(2026, 3, 14), True),
        ("three days of grace", 3, D(2026, 3, 18), False),
        ("and the fourth", 3, D(2026, 3, 19), True),
    ],
)
def test_the_grace_is_counted_in_working_days(what: str, grace: int, now: date, past: bool) -> None:
    found = verdict(periodic(window(2, Period.WEEKS), grace=grace), now, D(2026, 2, 27))
    assert (found.standing, found.deadline, found.past_grace) == (OVERDUE, D(2026, 3, 13), past), what


def test_the_grace_lasts_over_golden_week_and_knows_its_make_up_day() -> None:
    eve = D(2026, 9, 16)  # and two weeks: the deadline is 30 September
    assert not verdict(NEWS, D(2026, 10, 8), eve).past_grace
    assert verdict(NEWS, D(2026, 10, 9), eve).past_grace
    friday = D(2026, 9, 25)  # and two weeks: Friday 9 October; the Saturday after it is a working day
    assert not verdict(NEWS, D(2026, 10, 10), friday).past_grace
    assert verdict(NEWS, D(2026, 10, 11), friday).past_grace


def test_a_duty_of_no_entries_is_one_of_a_single_entry() -> None:
    none = periodic(window(2, Period.WEEKS), min_items=0)
    assert verdict(none, D(2026, 3, 18), D(2026, 3, 17), D(2026, 1, 1)) == verdict(NEWS, D(2026, 3, 18), D(2026, 3, 17))


def test_a_verdict_says_what_it_rests_on() -> None:
    found = verdict(NEWS, D(2026, 3, 20), D(2026, 2, 1), D(2026, 3, 1), D(2026, 1, 1))
    assert found == Verdict(
        standing=OVERDUE,
        why=Why.DEADLINE_PASSED,
        rule="D19",
        newest=D(2026, 3, 1),
        deadline=D(2026, 3, 15),
        days_over=5,
        past_grace=True,
    )


@pytest.mark.parametrize(
    ("what", "duty", "days", "why"),
    [
        ("in time", NEWS, [D(2026, 3, 17)], Why.IN_TIME),
        ("near its deadline", NEWS, [D(2026, 3, 5)], Why.DEADLINE_NEAR),
        ("over", NEWS, [D(2026, 3, 3)], Why.DEADLINE_PASSED),
        ("long over", NEWS, [D(2025, 3, 3)], Why.LONG_PASSED),
        ("the newest is in time, its fellows are not", SIX_A_YEAR, [D(2026, 3, 1), D(2025, 1, 1)], Why.TOO_FEW_ITEMS),
        ("the newest is on its last day", TWO, [D(2026, 3, 4), D(2026, 1, 1)], Why.TOO_FEW_ITEMS),
        ("and the day after", TWO, [D(2026, 3, 3), D(2026, 2, 20)], Why.DEADLINE_PASSED),
        ("not even the newest is in time", SIX_A_YEAR, [D(2025, 3, 1), D(2025, 1, 1)], Why.DEADLINE_PASSED),
        ("nothing on the working day before", DAILY, [D(2026, 3, 16)], Why.NO_ITEM_TODAY),
    ],
)
def test_a_verdict_says_why(what: str, duty: Duty, days: list[date], why: Why) -> None:
    assert verdict(duty, D(2026, 3, 18), *days).why is why, what


@pytest.mark.parametrize(
    ("what", "days", "deadline"),
    [
        ("the sixth-newest entry decides", [D(2026, 3, 1), *[D(2025, 9, n) for n in range(1, 6)]], D(2026, 9, 1)),
        ("a seventh changes nothing", [D(2026, 3, 1), *[D(2025, 9, n) for n in range(1, 7)]], D(2026, 9, 2)),
        ("six on one day", [D(2026, 3, 1)] * 6, D(2027, 3, 1)),
        ("fewer than six: a window from the oldest", [D(2026, 3, 1), D(2025, 5, 5)], D(2026, 5, 5)),
    ],
)
def test_a_duty_of_six_entries_a_year(what: str, days: list[date], deadline: date) -> None:
    assert verdict(SIX_A_YEAR, D(2026, 3, 18), *days).deadline == deadline, what


@pytest.mark.parametrize(
    ("what", "days", "now", "standing", "deadline"),
    [
        ("an item today", [D(2026, 3, 18)], D(2026, 3, 18), FRESH, D(2026, 3, 19)),
        ("none yet today, one yesterday", [D(2026, 3, 17)], D(2026, 3, 18), FRESH, D(2026, 3, 18)),
        ("none yesterday", [D(2026, 3, 16)], D(2026, 3, 18), OVERDUE, D(2026, 3, 17)),
        ("none on Friday, asked on Sunday", [D(2026, 3, 19)], D(2026, 3, 22), FRESH, D(2026, 3, 20)),
        ("none on Friday, asked on Monday", [D(2026, 3, 19)], D(2026, 3, 23), OVERDUE, D(2026, 3, 20)),
        ("Saturday's item makes good for Friday", [D(2026, 3, 21)], D(2026, 3, 23), FRESH, D(2026, 3, 23)),
        ("today's item makes good for yesterday", [D(2026, 3, 18)], D(2026, 3, 18), FRESH, D(2026, 3, 19)),
        ("the make-up Saturday is a day to publish", [D(2026, 2, 13)], D(2026, 2, 24), OVERDUE, D(2026, 2, 14)),
        ("the holidays are not", [D(2026, 2, 14)], D(2026, 2, 24), FRESH, D(2026, 2, 24)),
        ("30 days over", [D(2026, 2, 12)], D(2026, 3, 15), OVERDUE, D(2026, 2, 13)),
        ("31 days over", [D(2026, 2, 12)], D(2026, 3, 16), STALE, D(2026, 2, 13)),
    ],
)
def test_a_daily_duty(what: str, days: list[date], now: date, standing: Standing, deadline: date) -> None:
    found = verdict(DAILY, now, *days)
    assert (found.standing, found.deadline) == (standing, deadline), what
    assert bool(found.days_over) is found.standing.accuses


@pytest.mark.parametrize(
    ("what", "days", "standing"),
    [
        ("two yesterday", [17, 17], FRESH),
        ("one yesterday, two the day before", [17, 16, 16], OVERDUE),
        ("one yesterday and one the day before", [17, 16], OVERDUE),
        ("one yesterday, two today", [18, 18, 17], FRESH),
        ("three the day before yesterday", [16, 16, 16], OVERDUE),
        ("one today, its first day", [18], FRESH),
        ("two yesterday, and one long before", [17, 17, 3], FRESH),
    ],
)
def test_a_duty_of_two_items_a_day(what: str, days: list[int], standing: Standing) -> None:
    assert verdict(TWO_A_DAY, D(2026, 3, 18), *[D(2026, 3, day) for day in days]).standing is standing, what


def test_a_daily_duty_is_past_its_grace_a_working_day_after_it_is_judged() -> None:
    assert not verdict(DAILY, D(2026, 3, 23), D(2026, 3, 19)).past_grace
    assert verdict(DAILY, D(2026, 3, 24), D(2026, 3, 19)).past_grace


@pytest.mark.parametrize(
    ("what", "seen", "opened", "standing", "why", "newest"),
    [
        ("something", listed(D(2020, 1, 1)), None, FRESH, Why.AS_NEEDED, D(2020, 1, 1)),
        ("something without a date", listed(None), None, FRESH, Why.AS_NEEDED, None),
        ("nothing, ever", (), None, Standing.BLANK, Why.NEVER_HAD_ENTRIES, None),
        ("nothing, in a column opened yesterday", (), D(2026, 3, 17), Standing.BLANK, Why.NEVER_HAD_ENTRIES, None),
    ],
)
def test_a_duty_as_needed_has_no_deadline(
    what: str, seen: tuple[Entry, ...], opened: date | None, standing: Standing, why: Why, newest: date | None
) -> None:
    found = judge(History(seen=seen, blank=not seen, opened=opened), AS_NEEDED, china(), now=D(2026, 3, 18))
    assert (found.standing, found.why, found.newest, found.deadline) == (standing, why, newest, None), what
    assert found.past_grace is found.standing.accuses


@pytest.mark.parametrize(
    ("what", "opened", "days", "standing", "why"),
    [
        ("opened a week ago, old entries moved in", D(2026, 3, 11), [D(2024, 1, 1)], FRESH, Why.NEWLY_OPENED),
        ("opened and written to", D(2026, 3, 11), [D(2026, 3, 12)], FRESH, Why.IN_TIME),
        ("opened and written to on one day", D(2026, 3, 11), [D(2026, 3, 11)], FRESH, Why.IN_TIME),
        ("opened 14 days ago", D(2026, 3, 4), [D(2024, 1, 1)], SOON, Why.DEADLINE_NEAR),
        ("opened 15 days ago", D(2026, 3, 3), [D(2024, 1, 1)], OVERDUE, Why.DEADLINE_PASSED),
        ("opened long ago", D(2020, 1, 1), [D(2026, 3, 17)], FRESH, Why.IN_TIME),
    ],
)
def test_a_column_has_a_window_from_its_opening(
    what: str, opened: date, days: list[date], standing: Standing, why: Why
) -> None:
    found = verdict(NEWS, D(2026, 3, 18), *days, opened=opened)
    assert (found.standing, found.why) == (standing, why), what


@pytest.mark.parametrize(
    ("what", "duty", "standing", "why"),
    [
        ("an exempt column", Duty(kind=DutyKind.PERIODIC, source="x", exempt=True), Standing.EXEMPT, Why.EXEMPT),
        ("no window", Duty(kind=DutyKind.PERIODIC, source="x"), Standing.NOT_CONFIGURED, Why.NO_WINDOW),
        ("no window is needed for a daily duty", DAILY, Standing.UNKNOWN, Why.NOT_SEEN),
    ],
)
def test_what_the_duty_settles_is_settled_even_when_the_site_is_down(
    what: str, duty: Duty, standing: Standing, why: Why
) -> None:
    found = judge(History(seen=Trouble(kind=TroubleKind.DNS)), duty, china(), now=D(2026, 3, 18))
    assert (found.standing, found.why, found.rule) == (standing, why, duty.source), what
