"""Fetching, against real loopback servers: whatever they do, it ends in a page or in the right trouble."""

import asyncio
import gzip
import sys
import zlib
from collections.abc import Sequence
from contextlib import AsyncExitStack

import brotli  # type: ignore[import-untyped]  # the package ships no types
import httpx
import pytest

from monitor.edge.answers import Failed, retry_after
from monitor.edge.fetch import Fetcher, Limits
from monitor.edge.guard import Address
from monitor.edge.unpack import Unpacker
from monitor.model.reading import Trouble, TroubleKind
from tests.edge import street
from tests.edge.fetching import (
    HTML,
    LOOPBACK,
    MUCH,
    fetcher,
    kind,
    page,
    play,
    play_and_look_for_open_sockets,
    visit,
)
from tests.edge.street import House, answer, house, redirect, says

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# --- pages ------------------------------------------------------------------------------------------------------------


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def chunked(*chunks: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in (*chunks, b""))


def wide_zstd(body: bytes) -> bytes:
    """A small body for which the server would have us keep 128 MB."""
    packer = zstd.ZstdCompressor(options={int(zstd.CompressionParameter.window_log): 27})
    return packer.compress(body) + packer.flush()


PAGES = {
    "plain": answer(HTML, "Content-Type: text/html; charset=utf-8"),
    "gzip": answer(gzip.compress(HTML), "Content-Encoding: gzip"),
    "gzip in capitals": answer(gzip.compress(HTML), "Content-Encoding: GZIP"),
    "x-gzip": answer(gzip.compress(HTML), "Content-Encoding: x-gzip"),
    "gzip with rubbish behind it": answer(gzip.compress(HTML) + b"\r\n\r\n", "Content-Encoding: gzip"),
    "deflate": answer(zlib.compress(HTML), "Content-Encoding: deflate"),
    "deflate without its header": answer(raw_deflate(HTML), "Content-Encoding: deflate"),
    "brotli": answer(brotli.compress(HTML), "Content-Encoding: br"),
    "zstd": answer(zstd.compress(HTML), "Content-Encoding: zstd"),
    "zstd with rubbish behind it": answer(zstd.compress(HTML) + b"\r\n", "Content-Encoding: zstd"),
    "a charset where the coding belongs": answer(HTML, "Content-Encoding: utf-8"),
    "chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(HTML[:5], HTML[5:]),
    "HTTP/1.0 until the connection closes": b"HTTP/1.0 200 OK\r\n\r\n" + HTML,
    "a hint before it": b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + answer(HTML),
    "status 203": answer(HTML, status="203 Non-Authoritative Information"),
    "no reason phrase": b"HTTP/1.1 200\r\nContent-Length: %d\r\n\r\n" % len(HTML) + HTML,
    "GBK in a header": answer(HTML, "X-Title: " + "栏目".encode("gbk").decode("latin-1")),
    "newlines without returns": b"HTTP/1.1 200 OK\nContent-Length: %d\n\n" % len(HTML) + HTML,
}


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


# --- troubles ---------------------------------------------------------------------------------------------------------

RUISHU = b"<html><script>$_ts=window['$_ts'];</script></html>"
JIASULE = b"<script>document.cookie=('_')+('_')+('jsl_clearance_s')</script>"
LONG_HEADER = b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 300_000

