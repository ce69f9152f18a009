"""What is left out in doubt, beside what is sure: it hides a breach only where it could end, or move, it."""

from dataclasses import replace
from datetime import date

import pytest

from monitor.judge import judge
from monitor.model.judging import History, KnownEntry, Standing, Verdict
from monitor.model.reading import Entry, TroubleKind
from monitor.model.register import Duty, DutyKind, Period, Window
from monitor.workdays import china

D = date
NOW = D(2026, 3, 18)
ONE = Duty(kind=DutyKind.PERIODIC, window=Window(count=2, period=Period.WEEKS), source="x")
TWO = replace(ONE, min_items=2)
OVERDUE, STALE, UNKNOWN = Standing.OVERDUE, Standing.STALE, Standing.UNKNOWN


def sure(*days: tuple[int, int]) -> tuple[Entry, ...]:
    return tuple(Entry(title=f"确定{day}", url=f"/{day}", published=D(2026, *day)) for day in days)


def guessed(*days: tuple[int, int]) -> tuple[Entry, ...]:
    return tuple(replace(one, title=f"推定{one.title}", url=None, year_inferred=True) for one in sure(*days))


def undated(count: int = 1) -> tuple[Entry, ...]:
    return tuple(Entry(title=f"未注明{n}", url=None, published=None) for n in range(count))


def judged(duty: Duty, seen: tuple[Entry, ...], *, now: date = NOW, until: date | None = None) -> Verdict:
    return judge(History(seen=seen, undated_until=until), duty, china(), now=now)


MOVED = sure((1, 1)) + guessed((2, 20))


@pytest.mark.parametrize(
    ("what", "duty", "seen", "standing"),
    [
        ("a guessed day that would move the deadline, though it stays late", ONE, MOVED, UNKNOWN),
        ("a guessed day that is older than the sure one", ONE, sure((2, 20)) + guessed((1, 1)), OVERDUE),
        ("a guessed day beside nothing sure", ONE, guessed((2, 20)), UNKNOWN),
        ("a guessed day is the second of two", TWO, sure((3, 17), (1, 1)) + guessed((3, 10)), UNKNOWN),
        ("a guessed day and one sure one: as old either way", TWO, sure((2, 2)) + guessed((2, 10)), OVERDUE),
        ("a day ahead and one sure one: as old either way", TWO, sure((2, 2), (4, 1)), OVERDUE),
        ("a day ahead and one of now: two", TWO, sure((3, 17), (1, 1), (4, 1)), UNKNOWN),
        ("a day ahead that alone would be in time", ONE, sure((2, 20), (4, 1)), UNKNOWN),
    ],
)  # fmt: skip
def test_what_is_not_sure_hides_a_breach_only_where_it_could_change_it(
    what: str, duty: Duty, seen: tuple[Entry, ...], standing: Standing
) -> None:
    assert judged(duty, seen).standing is standing, what


@pytest.mark.parametrize(
    ("what", "duty", "seen", "now", "standing"),
    [
        ("an undated entry that may be in time", ONE, sure((2, 1)) + undated(), D(2026, 3, 24), UNKNOWN),
        ("and cannot be any more", ONE, sure((2, 1)) + undated(), D(2026, 3, 25), STALE),
        ("one undated entry is one, however many have dates", TWO, sure((2, 1), (1, 20)) + undated(), NOW, STALE),
        ("two may be two", TWO, sure((2, 1), (1, 20)) + undated(2), NOW, UNKNOWN),
        ("one beside a single sure one is too few", TWO, sure((2, 1)) + undated(), D(2026, 3, 12), OVERDUE),
    ],
)
def test_an_entry_without_a_day_counts_as_one_of_the_last_day_that_it_can_have(
    what: str, duty: Duty, seen: tuple[Entry, ...], now: date, standing: Standing
) -> None:
    assert judged(duty, seen, now=now, until=D(2026, 3, 10)).standing is standing, what


JANUARY = (1, 5)
FEBRUARY = ((2, 20), (2, 18), (2, 16))


@pytest.mark.parametrize(
    ("what", "seen", "now", "standing"),
    [
        ("a burst may have pushed others off", FEBRUARY, D(2026, 3, 16), UNKNOWN),
        ("too long ago for any of them to count", FEBRUARY, D(2026, 3, 17), STALE),
        ("an older one stands there still", (*FEBRUARY[:1], JANUARY), D(2026, 3, 16), STALE),
    ],
)  # fmt: skip
def test_texts_that_a_short_list_may_have_lost_between_two_looks_accuse_nobody_of_too_few(
    what: str, seen: tuple[tuple[int, int], ...], now: date, standing: Standing
) -> None:
    four = Duty(kind=DutyKind.PERIODIC, window=Window(count=1, period=Period.MONTHS), min_items=4, source="test")
    before = tuple(KnownEntry(entry=entry, first_seen=D(2026, 1, 6), readings=2) for entry in sure(JANUARY))
    assert judge(History(seen=sure(*seen), known=before), four, china(), now=now).standing is standing, what


def test_the_doubts_are_told_each_by_its_newest_day() -> None:
    seen = sure((1, 1), (4, 1), (5, 1)) + guessed((3, 1), (3, 2)) + undated(2)
    trouble = judged(ONE, seen, until=D(2026, 3, 10)).trouble
    assert trouble
    assert trouble.kind is TroubleKind.UNDATED
    assert trouble.detail == (
        "2026-05-01 lies ahead of the day it was first read; 2026-03-02 has a guessed year; 2 entries show no date"
    )


def test_what_could_not_be_read_says_how_far_it_was_from_it() -> None:
    low = judge(History(seen=sure((3, 17)), confidence=0.444), ONE, china(), now=NOW).trouble
    none = judge(History(seen=()), ONE, china(), now=NOW).trouble
    assert low
    assert none
    assert (low.kind, low.detail) == (TroubleKind.UNREADABLE, "confidence 0.44")
    assert (none.kind, none.detail) == (TroubleKind.UNREADABLE, "no list")
