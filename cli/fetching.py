"""Fetches the addresses that a command was given, side by side."""

import asyncio
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from monitor.edge.fetch import Fetcher
from monitor.edge.robots import robots_of
from monitor.edge.turns import NotYet
from monitor.model.reading import Page, Trouble, TroubleKind
from monitor.model.register import Column, Site
from tasks.manners import allowed_networks, user_agent


def fetch_all(urls: Sequence[str]) -> list[Page | Trouble]:
    """Fetch all addresses side by side, with a progress bar on a terminal."""
    bar = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    unseen = len(urls) < 2 or not console.is_terminal
    with Progress(*bar, console=console, transient=True, disable=unseen) as progress:
        fetching = progress.add_task("fetching", total=len(urls))
        return asyncio.run(_fetch(urls, lambda: progress.advance(fetching)))


def fetch_column(site: Site, column: Column) -> Page | Trouble:
    """Fetch a column's page on the terms of its site."""
    return asyncio.run(_fetch_column(site, column))


async def _fetch_column(site: Site, column: Column) -> Page | Trouble:
    async with Fetcher(user_agent=user_agent(""), allowed=allowed_networks(), robots=robots_of(None)) as fetcher:
        try:
            return await fetcher.fetch(
                column.url, allowed=site.allow_networks, weak_tls=site.weak_tls, access=site.access
            )
        except NotYet as error:
            return Trouble(kind=TroubleKind.RATE_LIMITED, detail=str(error))


async def _fetch(urls: Sequence[str], done: Callable[[], None]) -> list[Page | Trouble]:
    async with Fetcher(user_agent=user_agent(""), allowed=allowed_networks(), robots=robots_of(None)) as fetcher:

        async def one(url: str) -> Page | Trouble:
            try:
                return await fetcher.fetch(url)
            except NotYet as error:
                return Trouble(kind=TroubleKind.RATE_LIMITED, detail=str(error))
            finally:
                done()

        return await asyncio.gather(*(one(url) for url in urls))
