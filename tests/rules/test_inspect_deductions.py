"""The deduction tables: what each line counts, and what it costs where its points are known."""

from dataclasses import replace

import pytest

from config.policy import duty_for, policy_for
from monitor.inspection.deductions import deducted
from monitor.model.inspecting import ColumnSeen, Deducted, SiteSeen
from monitor.model.judging import Standing
from monitor.model.policy import Policy, ScoreMode
from monitor.model.register import Duty, DutyKind, Period, Window
from tests.rules.sites import NOW, column, columns, site

FRESH, SOON, OVERDUE, STALE = Standing.FRESH, Standing.DUE_SOON, Standing.OVERDUE, Standing.STALE
BLANK, UNKNOWN, UNSET, EXEMPT = Standing.BLANK, Standing.UNKNOWN, Standing.NOT_CONFIGURED, Standing.EXEMPT
D15, D19 = policy_for("cn-2015"), policy_for("cn-2019")
YEAR = Window(count=1, period=Period.YEARS)
ONE_A_YEAR = Duty(kind=DutyKind.PERIODIC, window=YEAR, source="本单位")
TWELVE_A_YEAR = replace(ONE_A_YEAR, min_items=12)
SIX_A_YEAR = duty_for("survey")
MONTHLY = replace(ONE_A_YEAR, min_items=6, window=Window(count=1, period=Period.MONTHS))


def lines(seen: SiteSeen, policy: Policy, mode: ScoreMode = ScoreMode.OF_HUNDRED) -> dict[str, Deducted]:
    return {one.deduction.id: one for one in deducted(seen, policy, mode=mode, now=NOW)}


def line(id_: str, seen: SiteSeen) -> Deducted:
    return lines(seen, D15 if id_.startswith("15") else D19)[id_]


@pytest.mark.parametrize(
    ("id_", "category", "points"),
    [
        ("15-S4a", "news", -3),
        ("15-S4b", "notice", -4),
        ("15-S4b", "policy_file", -4),
        ("15-S4c", "personnel", -5),
        ("15-S4c", "planning", -5),
        ("19-D1", "policy_file", -5),
        ("19-D2", "service_stats", -2),
        ("19-D3", "reply_list", -3),
    ],
)
def test_each_column_that_is_not_updated_costs_its_points(id_: str, category: str, points: float) -> None:
    held = columns(2, STALE, category, first_level=True) + columns(3, FRESH, category) + columns(2, BLANK, category)
    assert (line(id_, site(*held)).count, line(id_, site(*held)).points) == (2, 2 * points)
    one = line(id_, site(*held, column("新", OVERDUE, category, first_level=True)))
    assert (one.count, one.points, one.columns[-1]) == (3, 3 * points, "新")
    unseen = line(id_, site(*held, column("未", UNKNOWN, category)))
    assert (unseen.count, unseen.points, [d.column for d in unseen.doubts]) == (None, None, ["未"])


def test_only_first_level_policy_columns_count_in_2019() -> None:
    assert line("19-D1", site(*columns(2, STALE, "policy_file", first_level=False))).points == 0
    assert line("19-D1", site(*columns(2, STALE, "policy_file"))).points is None


@pytest.mark.parametrize(("id_", "category"), [("19-D7", "news"), ("19-D8", "notice")])
def test_a_line_without_points_is_counted_and_costs_nothing_known(id_: str, category: str) -> None:
    one = line(id_, site(*columns(2, STALE, category, first_level=True)))
    assert (one.deduction.points, one.count, one.points) == (None, 2, None)


def test_blank_columns_are_counted_without_points() -> None:
    one = line("19-D6", site(*columns(2, BLANK)))
    assert (one.count, one.points, len(one.columns)) == (2, None, 2)


@pytest.mark.parametrize(
    ("id_", "category", "points"), [("15-S6a", "survey", -5), ("15-S7a", "interview", -5)]
)  # fmt: skip
@pytest.mark.parametrize(
    ("what", "standings", "count"),
    [
        ("no such column: another line", (), 0),
        ("none in a year", (STALE,), 1),
        ("none in a year in either", (STALE, OVERDUE), 1),
        ("some in one of two", (STALE, FRESH), 0),
        ("some in one of three, whatever the unseen one holds", (STALE, SOON, UNKNOWN), 0),
        ("one was not seen", (STALE, UNKNOWN), None),
        ("a blank one is counted elsewhere", (BLANK,), 0),
        ("and says nothing of another", (BLANK, STALE), 1),
        ("an exempt one does not count", (EXEMPT,), 0),
    ],
)
def test_none_within_a_year_costs_once(
    id_: str, category: str, points: float, what: str, standings: tuple[Standing, ...], count: int | None
) -> None:
    held = [column(f"{n}", standing, category) for n, standing in enumerate(standings)]
    one = line(id_, site(*held))
    assert (one.count, one.points) == (count, None if count is None else count * points), what


def survey(standing: Standing, *, days: int | None = None, name: str = "a", duty: Duty | None = None) -> ColumnSeen:
    return column(name, standing, "survey", days=days, duty=duty)


