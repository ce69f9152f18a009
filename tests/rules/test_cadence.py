"""The cadence of a column: its pace, its season, the windows it missed, and where the pace leads."""

from datetime import date, timedelta

import pytest

from monitor.cadence import cadence
from monitor.model.cadence import Cadence, Missed
from monitor.model.register import Duty, DutyKind, Period, Window
from monitor.workdays import china

D = date
NOW = D(2026, 3, 18)  # a Wednesday


def periodic(count: int, period: Period, min_items: int = 1) -> Duty:
    return Duty(kind=DutyKind.PERIODIC, window=Window(count=count, period=period), min_items=min_items, source="x")


NEWS = periodic(2, Period.WEEKS)
NINE = periodic(2, Period.WEEKS, 9)
MONTHLY = periodic(1, Period.MONTHS)
QUARTERLY = periodic(3, Period.MONTHS)
YEARLY = periodic(1, Period.YEARS)
TEN_WORKING_DAYS = periodic(10, Period.WORKING_DAYS)
THREE_A_YEAR = periodic(1, Period.YEARS, 3)
DAILY = Duty(kind=DutyKind.DAILY, source="x")
TWO_A_DAY = Duty(kind=DutyKind.DAILY, min_items=2, source="x")
AS_NEEDED = Duty(kind=DutyKind.AS_NEEDED, source="x")
HALVES = [D(y, m, 1) for y in (2024, 2025) for m in range(1, 7)]
LONG_AGO = D(2020, 1, 1)


def of(
    *days: date, duty: Duty = NEWS, opened: date | None = None, covered: date | None = LONG_AGO, now: date = NOW
) -> Cadence:
    return cadence(days, duty, china(), opened=opened, covered=covered, now=now)


def ago(*days: int) -> list[date]:
    return [NOW - timedelta(days=n) for n in days]


def every(gap: int, upto: int = 0, since: int = 800) -> list[date]:
    return ago(*range(upto, since, gap))


def test_a_column_without_entries_has_no_cadence() -> None:
    nothing = Cadence(
        entries=0, publishing_days=0, covered=None, usual=None, spread=None, longest=None, windows=0, windows_of_year=27
    )
    assert of(covered=None) == nothing
    assert of().windows == 0, "nor does it say since when it stands"


def test_entries_and_publishing_days_of_the_last_12_months() -> None:
    found = of(NOW, NOW, D(2025, 3, 19), D(2025, 3, 18), D(2024, 1, 1))
    assert (found.entries, found.publishing_days) == (3, 2)


@pytest.mark.parametrize(
    ("what", "ahead", "entries"), [("a day ahead, as clocks differ", 1, 1), ("two days ahead: an event", 2, 0)]
)
def test_dates_ahead(what: str, ahead: int, entries: int) -> None:
    assert of(NOW + timedelta(days=ahead)).entries == entries, what


@pytest.mark.parametrize(
    ("what", "days", "usual", "spread"),
    [
        ("two publishing days show one gap: too few", ago(1, 1, 8), None, None),
        ("three show two", ago(1, 8, 15), 7.0, 0.0),
        ("several entries a day are one publishing day", ago(1, 1, 1, 8, 15, 15), 7.0, 0.0),
        ("one long silence does not change the usual gap", ago(1, 8, 15, 22, 200), 7.0, 0.0),
        ("the spread is a median too", ago(1, 3, 10, 19, 20), 4.5, 3.0),
        ("older gaps do not count where a year has enough", ago(1, 8, 15, 400, 500, 600, 700), 7.0, 0.0),
        ("a year before the newest entry, not before today", ago(501, 508, 866), 182.5, 175.5),
        ("but that year and a day is more than it", ago(501, 508, 515, 867), 7.0, 0.0),
        ("where a year holds fewer than three, all is taken", ago(1, 366, 731), 365.0, 0.0),
    ],
)
def test_the_usual_gap(what: str, days: list[date], usual: float | None, spread: float | None) -> None:
    found = of(*days)
    assert (found.usual, found.spread) == (usual, spread), what


@pytest.mark.parametrize(
    ("what", "days", "covered", "opened", "longest"),
    [
        ("between two entries", ago(3, 43, 50), LONG_AGO, D(2026, 1, 20), 40),
        ("the silence until today", ago(50, 53), D(2026, 1, 20), None, 50),
        ("a gap that began before the year counts from there", ago(0, 900), LONG_AGO, None, 365),
        ("one that began before the history is complete, from there", ago(0, 900), D(2026, 3, 8), None, 10),
        ("a column is silent from its opening", ago(0), LONG_AGO, D(2026, 3, 8), 10),
        ("an empty column too", [], LONG_AGO, D(2026, 3, 8), 10),
        ("nothing is known where no history is complete", ago(0, 40), None, D(2026, 1, 1), None),
    ],
)
def test_the_longest_gap(
    what: str, days: list[date], covered: date | None, opened: date | None, longest: int | None
) -> None:
    assert of(*days, covered=covered, opened=opened).longest == longest, what


