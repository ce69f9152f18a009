"""A page that a browser built is read as any page; one that lacks what it asked for accuses nobody."""

from dataclasses import replace
from datetime import timedelta

import pytest

from config.policy import duty_for
from monitor.model.judging import Standing
from monitor.model.reading import TroubleKind
from monitor.model.register import Column, Recipe, Rendering
from monitor.observe import Observation, observe
from monitor.workdays import calendar_for
from tests.rules.extract.rows import TODAY, URL, whole
from tests.rules.extract.test_recipe import page
from tests.rules.test_observe_recipe import rows

LATE = TODAY + timedelta(days=300)


EMPTY = whole("<div>暂无信息</div>")


def observed(*lacks: str, late: bool, recipe: Recipe | None = None, source: str = "", broken: str = "") -> Observation:
    column = Column(
        name="通知公告",
        url=URL,
        category="notice",
        duty=duty_for("notice", preset="cn-2019"),
        recipe=recipe,
        render=Rendering(),
    )
    built = replace(page(source or whole(rows(0, "list"))), rendered=True, lacks=lacks, broken=broken)
    return observe(column, built, (), calendar_for("Asia/Shanghai"), today=LATE if late else TODAY)


def test_a_built_page_is_judged_as_any_page_and_says_how_it_was_read() -> None:
    assert observed(late=False).verdict.standing is Standing.FRESH
    accused = observed(late=True)
    assert accused.verdict.standing.accuses
    assert accused.method == "html+browser"


@pytest.mark.parametrize("recipe", [None, Recipe(record="div.list li")], ids=["without a recipe", "by a recipe"])
def test_a_built_page_that_lacks_data_accuses_nobody(recipe: Recipe | None) -> None:
    held = observed("http://api.example/list (refused_address)", late=True, recipe=recipe)
    assert held.verdict.standing is Standing.UNKNOWN
    assert held.trouble
    assert held.trouble.kind is TroubleKind.NEEDS_SCRIPT
    assert "http://api.example/list" in held.trouble.detail
    assert held.remembered == ()


def test_it_may_acquit_all_the_same() -> None:
    seen = observed("http://stats.example/count (refused_address)", late=False)
    assert seen.verdict.standing is Standing.FRESH


def test_a_built_page_without_entries_is_blank_where_nothing_kept_them_away() -> None:
    assert observed(late=True, source=EMPTY).verdict.standing is Standing.BLANK


@pytest.mark.parametrize(
    ("lacks", "broken"),
    [(("http://cdn.example/fill.js (refused_address)",), ""), ((), "rows is not defined")],
    ids=["a script was refused", "a script broke"],
)
def test_a_built_page_that_may_have_been_kept_from_filling_is_never_blank(lacks: tuple[str, ...], broken: str) -> None:
    held = observed(*lacks, late=True, source=EMPTY, broken=broken)
    assert held.verdict.standing is Standing.UNKNOWN
    assert held.trouble
    assert held.trouble.kind is TroubleKind.NEEDS_SCRIPT
    assert (lacks[0] if lacks else broken) in held.trouble.detail


def test_a_list_that_was_surely_read_accuses_though_some_script_broke() -> None:
    assert observed(late=True, broken="share is not defined").verdict.standing.accuses
