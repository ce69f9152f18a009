"""The HTTP client's way out: a transport of httpx for each host, over connections that the guard has checked.

aiohttp carries it, its connections and parser without its session: httpx's own pool scans all its connections at each
request, and nothing of what a session adds is wanted here (docs/decisions/0007).
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from itertools import count
from operator import itemgetter

import aiohttp
import httpx
from yarl import URL

from monitor.edge import proxies
from monitor.edge.answers import Failed
from monitor.edge.connect import GuardedResolver, Refused, Resolve, Sockets
from monitor.edge.ways import Way
from monitor.model.reading import TroubleKind
from monitor.model.register import Network, WeakTls

_KEPT_OPEN = 15.0  # seconds an idle connection is kept
_LOOKUP_SHARE = 0.5  # of the time to open
_FIELD = 32 * 1024  # bytes of one header, a cookie for instance
_FIELDS = 100  # headers of one answer
_HEAD = 128 * 1024  # bytes of all of them
Sent = Callable[[], object]
_OF_A_CONNECTION = frozenset({TroubleKind.CONNECT, TroubleKind.SERVER_ERROR})


class GuardedTransport(httpx.AsyncBaseTransport):
    """Requests to one host, whose answers must begin within `opening` seconds: the caller sees to that.

    With a `way` all of them go through its proxy: then it is the proxy's name that is resolved, and its address that
    is guarded.

    The extension `sent`, where a request brings one, is called when the request has left; `target` stands for the
    path and query of its address, as httpx has it.

    Raises Failed: dns, connect, tls, certificate, timeout, refused_address; offline where the proxy is what fails;
    server_error for an answer that is not HTTP. An answer that never began is `connect`, one that broke is
    `server_error`.
    """

    def __init__(
        self,
        *,
        allowed: tuple[Network, ...],
        resolve: Resolve,
        tls: ssl.SSLContext,
        opening: float,
        way: Way | None = None,
    ) -> None:
        self._way = way
        self._sockets = Sockets(allowed)
        self._connector = aiohttp.TCPConnector(
            limit=0,  # the turns count them
            ssl=tls,
            resolver=GuardedResolver(allowed=allowed, resolve=resolve, within=opening * _LOOKUP_SHARE),
            use_dns_cache=False,
            socket_factory=self._sockets,
            keepalive_timeout=_KEPT_OPEN,
        )
        self._timeout = aiohttp.ClientTimeout(total=None, sock_connect=opening)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it; once more when it failed on an idle connection, which the server may drop at any moment."""
        while True:
            opened = self._sockets.opened
            try:
                return await self._send(request)
            except Failed as failed:
                fresh = self._sockets.opened > opened or request.method != "GET"
                if fresh or failed.trouble.kind not in _OF_A_CONNECTION:
                    raise

    async def _send(self, request: httpx.Request) -> httpx.Response:
        asked = aiohttp.ClientRequest(
            request.method,
            _address(request),
            data=await request.aread() or None,
            **proxies.asked_through(self._way, request),
        )

        async def exchange(asked: aiohttp.ClientRequest) -> aiohttp.ClientResponse:
            return await self._exchange(asked, request.extensions.get("sent"))

        answer = await _failing(asked, exchange if self._way is None else partial(proxies.failing, send=exchange))
        if sum(len(name) + len(value) for name, value in answer.raw_headers) > _HEAD:
            answer.close()
            raise Failed(TroubleKind.SERVER_ERROR, f"the headers are longer than {_HEAD} bytes")
        return httpx.Response(answer.status, headers=_headers(answer.raw_headers), stream=_Body(answer))

    async def _exchange(self, asked: aiohttp.ClientRequest, sent: Sent | None) -> aiohttp.ClientResponse:
        """What a session of aiohttp would do, without its cookies, redirects, logins, traces and second attempts."""
        try:
            connection = await self._connector.connect(asked, traces=[], timeout=self._timeout)
        except TimeoutError as error:
            raise Failed(TroubleKind.TIMEOUT, "the connection was not opened in time") from error
        assert connection.protocol is not None
        connection.protocol.set_response_params(
            skip_payload=asked.method == "HEAD",
            read_until_eof=True,
            auto_decompress=False,
            max_line_size=_FIELD,
            max_field_size=_FIELD,
            max_headers=_FIELDS,
        )
        try:
            answer = await asked.send(connection)
            if sent is not None:
                asyncio.get_running_loop().call_soon(sent)  # a body is written in the next step of the loop
            return await answer.start(connection)
        except BaseException:
            connection.close()
            raise

    async def aclose(self) -> None:
        await self._connector.close()


