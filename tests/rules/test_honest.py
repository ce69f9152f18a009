"""Signs that dates may not be honest, each with its honest counterpart."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.address import dated_by
from monitor.honest import suspicions
from monitor.model.honesty import Sign
from monitor.model.judging import KnownEntry
from monitor.model.register import Period, Window
from monitor.workdays import china
from tests.rules.sightings import DAILY, LONG, NEWS, NOW, OLD, READ, WATCHED, D, addressed, found, read, signs


@pytest.mark.parametrize(
    ("what", "again", "expected"),
    [
        ("read in January, said to be of March", read(D(2026, 3, 2), D(2026, 3, 2)), [Sign.REDATED]),
        ("said to be of the day after it was first read", read(D(2026, 1, 6), D(2026, 1, 6)), []),
        ("said to be of two days after", read(D(2026, 1, 7), D(2026, 1, 7)), [Sign.REDATED]),
        ("said to be of before it was read: perhaps a mended date", read(D(2025, 6, 1), D(2026, 3, 2)), []),
        ("an older date", read(D(2019, 1, 1), D(2026, 3, 2)), []),
        ("a guessed year", read(D(2026, 3, 2), D(2026, 3, 2), inferred=True), []),
        ("a day ahead of its reading: an event", read(D(2026, 3, 20), D(2026, 3, 2)), []),
        ("no address", read(D(2026, 3, 2), D(2026, 3, 2), url=None), []),
    ],
)
def test_what_was_read_before_its_day_was_not_published_on_it(
    what: str, again: KnownEntry, expected: list[Sign]
) -> None:
    assert signs(read(OLD, WATCHED), again) == expected, what


@pytest.mark.parametrize(
    ("what", "old", "new", "expected"),
    [
        ("six days: a mended date", D(2026, 1, 4), D(2026, 1, 10), []),
        ("a week", D(2026, 1, 3), D(2026, 1, 10), [Sign.REDATED]),
    ],
)
def test_a_date_may_be_mended_by_a_few_days(what: str, old: date, new: date, expected: list[Sign]) -> None:
    assert signs(read(old, WATCHED), read(new, new)) == expected, what


def test_the_evidence_is_the_entry_as_it_is_shown_and_the_day_it_had() -> None:
    (sign,) = found(read(OLD, WATCHED), read(D(2026, 3, 2), D(2026, 3, 3)))
    assert (sign.noticed, sign.known, [e.published for e in sign.entries]) == (D(2026, 3, 3), (OLD,), [D(2026, 3, 2)])


def test_what_is_noticed_on_one_day_is_one_suspicion() -> None:
    days = (D(2026, 3, 2), D(2026, 3, 1))
    old = [read(OLD, WATCHED, n=n) for n in range(2)]
    (sign,) = found(*old, *(read(day, D(2026, 3, 3), n=n) for n, day in enumerate(days)))
    assert [e.title for e in sign.entries] == ["第1条", "第0条"]


@pytest.mark.parametrize(
    ("what", "days", "expected"),
    [
        ("three days in a row", (5, 6, 7), [Sign.TICKING]),
        ("a tick at each look, with pauses", (5, 9, 30), [Sign.TICKING]),
        ("two days", (5, 6), []),
    ],
)
def test_a_date_that_is_always_the_day_of_reading_ticks(what: str, days: tuple[int, ...], expected: list[Sign]) -> None:
    assert signs(*(read(D(2026, 1, day), D(2026, 1, day)) for day in days)) == expected, what


def test_an_old_date_that_begins_to_move_is_redated_not_ticking() -> None:
    moved = (read(D(2026, 3, day), D(2026, 3, day)) for day in (2, 3, 4))
    assert signs(read(OLD, WATCHED), *moved) == [Sign.REDATED]


@pytest.mark.parametrize(
    ("what", "title", "day", "expected"),
    [
        ("a long title that comes again", LONG, D(2026, 3, 2), [Sign.NEW_ADDRESS]),
        ("written a little otherwise", f" {LONG} ！", D(2026, 3, 2), [Sign.NEW_ADDRESS]),
        ("a short one, as many texts bear", "工作简报", D(2026, 3, 2), []),
        ("another text", LONG.replace("三", "五"), D(2026, 3, 2), []),
        ("its new address shows its own day", LONG, OLD, []),
        ("29 days apart", LONG, D(2026, 2, 3), []),
        ("30 days apart", LONG, D(2026, 2, 4), [Sign.NEW_ADDRESS]),
    ],
)
def test_a_known_text_under_a_new_address(what: str, title: str, day: date, expected: list[Sign]) -> None:
    known = D(2026, 1, 5) if day.month == 2 else OLD
    again = read(day, day if day > OLD else D(2026, 3, 2), n=2, title=title)
    first = read(known, WATCHED, title=LONG if len(title) > 8 else title)
    assert signs(first, again) == expected, what


def test_a_title_that_recurs_says_nothing() -> None:
    days = (D(2025, 1, 5), D(2025, 7, 5), D(2026, 3, 2))
    assert signs(*(read(day, max(day, WATCHED), n=n, title=LONG) for n, day in enumerate(days))) == []


def test_a_text_that_came_again_is_known_after_a_redesign_and_at_a_mirror() -> None:
    came = [(OLD, WATCHED), (D(2026, 3, 2), D(2026, 3, 2))]
    there = [read(day, first, n=n, title=LONG) for n, (day, first) in enumerate(came)]
    here = [read(day, D(2026, 3, 10), n=n + 10, title=LONG) for n, (day, _) in enumerate(came)]
    assert signs(*there, *here) == [Sign.NEW_ADDRESS]


@pytest.mark.parametrize(
    ("what", "lag", "usual", "expected"),
    [
        ("29 days", 29, 0, []),
        ("30 days", 30, 0, [Sign.AGAINST_ADDRESS]),
        ("in a column that is always three days late", 30, 3, [Sign.AGAINST_ADDRESS]),
        ("in one whose addresses tell another day", 30, 4, []),
    ],
)
def test_a_day_long_after_its_address(what: str, lag: int, usual: int, expected: list[Sign]) -> None:
    days = [D(2025, 10, 1) + timedelta(days=9 * n) for n in range(5)]
    honest = [addressed(day, day - timedelta(days=usual), n) for n, day in enumerate(days)]
    assert signs(*honest, addressed(D(2026, 3, 2), D(2026, 3, 2) - timedelta(days=lag), 9)) == expected, what


def test_few_addresses_are_no_habit() -> None:
    assert signs(*(addressed(D(2026, 3, 2), D(2025, 3, 2), n) for n in range(4))) == []


@pytest.mark.parametrize(
    ("what", "day", "first_seen", "read_on", "expected"),
    [
        ("a gap filled long after", D(2026, 2, 1), D(2026, 3, 16), READ, [Sign.BACKDATED]),
        ("the list was not read meanwhile", D(2026, 2, 1), D(2026, 3, 16), (D(2026, 1, 7), D(2026, 3, 16)), []),
        ("14 days late", D(2026, 3, 2), D(2026, 3, 16), READ, []),
        ("15 days late", D(2026, 3, 1), D(2026, 3, 16), READ, [Sign.BACKDATED]),
        ("older than what was known: it fell down the list", D(2025, 12, 1), D(2026, 3, 16), READ, []),
    ],
)
def test_what_appears_long_after_its_day(
    what: str, day: date, first_seen: date, read_on: tuple[date, ...], expected: list[Sign]
) -> None:
    assert signs(read(D(2026, 1, 3), WATCHED), read(day, first_seen, n=2), read_on=read_on) == expected, what


def test_an_entry_that_comes_late_where_nothing_was_due_fills_no_silence() -> None:
    half_a_year = replace(NEWS, window=Window(count=6, period=Period.MONTHS))
    known = (read(D(2026, 1, 3), WATCHED), read(D(2026, 2, 1), D(2026, 3, 16), n=2))
    assert signs(*known, duty=half_a_year, read_on=READ) == []


def test_a_duty_without_a_window_knows_no_silence() -> None:
    known = (read(D(2026, 1, 3), WATCHED), *(read(D(2026, 3, 1), D(2026, 3, 16), n=n) for n in range(2, 9)))
    assert signs(*known, duty=DAILY, read_on=READ) == []


@pytest.mark.parametrize(
    ("what", "silence", "entries", "inspections", "expected"),
    [
        ("five after 15 days", 15, 5, (), [Sign.BURST]),
        ("five after 14 days: in time", 14, 5, (), []),
        ("four", 30, 4, (), []),
        ("14 days before an inspection", 30, 5, (D(2026, 3, 16),), [Sign.BURST_BEFORE_INSPECTION]),
        ("15 days before one", 30, 5, (D(2026, 3, 17),), [Sign.BURST]),
        ("a week after one", 30, 5, (D(2026, 2, 23),), [Sign.BURST_BEFORE_INSPECTION]),
        ("eight days after one", 30, 5, (D(2026, 2, 22),), [Sign.BURST]),
    ],
)
def test_many_on_one_day_after_a_silence(
    what: str, silence: int, entries: int, inspections: tuple[date, ...], expected: list[Sign]
) -> None:
    day = D(2026, 3, 2)
    before = read(day - timedelta(days=silence), day - timedelta(days=silence), n=99)
    assert signs(before, *(read(day, day, n=n) for n in range(entries)), inspections=inspections) == expected, what


def test_what_was_read_once_and_came_no_more_breaks_no_silence() -> None:
    silent, stray = read(D(2026, 1, 30), D(2026, 1, 30), n=99), read(D(2026, 2, 26), D(2026, 2, 26), n=98)
    crammed = [read(D(2026, 3, 2), D(2026, 3, 2), n=n) for n in range(5)]
    assert signs(silent, stray, *crammed) == []
    assert signs(silent, replace(stray, readings=1), *crammed) == [Sign.BURST]


def test_the_present_reading_is_a_sighting_of_today() -> None:
    shown = replace(read(NOW, NOW).entry, pinned=False)
    (sign,) = suspicions([read(OLD, WATCHED)], [shown, shown], NEWS, china(), now=NOW, address_day=dated_by)
    assert (sign.sign, sign.noticed) == (Sign.REDATED, NOW)


entries = st.builds(
    read,
    st.dates(D(2025, 6, 1), NOW),
    st.dates(WATCHED, NOW),
    n=st.integers(0, 4),
    title=st.sampled_from(["", LONG, "工作简报"]),
    url=st.sampled_from(["", None, "https://a.cn/202601/t20260105_1.html"]),
    inferred=st.booleans(),
)


@given(st.lists(entries, max_size=25), st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_told_changes_nothing(known: list[KnownEntry], shuffler: random.Random) -> None:
    turned = list(known)
    shuffler.shuffle(turned)
    assert found(*turned, read_on=READ) == found(*known, read_on=READ)
