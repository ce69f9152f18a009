"""A worker in small, in a process of its own: fetches pages of one host, at the pace that all workers share."""

import asyncio
import sys

from monitor.edge.fetch import Fetcher
from monitor.edge.guard import networks
from monitor.edge.ledgers import turns_of
from monitor.model.reading import Page


async def fetch_all(broker: str, address: str, pages: int, spacing: float) -> bool:
    allowed = networks("127.0.0.0/8")
    async with Fetcher(user_agent="Lanmu/0", allowed=allowed, turns=turns_of(broker)) as fetcher:
        asked = (fetcher.fetch(f"{address}/{n}", spacing=spacing) for n in range(pages))
        return all(isinstance(came, Page) for came in await asyncio.gather(*asked))


if __name__ == "__main__":
    _, broker, address, pages, spacing = sys.argv
    sys.exit(not asyncio.run(fetch_all(broker, address, int(pages), float(spacing))))
