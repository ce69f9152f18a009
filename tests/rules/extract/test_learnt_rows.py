"""Which lists are learnt by their rows: those whose titles, addresses and rivals are told apart; each as it changes."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from monitor.extract import extract
from monitor.extract.again import Way, read
from monitor.extract.learnt import Learnt, from_json
from monitor.model.reading import Listing, Page
from tests.rules.extract.test_again import page_of, same, spared

TODAY = date(2026, 3, 18)
TITLES = (
    "关于印发2026年政务公开工作要点的通知",
    "清河县召开安全生产工作会议",
    "关于公布第二批重点项目名单的公告",
    "全县春耕备耕现场推进会在城关镇举行",
    "关于调整城乡居民医疗保险缴费标准的通知",
    "县政府办公室关于做好森林防火工作的通知",
    "清河县2025年国民经济和社会发展统计公报",
    "关于开展食品安全专项检查的通告",
    "关于拟录用公务员名单的公示",
    "县自然资源局国有土地使用权出让公告",
)
Row = Callable[[int, str, str], str]

Family = tuple[str, Row, str]  # what stands before the rows, each of them by number, title and day, and what follows
LEARNT: dict[str, Family] = {
    "a picture and a title that lead to one address": (
        "<ul>",
        lambda n, t, d: (
            f'<li><a href="/n/{n}.html"><img src="/p/{n}.jpg" alt="{t}"></a><p><a href="/n/{n}.html">{t}</a></p>'
            f"<span>{d}</span></li>"
        ),
        "</ul>",
    ),
    "titles beside the links of their files": (
        "<table>",
        lambda n, t, d: (
            f'<tr><td><a href="/f/{n}.pdf">清政发{n}</a></td><td>{t}</td><td>清河县人民政府办公室</td><td>{d}</td></tr>'
        ),
        "</table>",
    ),
    "a summary that is nearly worth as much as the title": (
        "<ul>",
        lambda n, t, d: (
            f'<li><h3><a href="/n/{n}.html">{t[:9]}</a></h3><p>{t}，全文如下，请各单位遵照执行。</p><i>{d}</i></li>'
        ),
        "</ul>",
    ),
    "some articles in the column's folder, some of other hosts": (
        "<ul>",
        lambda n, t, d: (
            f'<li><a href="{"./" if n % 2 else "http://www.province.example/"}{n}.html">{t}</a><i>{d}</i></li>'
        ),
        "</ul>",
    ),
    "a label to each row, and a word behind its day": (
        "<ul>",
        lambda n, t, d: (
            f'<li><a href="/n/{n}.html">{t}</a><span>{d}</span><a href="/n/{n}.html">查看详情</a><em>发布</em></li>'
        ),
        "</ul>",
    ),
    "rows of two classes": (
        "<ul>",
        lambda n, t, d: f'<li class="{"pic" if n % 5 else "text"}"><a href="/n/{n}.html">{t}</a><i>{d}</i></li>',
        "</ul>",
    ),
    "several boxes, each with entries of more than one folder": (
        "<div><ul>",
        lambda n, t, d: f'<li><a href="/{"ab"[n % 2]}/{n}.html">{t}</a><i>{d}</i></li>{"</ul><ul>" if n == 5 else ""}',
        "</ul></div>",
    ),
}


def listing(family: Family, *, more: str = "") -> Page:
    before, row, after = family
    days = [(TODAY - timedelta(days=2 * i + 1)).isoformat() for i in range(len(TITLES))]
    rows = "\n".join(row(len(TITLES) - i, title, day) for i, (title, day) in enumerate(zip(TITLES, days, strict=True)))
    head = "<html><head><title>通知公告-清河县</title></head><body><h1>通知公告</h1>"
    source = f"{head}{before}{more}{rows}{after}</body></html>"
    return page_of(source.encode())


def learnt_of(page: Page) -> Learnt:
    first = read(page, None, today=TODAY)
    assert isinstance(first.result, Listing)
    assert first.learnt
    assert first.learnt.why == ""
    assert first.learnt.rows
    again = from_json(first.learnt.to_json())
    assert again == first.learnt
    return first.learnt


@pytest.mark.parametrize("name", LEARNT)
def test_a_list_is_learnt_by_its_rows_and_reads_alike_both_ways_however_it_changes(name: str) -> None:
    page = listing(LEARNT[name])
    learnt_of(page)
    assert {change: how for change, how in spared(page, TODAY).items() if how} == {}


@pytest.mark.parametrize("name", LEARNT)
def test_a_new_row_on_top_is_read_by_what_was_learnt(name: str) -> None:
    family = LEARNT[name]
    learnt, later = learnt_of(listing(family)), TODAY + timedelta(days=1)
    page = listing(family, more=family[1](17, "关于组织申报2026年科技计划项目的通知", TODAY.isoformat()) + "\n")
    again = read(page, learnt, today=later)
    assert (again.why, again.way) == ("", Way.LEARNT)
    assert same(again.result, extract(page, today=later))


NOT_LEARNT: dict[str, tuple[Family, str]] = {
    "headings of days": (
        ("<div>", lambda n, t, d: f'<h4>{d}</h4><ul><li><a href="/n/{n}.html">{t}</a></li></ul>', "</div>"),
        "dates before or above the rows",
    ),
    "one column's entries to a box": (
        (
            "<div><ul>",
            lambda n, t, d: (
                f'<li><a href="/{"a" if n > 5 else "b"}/{n}.html">{t}</a><i>{d}</i></li>{"</ul><ul>" if n == 6 else ""}'
            ),
            "</ul></div>",
        ),
        "addresses of several folders",
    ),
}


@pytest.mark.parametrize("name", NOT_LEARNT)
def test_why_a_list_is_not_learnt_by_its_rows_is_kept(name: str) -> None:
    family, why = NOT_LEARNT[name]
    learnt = read(listing(family), None, today=TODAY).learnt
    assert learnt
    assert (learnt.rows, learnt.why) == (None, why)


OTHER_ROWS = {
    "another word for the label of all rows": (
        "查看详情",
        "下载全文",
        "a label to each row, and a word behind its day",
    ),
    "an address that another row has": ("/f/17.pdf", "/f/9.pdf", "titles beside the links of their files"),
    "a box of its own": ("</li>", "</li></ul><ul>", "several boxes, each with entries of more than one folder"),
    "a title that is hardly one": ("关于组织申报2026年科技计划项目的通知", "公告", "rows of two classes"),
}


@pytest.mark.parametrize("name", OTHER_ROWS)
def test_a_new_row_that_could_turn_the_reading_is_read_in_full(name: str) -> None:
    was, now, family = OTHER_ROWS[name]
    learnt = learnt_of(listing(LEARNT[family]))
    row = LEARNT[family][1](17, "关于组织申报2026年科技计划项目的通知", TODAY.isoformat())
    assert was in row
    again = read(listing(LEARNT[family], more=row.replace(was, now) + "\n"), learnt, today=TODAY + timedelta(days=1))
    assert again.way is Way.FULL
