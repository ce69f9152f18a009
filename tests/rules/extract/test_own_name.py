"""A list at the side is not surely the column's where the page's own name stands over something else."""

from datetime import timedelta

import pytest

from monitor.extract.html import read_steadily
from monitor.extract.own import names_of
from monitor.model.reading import Listing, Page
from tests.rules.extract.rows import HEAD, ROWS, TODAY, URL, listed, seen, whole

NEWS = (
    "县委理论学习中心组举行集体学习",
    "全县经济工作会议强调高质量发展",
    "县领导调研重点项目建设情况",
    "我县启动便民服务提升行动",
)


def lively(over: str = "<h3>最新动态</h3>") -> str:
    """A box of other news, with yesterday's date."""
    days = [TODAY - timedelta(days=i) for i in range(len(NEWS))]
    rows = "".join(f"<li><a href='/xw/{i}000.html'>{t}</a><span>{days[i]}</span></li>" for i, t in enumerate(NEWS))
    return f"<div>{over}<ul>{rows}</ul></div>"


def rows(count: int = 8, *, dated: bool = True) -> str:
    return "".join(
        f"<li><a href='a{i}.html'>{t}</a>{f'<span>{d - timedelta(days=700)}</span>' if dated else ''}</li>"
        for i, t, d in ROWS[:count]
    )


OWN = {
    "an empty list": "<ul></ul>",
    "a list box without a list": "<div class='news_list'></div>",
    "a table with its heads alone": "<table><tr><th>标题</th><th>发布日期</th></tr></table><div>共0页 0条</div>",
    "a template": "<ul><li v-for='i in list'>{{i.title}}</li></ul>",
    "a word that it is being loaded": "<div>正在加载…</div>",
    "one old entry": f"<ul>{rows(1)}</ul>",
    "two old entries": f"<ul>{rows(2)}</ul>",
    "entries without days": f"<ul>{rows(dated=False)}</ul>",
    "prose": "<p>本栏目公布县政府各部门的通知和公告，由县政府办公室负责更新，欢迎监督。</p>",
}
OVER = {"a name": "<h3>今日要闻</h3>", "a name in a bar": "<div class='tit'><span>新闻动态</span></div>"}
BARS = {
    "a bare heading": "<h2>通知公告</h2>",
    "a bar with more": "<div class='title'><h2>通知公告</h2><a href='more'>更多</a></div>",
    "a bar with the way to it": "<div class='tit'><h2>通知公告</h2><div>当前位置：首页 &gt; 通知公告</div></div>",
}


@pytest.mark.parametrize("own", OWN.values(), ids=OWN)
@pytest.mark.parametrize("over", OVER.values(), ids=OVER)
@pytest.mark.parametrize("first", [True, False], ids=["own name first", "own name last"])
def test_what_stands_under_another_name_is_not_surely_the_columns(own: str, over: str, first: bool) -> None:
    boxes = [f"<div class='r'><h2>通知公告</h2>{own}</div>", lively(over)]
    found = seen(whole("".join(boxes if first else reversed(boxes)), title="通知公告-清河县人民政府"))
    assert not isinstance(found, Listing) or found.confidence < 0.9


@pytest.mark.parametrize("own", ["an empty list", "two old entries", "entries without days"])
def test_nor_is_what_stands_below_it_in_one_box(own: str) -> None:
    found = seen(whole(f"<div><h2>通知公告</h2>{OWN[own]}<h3>最新动态</h3>{lively('')}</div>"))
    assert not isinstance(found, Listing) or found.confidence < 0.9


def test_nor_is_a_list_without_a_name_beside_an_empty_one() -> None:
    found = seen(whole(f"<div class='r'><h2>通知公告</h2><ul></ul></div>{lively('')}"))
    assert not isinstance(found, Listing) or found.confidence < 0.9


@pytest.mark.parametrize("bar", BARS.values(), ids=BARS)
def test_the_columns_own_list_is_sure_under_its_name(bar: str) -> None:
    assert listed(whole(f"<div>{bar}<div><ul>{rows()}</ul></div></div>")).confidence >= 0.9


@pytest.mark.parametrize(
    "between",
    [
        "<h3>2024年</h3>",
        "<ul><li><a href='x'>县级</a></li><li><a href='t'>乡镇</a></li></ul>",
        "<p>本栏目公布县政府各部门的通知。</p>",
        "<div class='share'></div>",
    ],
    ids=["a year", "tabs", "a word of welcome", "an empty box"],
)
def test_nor_does_what_stands_between_name_and_list_make_it_doubtful(between: str) -> None:
    assert listed(whole(f"<div><h2>通知公告</h2>{between}<ul>{rows()}</ul></div>")).confidence >= 0.9


