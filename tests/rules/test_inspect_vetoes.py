"""The veto tables of 2015 and 2019, on both sides of every line."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from config.policy import duty_for, policy_for
from monitor.inspection.vetoes import vetoes
from monitor.model.inspecting import ColumnSeen, Doubt, Outcome, SiteSeen, VetoSeen
from monitor.model.judging import Standing
from monitor.model.reading import TroubleKind
from monitor.model.register import Duty, DutyKind, Period, Window
from tests.rules.sites import NOW, column, columns, site, undated

FRESH, SOON, OVERDUE, STALE = Standing.FRESH, Standing.DUE_SOON, Standing.OVERDUE, Standing.STALE
BLANK, UNKNOWN, UNSET, EXEMPT = Standing.BLANK, Standing.UNKNOWN, Standing.NOT_CONFIGURED, Standing.EXEMPT
HIT, WARNING, CLEAR, UNTOLD = Outcome.HIT, Outcome.WARNING, Outcome.CLEAR, Outcome.UNTOLD
WEEKLY = Duty(kind=DutyKind.PERIODIC, window=Window(count=1, period=Period.WEEKS), source="本单位")
YEARLY = replace(WEEKLY, window=Window(count=1, period=Period.YEARS))
AT_WILL = Duty(kind=DutyKind.AS_NEEDED, source="本单位")
PRESETS = {"19": "cn-2019", "15": "cn-2015"}


def line(id_: str, seen: SiteSeen, *, now: date = NOW) -> VetoSeen:
    return next(v for v in vetoes(seen, policy_for(PRESETS[id_[:2]]), now=now) if v.veto.id == id_)


TOP: dict[str, Any] = {"first_level": True}
BELOW: dict[str, Any] = {"first_level": False}
FOUR = columns(4, OVERDUE)

Case = tuple[str, tuple[ColumnSeen, ...], Outcome, int, int]

FAST: list[Case] = [
    ("no column at all", (), CLEAR, 0, 0),
    ("two late columns", columns(2, OVERDUE), CLEAR, 2, 0),
    ("three late columns warn", columns(3, OVERDUE), WARNING, 3, 0),
    ("four late columns still warn", columns(4, OVERDUE), WARNING, 4, 0),
    ("five late columns fail, for the line is inclusive", columns(5, OVERDUE), HIT, 5, 0),
    ("overdue and stale are counted together", columns(2, OVERDUE) + columns(3, STALE), HIT, 5, 0),
    ("news, notices and policy files are counted together",
     columns(2, OVERDUE) + columns(2, STALE, "notice", **TOP) + columns(1, OVERDUE, "policy_file", **TOP), HIT, 5, 0),
    ("notices below the first level do not count", FOUR + columns(3, STALE, "notice", **BELOW), WARNING, 4, 0),
    ("a notice column of unsaid level only may count", FOUR + columns(3, STALE, "notice"), WARNING, 4, 3),
    ("notices of unsaid level alone are untold", columns(5, STALE, "notice"), UNTOLD, 0, 5),
    ("a column that was not seen may count", columns(4, OVERDUE) + columns(9, UNKNOWN), WARNING, 4, 9),
    ("what was not seen could reach the warning line", columns(1, OVERDUE) + columns(2, UNKNOWN), UNTOLD, 1, 2),
    ("what was not seen could not reach it", columns(1, OVERDUE) + columns(1, UNKNOWN), CLEAR, 1, 1),
    ("unseen notices below the first level change nothing", columns(5, UNKNOWN, "notice", **BELOW), CLEAR, 0, 0),
    ("an unseen notice column of unsaid level may count", columns(3, UNKNOWN, "notice"), UNTOLD, 0, 3),
    ("a fresh notice column of unsaid level is in no doubt", columns(5, FRESH, "notice"), CLEAR, 0, 0),
    ("a blank column is counted as blank alone", columns(5, BLANK), CLEAR, 0, 0),
    ("an exempt column does not count", columns(5, EXEMPT), CLEAR, 0, 0),
    ("a column that is due soon is in time", columns(5, SOON), CLEAR, 0, 0),
    ("a column without a number was not judged", columns(5, UNSET), UNTOLD, 0, 5),
    ("late columns of the other group do not count", columns(9, STALE, "other"), CLEAR, 0, 0),
    ("nor those of no group", columns(9, STALE, "reply_list"), CLEAR, 0, 0),
]  # fmt: skip


@pytest.mark.parametrize(("what", "held", "outcome", "measured", "could"), FAST)
def test_columns_not_updated(
    what: str, held: tuple[ColumnSeen, ...], outcome: Outcome, measured: int, could: int
) -> None:
    seen = line("19-V4a", site(*held))
    assert (seen.outcome, seen.measured, seen.could) == (outcome, measured, could), what


def test_the_table_of_2015_knows_no_first_level() -> None:
    assert line("15-V3a", site(*columns(5, STALE, "notice", first_level=False))).outcome is HIT
    assert line("15-V3a", site(*columns(4, STALE, "notice", first_level=False))).outcome is WARNING


def test_what_counts_and_what_may_is_named_in_the_order_of_the_names() -> None:
    held = (column("乙", OVERDUE), column("甲", STALE), column("丁", UNKNOWN), column("丙", STALE, "notice"))
    seen = line("19-V4a", site(*held))
    assert seen.columns == ("乙", "甲")
    assert [(doubt.column, doubt.doubt) for doubt in seen.doubts] == [
        ("丁", Doubt.NOT_SEEN),
        ("丙", Doubt.LEVEL_UNSAID),
    ]


@pytest.mark.parametrize(
    ("what", "held", "counts", "doubt"),
    [
        ("late by a stricter duty, with one of 14 days ago", column("a", OVERDUE, days=14, duty=WEEKLY), False, None),
        ("late by a stricter duty, and by the table's", column("a", OVERDUE, days=15, duty=WEEKLY), True, None),
        ("late by a stricter duty, with no date known", undated("a", OVERDUE, duty=WEEKLY), False, Doubt.OWN_DUTY),
        ("late by the table's duty, with no date (2015)", undated("a", OVERDUE), True, None),
        ("in time by a laxer duty alone", column("a", FRESH, days=15, duty=YEARLY), False, Doubt.OWN_DUTY),
        ("in time by a laxer duty, and by the table's", column("a", FRESH, days=14, duty=YEARLY), False, None),
        ("due soon by a laxer duty alone", column("a", SOON, days=300, duty=YEARLY), False, Doubt.OWN_DUTY),
        ("without a rhythm and without a date", undated("a", FRESH, duty=AT_WILL), False, Doubt.OWN_DUTY),
        ("without a rhythm, silent", column("a", FRESH, duty=AT_WILL, days=99), False, Doubt.OWN_DUTY),
        ("too few entries, though one is new", column("a", OVERDUE, days=14), False, None),
        ("the table's own duty said aloud", column("a", OVERDUE, days=15, duty=duty_for("news")), True, None),
        ("the table's own duty, in time", column("a", FRESH, days=99, duty=duty_for("news")), False, None),
    ],
)  # fmt: skip
def test_the_window_is_that_of_the_table(what: str, held: ColumnSeen, counts: bool, doubt: Doubt | None) -> None:
    seen = line("19-V4a", site(held))
    assert (seen.columns == ("a",), [d.doubt for d in seen.doubts]) == (counts, [doubt] if doubt else []), what


def test_a_stricter_preset_does_not_make_the_official_veto_stricter() -> None:
    xlt, daily = policy_for("panjin-xinglongtai-2024"), duty_for("news", preset="panjin-xinglongtai-2024")
    held = columns(5, OVERDUE, days=14, duty=daily)
    assert next(v for v in vetoes(site(*held), xlt, now=NOW) if v.veto.id == "19-V4a").outcome is CLEAR
    held = columns(5, OVERDUE, days=15, duty=daily)
    assert next(v for v in vetoes(site(*held), xlt, now=NOW) if v.veto.id == "19-V4a").outcome is HIT


@pytest.mark.parametrize(
    ("what", "newest", "now", "late"),
    [
        ("six months after 31 August end with February", date(2025, 8, 31), date(2026, 2, 28), False),
        ("and are over the next day", date(2025, 8, 31), date(2026, 3, 1), True),
        ("a leap year has a 29th", date(2023, 8, 31), date(2024, 2, 29), False),
        ("six months after 18 September", date(2025, 9, 18), date(2026, 3, 18), False),
        ("six months and a day", date(2025, 9, 17), date(2026, 3, 18), True),
    ],
)
def test_six_months_of_notices_are_calendar_months(what: str, newest: date, now: date, late: bool) -> None:
    held = column("a", OVERDUE, "notice", first_level=True, duty=WEEKLY)
    seen = line("19-V4a", site(replace(held, verdict=replace(held.verdict, newest=newest))), now=now)
    assert bool(seen.columns) is late, what


@pytest.mark.parametrize("id_", ["19-V4b", "15-V3b"])
@pytest.mark.parametrize(
    ("late", "unseen", "outcome"),
    [(6, 0, CLEAR), (7, 0, WARNING), (9, 0, WARNING), (10, 0, HIT), (9, 5, WARNING), (6, 1, UNTOLD), (5, 1, CLEAR)],
)
def test_columns_that_should_be_updated(id_: str, late: int, unseen: int, outcome: Outcome) -> None:
    held = columns(late - 2, STALE, "other") + columns(1, OVERDUE, "personnel") + columns(1, STALE, "planning")
    seen = line(id_, site(*held, *columns(unseen, UNKNOWN, "other"), *columns(9, STALE)))
    assert (seen.outcome, seen.measured, seen.could) == (outcome, late, unseen)


@pytest.mark.parametrize("id_", ["19-V4c", "15-V3c"])
@pytest.mark.parametrize(
    ("empty", "unseen", "outcome"),
    [(2, 0, CLEAR), (3, 0, WARNING), (4, 0, WARNING), (5, 0, HIT), (4, 9, WARNING), (2, 1, UNTOLD), (1, 1, CLEAR)],
)
def test_blank_columns(id_: str, empty: int, unseen: int, outcome: Outcome) -> None:
    held = columns(empty - 1, BLANK) + columns(1, BLANK, "reply_list") + columns(unseen, UNKNOWN, "static")
    seen = line(id_, site(*held, *columns(9, STALE), *columns(2, FRESH), *columns(2, SOON), *columns(2, EXEMPT)))
    assert (seen.outcome, seen.measured, seen.could) == (outcome, empty, unseen)


@pytest.mark.parametrize(
    ("what", "held", "could"),
    [
        ("a list that once had entries is not blank", columns(5, UNKNOWN, trouble=TroubleKind.EMPTIED), 0),
        ("nor is one whose entries show no date", columns(5, UNKNOWN, trouble=TroubleKind.UNDATED), 0),
        ("an unread list may be", columns(5, UNKNOWN, trouble=TroubleKind.UNREADABLE), 5),
        ("so may one whose trouble was not kept", columns(5, UNKNOWN, trouble=None), 5),
        ("a column without a number was not looked into", columns(5, UNSET, "budget"), 5),
        ("the home page is no column", columns(5, BLANK, "home"), 0),
        ("and may be none", columns(5, UNKNOWN, "home"), 0),
    ],
)
def test_what_may_be_blank(what: str, held: tuple[ColumnSeen, ...], could: int) -> None:
    seen = line("19-V4c", site(*held))
    assert (seen.outcome, seen.measured, seen.could) == (UNTOLD if could else CLEAR, 0, could), what


@pytest.mark.parametrize("id_", ["19-V2", "15-V1"])
@pytest.mark.parametrize(
    ("what", "probes", "failed", "least", "outcome", "share"),
    [
        ("49 of 1000 are 4.9 %", 1000, 49, 20, WARNING, 0.049),
        ("50 of 1000 are 5.0 %, and the line is inclusive", 1000, 50, 20, HIT, 0.05),
        ("7 of 140 are exactly 5 %", 140, 7, 20, HIT, 0.05),
        ("6 of 140", 140, 6, 20, WARNING, 6 / 140),
        ("30 of 1000 are 3.0 %", 1000, 30, 20, WARNING, 0.03),
        ("29 of 1000 are 2.9 %", 1000, 29, 20, CLEAR, 0.029),
        ("all opened", 168, 0, 24, CLEAR, 0.0),
        ("19 visits on one day prove nothing", 167, 167, 19, UNTOLD, None),
        ("nor does no visit", 0, 0, 0, UNTOLD, None),
    ],
)
def test_a_site_that_cannot_be_reached(
    id_: str, what: str, probes: int, failed: int, least: int, outcome: Outcome, share: float | None
) -> None:
    seen = line(id_, site(probes=probes, failed=failed, least_probes=least))
    assert (seen.outcome, seen.measured) == (outcome, share), what


def home(standing: Standing, days: int | None = None, *, duty: Duty | None = None) -> ColumnSeen:
    return column("首页", standing, "home", days=days, duty=duty)


@pytest.mark.parametrize("id_", ["19-V3", "15-V2"])
@pytest.mark.parametrize(
    ("what", "held", "outcome", "days"),
    [
        ("news 9 days ago", (home(FRESH, 9),), CLEAR, 9),
        ("news 10 days ago warns", (home(FRESH, 10),), WARNING, 10),
        ("news 14 days ago is the last day in time", (home(SOON, 14),), WARNING, 14),
        ("news 15 days ago fails", (home(OVERDUE, 15),), HIT, 15),
        ("long silent", (home(STALE, 99),), HIT, 99),
        ("late by a stricter duty of its own", (home(OVERDUE, 8, duty=WEEKLY),), CLEAR, 8),
        ("late by a stricter duty, and warned", (home(OVERDUE, 14, duty=WEEKLY),), WARNING, 14),
        ("late by both", (home(OVERDUE, 15, duty=WEEKLY),), HIT, 15),
        ("in time by a laxer duty of its own", (home(FRESH, 20, duty=YEARLY),), WARNING, 20),
        ("not seen", (home(UNKNOWN),), UNTOLD, None),
        ("exempt", (home(EXEMPT),), CLEAR, None),
        ("no column for the home page", columns(3, FRESH), UNTOLD, None),
        ("two home pages, one of them alive", (home(STALE, 99), replace(home(FRESH, 3), name="新首页")), CLEAR, 3),
        ("two home pages, one of them not seen", (home(STALE, 50), replace(home(UNKNOWN), name="新首页")), UNTOLD, 50),
        ("blank: it leads to others, one with news", (home(BLANK), column("a", FRESH, days=9)), CLEAR, 9),
        ("blank: the newest of its pages is 10 days old", (home(BLANK), *columns(2, SOON, days=10)), WARNING, 10),
        ("blank: its pages are silent, but more may exist", (home(BLANK), *columns(2, OVERDUE, days=15)), WARNING, 15),
        ("blank: nothing is known of other pages", (home(BLANK), *columns(2, UNKNOWN)), UNTOLD, None),
        ("blank, and no other page is watched", (home(BLANK),), UNTOLD, None),
    ],
)  # fmt: skip
def test_a_silent_home_page(
    id_: str, what: str, held: tuple[ColumnSeen, ...], outcome: Outcome, days: int | None
) -> None:
    seen = line(id_, site(*held))
    assert (seen.outcome, seen.measured) == (outcome, days), what


def test_the_silence_behind_a_home_page_that_only_leads_on_hits_nobody() -> None:
    held = (*columns(1, STALE, days=50), column("b", UNKNOWN), home(STALE, 2))
    seen = line("19-V3", site(*held, navigation_only=True))
    assert (seen.outcome, seen.measured, seen.columns) == (UNTOLD, 50, ())
    assert [(d.column, d.doubt) for d in seen.doubts] == [
        ("b", Doubt.NOT_SEEN),
        ("news STALE 0", Doubt.HOME_LEADS_ON),
    ]
    without = line("19-V3", site(held[0], held[2], navigation_only=True))
    assert (without.outcome, without.measured) == (WARNING, 50)
    alive = line("19-V3", site(*held, column("c", FRESH), navigation_only=True))
    assert (alive.outcome, alive.doubts) == (CLEAR, ())


def test_a_home_page_in_doubt_is_named() -> None:
    assert line("19-V3", site(home(STALE))).columns == ("首页",)
    assert [d.doubt for d in line("19-V3", site(home(UNKNOWN))).doubts] == [Doubt.NOT_SEEN]


@pytest.mark.parametrize("id_", ["19-V5b", "15-V5"])
@pytest.mark.parametrize(("overdue", "outcome"), [(None, UNTOLD), (0, CLEAR), (1, HIT), (2, HIT)])
def test_messages_that_nobody_answers(id_: str, overdue: int | None, outcome: Outcome) -> None:
    seen = line(id_, site(overdue_replies=overdue))
    assert (seen.outcome, seen.measured) == (outcome, overdue)


@pytest.mark.parametrize("id_", ["19-V1", "19-V5a", "19-V6", "15-V4"])
def test_what_only_a_person_can_find(id_: str) -> None:
    assert line(id_, site()).outcome is Outcome.BY_HAND
    assert line(id_, site(by_hand={id_: 1})).outcome is HIT
    assert line(id_, site(by_hand={id_: 0})).outcome is CLEAR


def test_what_a_person_has_found_goes_before_what_was_measured() -> None:
    assert line("19-V5b", site(by_hand={"19-V5b": 2})).measured == 2
    assert line("19-V3", site(home(FRESH), by_hand={"19-V3": 1})).outcome is HIT


@pytest.mark.parametrize(
    ("held", "left"), [(columns(3, OVERDUE), 2), (columns(5, OVERDUE), 0), (columns(7, OVERDUE), 0)]
)
def test_how_many_more_and_the_site_fails(held: tuple[ColumnSeen, ...], left: int) -> None:
    assert line("19-V4a", site(*held)).left == left


def test_only_columns_are_counted_up_to_a_line() -> None:
    seen = site(home(FRESH), probes=1000, failed=40, least_probes=99, overdue_replies=0)
    assert [line(id_, seen).left for id_ in ("19-V1", "19-V2", "19-V3", "19-V5b")] == [None] * 4
