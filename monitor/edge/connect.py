"""Opens connections: a name is resolved once, its addresses are checked, and a checked one is connected to.

Nothing resolves the name again, so an answer that changes after the check (DNS rebinding) changes nothing.
"""

import asyncio
import errno
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from typing import Any

import aiohttp
from aiohttp import AddrInfoType
from aiohttp.abc import AbstractResolver, ResolveResult

from monitor.edge.answers import Failed
from monitor.edge.guard import Address, refusal
from monitor.model.reading import TroubleKind
from monitor.model.register import Network

Resolve = Callable[[str, int], Awaitable[Sequence[Address]]]

_MOST_ADDRESSES = 4


class Lookups:
    """The system's resolver, in threads of its own: a few names that hang must not hold back all the others."""

    def __init__(self, threads: int = 32) -> None:
        self._threads = ThreadPoolExecutor(threads, "lookup")

    async def __call__(self, host: str, port: int) -> Sequence[Address]:
        """The addresses of a name, in the system's order of preference. Raises OSError."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, _getaddrinfo, host, port)
        return tuple(dict.fromkeys(ip_address(str(sockaddr[0])) for *_, sockaddr in found))

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


def _getaddrinfo(host: str, port: int) -> list[Any]:
    return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))


class GuardedResolver(AbstractResolver):
    """Names as the HTTP client sees them: it is told of no address that may not be connected to. Raises Failed.

    `within` is in seconds.
    """

    def __init__(self, *, allowed: tuple[Network, ...], resolve: Resolve, within: float) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._within = within

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        return [_result(host, port, address) for address in self._permitted(await self._look_up(host, port))]

    async def _look_up(self, host: str, port: int) -> Sequence[Address]:
        try:
            async with asyncio.timeout(self._within):
                found = await self._resolve(host, port)
        except TimeoutError as error:
            raise Failed(TroubleKind.DNS, f"no answer about the name {host} within {self._within:g} s") from error
        except (OSError, UnicodeError) as error:
            raise Failed(TroubleKind.DNS, f"the name {host} is not known: {error}") from error
        if not found:
            raise Failed(TroubleKind.DNS, f"the name {host} has no address")
        return found

    def _permitted(self, addresses: Sequence[Address]) -> Sequence[Address]:
        """A name that gives public and refused addresses is asked at the public ones alone."""
        reasons = {address: refusal(address, self._allowed) for address in addresses}
        permitted = [address for address in addresses if reasons[address] is None]
        if not permitted:
            raise Failed(TroubleKind.REFUSED_ADDRESS, next(filter(None, reasons.values())))
        return permitted[:_MOST_ADDRESSES]

    async def close(self) -> None:
        """Nothing is held."""


def _result(host: str, port: int, address: Address) -> ResolveResult:
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    return ResolveResult(hostname=host, host=str(address), port=port, family=family, proto=0, flags=0)


class Refused(PermissionError):
    """A socket was asked for to an address that may not be connected to."""


class Sockets:
    """Makes the sockets of a line, and is the last wall: it sees the very address that is connected to."""

    def __init__(self, allowed: tuple[Network, ...]) -> None:
        self._allowed = allowed

    def __call__(self, to: AddrInfoType) -> socket.socket:
        family, kind, protocol, _, sockaddr = to
        if reason := refusal(ip_address(str(sockaddr[0])), self._allowed):
            raise Refused(errno.EPERM, reason)
        return socket.socket(family, kind, protocol)


def guarded(
    *, allowed: tuple[Network, ...], resolve: Resolve, tls: ssl.SSLContext, looking_up: float
) -> aiohttp.TCPConnector:
    """Opens connections to what the guard permits, and holds none of them. Names are looked up within so many seconds.

    Each costs half as much as a connection: whoever is granted the same may share one.
    """
    return aiohttp.TCPConnector(
        limit=0,  # the turns count them
        ssl=tls,
        resolver=GuardedResolver(allowed=allowed, resolve=resolve, within=looking_up),
        use_dns_cache=False,
        socket_factory=Sockets(allowed),
    )
