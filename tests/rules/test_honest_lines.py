"""Signs of dishonest dates, on both sides of each line that they are drawn by."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.model.honesty import Sign
from monitor.model.register import Period, Window
from monitor.workdays import china
from tests.rules.sightings import LONG, NEWS, OLD, READ, WATCHED, D, addressed, found, read, signs

WORKING = replace(NEWS, window=Window(count=10, period=Period.WORKING_DAYS))


@pytest.mark.parametrize(
    ("what", "title", "expected"),
    [
        ("eleven Chinese signs", "城市更新三年行动计划的", []),
        ("twelve", "城市更新三年行动计划的通", [Sign.NEW_ADDRESS]),
        ("twenty-three Latin letters", "annual report published", []),
        ("twenty-four", "annual reports published", []),
        ("twenty-four and no blanks", "annual-reports-published-now", [Sign.NEW_ADDRESS]),
    ],
)
def test_a_title_must_be_long_enough_to_be_a_texts_own(what: str, title: str, expected: list[Sign]) -> None:
    again = read(D(2026, 3, 2), D(2026, 3, 2), n=2, title=title)
    assert signs(read(OLD, WATCHED, title=title), again) == expected, what


def test_the_latest_suspicion_stands_first() -> None:
    old = [read(OLD, WATCHED, n=n) for n in (1, 2)]
    again = [read(D(2026, 3, day), D(2026, 3, day), n=n) for n, day in ((1, 2), (2, 9))]
    assert [s.noticed for s in found(*old, *again)] == [D(2026, 3, 9), D(2026, 3, 2)]


@pytest.mark.parametrize(("what", "ahead", "expected"), [("a day", 1, [Sign.REDATED]), ("two days", 2, [])])
def test_a_date_may_lie_a_day_ahead_of_its_reading(what: str, ahead: int, expected: list[Sign]) -> None:
    shown = D(2026, 3, 2)
    assert signs(read(OLD, WATCHED), read(shown, shown - timedelta(days=ahead))) == expected, what


@pytest.mark.parametrize(
    ("what", "lag", "expected"), [("a day after it", 1, [Sign.TICKING]), ("two days after it", 2, [])]
)
def test_what_ticks_shows_the_day_of_the_reading(what: str, lag: int, expected: list[Sign]) -> None:
    days = [D(2026, 1, 5) + timedelta(days=n) for n in range(3)]
    assert signs(*(read(day, day + timedelta(days=lag)) for day in days)) == expected, what


def test_five_addresses_are_a_habit() -> None:
    days = [D(2025, 10, 1) + timedelta(days=9 * n) for n in range(4)]
    late = addressed(D(2026, 3, 2), D(2026, 1, 1), 9)
    assert signs(*(addressed(day, day, n) for n, day in enumerate(days)), late) == [Sign.AGAINST_ADDRESS]


@pytest.mark.parametrize(
    ("what", "read_on", "expected"),
    [
        ("read once between, two days after its day", (D(2026, 2, 3),), [Sign.BACKDATED]),
        ("read the day after its day: it may have come that evening", (D(2026, 2, 2),), []),
        ("read on the day of its coming alone", (D(2026, 3, 16),), []),
    ],
)
def test_one_reading_between_is_enough(what: str, read_on: tuple[date, ...], expected: list[Sign]) -> None:
    known = (read(D(2026, 1, 3), WATCHED), read(D(2026, 2, 1), D(2026, 3, 16), n=2))
    assert signs(*known, read_on=read_on) == expected, what


def test_another_entry_of_the_newest_known_day_fills_no_silence() -> None:
    known = (read(D(2026, 1, 3), WATCHED), read(D(2026, 1, 3), D(2026, 3, 16), n=2))
    assert signs(*known, read_on=READ) == []


@pytest.mark.parametrize(("what", "day", "expected"), [("in time", 27, []), ("late", 28, [Sign.BACKDATED])])
def test_a_silence_may_be_counted_in_working_days(what: str, day: int, expected: list[Sign]) -> None:
    duty = replace(WORKING, window=Window(count=17, period=Period.WORKING_DAYS))
    assert china().add(D(2026, 1, 4), 17) == D(2026, 1, 27)
    known = (read(D(2026, 1, 4), WATCHED), read(D(2026, 1, 5), D(2026, 1, day), n=2))
    assert signs(*known, duty=duty, read_on=READ) == expected, what


def test_a_burst_tells_its_entries_and_the_day_before_the_silence() -> None:
    day, before = D(2026, 3, 2), D(2026, 1, 10)
    earlier = [read(D(2026, 1, 8), D(2026, 1, 8), n=98), read(before, before, n=99)]
    twice = [read(day, day, n=1, title="同一条信息") for _ in range(4)]
    (burst,) = found(*earlier, *(read(day, day, n=n) for n in range(5)), duty=WORKING)
    assert (burst.known, {e.published for e in burst.entries}, len(burst.entries)) == ((before,), {day}, 5)
    assert signs(*earlier, *(read(day, day, n=n) for n in range(4)), *twice, duty=WORKING) == [], (
        "one entry, seen twice"
    )


def test_entries_without_an_address_are_told_apart_by_their_titles() -> None:
    day = D(2026, 3, 2)
    entries = [read(day, day, title=f"第{n}项工作", url=None) for n in range(5)]
    assert signs(read(D(2026, 1, 10), D(2026, 1, 10), n=99), *entries) == [Sign.BURST]


def test_an_event_stays_an_event_when_its_page_has_moved() -> None:
    event = read(D(2026, 2, 20), D(2026, 1, 10), n=2, title=LONG)
    moved = addressed(D(2026, 2, 20), D(2026, 1, 5), 7)
    titled = replace(moved, entry=replace(moved.entry, title=LONG))
    honest = [addressed(D(2026, 1, day), D(2026, 1, day), n) for n, day in enumerate(range(6, 12))]
    assert signs(*honest, moved) == [Sign.AGAINST_ADDRESS]
    assert signs(*honest, event, titled) == []


def test_what_is_kept_at_the_top_says_nothing_of_a_silence() -> None:
    day = D(2026, 3, 2)
    kept = read(D(2025, 3, 1), day, n=99)
    pinned = replace(kept, entry=replace(kept.entry, pinned=True))
    listed = [read(day, day, n=n) for n in range(5)]
    assert signs(kept, *listed) == [Sign.BURST]
    assert signs(pinned, *listed) == []