TROUBLES = {
    "404": (answer(status="404 Not Found"), TroubleKind.GONE),
    "404 with a challenge's script": (answer(RUISHU, status="404 Not Found"), TroubleKind.GONE),
    "410": (answer(status="410 Gone"), TroubleKind.GONE),
    "401": (answer(status="401 Unauthorized"), TroubleKind.LOGIN),
    "403": (answer(HTML, status="403 Forbidden"), TroubleKind.FORBIDDEN),
    "403 with a broken body": (answer(HTML, status="403 Forbidden", length=999), TroubleKind.FORBIDDEN),
    "403 with a body that is no gzip": (
        answer(HTML, "Content-Encoding: gzip", status="403 Forbidden"),
        TroubleKind.FORBIDDEN,
    ),
    "403 with a coding that nobody asked for": (
        answer(HTML, "Content-Encoding: compress", status="403 Forbidden"),
        TroubleKind.FORBIDDEN,
    ),
    "403 with a script of 瑞数": (answer(RUISHU, status="403 Forbidden"), TroubleKind.BLOCKED),
    "403 with a packed script and much behind it": (
        answer(gzip.compress(RUISHU + b"x" * 500_000), "Content-Encoding: gzip", status="403 Forbidden"),
        TroubleKind.BLOCKED,
    ),
    "202 with a script of 瑞数": (answer(RUISHU, status="202 Accepted"), TroubleKind.BLOCKED),
    "412 with a script": (answer(RUISHU, status="412 Precondition Failed"), TroubleKind.BLOCKED),
    "412 without one": (answer(status="412 Precondition Failed"), TroubleKind.BLOCKED),
    "521 with a script of 加速乐": (answer(JIASULE, status="521 "), TroubleKind.BLOCKED),
    "521 of Cloudflare": (answer(JIASULE, "Server: cloudflare", status="521 "), TroubleKind.SERVER_ERROR),
    "503 with a challenge": (answer(HTML, "Cf-Mitigated: challenge", status="503 No"), TroubleKind.BLOCKED),
    "503": (answer(HTML, status="503 Service Unavailable"), TroubleKind.SERVER_ERROR),
    "405 of a firewall": (answer(b"//errors.aliyun.com/error.js", status="405 Not Allowed"), TroubleKind.BLOCKED),
    "405": (answer(status="405 Method Not Allowed"), TroubleKind.CLIENT_ERROR),
    "400": (answer(status="400 Bad Request"), TroubleKind.CLIENT_ERROR),
    "408": (answer(status="408 Request Timeout"), TroubleKind.TIMEOUT),
    "451": (answer(status="451 Unavailable"), TroubleKind.CLIENT_ERROR),
    "429": (answer(status="429 Too Many Requests"), TroubleKind.RATE_LIMITED),
    "500": (answer(status="500 Internal Server Error"), TroubleKind.SERVER_ERROR),
    "502": (answer(status="502 Bad Gateway"), TroubleKind.SERVER_ERROR),
    "999": (answer(status="999 Request denied"), TroubleKind.SERVER_ERROR),
    "304 that nobody asked for": (b"HTTP/1.1 304 Not Modified\r\n\r\n", TroubleKind.SERVER_ERROR),
    "302 to nowhere": (answer(status="302 Found"), TroubleKind.SERVER_ERROR),
    "101": (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", TroubleKind.SERVER_ERROR),
    "garbage": (b"\x00\xff\xfe not HTTP at all\r\n\r\n", TroubleKind.SERVER_ERROR),
    "another protocol": (b"SSH-2.0-OpenSSH_9.2\r\n", TroubleKind.SERVER_ERROR),
    "HTTP/0.9": (b"<html><body>column</body></html>", TroubleKind.SERVER_ERROR),
    "a head that breaks off": (b"HTTP/1.1 200 OK\r\nContent-Ty", TroubleKind.SERVER_ERROR),
    "a body shorter than announced": (answer(HTML, length=len(HTML) + 9), TroubleKind.SERVER_ERROR),
    "two lengths": (answer(HTML, "Content-Length: 7"), TroubleKind.SERVER_ERROR),
    "a length that is no number": (
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n" + HTML,
        TroubleKind.SERVER_ERROR,
    ),
    "a length of 5,000 digits": (
        b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\n",
        TroubleKind.SERVER_ERROR,
    ),
    "chunks that break off": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc",
        TroubleKind.SERVER_ERROR,
    ),
    "chunks of no size": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        TroubleKind.SERVER_ERROR,
    ),
    "plain text called gzip": (answer(HTML, "Content-Encoding: gzip"), TroubleKind.SERVER_ERROR),
    "plain text called brotli": (answer(HTML, "Content-Encoding: br"), TroubleKind.SERVER_ERROR),
    "gzip cut off": (answer(gzip.compress(HTML)[:-9], "Content-Encoding: gzip"), TroubleKind.SERVER_ERROR),
    "brotli cut off": (answer(brotli.compress(HTML)[:-3], "Content-Encoding: br"), TroubleKind.SERVER_ERROR),
    "brotli with rubbish behind it": (
        answer(brotli.compress(HTML) + b"!", "Content-Encoding: br"),
        TroubleKind.SERVER_ERROR,
    ),
    "plain text called zstd": (answer(HTML, "Content-Encoding: zstd"), TroubleKind.SERVER_ERROR),
    "zstd cut off": (answer(zstd.compress(HTML)[:-3], "Content-Encoding: zstd"), TroubleKind.SERVER_ERROR),
    "zstd with a window of 128 MB": (answer(wide_zstd(HTML), "Content-Encoding: zstd"), TroubleKind.SERVER_ERROR),
    "a coding that was not offered": (answer(HTML, "Content-Encoding: compress"), TroubleKind.SERVER_ERROR),
    "gzip in gzip": (
        answer(gzip.compress(gzip.compress(HTML)), "Content-Encoding: gzip, gzip"),
        TroubleKind.SERVER_ERROR,
    ),
    "a header without end": (LONG_HEADER, TroubleKind.SERVER_ERROR),
    "a body a byte too long": (answer(b"x" * (MUCH + 1)), TroubleKind.TOO_LARGE),
    "a body announced as huge": (answer(b"", length=10**15), TroubleKind.TOO_LARGE),
    "chunks a byte too long": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(b"x" * MUCH, b"x"),
        TroubleKind.TOO_LARGE,
    ),
    "a gzip bomb": (answer(gzip.compress(bytes(10_000_000)), "Content-Encoding: gzip"), TroubleKind.TOO_LARGE),
    "a deflate bomb": (answer(zlib.compress(bytes(10_000_000)), "Content-Encoding: deflate"), TroubleKind.TOO_LARGE),
    "a brotli bomb": (
        answer(brotli.compress(bytes(10_000_000), quality=3), "Content-Encoding: br"),
        TroubleKind.TOO_LARGE,
    ),
    "a zstd bomb": (answer(zstd.compress(bytes(10_000_000)), "Content-Encoding: zstd"), TroubleKind.TOO_LARGE),
    "gzip without end that unpacks to nothing": (
        b"HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"")[:10] + b"\x00\x00\x00\xff\xff" * MUCH,
        TroubleKind.TOO_LARGE,
    ),
}


