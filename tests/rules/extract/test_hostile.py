"""Nothing that a page holds makes the reader raise."""

from datetime import date
from pathlib import Path
from random import Random

import pytest

from monitor.extract import extract, read_home
from monitor.extract.feed import cut_short
from monitor.extract.tree import shallow
from monitor.model.reading import Home, Listing, Page, Trouble

PAGES = sorted(p for p in (Path(__file__).parents[2] / "pages").rglob("*.*") if p.suffix != ".yaml")
TODAY = date(2026, 3, 18)

SPLINTERS = [b"<", b">", b'"', b"</td>", b"<table>", b"<![CDATA[", b"\x00", b"\xff", b"{{", b"2021-"]
MONSTERS = {
    "ten thousand nested boxes": b"<div>" * 10_000,
    "nested lists": b"<ul><li>" * 5_000,
    "nested links": b"<a href=x>" * 5_000,
    "comments that never end": b"<!--" * 50_000,
    "scripts that never end": b"<script" * 20_000,
    "records that never end": b"<record><![CDATA[" * 20_000,
    "deep arrays": b"[" * 100_000,
    "deep objects": b'{"a":' * 50_000,
    "digits": b"1 " * 100_000,
    "months": b"march 4 " * 20_000,
    "zero bytes": b"\0" * 100_000,
    "noise": Random(1).randbytes(100_000),
    "a broken feed": b"<rss><channel>" + b"<item>" * 500,
    "entities within entities": b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    b"<rss><channel><item><title>&b;</title></item></channel></rss>",
    "addresses that are none": b"".join(
        b'<li><a href="http://[%d">A title long enough</a> 2026-03-%02d' % (i, i + 1) for i in range(20)
    ),
    "half a character in a feed": b"<rss><channel><item><title>a & b &#xD800;</title></item></channel></rss>",
    "half a character in data": b'[{"title": "A title \\ud800 of length", "url": "/a/1.html", "date": "2026-03-01"},'
    b' {"title": "Another \\u0000 title here", "url": "/a/2.html", "date": "2026-02-01"}]',
    "data in a script that never end": b"<script>a=" + b'[{"a":' * 20_000,
    "deep data in a script": b"<script>a=" + b"[[" * 50_000,
    "half a character in a script": b"<script>a="
    b'[{"title": "A title \\ud800 of length", "url": "/1", "date": "2026-03-01"},'
    b'{"title": "Another \\u0000 title", "url": "/2", "date": "2026-02-01"}]</script>',
    "calls that lead nowhere": b"<script>fetch('http://[x/list'); $.get('//:99999/api/list'); $.get('/api/\0list')",
    "pagers that lead nowhere": b"<a href='http://[x'>next</a><a href='http://a.example:99999/'>next</a>" * 3
    + b"<li><a href=/1.html>A title long enough</a> 2026-03-02" * 4,
    "a year that is none": b"<li><a href=/art/0000/0/0/>Some title</a> 0000-00-00" * 5,
    "json numbers": b'[{"title": "A title of some length", "time": 1e308}, {"title": "Another title", "time": 1e11}]',
}


def go(body: bytes) -> Listing | Trouble:
    page = Page(url="http://a.example/", final_url="http://a.example/", status=200, headers={}, body=body)
    assert isinstance(read_home(page, today=TODAY), Home | Trouble)
    return extract(page, today=TODAY)


@pytest.mark.parametrize("name", MONSTERS)
def test_a_monstrous_page_gives_an_answer(name: str) -> None:
    assert isinstance(go(MONSTERS[name]), Listing | Trouble)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_a_damaged_page_gives_an_answer(path: Path) -> None:
    whole, random = path.read_bytes(), Random(path.name)
    for _ in range(12):
        body = bytearray(whole[: random.randrange(len(whole) + 1)])
        for _ in range(random.randrange(20)):
            at = random.randrange(len(body) + 1)
            if random.random() < 0.5:
                body[at : at + random.randrange(60)] = b""
            else:
                body[at:at] = random.choice(SPLINTERS)
        assert isinstance(go(bytes(body)), Listing | Trouble)


def test_what_cannot_be_written_is_left_out() -> None:
    found = go(MONSTERS["half a character in data"])
    assert isinstance(found, Listing)
    assert [e.title for e in found.entries] == ["A title of length", "Another title here"]


def test_a_tag_of_thousands_of_attributes_is_cut_down_to_its_name_and_a_long_picture_is_kept() -> None:
    bloated = " ".join(f"a{n}=1" for n in range(5_000))
    picture = f'<img src="data:image/png;base64,{"A" * 50_000}" alt="图">'
    assert shallow(f"甲<div {bloated}>乙<p>{picture}丙") == f"甲<div>乙<p>{picture}丙"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<rss version='2.0'><channel>", "</channel></rss>"),
        ("<rss version='2.0'>", "</rss>"),
        ("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><channel></channel>", "</rdf:RDF>"),
    ],
)
def test_a_feed_with_too_many_items_ends_with_the_tags_that_it_opened(before: str, after: str) -> None:
    cut = cut_short(before + "<item><title>t</title></item>" * 2_000 + after)
    assert cut.endswith(f"</item>{after}")
    assert cut.count("<item>") == 1_500
