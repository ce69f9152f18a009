"""Recipes: what they find on pages of our own, what they say when they find nothing, and that none of them hangs."""

from dataclasses import replace
from datetime import date

import pytest

from monitor.extract import extract, read_recipe
from monitor.extract.formats import BadFormat, date_format, dated_as
from monitor.extract.selectors import BadSelector, selector
from monitor.model.reading import Listing, Page, Trouble, TroubleKind
from monitor.model.register import Recipe
from tests.rules.extract.rows import DAYS, ROWS, TITLES, TODAY, URL, whole

LI = Recipe(record="div.list li")


def page(source: str) -> Page:
    return Page(url=URL, final_url=URL, status=200, headers={}, body=source.encode())


def cooked(source: str, recipe: Recipe) -> Listing:
    read = read_recipe(page(source), recipe, today=TODAY)
    assert isinstance(read, Listing), read
    return read


def refused(source: str, recipe: Recipe) -> Trouble:
    read = read_recipe(page(source), recipe, today=TODAY)
    assert isinstance(read, Trouble)
    return read


def rows(form: str) -> str:
    return whole(
        "<div class=list><ul>"
        + "".join(form.format(i=i, title=title, day=day, cut=title[:10]) for i, title, day in ROWS)
        + "</ul></div>"
    )


PLAIN = rows('<li><a href="a/{i}.html">{title}</a><span class=d>{day}</span></li>')


def test_where_the_records_are_is_enough() -> None:
    read = cooked(PLAIN, LI)
    assert read.method == "recipe"
    assert read.confidence >= 0.9
    assert [e.title for e in read.entries] == list(TITLES)
    assert [e.published for e in read.entries] == list(DAYS)
    assert read.entries[0].url == "http://www.qinghe.example/tzgg/a/0.html"


@pytest.mark.parametrize(
    ("what", "form", "recipe"),
    [
        (
            "a title that is cut, and in full in its attribute",
            '<li><a href="a/{i}.html" title="{title}">{cut}…</a><span class=d>{day}</span></li>',
            replace(LI, title="a"),
        ),
        (
            "a title in an attribute",
            '<li data-t="{title}"><a href="a/{i}.html">更多</a><span class=d>{day}</span></li>',
            replace(LI, title="@data-t"),
        ),
        (
            "an address in a script",
            "<li><b>{title}</b><i onclick=\"go('a/{i}.html')\">看</i><span>{day}</span></li>",
            replace(LI, title="b", link="i@onclick"),
        ),
        (
            "the second of two dates",
            '<li><a href="a/{i}.html">{title}</a><i>2025-12-31</i><span class=d>{day}</span></li>',
            replace(LI, date="span.d"),
        ),
        (
            "a date in an attribute",
            '<li><a href="a/{i}.html">{title}</a><em data-on="{day}">近日</em></li>',
            replace(LI, date="em@data-on"),
        ),
        (
            "a year of two digits",
            '<li><a href="a/{i}.html">{title}</a><span class=d>{day:%y.%m.%d}</span></li>',
            replace(LI, date=".d", date_format="yy.mm.dd"),
        ),
        (
            "days before months, though the page does not show it",
            '<li><a href="a/{i}.html">{title}</a><span class=d>{day:%d/%m/%Y}</span></li>',
            replace(LI, date=".d", date_format="dmy"),
        ),
        (
            "day and month in elements of their own",
            '<li><a href="a/{i}.html">{title}</a><div class=d><b>{day:%d}</b><i>{day:%Y-%m}</i></div></li>',
            replace(LI, date=".d"),
        ),
        (
            "selectors copied from the top of the page",
            '<li><a href="a/{i}.html">{title}</a><span class=d>{day}</span></li>',
            Recipe(record="html > body > div.list > ul > li", title="body li a", date="body li > span:nth-child(2)"),
        ),
    ],
)
def test_a_recipe_finds(what: str, form: str, recipe: Recipe) -> None:
    read = cooked(rows(form), recipe)
    assert [(e.title, e.published) for e in read.entries] == list(zip(TITLES, DAYS, strict=True)), what
    assert read.entries[0].url == "http://www.qinghe.example/tzgg/a/0.html", what
    assert read.confidence >= 0.9, what


def test_a_day_without_a_year_is_inferred_as_on_any_page() -> None:
    read = cooked(
        rows('<li><a href="a/{i}.html">{title}</a><span class=d>{day:%m/%d}</span></li>'),
        replace(LI, date=".d", date_format="mm/dd"),
    )
    assert read.entries[0].published == DAYS[0]
    assert read.entries[0].year_inferred


def test_what_is_pinned_is_marked() -> None:
    source = PLAIN.replace('<li><a href="a/3', '<li>[置顶]<a href="a/3')
    assert [e.pinned for e in cooked(source, LI).entries].index(True) == 3


@pytest.mark.parametrize(
    ("what", "recipe", "says"),
    [
        (
            "records that are not there",
            Recipe(record="div.news li"),
            "the page has no element for “record: div.news li”",
        ),
        ("records of another make", Recipe(record="div.news li"), "was the site rebuilt?"),
        ("titles that are not there", replace(LI, title="h3"), "none of 8 records has a title"),
        ("links that are not there", replace(LI, link="b"), "none of 8 records has an address"),
        ("dates that are not there", replace(LI, date="em"), "none of 8 records has a date"),
        ("dates written otherwise", replace(LI, date=".d", date_format="dd/mm/yyyy"), "none of 8 records has a date"),
    ],
)
def test_a_recipe_that_finds_nothing_says_which_line(what: str, recipe: Recipe, says: str) -> None:
    trouble = refused(PLAIN, recipe)
    assert trouble.kind is TroubleKind.UNREADABLE, what
    assert says in trouble.detail, what


