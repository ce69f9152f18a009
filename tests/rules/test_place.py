"""Whether a page is the column's own: redirects, marks in its meta tags, and the home page with status 200."""

from datetime import date

import pytest

from monitor.model.judging import KnownEntry
from monitor.model.reading import Entry, Page, Trouble, TroubleKind
from monitor.model.register import Marks
from monitor.place import Place, another_page, is_home, led_away, lists_known, marks_of, same_page

HOME = "http://www.example.gov.cn/"
COLUMN = "http://www.example.gov.cn/zwgk/gzdt/"


def led(to: str, url: str = COLUMN) -> TroubleKind | None:
    found = led_away(Page(url=url, final_url=to, status=200, headers={}, body=b""), HOME)
    return found.kind if found else None


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        (COLUMN, None),
        ("https://www.example.gov.cn/zwgk/gzdt/", None),
        ("http://example.gov.cn/zwgk/gzdt/", None),
        ("https://www.example.gov.cn:443/zwgk/gzdt/index.html", None),
        ("http://www.example.gov.cn/xxgk/dt/", None),
        ("http://www.example.gov.cn:8080/zwgk/gzdt/", TroubleKind.MOVED),
        ("http://zwgk.example.gov.cn/gzdt/", TroubleKind.MOVED),
        ("http://www.example.com/", TroubleKind.MOVED),
        ("http://www.example.gov.cn/", TroubleKind.MOVED),
        ("http://www.example.gov.cn", TroubleKind.MOVED),
        ("https://example.gov.cn/index.shtml", TroubleKind.MOVED),
        ("http://www.example.gov.cn/?id=7", None),  # a page of a program that keeps all its pages there
        ("http://www.example.gov.cn/login?next=%2Fzwgk", TroubleKind.LOGIN),
        ("https://sso.example.gov.cn/auth", TroubleKind.LOGIN),
        ("http://www.example.gov.cn/cas/index.jsp", TroubleKind.LOGIN),
        ("http://www.example.gov.cn/castings/", None),
    ],
)
def test_a_redirect_leads_to_the_column_or_away_from_it(to: str, expected: TroubleKind | None) -> None:
    assert led(to) is expected


def test_a_column_that_is_the_home_page_may_be_redirected_within_it() -> None:
    assert led("https://www.example.gov.cn/index.html", url=HOME) is None
    assert is_home("http://www.example.gov.cn/index.html", HOME)
    assert is_home("http://www.example.gov.cn/home/main", "http://www.example.gov.cn/home/main")
    assert not is_home(COLUMN, HOME)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        (
            '<meta name="SiteIDCode" content="3701000012"><meta name="ColumnName" content="工作动态"/>',
            ("3701000012", "工作动态"),
        ),
        ("<META CONTENT='工作动态' NAME='columnname'>", ("", "工作动态")),
        ('<meta name="ColumnName" content="政策&amp;解读">', ("", "政策&解读")),
        ('<meta name="ColumnName" content="">', ("", "")),
        ('<meta name="ColumnName" content="一"><meta name="ColumnName" content="二">', ("", "一")),
        ('<meta name="ColumnNameX" content="x"><meta name="keywords" content="SiteIDCode">', ("", "")),
        ("<meta " * 2_000 + 'name="SiteIDCode"', ("", "")),
    ],
)
def test_the_marks_of_a_page_are_its_meta_tags(text: str, marks: tuple[str, str]) -> None:
    assert marks_of(text) == Marks(site_code=marks[0], column_name=marks[1])


def known(
    title: str = "市财政局召开年度预算工作会议", url: str | None = f"{COLUMN}art_1024.html"
) -> tuple[KnownEntry, ...]:
    entry = Entry(title=title, url=url, published=date(2026, 3, 1))
    return (KnownEntry(entry=entry, first_seen=date(2026, 3, 1), readings=3),)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<a href="./art_1024.html">…</a>', True),
        ("<p>市财政局召开年度预算工作会议</p>", True),
        ("<a href=art_1024.html>", True),
        ('<a href="/smart_1024.html">', False),
        ('<a href="/art_2048.html">市财政局公布收费目录</a>', False),
    ],
)
def test_a_page_that_names_a_known_entry_is_the_column(text: str, found: bool) -> None:
    assert lists_known(text, known()) is found


