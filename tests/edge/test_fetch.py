"""Fetching, against real loopback servers: whatever they do, it ends in a page or in the right trouble."""

import asyncio
import gc
import gzip
import ssl
import zlib
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack
from ipaddress import ip_address

import brotli  # type: ignore[import-untyped]  # the package ships no types
import pytest

from monitor.edge.answers import Failed
from monitor.edge.fetch import Fetcher, Limits
from monitor.edge.guard import Address, networks
from monitor.edge.unpack import Unpacker
from monitor.model.reading import Page, Trouble, TroubleKind
from tests.edge import street
from tests.edge.street import House, answer, house, redirect, routes, says

LOOPBACK = networks("127.0.0.0/8")
HTML = "<p>栏目 column</p>".encode()
MUCH = 200_000


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def fetcher(
    clock: Clock | None = None,
    *,
    limits: Limits | None = None,
    names: Mapping[str, Sequence[str]] | None = None,
    tls: ssl.SSLContext | None = None,
    allowed: str = "127.0.0.0/8",
) -> Fetcher:
    clock = clock or Clock()

    async def resolve(host: str, port: int) -> Sequence[Address]:
        if host not in (names or {}):
            raise OSError("Name or service not known")
        return [ip_address(text) for text in (names or {})[host]]

    return Fetcher(
        user_agent="Lanmu/0 (+mailto:admin@example.com)",
        allowed=networks(allowed),
        limits=limits or Limits(opening=20, whole=30, body=MUCH),
        resolve=resolve,
        tls=tls,
        clock=clock,
        sleep=clock.sleep,
    )


def play(scene: Callable[[], Coroutine[None, None, None]]) -> None:
    asyncio.run(scene())


def play_and_look_for_open_sockets(scene: Callable[[], Coroutine[None, None, None]]) -> None:
    """Run a scene, and let every socket that it left open complain at once (warnings are errors)."""
    asyncio.run(scene())
    gc.collect()


def visit(
    behave: street.Behaviour, path: str = "/", *, limits: Limits | None = None, tls: ssl.SSLContext | None = None
) -> Page | Trouble:
    """Fetch one page of a server with this behaviour."""
    found: list[Page | Trouble] = []

    async def scene() -> None:
        async with house(behave, tls=tls) as there, fetcher(limits=limits) as client:
            found.append(await client.fetch(there.url + path))

    play(scene)
    return found[0]


def page(found: Page | Trouble) -> Page:
    assert isinstance(found, Page), found
    return found


def kind(found: Page | Trouble) -> TroubleKind:
    assert isinstance(found, Trouble), found
    return found.kind


# --- pages ------------------------------------------------------------------------------------------------------------


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def chunked(*chunks: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in (*chunks, b""))


PAGES = {
    "plain": answer(HTML, "Content-Type: text/html; charset=utf-8"),
    "gzip": answer(gzip.compress(HTML), "Content-Encoding: gzip"),
    "gzip in capitals": answer(gzip.compress(HTML), "Content-Encoding: GZIP"),
    "x-gzip": answer(gzip.compress(HTML), "Content-Encoding: x-gzip"),
    "gzip with rubbish behind it": answer(gzip.compress(HTML) + b"\r\n\r\n", "Content-Encoding: gzip"),
    "deflate": answer(zlib.compress(HTML), "Content-Encoding: deflate"),
    "deflate without its header": answer(raw_deflate(HTML), "Content-Encoding: deflate"),
    "brotli": answer(brotli.compress(HTML), "Content-Encoding: br"),
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
            assert "accept-encoding: gzip, deflate, br\r\n" in head
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
        answer(HTML, "Content-Encoding: zstd", status="403 Forbidden"),
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
    "zstd, which was not offered": (answer(HTML, "Content-Encoding: zstd"), TroubleKind.SERVER_ERROR),
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
    ],
    ids=["gzip", "deflate", "br"],
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


# --- the guard --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://127.0.0.1/", "http://2130706433/", "http://a@127.0.0.1/", "http://[::1/", "", "\x00"],
)
def test_an_odd_address_is_refused_before_anything_is_asked(url: str) -> None:
    async def scene() -> None:
        async with fetcher(allowed="0.0.0.0/0") as client:
            assert kind(await client.fetch(url)) is TroubleKind.REFUSED_ADDRESS

    play(scene)


