"""What a page's scripts hold: lists as data, read when the HTML shows none, and the calls that would bring one."""

import json
from datetime import date

import pytest

from monitor.extract import extract
from monitor.extract.calls import MOST_CALLS
from monitor.model.reading import HintKind, Listing, Page, Trouble, TroubleKind

TODAY = date(2026, 3, 18)
HERE = "http://www.qinghe.example/col/c12/index.html"
ROWS = [
    {"title": f"清河县水务局关于第{n}批供水工程的公告", "url": f"/art/{n}.html", "date": f"2026-03-{17 - n:02}"}
    for n in range(6)
]
DATA = json.dumps(ROWS, ensure_ascii=False)
LITERAL = ",\n".join(f"{{title: '{r['title']}', 'url': \"{r['url']}\", /* day */ date: '{r['date']}',}}" for r in ROWS)
LITERAL = f"[{LITERAL},]"
OTHERS = json.dumps(
    [
        {"title": f"清河新闻网转载的第{n}条外地消息", "url": f"/hot/{n}.html", "date": f"2026-01-{17 - n:02}"}
        for n in range(6)
    ]
)
TABLE = json.dumps([[f"<a href='{row['url']}'>{row['title']}</a>", row["date"]] for row in ROWS], ensure_ascii=False)
ITEMS = json.dumps(
    {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": n,
                "item": {"@type": "NewsArticle", "headline": r["title"], "url": r["url"], "datePublished": r["date"]},
            }
            for n, r in enumerate(ROWS)
        ],
    }
)
CRUMBS = (
    '<script type="application/ld+json">{"@type": "BreadcrumbList", "itemListElement": ['
    '{"@type": "ListItem", "position": 1, "name": "清河县人民政府门户网站", "item": "/a/1.html", "date": "2026-03-01"},'
    '{"@type": "ListItem", "position": 2, "name": "政务公开信息公开目录", "item": "/a/2.html", "date": "2026-03-02"},'
    '{"@type": "ListItem", "position": 3, "name": "通知公告栏目信息列表", "item": "/a/3.html", "date": "2026-03-03"}]}'
    "</script>"
)
MENU = '<div><a href="/">首页</a> <a href="/gk">政务公开</a> <a href="/hd">互动交流</a></div><ul id="list"></ul>'


def read(body: str) -> Listing | Trouble:
    html = f"<html><head><meta charset=utf-8><title>通知公告</title></head><body>{MENU}{body}</body></html>"
    page = Page(url=HERE, final_url=HERE, status=200, headers={"content-type": "text/html"}, body=html.encode())
    return extract(page, today=TODAY)


@pytest.mark.parametrize(
    ("where", "body"),
    [
        ("a variable", f"<script>var a = {{}}; var list = {DATA}; show(list);</script>"),
        ("no JSON", f"<script>var list = {LITERAL}; show(list);</script>"),
        ("a call", f"<script>$('#list').render({DATA});</script>"),
        ("a field of an object that is no JSON", f"<script>new Vue({{el: '#list', data: {DATA}}})</script>"),
        ("a string that is parsed", f"<script>var list = JSON.parse('{DATA}');</script>"),
        ("the state of an application", f'<script>window.__INITIAL_STATE__={{"news":{{"rows":{DATA}}}}};</script>'),
        ("Next.js", f'<script id="__NEXT_DATA__" type="application/json">{{"props":{{"list":{DATA}}}}}</script>'),
        ("JSON-LD", f'<script type="application/ld+json">{ITEMS}</script>'),
        ("rows of a table", f"<script>$('#t').DataTable({{data: {TABLE}}})</script>"),
        ("after what is no JSON", f"<script>var a = [{{x: 1}}], b = {{\"c\": oops}}; var list = {DATA};</script>"),
        ("beside breadcrumbs", f"{CRUMBS}<script>var list = {DATA};</script>"),
    ],
)  # fmt: skip
def test_a_list_in_a_script_is_read(where: str, body: str) -> None:
    found = read(body)
    assert isinstance(found, Listing)
    assert found.method == "script"
    assert [(e.title, e.published) for e in found.entries] == [
        (row["title"], date.fromisoformat(row["date"])) for row in ROWS
    ]
    assert found.entries[0].url == "http://www.qinghe.example/art/0.html"


def test_one_list_in_a_script_is_sure_and_one_of_two_is_not() -> None:
    alone, rivalled = read(f"<script>var a = {DATA};</script>"), read(f"<script>a = {DATA}; b = {OTHERS};</script>")
    assert isinstance(alone, Listing)
    assert isinstance(rivalled, Listing)
    assert alone.confidence >= 0.9 > rivalled.confidence


LINKS = "".join(f'<li><a href="{row["url"]}">{row["title"]}</a>{{}}</li>' for row in ROWS)


def test_a_dated_list_of_the_page_needs_no_script() -> None:
    shown = LINKS.replace("{}", "<span>2026-02-11</span>")
    found = read(f"<ul>{shown}</ul><script>var hot = {OTHERS};</script>")
    assert isinstance(found, Listing)
    assert found.method == "html"


def test_a_script_dates_the_undated_list_that_it_holds_too() -> None:
    found = read(f"<ul>{LINKS.replace('{}', '')}</ul><script>var list = {DATA};</script>")
    assert isinstance(found, Listing)
    assert (found.method, found.entries[0].published) == ("script", date(2026, 3, 17))


def test_a_script_with_other_entries_does_not_stand_for_an_undated_list() -> None:
    found = read(f"<ul>{LINKS.replace('{}', '')}</ul><script>var hot = {OTHERS};</script>")
    assert isinstance(found, Listing)
    assert (found.method, found.entries[0].published) == ("html", None)