def _address(request: httpx.Request) -> URL:
    target = request.extensions.get("target")
    whole = str(request.url) if target is None else f"{str(request.url).removesuffix('/')}{target.decode('ascii')}"
    return URL(whole, encoded=True)


def _headers(raw: Sequence[tuple[bytes, bytes]]) -> httpx.Headers:
    """Nearly all heads are ASCII: to let httpx find out at each look-up costs as much as parsing them."""
    plain = all(name.isascii() and value.isascii() for name, value in raw)
    return httpx.Headers(raw, encoding="ascii" if plain else None)


async def _failing(request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Tell troubles apart."""
    try:
        return await send(request)
    except aiohttp.ClientConnectorCertificateError as error:
        raise Failed(TroubleKind.CERTIFICATE, _verdict_on(error.certificate_error)) from error
    except aiohttp.ClientConnectorError as error:
        raise _not_connected(error) from error
    except aiohttp.ServerDisconnectedError as error:
        if isinstance(error.message, str):
            raise Failed(TroubleKind.CONNECT, "the connection was closed without an answer") from error
        raise Failed(TroubleKind.SERVER_ERROR, "the answer is not HTTP: it broke off in its head") from error
    except aiohttp.ClientConnectionError as error:
        raise Failed(TroubleKind.CONNECT, f"the connection was lost before an answer: {error}") from error
    except aiohttp.ClientError as error:
        raise Failed(TroubleKind.SERVER_ERROR, f"the answer is not HTTP: {error}") from error
    except OSError as error:
        raise Failed(TroubleKind.CONNECT, f"the connection was lost before an answer: {error}") from error


def _verdict_on(error: Exception) -> str:
    return (error.verify_message if isinstance(error, ssl.SSLCertVerificationError) else "") or str(error)


def _not_connected(error: aiohttp.ClientConnectorError) -> Failed:
    cause = error.os_error
    if isinstance(cause, Refused):
        return Failed(TroubleKind.REFUSED_ADDRESS, cause.strerror or "")
    if isinstance(cause, ssl.SSLError):
        return Failed(TroubleKind.TLS, str(cause))
    if isinstance(cause, ConnectionResetError | ConnectionAbortedError | BrokenPipeError) and error.ssl:
        return Failed(TroubleKind.TLS, "the connection was closed during the TLS handshake")
    return Failed(TroubleKind.CONNECT, f"no connection: {cause.strerror or cause}")


class _Body(httpx.AsyncByteStream):
    """The body as it comes in."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for part in self._answer.content.iter_any():
                yield part
        except (aiohttp.ClientError, OSError) as error:
            raise Failed(TroubleKind.SERVER_ERROR, f"the answer broke off: {error}") from error

    async def aclose(self) -> None:
        """Give the connection back when the body was read to its end; else close it."""
        if not self._answer.content.is_eof():
            self._answer.close()
        self._answer.release()


class _Line:
    def __init__(self, transport: GuardedTransport) -> None:
        self.transport = transport
        self.users = 0
        self.asked = 0  # the higher, the more recently


class Lines:
    """The open transports: one for each host, each set of allowed networks, each weakening of TLS and each way out.

    A connection that one site's permission opened must not serve another site, which lacks it.
    """

    def __init__(
        self, make: Callable[[tuple[Network, ...], WeakTls | None, Way | None], GuardedTransport], *, most: int = 128
    ) -> None:
        self._make = make
        self._most = most
        self._asked = count(1)
        self._lines: dict[tuple[str, tuple[Network, ...], WeakTls | None, Way | None], _Line] = {}

    @asynccontextmanager
    async def to(
        self, host: str, allowed: tuple[Network, ...], weak_tls: WeakTls | None, way: Way | None
    ) -> AsyncIterator[GuardedTransport]:
        key = (host, allowed, weak_tls, way)  # looked up once: networks are slow to hash
        if (line := self._lines.get(key)) is None:
            line = self._lines[key] = _Line(self._make(allowed, weak_tls, way))
        line.asked = next(self._asked)
        line.users += 1
        try:
            yield line.transport
        finally:
            line.users -= 1
            if len(self._lines) > self._most:
                await self._close_surplus()

    async def _close_surplus(self) -> None:
        """Close the one that has been idle for longest: sockets are few."""
        idle = [(line.asked, key) for key, line in self._lines.items() if not line.users]
        if idle:
            _, key = min(idle, key=itemgetter(0))
            await self._lines.pop(key).transport.aclose()

    async def aclose(self) -> None:
        while self._lines:
            _, line = self._lines.popitem()
            await line.transport.aclose()
