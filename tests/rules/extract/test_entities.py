"""XML from the web: no entity of its own making is expanded, and nothing outside the page is ever opened."""

import builtins
import socket
import urllib.request
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from monitor.extract import extract
from monitor.model.reading import Listing, Page

TODAY = date(2026, 3, 18)
ITEM = "<title>市财政局发布公告&x;</title><link>http://a.test/1.html</link><pubDate>Mon, 16 Mar 2026</pubDate>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION = f'<!DOCTYPE rss [<!ENTITY l0 "哈"><!ENTITY x "&l9;">{LAUGHS}]>'
QUADRATIC = f'<!DOCTYPE rss [<!ENTITY x "{"哈" * 50_000}">]>'
HEAD = "<?xml version='1.0'?>{doctype}"
RECORD = "<record><![CDATA[<li><a href='/1.html'>&x;</a></li>]]></record>"
OF_ALL_KINDS = {
    "rss": HEAD + f"<rss version='2.0'><channel><item>{ITEM}</item>{{more}}</channel></rss>",
    "atom": HEAD + "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>&x;</title>{more}</entry></feed>",
    "sitemap": HEAD + "<urlset><url><loc>http://a.test/&x;</loc></url>{more}</urlset>",
    "jpage": HEAD + f"<datastore><recordset>{RECORD}{{more}}</recordset></datastore>",
    "html": "{doctype}<ul><li><a href='/1.html'>&x;</a><span>2026-03-16</span></li>{more}</ul>",
}
OUTSIDE = {
    "a file": '<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{file}">]>',
    "a page inside": '<!DOCTYPE rss [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]>',
    "a document type": '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/evil.dtd">',
    "a parameter": '<!DOCTYPE rss [<!ENTITY % p SYSTEM "file://{file}"> %p;]>',
}


def read(body: str) -> str:
    """All that the reader makes of a page, in one text."""
    page = Page(url="http://a.test/x", final_url="http://a.test/x", status=200, headers={}, body=body.encode())
    found = extract(page, today=TODAY)
    return repr(found) + (repr(found.entries) if isinstance(found, Listing) else "")


@pytest.mark.parametrize("kind", OF_ALL_KINDS.values(), ids=OF_ALL_KINDS)
@pytest.mark.parametrize("doctype", [BILLION, QUADRATIC], ids=["a billion laughs", "one long laugh"])
def test_an_entity_is_not_blown_up(kind: str, doctype: str) -> None:
    many = "&x;" * 100
    assert len(read(kind.replace("{doctype}", doctype).replace("{more}", f"<title>{many}</title>"))) < 300_000


@pytest.mark.parametrize("kind", OF_ALL_KINDS.values(), ids=OF_ALL_KINDS)
@pytest.mark.parametrize("doctype", OUTSIDE.values(), ids=OUTSIDE)
def test_nothing_outside_the_page_is_opened(
    kind: str, doctype: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("wages of the mayor")
    opened: list[str] = []

    def watched(what: str) -> Callable[..., Any]:
        def refuse(*arguments: Any, **_: Any) -> Any:
            opened.append(f"{what} {arguments}")
            raise OSError("nothing is opened here")

        return refuse

    body = kind.replace("{doctype}", doctype.replace("{file}", str(secret))).replace("{more}", "")
    monkeypatch.setattr(builtins, "open", watched("open"))
    monkeypatch.setattr(socket, "socket", watched("socket"))
    monkeypatch.setattr(urllib.request, "urlopen", watched("urlopen"))
    found = read(body)
    monkeypatch.undo()
    assert opened == []
    assert "wages" not in found