@pytest.mark.parametrize(
    ("what", "duty", "days", "windows", "missed"),
    [
        ("an entry every 14 days misses no two weeks", NEWS, every(14), 27, 0),
        ("an entry on the first day of each window", NEWS, every(14, upto=14), 27, 0),
        ("13 of 27 windows of two weeks", NEWS, [*every(14, upto=14 * 14)], 27, 13),
        ("every entry is a year old", NEWS, every(14, upto=366), 27, 26),
        ("months", MONTHLY, ago(0, 20, 40, 60, 500), 12, 9),
        ("quarters", QUARTERLY, every(20, upto=200), 4, 2),
        ("a year", YEARLY, every(20, upto=366), 1, 1),
        ("a year, on its first day", YEARLY, every(20, upto=365), 1, 0),
        ("two of an asked-for three", THREE_A_YEAR, every(300, upto=10), 1, 1),
        ("three of an asked-for three", THREE_A_YEAR, every(150, upto=10), 1, 0),
        ("none asked for is one asked for", periodic(1, Period.YEARS, 0), every(20, upto=366), 1, 1),
        ("as needed: no windows", AS_NEEDED, every(14), 0, 0),
        ("no number: no windows", Duty(kind=DutyKind.PERIODIC, source="x"), every(14), 0, 0),
        ("exempt: no windows", Duty(kind=DutyKind.DAILY, source="x", exempt=True), every(14), 0, 0),
    ],
)
def test_missed_windows(what: str, duty: Duty, days: list[date], windows: int, missed: int) -> None:
    found = of(*days, duty=duty)
    assert (found.windows, found.missed_windows) == (windows, missed), what


def test_windows_missed_in_a_row_are_one_stretch() -> None:
    found = of(*ago(3, 45, 60, 98), duty=NEWS, covered=NOW - timedelta(days=98))
    assert found.windows == 7
    assert found.missed == (
        Missed(since=NOW - timedelta(days=84), until=NOW - timedelta(days=70), windows=1),
        Missed(since=NOW - timedelta(days=42), until=NOW - timedelta(days=14), windows=2),
    )


@pytest.mark.parametrize(
    ("what", "covered", "opened", "windows"),
    [
        ("a history that is complete for two windows", 28, None, 2),
        ("and for a day less", 27, None, 1),
        ("opened two windows ago", 800, 28, 2),
        ("opened a day later", 800, 27, 1),
        ("opened before the history is complete", 28, 800, 2),
        ("a column is no older than its oldest entry, where nobody says", 800, None, 3),
    ],
)
def test_nothing_is_missed_before_the_history_is_complete(
    what: str, covered: int, opened: int | None, windows: int
) -> None:
    day = NOW - timedelta(days=opened) if opened else None
    found = of(*ago(0, 42), covered=NOW - timedelta(days=covered), opened=day)
    assert found.windows == windows, what
    assert all(stretch.since >= max(ago(covered)) for stretch in found.missed)


def test_windows_of_working_days_pass_over_the_spring_festival() -> None:
    found = of(duty=TEN_WORKING_DAYS, opened=D(2026, 1, 30), now=D(2026, 3, 3))
    assert found.missed == (Missed(since=D(2026, 2, 11), until=D(2026, 3, 3), windows=1),)
    assert of(duty=TEN_WORKING_DAYS, opened=D(2026, 2, 12), now=D(2026, 3, 3)).windows == 0


@pytest.mark.parametrize(
    ("what", "duty", "days", "windows", "missed"),
    [
        ("each working day of a week", DAILY, [D(2026, 3, n) for n in (11, 12, 13, 16, 17)], 5, 0),
        ("today is not over", DAILY, [D(2026, 3, n) for n in (16, 17, 18)], 2, 0),
        ("a Saturday counts for the Friday before", DAILY, [D(2026, 3, n) for n in (12, 14, 16, 17)], 4, 0),
        ("and not for the Monday after", DAILY, [D(2026, 3, n) for n in (12, 13, 14, 17)], 4, 1),
        ("two a day, once one", TWO_A_DAY, [D(2026, 3, n) for n in (12, 12, 13, 16, 16, 17, 17)], 4, 1),
    ],
)  # fmt: skip
def test_a_daily_duty_has_a_window_for_each_working_day(
    what: str, duty: Duty, days: list[date], windows: int, missed: int
) -> None:
    found = of(*days, duty=duty)
    assert (found.windows, found.missed_windows) == (windows, missed), what


def test_missed_working_days_in_a_row_are_one_stretch() -> None:
    found = of(D(2026, 3, 4), D(2026, 3, 10), D(2026, 3, 12), duty=DAILY)
    assert found.missed == (
        Missed(since=D(2026, 3, 5), until=D(2026, 3, 9), windows=3),
        Missed(since=D(2026, 3, 11), until=D(2026, 3, 11), windows=1),
        Missed(since=D(2026, 3, 13), until=D(2026, 3, 17), windows=3),
    )
    assert of(duty=DAILY, opened=D(2026, 3, 18)).windows == 0, "opened today"
    assert of(duty=DAILY, opened=D(2025, 3, 18)).windows == 247, "the working days of 12 months"


