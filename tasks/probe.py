"""Opens home pages as inspectors do: some are due at every tick, and each counts for its site and day."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from monitor.edge.fetch import Fetcher
from monitor.edge.store.probes import Probed
from monitor.edge.turns import NotYet
from monitor.hold import held
from monitor.model.reading import Trouble
from monitor.probe import Opened, next_probe, opened
from tasks.app import app
from tasks.doubt import offline
from tasks.wiring import World, world

BATCH = 200  # home pages in one task
AT_ONCE = 50


@app.task(name="lanmu.probes")
def probes() -> None:
    send_probes(world())


@app.task(name="lanmu.probe")
def probe(site_ids: list[int]) -> None:
    here = world()
    asyncio.run(probe_at(here, site_ids, now=here.clock()))


def send_probes(here: World) -> int:
    """Send a task for the home pages that are due; how many they are."""
    a_day = here.settings.probes_a_day
    if not a_day:
        return 0
    now = here.clock()
    due = here.store.probes.claim(now=now, following=next_probe(now, a_day=a_day), limit=BATCH)
    if due:
        probe.delay(due)
    return len(due)


async def probe_at(here: World, site_ids: Sequence[int], *, now: datetime) -> None:
    """Open each home page once. Where the silence may be our own, nothing is counted."""
    sites = here.store.probes.sites(site_ids)
    places = asyncio.Semaphore(AT_ONCE)
    async with here.fetcher() as fetcher:
        came = await asyncio.gather(*(_open(fetcher, one, places) for one in sites))
    failed = came.count(Opened.NO)
    if failed and (await offline(here) or _is_held(here, len(came) - failed, failed, now)):
        return
    for one, result in zip(sites, came, strict=True):
        if result is not Opened.UNTOLD:
            here.store.probes.record(one.id, now.astimezone(ZoneInfo(one.timezone)), failed=result is Opened.NO)


async def _open(fetcher: Fetcher, site: Probed, places: asyncio.Semaphore) -> Opened:
    async with places:
        try:
            came = await fetcher.fetch(
                site.home,
                allowed=site.allow_networks,
                spacing=site.spacing,
                weak_tls=site.weak_tls,
                access=site.access,
            )
        except NotYet:
            return Opened.UNTOLD
    return opened(came if isinstance(came, Trouble) else None)


def _is_held(here: World, answered: int, silent: int, now: datetime) -> bool:
    network = here.settings.network
    return held(
        answered=answered,
        silent=silent,
        share=network.held_share,
        least=network.held_least,
        now=now,
        since=None,
        well=False,
    )
