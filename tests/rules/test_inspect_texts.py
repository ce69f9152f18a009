"""An inspection as people read it, in both languages."""

import json
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from cli.inspect_text import inspection_row, print_inspection, print_ranking
from config.policy import policy_for
from monitor.inspection import compare, inspect
from monitor.model.inspecting import Comparison, Inspection
from monitor.model.judging import Standing
from monitor.model.policy import Scale, ScoreMode
from tests.rules.sites import NOW, column, columns, site
from texts.catalogue import translations
from texts.inspections import change_lines

D15, D19 = policy_for("cn-2015"), policy_for("cn-2019")
SEEN = site(
    *columns(3, Standing.OVERDUE),
    *columns(2, Standing.STALE, "notice"),
    *columns(7, Standing.UNKNOWN, "other"),
    column("预算", Standing.NOT_CONFIGURED, "budget"),
    column("首页", Standing.DUE_SOON, "home", days=12),
    probes=168,
    failed=3,
    least_probes=24,
    by_hand={"19-V5b": 0, "19-D5": 2},
)


def inspected(mode: ScoreMode = ScoreMode.OF_HUNDRED) -> Inspection:
    return inspect(SEEN, D19, mode=mode, now=NOW)


def printed(one: Inspection, language: str) -> str:
    out = StringIO()
    print_inspection(one, Console(file=out, width=400, highlight=False, markup=False), translations(language))
    return out.getvalue()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            [
                "3 of 5 columns; 2 more and the site fails; news OVERDUE 0, news OVERDUE 1, news OVERDUE 2; could",
                "could count: not said whether first-level 2",
                "0 of 10 columns; could count: not seen 7",
                "1.8 % of the visits failed",
                "12 days without news",
                "a person must look",
                "points not known",
                "Score: none: points of the official table are not known",
            ],
        ),
        (
            "zh-CN",
            [
                "3/5 个栏目；再有 2 个即被单项否决",
                "可能计入：未说明是否一级栏目 2",
                "打不开比例 1.8%",
                "12 天无更新",
                "需人工检查",
                "分值未知",
                "得分：无（官方扣分表的分值不全）",
            ],
        ),
    ],
)
def test_what_is_printed(language: str, words: list[str]) -> None:
    text = printed(inspected(), language)
    assert [word for word in words if word not in text] == [], text


def test_what_is_over_and_what_is_scored() -> None:
    failed = inspect(site(*columns(8, Standing.STALE)), D19, mode=ScoreMode.OF_HUNDRED, now=NOW)
    text = printed(failed, "en")
    assert "unqualified" in text
    assert "5 of 5" not in text
    assert "8 of 5 columns; news STALE 0" in text
    assert "…" in text
    assert "Score: none: a veto" in text
    whole = replace(D19, vetoes=(), deductions=D19.deductions[1:2], scale=Scale(whole=True))
    scored = inspect(site(*columns(1, Standing.STALE, "service_stats")), whole, mode=ScoreMode.OF_HUNDRED, now=NOW)
    assert "Score: 98" in printed(scored, "en")
    unseen = inspect(site(*columns(1, Standing.UNKNOWN, "service_stats")), whole, mode=ScoreMode.OF_HUNDRED, now=NOW)
    assert "not counted" in printed(unseen, "en")
    assert "could not be measured" in printed(unseen, "en")
    assert "only vetoes are asked for" in printed(inspected(ScoreMode.VETOES_ONLY), "en")


def test_the_ranking_shows_what_was_not_seen_beside_what_is_late() -> None:
    out = StringIO()
    console = Console(file=out, width=200, highlight=False, markup=False)
    print_ranking([inspected()], console, translations("en"))
    row = out.getvalue().splitlines()[-1].split()
    assert row == ["1", "财政局", "19-V3", "19-V4a", "5", "7", "–"]


def test_programs_get_everything() -> None:
    row = json.loads(json.dumps(inspection_row(inspected())))
    fast = next(veto for veto in row["vetoes"] if veto["id"] == "19-V4a")
    assert (fast["outcome"], fast["measured"], fast["line"], fast["left"], fast["could"]) == ("warning", 3, 5, 2, 2)
    assert fast["doubts"][0] == {"column": "notice STALE 0", "doubt": "level_unsaid"}
    assert (row["score"], row["no_score"], row["unqualified"]) == (None, "table_incomplete", False)
    assert {line["id"]: line["count"] for line in row["deductions"]}["19-D5"] == 2


BEFORE = site(*(column(name, Standing.OVERDUE) for name in "甲乙丙丁戊"))
AFTER = site(column("甲", Standing.OVERDUE), column("丙", Standing.UNKNOWN), column("己", Standing.OVERDUE))


def change() -> Comparison:
    now, before = (inspect(one, D19, mode=ScoreMode.OF_HUNDRED, now=NOW) for one in (AFTER, BEFORE))
    return compare(now, before)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "late columns: -3",
                "columns out of sight: +1",
                "19-V4a veto → cannot be told; counts now: 己; no longer counts: 丁, 乙, 戊; out of sight: 丙",
            ],
        ),
        (
            "zh-CN",
            [
                "存在问题的栏目 -3 个",
                "未能监测的栏目 +1 个",
                "19-V4a 单项否决 → 无法判定；新增：己；不再计入：丁, 乙, 戊；未能监测：丙",
            ],
        ),
    ],
)
def test_what_has_changed_since_the_period_before_is_said_line_by_line(language: str, lines: list[str]) -> None:
    said = change_lines(change(), translations(language))
    assert said[:2] == lines[:2]
    assert lines[2] in said


def test_a_comparison_with_nothing_with_itself_and_by_other_rules() -> None:
    t, same = translations("en"), inspect(AFTER, D19, mode=ScoreMode.OF_HUNDRED, now=NOW)
    assert change_lines(None, t) == ["nothing was seen then"]
    assert change_lines(compare(same, same), t) == ["no change"]
    other = replace(compare(same, same), same_rules=False)
    assert change_lines(other, t) == ["made by other rules: only what both have is compared"]
    assert "score: -2.5" in change_lines(replace(change(), score=-2.5), t)


def test_the_json_of_a_comparison_names_its_day_or_says_that_nothing_was_seen() -> None:
    one = inspect(AFTER, D19, mode=ScoreMode.OF_HUNDRED, now=NOW)
    row = inspection_row(one, since=NOW, change=change())["compared"]
    assert (row["day"], row["late"], row["unseen"], row["same_rules"]) == (str(NOW), -3, 1, True)
    fast = next(veto for veto in row["vetoes"] if veto["id"] == "19-V4a")
    assert (fast["was"], fast["now"], fast["added"], fast["lost"]) == ("hit", "untold", ["己"], ["丙"])
    assert inspection_row(one, since=NOW)["compared"] is None
    assert "compared" not in inspection_row(one)
