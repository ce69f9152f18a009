"""A command's visit to the web: all that it asks for goes at one pace, and pages are seen as a look sees them."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import gettempdir
from typing import TypeVar
from urllib.parse import urljoin

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from cli.options import TIMEZONE
from cli.unbroken import broken
from config.book import Settings
from config.policy import CN_2019, duty_for
from monitor.edge.browser import Browser
from monitor.edge.fetch import Fetcher
from monitor.edge.origins import host_of
from monitor.edge.robots import robots_of
from monitor.edge.store.claims import Claim
from monitor.edge.terms import Manner
from monitor.edge.turns import NotYet
from monitor.edge.ways import Ways
from monitor.model.reading import Page, Trouble, TroubleKind
from monitor.model.register import Access, Column, Rendering, Site
from monitor.workdays import calendar_for
from tasks.asking import calls
from tasks.manners import allowed_networks, browser_limits, secret_for_a_worker, user_agent
from tasks.place import Homes
from tasks.seeing import Eyes, Sight

UNGUESSED = "other"  # the category of a page of which nobody has said what it is
Asked = TypeVar("Asked")
Got = TypeVar("Got")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One pace, and one reading of each robots.txt and home page, for everything that a command asks."""

    runner: asyncio.Runner
    eyes: Eyes

    def fetch(self, url: str, site: Site | None = None, rendering: Rendering | None = None) -> Page | Trouble:
        """A page alone, on the terms of its site where the book has it; built by a browser where that is asked for."""
        return self.runner.run(_fetch(self.eyes, url, site, rendering))

    def see(self, url: str, *, today: date) -> Sight:
        """What a look would see of a page of which nothing is known."""
        return self.runner.run(sight_of(self.eyes, claim_of(url), today=today))

    def each(self, asked: Sequence[Asked], work: Callable[[Asked], Awaitable[Got]]) -> list[Got]:
        """The work on each, side by side; on a terminal with a progress bar."""
        return self.runner.run(_each(asked, work))


@contextmanager
def visiting(settings: Settings | None = None) -> Iterator[Visit]:
    """`settings` are those of the book, where there is one."""
    web = Fetcher(
        user_agent=user_agent(settings.user_agent_contact, settings.user_agent_operator)
        if settings
        else user_agent(""),
        allowed=allowed_networks(),
        robots=robots_of(None),
        ways=Ways(secrets=secret_for_a_worker, environment=settings.network.environment_proxies if settings else False),
    )
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        seeing = runner.run(stack.enter_async_context(eyes_of(web, _browser(settings))))
        try:
            yield Visit(runner=runner, eyes=seeing)
        finally:
            runner.run(stack.aclose())


def _browser(settings: Settings | None = None) -> Browser:
    """Its places are those of the daemon, where there is a book."""
    return Browser(browser_limits(settings or Settings(state=Path(gettempdir()) / f"lanmu-{os.getuid()}")))


@asynccontextmanager
async def eyes_of(web: Fetcher, browser: Browser | None = None) -> AsyncIterator[Eyes]:
    """How a command sees: as a look does, but what we break on is told at once and not in a log."""
    async with web, aclosing(Homes(web)) as homes:
        yield Eyes(web, homes, calendar_for, lambda _claim, _at, error: broken(error), browser or _browser())


def claim_of(url: str, category: str = UNGUESSED) -> Claim:
    """A column of which nothing is known but its address; its home page is taken to be the root of its host."""
    return Claim(
        id=0,
        site=host_of(url),
        home=urljoin(url, "/"),
        column=Column(name="", url=url, category=category, duty=duty_for(category, preset=CN_2019)),
        host=host_of(url),
        timezone=TIMEZONE,
        allow_networks=(),
        spacing=1.0,
        access=Access(),
        failures=0,
        at=None,
        known=(),
    )


async def sight_of(eyes: Eyes, claim: Claim, *, today: date) -> Sight:
    """What a look would see; a host that is not asked now is a trouble to whoever waits at a terminal."""
    try:
        return await eyes.see(claim, today=today)
    except NotYet as error:
        return eyes.unseen(claim, Trouble(kind=TroubleKind.RATE_LIMITED, detail=str(error)), today=today)


async def _fetch(eyes: Eyes, url: str, site: Site | None, rendering: Rendering | None) -> Page | Trouble:
    manner = Manner()
    if site is not None:
        manner = Manner(allowed=site.allow_networks, spacing=site.spacing, weak_tls=site.weak_tls, access=site.access)
    try:
        came = await eyes.fetcher.fetch(url, **manner)
        if rendering is None or isinstance(came, Trouble):
            return came
        visit: Manner = {**manner, "spacing": 0.0}
        return await eyes.browser.render(came, rendering, calls(eyes.fetcher, visit))
    except NotYet as error:
        return Trouble(kind=TroubleKind.RATE_LIMITED, detail=str(error))


async def _each(asked: Sequence[Asked], work: Callable[[Asked], Awaitable[Got]]) -> list[Got]:
    bar = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    unseen = len(asked) < 2 or not console.is_terminal
    with Progress(*bar, console=console, transient=True, disable=unseen) as progress:
        fetching = progress.add_task("fetching", total=len(asked))

        async def one(what: Asked) -> Got:
            try:
                return await work(what)
            finally:
                progress.advance(fetching)

        return await asyncio.gather(*map(one, asked))
