"""A street of loopback servers, one behaviour each. They listen on 127.0.0.1 and a free port, and speak raw bytes."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Behaviour = Callable[[bytes, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

# A certificate for site.test, localhost and 127.0.0.1, with its key, signed by nobody, good until 2124.
SELF_SIGNED = Path(__file__).with_name("self_signed.pem")


@dataclass(slots=True, kw_only=True)
class House:
    """A server and what it has seen: the head of each request, in the order of their arrival."""

    scheme: str
    port: int = 0
    heads: list[bytes] = field(default_factory=list)
    connections: int = 0

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [head.split(b" ")[1].decode() for head in self.heads]


def answer(body: bytes = b"", *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """A whole answer, after which the connection stays open. `length` lies about the body's size."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def redirect(to: str | bytes, status: str = "302 Found") -> bytes:
    raw = to if isinstance(to, bytes) else to.encode()
    return b"HTTP/1.1 " + status.encode() + b"\r\nContent-Length: 0\r\nLocation: " + raw + b"\r\n\r\n"


def says(raw: bytes, *, then_close: bool = True) -> Behaviour:
    async def behave(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()
        if then_close:
            writer.close()

    return behave


def routes(pages: dict[str, bytes]) -> Behaviour:
    async def behave(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(pages.get(head.split(b" ")[1].decode(), answer(status="404 Not Found")))
        await writer.drain()

    return behave


async def silent(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Never answers; waits for the other side to hang up."""
    await reader.read()


async def hangs_up(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def resets(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def drips(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Begins at once, and then sends a byte now and then, for ever."""
    writer.write(answer(length=100_000))
    while not writer.is_closing():
        writer.write(b".")
        await writer.drain()
        await asyncio.sleep(0.02)


async def never_ends(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"<p>more</p>" * 1_000)
        await writer.drain()


@asynccontextmanager
async def listening(
    talk: Talk, *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[int]:
    """Hold a conversation on each connection while the block runs, and leave no socket open. Gives the port."""
    visitors: set[asyncio.Task[None]] = set()

    async def visit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visitor = asyncio.current_task()
        assert visitor is not None
        visitors.add(visitor)
        try:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await talk(reader, writer)
                writer.close()
                await writer.wait_closed()
        finally:
            writer.transport.abort()
            visitors.discard(visitor)

    server = await asyncio.start_server(visit, host, port, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for _ in range(5):  # a connection that has just been accepted becomes a visitor
            await asyncio.sleep(0)
        for visitor in list(visitors):
            visitor.cancel()
        await asyncio.gather(*visitors, return_exceptions=True)


@asynccontextmanager
async def house(
    behave: Behaviour, *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[House]:
    """Serve while the block runs. `behave` is called for each request head; leaving it open keeps the connection."""
    seen = House(scheme="https" if tls else "http")

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.connections += 1
        while not writer.is_closing():
            head = await reader.readuntil(b"\r\n\r\n")
            seen.heads.append(head)
            await behave(head, reader, writer)

    async with listening(talk, tls=tls, host=host, port=port) as seen.port:
        yield seen


def certified() -> ssl.SSLContext:
    """The server's side of SELF_SIGNED."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(SELF_SIGNED)
    return context


def trusting() -> ssl.SSLContext:
    """A client's side that knows SELF_SIGNED."""
    return ssl.create_default_context(cafile=str(SELF_SIGNED))
