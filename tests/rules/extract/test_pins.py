"""Entries kept at the top: known by words, pictures and classes; they count by their own day and break no order."""

from datetime import timedelta

import pytest

from monitor.extract import newest
from tests.rules.extract.rows import DAYS, ROWS, TITLES, TODAY, listed, whole

MARKS = {
    "置顶": "<em>置顶</em>",
    "[顶]": "[顶]",
    "顶 in an element of its own": "<i>顶</i>",
    "置頂 in brackets": "【置頂】",
    "zd.gif": "<img src='/images/zd.gif'>",
    "top.gif": "<img src='../img/top.gif' border=0>",
    "icon_top.png": "<img src='/s/icon_top.png'/>",
    "ding.png": "<img src='ding.png'>",
    "the text that stands for a picture": "<img alt='置顶' src='x1.png'>",
    "the title of a picture": "<img title='置顶' src='a.png'>",
    "an empty mark of class zd": "<i class='zd'></i>",
    "an empty mark of class istop": "<span class='istop'></span>",
    "TOP": "<span class='top'>TOP</span>",
    "Sticky": "<span class='badge'>Sticky</span>",
    "Featured": "<b>Featured</b>",
    "固定": "<span>固定</span>",
    "お知らせ固定": "<span>お知らせ固定</span>",
    "공지": "<span class='label'>공지</span>",
    "고정": "<em>고정</em>",
}
NO_MARKS = {
    "nothing": "",
    "a new entry": "<img src='/images/new.gif' alt='new'>",
    "a hot one": "<i class='hot'></i>",
    "a dot": "<img src='dot.gif'>",
    "a picture whose name ends alike": "<img src='/desktop/laptop.png'>",
    "a stop sign": "<img src='stop.gif'>",
    "a word that begins with 顶": "<i>顶层设计</i>",
}
PLACES = {"before the link": "{m}<a {h}>{t}</a>", "in the link": "<a {h}>{m}{t}</a>", "behind it": "<a {h}>{t}</a>{m}"}


def body(mark: str, place: str, count: int) -> str:
    """A list whose first entries are marked, and older than what follows."""
    rows = []
    for i, title, day in ROWS:
        link = PLACES[place].format(m=mark if i < count else "", h=f"href='a{i}.html'", t=title)
        shown = day - timedelta(500 * (count - i)) if i < count else day
        rows.append(f"<li>{link}<span>{shown}</span></li>")
    return f"<ul>{''.join(rows)}</ul>"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
def test_a_mark_pins_an_entry_that_counts_by_its_own_day(mark: str, count: int, place: str) -> None:
    found = listed(whole(body(mark, place, count)))
    assert [e.pinned for e in found.entries] == [i < count for i in range(8)]
    assert [e.title.removeprefix("[顶]").removeprefix("【置頂】") for e in found.entries] == list(TITLES)
    assert newest(found, today=TODAY) == DAYS[count]
    assert found.confidence >= 0.9


@pytest.mark.parametrize("mark", NO_MARKS.values(), ids=NO_MARKS)
@pytest.mark.parametrize("count", [1, 3])
def test_a_break_in_the_order_or_another_mark_pins_nothing(mark: str, count: int) -> None:
    found = listed(whole(body(mark, "before the link", count)))
    assert not any(e.pinned for e in found.entries)


@pytest.mark.parametrize("name", ["top", "notice", "is-pinned", "zd", "sticky", "list-top", "tr_notice", "bo_notice"])
@pytest.mark.parametrize("row", ["<li {c}>{i}{a} {d}</li>", "<tr {c}><td>{i}</td><td>{a}</td><td>{d}</td></tr>"])
def test_a_row_is_pinned_by_its_class(name: str, row: str) -> None:
    rows = "".join(
        row.format(c=f"class='row {name if i < 2 else ''}'", i=9 - i, a=f"<a href='a{i}.html'>{t}</a>", d=d)
        for i, t, d in ROWS
    )
    found = listed(whole(f"<table>{rows}</table>" if row.startswith("<tr") else f"<ul>{rows}</ul>"))
    assert [e.pinned for e in found.entries] == [i < 2 for i in range(8)]


@pytest.mark.parametrize("mark", ["<i class='top'></i>", "<span>공지</span>", "<img src='icon_top.gif'>"])
def test_what_every_row_bears_is_no_mark(mark: str) -> None:
    found = listed(whole(body(mark, "before the link", 8)))
    assert not any(e.pinned for e in found.entries)
