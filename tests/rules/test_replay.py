"""Looks that others made, replayed: what is found and mailed, on both sides of each line."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.model.honesty import Sign
from monitor.model.judging import Standing
from monitor.model.reading import Entry, Listing, Trouble, TroubleKind
from monitor.model.register import Column, Duty, DutyKind, Period, Window
from monitor.model.reminding import FindingState, LineKind
from monitor.model.replaying import Course, Observed, World
from monitor.replay import accused_on, replay, signs
from monitor.workdays import china

MONDAY = datetime(2026, 3, 16, 0, 30, tzinfo=UTC)  # half past eight in China; no holiday for weeks
DUTY = Duty(kind=DutyKind.PERIODIC, window=Window(count=2, period=Period.WEEKS), source="D19")
COLUMN = Column(name="动态", url="", category="news", duty=DUTY)
OLD, NEW = date(2026, 2, 2), date(2026, 3, 17)
DOWN = Trouble(kind=TroubleKind.TIMEOUT)

Came = Sequence[date] | Trouble


def at(days: float) -> datetime:
    return MONDAY + timedelta(days=days)


def looked(days: float, came: Came) -> Observed:
    if isinstance(came, Trouble):
        return Observed(at=at(days), came=came)
    entries = tuple(Entry(title=f"通知 {day}", url=f"/{day}", published=day) for day in came)
    return Observed(at=at(days), came=Listing(entries=entries, method="test", confidence=0.97))


def course(*looks: tuple[float, Came], until: int, released: bool = True) -> Course:
    return replay(world(*looks, until=until, released=released), china())


def world(*looks: tuple[float, Came], until: int, released: bool = True) -> World:
    return World(
        id="w",
        site="s",
        column=COLUMN,
        timezone="Asia/Shanghai",
        calendar="CN",
        day=at(until).date(),
        observed=tuple(looked(days, came) for days, came in looks),
        released=released,
    )


@pytest.mark.parametrize(
    ("what", "looks", "until", "mailed"),
    [
        ("one look blames nobody", [(0, [OLD])], 4, []),
        ("two looks a day apart: in the slot after the second", [(0, [OLD]), (1, [OLD])], 1, [17]),
        ("two looks 19 hours apart are one", [(0, [OLD]), (19 / 24, [OLD])], 3, []),
        ("again after five working days, and not before", [(n, [OLD]) for n in range(9)], 8, [17, 24]),
        ("what was not seen is not mailed", [(0, [OLD]), (1, DOWN), (2, DOWN)], 2, []),
        ("what was not seen between two looks hurts nothing", [(0, [OLD]), (1, DOWN), (2, [OLD])], 2, [18]),
        ("found after hours, mailed after the look of the next day", [(0, [OLD]), (1.5, [OLD]), (2, [OLD])], 2, [18]),
        ("found after hours, and not looked at since", [(0, [OLD]), (1.5, [OLD])], 2, []),
        ("found on Friday evening, mailed on Monday after a look", [(3, [OLD]), (4.5, [OLD]), (7, [OLD])], 7, [23]),
        ("found on Friday evening, and not looked at on Monday", [(3, [OLD]), (4.5, [OLD])], 7, []),
        ("found on Friday evening, not mailed on Sunday", [(3, [OLD]), (4.5, [OLD])], 6, []),
        ("not found while the day is not over", [(0, [OLD]), (1.5, [OLD])], 1, []),
        ("a newer entry ends it", [(0, [OLD]), (1, [OLD]), (2, [OLD, NEW])], 2, [17]),
    ],
)
def test_when_a_column_is_called_overdue(
    what: str, looks: list[tuple[float, Came]], until: int, mailed: list[int]
) -> None:
    assert [day.day for day in accused_on(course(*looks, until=until))] == mailed, what


@pytest.mark.parametrize(
    ("what", "came", "mailed"),
    [("it is still late", [OLD], [17]), ("a text has come since", [OLD, NEW], []), ("it is not to be seen", DOWN, [])],
)
def test_a_look_before_the_mail_has_the_last_word(what: str, came: Came, mailed: list[int]) -> None:
    """The watch looks at night; what it sees at ten in the morning counts."""
    nights = world((-0.3, [OLD]), (0.7, [OLD]), until=1)
    played = replace(nights, before_mail=lambda *_: looked(1 + 1.5 / 24, came))
    assert [day.day for day in accused_on(replay(played, china()))] == mailed, what


def test_two_readings_that_differ_before_the_mail_accuse_nobody() -> None:
    nights = world((-0.3, [OLD]), (0.7, [OLD]), until=1)
    shown = {0: [OLD], 1: [OLD, NEW]}
    played = replace(nights, before_mail=lambda _, reading: looked(1 + 1.5 / 24, shown[reading]))
    kept = replay(played, china())
    assert accused_on(kept) == ()
    assert [found.state for _, found in kept.findings] == [FindingState.BASELINE, FindingState.DETECTED]


def test_a_baseline_that_nobody_releases_is_told_to_nobody() -> None:
    kept = course((0, [OLD]), (1, [OLD]), (2, [OLD]), until=2, released=False)
    assert [found.state for _, found in kept.findings] == [FindingState.BASELINE]
    assert kept.mails == ()


def test_the_end_of_a_finding_is_told_and_accuses_nobody() -> None:
    ended = course((0, [OLD]), (1, [OLD]), (2, [OLD, NEW]), until=5)
    assert [mail.kind for mail in ended.mails] == [LineKind.NEW, LineKind.RECOVERED]
    assert [found.state for _, found in ended.findings][-1] is FindingState.RESOLVED
    assert len(accused_on(ended)) == 1


def test_the_verdict_is_that_of_the_day_and_rests_on_the_last_look() -> None:
    fresh = course((0, [date(2026, 3, 10)]), until=8)
    assert (fresh.verdict.standing, fresh.since) == (Standing.DUE_SOON, at(8).date())
    late = course((0, [date(2026, 3, 10)]), until=9)
    assert (late.verdict.standing, late.mails) == (Standing.OVERDUE, ())


def test_what_came_after_the_day_is_not_known_on_it() -> None:
    looks: list[tuple[float, Came]] = [(0, [OLD]), (1, [OLD]), (2, [OLD, NEW])]
    assert course(*looks, until=1) == course(*looks[:2], until=1)


def test_an_entry_that_was_read_twice_keeps_a_column_in_time_that_lists_it_no_more() -> None:
    gone = course((0, [OLD, date(2026, 3, 12)]), (1, [OLD, date(2026, 3, 12)]), (2, [OLD]), until=2)
    assert gone.verdict.standing is Standing.FRESH
    once = course((0, [OLD, date(2026, 3, 12)]), (2, [OLD]), until=2)
    assert once.verdict.standing is Standing.OVERDUE


def test_a_column_stands_as_it_stands_through_looks_that_saw_nothing() -> None:
    stood = course((0, [OLD]), (1, DOWN), (2, [OLD]), until=2)
    assert stood.since == at(0).date()
    unseen = course((0, [OLD]), (1, DOWN), until=1)
    assert (unseen.verdict.standing, unseen.since) == (Standing.UNKNOWN, at(0).date())


def test_signs_of_dishonest_dates_are_told_of_what_was_remembered() -> None:
    redated = Entry(title="关于春耕生产工作的通知", url="/1", published=date(2026, 3, 20))
    before = Entry(title=redated.title, url="/1", published=OLD)
    looks = [
        Observed(at=at(days), came=Listing(entries=(entry,), method="test", confidence=0.97))
        for days, entry in ((0, before), (4, redated))
    ]
    made = World(
        id="w",
        site="s",
        column=COLUMN,
        timezone="Asia/Shanghai",
        calendar="CN",
        day=at(4).date(),
        observed=tuple(looks),
    )
    (sign,) = signs(made, replay(made, china()), china())
    assert (sign.sign, sign.entries, sign.noticed) == (Sign.REDATED, (redated,), at(4).date())