@pytest.mark.parametrize("name", ["127.0.0.1", "inside.example"])
def test_an_address_that_is_not_allowed_gets_no_connection(name: str) -> None:
    async def scene() -> None:
        async with house(says(answer(HTML))) as there:
            async with fetcher(names={"inside.example": ["127.0.0.1"]}, allowed="") as client:
                found = await client.fetch(f"http://{name}:{there.port}/")
            assert kind(found) is TroubleKind.REFUSED_ADDRESS
            assert there.connections == 0

    play(scene)


def test_what_one_site_may_is_not_lent_to_another() -> None:
    async def scene() -> None:
        async with house(routes({"/": answer(HTML)})) as there, fetcher(allowed="") as client:
            assert page(await client.fetch(there.url + "/", allowed=LOOPBACK)).body == HTML
            assert kind(await client.fetch(there.url + "/")) is TroubleKind.REFUSED_ADDRESS
            assert len(there.heads) == 1, "the open connection of the first was not used by the second"

    play(scene)


def test_a_name_that_turns_elsewhere_between_two_looks_is_checked_again() -> None:
    async def scene() -> None:
        names = {"site.test": ["127.0.0.1"]}
        async with AsyncExitStack() as stack:
            there = await stack.enter_async_context(house(says(answer(HTML))))
            inside = await stack.enter_async_context(house(says(answer(b"secret")), host="127.0.0.2", port=there.port))
            client = await stack.enter_async_context(fetcher(names=names, allowed="127.0.0.1"))
            url = f"http://site.test:{there.port}/"
            assert page(await client.fetch(url)).body == HTML
            names["site.test"] = ["127.0.0.2"]
            assert kind(await client.fetch(url)) is TroubleKind.REFUSED_ADDRESS
            assert inside.connections == 0

    play(scene)


# --- redirects --------------------------------------------------------------------------------------------------------


def chain(length: int) -> street.Behaviour:
    pages = {f"/{step}": redirect(f"/{step + 1}") for step in range(length)}
    return routes({**pages, f"/{length}": answer(HTML)})


def test_five_redirects_are_followed() -> None:
    found = page(visit(chain(5), "/0"))
    assert found.body == HTML
    assert found.url.endswith("/0")
    assert found.final_url.endswith("/5")


def test_six_redirects_are_too_many() -> None:
    assert kind(visit(chain(6), "/0")) is TroubleKind.CLIENT_ERROR


@pytest.mark.parametrize(
    ("to", "arrives_at"),
    [
        ("/new", "/new"),
        ("new", "/old/new"),
        ("?page=1", "/old/?page=1"),
        ("  /new  ", "/new"),
        ("/new#part", "/new"),
        ("/栏目", "/%E6%A0%8F%E7%9B%AE"),
        ("/栏目".encode("gbk"), "/%C0%B8%C4%BF"),
        ("/a b", "/a%20b"),
    ],
)
@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_read_as_browsers_do(to: str | bytes, arrives_at: str, status: str) -> None:
    async def scene() -> None:
        pages = {"/old/": redirect(to, status), arrives_at: answer(HTML)}
        async with house(routes(pages)) as there, fetcher() as client:
            assert page(await client.fetch(there.url + "/old/")).body == HTML
            assert there.paths == ["/old/", arrives_at]

    play(scene)


REDIRECT_TROUBLES = {
    "to itself": ("/", TroubleKind.CLIENT_ERROR),
    "to a cloud's metadata": ("http://169.254.169.254/latest/meta-data/", TroubleKind.REFUSED_ADDRESS),
    "to loopback in a number": ("http://2130706433/", TroubleKind.REFUSED_ADDRESS),
    "to loopback in IPv6": ("http://[::1]/", TroubleKind.REFUSED_ADDRESS),
    "to a name that leads inside": ("http://inside.example/", TroubleKind.REFUSED_ADDRESS),
    "to a file": ("file:///etc/passwd", TroubleKind.REFUSED_ADDRESS),
    "to a user name": ("//good.example@127.0.0.1/", TroubleKind.REFUSED_ADDRESS),
    "to what is no address": ("http://[bad/", TroubleKind.SERVER_ERROR),
    "to a host in GBK": ("http://栏目.example/".encode("gbk"), TroubleKind.REFUSED_ADDRESS),
    "to a name that nobody knows": ("http://nonexistent.invalid/", TroubleKind.DNS),
}


