"""A home page is judged by all its lists: one that is silent accuses nobody while another shows news."""

from datetime import date, timedelta

import pytest

from config.policy import duty_for
from monitor.model.judging import Standing
from monitor.model.reading import TroubleKind
from monitor.model.register import Column
from monitor.observe import Observation, observe
from monitor.workdays import calendar_for
from tests.rules.extract.rows import TODAY, URL
from tests.rules.extract.test_recipe import page

FRAME = '<iframe src="/notices.html"></iframe>'
MENU = "".join(f'<a href="/{name}/">{name}</a>' for name in ("xw", "gk", "fw", "hd", "zc"))


def rows(folder: str, newest: date, count: int) -> str:
    items = (
        f'<li><a href="/{folder}/{i}.html">关于做好第{i}批工作有关事项的通知公告</a><i>{day}</i></li>'
        for i, day in enumerate(newest - timedelta(days=3 * n) for n in range(count))
    )
    return f"<div class={folder}><h2>{folder} <a href=/{folder}/>更多</a></h2><ul>{''.join(items)}</ul></div>"


def observed(*lists: str, category: str = "home") -> Observation:
    source = f"<html><title>松鹿区人民政府</title><body><p>{MENU}</p>{''.join(lists)}</body></html>"
    column = Column(name="首页", url=URL, category=category, duty=duty_for("home", preset="cn-2019"))
    return observe(column, page(source), (), calendar_for("Asia/Shanghai"), today=TODAY)


OLD, NEWS = TODAY - timedelta(days=60), TODAY - timedelta(days=1)


def test_the_news_of_a_smaller_list_are_news_of_the_home_page() -> None:
    lists = rows("xw", OLD, 10), rows("gk", NEWS, 6)
    alone = observed(*lists, category="news")
    assert alone.verdict.standing is Standing.UNKNOWN, "one of two lists may be a column's"
    home = observed(*lists)
    assert home.verdict.standing is Standing.FRESH
    assert home.verdict.newest == NEWS
    assert len(home.listed) == 16
    assert home.remembered, "what acquits becomes history"
    assert home.reading


def test_a_home_page_all_of_whose_lists_are_silent_is_late() -> None:
    seen = observed(rows("xw", OLD, 10), rows("gk", OLD - timedelta(days=9), 6))
    assert seen.verdict.standing.accuses
    assert seen.verdict.newest == OLD


@pytest.mark.parametrize("beside", [FRAME, rows("gk", NEWS, 1).replace("<h2>", "<h2 hidden>")])
def test_what_may_show_news_and_was_not_surely_read_accuses_nobody(beside: str) -> None:
    seen = observed(rows("xw", OLD, 10), beside)
    assert not seen.verdict.standing.accuses


def test_frames_hold_an_accusation_and_say_where_to_look() -> None:
    seen = observed(rows("xw", OLD, 10), FRAME)
    assert seen.verdict.standing is Standing.UNKNOWN
    assert seen.trouble
    assert seen.trouble.kind is TroubleKind.UNREADABLE
    assert "lanmu home" in seen.trouble.detail
    assert seen.remembered == ()
