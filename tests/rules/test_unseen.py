"""What becomes of troubles that last: an outlet for the column, and a site that counts as down."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from monitor.model.reading import Trouble, TroubleKind
from monitor.model.watching import Concern, Outage, Unseen
from monitor.schedule import next_look
from monitor.unseen import outage_after, unseen_after
from monitor.workdays import calendar_for

CHINA = "Asia/Shanghai"
MONDAY = datetime(2026, 3, 16, 1, 0, tzinfo=UTC)  # nine in the morning in China
GONE, BLOCKED, TIMEOUT = TroubleKind.GONE, TroubleKind.BLOCKED, TroubleKind.TIMEOUT


def after(looks: Sequence[tuple[float, TroubleKind | None]]) -> Unseen | None:
    """The stretch after looks at so many hours from Monday morning."""
    stretch: Unseen | None = None
    for hours, kind in looks:
        stretch = unseen_after(
            stretch if stretch and not stretch.ended else None,
            Trouble(kind=kind) if kind else None,
            now=MONDAY + timedelta(hours=hours),
            timezone=CHINA,
            calendar=calendar_for(CHINA),
        )
    return stretch


@pytest.mark.parametrize(
    ("what", "looks", "concern"),
    [
        ("one look", [(0, BLOCKED)], None),
        ("five working days", [(0, BLOCKED), (7 * 24 - 1, BLOCKED)], None),
        ("to the end of the fifth", [(0, BLOCKED), (7 * 24 + 14, BLOCKED)], None),
        ("into the sixth", [(0, BLOCKED), (7 * 24 + 15, BLOCKED)], Concern.LASTING),
        ("with other troubles between", [(0, BLOCKED), (50, TIMEOUT), (9 * 24, GONE)], Concern.LASTING),
        ("seen once between", [(0, BLOCKED), (50, None), (60, BLOCKED), (8 * 24, BLOCKED)], None),
        ("gone twice", [(0, GONE), (60, GONE)], None),
        ("gone three times within two days", [(0, GONE), (20, GONE), (47.9, GONE)], None),
        ("gone three times over two days", [(0, GONE), (20, GONE), (48, GONE)], Concern.GONE),
        ("gone, unreachable, gone, gone", [(0, GONE), (1, TIMEOUT), (20, GONE), (50, GONE)], Concern.GONE),
        ("gone, seen again, gone", [(0, GONE), (20, GONE), (30, None), (49, GONE)], None),
        ("blocked for two days, then gone", [(0, BLOCKED), (48, GONE), (49, GONE), (50, GONE)], None),
    ],
)
def test_what_lasts_has_an_outlet(
    what: str, looks: Sequence[tuple[float, TroubleKind | None]], concern: Concern | None
) -> None:
    stretch = after(looks)
    assert stretch is not None
    assert stretch.concern is concern, what
    assert (stretch.opened is not None) is (concern is not None)


def test_a_concern_is_opened_once_and_ends_when_the_column_is_seen() -> None:
    stretch = after([(0, GONE), (20, GONE), (50, GONE), (70, GONE), (300, TIMEOUT)])
    assert stretch is not None
    assert (stretch.concern, stretch.opened) == (Concern.GONE, MONDAY + timedelta(hours=50))
    assert (stretch.looks, stretch.trouble, stretch.ended) == (5, TIMEOUT, None)
    seen = after([(0, GONE), (20, GONE), (50, GONE), (70, None)])
    assert seen is not None
    assert seen.ended == MONDAY + timedelta(hours=70)


def test_a_column_that_was_and_is_seen_has_no_stretch() -> None:
    assert after([(0, None), (20, None)]) is None


def outage(looks: Sequence[tuple[float, TroubleKind | None]]) -> Outage | None:
    now: Outage | None = None
    for minutes, kind in looks:
        was = now if now and not now.ended else None
        now = outage_after(was, Trouble(kind=kind) if kind else None, now=MONDAY + timedelta(minutes=minutes))
    return now


@pytest.mark.parametrize(
    ("what", "looks", "down"),
    [
        ("once", [(0, TIMEOUT)], False),
        ("fifty columns in one round", [(n / 10, TIMEOUT) for n in range(50)], False),
        ("twice over a day", [(0, TIMEOUT), (24 * 60, TIMEOUT)], False),
        ("three times within two hours", [(0, TIMEOUT), (30, TIMEOUT), (119, TIMEOUT)], False),
        ("three times over two hours", [(0, TIMEOUT), (30, TroubleKind.DNS), (120, TroubleKind.CONNECT)], True),
        ("an answer between", [(0, TIMEOUT), (30, None), (60, TIMEOUT), (150, TIMEOUT)], False),
        ("a refusal is an answer", [(0, TIMEOUT), (30, BLOCKED), (60, TIMEOUT), (150, TIMEOUT)], False),
        (
            "failing programs",
            [(0, TroubleKind.SERVER_ERROR)] * 1 + [(60, TroubleKind.SERVER_ERROR), (180, TIMEOUT)],
            True,
        ),
    ],
)
def test_a_site_is_down_after_three_rounds_over_two_hours(
    what: str, looks: Sequence[tuple[float, TroubleKind | None]], down: bool
) -> None:
    now = outage(looks)
    assert now is not None
    assert (now.down is not None) is down, what


def test_the_looks_at_a_silent_site_come_soon_enough_to_call_it_down_on_the_same_day() -> None:
    now, stretch = MONDAY, None
    for failures in range(1, 5):
        stretch = outage_after(stretch, Trouble(kind=TIMEOUT), now=now)
        now = next_look(now, every=timedelta(hours=20), trouble=Trouble(kind=TIMEOUT), failures=failures)
    assert stretch is not None
    assert stretch.down == MONDAY + timedelta(hours=3.5)


def test_a_site_that_answers_ends_its_outage() -> None:
    ended = outage([(0, TIMEOUT), (60, TIMEOUT), (180, TIMEOUT), (300, None)])
    assert ended is not None
    assert (ended.down, ended.ended) == (MONDAY + timedelta(minutes=180), MONDAY + timedelta(minutes=300))
    assert outage([(0, None)]) is None