def test_a_page_that_names_a_few_of_the_newest_is_perhaps_the_home_page() -> None:
    newest = tuple(
        one for n in range(10) for one in known(f"市财政局召开第{n}次预算工作会议", f"{COLUMN}art_{n}024.html")
    )
    assert not lists_known(linked(*(f"/art_{n}024.html" for n in range(4))), newest)
    assert lists_known(linked(*(f"/art_{n}024.html" for n in range(5))), newest)
    assert lists_known(linked(*(f"/art_{n}024.html" for n in range(5))), newest + known() * 50), (
        "what is older may be gone"
    )


def test_a_title_or_an_address_of_few_characters_tells_nothing() -> None:
    assert not lists_known("<a href='/'>公示</a> 1.htm", known("公示", "http://a.test/x/"))


OF_FINANCE = '<meta name="SiteIDCode" content="3701000012"><meta name="ColumnName" content="工作动态">'
RENAMED = OF_FINANCE.replace("工作动态", "图片新闻")
OF_ANOTHER = OF_FINANCE.replace("3701000012", "3702000099")
UNMARKED = "<title>示例市财政局</title>"
SEEN = Marks(site_code="3701000012", column_name="工作动态")


@pytest.mark.parametrize(
    ("what", "text", "before", "moved"),
    [
        ("the same marks", OF_FINANCE, SEEN, False),
        ("never a mark before", RENAMED, None, False),
        ("never a mark before, none now", UNMARKED, Marks(), False),
        ("another column's name", RENAMED, SEEN, True),
        ("another site's code", OF_ANOTHER, SEEN, True),
        ("no column's name any more, as on a home page", UNMARKED, SEEN, True),
        ("another name, and a known entry", RENAMED + "/art_1024.html", SEEN, False),
        ("another code, and a known entry", OF_ANOTHER + "/art_1024.html", SEEN, False),
    ],
)
def test_changed_marks_tell_of_another_page_where_nothing_known_is_listed(
    what: str, text: str, before: Marks | None, moved: bool
) -> None:
    found = another_page(text, Place(before=before, known=known()))
    assert (found is not None and found.kind is TroubleKind.MOVED) is moved, what


@pytest.mark.parametrize(
    ("code", "text", "moved"),
    [
        (None, OF_ANOTHER, False),
        ("3701000012", OF_FINANCE, False),
        ("3701000012", UNMARKED, False),
        ("3701000012", OF_ANOTHER, True),
        ("3701000012", OF_ANOTHER + "/art_1024.html", True),
    ],
)
def test_a_site_code_that_contradicts_the_register_counts_by_itself(code: str | None, text: str, moved: bool) -> None:
    found = another_page(text, Place(site_code=code, known=known()))
    assert isinstance(found, Trouble) is moved


def linked(*paths: str) -> str:
    return "".join(f'<a href="{path}">{path}</a>' for path in paths)


NAV = [f"/{n}/" for n in range(20)]
NEWS = [f"/art_{n}.html" for n in range(20)]


@pytest.mark.parametrize(
    ("what", "text", "home", "same"),
    [
        ("the very same", "<p>x</p>", "<p>x</p>", True),
        ("nothing, twice", "", "", False),
        ("one news item later", linked(*NAV, *NEWS), linked(*NAV, *NEWS[1:], "/art_99.html"), True),
        ("a column in the same frame", linked(*NAV, *NEWS), linked(*NAV, *(f"/b_{n}.html" for n in range(20))), False),
        ("a column of few entries in the same frame", linked(*NAV, *NEWS[:3]), linked(*NAV, *NEWS), False),
        ("two pages of hardly a link", linked("/"), linked("/") + " ", False),
    ],
)
def test_the_home_page_is_known_by_its_links(what: str, text: str, home: str, same: bool) -> None:
    assert same_page(text, home) is same, what
