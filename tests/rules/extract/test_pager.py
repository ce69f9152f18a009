"""The next page: found in words, marks, numbers, scripts and data; on the same host, and never the page itself."""

from datetime import date

import pytest

from monitor.extract import extract
from monitor.model.reading import Listing, Page

TODAY = date(2026, 3, 18)
HERE = "http://www.qinghe.example/col/index.html"
ROWS = "".join(
    f'<li><a href="/art/{n}.html">清河县水务局关于第{n}批供水工程的公告</a><span>2026-03-{17 - n:02}</span></li>'
    for n in range(8)
)


def read(text: str, url: str = HERE) -> str | None:
    page = Page(url=url, final_url=url, status=200, headers={"content-type": "text/html"}, body=text.encode())
    found = extract(page, today=TODAY)
    assert isinstance(found, Listing)
    assert found.entries
    return found.next_page


def listed(pager: str, url: str = HERE) -> str | None:
    return read(f"<html><head><meta charset=utf-8></head><body><ul>{ROWS}</ul><div>{pager}</div></body></html>", url)


@pytest.mark.parametrize(
    ("what", "pager", "following"),
    [
        ("下一页", '<a href="index.html">首页</a> <a href="index_2.html">下一页</a> <a href="index_9.html">尾页</a>',
         "http://www.qinghe.example/col/index_2.html"),
        ("下页 with an arrow", '<a href="/col/2.htm">下页 &gt;</a>', "http://www.qinghe.example/col/2.htm"),
        ("traditional characters", '<a href="?p=2">下一頁</a>', HERE + "?p=2"),
        ("English", '<a href="/col/page/2/">Next »</a>', "http://www.qinghe.example/col/page/2/"),
        ("German", '<a href="?seite=2">Weiter</a>', HERE + "?seite=2"),
        ("French", '<a href="?page=2">Page suivante</a>', HERE + "?page=2"),
        ("Japanese", '<a href="?page=2">次へ</a>', HERE + "?page=2"),
        ("Korean", '<a href="?pageIndex=2">다음</a>', HERE + "?pageIndex=2"),
        ("rel=next before the words", '<a rel="next nofollow" href="?page=1">Show more</a><a href="?x=9">Next</a>',
         HERE + "?page=1"),
        ("a picture of an arrow", '<li class="next"><a href="?page=2"><i></i></a></li>', HERE + "?page=2"),
        ("the small arrow before the large one, which leads to the end", '<a href="?p=9">»</a><a href="?p=2">›</a>',
         HERE + "?p=2"),
        ("numbers, this one without a link", '<b>1</b><a href="?p=2">2</a><a href="?p=3">3</a>', HERE + "?p=2"),
        ("numbers in the middle", '<a href="?p=3">3</a><span>4</span><a href="?p=5">5</a>', HERE + "?p=5"),
        ("numbers, this one linked to itself",
         '<a href="a.html">1</a><a href="index.html">2</a><a href="c.html">3</a>',
         "http://www.qinghe.example/col/c.html"),
        ("numbers with words", '<a href="?p=1">第1页</a><em>第2页</em><a href="?p=3">第3页</a>', HERE + "?p=3"),
        ("an address in a script", '''<a href="javascript:void(0)" onclick="location.href='/col/2.html'">下一页</a>''',
         "http://www.qinghe.example/col/2.html"),
        ("TRS", '<script>createPageHTML(20, 0, "index", "html");</script>',
         "http://www.qinghe.example/col/index_1.html"),
        ("TRS, with a box to fill", "<script>createPageHTML('pages',20,3,'index','shtml',300)</script>",
         "http://www.qinghe.example/col/index_4.shtml"),
        ("without what only the browser needs", '<a href="index_2.html#list">下一页</a>',
         "http://www.qinghe.example/col/index_2.html"),
        ("a form that is sent", '''<a href="javascript:__doPostBack('grid','Page$2')">2</a>''', None),
        ("a script that alone knows", '<a href="javascript:;" onclick="toPage(2)">下一页</a>', None),
        ("another host", '<a href="http://elsewhere.example/col/index_2.html">下一页</a>', None),
        ("another kind of address", '<a href="ftp://www.qinghe.example/col/index_2.html">下一页</a>', None),
        ("an address that is none", '<a href="http://[x">下一页</a>', None),
        ("the page itself, at the end", '<a href="index.html">下一页</a><a href="index.html#top">Next</a>', None),
        ("the next article is no page", '<a href="/art/9.html">下一篇</a>', None),
        ("years are no pages", '<a href="2025.html">2025</a><a href="2026.html">2026</a>', None),
        ("TRS, on the last page", '<script>createPageHTML(20, 19, "index", "html");</script>', None),
        ("no pager", "", None),
    ],
)  # fmt: skip
def test_the_pager(what: str, pager: str, following: str | None) -> None:
    assert listed(pager) == following


def test_trs_on_the_second_page_leads_to_the_third() -> None:
    script = '<script>function createPageHTML(a, b, c, d) {}; createPageHTML(20, 1, "index", "html");</script>'
    assert listed(script, "http://www.qinghe.example/col/index_1.html") == "http://www.qinghe.example/col/index_2.html"


CALL = "http://www.qinghe.example/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45&perpage=15&unitid=12"


@pytest.mark.parametrize(("total", "more"), [("<totalrecord>90</totalrecord>", True), ("", True),
                                             ("<totalrecord>45</totalrecord>", False)])  # fmt: skip
def test_jpage_is_asked_for_the_records_after_these(total: str, more: bool) -> None:
    records = "".join(f"<record><![CDATA[<li>{row}]]></record>" for row in ROWS.split("<li>")[1:])
    answer = f"<datastore>{total}<recordset>{records}</recordset></datastore>"
    following = CALL.replace("startrecord=1&endrecord=45", "startrecord=46&endrecord=90")
    assert read(answer, CALL) == (following if more else None)


ITEMS = ",".join(
    f'{{"title": "清河县水务局关于第{n}批供水工程的公告", "url": "/art/{n}.html", "date": "2026-03-{17 - n:02}"}}'
    for n in range(5)
)


@pytest.mark.parametrize(
    ("what", "fields", "following"),
    [
        ("JSON Feed", '"next_url": "http://www.qinghe.example/feed2.json"', "http://www.qinghe.example/feed2.json"),
        ("a plain field", '"next": "/api/list?page=2"', "http://www.qinghe.example/api/list?page=2"),
        ("HAL", '"_links": {"next": {"href": "/api?p=2"}}', "http://www.qinghe.example/api?p=2"),
        ("links by kind", '"links": [{"rel": "self", "href": "/a"}, {"rel": "next", "href": "/b"}]',
         "http://www.qinghe.example/b"),
        ("a number is no address", '"next": 2', None),
        ("a cursor is no address", '"next": "eyJtIjoiZ"', None),
        ("another host", '"next": "https://elsewhere.example/api?p=2"', None),
    ],
)  # fmt: skip
def test_data_name_their_next_page(what: str, fields: str, following: str | None) -> None:
    assert read(f'{{"items": [{ITEMS}], {fields}}}') == following


def test_a_feed_in_pages_names_the_next() -> None:
    entry = '<entry><title>A title</title><link href="/1"/><updated>2026-03-04T10:00:00Z</updated></entry>'
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><link rel="next" href="?p=2"/>{entry}</feed>'
    assert read(feed, "http://www.qinghe.example/feed") == "http://www.qinghe.example/feed?p=2"
