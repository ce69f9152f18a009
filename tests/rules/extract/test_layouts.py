"""The layouts that columns are built in: each gives all its entries, in order, and the right newest day."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from monitor.extract import newest
from monitor.model.reading import Hint, HintKind, Listing
from tests.rules.extract.rows import DAYS, ROWS, TITLES, TODAY, listed, whole


def wrapped(list_: str, row: Callable[[int, str, date], str], end: str = "") -> str:
    rows = end.join(row(*r) for r in ROWS)
    return f"{list_}{rows}{''.join(f'</{tag}>' for tag in reversed(list_.replace('<', '').split('>')[:-1]))}"


LAYOUTS = {
    "a list with the date in a span": wrapped(
        "<ul>", lambda i, t, d: f"<li><a href='a{i}.html'>{t}</a><span>{d}</span></li>"
    ),
    "paragraphs with the date before the title": wrapped(
        "<div>", lambda i, t, d: f"<p>[{d:%Y/%m/%d}] <a href='a{i}.html'>{t}</a></p>"
    ),
    "a table within a table, with rows that only part": wrapped(
        "<table><tr><td><table>",
        lambda i, t, d: f"<tr><td>·</td><td><a href='a{i}.html'>{t}</a></td><td>{d:%m-%d}</td></tr><tr><td></td></tr>",
    ),
    "a definition list with source and views": wrapped(
        "<dl>",
        lambda i, t, d: (
            f"<dt><a href='a{i}.html'>{t}</a></dt>"
            f"<dd>发布时间：{d.year}年{d.month}月{d.day}日 来源：县政府办 浏览：12{i}次</dd>"
        ),
    ),
    "teasers with a picture, a summary and a second link": wrapped(
        "<div>",
        lambda i, t, d: (
            f"<div><a href='a{i}.html'><img src='x.jpg'></a><div><h3><a href='a{i}.html'>{t}</a></h3>"
            f"<p>近日，{t}，现就有关事项说明如下……<a href='a{i}.html'>[详细]</a></p><em>{d}</em></div></div>"
        ),
    ),
    "new rows in red and bold": wrapped(
        "<ul>",
        lambda i, t, d: (
            f"<li><b><a href='a{i}.html'>{t}</a></b><font color=red><span>{d}</span></font></li>"
            if i < 2
            else f"<li><a href='a{i}.html'>{t}</a><span>{d}</span></li>"
        ),
    ),
    "a title cut short, in full in its attribute": wrapped(
        "<ul>", lambda i, t, d: f"<li><a href='a{i}.html' title='{t}'>{t[:9]}...</a><span>{d}</span></li>"
    ),
    "the day over year and month": wrapped(
        "<ul>",
        lambda i, t, d: f"<li><div><b>{d:%d}</b><i>{d:%Y-%m}</i></div><a href='a{i}.html'>{t}</a></li>",
    ),
    "month and day over the year": wrapped(
        "<ul>",
        lambda i, t, d: f"<li><div><b>{d:%m-%d}</b><i>{d.year}</i></div><div><a href='a{i}.html'>{t}</a></div></li>",
    ),
    "the whole row a link": wrapped(
        "<ul>", lambda i, t, d: f"<li><a href='a{i}.html'><p>{t}</p><span>{d}</span></a></li>"
    ),
    "the date as bare text behind the link": wrapped(
        "<ul>", lambda i, t, d: f"<li><a href='a{i}.html'>{t}</a>{d}</li>"
    ),
    "lines parted by breaks": wrapped("<div>", lambda i, t, d: f"<a href='a{i}.html'>{t}</a> {d}", "<br>"),
    "lines parted by breaks, the date before": wrapped(
        "<div>", lambda i, t, d: f"{d} <a href='a{i}.html'>{t}</a>", "<br>"
    ),
    "a category link before the title": wrapped(
        "<ul>",
        lambda i, t, d: (
            f"<li><a href='/c{i % 2}/'>[{('通知', '公告')[i % 2]}]</a><a href='a{i}.html'>{t}</a><span>{d}</span></li>"
        ),
    ),
    "a table with the day of signing and the day of publication": "<table><tr><th>索引号</th><th>名称</th>"
    "<th>成文日期</th><th>发布日期</th></tr>"
    + "".join(
        f"<tr><td>0161{i}/2026</td><td><a href='a{i}.html'>{t}</a></td><td>{d - timedelta(9)}</td><td>{d}</td></tr>"
        for i, t, d in ROWS
    )
    + "</table>",
    "deadlines in the titles": wrapped(
        "<ul>",
        lambda i, t, d: f"<li><a href='a{i}.html'>{t}（报名截止2026年4月{i + 1}日）</a><span>{d}</span></li>",
    ),
    "words of events at the end of the titles": wrapped(
        "<ul>", lambda i, t, d: f"<li><a href='a{i}.html'>{t}动员会议召开</a><span>{d}</span></li>"
    ),
    "rows that a script opens": wrapped(
        "<ul>", lambda i, t, d: f"<li onclick=\"location.href='a{i}.html'\"><p>{t}</p><span>{d}</span></li>"
    ),
    "dates in the addresses alone": wrapped(
        "<ul>", lambda i, t, d: f"<li><a href='./{d:%Y%m}/t{d:%Y%m%d}_1{i}.html'>{t}</a></li>"
    ),
    "years as headings over month and day": "<h3>2026年</h3><ul>"
    + "".join(f"<li><a href='a{i}.html'>{t}</a><span>{d:%m-%d}</span></li>" for i, t, d in ROWS)
    + "</ul>",
    "a list in a comment": "<div><!-- "
    + wrapped("<ul>", lambda i, t, d: f"<li><a href='a{i}.html'>{t}</a><span>{d}</span></li>")
    + " --></div>",
}


def read(body: str) -> Listing:
    return listed(whole(body))


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_gives_all_its_entries(name: str) -> None:
    found = read(LAYOUTS[name])
    assert [e.title[:14] for e in found.entries] == [t[:14] for t in TITLES]
    assert [e.published for e in found.entries] == list(DAYS)
    assert newest(found, today=TODAY) == DAYS[0]


SURE = [name for name in LAYOUTS if not name.startswith(("dates in", "a list in a comment", "lines parted by breaks"))]


@pytest.mark.parametrize("name", SURE)
def test_a_common_layout_is_read_surely(name: str) -> None:
    assert read(LAYOUTS[name]).confidence >= 0.9


def test_a_list_in_a_comment_is_never_sure() -> None:
    assert read(LAYOUTS["a list in a comment"]).confidence < 0.9


def test_newer_news_beside_the_list_do_not_pass_for_it_surely() -> None:
    side = "<div><h3>最新要闻</h3><ul>" + "".join(
        f"<li><a href='/t/{i}.html'>县领导第{i}次调研重点项目建设进展</a><span>2026-03-{17 - i}</span></li>"
        for i in range(6)
    )
    old = "".join(f"<li><a href='a{i}.html'>{t}</a><span>{d - timedelta(200)}</span></li>" for i, t, d in ROWS)
    found = read(f"{side}</ul></div><div><ul>{old}</ul></div>")
    assert found.confidence < 0.9 or newest(found, today=TODAY) == DAYS[0] - timedelta(200)


def test_an_empty_list_beside_other_news_is_not_read_surely() -> None:
    side = "".join(f"<li><a href='/t/{i}.html'>{t}</a><span>{d}</span></li>" for i, t, d in ROWS)
    found = read(f"<div><ul>{side}</ul></div><div class='list'><ul></ul><p>暂无内容</p></div>")
    assert found.blank or found.confidence < 0.9


def test_a_single_entry_is_read_but_not_surely() -> None:
    found = read(f"<div><ul><li><a href='a.html'>{TITLES[0]}</a><span>{DAYS[0]}</span></li></ul></div>")
    assert [(e.title, e.published) for e in found.entries] == [(TITLES[0], DAYS[0])]
    assert found.confidence < 0.9


def test_a_hearing_ahead_is_not_the_day_of_posting() -> None:
    rows = "".join(
        f"<li><a href='/n/{i}'>Public hearing on the zoning plan of district {i}</a>"
        f"<p>Hearing date: {TODAY + timedelta(days=20 + i):%B %d, %Y}</p><p>Posted {d:%B %d, %Y}</p></li>"
        for i, _, d in ROWS
    )
    assert [e.published for e in read(f"<ul>{rows}</ul>").entries] == list(DAYS)


def test_a_span_of_days_is_no_day_of_publication() -> None:
    rows = "".join(
        f"<div><a href='/n/{i}'>{t}</a><p>접수기간 {d} 09:00 ~ {d + timedelta(30)} 18:00</p></div>" for i, t, d in ROWS
    )
    assert {e.published for e in read(f"<div>{rows}</div>").entries} == {None}


def test_classes_and_ids_change_nothing() -> None:
    bare = wrapped("<ul>", lambda i, t, d: f"<li><a href='a{i}.html'>{t}</a><span>{d}</span></li>")
    dressed = wrapped(
        "<ul>",
        lambda i, t, d: (
            f"<li class='row{i}' id='r{i}'><a class='c' href='a{i}.html'>{t}</a><span class='d'>{d}</span></li>"
        ),
    )
    assert read(bare).entries == read(dressed).entries


def test_feeds_that_the_page_names_are_hinted_at() -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
    assert read(link + LAYOUTS["a list with the date in a span"]).hints == (
        Hint(kind=HintKind.FEED, url="http://www.qinghe.example/rss.xml"),
    )
