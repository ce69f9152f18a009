"""A column with a recipe is judged by it; what the page shows without it can only hold an accusation."""

from datetime import timedelta

import pytest

from config.policy import duty_for
from monitor.model.judging import Standing
from monitor.model.reading import TroubleKind
from monitor.model.register import Column, Recipe
from monitor.observe import Observation, observe
from monitor.workdays import calendar_for
from tests.rules.extract.rows import DAYS, ROWS, TODAY, URL, whole
from tests.rules.extract.test_recipe import page

LATE = TODAY + timedelta(days=300)  # six months after the newest of these rows and more
OLD = Recipe(record="div.old li")


def rows(years: int, box: str) -> str:
    items = (
        f'<li><a href="{box}/{i}.html">{title}</a><i>{day.replace(year=day.year - years)}</i></li>'
        for i, title, day in ROWS
    )
    return f"<div class={box}><ul>{''.join(items)}</ul></div>"


def observed(source: str, recipe: Recipe | None, *, late: bool = False) -> Observation:
    duty = duty_for("notice", preset="cn-2019")
    column = Column(name="通知公告", url=URL, category="notice", duty=duty, recipe=recipe)
    return observe(column, page(source), (), calendar_for("Asia/Shanghai"), today=LATE if late else TODAY)


def test_the_recipe_accuses_where_the_page_without_it_shows_nothing_newer() -> None:
    seen = observed(whole(rows(2, "old")), OLD)
    assert seen.verdict.standing.accuses
    assert seen.method == "recipe"
    assert seen.verdict.newest == DAYS[0].replace(year=DAYS[0].year - 2)


def test_an_accusation_is_held_where_the_page_without_it_surely_shows_a_newer_day() -> None:
    source = whole(rows(0, "new") + f"<aside><h3>往年</h3>{rows(2, 'old')}</aside>")
    usual = observed(source, None)
    assert usual.verdict.standing is Standing.FRESH
    held = observed(source, OLD)
    assert held.verdict.standing is Standing.UNKNOWN
    assert held.trouble
    assert held.trouble.kind is TroubleKind.UNREADABLE
    assert "lanmu try" in held.trouble.detail
    assert held.remembered == ()


def test_the_recipe_acquits_alone() -> None:
    source = whole(rows(2, "new") + rows(0, "old"))
    assert observed(source, OLD).verdict.standing is Standing.FRESH


@pytest.mark.parametrize("record", ["div.gone li", "div.old li"])
def test_what_a_recipe_cannot_see_blames_nobody(record: str) -> None:
    source = whole(rows(2, "old").replace("<i>", "<i hidden>日期").replace("-", "_"))
    recipe = Recipe(record=record, date="i")
    assert observed(source, recipe, late=True).verdict.standing is Standing.UNKNOWN
