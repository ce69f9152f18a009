"""Pages that mean harm: every page damaged by chance, always in the same way, and monsters made to be slow."""

from collections.abc import Callable, Iterable, Iterator
from random import Random

_SPLINTERS = (
    b"<", b">", b'"', b"'", b"&", b"</td>", b"<table>", b"<tr>", b"<li>", b"</div>", b"<a href=", b"<!--", b"-->",
    b"<script>", b"<style", b"<textarea>", b"<![CDATA[", b"]]>", b"\x00", b"\xff", b"\xe4\xb8", b"{{", b"[", b"]", b"}",
    b"2021-", b"2021-03-04", b"99999999999", b"&#x110000;", b"<base href=x:>", b"http://[", b"<svg>", b"<?xml ", b"%zz",
)  # fmt: skip


def _rows(row: str, count: int) -> bytes:
    return "".join(row.format(i=i, d=i % 28 + 1) for i in range(count)).encode()


MONSTERS: dict[str, Callable[[], bytes]] = {
    "100,000 links": lambda: _rows("<li><a href=/a/{i}.html>Some title number {i}</a> 2026-03-{d:02}</li>", 100_000),
    "100,000 links without a date": lambda: _rows("<a href=/a/{i}>A title that is long enough {i}</a>", 100_000),
    "100,000 links of as many shapes": lambda: _rows("<p class=c{i}><a href=/{i}>Title of page {i}</a>", 100_000),
    "100,000 dates": lambda: _rows("<i>2026-03-{d:02}</i>", 100_000),
    "100,000 rows of a table": lambda: _rows("<tr><td>{i}<td><a href={i}>Some title {i}</a><td>3/{d}/2026", 100_000),
    "100,000 nested boxes": lambda: b"<div>" * 100_000 + b"<a href=x>Some title</a> 2026-03-04",
    "100,000 nested unknown elements": lambda: b"<x-y>" * 100_000,
    "nested lists with links": lambda: _rows("<ul><li><a href={i}>Some title {i}</a> 2026-03-{d:02}", 20_000),
    "nested tables": lambda: b"<table><tr><td>" * 20_000,
    "nested bold links": lambda: b"<a href=x><b><i>" * 20_000,
    "open formatting": lambda: b"<b><p>" * 20_000,
    "100,000 attributes": lambda: b"<div " + b" ".join(b"a%d=1" % i for i in range(100_000)) + b">",
    "a class of a million letters": lambda: b'<li class="' + b"a " * 500_000 + b'"><a href=x>Some title</a>',
    "an address of a million letters": lambda: b'<a href="' + b"a/" * 500_000 + b'">Some title</a> 2026-03-04',
    "an address of many dots": lambda: b'<a href="' + b"../" * 300_000 + b'">Some title</a> 2026-03-04' * 5,
    "comments that never end": lambda: b"<!--" * 500_000,
    "dashes": lambda: b"<!--" + b"-" * 2_000_000,
    "entities": lambda: b"&amp;" * 500_000,
    "a million spaces": lambda: b"<li>2021" + b" " * 1_000_000 + b"x",
    "spaces between digits": lambda: b"<li>" + b"2021 - " * 200_000,
    "digits and dashes": lambda: b"<li>" + b"1-2-" * 300_000,
    "digits": lambda: b"<li>" + b"1" * 2_000_000,
    "months": lambda: b"<li>" + b"4 march " * 200_000,
    "brackets": lambda: b"<li>" + b"[(" * 500_000 + b"2021-03-04",
    "numerals": lambda: b"<li>" + "二〇".encode() * 200_000,
    "colons and blanks": lambda: b"<p>" + b"date : " * 200_000,
    "a feed of 50,000 items": lambda: b"<rss>" + _rows("<item><title>T {i}</title><link>/{i}</link></item>", 50_000),
    "a feed without an end": lambda: b"<rss><channel>" + b"<item><title>" * 50_000,
    "an xml head that never ends": lambda: b"<?xml " + b"a='b' " * 200_000,
    "doctypes": lambda: b"<!DOCTYPE rss " + b"[<!ENTITY " * 100_000,
    "entities within entities": lambda: b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 12))
    + b"]><rss><channel><item><title>&a11;</title></item></channel></rss>",
    "records that never end": lambda: b"<record><![CDATA[" * 100_000,
    "deep arrays": lambda: b"[" * 1_000_000,
    "deep objects": lambda: b'{"a":' * 300_000,
    "a list of 100,000 objects": lambda: b"[" + _rows('{{"title":"Title {i}","date":"2026-3-{d}"}},', 100_000) + b"0]",
    "objects in a script": lambda: b"<script>var a=" + b'[{"title":"' * 100_000,
    "objects in a script that break off": lambda: b"<script>" + b'a=[{"title":"T","url":"/a"},' * 50_000,
    "deep data in a script": lambda: b"<script>a=" + b"[[" * 500_000,
    "a script of beginnings": lambda: b"<script>" + b'={"a":' * 300_000,
    "100,000 scripts": lambda: b'<script>a=[{"b":1}]</script>' * 100_000,
    "calls without an end": lambda: b"<script>" + b"$.ajax({url:'/api/list" * 100_000,
    "100,000 calls": lambda: _rows("<script>$.get('/api/list/{i}?d={d}')</script>", 100_000),
    "keys of jpage": lambda: b"<script>jpage " + b"webid=1&columnid=2&unitid:" * 100_000,
    "100,000 page numbers": lambda: b"".join(b"<a href=?p=%d>%d</a>" % (i, i % 1900) for i in range(100_000)),
    "pagers of a script": lambda: b"<script>" + b"createPageHTML(9,0,'index'," * 100_000,
    "a jsonp call that never ends": lambda: b"f([" + b"1," * 500_000,
    "meta elements": lambda: b"<meta charset=x>" * 100_000,
    "one page in a hundred encodings": lambda: bytes(range(128, 256)) * 10_000,
    "zero bytes": lambda: b"\0" * 2_000_000,
    "noise": lambda: Random(1).randbytes(2_000_000),
    "noise in UTF-16": lambda: b"\xff\xfe" + Random(2).randbytes(1_000_000),
}  # fmt: skip


def damaged(pages: Iterable[bytes], count: int) -> Iterator[bytes]:
    """So many cut and mutated pages, the same at each run, of each page in turn."""
    random, stock = Random(20_260_318), list(pages)
    for number in range(count):
        yield _damage(stock[number % len(stock)], stock, random)


def _damage(whole: bytes, stock: list[bytes], random: Random) -> bytes:
    cut = random.randrange(len(whole) + 1) if random.random() < 0.5 else len(whole)
    body = bytearray(whole[:cut])
    for _ in range(random.randrange(1, 30)):
        at = random.randrange(len(body) + 1)
        match random.randrange(5):
            case 0:
                del body[at : at + random.randrange(200)]
            case 1:
                body[at:at] = random.choice(_SPLINTERS) * random.randrange(1, 20)
            case 2 if body:
                body[min(at, len(body) - 1)] = random.randrange(256)
            case 3:  # a piece of itself again
                body[at:at] = body[at : at + random.randrange(2_000)]
            case _:  # a piece of another page
                other = random.choice(stock)
                start = random.randrange(len(other) + 1)
                body[at:at] = other[start : start + random.randrange(2_000)]
    return bytes(body)
