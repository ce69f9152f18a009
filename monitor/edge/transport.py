"""The HTTP client's way out: a transport of httpx for each host, over connections that the guard has checked."""

import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache

import httpcore
import httpx

from monitor.edge.answers import Failed
from monitor.edge.connect import GuardedBackend, Resolve
from monitor.model.reading import TroubleKind
from monitor.model.register import Network

_KEPT_OPEN = 15.0  # seconds an idle connection is kept


@cache
def trusted() -> ssl.SSLContext:
    """The one TLS context of this process: loading the certificates costs 22 ms. The environment has no say in it."""
    return httpx.create_ssl_context(trust_env=False)


class GuardedTransport(httpx.AsyncBaseTransport):
    """GET requests to one host. The extension `timeout` must bring `connect`.

    Raises Failed: dns, connect, tls, certificate, timeout, refused_address; server_error for an answer that is not
    HTTP. An answer that never began is `connect`, one that broke is `server_error`.
    """

    def __init__(
        self, *, allowed: tuple[Network, ...], resolve: Resolve, tls: ssl.SSLContext, connections: int
    ) -> None:
        self._backend = GuardedBackend(allowed=allowed, resolve=resolve)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=_KEPT_OPEN,
            network_backend=self._backend,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it; once more when it failed on an idle connection, which the server may drop at any moment."""
        while True:
            opened = self._backend.opened
            try:
                return await self._send(request)
            except httpcore.NetworkError as error:
                failed = Failed(TroubleKind.CONNECT, str(error) or "the connection was lost before an answer")
            except httpcore.ProtocolError as error:
                failed = Failed(TroubleKind.SERVER_ERROR, f"the answer is not HTTP: {error}")
            except httpcore.TimeoutException:
                failed = Failed(TroubleKind.TIMEOUT, "the TLS handshake was not finished in time")
            if self._backend.opened > opened:
                raise failed

    async def _send(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    async def aclose(self) -> None:
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    """The body as it comes in."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for part in self._answer.aiter_stream():
                yield part
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise Failed(TroubleKind.SERVER_ERROR, f"the answer broke off: {error}") from error

    async def aclose(self) -> None:
        await self._answer.aclose()


class _Line:
    def __init__(self, transport: GuardedTransport) -> None:
        self.transport = transport
        self.users = 0


class Lines:
    """The open transports: one for each host and each set of allowed networks.

    A connection that one site's permission opened must not serve another site, which lacks it.
    """

    def __init__(self, make: Callable[[tuple[Network, ...]], GuardedTransport], *, most: int = 128) -> None:
        self._make = make
        self._most = most
        self._lines: dict[tuple[str, tuple[Network, ...]], _Line] = {}

    @asynccontextmanager
    async def to(self, host: str, allowed: tuple[Network, ...]) -> AsyncIterator[GuardedTransport]:
        line = self._lines.pop((host, allowed), None) or _Line(self._make(allowed))
        self._lines[host, allowed] = line  # the last is the most recently used
        line.users += 1
        try:
            yield line.transport
        finally:
            line.users -= 1
            await self._close_surplus()

    async def _close_surplus(self) -> None:
        """Close the one that has been idle for longest, when there are many: sockets are few."""
        if len(self._lines) <= self._most:
            return
        idle = next((key for key, line in self._lines.items() if not line.users), None)
        if idle is not None:
            await self._lines.pop(idle).transport.aclose()

    async def aclose(self) -> None:
        while self._lines:
            _, line = self._lines.popitem()
            await line.transport.aclose()
