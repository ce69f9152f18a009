"""What servers answer, in raw bytes: pages in every packing, and answers that end in a trouble."""

import gzip
import sys
import zlib

import brotli  # type: ignore[import-untyped]  # the package ships no types

from monitor.model.reading import TroubleKind
from tests.edge.fetching import HTML, MUCH
from tests.edge.street import answer

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


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