@pytest.mark.parametrize(("to", "expected"), REDIRECT_TROUBLES.values(), ids=REDIRECT_TROUBLES)
def test_a_redirect_is_checked_like_any_address(to: str | bytes, expected: TroubleKind) -> None:
    async def scene() -> None:
        async with house(routes({"/": redirect(to)})) as there:
            async with fetcher(names={"inside.example": ["10.0.0.1"]}) as client:
                assert kind(await client.fetch(there.url + "/")) is expected
            assert len(there.heads) == 1

    play(scene)


def test_redirects_in_a_circle_are_seen_at_once() -> None:
    async def scene() -> None:
        async with house(routes({"/a": redirect("/b"), "/b": redirect("/a")})) as there, fetcher() as client:
            found = await client.fetch(there.url + "/a")
            assert kind(found) is TroubleKind.CLIENT_ERROR
            assert there.paths == ["/a", "/b"]

    play(scene)


def test_a_redirect_to_another_host_is_followed_and_said() -> None:
    async def scene() -> None:
        async with house(routes({"/": answer(HTML)})) as new, house(routes({"/": redirect(new.url + "/")})) as old:
            async with fetcher() as client:
                found = page(await client.fetch(old.url + "/"))
            assert (found.url, found.final_url) == (old.url + "/", new.url + "/")

    play(scene)


# --- TLS --------------------------------------------------------------------------------------------------------------


def test_a_certificate_signed_by_nobody_is_certificate() -> None:
    assert kind(visit(says(answer(HTML)), tls=street.certified())) is TroubleKind.CERTIFICATE


@pytest.mark.parametrize(
    ("name", "expected"), [("site.test", None), ("127.0.0.1", None), ("other.test", TroubleKind.CERTIFICATE)]
)
def test_the_certificate_must_be_of_the_name_that_was_asked(name: str, expected: TroubleKind | None) -> None:
    asked: list[str | None] = []
    context = street.certified()
    context.sni_callback = lambda _socket, server_name, _context: asked.append(server_name)

    async def scene() -> None:
        names = {"site.test": ["127.0.0.1"], "other.test": ["127.0.0.1"]}
        async with (
            house(says(answer(HTML)), tls=context) as there,
            fetcher(names=names, tls=street.trusting()) as client,
        ):
            found = await client.fetch(f"https://{name}:{there.port}/")
            assert (found.kind if isinstance(found, Trouble) else None) is expected
            assert asked == [None if name == "127.0.0.1" else name], "the name went with the handshake"
            heads = [f"host: {name}:{there.port}" in head.decode().lower() for head in there.heads]
            assert heads == ([] if expected else [True])

    play(scene)


