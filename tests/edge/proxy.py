"""A tiny forward proxy on loopback: CONNECT and plain requests, with or without a login. Names are a table's."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.edge.street import answer, listening

WANTED = "407 Proxy Authentication Required"


@dataclass(slots=True, kw_only=True)
class Proxy:
    """`heads` are those of the requests that it got itself."""

    port: int = 0
    heads: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@asynccontextmanager
async def proxy(*, names: Mapping[str, int], login: str = "", fails: str = "") -> AsyncIterator[Proxy]:
    """`names` lead to ports of loopback. `fails` is the status that it gives every request."""
    seen = Proxy()
    wanted = f"Proxy-Authorization: Basic {b64encode(login.encode()).decode()}\r\n".encode() if login else b""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        seen.heads.append(head)
        method, target, _ = head.decode().split(" ", 2)
        if fails or wanted not in head:
            writer.write(answer(b"", 'Proxy-Authenticate: Basic realm="out"', status=fails or WANTED))
            return
        url = urlsplit(f"//{target}" if method == "CONNECT" else target)
        there, back = await asyncio.open_connection("127.0.0.1", names[url.hostname or ""])
        if method == "CONNECT":
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            back.write(head.replace(target.encode(), (url.path or "/").encode(), 1))
        try:
            await asyncio.gather(_pour(reader, back), _pour(there, writer))
        finally:
            back.transport.abort()

    async with listening(talk) as seen.port:
        yield seen


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while part := await reader.read(65_536):
            writer.write(part)
            await writer.drain()
        writer.close()
