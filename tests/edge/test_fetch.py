"""Fetching, against real loopback servers: a page comes whole, unpacked, and with what the server said of it."""

import asyncio
from collections.abc import Sequence

import pytest

from monitor.edge.fetch import Fetcher, Limits
from monitor.edge.guard import Address
from monitor.model.reading import TroubleKind
from tests.edge import street
from tests.edge.fetching import HTML, LOOPBACK, fetcher, kind, page, play, visit
from tests.edge.raw_answers import PAGES, RUISHU
from tests.edge.street import answer, house, says


@pytest.mark.parametrize("raw", PAGES.values(), ids=PAGES)
def test_a_page_comes_with_its_bytes_unpacked(raw: bytes) -> None:
    assert page(visit(says(raw))).body == HTML


def test_a_page_keeps_what_the_server_said_of_it() -> None:
    async def scene() -> None:
        raw = answer(HTML, "Content-Type: text/html; charset=GBK", "X-One: a", "X-One: b", 'ETag: "7"')
        async with house(says(raw)) as there, fetcher() as client:
            asked = there.url + "/col/index.html?a=1#top"
            found = page(await client.fetch(asked))
            assert (found.url, found.final_url, found.status) == (asked, asked, 200)
            assert found.headers["content-type"] == "text/html; charset=GBK"
            assert found.headers["x-one"] == "a, b"
            assert found.headers["etag"] == '"7"'
            assert there.paths == ["/col/index.html?a=1"]

    play(scene)


def test_the_script_that_a_firewall_leaves_in_real_pages_does_not_make_them_trouble() -> None:
    assert page(visit(says(answer(RUISHU)))).body == RUISHU


def test_an_empty_body_is_a_page_even_when_it_is_called_gzip() -> None:
    assert page(visit(says(answer(b"", "Content-Encoding: gzip")))).body == b""


def test_the_request_names_the_product_and_what_it_reads() -> None:
    async def scene() -> None:
        async with house(says(answer(HTML, "Set-Cookie: a=1"))) as there, fetcher() as client:
            await client.fetch(there.url)
            await client.fetch(there.url)
            head = there.heads[1].decode().lower()
            assert f"host: 127.0.0.1:{there.port}\r\n" in head
            assert "user-agent: lanmu/0 (+mailto:admin@example.com)\r\n" in head
            assert "accept-encoding: gzip, deflate, br, zstd\r\n" in head
            assert "accept-language: zh-cn" in head
            assert "cookie" not in head, "cookies are not kept"

    play(scene)


@pytest.mark.parametrize("name", ["Lanmu\r\nX-Evil: 1", "栏目", "Lanmu\x00"])
def test_a_user_agent_that_is_no_header_is_our_own_mistake(name: str) -> None:
    with pytest.raises(ValueError, match="User-Agent"):
        Fetcher(user_agent=name)


def test_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert page(visit(says(answer(HTML)))).body == HTML


def test_a_port_where_nobody_listens_is_connect() -> None:
    async def scene() -> None:
        async with house(street.silent) as there:
            pass
        async with fetcher() as client:
            assert kind(await client.fetch(there.url)) is TroubleKind.CONNECT

    play(scene)


@pytest.mark.parametrize("names", [{}, {"nonexistent.invalid": []}])
def test_a_name_that_nobody_knows_is_dns(names: dict[str, Sequence[str]]) -> None:
    async def scene() -> None:
        async with fetcher(names=names) as client:
            assert kind(await client.fetch("http://nonexistent.invalid/")) is TroubleKind.DNS

    play(scene)


def test_a_name_server_that_is_silent_is_dns() -> None:
    async def never(host: str, port: int) -> Sequence[Address]:
        await asyncio.Event().wait()
        return []

    async def scene() -> None:
        async with Fetcher(user_agent="Lanmu/0", resolve=never, limits=Limits(opening=1)) as client:
            assert kind(await client.fetch("http://slow.example/")) is TroubleKind.DNS

    play(scene)


def test_the_system_resolver_knows_localhost() -> None:
    async def scene() -> None:
        async with house(says(answer(HTML))) as there, Fetcher(user_agent="Lanmu/0", allowed=LOOPBACK) as client:
            found = await client.fetch(f"http://localhost:{there.port}/")
            assert page(found).body == HTML

    play(scene)
