"""Opens connections: a name is resolved once, its addresses are checked, and a checked one is connected to.

Nothing resolves the name again, so an answer that changes after the check (DNS rebinding) changes nothing.
"""

import asyncio
import os
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from typing import Any

import httpcore

from monitor.edge.answers import Failed
from monitor.edge.guard import Address, refusal
from monitor.model.reading import TroubleKind
from monitor.model.register import Network

Resolve = Callable[[str, int], Awaitable[Sequence[Address]]]

_MOST_ADDRESSES = 4
_LOOKUP_SHARE = 0.5  # of the time to open


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


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """The network as httpcore sees it, in front of the real one. `opened` counts the connections that were begun."""

    def __init__(
        self, *, allowed: tuple[Network, ...], resolve: Resolve, real: httpcore.AsyncNetworkBackend | None = None
    ) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._real = real or httpcore.AnyIOBackend()
        self.opened = 0

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of `host` that may be connected to and answers within its share of the time."""
        self.opened += 1
        assert timeout is not None, "every request brings its time to open"
        loop = asyncio.get_running_loop()
        ends = loop.time() + timeout
        addresses = self._permitted(await self._look_up(host, port, timeout * _LOOKUP_SHARE))
        for left in range(len(addresses), 0, -1):
            share = (ends - loop.time()) / left
            try:
                stream = await self._real.connect_tcp(str(addresses[-left]), port, timeout=share)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
            else:
                return GuardedStream(stream)
        raise _not_connected(problem) from problem

    async def _look_up(self, host: str, port: int, seconds: float) -> Sequence[Address]:
        try:
            return [ip_address(host)]
        except ValueError:
            pass  # a name
        try:
            async with asyncio.timeout(seconds):
                found = await self._resolve(host, port)
        except TimeoutError as error:
            raise Failed(TroubleKind.DNS, f"no answer about the name {host} within {seconds:g} s") from error
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


def _not_connected(error: Exception) -> Failed:
    if isinstance(error, httpcore.TimeoutException):
        return Failed(TroubleKind.TIMEOUT, "the connection was not accepted in time")
    cause: BaseException | None = error
    while cause is not None and not (isinstance(cause, OSError) and cause.errno):
        cause = cause.__cause__
    reason = os.strerror(cause.errno) if isinstance(cause, OSError) and cause.errno else str(error)
    return Failed(TroubleKind.CONNECT, f"no connection: {reason}")


class GuardedStream(httpcore.AsyncNetworkStream):
    """A connection. It tells TLS troubles apart, and a server that hangs up from one that answers badly."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._heard = False

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = await self._stream.read(max_bytes, timeout)
        if not data and not self._heard:
            raise httpcore.ReadError("the connection was closed without an answer")
        self._heard = True
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._heard = False
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            return GuardedStream(await self._stream.start_tls(ssl_context, server_hostname, timeout))
        except httpcore.ConnectError as error:
            await self.aclose()
            raise _no_tls(error) from error
        except BaseException:  # also when we are cancelled: httpcore would leave the socket open
            await self.aclose()
            raise

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _no_tls(error: httpcore.ConnectError) -> Failed:
    if isinstance(error.__cause__, ssl.SSLCertVerificationError):
        return Failed(TroubleKind.CERTIFICATE, error.__cause__.verify_message or str(error))
    return Failed(TroubleKind.TLS, str(error) or "the connection was closed during the TLS handshake")
