"""Golden pages of our own: each family of listing gives its entries and its newest day."""

from datetime import date
from pathlib import Path

import pytest

from monitor.extract import extract, newest
from monitor.model.reading import HintKind, Listing, Page, Trouble, TroubleKind

PAGES = Path(__file__).parents[2] / "pages"
TODAY = date(2026, 3, 18)
BASE = "http://www.qinghe.example/col/"


def read(name: str, body: bytes | None = None) -> Listing | Trouble:
    content = body if body is not None else (PAGES / name).read_bytes()
    page = Page(url=BASE, final_url=BASE, status=200, headers={"content-type": "text/html"}, body=content)
    return extract(page, today=TODAY)


def listing(name: str, body: bytes | None = None) -> Listing:
    found = read(name, body)
    assert isinstance(found, Listing)
    return found


@pytest.mark.parametrize(
    ("name", "method", "count", "first", "url", "day"),
    [
        ("column_ul.html", "html", 5, "关于开展2026年度城乡供水工程安全隐患排查整治工作的通知",
         "http://swj.qinghe.example/tzgg/202603/t20260312_101.html", date(2026, 3, 12)),
        ("pinned_yearless.html", "html", 6, "【置顶】清河县关于做好当前重点工作的长期有效公告",
         BASE + "1.htm", date(2026, 3, 15)),
        ("two_dates.html", "html", 4, "Smith against the Borough Council of Fairmead",
         "http://www.qinghe.example/d/1", date(2026, 3, 3)),
        ("split_dates.html", "html", 4, "Gemeinderat beschließt den Haushalt für das laufende Jahr",
         BASE + "a1", date(2026, 3, 12)),
        ("headings.html", "html", 6, "Department opens the spring grant round for small farms",
         BASE + "r1.html", date(2026, 3, 10)),
        ("undated.html", "html", 6, "图解《清河县城乡居民基本养老保险实施细则》的主要内容",
         BASE + "j1.html", None),
        ("feed.xml", "feed", 3, "关于公共自行车停运检修的公告",
         "http://www.qinghe.example/a/3.html", date(2026, 3, 10)),
        ("list.json", "json", 3, "清河县2026年财政预算报告及附表公开",
         "http://www.qinghe.example/art/31.html", date(2026, 3, 9)),
        ("jpage.xml", "jpage", 3, "清河县人民政府办公室关于印发年度立法计划的通知",
         "http://www.qinghe.example/art/2026/3/11/art_1_301.html", date(2026, 3, 11)),
    ],
)  # fmt: skip
def test_each_family_of_listing_is_read(
    name: str, method: str, count: int, first: str, url: str, day: date | None
) -> None:
    found = listing(name)
    assert (found.method, len(found.entries)) == (method, count)
    assert (found.entries[0].title, found.entries[0].url) == (first, url)
    assert newest(found, today=TODAY) == day


def test_a_chinese_page_in_gbk_reads_like_the_same_in_utf_8() -> None:
    text = (PAGES / "column_ul.html").read_text("utf-8")
    assert listing("", text.replace("utf-8", "gb2312").encode("gbk")) == listing("column_ul.html")


def test_the_page_title_is_kept() -> None:
    assert listing("column_ul.html").title == "通知公告-清河县水务局"
    assert listing("feed.xml").title == "清河县政府公告"


def test_a_year_from_the_reading_day_alone_says_so() -> None:
    assert all(e.year_inferred for e in listing("pinned_yearless.html").entries)
    assert not any(e.year_inferred for e in listing("column_ul.html").entries)


def test_a_pinned_entry_is_marked_and_counts_by_its_own_date() -> None:
    first = listing("pinned_yearless.html").entries[0]
    assert (first.pinned, first.published) == (True, date(2025, 5, 20))


def test_a_day_of_the_reading_is_never_invented() -> None:
    assert [e.published for e in listing("undated.html").entries] == [None] * 6
    assert listing("feed.xml").entries[2].published is None


def test_a_column_that_says_it_is_empty_is_blank() -> None:
    found = listing("blank.html")
    assert (found.blank, found.entries) == (True, ())


def test_a_list_that_a_script_would_fill_is_not_blank() -> None:
    found = read("script.html")
    assert isinstance(found, Trouble)
    assert found.kind is TroubleKind.NEEDS_SCRIPT


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<title>系统维护中</title><p>网站正在升级改版，请稍后访问。</p>", TroubleKind.MAINTENANCE),
        ("<title>404 Not Found</title><p>nginx</p>", TroubleKind.ERROR_PAGE),
        ("<title>Just a moment...</title><p>Checking your browser before accessing.</p>", TroubleKind.BLOCKED),
        ("<title>登录</title><form>请先登录 <input name=u><input type=password></form>", TroubleKind.LOGIN),
        ("<p>关于我们：本局负责全县水务工作。</p>", TroubleKind.UNREADABLE),
        ("", TroubleKind.UNREADABLE),
    ],
)
def test_a_page_without_a_list_says_why(body: str, kind: TroubleKind) -> None:
    found = read("", body.encode())
    assert isinstance(found, Trouble)
    assert found.kind is kind


def test_an_undated_list_names_its_first_articles_to_be_asked() -> None:
    asked = [hint.url for hint in listing("undated.html").hints if hint.kind is HintKind.ARTICLE]
    assert asked == [BASE + "j1.html", BASE + "j2.html", BASE + "j3.html"]
