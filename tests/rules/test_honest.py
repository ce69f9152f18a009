"""Signs that dates may not be honest, each with its honest counterpart."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.address import dated_by
from monitor.honest import suspicions
from monitor.model.honesty import Sign, Suspicion
from monitor.model.judging import KnownEntry
from monitor.model.reading import Entry
from monitor.model.register import Duty, DutyKind, Period, Window
from monitor.workdays import china

D = date
NEWS = Duty(kind=DutyKind.PERIODIC, window=Window(count=2, period=Period.WEEKS), source="D19")
DAILY = Duty(kind=DutyKind.DAILY, source="own list")
NOW = D(2026, 3, 18)
LONG = "清源市人民政府关于印发城市更新三年行动计划的通知"


def read(
    day: date, first_seen: date, *, n: int = 1, title: str = "", url: str | None = "", inferred: bool = False
) -> KnownEntry:
    address = f"https://a.cn/{n}.html" if url == "" else url
    entry = Entry(title=title or f"第{n}条", url=address, published=day, year_inferred=inferred)
    return KnownEntry(entry=entry, first_seen=first_seen, readings=2)


def signs(
    *known: KnownEntry, duty: Duty = NEWS, read_on: tuple[date, ...] = (), inspections: tuple[date, ...] = ()
) -> list[Sign]:
    return [s.sign for s in found(*known, duty=duty, read_on=read_on, inspections=inspections)]


def found(
    *known: KnownEntry, duty: Duty = NEWS, read_on: tuple[date, ...] = (), inspections: tuple[date, ...] = ()
) -> tuple[Suspicion, ...]:
    return suspicions(known, (), duty, china(), now=NOW, address_day=dated_by, read_on=read_on, inspections=inspections)


OLD, WATCHED = D(2020, 5, 6), D(2026, 1, 5)


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


def addressed(day: date, held: date, n: int) -> KnownEntry:
    return read(day, max(day, WATCHED), n=n, url=f"https://a.cn/{held:%Y%m}/t{held:%Y%m%d}_{n}.html")


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


READ = tuple(WATCHED + timedelta(days=n) for n in range(0, 72, 2))


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
