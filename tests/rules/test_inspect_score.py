"""Inspections whole: the score or why there is none, the ranking, the comparison, and what holds of all of them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.policy import policy_for
from monitor.inspection import compare, inspect, rank
from monitor.model.inspecting import ColumnSeen, Inspection, NoScore, Outcome, SiteSeen
from monitor.model.judging import Standing
from monitor.model.policy import Counted, Deduction, Policy, Scale, ScoreMode, Sureness, VetoKind
from monitor.model.register import Group
from tests.rules.sites import NOW, column, columns, site, told, verdict

FRESH, OVERDUE, STALE, BLANK, UNKNOWN = (
    Standing.FRESH,
    Standing.OVERDUE,
    Standing.STALE,
    Standing.BLANK,
    Standing.UNKNOWN,
)
HUNDRED, SUM, VETOES = ScoreMode.OF_HUNDRED, ScoreMode.DEDUCTIONS, ScoreMode.VETOES_ONLY
D15, D19 = policy_for("cn-2015"), policy_for("cn-2019")


def by_hand(id_: str, points: float, *, indicator: str = "", bonus: bool = False) -> Deduction:
    return Deduction(
        id=id_,
        zh=id_,
        counted=Counted.BY_HAND,
        points=points,
        source="测试",
        sureness=Sureness.D,
        indicator=indicator,
        bonus=bonus,
    )


def whole(*lines: Deduction, **scale: Any) -> Policy:
    """A table that is known whole, with the vetoes on columns alone."""
    vetoes = tuple(veto for veto in D19.vetoes if veto.kind.counts_columns)
    return replace(D19, vetoes=vetoes, deductions=lines, scale=Scale(whole=True, pass_at_least=60, **scale))


def inspected(seen: SiteSeen, policy: Policy, mode: ScoreMode = HUNDRED) -> Inspection:
    return inspect(seen, policy, mode=mode, now=NOW)


@pytest.mark.parametrize(
    ("lost", "score", "unqualified"),
    [(0, 100, False), (40, 60, False), (40.1, 59.9, True), (99, 1, True), (300, 0, True)],
)
def test_sixty_of_a_hundred_is_a_pass(lost: float, score: float, unqualified: bool) -> None:
    got = inspected(site(by_hand={"a": 1}), whole(by_hand("a", -lost)))
    assert (got.score, got.no_score, got.unqualified) == (score, None, unqualified)


@pytest.mark.parametrize(
    ("lost", "gained", "score"), [(20, 9, 80), (19.9, 9, 89.1), (0, 30, 130), (0, 31, 130), (10, 0, 90)]
)
def test_only_a_score_over_eighty_enters_the_bonus(lost: float, gained: float, score: float) -> None:
    policy = whole(by_hand("a", -lost), by_hand("b", gained, bonus=True), bonus_above=80, bonus_most=30)
    assert inspected(site(by_hand={"a": 1, "b": 1}), policy).score == pytest.approx(score)


def test_a_bonus_without_a_bound_is_added_whole_and_one_that_is_not_counted_hides_the_score() -> None:
    policy = whole(by_hand("a", -1), by_hand("b", 50, bonus=True), bonus_above=80)
    assert inspected(site(by_hand={"a": 0, "b": 1}), policy).score == 150
    assert inspected(site(by_hand={"a": 0}), policy).no_score is NoScore.UNSEEN
    assert inspected(site(by_hand={"a": 20}), policy).score == 80
    unbound = replace(policy, scale=Scale(whole=True))
    low = inspected(site(by_hand={"a": 90}), unbound)
    assert (low.score, low.unqualified) == (10, False)


def test_an_indicator_loses_no_more_than_its_total() -> None:
    lines = (by_hand("a", -4, indicator="甲"), by_hand("b", -3, indicator="甲"), by_hand("c", -20, indicator="乙"))
    everything = site(by_hand={"a": 1, "b": 1, "c": 1})
    assert inspected(everything, whole(*lines)).score == 73
    assert inspected(everything, whole(*lines, totals={"甲": 5.0})).score == 75
    assert inspected(everything, whole(*lines, totals={"甲": 7.0, "乙": 20.0})).score == 73


def test_a_sum_of_deductions_has_no_floor_no_total_and_no_pass_mark() -> None:
    lines = (by_hand("a", -8.5, indicator="甲"), by_hand("b", 9, bonus=True))
    policy = whole(*lines, totals={"甲": 5.0}, bonus_above=80)
    for times, score in ((1, -8.5), (31, -263.5), (0, 0)):
        got = inspected(site(by_hand={"a": times, "b": 1}), policy, SUM)
        assert (got.score, got.unqualified) == (score, False)


def test_tenths_leave_no_dust() -> None:
    assert inspected(site(by_hand={"a": 3}), whole(by_hand("a", -0.1))).score == 99.7
    assert inspected(site(by_hand={"a": 3}), whole(by_hand("a", -0.1)), SUM).score == -0.3


@pytest.mark.parametrize(
    ("what", "seen", "policy", "mode", "why"),
    [
        ("nothing is scored after a veto", site(*columns(5, STALE)), whole(by_hand("a", -1)), HUNDRED, NoScore.VETOED),
        ("nor in a sum", site(*columns(5, STALE)), whole(by_hand("a", -1)), SUM, NoScore.VETOED),
        ("the table of 2019 was not read whole", site(), D19, HUNDRED, NoScore.TABLE_INCOMPLETE),
        ("that of 2015 lacks points", site(), D15, HUNDRED, NoScore.TABLE_INCOMPLETE),
        ("a veto before an incomplete table", site(*columns(5, STALE)), D19, HUNDRED, NoScore.VETOED),
        ("a line was not counted", site(), whole(by_hand("a", -1)), HUNDRED, NoScore.UNSEEN),
        ("nor in a sum", site(), whole(by_hand("a", -1)), SUM, NoScore.UNSEEN),
        ("a veto is untold", site(*columns(5, UNKNOWN)), whole(), HUNDRED, NoScore.UNSEEN),
        ("only vetoes are asked for", site(), whole(), VETOES, NoScore.MODE),
        ("even of a site that fails", site(*columns(5, STALE)), whole(), VETOES, NoScore.MODE),
        ("the policy has no table", site(), policy_for("review-date"), HUNDRED, NoScore.MODE),
    ],
)  # fmt: skip
def test_why_there_is_no_score(what: str, seen: SiteSeen, policy: Policy, mode: ScoreMode, why: NoScore) -> None:
    got = inspected(seen, policy, mode)
    assert (got.score, got.no_score) == (None, why), what
    assert got.unqualified is (len(seen.columns) == 5 and Outcome.HIT in told(got.vetoes).values())
    if why is NoScore.VETOED:
        assert got.deducted == ()


def test_a_veto_that_only_a_person_can_find_hides_the_score_until_one_has_looked() -> None:
    policy = replace(whole(), vetoes=D19.vetoes[:1])
    assert policy.vetoes[0].kind is VetoKind.BY_HAND
    assert inspected(site(), policy).no_score is NoScore.UNSEEN
    assert inspected(site(by_hand={"19-V1": 0}), policy).score == 100
    found = inspected(site(by_hand={"19-V1": 1}), policy)
    assert (found.no_score, found.unqualified, found.hits) == (NoScore.VETOED, True, 1)


def test_an_inspection_says_of_whom_when_and_by_what() -> None:
    got = inspected(site(*columns(2, STALE), *columns(1, FRESH)), D19)
    assert (got.site, got.unit, got.group, got.at) == ("财政局", "财政局", Group.DEPARTMENT, date(2026, 3, 18))
    assert (got.policy, got.mode) == (f"cn-2019 {D19.version}", HUNDRED)
    assert got.standings == (("FRESH", 1), ("STALE", 2))
    assert len(got.deducted) == len(D19.deductions)


def ranked(*seen: Inspection) -> list[tuple[int, str]]:
    return [(one.place, one.inspection.site) for one in rank(seen)[Group.DEPARTMENT]]


def late(name: str, count: int, policy: Policy = D19, **more: Any) -> Inspection:
    return inspected(site(*columns(count, STALE), *columns(9, UNKNOWN), name=name, **more), policy)


def test_without_scores_vetoes_rank_first_and_then_columns_that_are_late() -> None:
    twice = inspected(site(*columns(5, STALE), *columns(5, BLANK), name="两项否决"), D19)
    got = ranked(twice, late("否决", 6), late("四", 4), late("乙", 1), late("甲", 1), late("无", 0))
    assert got == [(1, "无"), (2, "乙"), (2, "甲"), (4, "四"), (5, "否决"), (6, "两项否决")]


def scored(name: str, lost: int, *held: ColumnSeen) -> Inspection:
    return inspected(site(*held, name=name, by_hand={"a": lost}), whole(by_hand("a", -1)))


def test_scores_rank_where_all_that_can_have_one_do() -> None:
    got = ranked(scored("优", 1, *columns(3, STALE)), scored("良", 20), scored("也良", 20), late("否决", 5, whole()))
    assert got == [(1, "优"), (2, "也良"), (2, "良"), (4, "否决")]


def test_one_score_among_sites_without_any_ranks_nothing() -> None:
    assert ranked(scored("有分", 50), late("无分", 1)) == [(1, "有分"), (2, "无分")]
    assert ranked(scored("有分", 0, *columns(2, STALE)), late("无分", 1)) == [(1, "无分"), (2, "有分")]


def test_each_group_is_ranked_by_itself() -> None:
    portal = late("县", 3, group=Group.COUNTY_PORTAL)
    groups = rank([late("局", 1), portal])
    assert list(groups) == [Group.COUNTY_PORTAL, Group.DEPARTMENT]
    assert groups[Group.COUNTY_PORTAL][0].place == groups[Group.DEPARTMENT][0].place == 1


def test_a_comparison_names_what_is_new_what_is_mended_and_what_is_out_of_sight() -> None:
    before = inspected(site(*(column(n, STALE) for n in "abcde")), D19)
    held = (column("a", STALE), column("b", FRESH), column("c", UNKNOWN), column("f", OVERDUE))
    got = compare(inspected(site(*held), D19), before)
    assert (got.site, got.same_rules, got.late, got.unseen, got.score) == ("财政局", True, -3, 1, None)
    (change,) = got.vetoes
    assert (change.veto.id, change.was, change.now) == ("19-V4a", Outcome.HIT, Outcome.UNTOLD)
    assert (change.added, change.cleared, change.lost) == (("f",), ("b", "d", "e"), ("c",))


def test_an_outcome_may_change_without_columns_and_what_stands_is_left_out() -> None:
    before = inspected(site(overdue_replies=0), D19)
    assert compare(before, before).vetoes == ()
    (change,) = compare(inspected(site(overdue_replies=1), D19), before).vetoes
    assert (change.was, change.now, change.added) == (Outcome.CLEAR, Outcome.HIT, ())


def test_scores_are_compared_under_one_rule_alone() -> None:
    assert compare(scored("a", 10), scored("a", 25)).score == 15
    assert compare(scored("a", 10), late("a", 5, whole(by_hand("a", -1)))).score is None
    assert compare(late("a", 5, whole(by_hand("a", -1))), scored("a", 10)).score is None
    other = compare(scored("a", 10), replace(scored("a", 25), policy="cn-2015 0"))
    assert (other.same_rules, other.score) == (False, None)
    assert not compare(scored("a", 10), replace(scored("a", 10), mode=SUM)).same_rules
    assert compare(inspected(site(), D19), inspected(site(*columns(1, STALE)), D15)).vetoes == ()


# What blames more stands further on.
BLAME = {Outcome.CLEAR: 0, Outcome.UNTOLD: 0, Outcome.BY_HAND: 0, Outcome.WARNING: 1, Outcome.HIT: 2}
CATEGORIES = ("home", "news", "notice", "policy_file", "personnel", "other", "survey", "budget")


@st.composite
def held(draw: st.DrawFn) -> tuple[ColumnSeen, ...]:
    kinds = st.tuples(st.sampled_from(CATEGORIES), st.sampled_from(Standing), st.sampled_from((True, False, None)))
    rows = draw(st.lists(st.tuples(kinds, st.integers(0, 20)), max_size=24))
    return tuple(
        column(f"{n}", standing, category, first_level=level, days=days if standing is FRESH else None)
        for n, ((category, standing, level), days) in enumerate(rows)
    )


@given(held(), st.randoms(use_true_random=False))
def test_the_order_of_columns_does_not_matter(seen: tuple[ColumnSeen, ...], dice: Any) -> None:
    mixed = list(seen)
    dice.shuffle(mixed)
    assert inspected(site(*mixed), D15) == inspected(site(*seen), D15)


@given(held(), st.integers(0))
def test_what_is_not_seen_never_makes_an_outcome_worse(seen: tuple[ColumnSeen, ...], which: int) -> None:
    hidden = which % max(1, len(seen))
    without = tuple(replace(c, verdict=verdict(UNKNOWN)) if n == hidden else c for n, c in enumerate(seen))
    assert_no_worse(without, seen)


@given(held(), st.integers(0))
def test_a_fresh_entry_never_makes_an_outcome_worse(seen: tuple[ColumnSeen, ...], which: int) -> None:
    mended = tuple(
        replace(c, verdict=verdict(FRESH, days=0)) if n == which % max(1, len(seen)) else c for n, c in enumerate(seen)
    )
    assert_no_worse(mended, seen)
    assert_no_worse((*seen, column("新", FRESH, days=0)), seen)


def assert_no_worse(after: tuple[ColumnSeen, ...], before: tuple[ColumnSeen, ...]) -> None:
    for policy in (D15, D19):
        was = told(inspected(site(*before), policy).vetoes)
        now = told(inspected(site(*after), policy).vetoes)
        assert all(BLAME[now[id_]] <= BLAME[was[id_]] for id_ in was)
