"""Politeness as the servers see it: three workers together are no more at once, and no closer, than one may be."""

import asyncio
import sys
import time
from itertools import pairwise
from pathlib import Path

from tests.edge.street import answer, house
from tests.edge.valkeys import valkey_in

WORKERS, PAGES, AT_ONCE = 3, 4, 2


async def log_of(broker: str, *, spacing: float, takes: float) -> tuple[list[float], int]:
    """When each request came, and how many there were at once at most. The server takes so many seconds for each."""
    came: list[float] = []
    inside = most = 0

    async def behave(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal inside, most
        came.append(time.monotonic())
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(takes)
        inside -= 1  # before the answer: from here on, the client may come again
        writer.write(answer(b"<p>page</p>"))

    async with house(behave) as there:
        command = (sys.executable, "-m", "tests.edge.polite_worker", broker, there.url, str(PAGES), str(spacing))
        workers = [await asyncio.create_subprocess_exec(*command) for _ in range(WORKERS)]
        assert [await worker.wait() for worker in workers] == [0] * WORKERS
    return came, most


def test_three_workers_keep_the_spacing_between_them(tmp_path: Path) -> None:
    spacing = 0.3
    with valkey_in(tmp_path) as broker:
        came, most = asyncio.run(log_of(broker, spacing=spacing, takes=0))
    assert len(came) == WORKERS * PAGES
    assert min(later - earlier for earlier, later in pairwise(came)) >= spacing
    assert most == 1


def test_three_workers_are_never_more_than_two_at_a_slow_server(tmp_path: Path) -> None:
    with valkey_in(tmp_path) as broker:
        came, most = asyncio.run(log_of(broker, spacing=0, takes=0.1))
    assert len(came) == WORKERS * PAGES
    assert most == AT_ONCE