@pytest.mark.parametrize(
    ("what", "held", "none", "few"),
    [
        ("six and more", (survey(FRESH),), 0, 0),
        ("fewer, the newest of a year ago", (survey(OVERDUE, days=365),), 0, 1),
        ("none: the other line", (survey(OVERDUE, days=366),), 1, 0),
        ("fewer by the duty said aloud", (survey(OVERDUE, days=9, duty=SIX_A_YEAR),), 0, 1),
        ("six by the duty said aloud", (survey(SOON, days=9, duty=SIX_A_YEAR),), 0, 0),
        ("one a year is asked: six are not proved", (survey(FRESH, days=9, duty=ONE_A_YEAR),), 0, None),
        ("fewer than one is fewer than six", (survey(OVERDUE, days=366, duty=ONE_A_YEAR),), 1, 0),
        ("twelve a year are asked and there", (survey(FRESH, duty=TWELVE_A_YEAR),), 0, 0),
        ("fewer than twelve may be six", (survey(OVERDUE, days=9, duty=TWELVE_A_YEAR),), 0, None),
        ("another window proves nothing", (survey(FRESH, duty=MONTHLY),), 0, None),
        ("neither way", (survey(OVERDUE, days=99, duty=MONTHLY),), 0, None),
        ("not seen", (survey(UNKNOWN),), None, None),
        ("without a number", (survey(UNSET),), None, None),
        ("blank", (survey(BLANK),), 0, 0),
        ("two with too few each are not added up", (survey(OVERDUE, days=9), survey(STALE, days=8, name="b")), 0, None),
        ("of two, one has none", (survey(OVERDUE, days=9), survey(STALE, name="b")), 0, 1),
        ("of two, one has six", (survey(OVERDUE, days=9), survey(FRESH, name="b")), 0, 0),
        ("of two, one was not seen", (survey(OVERDUE, days=9), survey(UNKNOWN, name="b")), 0, None),
        ("of two seen and not seen, one has six", (survey(FRESH), survey(UNKNOWN, name="b")), 0, 0),
    ],
)
def test_fewer_than_six_in_a_year_cost_once(
    what: str, held: tuple[ColumnSeen, ...], none: int | None, few: int | None
) -> None:
    seen = lines(site(*held), D15)
    assert (seen["15-S6a"].count, seen["15-S6b"].count) == (none, few), what
    assert seen["15-S6b"].points == (None if few is None else -3 * few)


def test_what_hides_a_count_is_named() -> None:
    seen = line("15-S6b", site(survey(UNKNOWN), survey(UNSET, name="b"), survey(FRESH, name="c", duty=MONTHLY)))
    assert [(d.column, d.doubt.value) for d in seen.doubts] == [
        ("a", "not_seen"),
        ("b", "no_window"),
        ("c", "own_duty"),
    ]
    assert line("15-S6a", site(survey(UNKNOWN))).doubts[0].column == "a"
    assert line("15-S6a", site(survey(STALE))).columns == line("15-S6b", site(survey(STALE, days=1))).columns == ("a",)


@pytest.mark.parametrize(
    ("probes", "failed", "least", "points"),
    [(200, 0, 20, 0), (200, 1, 20, 0), (200, 2, 20, -5), (200, 9, 20, -20), (200, 9, 19, None), (0, 0, 0, None)],
)
def test_each_whole_percent_of_failed_visits_costs_five(
    probes: int, failed: int, least: int, points: float | None
) -> None:
    assert line("15-S1", site(probes=probes, failed=failed, least_probes=least)).points == points


@pytest.mark.parametrize(("new", "points"), [(9, -5), (10, 0), (0, -5), (None, None)])
def test_fewer_than_ten_new_entries_on_the_home_page_cost_five(new: int | None, points: float | None) -> None:
    assert line("15-S3", site(home_new=new)).points == points


def test_what_only_a_person_can_count_is_unsaid_until_one_has() -> None:
    assert (line("15-S2a", site()).count, line("15-S2a", site()).points) == (None, None)
    counted = line("15-S2a", site(by_hand={"15-S2a": 3}))
    assert (counted.count, counted.points) == (3, -3)
    assert line("15-S2b", site(by_hand={"15-S2b": 4})).points == pytest.approx(-0.4)
    assert line("15-S4a", site(*columns(2, UNKNOWN), by_hand={"15-S4a": 1})).points == -3


@pytest.mark.parametrize(("classes", "points"), [(7, -14), (8, -16), (9, -16)])
def test_a_line_takes_no_more_than_its_cap(classes: int, points: float) -> None:
    assert line("15-S8", site(by_hand={"15-S8": classes})).points == points


def test_a_sum_of_deductions_has_no_caps() -> None:
    seen = lines(site(by_hand={"15-S8": 9}), D15, ScoreMode.DEDUCTIONS)
    assert seen["15-S8"].points == -18


def test_a_cap_bounds_a_bonus_too() -> None:
    bonus = replace(D19.deductions[-1], points=4.0, cap=10.0)
    seen = lines(site(by_hand={bonus.id: 3}), replace(D19, deductions=(bonus,)))
    assert (bonus.bonus, seen[bonus.id].points) == (True, 10)


@pytest.mark.parametrize(
    ("policy", "mode", "count"),
    [
        (D15, ScoreMode.OF_HUNDRED, 19),
        (D19, ScoreMode.DEDUCTIONS, 8),
        (D15, ScoreMode.VETOES_ONLY, 0),
        (policy_for("review-date"), ScoreMode.OF_HUNDRED, 0),
    ],
)
def test_a_mode_that_the_policy_lacks_lists_nothing(policy: Policy, mode: ScoreMode, count: int) -> None:
    assert len(lines(site(), policy, mode)) == count


def test_no_number_is_invented() -> None:
    unknown = {one.id for policy in (D15, D19) for one in policy.deductions if one.points is None}
    assert unknown == {
        *("15-S4d", "15-S5b", "15-S6c", "15-S8b", "15-S9a", "15-S9b"),
        *("19-D5", "19-D6", "19-D7", "19-D8", "19-B1"),
    }
    assert all(one.sureness.value == "X" for one in D15.deductions + D19.deductions if one.points is None)
    assert not D15.complete
    assert not D19.complete