@pytest.mark.parametrize(("raw", "expected"), TROUBLES.values(), ids=TROUBLES)
def test_a_bad_answer_is_the_right_trouble(raw: bytes, expected: TroubleKind) -> None:
    assert kind(visit(says(raw))) is expected


@pytest.mark.parametrize(
    ("coding", "bomb"),
    [
        ("gzip", gzip.compress(bytes(10_000_000))),
        ("deflate", zlib.compress(bytes(10_000_000))),
        ("br", brotli.compress(bytes(10_000_000), quality=3)),
        ("zstd", zstd.compress(bytes(10_000_000))),
    ],
    ids=["gzip", "deflate", "br", "zstd"],
)
def test_a_bomb_is_stopped_before_it_goes_off(coding: str, bomb: bytes) -> None:
    unpacker = Unpacker(coding, limit=100_000)
    with pytest.raises(Failed):
        unpacker.feed(bomb)
    assert 100_000 < len(unpacker.so_far()) < 250_000, "one buffer too much, not all that is in it"


BEHAVIOURS = {
    "hangs up without a word": (street.hangs_up, TroubleKind.CONNECT),
    "resets the connection": (street.resets, TroubleKind.CONNECT),
    "sends a body without end": (street.never_ends, TroubleKind.TOO_LARGE),
}


@pytest.mark.parametrize(("behave", "expected"), BEHAVIOURS.values(), ids=BEHAVIOURS)
def test_a_bad_server_is_the_right_trouble(behave: street.Behaviour, expected: TroubleKind) -> None:
    assert kind(visit(behave)) is expected


