"""One request and its answer over an open connection: httpx's words written as bytes, and aiohttp's parser behind.

What stands around that parser in aiohttp, its own requests, answers and writers, would translate everything twice.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable

import aiohttp
import httpx
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection
from aiohttp.http import RawResponseMessage
from aiohttp.streams import StreamReader

from monitor.edge.answers import Failed
from monitor.model.reading import TroubleKind

Sent = Callable[[], object]
Keep = Callable[[Connection], None]

_FIELD = 32 * 1024  # bytes of one header, a cookie for instance
_FIELDS = 100  # headers of one answer
_HEAD = 128 * 1024  # bytes of all of them
_SWITCHED = 101  # the last word in HTTP; what else begins with 1 only announces an answer


async def exchange(request: httpx.Request, data: bytes, connection: Connection, keep: Keep) -> httpx.Response:
    """Send the bytes of a request, and wait for the answer's head; a body that comes with it is a ByteStream there.

    The connection is handed to `keep` when the answer has been read to its end, and closed in any other case. Raises
    what aiohttp raises, Failed, and TimeoutError where no answer has begun in time.
    """
    try:
        protocol = connection.protocol
        assert protocol is not None
        _send(request, data, protocol)
        message, payload = await _begun(protocol, request.extensions.get("until"))
        head = _head(message)
        if not _is_whole(payload):
            return httpx.Response(message.code, headers=head, stream=Body(connection, payload, keep))
        body = httpx.ByteStream(payload.read_nowait())
        keep(connection)
        return httpx.Response(message.code, headers=head, stream=body)
    except BaseException:
        connection.close()
        raise


def written(request: httpx.Request, target: bytes, also: Iterable[tuple[bytes, bytes]]) -> bytes:
    """The bytes of a request. Raises ValueError for a header that would be two: whoever made it has not looked."""
    lines = [b"%b %b HTTP/1.1" % (request.method.encode("ascii"), target)]
    lines.extend(map(b": ".join, (*request.headers.raw, *also)))
    head = b"\r\n".join(lines)
    if len(head) - len(head.translate(None, b"\r\n\0")) != 2 * len(lines) - 2:
        raise ValueError("a header of a request holds the end of a line")
    assert isinstance(request.stream, httpx.ByteStream), "what we send we hold in memory"
    return b"%b\r\n\r\n%b" % (head, b"".join(request.stream))


def _send(request: httpx.Request, data: bytes, protocol: ResponseHandler) -> None:
    protocol.set_response_params(
        skip_payload=request.method == "HEAD",
        read_until_eof=True,
        auto_decompress=False,
        max_line_size=_FIELD,
        max_field_size=_FIELD,
        max_headers=_FIELDS,
    )
    if protocol.transport is None:
        raise aiohttp.ClientConnectionResetError("the connection was closed before the request")
    protocol.transport.write(data)
    sent: Sent | None = request.extensions.get("sent")
    if sent is not None:
        sent()


async def _begun(protocol: ResponseHandler, until: float | None) -> tuple[RawResponseMessage, StreamReader]:
    """The head of the answer. A timeout of asyncio's own, which cancels, costs a tenth of all of this."""
    timer = None if until is None else asyncio.get_running_loop().call_at(until, _late, protocol)
    try:
        while True:
            message, payload = await protocol.read()
            if message.code >= 200 or message.code == _SWITCHED:
                return message, payload
    finally:
        if timer:
            timer.cancel()


def _late(protocol: ResponseHandler) -> None:
    protocol.set_exception(TimeoutError())


def _head(message: RawResponseMessage) -> httpx.Headers:
    """Nearly all heads are ASCII: to let httpx find out at each look-up costs as much as parsing them."""
    whole = b"".join([part for header in message.raw_headers for part in header])
    if len(whole) > _HEAD:
        raise Failed(TroubleKind.SERVER_ERROR, f"the headers are longer than {_HEAD} bytes")
    return httpx.Headers(message.raw_headers, encoding="ascii" if whole.isascii() else None)


def _is_whole(payload: StreamReader) -> bool:
    return payload.is_eof() and payload.exception() is None


class Body(httpx.AsyncByteStream):
    """The body as it comes in."""

    def __init__(self, connection: Connection, payload: StreamReader, keep: Keep) -> None:
        self._connection = connection
        self._payload = payload
        self._keep = keep

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for part in self._payload.iter_any():
                yield part
        except (aiohttp.ClientError, OSError) as error:
            raise Failed(TroubleKind.SERVER_ERROR, f"the answer broke off: {error}") from error

    async def aclose(self) -> None:
        """Give the connection back when the body was read to its end; else close it."""
        if _is_whole(self._payload):
            self._keep(self._connection)
        else:
            self._connection.close()
