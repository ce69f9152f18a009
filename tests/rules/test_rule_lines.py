"""Each numbered line of docs/design/rules.md, on both sides: a line that has a number and no case fails here.

The cases go through the real policies and the real rules. Lines whose number nobody could read (X), that only a person
can find, or that belong to a watch of messages and guides, are named with that reason.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from config.policy import duty_for, policy_for
from monitor.inspection import inspect
from monitor.inspection.deductions import deducted
from monitor.inspection.vetoes import vetoes
from monitor.judge import judge
from monitor.model.inspecting import ColumnSeen, Outcome, SiteSeen
from monitor.model.judging import History, Standing
from monitor.model.policy import Counted, Deduction, Scale, ScoreMode, Sureness
from monitor.model.reading import Entry
from monitor.model.register import Window
from monitor.workdays import china, window_end
from tests.rules.sites import NOW, column, columns, site

RULES = (Path(__file__).parents[2] / "docs" / "design" / "rules.md").read_text("utf-8")
OVERDUE, STALE, BLANK, FRESH = Standing.OVERDUE, Standing.STALE, Standing.BLANK, Standing.FRESH
HIT, WARNING, CLEAR, UNTOLD = Outcome.HIT, Outcome.WARNING, Outcome.CLEAR, Outcome.UNTOLD


@dataclass(frozen=True)
class Case:
    """A line of the rules, what lies on this side of it, what the program makes of that, and what it should."""

    line: str
    what: str
    found: object
    expected: object


def veto(id_: str, seen: SiteSeen) -> Outcome:
    policy = policy_for("cn-2015" if id_.startswith("15") else "cn-2019")
    return next(one.outcome for one in vetoes(seen, policy, now=NOW) if one.veto.id == id_)


def points(id_: str, seen: SiteSeen) -> float | None:
    policy = policy_for("cn-2015" if id_.startswith("15") else "cn-2019")
    lines = deducted(seen, policy, mode=ScoreMode.OF_HUNDRED, now=NOW)
    return next(one.points for one in lines if one.deduction.id == id_)


def score(lost: float, gained: float = 0) -> tuple[float | None, bool]:
    """Of a table that is whole, with the frame of 2019: the score, and whether the site is unqualified."""
    frame = policy_for("cn-2019")
    lines = (_points_line("a", -lost), _points_line("b", gained))
    whole = replace(frame, vetoes=(), deductions=lines, scale=replace(frame.scale, whole=True, totals={"满": 50}))
    found = inspect(site(by_hand={"a": 1, "b": 1}), whole, mode=ScoreMode.OF_HUNDRED, now=NOW)
    return found.score, found.unqualified


def _points_line(id_: str, value: float, indicator: str = "") -> Deduction:
    return Deduction(
        id=id_, zh=id_, counted=Counted.BY_HAND, points=value, source="x", sureness=Sureness.B,
        indicator=indicator, bonus=id_ == "b",
    )  # fmt: skip


def capped(lost: float) -> float | None:
    """Three lines of one indicator, whose total is 10."""
    lines = tuple(_points_line(f"{n}", -lost / 3, "一") for n in range(3))
    whole = replace(
        policy_for("cn-2019"), vetoes=(), deductions=lines, scale=Scale(whole=True, pass_at_least=60, totals={"一": 10})
    )
    by_hand = {line.id: 1 for line in lines}
    return inspect(site(by_hand=by_hand), whole, mode=ScoreMode.OF_HUNDRED, now=NOW).score


def spared(lost: float, *, serves: bool = False) -> float | None:
    """With another 10 points lost in the block of services, which a department without any is not asked for."""
    lines = (_points_line("a", -lost), replace(_points_line("s", -10), service=True))
    frame = policy_for("cn-2019")
    whole = replace(frame, vetoes=(), deductions=lines, scale=replace(frame.scale, whole=True))
    seen = site(by_hand={"a": 1, "s": 1}, serves=serves)
    return inspect(seen, whole, mode=ScoreMode.OF_HUNDRED, now=NOW).score


def late(category: str, newest: date, now: date, preset: str = "cn-2019", count: int = 1) -> bool:
    """Whether a column with so many entries of one day is late under the duty of its category."""
    entries = tuple(Entry(title=f"{n}", url=f"/{n}", published=newest) for n in range(count))
    duty = duty_for(category, preset=preset)
    return judge(History(seen=entries), duty, china(), now=now).standing.accuses


def home(days: int) -> ColumnSeen:
    return column("首页", FRESH if days < 15 else OVERDUE, "home", days=days)


def fast(count: int) -> SiteSeen:
    """News late on their 15th day, and others that are silent for 14 days and so in time."""
    weekly = replace(duty_for("news"), source="本单位")
    return site(*columns(count, OVERDUE, days=15), *columns(9, FRESH, "notice", days=14, first_level=True, duty=weekly))


def visits(failed: int, *, least: int = 20) -> SiteSeen:
    return site(probes=1000, failed=failed, least_probes=least)


def cases() -> Iterator[Case]:
    for id_ in ("15-V1", "19-V2"):
        yield Case(id_, "4.9 % of the visits failed", veto(id_, visits(49)), WARNING)
        yield Case(id_, "5.0 % did", veto(id_, visits(50)), HIT)
        yield Case(id_, "2.9 % are below the early warning", veto(id_, visits(29)), CLEAR)
        yield Case(id_, "19 visits on one day prove nothing", veto(id_, visits(50, least=19)), UNTOLD)
    for id_ in ("15-V2", "19-V3"):
        yield Case(id_, "the home page is silent for 9 days", veto(id_, site(home(9))), CLEAR)
        yield Case(id_, "for 10", veto(id_, site(home(10))), WARNING)
        yield Case(id_, "for 14", veto(id_, site(home(14))), WARNING)
        yield Case(id_, "for 15", veto(id_, site(home(15))), HIT)
    undated = (Entry(title="未注明", url="/1", published=None),)
    for preset, standing in (("cn-2015", OVERDUE), ("cn-2019", Standing.UNKNOWN)):
        found = judge(History(seen=undated), duty_for("news", preset=preset), china(), now=NOW).standing
        yield Case("15-V2n", f"an undated list under {preset}", found, standing)
    for id_, of in (("15-V3a", "15-V3a"), ("19-V4", "19-V4a")):
        yield Case(id_, "2 columns", veto(of, fast(2)), CLEAR)
        yield Case(id_, "3 of 5: 2 more and the site fails", veto(of, fast(3)), WARNING)
        yield Case(id_, "4 columns", veto(of, fast(4)), WARNING)
        yield Case(id_, "5 columns", veto(of, fast(5)), HIT)
    for id_, of in (("15-V3b", "15-V3b"), ("19-V4", "19-V4b")):
        yield Case(id_, "6 columns are not more than 6", veto(of, site(*columns(6, STALE, "other"))), CLEAR)
        yield Case(id_, "9 columns", veto(of, site(*columns(9, STALE, "other"))), WARNING)
        yield Case(id_, "10 columns", veto(of, site(*columns(10, STALE, "other"))), HIT)
    for id_, of in (("15-V3c", "15-V3c"), ("19-V4", "19-V4c")):
        yield Case(id_, "2 blank columns", veto(of, site(*columns(2, BLANK))), CLEAR)
        yield Case(id_, "4 blank columns", veto(of, site(*columns(4, BLANK))), WARNING)
        yield Case(id_, "5 blank columns", veto(of, site(*columns(5, BLANK))), HIT)
    for id_, of in (("15-V5", "15-V5"), ("19-V5", "19-V5b")):
        yield Case(id_, "no message for too long", veto(of, site(overdue_replies=0)), CLEAR)
        yield Case(id_, "one message for too long", veto(of, site(overdue_replies=1)), HIT)
        limit = window_end(date(2025, 12, 18), _window_of(of), china())
        yield Case(id_, "three months", limit, date(2026, 3, 18))
    yield from _deductions()
    yield from _frame()


def _window_of(id_: str) -> Window:
    policy = policy_for("cn-2015" if id_.startswith("15") else "cn-2019")
    return next(one.window for one in policy.vetoes if one.id == id_ and one.window)


def _deductions() -> Iterator[Case]:
    yield Case("15-S1", "0.9 % of the visits failed", points("15-S1", visits(9)), 0)
    yield Case("15-S1", "1 %", points("15-S1", visits(10)), -5)
    yield Case("15-S1", "2.9 %", points("15-S1", visits(29)), -10)
    yield Case("15-S2", "a broken link of the home page", points("15-S2a", site(by_hand={"15-S2a": 1})), -1)
    yield Case("15-S2", "a broken link elsewhere", points("15-S2b", site(by_hand={"15-S2b": 1})), -0.1)
    yield Case("15-S3", "9 new items", points("15-S3", site(home_new=9)), -5)
    yield Case("15-S3", "10 new items", points("15-S3", site(home_new=10)), 0)
    for id_, category, cost in (
        ("15-S4a", "news", -3), ("15-S4b", "notice", -4), ("15-S4c", "personnel", -5),
        ("19-D1", "policy_file", -5), ("19-D2", "service_stats", -2), ("19-D3", "reply_list", -3),
    ):  # fmt: skip
        yield Case(id_, "none", points(id_, site(*columns(2, FRESH, category, first_level=True))), 0)
        yield Case(id_, "one late", points(id_, site(*columns(1, STALE, category, first_level=True))), cost)
    yield Case("15-S5", "a letter", points("15-S5a", site(by_hand={"15-S5a": 0})), 0)
    yield Case("15-S5", "none in a year", points("15-S5a", site(by_hand={"15-S5a": 1})), -5)
    for id_, category, cost in (("15-S6", "survey", -5), ("15-S7", "interview", -5)):
        of_year, before = column("a", OVERDUE, category, days=365), column("a", OVERDUE, category, days=366)
        yield Case(id_, "one within the year, fewer than six", points(f"{id_}b", site(of_year)), -3)
        yield Case(id_, "none within the year", points(f"{id_}a", site(before)), cost)
        yield Case(id_, "some are not none", points(f"{id_}a", site(of_year)), 0)
        yield Case(id_, "six of a year", points(f"{id_}b", site(column("a", FRESH, category))), 0)
        day, now = date(2025, 6, 1), date(2025, 7, 1)
        yield Case(id_, "six entries", late(category, day, now, count=6), False)
        yield Case(id_, "five, a year after the oldest", late(category, day, date(2026, 6, 2), count=5), True)
    yield Case("15-S8", "8 classes of elements missing", points("15-S8", site(by_hand={"15-S8": 8})), -16)
    yield Case("15-S8", "7 classes", points("15-S8", site(by_hand={"15-S8": 7})), -14)
    yield Case("15-S8", "9: no more than 16", points("15-S8", site(by_hand={"15-S8": 9})), -16)
    both = site(*columns(1, BLANK, "policy_file", first_level=True))
    yield Case("19-D4", "a blank column is not late besides", points("19-D1", both), 0)
    yield Case(
        "19-D4", "a stale one is", points("19-D1", site(column("a", STALE, "policy_file", first_level=True))), -5
    )


def _frame() -> Iterator[Case]:
    yield Case("pass mark 60", "60 points", score(40), (60, False))
    yield Case("pass mark 60", "59.9 points", score(40.1), (59.9, True))
    yield Case("bonus over 80", "80 points", score(20, 9), (80, False))
    yield Case("bonus over 80", "80.1 points", score(19.9, 9), (89.1, False))
    yield Case("bonus of 30 at most", "29.9", score(0, 29.9), (129.9, False))
    yield Case("bonus of 30 at most", "30.1", score(0, 30.1), (130, False))
    yield Case("4/3 without services", "15 of 75 points, and services not asked for", spared(15), 80)
    yield Case("4/3 without services", "the same with services, of which 10 are lost", spared(15, serves=True), 75)
    yield Case("4/3 without services", "30 of 75 are a pass, 30.1 none", spared(30), 60)
    yield Case("4/3 without services", "30.1", spared(30.1), 59.87)
    yield Case("totals of indicators", "9 of 10 points", capped(9), 91)
    yield Case("totals of indicators", "12 of 10 points", capped(12), 90)


# Section 2: an entry on the last day in time, and the day after, over month ends, leap days and make-up days.
WINDOWS = [
    ("首页", "home", "cn-2019", date(2026, 3, 1), date(2026, 3, 15)),
    ("动态、要闻", "news", "cn-2019", date(2028, 2, 15), date(2028, 2, 29)),
    ("通知公告", "notice", "cn-2019", date(2025, 8, 31), date(2026, 2, 28)),
    ("政策文件", "policy_file", "cn-2019", date(2027, 8, 31), date(2028, 2, 29)),
    ("人事、规划计划", "personnel", "cn-2019", date(2028, 2, 29), date(2029, 2, 28)),
    ("人事、规划计划", "planning", "cn-2019", date(2025, 3, 18), date(2026, 3, 18)),
    ("other column", "other", "cn-2019", date(2025, 12, 31), date(2026, 12, 31)),
    ("办事统计数据", "service_stats", "cn-2019", date(2025, 11, 30), date(2026, 2, 28)),
    ("留言答复公开", "reply_list", "cn-2019", date(2025, 12, 31), date(2026, 2, 28)),
    ("盘锦市兴隆台区", "home", "panjin-xinglongtai-2024", date(2026, 3, 11), date(2026, 3, 18)),
    ("盘锦市兴隆台区", "notice", "panjin-xinglongtai-2024", date(2026, 1, 31), date(2026, 2, 28)),
    ("盘锦市兴隆台区", "news", "panjin-xinglongtai-2024", date(2026, 2, 13), date(2026, 2, 23)),
    ("Beijing 2015", "home", "beijing-2015", date(2026, 3, 11), date(2026, 3, 18)),
]  # fmt: skip


@pytest.mark.parametrize(("line", "category", "preset", "newest", "last"), WINDOWS)
def test_a_column_is_in_time_on_the_last_day_of_its_window_and_late_the_day_after(
    line: str, category: str, preset: str, newest: date, last: date
) -> None:
    assert line in RULES
    if (category, preset) == ("news", "panjin-xinglongtai-2024"):
        # Friday's entry; Saturday 14 February is made up for, the festival ends on the 23rd, and the 24th asks for it.
        assert not late(category, newest, date(2026, 2, 14), preset)
    else:
        assert not late(category, newest, last, preset)
    assert late(category, newest, last + timedelta(days=1), preset)


CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.line}: {case.what}")
def test_a_line_is_drawn_where_the_rules_draw_it(case: Case) -> None:
    assert case.found == (pytest.approx(case.expected) if isinstance(case.expected, float) else case.expected)


# Lines without a case, and why.
BY_A_PERSON = "only a person can find it; no number"
NOT_READ = "X: the number was not read, and is null in the policy"
WITHOUT_A_CASE = {
    "15-V4": BY_A_PERSON,
    "19-V1": BY_A_PERSON,
    "15-S4d": NOT_READ,
    "15-S8b": NOT_READ,
    "15-S9": NOT_READ,
    "19-V6": NOT_READ,
    "19-D5": NOT_READ,
    "19-B1": NOT_READ,
    "19-S1": "the assessment of offices, not of sites",
}


# Of section 2: what is due with a document, a message or a year, and no window of a column; interviews are 15-S7.
OF_OTHER_WATCHES = (
    *("政策解读", "主动公开", "网民意见建议", "我为政府网站找错", "咨询类"),
    *("在线访谈", "政府网站工作年度报表", "国务院重要政策信息"),
)


def test_every_line_that_has_a_number_has_its_cases_on_both_sides() -> None:
    sides = defaultdict(set)
    for case in CASES:
        sides[case.line].add(str(case.expected))
    listed = re.findall(r"^\| ((?:15|19)-\w+) \|", RULES, re.MULTILINE)
    assert len(listed) == 34
    assert {id_ for id_ in listed if len(sides[id_]) < 2} == set(WITHOUT_A_CASE), "write its cases, or why it has none"


def test_every_window_of_section_two_has_its_case() -> None:
    section = RULES.partition("## 2. Update intervals")[2].partition("### 2.1")[0]
    rows = re.findall(r"^\| (?!category|---)([^|]+) \| ([^|]+) \|", section, re.MULTILINE)
    windows = {name for name, window in rows if re.search(r"\d", window)}
    of_columns = {name for name in windows if not name.startswith(OF_OTHER_WATCHES)}
    assert {name for name in of_columns if not any(line in name for line, *_ in WINDOWS)} == set()
    assert len(of_columns) == 8


def test_no_number_marked_x_is_invented() -> None:
    for preset in ("cn-2015", "cn-2019"):
        policy = policy_for(preset)
        assert all(rule.window is None for rule in policy.categories.values() if rule.sureness is Sureness.X)
        assert all(line.points is None for line in policy.deductions if line.sureness is Sureness.X)
        assert all(veto.at_least is None for veto in policy.vetoes if veto.sureness is Sureness.X)
        assert not policy.complete