SLOW = {
    "never answers": (street.silent, Limits(opening=0.2, whole=20), "no answer within 0.2 s"),
    "answers for ever, drop by drop": (street.drips, Limits(opening=20, whole=0.3), "not finished within 0.3 s"),
    "hints for ever": (
        says(b"HTTP/1.1 100 Continue\r\n\r\n", then_close=False),
        Limits(opening=0.2, whole=20),
        "no answer within 0.2 s",
    ),
}


@pytest.mark.parametrize(("behave", "limits", "detail"), SLOW.values(), ids=SLOW)
def test_a_slow_server_is_a_timeout(behave: street.Behaviour, limits: Limits, detail: str) -> None:
    assert visit(behave, limits=limits) == Trouble(kind=TroubleKind.TIMEOUT, detail=detail)


def test_an_error_page_that_drips_is_the_trouble_of_its_status() -> None:
    async def behave(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(b"<p>", status="403 Forbidden", length=1_000))
        await street.silent(head, reader, writer)

    assert kind(visit(behave, limits=Limits(opening=1, whole=20))) is TroubleKind.FORBIDDEN


def test_the_redirects_of_a_slow_server_share_one_time() -> None:
    async def behave(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.15)
        writer.write(redirect("/" + "a" * len(head)))

    assert kind(visit(behave, limits=Limits(opening=20, whole=0.5, redirects=50))) is TroubleKind.TIMEOUT


def test_details_carry_what_a_person_needs_and_no_control_characters() -> None:
    limited = visit(says(answer(b"", "Retry-After: 120", status="429 Slow down")))
    assert limited == Trouble(kind=TroubleKind.RATE_LIMITED, detail="status 429, Retry-After 120")
    garbage = visit(says(b"\x1b[31mred\x07\r\n\r\n"))
    assert isinstance(garbage, Trouble)
    assert garbage.detail.isprintable()


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


def test_the_whole_street_is_visited_in_one_round() -> None:
    """Every behaviour above at once, by one fetcher, as a batch does it."""
    raws = [raw for raw, _ in TROUBLES.values()] + list(PAGES.values())
    expected = [kind for _, kind in TROUBLES.values()] + [None] * len(PAGES)

    async def scene() -> None:
        async with AsyncExitStack() as stack:
            town: list[House] = [await stack.enter_async_context(house(says(raw))) for raw in raws]
            client = await stack.enter_async_context(fetcher())
            found = await asyncio.gather(*(client.fetch(there.url) for there in town))
            assert [one.kind if isinstance(one, Trouble) else None for one in found] == expected

    play_and_look_for_open_sockets(scene)


NOW = {"date": "Wed, 18 Mar 2026 01:00:00 GMT"}


@pytest.mark.parametrize(
    ("what", "status", "headers", "seconds"),
    [
        ("seconds", 429, {"retry-after": "120"}, 120),
        ("seconds of a server in trouble", 503, {"retry-after": " 7 "}, 7),
        ("a date, by the clock of the server", 429, {"retry-after": "Wed, 18 Mar 2026 01:02:00 GMT", **NOW}, 120),
        ("a date that has passed", 429, {"retry-after": "Wed, 18 Mar 2026 00:00:00 GMT", **NOW}, 0),
        ("a date without a clock to compare", 429, {"retry-after": "Wed, 18 Mar 2026 01:02:00 GMT"}, 0),
        ("nothing", 429, {}, 0),
        ("rubbish", 429, {"retry-after": "-1 or so", **NOW}, 0),
        ("other digits", 429, {"retry-after": "１２"}, 0),
        ("a number without end", 429, {"retry-after": "9" * 4_000}, 999_999_999),
        ("a page that is there", 200, {"retry-after": "120"}, 0),
    ],
)
def test_how_long_a_host_wants_to_be_left_alone(
    what: str, status: int, headers: dict[str, str], seconds: float
) -> None:
    assert (
        retry_after(status, httpx.Headers({name.encode(): value.encode() for name, value in headers.items()}))
        == seconds
    )
