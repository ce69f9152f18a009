"""Asks whether our own network works: a control address answers as it should, or it does not."""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress

import aiohttp

from monitor.edge.tls import trusted
from monitor.model.holding import Control, ControlPage

LONGEST = 65_536  # bytes of a page in which its word is sought


async def any_answers(controls: Sequence[Control], *, seconds: float = 5.0) -> bool:
    """Whether at least one of these answers in time. The admin names them, so no guard stands before.

    Where pages are named they alone decide: who pays for no network, or has to sign in first, meets a portal that
    accepts every connection.
    """
    pages = [control for control in controls if isinstance(control, ControlPage)]
    asked = [asyncio.create_task(_answers(control)) for control in pages or controls]
    try:
        async with asyncio.timeout(seconds):
            for answer in asyncio.as_completed(asked):
                if await answer:
                    return True
    except TimeoutError:
        pass
    finally:
        await _end(asked)
    return False


async def _answers(control: Control) -> bool:
    try:
        return await (_says(control) if isinstance(control, ControlPage) else _accepts(*control))
    except (aiohttp.ClientError, OSError, UnicodeError):
        return False


async def _accepts(host: str, port: int) -> bool:
    _, writer = await asyncio.open_connection(host, port)
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return True


async def _says(page: ControlPage) -> bool:
    """A redirect is no answer: portals send everybody to themselves."""
    async with (
        aiohttp.ClientSession(headers={"User-Agent": "Lanmu"}) as session,
        session.get(page.url, allow_redirects=False, ssl=trusted()) as answer,
    ):
        if not page.word:
            return answer.status == 204
        body = b""
        async for part in answer.content.iter_chunked(LONGEST):
            body += part
            if page.word.encode() in body or len(body) >= LONGEST:
                break
        return answer.status == 200 and page.word.encode() in body


async def _end(tasks: Iterable[asyncio.Task[bool]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
