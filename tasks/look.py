"""The look task: fetch a batch's columns, host by host, and record what each host showed in one transaction."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import blake2b
from zoneinfo import ZoneInfo

from celery.exceptions import SoftTimeLimitExceeded

from monitor.edge.fetch import Fetcher
from monitor.edge.store.claims import Claim
from monitor.edge.store.looks import Look
from monitor.model.judging import Looked
from monitor.model.reading import Page, Trouble, TroubleKind
from monitor.model.reminding import Finding
from monitor.observe import Observation, observe
from monitor.remind import step
from monitor.schedule import next_look
from tasks.app import WORK_LEASE, app
from tasks.wiring import World, world

PUT_OFF = timedelta(minutes=30)  # after a failure of our own
HOSTS = 100  # looked at side by side
log = logging.getLogger(__name__)


@app.task(name="lanmu.look")
def look(token: str) -> None:
    here = world()
    claims = here.store.claims.begin(token, until=here.clock() + WORK_LEASE)
    try:
        asyncio.run(look_at(here, token, claims))
    except SoftTimeLimitExceeded:
        log.warning("batch %s ran out of time; its unfinished looks are due again", token)
        here.store.claims.give_back(token)
    except Exception:
        log.exception("batch %s failed; its unfinished looks are put off", token)
        moment = next((claim.at for claim in claims), None) or here.clock()
        here.store.claims.put_off(token, until=moment + PUT_OFF)


async def look_at(here: World, token: str, claims: Sequence[Claim]) -> None:
    """Look at all claimed columns; a host is recorded as soon as it is done, so that a crash costs little."""
    hosts: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        hosts[claim.host].append(claim)
    side_by_side = asyncio.Semaphore(HOSTS)
    async with here.fetcher() as fetcher, asyncio.TaskGroup() as group:
        for columns in hosts.values():
            group.create_task(_look_at_host(here, fetcher, token, columns, side_by_side))


async def _look_at_host(
    here: World, fetcher: Fetcher, token: str, claims: Sequence[Claim], side_by_side: asyncio.Semaphore
) -> None:
    async with side_by_side:
        looks = await asyncio.gather(*(_look_at_column(here, fetcher, claim) for claim in claims))
    here.store.looks.record(token, looks, lambda *known: _decide(here, *known))


async def _look_at_column(here: World, fetcher: Fetcher, claim: Claim) -> Look:
    came = await fetcher.fetch(claim.column.url, allowed=claim.allow_networks, spacing=claim.spacing)
    now = claim.at or here.clock()
    seen = _observe(here, claim, came, now)
    return Look(
        claim=claim,
        at=now,
        verdict=seen.verdict,
        entries=seen.remembered,
        trouble=seen.trouble,
        next_look=next_look(now, every=here.settings.look_every, trouble=seen.trouble, failures=claim.failures + 1),
        status=came.status if isinstance(came, Page) else None,
        body_hash=blake2b(came.body, digest_size=16).hexdigest() if isinstance(came, Page) else None,
        method=seen.method,
        confidence=seen.confidence,
    )


def _observe(here: World, claim: Claim, came: Page | Trouble, now: datetime) -> Observation:
    """Read and judge. A page that breaks the reader is our bug, and must cost neither the batch nor the officer."""
    today = now.astimezone(ZoneInfo(claim.timezone)).date()
    calendar = here.calendar(claim.timezone)
    try:
        return observe(claim.column, came, claim.known, calendar, today=today)
    except Exception:
        log.exception("the reader broke on %s of %s (%s)", claim.column.name, claim.site, claim.column.url)
        broken = Trouble(kind=TroubleKind.UNREADABLE, detail="the reader broke on this page; it is in the log")
        return observe(claim.column, broken, claim.known, calendar, today=today)


def _decide(
    here: World, claim: Claim, finding: Finding | None, looks: Sequence[Looked], ever_judged: bool
) -> tuple[Finding | None, str]:
    found, reason = step(
        finding,
        looks,
        ever_judged=ever_judged,
        now=looks[-1].at,
        timezone=claim.timezone,
        calendar=here.calendar(claim.timezone),
    )
    return found, reason.value
