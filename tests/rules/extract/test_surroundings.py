"""A column's list among what stands around it: its own entries are read, or nothing is claimed surely."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product

import pytest

from monitor.extract import newest
from monitor.model.reading import Listing, Trouble, TroubleKind
from tests.rules.extract.rows import DAYS, ROWS, TITLES, TODAY, seen, whole

Row = Callable[[int, str, date], str]

NEWS = (
    "县委理论学习中心组举行集体学习",
    "全县经济工作会议强调高质量发展",
    "县领导调研重点项目建设情况",
    "清河县举行春季植树活动",
    "我县启动便民服务提升行动",
    "县政协召开主席会议",
)
PAGER = "<div class='page'><span>1</span><a href='index_1.html'>2</a><a href='index_1.html'>下一页</a> 共10页</div>"


def lively(dated: bool = True, heading: str = "热点信息", box: str = "side") -> str:
    """A box of others' news, newer than any entry of the column."""
    rows = "".join(
        f"<li><a href='/h/{i}.html'>{title}</a>{f'<span>{TODAY - timedelta(i)}</span>' if dated else ''}</li>"
        for i, title in enumerate(NEWS)
    )
    return f"<div class='{box}'><h3>{heading}</h3><ul>{rows}</ul></div>"


SURROUNDINGS = {
    "alone": "{body}",
    "the most read behind it": "<div class='main'>{body}" + PAGER + "</div>" + lively(),
    "the most read before it": lively(heading="推荐阅读") + "<div class='main'>{body}" + PAGER + "</div>",
    "the most read, with nothing named": lively(box="") + "<div>{body}</div>",
    "undated news beside it": lively(dated=False, heading="", box="lm") + "<div>{body}" + PAGER + "</div>",
}
LAYOUTS: dict[str, Row] = {
    "date first": lambda i, t, d: f"<li><span>{d}</span><a href='a{i}.html'>{t}</a></li>",
    "the date in the link": lambda i, t, d: f"<li><a href='a{i}.html'>{t}<span>[{d}]</span></a></li>",
    "a card in one link": lambda i, t, d: (
        f"<li><a href='a{i}.html'><p>{d.day:02}</p><span>{d:%Y-%m}</span><h3>{t}</h3><p>{t}，现予公告。</p></a></li>"
    ),
    "a row that a script opens": lambda i, t, d: f"<li onclick=\"window.open('a{i}.html')\"><i>{t}</i><i>{d}</i></li>",
    "readers counted like days": lambda i, t, d: (
        f"<li><a href='a{i}.html'>{t}</a><span>点击：{20250101 + 3 * i}</span><span>{d}</span></li>"
    ),
    "a title cut, in full with its day in the attribute": lambda i, t, d: (
        f"<li><a href='a{i}.html' title='标题：{t}\n发布时间：{d}'>{t[:10]}...</a><span>{d:%Y/%m/%d}</span></li>"
    ),
}


@pytest.mark.parametrize(("layout", "around"), list(product(LAYOUTS, SURROUNDINGS)))
@pytest.mark.parametrize("count", [8, 3])
def test_the_columns_own_entries_are_read_or_nothing_is_sure(layout: str, around: str, count: int) -> None:
    body = f"<ul>{''.join(LAYOUTS[layout](*row) for row in ROWS[:count])}</ul>"
    found = seen(whole(SURROUNDINGS[around].replace("{body}", body)))
    assert isinstance(found, Listing)
    right = [(e.title, e.published) for e in found.entries] == list(zip(TITLES, DAYS, strict=True))[:count]
    assert right or found.confidence < 0.9
    assert right or count == 3
    if around == "alone":
        assert found.confidence >= 0.9


UNDATED: dict[str, Row] = {
    "days in the addresses alone": lambda i, t, d: (
        f"<li><a href='/art/{d.year}/{d.month}/{d.day}/{i}.html'>{t}</a></li>"
    ),
    "no days at all": lambda i, t, _: f"<li><a href='/x/{i}.html'>{t}</a></li>",
    "spans of days": lambda i, t, d: (
        f"<li><a href='/x/{i}.html'>{t}</a><p>征集时间：{d} 至 {d + timedelta(30)}</p></li>"
    ),
}


