"""One question, one answer: what a connection brings belongs to the page that was asked for, and to no other."""

import asyncio

import httpx
import pytest

from monitor.edge import transport
from monitor.edge.exchange import written
from monitor.edge.terms import Call
from monitor.model.reading import Page, Trouble, Unchanged, Validators
from tests.edge import street
from tests.edge.fetching import HTML, fetcher, page, play_and_look_for_open_sockets
from tests.edge.raw_answers import chunked
from tests.edge.street import answer, house, routes

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
NOT_MODIFIED = b'HTTP/1.1 304 Not Modified\r\nETag: "7"\r\n'
OTHER = b"<p>another column</p>"
PAGE = answer(HTML, "Content-Type: text/html")


def in_pieces(*pieces: bytes) -> street.Behaviour:
    async def behave(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.001)

    return behave


def first(says: bytes) -> street.Behaviour:
    """That is said of /first; any other page is a good one."""
    return routes({"/first": says, "/": PAGE})


async def unasked(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Another page behind the one that was asked for, a moment later."""
    writer.write(PAGE)
    if b"/first" in head:
        await asyncio.sleep(0.05)
        writer.write(answer(OTHER))
    await writer.drain()


@pytest.mark.parametrize(
    "pieces",
    [
        [PAGE[n : n + 1] for n in range(len(PAGE))],
        [PAGE[:9], PAGE[9:]],
        [PAGE[:-9], PAGE[-9:]],
        [b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n", PAGE],
        [CHUNKED + b"\r\n", chunked(HTML)[:5], chunked(HTML)[5:-2], b"\r\n"],
        [CHUNKED + b"Trailer: X-Sum\r\n\r\n" + chunked(HTML).removesuffix(b"\r\n"), b"X-Sum: 7\r\n\r\n"],
    ],
    ids=["byte by byte", "its head in two", "its body in two", "after two hints", "in chunks", "with a trailer"],
)
def test_however_an_answer_comes_its_connection_serves_the_next(pieces: list[bytes]) -> None:
    async def scene() -> None:
        async with house(in_pieces(*pieces)) as there, fetcher() as client:
            for _ in range(2):
                assert page(await client.fetch(there.url + "/")).body == HTML
            assert (there.connections, len(there.heads)) == (1, 2)

    play_and_look_for_open_sockets(scene)


@pytest.mark.parametrize(
    ("behave", "connections"),
    [
        (first(b"HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n"), 1),
        (first(NOT_MODIFIED + b"Content-Length: 9000\r\n\r\n"), 1),
        (first(NOT_MODIFIED + b"Transfer-Encoding: chunked\r\n\r\n"), 1),
        (first(answer(OTHER, status="404 Not Found")), 1),
        (first(answer(OTHER, length=9_000, status="404 Not Found")), 2),  # the rest of it is not waited for
        (first(answer(OTHER, "Connection: close")), 2),
        (first(NOT_MODIFIED + b"\r\n" + OTHER), 2),
        (first(answer(OTHER) + answer(OTHER)), 2),
        (unasked, 2),
    ],
    ids=[
        "a 204 that announces a body",
        "a 304 that announces one",
        "a 304 that announces chunks",
        "a page that is not read",
        "a page that is not read and does not end",
        "a last one",
        "a 304 with a body",
        "two pages at once",
        "a page that nobody asked for",
    ],
)
def test_no_answer_is_taken_for_that_of_the_next_page(behave: street.Behaviour, connections: int) -> None:
    async def scene() -> None:
        async with house(behave) as there, fetcher() as client:
            await client.fetch_unless_same(there.url + "/first", Validators(url=there.url + "/first", etag='"7"'))
            await asyncio.sleep(0.1)
            assert page(await client.fetch(there.url + "/")).body == HTML
            assert there.connections == connections

    play_and_look_for_open_sockets(scene)


def test_the_head_of_a_page_announces_a_body_that_does_not_come() -> None:
    async def behave(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(PAGE.removesuffix(HTML) if head.startswith(b"HEAD") else PAGE)

    async def scene() -> None:
        async with house(behave) as there, fetcher() as client:
            call = Call(page=there.url, within=lambda _: True, method="HEAD")
            assert page(await client.fetch_for_page(there.url + "/", call)).body == b""
            assert page(await client.fetch(there.url + "/")).body == HTML
            assert there.connections == 1

    play_and_look_for_open_sockets(scene)


def test_what_a_page_sends_arrives_whole_before_the_answer_is_waited_for() -> None:
    data, got = bytes(3_000_000), bytearray()

    async def behave(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        got.extend(await reader.readexactly(len(data)))
        writer.write(PAGE)

    async def scene() -> None:
        async with house(behave) as there, fetcher() as client:
            call = Call(page=there.url, within=lambda _: True, method="POST", body=data)
            assert page(await client.fetch_for_page(there.url + "/", call)).body == HTML
            assert f"\r\nContent-Length: {len(data)}\r\n".encode() in there.heads[0]
        assert got == data

    play_and_look_for_open_sockets(scene)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_only_what_may_be_asked_twice_is_asked_again_over_a_new_connection(method: str) -> None:
    asked: list[bytes] = []

    async def behave(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(head)
        if len(asked) == 2:
            writer.close()
        else:
            writer.write(PAGE)

    async def scene() -> None:
        async with house(behave) as there, fetcher() as client:
            call = Call(page=there.url, within=lambda _: True, method=method)
            await client.fetch(there.url + "/")
            came = await client.fetch_for_page(there.url + "/", call)
            assert isinstance(came, Page if method == "GET" else Trouble)
        assert len(asked) == (3 if method == "GET" else 2)

    play_and_look_for_open_sockets(scene)


def test_an_idle_connection_is_not_held_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "_KEPT_OPEN", 0.2)
    left = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal left
        head = await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(0.1 if b"/slow" in head else 0)
        writer.write(PAGE)
        await reader.read()
        left += 1

    async def scene() -> None:
        async with street.listening(talk) as port, fetcher() as client:
            urls = [f"http://127.0.0.1:{port}/{path}" for path in ("", "slow")]
            await asyncio.gather(*(client.fetch(url, spacing=0.0) for url in urls))
            async with asyncio.timeout(20):
                while left < 2:
                    await asyncio.sleep(0.01)

    play_and_look_for_open_sockets(scene)


def test_a_304_is_asked_for_with_the_headers_of_a_plain_visit_and_its_condition() -> None:
    async def scene() -> None:
        async with house(routes({"/a?b=1": NOT_MODIFIED + b"\r\n"})) as there, fetcher() as client:
            known = Validators(url=there.url + "/a?b=1", etag='"7"')
            assert isinstance(await client.fetch_unless_same(known.url, known), Unchanged)
            await client.fetch(known.url)
        asked, plainly = (head.decode().split("\r\n") for head in there.heads)
        assert asked[:2] == ["GET /a?b=1 HTTP/1.1", f"Host: 127.0.0.1:{there.port}"]
        assert [line for line in asked if line not in plainly] == ['If-None-Match: "7"']

    play_and_look_for_open_sockets(scene)


@pytest.mark.parametrize("value", ["a\r\nX-Injected: 1", "a\nb", "a\rb", "a\0b"])
def test_a_header_that_would_be_two_is_never_sent(value: str) -> None:
    request = httpx.Request("GET", "http://a.example/", headers={"X-A": value})
    with pytest.raises(ValueError, match="end of a line"):
        written(request, b"/", ())
