"""The HTTP client's way out: a transport of httpx for each host, over connections that the guard has checked.

aiohttp opens the connections and parses what comes: httpx's own pool scans all its connections at each request, and
nothing of what a session of aiohttp adds is wanted here (docs/decisions/0007).
"""

import asyncio
import ssl

import aiohttp
import httpx
from aiohttp.connector import Connection
from aiohttp.http import HttpProcessingError

from monitor.edge import proxies
from monitor.edge.answers import Failed
from monitor.edge.connect import Refused
from monitor.edge.exchange import exchange, written
from monitor.edge.ways import Way
from monitor.model.reading import TroubleKind

_KEPT_OPEN = 15.0  # seconds an idle connection is kept
_NO_OTHER = aiohttp.ClientTimeout(total=None)
_OF_A_CONNECTION = frozenset({TroubleKind.CONNECT, TroubleKind.SERVER_ERROR})


class GuardedTransport(httpx.AsyncBaseTransport):
    """Requests to one origin, over connections of a guarded connector; it does not close that one.

    With a `way` all of them go through its proxy: then it is the proxy's name that is resolved, and its address that
    is guarded.

    The extension `sent`, where a request brings one, is called when the request has left; `target` stands for the
    path and query of its address, as httpx has it; by `until`, on the loop's clock, the answer must have begun.

    Raises TimeoutError where it has not. Raises Failed: dns, connect, tls, certificate, refused_address; offline where
    the proxy is what fails; server_error for an answer that is not HTTP. An answer that never began is `connect`, one
    that broke is `server_error`.
    """

    def __init__(self, connector: aiohttp.TCPConnector, way: Way | None = None) -> None:
        self._connector = connector
        self._way = way
        self._door: aiohttp.ClientRequest | None = None
        self._idle: list[tuple[Connection, float]] = []  # since when, by the loop's clock
        self._airing: asyncio.TimerHandle | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it; once more when it failed on an idle connection, which the server may drop at any moment."""
        while connection := self._idle_one():
            try:
                return await self._send(request, connection)
            except Failed as failed:
                if request.method != "GET" or failed.trouble.kind not in _OF_A_CONNECTION:
                    raise
        return await self._send(request, None)

    async def _send(self, request: httpx.Request, kept: Connection | None) -> httpx.Response:
        try:
            data = written(request, *proxies.asked_through(self._way, request))
            answer = await exchange(request, data, kept or await self._open(request), self._keep)
        except TimeoutError:
            raise
        except (aiohttp.ClientError, HttpProcessingError, OSError) as error:
            raise self._failure(error) from error
        except Failed as failed:
            if self._way is None:
                raise
            raise proxies.failure(failed) from failed
        if self._way and (refused := proxies.refusal(request, answer)):
            await answer.aclose()
            raise refused
        return answer

    async def _open(self, request: httpx.Request) -> Connection:
        if self._door is None:
            self._door = proxies.door(self._way, request)
        async with asyncio.timeout_at(request.extensions.get("until")):
            return await self._connector.connect(self._door, traces=[], timeout=_NO_OTHER)

    def _failure(self, error: Exception) -> Failed:
        return (proxies.failure_of(error) if self._way else None) or _failure_of(error)

    def _idle_one(self) -> Connection | None:
        """The one that was used last. What a server says while nobody asks it is no answer to the next question."""
        while self._idle:
            connection, since = self._idle.pop()
            if _now() - since < _KEPT_OPEN and _fit(connection):
                return connection
            connection.close()
        return None

    def _keep(self, connection: Connection) -> None:
        if self._connector.closed or not _fit(connection):
            connection.close()
            return
        loop = asyncio.get_running_loop()
        self._idle.append((connection, loop.time()))
        if self._airing is None:
            self._airing = loop.call_later(_KEPT_OPEN, self._air)

    def _air(self) -> None:
        """Close what has been idle for long, and look again as long as any is left."""
        self._airing = None
        idle, self._idle = self._idle, []
        for connection, since in idle:
            if _now() - since < _KEPT_OPEN:
                self._idle.append((connection, since))
            else:
                connection.close()
        if self._idle:
            self._airing = asyncio.get_running_loop().call_at(self._idle[0][1] + _KEPT_OPEN, self._air)

    async def aclose(self) -> None:
        if self._airing:
            self._airing.cancel()
        for connection, _ in self._idle:
            connection.close()
        self._idle.clear()


def _now() -> float:
    return asyncio.get_running_loop().time()


def _fit(connection: Connection) -> bool:
    """Whether it may be asked again: it is open, and nothing stands in it that nobody asked for."""
    protocol = connection.protocol
    return protocol is not None and protocol.is_connected() and not protocol.should_close


def _failure_of(error: Exception) -> Failed:
    """Tell troubles apart."""
    match error:
        case aiohttp.ClientConnectorCertificateError():
            return Failed(TroubleKind.CERTIFICATE, _verdict_on(error.certificate_error))
        case aiohttp.ClientConnectorError():
            return _not_connected(error)
        case aiohttp.ServerDisconnectedError(message=str()):
            return Failed(TroubleKind.CONNECT, "the connection was closed without an answer")
        case aiohttp.ServerDisconnectedError():
            return Failed(TroubleKind.SERVER_ERROR, "the answer is not HTTP: it broke off in its head")
        case aiohttp.ClientConnectionError() | OSError():
            return Failed(TroubleKind.CONNECT, f"the connection was lost before an answer: {error}")
        case _:
            said = error.message if isinstance(error, HttpProcessingError) else error
            return Failed(TroubleKind.SERVER_ERROR, f"the answer is not HTTP: {said}")


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