@pytest.mark.parametrize(
    ("what", "script"),
    [
        ("a menu has no days", ('var menu = [{"title": "清河县政府信息公开指南目录", "url": "/a/1.html"},'
         ' {"title": "清河县政府信息公开年度报告", "url": "/a/2.html"}]; $.ajax({url: "/api/list"})')),
        ("cut off", f"$.ajax({{url: '/api/list'}}); var list = {DATA[:-40]}"),
    ],
)  # fmt: skip
def test_what_is_no_list_leaves_the_trouble(what: str, script: str) -> None:
    found = read(f"<script>{script}</script>")
    assert isinstance(found, Trouble)
    assert found.kind is TroubleKind.NEEDS_SCRIPT


SITE = "http://www.qinghe.example"
KEYS = "{'parseType':'bulidstatic','webId':'12','pageId':'34','pageType':'column','tagId':'信息列表'}"
UNIT = f"{SITE}/api-gateway/jpaas-publish-server/front/page/build/unit"


@pytest.mark.parametrize(
    ("what", "body", "calls"),
    [
        ("$.ajax", '<script>$.ajax({type: "get", url: "/api/news/list?col=12", success: fill})</script>',
         [f"{SITE}/api/news/list?col=12"]),
        ("$.getJSON", "<script>$.getJSON('list.json', fill)</script>", [f"{SITE}/col/c12/list.json"]),
        ("fetch", "<script>fetch(`/cms/query.do?id=7`).then(fill)</script>", [f"{SITE}/cms/query.do?id=7"]),
        ("axios, on a host of its own", '<script>axios.get("https://data.qinghe.example/articles")</script>',
         ["https://data.qinghe.example/articles"]),
        ("an address in a constant", '<script>const A = "/gateway/api/article/page?size=20"; ask(A)</script>',
         [f"{SITE}/gateway/api/article/page?size=20"]),
        ("DataTables", "<script>$('#t').DataTable({ajax: '/notice/data', columns: []}); $.ajax</script>",
         [f"{SITE}/notice/data"]),
        ("an attribute", '<div class="list" data-url="/col/12/rows">加载中</div>', [f"{SITE}/col/12/rows"]),
        ("the list before what is less like one", '<script>$.post("/a/b.do"); $.get("/news/list.do")</script>',
         [f"{SITE}/news/list.do"]),
        ("a unit of Hanweb", f'<script url="{UNIT.removeprefix(SITE)}" querydata="{KEYS}">$.ajax</script>',
         [(f"{UNIT}?parseType=bulidstatic&webId=12&pageId=34&pageType=column"
          "&tagId=%E4%BF%A1%E6%81%AF%E5%88%97%E8%A1%A8")]),
        ("jpage, with its keys apart", ("<script>$('#9').jpage({url: '/module/web/jpage/dataproxy.jsp', ajaxParam: "
         "{col:1,webid:2,path:'/',columnid:34,unitid:56,webname:'清河'}})</script>"),
         [(f"{SITE}/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=60&perpage=20&col=1&webid=2&path=%2F"
          "&columnid=34&unitid=56&webname=%E6%B8%85%E6%B2%B3")]),
        ("jpage, in one address", "<script>p = '/module/web/jpage/dataproxy.jsp?columnid=3&unitid=5&webid=2';</script>",
         [f"{SITE}/module/web/jpage/dataproxy.jsp?columnid=3&unitid=5&webid=2&startrecord=1&endrecord=60&perpage=20"]),
        ("a script completes it behind", '<script>$.get("/api/list?page=" + n); $.get("/api/list/" + id)</script>', []),
        ("a script completes it in front", '<script>$.get(base + "/api/list")</script>', []),
        ("a template", "<script>fetch(`/api/list/${id}`); fetch('/api/{col}/list')</script>", []),
        ("counters, logins, suggestions", ('<script>$.get("/api/visit/count"); $.get("/api/login?x=1"); '
         '$.ajax({url: "/api/suggest?q=1"})</script>'), []),
        ("pictures and pages", '<script>$.get("/list/a.png"); $.ajax({url: "/news/index.html"})</script>', []),
        ("links for people", '<a href="/api/other/list.json">数据</a><script>$.ajax</script>', []),
        ("the page itself", f'<script>$.get("{HERE}")</script>', []),
        ("another kind of address", '<script>fetch("ftp://x/list"); fetch("javascript:list()")</script>', []),
        ("an address that is none", '<script>fetch("http://[list")</script>', []),
    ],
)  # fmt: skip
def test_a_trouble_names_the_calls_that_bring_the_list(what: str, body: str, calls: list[str]) -> None:
    found = read(body)
    assert isinstance(found, Trouble)
    assert [hint.url for hint in found.hints] == calls
    assert all(hint.kind is HintKind.DATA for hint in found.hints)


def test_calls_are_named_up_to_a_bound() -> None:
    found = read("<script>" + "".join(f'$.get("/api/list{n}?x=1");' for n in range(50)) + "</script>")
    assert len(found.hints) == MOST_CALLS


def test_feeds_are_named_once_the_nearest_first() -> None:
    kinds = ("/feed/", "/comments/feed/", "/feed/", "/col/c12/feed/")
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{href}">' for href in kinds)
    found = read(links + "<script>$.ajax</script>")
    assert [hint.url for hint in found.hints] == [f"{SITE}/col/c12/feed/", f"{SITE}/feed/"]