async def plain_words(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")


async def no_words(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)


async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


@pytest.mark.parametrize(
    ("behave", "opening", "expected"),
    [
        (plain_words, 20, TroubleKind.TLS),
        (no_words, 20, TroubleKind.TLS),
        (silence, 0.2, TroubleKind.TIMEOUT),
    ],
    ids=["plain text", "hangs up", "says nothing"],
)
def test_a_server_without_tls_asked_by_https(
    behave: street.Talk,
    opening: float,
    expected: TroubleKind,
) -> None:
    async def scene() -> None:
        async with (
            street.listening(behave) as port,
            fetcher(limits=Limits(opening=opening)) as client,
        ):
            assert kind(await client.fetch(f"https://127.0.0.1:{port}/")) is expected

    play(scene)


# --- connections and politeness ---------------------------------------------------------------------------------------


def test_the_columns_of_a_host_go_over_one_connection() -> None:
    async def scene() -> None:
        async with house(routes({"/": answer(gzip.compress(HTML), "Content-Encoding: gzip")})) as there:
            async with fetcher() as client:
                for _ in range(4):
                    assert page(await client.fetch(there.url + "/")).body == HTML
            assert (there.connections, len(there.heads)) == (1, 4)

    play(scene)


@pytest.mark.parametrize("end", [street.hangs_up, street.resets, says(b"rubbish\r\n\r\n")])
def test_an_idle_connection_that_the_server_dropped_is_our_trouble_alone(end: street.Behaviour) -> None:
    async def scene() -> None:
        async def behave(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            if len(there.heads) == 2:
                await end(head, reader, writer)
            else:
                await routes({"/": answer(HTML)})(head, reader, writer)

        async with house(behave) as there, fetcher() as client:
            assert page(await client.fetch(there.url + "/")).body == HTML
            assert page(await client.fetch(there.url + "/")).body == HTML
            assert (there.connections, len(there.heads)) == (2, 3)

    play(scene)


def test_bytes_behind_one_page_do_not_spoil_the_next() -> None:
    async def scene() -> None:
        async with house(routes({"/": answer(HTML + b"</html>", length=len(HTML))})) as there, fetcher() as client:
            for _ in range(3):
                assert page(await client.fetch(there.url + "/")).body == HTML

    play(scene)


def test_requests_to_one_host_begin_at_its_spacing() -> None:
    async def scene() -> None:
        clock = Clock()
        arrivals: list[float] = []

        async def behave(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            arrivals.append(clock.now)
            await routes({"/": redirect("/b"), "/b": answer(HTML)})(head, reader, writer)

        async with house(behave) as there, fetcher(clock) as client:
            await client.fetch(there.url + "/", spacing=1.0)
            clock.now += 0.25
            await client.fetch(there.url + "/b", spacing=1.0)
            clock.now += 5.0
            await client.fetch(there.url + "/b", spacing=3.0)
            await client.fetch(there.url + "/b", spacing=1.0)
            await client.fetch(there.url + "/b", spacing=0.0)
        assert arrivals == [0.0, 1.0, 2.0, 7.0, 10.0, 11.0]
        assert clock.slept == [1.0, 0.75, 3.0, 1.0]

    play(scene)


def test_another_host_does_not_wait() -> None:
    async def scene() -> None:
        clock = Clock()
        async with (
            house(routes({"/": answer(HTML)})) as one,
            house(routes({"/": answer(HTML)})) as two,
            fetcher(clock) as client,
        ):
            for there in (one, two):
                assert page(await client.fetch(there.url + "/")).body == HTML
        assert clock.slept == []

    play(scene)


def test_waiting_for_our_turn_is_not_the_servers_slowness() -> None:
    async def scene() -> None:
        async def sleep(_seconds: float) -> None:
            await asyncio.sleep(1.2)

        limits = Limits(opening=20, whole=1.0)
        client = Fetcher(user_agent="Lanmu/0", allowed=LOOPBACK, limits=limits, clock=lambda: 0.0, sleep=sleep)
        async with house(routes({"/": answer(HTML)})) as there, client:
            for _ in range(2):
                assert page(await client.fetch(there.url + "/", spacing=9.0)).body == HTML

    play(scene)


def test_a_host_is_never_asked_more_than_two_things_at_once() -> None:
    async def scene() -> None:
        inside = 0
        counts: list[int] = []

        async def behave(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal inside
            inside += 1
            counts.append(inside)
            await asyncio.sleep(0.02)
            inside -= 1
            writer.write(answer(HTML))

        async with house(behave) as there, fetcher() as client:
            found = await asyncio.gather(*(client.fetch(f"{there.url}/{n}", spacing=0.0) for n in range(8)))
            assert all(isinstance(one, Page) for one in found)
            assert there.connections == 2
        assert max(counts) == 2

    play(scene)


def test_many_hosts_at_once_leave_no_more_connections_open_than_are_borne() -> None:
    async def scene() -> None:
        async with AsyncExitStack() as stack:
            town = [await stack.enter_async_context(house(routes({"/": answer(HTML)}))) for _ in range(6)]
            client = await stack.enter_async_context(fetcher())
            client._lines._most = 2
            found = await asyncio.gather(*(client.fetch(there.url + "/") for there in town))
            assert all(isinstance(one, Page) for one in found)
            assert len(client._lines._lines) == 2

    play(scene)


@pytest.mark.parametrize("behave", [street.silent, street.drips])
@pytest.mark.parametrize("tls", [False, True])
def test_being_cancelled_passes_and_leaves_nothing_open(behave: street.Behaviour, tls: bool) -> None:
    async def scene() -> None:
        async with (
            house(behave, tls=street.certified() if tls else None) as there,
            fetcher(tls=street.trusting()) as client,
        ):
            task = asyncio.create_task(client.fetch(there.url))
            await until(lambda: bool(there.heads))
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    play_and_look_for_open_sockets(scene)


def test_being_cancelled_during_the_handshake_leaves_nothing_open() -> None:
    async def scene() -> None:
        greeted = asyncio.Event()
        gone = asyncio.Event()

        async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(1)
            greeted.set()
            await reader.read()
            gone.set()

        async with street.listening(behave) as port, fetcher() as client:
            task = asyncio.create_task(client.fetch(f"https://127.0.0.1:{port}/"))
            await greeted.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await asyncio.wait_for(gone.wait(), 20)

    play_and_look_for_open_sockets(scene)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.005)


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