@pytest.mark.parametrize(("layout", "heading"), list(product(UNDATED, ("热点信息", "Most read", "相关新闻"))))
def test_the_days_of_the_most_read_never_pass_surely_for_those_of_an_undated_column(layout: str, heading: str) -> None:
    body = f"<ul>{''.join(UNDATED[layout](*row) for row in ROWS)}</ul>"
    found = seen(whole(f"<div>{body}{PAGER}</div>" + lively(heading=heading)))
    assert isinstance(found, Listing)
    assert found.confidence < 0.9 or newest(found, today=TODAY) == DAYS[0]


def test_a_column_that_is_called_most_read_is_the_pages_own_list() -> None:
    rows = "".join(f"<li><a href='a{i}.html'>{t}</a><span>{d}</span></li>" for i, t, d in ROWS)
    found = seen(whole(f"<div><h3>热点回应</h3><ul>{rows}</ul></div>" + lively(heading="相关新闻"), title="热点回应"))
    assert isinstance(found, Listing)
    assert newest(found, today=TODAY) == DAYS[0]
    assert found.confidence >= 0.9


def head(*names: str) -> str:
    return "".join(f"<span>{name}</span>" for name in names)


@pytest.mark.parametrize(
    ("heads", "sure"),
    [
        ("<div class='h'>" + head("名称", "成文日期", "发布日期") + "</div>", True),
        ("<div class='h'>" + head("Title", "Date filed", "Published") + "</div>", True),
        ("<div class='h'>" + head("名称", "一", "二") + "</div>", False),  # nothing says which is which
        ("", False),
    ],
)
def test_the_heads_of_rows_of_any_make_name_their_dates(heads: str, sure: bool) -> None:
    rows = "".join(
        f"<div><span><a href='a{i}.html'>{t}</a></span><span>{d - timedelta(9 + i)}</span><span>{d}</span></div>"
        for i, t, d in ROWS
    )
    found = seen(whole(f"<div>{heads}{rows}</div>"))
    assert isinstance(found, Listing)
    assert (found.confidence >= 0.9) == sure
    assert not sure or [e.published for e in found.entries] == list(DAYS)


def test_months_as_headings_hide_no_box_of_their_days() -> None:
    months = dict.fromkeys((d.year, d.month) for d in DAYS)
    body = "".join(
        f"<h3>{y}年{m}月</h3><ul>"
        + "".join(f"<li>{d.month}月{d.day}日 <a href='a{i}.html'>{t}</a></li>" for i, t, d in ROWS if d.month == m)
        + "</ul>"
        for y, m in months
    )
    found = seen(whole(f"<div>{body}</div>"))
    assert isinstance(found, Listing)
    assert newest(found, today=TODAY) == DAYS[0] or found.confidence < 0.9


