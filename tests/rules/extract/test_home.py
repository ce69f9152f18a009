"""Home pages of our own: all their lists, each with its heading and its more link, and nothing that is no list."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from monitor.extract import each_once, new_entries, read_home
from monitor.model.reading import HintKind, Home, Listing, Page, Trouble, TroubleKind

PAGES = Path(__file__).parents[2] / "homes"
TODAY = date(2026, 3, 18)
HERE = "http://www.qinghe.example/"


def read(body: bytes) -> Home | Trouble:
    page = Page(url=HERE, final_url=HERE, status=200, headers={"content-type": "text/html"}, body=body)
    return read_home(page, today=TODAY)


def home(name: str) -> Home:
    found = read((PAGES / name).read_bytes())
    assert isinstance(found, Home)
    return found


def in_short(listing: Listing) -> tuple[str, str | None, int, str | None]:
    days = [entry.published for entry in listing.entries if entry.published]
    return (
        listing.heading,
        listing.more and listing.more.removeprefix(HERE),
        len(listing.entries),
        str(max(days, default="")),
    )


@pytest.mark.parametrize(
    ("what", "name", "lists"),
    [
        ("boxes with title bars; no menu, no friends, no foot", "boxes.html",
         [("要闻动态", "xw/yw/", 3, "2026-03-16"), ("通知公告", "xw/tzgg/", 3, "2026-03-12"),
          ("政策文件", "zwgk/zcwj/", 2, "2026-01-19")]),
        ("a carousel of pictures, and tabs of which two are hidden", "tabs.html",
         [("", None, 3, ""), ("工作动态", "jyxx/gzdt/", 2, "2026-03-15"), ("通知公告", "jyxx/tzgg/", 2, "2026-03-09"),
          ("招考资讯", "jyxx/zkzx/", 2, "2026-02-27")]),
        ("old tables of titles alone, with pictures as more links", "undated.html",
         [("水务动态", "list.asp?id=3", 3, ""), ("公示公告", "list.asp?id=5", 3, "")]),
        ("cards with tags, under a heading that is the more link itself", "cards.html",
         [("Latest news", "news", 3, "2026-03-14"), ("Consultations", "consultations", 2, "2026-03-09")]),
        ("two entries in each row of a table; a definition list, with its more link below", "rows.html",
         [("财政动态", "czdt/", 4, "2026-03-12"), ("预决算公开", "yjs/", 2, "2026-02-11")]),
        ("one list in two columns; blocks with split dates", "columns.html",
         [("统计数据", "tjsj/", 4, "2026-03-17"), ("工作动态", "gzdt/", 3, "2026-03-09")]),
    ],
)  # fmt: skip
def test_all_lists_of_a_home_page(what: str, name: str, lists: list[tuple[str, str | None, int, str | None]]) -> None:
    assert [in_short(listing) for listing in home(name).listings] == lists


def test_an_entry_that_stands_in_two_lists_counts_once() -> None:
    found = home("boxes.html")
    urls = [entry.url for listing in found.listings for entry in listing.entries]
    fresh = [e for e in each_once(found.listings) if e.published and e.published >= TODAY - timedelta(days=14)]
    assert (len(urls), len(set(urls)), len(fresh)) == (8, 7, 4)


def test_an_entry_counts_with_the_list_that_dates_it() -> None:
    title, day = "清河县召开春季农业生产工作推进会议（第{}次）", "<i>2026-03-1{}</i>"
    rows = [f'<li><a href="/a/{n}.html">{title.format(n)}</a>{{}}</li>' for n in range(4)]
    bare, dated = "".join(r.format("") for r in rows[:3]), "".join(r.format(day.format(n)) for n, r in enumerate(rows))
    found = read(f"<h2>头条</h2><ul>{bare}</ul><h2>要闻</h2><ul>{dated}</ul>".encode())
    assert isinstance(found, Home)
    assert len(found.listings) == 2
    assert [entry.published for entry in each_once(found.listings)] == [date(2026, 3, 10 + n) for n in range(4)]


def test_the_same_list_made_twice_for_two_screens_is_one() -> None:
    body = (PAGES / "columns.html").read_text("utf-8").partition("<body>")[2].partition("</body>")[0]
    twice = read(f'<body><div class="pc">{body}</div><div class="phone">{body}</div>'.encode())
    assert isinstance(twice, Home)
    assert [in_short(x) for x in twice.listings] == [in_short(x) for x in home("columns.html").listings]


def test_a_page_that_only_leads_on_is_navigation() -> None:
    found = home("navigation.html")
    assert (found.navigation, found.listings, found.title) == (True, (), "清河县政务门户")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('<title>清河县</title><div id="app"></div><script src="/js/app.1f3.js"></script>', TroubleKind.NEEDS_SCRIPT),
        ("<title>404 Not Found</title><p>nginx</p>", TroubleKind.ERROR_PAGE),
        ("<p>欢迎光临</p>", TroubleKind.UNREADABLE),
        ("<p>暂无数据</p>", TroubleKind.UNREADABLE),
        ("", TroubleKind.UNREADABLE),
    ],
)  # fmt: skip
def test_a_home_page_that_cannot_be_read_says_why(body: str, kind: TroubleKind) -> None:
    found = read(body.encode())
    assert isinstance(found, Trouble)
    assert found.kind is kind


def test_the_data_call_of_an_empty_home_page_is_named() -> None:
    found = read(b'<title>t</title><div id=app></div><script>fetch("/api/home/news?size=8")</script>')
    assert isinstance(found, Trouble)
    assert [hint.url for hint in found.hints] == [HERE + "api/home/news?size=8"]


def test_the_entries_of_two_weeks_are_counted_once_over_all_lists() -> None:
    listings = home("boxes.html").listings
    assert [new_entries([one], today=TODAY) for one in listings] == [3, 2, 0]
    assert new_entries((*listings, *listings), today=TODAY) == 4, "one stands in two lists"
    assert new_entries(listings, today=date(2026, 3, 15)) == 3, "what is ahead of the day is not new on it"
    assert new_entries(listings, today=TODAY, span=timedelta(days=3)) == 1


MENU = "".join(f'<a href="/{n}/">栏目{n}</a>' for n in range(6))


@pytest.mark.parametrize(
    ("what", "body", "frames"),
    [
        ("a frameset", '<frameset><frame src="top.htm"><frame src="main.htm"></frameset>', ["top.htm", "main.htm"]),
        ("a menu around a frame", f'{MENU}<iframe src="/xw/list.htm" width="700"></iframe>', ["xw/list.htm"]),
    ],
)
def test_lists_in_frames_are_told_and_never_taken_for_none(what: str, body: str, frames: list[str]) -> None:
    found = read(f"<html><title>清河县</title>{body}</html>".encode())
    assert isinstance(found, Trouble), what
    assert (found.kind, "frames" in found.detail) == (TroubleKind.UNREADABLE, True)
    assert [(hint.kind, hint.url) for hint in found.hints] == [(HintKind.FRAME, HERE + path) for path in frames]


@pytest.mark.parametrize(
    "frame",
    [
        '<iframe src="/count.htm" width="0" height="0"></iframe>',
        '<iframe src="/count.htm" style="display: none"></iframe>',
        '<iframe src="https://map.example/"></iframe>',
        "<iframe></iframe>",
    ],
)
def test_counters_and_maps_are_no_frames_that_hold_lists(frame: str) -> None:
    found = read(f"<title>清河县政务门户</title>{MENU}{frame}".encode())
    assert isinstance(found, Home)
    assert (found.navigation, found.hints) == (True, ())
