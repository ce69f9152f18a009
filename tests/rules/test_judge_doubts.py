"""What we could not see, or are not sure of, never accuses."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.judge import judge
from monitor.model.judging import History, KnownEntry, Standing, Verdict, Why
from monitor.model.reading import Entry, Trouble, TroubleKind
from monitor.model.register import Duty, DutyKind, Period, Window
from monitor.workdays import china

D = date
NOW = D(2026, 3, 18)
OLD = D(2026, 1, 5)
NEWS = Duty(kind=DutyKind.PERIODIC, window=Window(count=2, period=Period.WEEKS), source="D19")
NEWS_2015 = replace(NEWS, undated_not_updated=True, source="D15")
FRESH, SOON, OVERDUE, BLANK = Standing.FRESH, Standing.DUE_SOON, Standing.OVERDUE, Standing.BLANK
UNKNOWN = Standing.UNKNOWN


def item(n: int, day: date | None, *, guessed: bool = False) -> Entry:
    return Entry(title=f"第{n}条", url=f"https://a.cn/{n}.html", published=day, year_inferred=guessed)


def was(entry: Entry, first_seen: date, readings: int = 2) -> KnownEntry:
    return KnownEntry(entry=entry, first_seen=first_seen, readings=readings)


def verdict(*seen: Entry, known: tuple[KnownEntry, ...] = (), duty: Duty = NEWS, now: date = NOW) -> Verdict:
    return judge(History(seen=seen, known=known, blank=not seen), duty, china(), now=now)


@pytest.mark.parametrize(
    ("what", "history", "kind"),
    [
        ("a trouble", History(seen=Trouble(kind=TroubleKind.TIMEOUT)), TroubleKind.TIMEOUT),
        ("a list read with too little confidence", History(seen=(item(1, NOW),), confidence=0.899),
         TroubleKind.UNREADABLE),
        ("an empty list read with too little confidence", History(seen=(), blank=True, confidence=0.5),
         TroubleKind.UNREADABLE),
        ("no list at all", History(seen=()), TroubleKind.UNREADABLE),
        ("an empty list that once had entries", History(seen=(), blank=True, known=(was(item(1, OLD), OLD, 1),)),
         TroubleKind.EMPTIED),
        ("an empty list that once had undated entries",
         History(seen=(), blank=True, known=(was(item(1, None), OLD, 1),)), TroubleKind.EMPTIED),
        ("a list without dates", History(seen=(item(1, None), item(2, None))), TroubleKind.UNDATED),
        ("a list without dates that had them last week",
         History(seen=(item(1, None),), known=(was(item(1, NOW), NOW),)), TroubleKind.UNDATED),
        ("a trouble, though an entry of yesterday is known",
         History(seen=Trouble(kind=TroubleKind.DNS), known=(was(item(1, NOW), NOW),)), TroubleKind.DNS),
    ],
)  # fmt: skip
def test_what_was_not_seen_is_unknown(what: str, history: History, kind: TroubleKind) -> None:
    found = judge(history, NEWS, china(), now=NOW)
    assert found.trouble is not None
    assert (found.standing, found.why, found.trouble.kind) == (UNKNOWN, Why.NOT_SEEN, kind), what
    assert (found.newest, found.deadline, found.days_over, found.past_grace) == (None, None, 0, False)


def test_a_confidence_on_the_line_is_enough() -> None:
    assert judge(History(seen=(item(1, NOW),), confidence=0.9), NEWS, china(), now=NOW).standing is FRESH


@pytest.mark.parametrize(
    ("what", "opened", "standing", "why", "past_grace"),
    [
        ("nobody knows since when", None, BLANK, Why.NEVER_HAD_ENTRIES, True),
        ("opened today", NOW, FRESH, Why.NEWLY_OPENED, False),
        ("opened tomorrow", D(2026, 3, 19), FRESH, Why.NEWLY_OPENED, False),
        ("opened 14 days ago", D(2026, 3, 4), SOON, Why.DEADLINE_NEAR, False),
        ("opened 15 days ago", D(2026, 3, 3), BLANK, Why.NEVER_HAD_ENTRIES, False),
        ("opened 16 days ago", D(2026, 3, 2), BLANK, Why.NEVER_HAD_ENTRIES, True),
        ("opened years ago", D(2016, 3, 2), BLANK, Why.NEVER_HAD_ENTRIES, True),
    ],
)
def test_a_list_that_never_had_an_entry(
    what: str, opened: date | None, standing: Standing, why: Why, past_grace: bool
) -> None:
    found = judge(History(seen=(), blank=True, opened=opened), NEWS, china(), now=NOW)
    assert (found.standing, found.why, found.past_grace) == (standing, why, past_grace), what
    assert found.newest is None


@pytest.mark.parametrize(
    ("what", "known", "opened", "standing", "why"),
    [
        ("and nothing is known", (), None, OVERDUE, Why.UNDATED_COUNTS_AS_NOT_UPDATED),
        ("and the column is new", (), D(2026, 3, 10), FRESH, Why.NEWLY_OPENED),
        ("and the column is not new", (), OLD, Standing.STALE, Why.UNDATED_COUNTS_AS_NOT_UPDATED),
        ("and it had dates in time", (was(item(9, D(2026, 3, 16)), NOW),), None, FRESH, Why.IN_TIME),
        ("and it had old dates", (was(item(9, D(2026, 3, 1)), NOW),), None, OVERDUE, Why.UNDATED_COUNTS_AS_NOT_UPDATED),
        ("and its only date lies ahead", (was(item(9, D(2026, 5, 1)), OLD),), None, UNKNOWN, Why.NOT_SEEN),
    ],
)
def test_where_undated_counts_as_not_updated(
    what: str, known: tuple[KnownEntry, ...], opened: date | None, standing: Standing, why: Why
) -> None:
    found = judge(History(seen=(item(1, None),), known=known, opened=opened), NEWS_2015, china(), now=NOW)
    assert (found.standing, found.why) == (standing, why), what
    assert found.past_grace is found.standing.accuses


def test_the_rule_on_undated_lists_does_not_touch_dated_ones() -> None:
    dated = verdict(item(1, None), item(2, D(2026, 3, 1)), duty=NEWS_2015)
    assert (dated.standing, dated.why) == (OVERDUE, Why.DEADLINE_PASSED)


@pytest.mark.parametrize(
    ("what", "seen", "known", "standing"),
    [
        ("an entry that left the list counts when read twice", [item(1, OLD)], [was(item(2, NOW), NOW, 2)], FRESH),
        ("but not when read once", [item(1, D(2026, 3, 1))], [was(item(2, NOW), NOW, 1)], OVERDUE),
        ("a listed one counts at once", [item(2, NOW)], [was(item(1, OLD), OLD, 9)], FRESH),
        ("a re-dated one counts by its new date", [item(1, NOW)], [was(item(1, OLD), OLD, 9)], FRESH),
        ("an old date read twice holds against a worse one", [item(1, OLD)], [was(item(1, NOW), NOW, 2)], FRESH),
        ("a pinned old one does not matter", [replace(item(1, OLD), pinned=True), item(2, NOW)], [], FRESH),
        ("undated ones among dated ones do not count", [item(1, None), item(2, D(2026, 3, 1))], [], OVERDUE),
    ],
)
def test_which_entries_count(what: str, seen: list[Entry], known: list[KnownEntry], standing: Standing) -> None:
    assert verdict(*seen, known=tuple(known)).standing is standing, what


AHEAD = D(2026, 3, 20)
EVENT = item(2, AHEAD)


@pytest.mark.parametrize(
    ("what", "seen", "known", "now", "standing"),
    [
        ("tomorrow's date counts", [item(2, D(2026, 3, 19))], (), NOW, FRESH),
        ("the date after tomorrow hides the column", [EVENT], (), NOW, UNKNOWN),
        ("it hides nothing where others are in time", [EVENT, item(1, D(2026, 3, 10))], (), NOW, FRESH),
        ("it hides a breach", [EVENT, item(1, OLD)], (), NOW, UNKNOWN),
        ("also from the far future", [item(2, date.max), item(1, OLD)], (), NOW, UNKNOWN),
        ("its day has come, and it still does not count", [EVENT, item(1, OLD)], (was(EVENT, NOW),), AHEAD, UNKNOWN),
        ("nor the day after", [EVENT, item(1, OLD)], (was(EVENT, NOW),), D(2026, 3, 21), UNKNOWN),
        ("nor under another address", [replace(EVENT, url="https://b.cn/")], (was(EVENT, NOW),), AHEAD, UNKNOWN),
        ("nor under another title", [replace(EVENT, title="x")], (was(EVENT, NOW),), AHEAD, UNKNOWN),
        ("once read a single time is enough", [EVENT, item(1, OLD)], (was(EVENT, NOW, 1),), AHEAD, UNKNOWN),
        ("nor when it has left the list", [item(1, D(2026, 3, 1))], (was(EVENT, NOW),), AHEAD, UNKNOWN),
        ("when it would no longer help, the breach shows", [EVENT, item(1, OLD)], (was(EVENT, NOW),), D(2026, 4, 4),
         Standing.STALE),
        ("alone it never accuses", [EVENT], (was(EVENT, NOW),), D(2026, 9, 1), UNKNOWN),
        ("first read a day before its day, it counts", [EVENT], (was(EVENT, D(2026, 3, 19)),), AHEAD, FRESH),
        ("another entry of that day counts", [EVENT, item(3, AHEAD)], (was(EVENT, NOW),), AHEAD, FRESH),
        ("an event read on a day beyond the calendar's end", [item(1, date.max)], (was(item(1, date.max), date.max),),
         date.max, FRESH),
    ],
)  # fmt: skip
def test_a_date_ahead_of_its_first_look_never_counts(
    what: str, seen: list[Entry], known: tuple[KnownEntry, ...], now: date, standing: Standing
) -> None:
    found = verdict(*seen, known=known, now=now)
    assert found.standing is standing, what
    if found.standing is UNKNOWN:
        assert found.trouble is not None
        assert found.trouble.kind is TroubleKind.UNDATED


MARCH = item(2, D(2026, 3, 16), guessed=True)
BEFORE = was(item(1, D(2026, 2, 20)), D(2026, 2, 21))


@pytest.mark.parametrize(
    ("what", "seen", "known", "standing"),
    [
        ("never seen before", [MARCH], (), UNKNOWN),
        ("never seen before, and old", [item(2, OLD, guessed=True)], (), UNKNOWN),
        ("it hides nothing where others are in time", [MARCH, item(1, D(2026, 3, 10))], (), FRESH),
        ("it hides nothing where it is not the newest", [item(2, OLD, guessed=True), item(1, D(2026, 3, 1))], (),
         OVERDUE),
        ("we saw it appear", [MARCH], (BEFORE,), FRESH),
        ("we saw it appear earlier", [MARCH], (BEFORE, was(MARCH, D(2026, 3, 17))), FRESH),
        ("it was there when we came first", [MARCH], (was(MARCH, D(2026, 3, 17)), was(item(3, OLD), NOW)), UNKNOWN),
        ("the article page has told its year", [MARCH], (was(item(2, D(2026, 3, 16)), NOW, 1),), FRESH),
        ("the article page has told another year", [MARCH, item(3, D(2026, 3, 1))],
         (was(item(2, D(2024, 3, 16)), NOW, 1),), OVERDUE),
        ("two readings have told two years: the later counts", [MARCH],
         (was(item(2, D(2026, 3, 16)), NOW, 1), was(item(2, D(2024, 3, 16)), NOW, 1)), FRESH),
        ("its first sighting fixed the year, whatever a later one has said", [MARCH, item(3, D(2026, 3, 1))],
         (was(item(2, D(2025, 3, 16), guessed=True), D(2025, 3, 17), 1), was(MARCH, D(2026, 3, 17), 1)), OVERDUE),
        ("one by the address, one by the title: the later counts", [MARCH],
         (was(replace(item(2, D(2024, 3, 16)), title="x"), NOW, 1),
          was(replace(item(2, D(2026, 3, 16)), url=None), NOW, 1)), FRESH),
        ("one by the address, one by the title: the first sighting counts", [MARCH, item(3, D(2026, 3, 1))],
         (was(replace(MARCH, title="x"), D(2026, 3, 17), 1),
          was(replace(item(2, D(2025, 3, 16), guessed=True), url=None), D(2025, 3, 17), 1)), OVERDUE),
        ("its year was fixed before, whatever the reading day says now", [MARCH, item(3, D(2026, 3, 1))],
         (BEFORE, was(item(2, D(2025, 3, 16), guessed=True), D(2025, 3, 17))), OVERDUE),
        ("a fixed year goes by the title when the address has changed",
         [replace(MARCH, url="https://b.cn/"), item(3, D(2026, 3, 1))],
         (BEFORE, was(item(2, D(2025, 3, 16), guessed=True), D(2025, 3, 17))), OVERDUE),
        ("one that left the list is in doubt too", [item(3, D(2026, 3, 1))], (was(MARCH, D(2026, 3, 17)),), UNKNOWN),
        ("an undated entry cannot have a guessed year", [item(2, None, guessed=True), item(3, D(2026, 3, 1))], (),
         OVERDUE),
    ],
)  # fmt: skip
def test_a_year_that_only_the_reading_day_gave(
    what: str, seen: list[Entry], known: tuple[KnownEntry, ...], standing: Standing
) -> None:
    assert verdict(*seen, known=known).standing is standing, what


@pytest.mark.parametrize(
    ("what", "lag", "standing"),
    [
        ("31 days after its date", 31, FRESH),
        ("32 days after it", 32, UNKNOWN),
        ("a day before it", -1, FRESH),
    ],
)
def test_an_entry_must_appear_near_its_date_to_have_its_year(what: str, lag: int, standing: Standing) -> None:
    quarterly = replace(NEWS, window=Window(count=3, period=Period.MONTHS))
    shown = item(2, NOW - timedelta(days=lag), guessed=True)
    found = verdict(shown, known=(was(item(1, D(2025, 1, 1)), D(2025, 1, 1)),), duty=quarterly)
    assert found.standing is standing, what


def test_doubts_are_told_to_people() -> None:
    found = verdict(item(1, D(2026, 3, 30)), item(2, D(2026, 3, 2), guessed=True), item(3, OLD))
    assert found.trouble is not None
    assert "2026-03-30" in found.trouble.detail
    assert "2026-03-02" in found.trouble.detail


@pytest.mark.parametrize(
    ("what", "forged", "standing"),
    [
        ("nobody has confirmed it: it counts", False, FRESH),
        ("a person has confirmed that its day is false", True, Standing.STALE),
    ],
)
def test_a_false_day_counts_until_a_person_confirms_that_it_is_false(
    what: str, forged: bool, standing: Standing
) -> None:
    new = replace(was(item(1, NOW), NOW), forged=forged)
    assert verdict(item(1, NOW), known=(was(item(1, OLD), OLD), new)).standing is standing, what


@pytest.mark.parametrize(
    ("what", "until", "standing"),
    [
        ("they may be of today: nobody is accused", NOW, UNKNOWN),
        ("they may just keep the column in time", D(2026, 3, 4), UNKNOWN),
        ("even the latest day that they can have is too late", D(2026, 3, 3), OVERDUE),
    ],
)
def test_entries_without_a_date_are_taken_to_be_as_late_as_they_can_be(
    what: str, until: date, standing: Standing
) -> None:
    history = History(seen=(item(1, D(2026, 3, 1)), item(2, None)), undated_until=until)
    assert judge(history, NEWS, china(), now=NOW).standing is standing, what