def test_days_as_headings_part_the_entries_of_one_day() -> None:
    days = [DAYS[i // 2] for i in range(8)]
    body = "".join(
        f"<h3>{d:%B %d, %Y}</h3><ul>"
        + "".join(f"<li><a href='a{i}.html'>{TITLES[i]}</a></li>" for i in range(8) if days[i] == d)
        + "</ul>"
        for d in dict.fromkeys(days)
    )
    found = seen(whole(f"<div>{body}</div>"))
    assert isinstance(found, Listing)
    assert [(e.title, e.published) for e in found.entries] == list(zip(TITLES, days, strict=True))


def under(headline: str, address: str) -> Listing:
    """A list with a headline over it, in a make of its own."""
    lead = f"<div><h2><a href='{address}'>{TITLES[0]}</a></h2><p>{TITLES[0]}。[详细]</p>{headline}</div>"
    rows = "".join(f"<li><a href='a{i}.html'>{t}</a><span>{d}</span></li>" for i, t, d in ROWS[1:])
    found = seen(whole(f"<div>{lead}<ul>{rows}</ul></div>"))
    assert isinstance(found, Listing)
    return found


@pytest.mark.parametrize("day", [DAYS[0], DAYS[1], DAYS[2]])
def test_a_headline_of_the_column_is_an_entry_whatever_its_day(day: date) -> None:
    found = under(f"<span>{day}</span>", "a0.html")
    assert [(e.title, e.published) for e in found.entries[:2]] == [(TITLES[0], day), (TITLES[1], DAYS[1])]


@pytest.mark.parametrize(("day", "sure"), [(DAYS[0], False), (DAYS[1], True), (DAYS[2], True)])
def test_a_list_under_a_newer_headline_of_another_column_is_not_read_surely(day: date, sure: bool) -> None:
    found = under(f"<span>{day}</span>", "/yaowen/a0.html")
    assert (found.entries[0].title, found.confidence >= 0.9) == (TITLES[1], sure)


@pytest.mark.parametrize(
    ("rows", "lead", "own"),
    [
        ("/News/News/{n}/19", "/News/News/2600/19", True),
        ("/News/News/{n}/19", "/News/News/2600/20", False),
        ("/News/News/{n}/19", "/Events/News/2600/19", False),
        ("/column/12/item/{n}/show", "/column/13/item/2600/show", False),
        ("/{n}/show", "/2600/show", True),
        ("/{n}/19", "/2600/19", False),
    ],
)
def test_a_headline_whose_address_differs_in_one_number_as_those_of_all_entries_do(
    rows: str, lead: str, own: bool
) -> None:
    listed = "".join(f"<li><a href='{rows.format(n=2500 - i)}'>{t}</a><span>{d}</span></li>" for i, t, d in ROWS[1:])
    over = f"<div><h2><a href='{lead}'>{TITLES[0]}</a></h2><p>{TITLES[0]}。[详细]</p><span>{DAYS[0]}</span></div>"
    found = seen(whole(f"<div>{over}<ul>{listed}</ul></div>"))
    assert isinstance(found, Listing)
    assert (found.entries[0].title == TITLES[0], found.confidence >= 0.9) == (own, own)


def test_a_headline_without_a_day_is_no_entry() -> None:
    assert under("", "a0.html").entries[0].title == TITLES[1]


@pytest.mark.parametrize("heading", ["热点信息", "推荐阅读", "Most read"])
def test_the_most_read_beside_an_empty_list_is_not_the_columns_own(heading: str) -> None:
    found = seen(whole(f"<div class='main'><h2>通知公告</h2><ul></ul></div>{lively(heading=heading)}"))
    assert isinstance(found, Trouble)
    assert found.kind is TroubleKind.UNREADABLE


FILLERS = {
    "a call": "<script>$('#list').load('/list.jsp?cid=3')</script>",
    "a table's script": "<script>layui.table.render({elem:'#t',url:'/l'})</script>",
    "an unfilled template": "<ul><li><a href='${url}'>${title}</a></li></ul>",
    "a spinner": "<i class='icon-spinner'></i>",
    "an application": "<script type='module' src='/assets/index-3fa2.js'></script>",
    "a frame": "<iframe src='/list.html'></iframe>",
    "a pager that counts more": "<div class='page'>共12条 第1/1页</div>",
}


@pytest.mark.parametrize("filler", FILLERS.values(), ids=FILLERS)
def test_a_page_that_something_could_fill_is_not_blank_whatever_it_says(filler: str) -> None:
    found = seen(whole(f"<div><ul id='list'></ul><p>暂无内容</p>{filler}</div>"))
    assert not isinstance(found, Listing) or (not found.blank and found.confidence < 0.9)


def test_a_page_that_says_that_it_is_empty_and_holds_nothing_to_fill_it_is_blank() -> None:
    found = seen(whole("<div><ul id='list'></ul><p>暂无内容</p></div><script src='/js/jquery.js'></script>"))
    assert isinstance(found, Listing)
    assert found.blank
