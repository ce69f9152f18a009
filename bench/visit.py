"""One run of bench.fetch, in a process of its own: fetch so many pages of so many hosts, and say what it cost."""

import argparse
import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from io import BytesIO
from pathlib import Path

import aiohttp
import pycurl

from bench.served import PAGE
from monitor.edge.fetch import Fetcher
from monitor.edge.guard import networks
from monitor.edge.ledgers import turns_of
from monitor.edge.robots import robots_of
from monitor.model.reading import Page
from monitor.model.register import Access

PER_HOST = 2
_SCHEDULED = Path("/proc/self/schedstat")
Get = Callable[[str], Awaitable[bytes]]


async def each(hosts: list[list[str]], at_once: int, get: Get) -> None:
    """All pages: so many hosts side by side, two requests to each at once."""
    side_by_side = asyncio.Semaphore(at_once)

    async def visit(pages: list[str]) -> None:
        async with side_by_side:
            await asyncio.gather(*(take(pages) for _ in range(PER_HOST)))

    async def take(pages: list[str]) -> None:
        while pages:
            assert await get(pages.pop()) == PAGE

    await asyncio.gather(*(visit(list(pages)) for pages in hosts))


async def ours(hosts: list[list[str]], at_once: int, *, broker: str, spacing: float) -> None:
    """The fetcher of the product as a worker has it: guard, shared turns, robots.txt where there is no spacing."""
    access = Access(authority="the bench counts pages alone") if spacing else Access()
    allowed = networks("127.0.0.0/8")
    async with Fetcher(
        user_agent="Lanmu/0", allowed=allowed, turns=turns_of(broker), robots=robots_of(broker)
    ) as fetcher:

        async def get(url: str) -> bytes:
            came = await fetcher.fetch(url, spacing=spacing, access=access)
            assert isinstance(came, Page), came
            return came.body

        await each(hosts, at_once, get)


async def bare_aiohttp(hosts: list[list[str]], at_once: int) -> None:
    connector = aiohttp.TCPConnector(limit=0, limit_per_host=PER_HOST)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def get(url: str) -> bytes:
            async with session.get(url) as answer:
                return await answer.read()

        await each(hosts, at_once, get)


def bare_pycurl(hosts: list[list[str]]) -> None:
    """One host after the other over one handle: nothing is cheaper."""
    handle = pycurl.Curl()
    for url in (url for pages in hosts for url in pages):
        body = BytesIO()
        handle.setopt(pycurl.URL, url)
        handle.setopt(pycurl.WRITEDATA, body)
        handle.perform()
        assert body.getvalue() == PAGE
    handle.close()


def kept_waiting() -> float:
    """For how many seconds this process was ready to run and another ran: a crowd's part in a wall time is not ours."""
    return int(_SCHEDULED.read_text().split()[1]) / 1e9 if _SCHEDULED.exists() else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.visit", description=__doc__)
    parser.add_argument("who", choices=["ours", "aiohttp", "pycurl"])
    for name in ("--port", "--hosts", "--pages", "--at-once"):
        parser.add_argument(name, type=int, required=True)
    parser.add_argument("--broker", default="")
    parser.add_argument("--spacing", type=float, default=0.0)
    asked = parser.parse_args()
    addresses = [f"127.{n // 250 + 1}.0.{n % 250 + 1}:{asked.port}" for n in range(asked.hosts)]
    hosts = [[f"http://{host}/column/{page}/" for page in range(asked.pages)] for host in addresses]
    began, used, kept = time.perf_counter(), time.process_time(), kept_waiting()
    match asked.who:
        case "ours":
            asyncio.run(ours(hosts, asked.at_once, broker=asked.broker, spacing=asked.spacing))
        case "aiohttp":
            asyncio.run(bare_aiohttp(hosts, asked.at_once))
        case "pycurl":
            bare_pycurl(hosts)
    pages = asked.hosts * asked.pages
    cost, wall = 1000 * (time.process_time() - used) / pages, time.perf_counter() - began
    print(json.dumps({"cpu": cost, "wall": wall, "kept": kept_waiting() - kept}))


if __name__ == "__main__":
    main()