def test_the_sites_name_above_all_pages_is_no_heading() -> None:
    body = f"<div class='top'><h1>清河县人民政府</h1></div>{HEAD}<div><h3>公告</h3><ul>{rows()}</ul></div>"
    assert listed(whole(body, title="公告公示-清河县人民政府")).confidence >= 0.9


def test_the_name_over_a_menu_does_not_count() -> None:
    menu = "".join(f"<li><a href='/{w}/'>{w}</a></li>" for w in ("政策文件", "规划计划", "人事信息", "财政资金"))
    body = f"<div><h3>政务公开</h3><ul>{menu}</ul></div><div><h3>公告</h3><ul>{rows()}</ul></div>"
    assert listed(whole(body, title="公告公示-政务公开-清河县人民政府")).confidence >= 0.9


def test_the_parts_of_a_title_are_names() -> None:
    assert {"通知公告", "清河县人民政府网"} <= names_of("通知公告-清河县人民政府网")
    assert {"Latest news", "Qinghe", "Council"} <= names_of("Latest news | Qinghe - Council")
    assert "E-government" in names_of("E-government")
    assert not names_of("", "")


NOBODY = "<div><h3>在线访谈</h3><p>暂无访谈</p></div>"


def test_a_word_in_another_box_that_it_is_empty_does_not_make_the_column_blank() -> None:
    found = seen(whole(f"<div><h2>通知公告</h2><ul></ul></div>{NOBODY}"))
    assert not isinstance(found, Listing)


def test_nor_does_it_cost_the_columns_own_list_its_surety() -> None:
    assert listed(whole(f"<div><h2>通知公告</h2><ul>{rows()}</ul></div>{NOBODY}")).confidence >= 0.9


@pytest.mark.parametrize("title", ["通知公告", "清河县人民政府"], ids=["its name", "the site's name"])
def test_the_same_word_under_the_columns_own_name_makes_it_blank(title: str) -> None:
    found = seen(whole("<div><h2>通知公告</h2><p>暂无内容</p></div>", title=title))
    assert isinstance(found, Listing)
    assert found.blank


def test_and_leaves_a_list_at_its_side_unsure() -> None:
    found = seen(whole(f"<div><h2>通知公告栏</h2><p>暂无内容</p></div>{lively()}"))
    assert not isinstance(found, Listing) or found.confidence < 0.9


def test_a_list_parted_by_headings_is_read_in_full_each_time() -> None:
    """Another day the newest entry may stand under the other name."""
    older = "".join(f"<li><a href='a{i}.html'>{t}</a><span>{d}</span></li>" for i, t, d in ROWS[4:])
    newer = "".join(f"<li><a href='a{i}.html'>{t}</a><span>{d}</span></li>" for i, t, d in ROWS[:4])
    source = whole(f"<div><h2>通知公告</h2><ul>{newer}</ul><h3>乡镇公告</h3><ul>{older}</ul></div>")
    page = Page(url=URL, final_url=URL, status=200, headers={}, body=source.encode())
    found, basis = read_steadily(page, source, today=TODAY)
    assert isinstance(found, Listing)
    assert len(found.entries) == len(ROWS)
    assert basis
    assert basis.wavers


CRUMB = '<div>当前位置：<a href="/">首页</a>&gt;<a href="/zwgk/">政务公开</a>&gt;<a href="./">通知公告</a></div>'


@pytest.mark.parametrize(
    ("crumb", "own", "sure"),
    [
        (CRUMB, "<ul></ul>", False),
        (CRUMB, "<ul><li><a href='1.html'>关于开展节约用水活动的通知</a><span>2023-05-06</span></li></ul>", False),
        (CRUMB.replace("通知公告", "最新动态"), "", True),
        ("<div>首页&gt;政务公开&gt;通知公告</div>", "<ul></ul>", False),
        ("", "", True),
    ],
    ids=["an empty list", "a list of one entry", "its own news", "a breadcrumb in one text", "no breadcrumb"],
)
def test_news_for_anyone_are_not_surely_those_of_a_page_that_its_breadcrumb_names(
    crumb: str, own: str, sure: bool
) -> None:
    title = "最新动态" if "最新" in crumb else "通知公告"
    found = seen(whole(f"{crumb}{lively()}<div>{own}</div>", title=f"{title}-清河县人民政府"))
    assert (isinstance(found, Listing) and found.confidence >= 0.9) is sure