@pytest.mark.parametrize(
    ("what", "days", "season"),
    [
        ("the same month in two years", [D(2026, 1, 9), D(2025, 1, 20)], (1,)),
        ("one year is no season", [D(2026, 1, 9), D(2026, 1, 20)], ()),
        ("nor are neighbouring months", [D(2026, 1, 9), D(2025, 12, 20)], ()),
        ("a month later in the next year", [D(2026, 2, 9), D(2025, 1, 20)], (1, 2)),
        ("a month earlier", [D(2025, 12, 9), D(2025, 1, 20)], (1, 12)),
        ("two months later is another month", [D(2026, 3, 9), D(2025, 1, 20)], ()),
        ("ten months apart is no year", [D(2025, 12, 9), D(2025, 2, 20)], ()),
        ("with a year left out", [D(2026, 1, 9), D(2024, 1, 20)], (1,)),
        ("twice a year", [D(2026, 1, 9), D(2025, 7, 9), D(2025, 1, 9), D(2024, 7, 9)], (1, 7)),
        ("a stray entry does not end a season", [D(2026, 1, 9), D(2025, 6, 1), D(2025, 1, 20)], (1,)),
        ("two do", [D(2026, 1, 9), D(2025, 6, 1), D(2025, 9, 1), D(2025, 1, 20)], ()),
        ("four years back", [D(2026, 1, 9), D(2023, 1, 20), D(2022, 2, 9)], (1, 2)),
        ("what is older is forgotten", [D(2026, 1, 9), D(2022, 1, 9)], ()),
        ("half of the year", HALVES, (1, 2, 3, 4, 5, 6)),
        ("more than half is no season", [D(y, m, 1) for y in (2024, 2025) for m in range(3, 10)], ()),
        ("16 lively months, then silence", [D(2024 + m // 12, m % 12 + 1, 1) for m in range(16)], ()),
        ("four strays", [*HALVES, *[D(2025, m, 1) for m in (8, 9, 10, 11)]], ()),
        ("three strays of six", [*HALVES, *[D(2025, m, 1) for m in (9, 10, 11)]], (1, 2, 3, 4, 5, 6)),
    ],
)  # fmt: skip
def test_the_season_of_a_yearly_column(what: str, days: list[date], season: tuple[int, ...]) -> None:
    assert of(*days).season == season, what


@pytest.mark.parametrize(
    ("what", "duty", "days", "breach"),
    [
        ("a gap as long as the window", NEWS, ago(2, 16, 30), None),
        ("a gap a day longer", NEWS, ago(2, 17, 32), D(2026, 3, 31)),
        ("half a day counts as one", NEWS, ago(2, 16, 31), D(2026, 3, 31)),
        ("too few entries to know its pace", NEWS, ago(2, 17), None),
        ("on the last day in time", NEWS, ago(14, 29, 44), D(2026, 3, 19)),
        ("the deadline is missed already", NEWS, ago(15, 30, 45), None),
        ("it is behind its own pace", NEWS, ago(10, 14, 18), None),
        ("expected today, in time", NEWS, ago(10, 20, 30), None),
        ("months", MONTHLY, [D(2026, 3, 1), D(2026, 1, 28), D(2025, 12, 27)], D(2026, 4, 2)),
        ("in time with the next, late with the one after it", MONTHLY,
         [D(2026, 3, 1), D(2026, 1, 29), D(2025, 12, 29)], D(2026, 5, 2)),
        ("the third-last of three a year falls out", THREE_A_YEAR, ago(10, 210, 350), D(2026, 4, 3)),
        ("three a day are three", THREE_A_YEAR, ago(10, 10, 10, 210, 210, 210, 350, 350, 350), None),
        ("fewer than are asked for: a window from the oldest", NINE, ago(2, 7, 12), D(2026, 3, 21)),
        ("every second day of a daily duty", DAILY, [D(2026, 3, 17), D(2026, 3, 15), D(2026, 3, 13)], D(2026, 3, 19)),
        ("each day of it", DAILY, [D(2026, 3, 17), D(2026, 3, 16), D(2026, 3, 15)], None),
        ("as needed", AS_NEEDED, ago(2, 200, 400), None),
        ("no number", Duty(kind=DutyKind.PERIODIC, source="x"), ago(2, 200, 400), None),
        ("exempt", Duty(kind=DutyKind.DAILY, source="x", exempt=True), ago(1, 8, 15), None),
        ("two a day, and never two", TWO_A_DAY, ago(1, 2, 3), None),
    ],
)  # fmt: skip
def test_where_the_pace_leads(what: str, duty: Duty, days: list[date], breach: date | None) -> None:
    assert of(*days, duty=duty).breach == breach, what


def test_a_column_has_a_window_from_its_opening_before_a_breach() -> None:
    assert of(*ago(16, 33, 50), opened=NOW - timedelta(days=6)).breach == D(2026, 4, 3), "in time once more"
    assert of(*ago(10, 40, 70), opened=NOW - timedelta(days=3)).breach == NOW + timedelta(days=12)
