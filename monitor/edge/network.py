"""Asks whether our own network works: a control address either accepts a connection or does not."""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress

Control = tuple[str, int]  # name or address, and port


async def any_answers(controls: Sequence[Control], *, seconds: float = 5.0) -> bool:
    """Whether at least one of these accepts a connection in time. The admin names them, so no guard stands before."""
    asked = [asyncio.create_task(_answers(host, port)) for host, port in controls]
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


async def _answers(host: str, port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(host, port)
    except (OSError, UnicodeError):
        return False
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return True


async def _end(tasks: Iterable[asyncio.Task[bool]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
