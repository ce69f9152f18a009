"""An inspection as people read it, in both languages."""

import json
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from cli.inspect import inspection_row, print_inspection, print_ranking
from config.policy import policy_for
from monitor.inspection import inspect
from monitor.model.inspecting import Inspection
from monitor.model.judging import Standing
from monitor.model.policy import Scale, ScoreMode
from tests.rules.sites import NOW, column, columns, site
from texts.catalogue import translations

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
