"""Lists that come as data: which field is the title, and where a feed's entry leads."""

import json

from tests.rules.extract.rows import DAYS, ROWS, TITLES, listed

FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Court</title><link>http://www.qinghe.example/</link>'
    "{items}</channel></rss>"
)
ITEM = (
    "<item><title>{title}</title><link>http://www.qinghe.example/n/{i}/</link>"
    "<pubDate>{d:%a, %d %b %Y} 09:00:00 +0000</pubDate><description><![CDATA[{content}]]></description></item>"
)


def feed(content: str) -> str:
    items = (ITEM.format(i=i, d=d, title=f"26-10{i}: {t}", content=content.format(i=i, t=t)) for i, t, d in ROWS)
    return FEED.format(items="".join(items))


def test_the_field_that_only_counts_is_not_the_title() -> None:
    items = [{"title": f"S0703{i}, Opinion", "subject": t, "link": f"/item/{i}", "dated": str(d)} for i, t, d in ROWS]
    found = listed(json.dumps({"items": items}))
    assert tuple(e.title for e in found.entries) == TITLES
    assert tuple(e.published for e in found.entries) == DAYS


def test_titles_that_differ_in_numbers_alone_are_kept_where_there_is_no_better() -> None:
    items = [
        {"title": f"清河县人民政府公报2026年第{i}期", "url": f"/gb/{i}.html", "pubDate": str(d)} for i, _, d in ROWS
    ]
    found = listed(json.dumps(items))
    assert [e.title for e in found.entries] == [f"清河县人民政府公报2026年第{i}期" for i, _, _ in ROWS]


def test_a_notice_of_a_document_leads_to_the_document() -> None:
    found = listed(feed("<p>Posted: <a href='/docs/{i}.pdf'>{t} (pdf)</a> Read <a href='/all/'>all</a></p>"))
    assert [e.url for e in found.entries] == [f"http://www.qinghe.example/docs/{i}.pdf" for i, _, _ in ROWS]


def test_an_entry_with_an_attachment_leads_to_its_own_page() -> None:
    own = [f"http://www.qinghe.example/n/{i}/" for i, _, _ in ROWS]
    for content in (
        "<p>{t}，现予公布。</p><a href='/docs/{i}.pdf'>附件：申报表.pdf</a>",
        "<a href='/docs/{i}.pdf'>{t}</a><a href='/docs/{i}b.pdf'>{t}</a>",
        "<a href='/docs/{i}.html'>{t}</a>",
    ):
        assert [e.url for e in listed(feed(content)).entries] == own


def test_links_to_other_sites_are_no_entries() -> None:
    items = [{"title": t, "link": f"https://www.site{i}.example/", "regDate": str(d)} for i, t, d in ROWS]
    own = [item | {"link": f"https://www.site.example/{i}.html"} for i, item in enumerate(items)]
    assert listed(json.dumps(items)).confidence < 0.5
    assert listed(json.dumps(own)).confidence >= 0.9