def test_a_page_that_says_that_it_is_empty_is_blank_with_a_recipe_too() -> None:
    assert cooked(whole("<div class=list><p>暂无内容</p></div>"), LI).blank


def test_a_page_that_a_script_fills_is_no_fault_of_the_recipe() -> None:
    source = whole("<div class=list></div><script>$.ajax('/api/list')</script>")
    assert refused(source, LI).kind is TroubleKind.NEEDS_SCRIPT


@pytest.mark.parametrize(
    ("what", "form", "recipe"),
    [
        (
            "most rows have no date",
            "<li><a href='a/{i}.html'>{title}</a>" + "<span class=d{i}>{day}</span></li>",
            replace(LI, date=".d0, .d1, .d2"),
        ),
        ("the titles are words of a menu", '<li><a href="a/{i}.html">更多</a><span class=d>{day}</span></li>', LI),
        ("rows with days are left out", '<li class=c{i}><a href="a/{i}.html">{title}</a><i>{day}</i></li>',
         Recipe(record="li.c3, li.c4, li.c5, li.c7")),
    ],
)  # fmt: skip
def test_a_recipe_is_not_sure_where(what: str, form: str, recipe: Recipe) -> None:
    assert cooked(rows(form), recipe).confidence < 0.9, what


def test_records_do_not_lie_within_one_another() -> None:
    source = PLAIN.replace("<li>", "<li class=o><ul><li class=i>").replace("</li>", "</li></ul></li>")
    assert len(cooked(source, Recipe(record="div.list li")).entries) == len(TITLES)


@pytest.mark.parametrize(
    "text",
    ["", " ", "li[", "ul >", "> li", ":has(a)", "li:has(a)", "li ~ li", "li + li", "a@", "a@href@title",
     "li::text", "li:contains('x')", ",", "li,", "a b c d e f g h i j k l m n", "x" * 400, "li\ud800", "\x00", "svg|a",
     "li:not(:not(a))", "li:is(a)", "1li", "li:nth-child(n)"],
)  # fmt: skip
def test_no_selector(text: str) -> None:
    with pytest.raises(BadSelector):
        selector(text)


@pytest.mark.parametrize("text", ["yyyy", "mm", "yyyy-mm-mm", "yyy-mm-dd", "%Y-%m-%d", "d/mmm/yyyy", "d" * 50, "date"])
def test_no_format(text: str) -> None:
    with pytest.raises(BadFormat):
        date_format(text)


@pytest.mark.parametrize(
    ("form", "text", "day"),
    [
        ("yyyy-mm-dd", "2026-3-04", date(2026, 3, 4)),
        ("YYYY年M月D日", "发布于 2026 年 3 月 4 日", date(2026, 3, 4)),
        ("dd/mm/yyyy", "04/03/2026 10:20", date(2026, 3, 4)),
        ("yyyymmdd", "no. 20260304", date(2026, 3, 4)),
        ("yy.mm.dd", "26.03.04", date(2026, 3, 4)),
        ("ymd", "26.3.4", date(2026, 3, 4)),
        ("yyyy mm dd", "2026 03 04", date(2026, 3, 4)),
        ("dd/mm/yyyy", "04/13/2026", None),
        ("yyyy-mm-dd", "12026-03-045", None),
    ],
)
def test_a_format_reads(form: str, text: str, day: date | None) -> None:
    pattern = date_format(form).pattern
    assert pattern
    seen = dated_as(text, pattern)
    assert (seen and date(seen.a, seen.b, seen.c)) == day


DEEP = "<div>" * 900 + "<p>x</p>" * 20 + "</div>" * 900
HOSTILE = {
    "deep boxes": DEEP * 3,
    "boxes for the parser's own walk": ("<div>" * 100 + "<p>x</p>" * 20 + "</div>" * 100) * 50,
    "a wide list": "<ul>" + "<li><a href=x>b</a><span>2026-01-01</span></li>" * 3_000 + "</ul>",
    "one that never ends": "<li" * 50_000,
    "no page": "",
}


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("path", ["i div div div div p", "li:nth-child(2)", "* * * * * * * *"])
def test_no_page_and_no_selector_break_the_reader(what: str, path: str) -> None:
    read = read_recipe(page(HOSTILE[what]), Recipe(record=path, title=path, date=path), today=TODAY)
    assert isinstance(read, Listing | Trouble)


def test_a_recipe_reads_what_the_page_without_it_would_not() -> None:
    """Two lists side by side: the livelier one is not the column's."""
    other = "".join(f'<li><a href="b/{i}.html">{title}（转载）</a><i>{TODAY}</i></li>' for i, title, _ in ROWS)
    source = PLAIN.replace("<div class=list>", f"<div class=other><ul>{other}</ul></div><div class=list>")
    usual = extract(page(source), today=TODAY)
    assert isinstance(usual, Listing)
    assert [e.title for e in cooked(source, LI).entries] == list(TITLES)
