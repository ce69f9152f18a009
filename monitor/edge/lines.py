"""The open ways to hosts: a transport for each, and the one that has been idle for longest closed first."""

from collections.abc import Awaitable, Callable
from itertools import count
from operator import itemgetter

import aiohttp

from monitor.edge.transport import GuardedTransport
from monitor.edge.ways import Way
from monitor.model.register import Network, WeakTls


class _Line:
    """Entered by each request that uses it."""

    def __init__(self, transport: GuardedTransport, left: Callable[[], Awaitable[None]]) -> None:
        self.transport = transport
        self.users = 0
        self.asked = 0  # the higher, the more recently
        self._left = left

    async def __aenter__(self) -> GuardedTransport:
        self.users += 1
        return self.transport

    async def __aexit__(self, *_: object) -> None:
        self.users -= 1
        await self._left()


class Lines:
    """The open transports: one for each origin, each set of allowed networks, each weakening of TLS and each way out.

    A connection that one site's permission opened must not serve another site, which lacks it.
    """

    def __init__(
        self, connector: Callable[[tuple[Network, ...], WeakTls | None], aiohttp.TCPConnector], *, most: int = 128
    ) -> None:
        self._connector = connector
        self._most = most
        self._asked = count(1)
        self._connectors: dict[tuple[tuple[Network, ...], WeakTls | None], aiohttp.TCPConnector] = {}
        self._lines: dict[tuple[str, tuple[Network, ...], WeakTls | None, Way | None], _Line] = {}

    def to(self, origin: str, allowed: tuple[Network, ...], weak_tls: WeakTls | None, way: Way | None) -> _Line:
        key = (origin, allowed, weak_tls, way)  # looked up once: networks are slow to hash
        if (line := self._lines.get(key)) is None:
            transport = GuardedTransport(self._opening(allowed, weak_tls), way)
            line = self._lines[key] = _Line(transport, self._close_surplus)
        line.asked = next(self._asked)
        return line

    def _opening(self, allowed: tuple[Network, ...], weak_tls: WeakTls | None) -> aiohttp.TCPConnector:
        if (allowed, weak_tls) not in self._connectors:
            self._connectors[allowed, weak_tls] = self._connector(allowed, weak_tls)
        return self._connectors[allowed, weak_tls]

    async def _close_surplus(self) -> None:
        """Close the one that has been idle for longest: sockets are few."""
        if len(self._lines) <= self._most:
            return
        idle = [(line.asked, key) for key, line in self._lines.items() if not line.users]
        if idle:
            _, key = min(idle, key=itemgetter(0))
            await self._lines.pop(key).transport.aclose()

    async def aclose(self) -> None:
        while self._lines:
            _, line = self._lines.popitem()
            await line.transport.aclose()
        while self._connectors:
            _, connector = self._connectors.popitem()
            await connector.close()
