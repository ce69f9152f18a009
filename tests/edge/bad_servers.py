"""The street of bad servers: each house has one behaviour, and the trouble that a look at its column must end in."""

import asyncio
import gzip
import ssl
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped]  # the package ships no types

from monitor.model.reading import TroubleKind as Kind
from tests.edge import bad_pages as pages
from tests.edge import certificates, street
from tests.edge.street import Behaviour, Talk, answer, redirect, routes, says

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

COLUMN = "/zwgk/gzdt/"
BOMB = bytes(5_000_000)
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
ELSEWHERE = "elsewhere.test"  # the street's own name for a host that is not the one that was asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Bad:
    """A server: what it does with a request, or with a whole connection. No trouble: the column must be read."""

    trouble: Kind | None
    behave: Behaviour | None = None
    talk: Talk | None = None
    tls: Callable[[str], ssl.SSLContext] | None = None
    scheme: str = ""  # by which it is asked, where that is not its own
    name: str = ""  # by which it is asked, where that matters


def bad(trouble: Kind | None, raw: bytes) -> Bad:
    return Bad(trouble=trouble, behave=says(raw))


def html(trouble: Kind | None, body: bytes, *headers: str, status: str = "200 OK") -> Bad:
    return bad(trouble, answer(body, "Content-Type: text/html", *headers, status=status))


def packed(trouble: Kind | None, coding: str, body: bytes) -> Bad:
    return html(trouble, body, f"Content-Encoding: {coding}")


def led(trouble: Kind | None, to: str | bytes, **more: bytes) -> Bad:
    """A column that redirects; `more` are the pages to be found there, by the last word of their path."""
    there = {f"/{name}": raw for name, raw in more.items()}
    return Bad(trouble=trouble, behave=routes({COLUMN: redirect(to), **there}))


def drips(head: bytes, drop: bytes) -> Behaviour:
    async def behave(_head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(drop)
            await writer.drain()
            await asyncio.sleep(0.05)

    return behave


def floods(head: bytes, flood: bytes) -> Behaviour:
    async def behave(_head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(flood)
            await writer.drain()

    return behave


def crumbles(raw: bytes) -> Behaviour:
    """An answer in pieces of a few bytes each."""

    async def behave(_head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for start in range(0, len(raw), 7):
            writer.write(raw[start : start + 7])
            await asyncio.sleep(0)

    return behave


async def breaks_off_with_a_reset(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(answer(pages.GOOD, length=len(pages.GOOD) + 9))
    await writer.drain()
    writer.transport.abort()


async def leads_elsewhere(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Sends whoever asks for the column to another name, and shows it a column there."""
    host = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"host:")).split()[1]
    _, _, port = host.rpartition(b":")
    there = b"http://" + ELSEWHERE.encode() + b":" + port + b"/"
    writer.write(answer(pages.GOOD) if host.startswith(ELSEWHERE.encode()) else redirect(there))


async def accepts_and_is_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while await reader.read(1_000):
        pass


async def resets_at_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def closes_half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Says at once that it will say nothing, and goes on listening."""
    writer.write_eof()
    await accepts_and_is_silent(reader, writer)


async def refuses_plain_words(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """As nginx answers on a TLS port to whoever speaks plain HTTP."""
    await reader.read(10)
    writer.write(answer(b"The plain HTTP request was sent to HTTPS port", status="400 Bad Request"))


def _refused(name: str) -> Iterator[tuple[str, Bad]]:
    for status, kind in {
        "400 Bad Request": Kind.CLIENT_ERROR,
        "401 Unauthorized": Kind.LOGIN,
        "403 Forbidden": Kind.FORBIDDEN,
        "404 Not Found": Kind.GONE,
        "410 Gone": Kind.GONE,
        "429 Too Many Requests": Kind.RATE_LIMITED,
        "500 Internal Server Error": Kind.SERVER_ERROR,
        "502 Bad Gateway": Kind.SERVER_ERROR,
        "503 Service Unavailable": Kind.SERVER_ERROR,
        "504 Gateway Timeout": Kind.SERVER_ERROR,
    }.items():
        yield f"{name} {status}", html(kind, pages.page(status), "Retry-After: 120", status=status)


CONNECTIONS = {
    "resets after accept": Bad(trouble=Kind.CONNECT, talk=resets_at_once),
    "accepts and is silent": Bad(trouble=Kind.TIMEOUT, talk=accepts_and_is_silent),
    "closes its half at once": Bad(trouble=Kind.CONNECT, talk=closes_half),
    "hangs up without a word": Bad(trouble=Kind.CONNECT, behave=street.hangs_up),
    "resets after the question": Bad(trouble=Kind.CONNECT, behave=street.resets),
    "resets in the body": Bad(trouble=Kind.SERVER_ERROR, behave=breaks_off_with_a_reset),
    "slow loris in the headers": Bad(trouble=Kind.TIMEOUT, behave=drips(b"HTTP/1.1 200 OK\r\nX-A: ", b"b")),
    "slow loris in the body": Bad(trouble=Kind.TIMEOUT, behave=drips(answer(length=100_000), b".")),
    "slow loris in the chunks": Bad(trouble=Kind.TIMEOUT, behave=drips(CHUNKED, b"1\r\n.\r\n")),
    "a name that nobody knows": Bad(trouble=Kind.DNS, behave=street.silent, name="unknown.test"),
    "a name that is nobody's affair": Bad(trouble=Kind.REFUSED_ADDRESS, behave=street.silent, name="inside.test"),
}

FULL = [f"X-{n}: {'a' * 1_000}" for n in range(90)]  # within each limit of a head
HEADS = {
    "ninety headers, 90 KB in all": html(None, pages.GOOD, *FULL),
    "a hundred and twenty headers": html(Kind.SERVER_ERROR, pages.GOOD, *(f"X-{n}: a" for n in range(120))),
    "a cookie of 30 KB": html(None, pages.GOOD, f"Set-Cookie: a={'x' * 30_000}"),
    "a cookie of 40 KB": html(Kind.SERVER_ERROR, pages.GOOD, f"Set-Cookie: a={'x' * 40_000}"),
    "six cookies of 30 KB": html(Kind.SERVER_ERROR, pages.GOOD, *[f"Set-Cookie: a={'x' * 30_000}"] * 6),
    "endless headers": Bad(trouble=Kind.SERVER_ERROR, behave=floods(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 1_000)),
    "an endless header": Bad(trouble=Kind.SERVER_ERROR, behave=floods(b"HTTP/1.1 200 OK\r\nX: ", b"a" * 10_000)),
    "a flood of 100-continue": Bad(trouble=Kind.TIMEOUT, behave=drips(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 9)),
    "a cookie of a megabyte": html(Kind.SERVER_ERROR, pages.GOOD, f"Set-Cookie: a={'x' * 1_000_000}"),
    "GBK in the headers": html(None, pages.GOOD, "X-Column: " + "栏目".encode("gbk").decode("latin-1")),
    "HTTP/0.9": bad(Kind.SERVER_ERROR, pages.GOOD),
    "garbage": bad(Kind.SERVER_ERROR, bytes(range(256)) * 9),
    "another protocol": bad(Kind.SERVER_ERROR, b"SSH-2.0-OpenSSH_9.2\r\n"),
    "nothing but a status line": bad(Kind.SERVER_ERROR, b"HTTP/1.1 200 OK\r\n"),
    "two lengths": html(Kind.SERVER_ERROR, pages.GOOD, "Content-Length: 7"),
}

BODIES = {
    "a page byte by byte": Bad(trouble=None, behave=crumbles(answer(pages.GOOD))),
    "chunks with a trailer": bad(None, CHUNKED + b"%x\r\n%b\r\n0\r\nX-Sum: 7\r\n\r\n" % (len(pages.GOOD), pages.GOOD)),
    "a page, and another behind it": bad(None, answer(pages.GOOD) + answer(pages.APP)),
    "a 304 with a body, which nobody asked for": html(Kind.SERVER_ERROR, pages.GOOD, status="304 Not Modified"),
    "a body shorter than announced": bad(Kind.SERVER_ERROR, answer(pages.GOOD, length=len(pages.GOOD) + 9)),
    "a body longer than announced": bad(Kind.SERVER_ERROR, answer(pages.GOOD, length=90)),
    "a body announced as huge": bad(Kind.TOO_LARGE, answer(length=10**15)),
    "an endless body": Bad(trouble=Kind.TOO_LARGE, behave=street.never_ends),
    "chunks of no size": bad(Kind.SERVER_ERROR, CHUNKED + b"zz\r\nabc"),
    "chunks that break off": bad(Kind.SERVER_ERROR, CHUNKED + b"ff\r\nabc"),
    "a gzip bomb": packed(Kind.TOO_LARGE, "gzip", gzip.compress(BOMB)),
    "a deflate bomb": packed(Kind.TOO_LARGE, "deflate", zlib.compress(BOMB)),
    "a brotli bomb": packed(Kind.TOO_LARGE, "br", brotli.compress(BOMB, quality=3)),
    "a zstd bomb": packed(Kind.TOO_LARGE, "zstd", zstd.compress(BOMB)),
    "HTML called zstd": packed(Kind.SERVER_ERROR, "zstd", pages.GOOD),
    "a bomb in a bomb": packed(Kind.SERVER_ERROR, "gzip, gzip", gzip.compress(gzip.compress(BOMB))),
    "a bomb in a bomb that is called one": packed(Kind.UNREADABLE, "gzip", gzip.compress(gzip.compress(BOMB))),
    "broken gzip": packed(Kind.SERVER_ERROR, "gzip", gzip.compress(pages.GOOD)[:-20]),
    "HTML called gzip": packed(Kind.SERVER_ERROR, "gzip", pages.GOOD),
    "HTML called brotli": packed(Kind.SERVER_ERROR, "br", pages.GOOD),
    "an empty 200": html(Kind.UNREADABLE, b""),
    "204": html(Kind.UNREADABLE, b"", status="204 No Content"),
    "a part that nobody asked for": html(Kind.SERVER_ERROR, pages.GOOD, status="206 Partial Content"),
    "a PDF called HTML": html(Kind.UNREADABLE, pages.PDF),
    "a picture called HTML": html(Kind.UNREADABLE, pages.PICTURE),
    "an archive called HTML": html(Kind.UNREADABLE, pages.ARCHIVE),
}

REDIRECTS = {
    "redirects in a circle": led(Kind.CLIENT_ERROR, COLUMN),
    "redirects without end": Bad(
        trouble=Kind.CLIENT_ERROR,
        behave=routes({COLUMN: redirect("/0")} | {f"/{n}": redirect(f"/{n + 1}") for n in range(9)}),
    ),
    "redirects to a cloud's metadata": led(Kind.REFUSED_ADDRESS, "http://169.254.169.254/latest/meta-data/"),
    "redirects to loopback": led(Kind.REFUSED_ADDRESS, "http://127.0.0.2/"),
    "redirects to loopback in IPv6": led(Kind.REFUSED_ADDRESS, "http://[::1]/"),
    "redirects to loopback in a number": led(Kind.REFUSED_ADDRESS, "http://2130706433/"),
    "redirects to a name that leads inside": led(Kind.REFUSED_ADDRESS, "http://inside.test/"),
    "redirects to a file": led(Kind.REFUSED_ADDRESS, "file:///etc/passwd"),
    "redirects to another host": Bad(trouble=Kind.MOVED, behave=leads_elsewhere),
    "redirects to the home page": led(Kind.MOVED, "/index.html", **{"index.html": answer(pages.HOME)}),
    "redirects to a login": led(Kind.LOGIN, "/sso/login", **{"sso/login": answer(pages.APP)}),
    "redirects in GBK": led(None, "/栏目".encode("gbk"), **{"%C0%B8%C4%BF": answer(pages.GOOD)}),
}

PAGES = {
    "the home page at a dead address": Bad(trouble=Kind.MOVED, behave=says(answer(pages.HOME), then_close=False)),
    "瑞数 with 412": html(Kind.BLOCKED, pages.RUISHU, status="412 Precondition Failed"),
    "瑞数 with 202": html(Kind.BLOCKED, pages.RUISHU, status="202 Accepted"),
    "瑞数 with 200": html(Kind.BLOCKED, pages.RUISHU),
    "加速乐 with 521": html(Kind.BLOCKED, pages.JIASULE, status="521 "),
    "Aliyun with 200": html(Kind.BLOCKED, pages.ALIYUN),
    "a captcha with 200": html(Kind.BLOCKED, pages.CAPTCHA),
    "a login with 200": html(Kind.LOGIN, pages.LOGIN),
    "under reconstruction with 200": html(Kind.MAINTENANCE, pages.REBUILDING),
    "an error page with 200": html(Kind.ERROR_PAGE, pages.ERROR),
    "a broken program with 200": html(Kind.ERROR_PAGE, pages.IIS_ERROR),
    "a list that a script fills": html(Kind.NEEDS_SCRIPT, pages.APP),
    "a list of days without a year": Bad(
        trouble=Kind.UNDATED, behave=routes({COLUMN: answer(pages.UNDATED, "Content-Type: text/html")})
    ),
    "a good column": html(None, pages.GOOD),
}

SECURE = {
    "an expired certificate": Bad(trouble=Kind.CERTIFICATE, behave=says(answer(pages.GOOD)), tls=certificates.expired),
    "a self-signed one": Bad(trouble=Kind.CERTIFICATE, behave=says(answer(pages.GOOD)), tls=certificates.self_signed),
    "one of another host": Bad(
        trouble=Kind.CERTIFICATE, behave=says(answer(pages.GOOD)), tls=lambda _: certificates.good("other.test")
    ),
    "an incomplete chain": Bad(trouble=Kind.CERTIFICATE, behave=says(answer(pages.GOOD)), tls=certificates.incomplete),
    "TLS 1.0 and 1.1 alone": Bad(trouble=Kind.TLS, behave=says(answer(pages.GOOD)), tls=certificates.of_old),
    "plain HTTP on the port of TLS": Bad(trouble=Kind.TLS, talk=refuses_plain_words, scheme="https"),
    "TLS on the port of plain HTTP": Bad(trouble=Kind.CLIENT_ERROR, talk=refuses_plain_words, scheme="http"),
    "a good certificate": Bad(trouble=None, behave=says(answer(pages.GOOD)), tls=certificates.good),
}

STREET: dict[str, Bad] = CONNECTIONS | HEADS | BODIES | REDIRECTS | PAGES | SECURE | dict(_refused("status"))
