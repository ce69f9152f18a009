"""The look task: what a batch holds is asked for host by host, and recorded as it comes in."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from contextlib import aclosing
from datetime import datetime, timedelta
from functools import partial

from monitor.edge.store.claims import Claim
from monitor.edge.store.glances import Glance
from monitor.edge.store.looks import Look
from monitor.model.holding import HoldReason
from monitor.model.reading import Trouble, TroubleKind
from monitor.model.watching import PutOff
from monitor.workdays import local_day
from tasks.app import WORK_LEASE, app
from tasks.doubt import Doubt, offline, put_off
from tasks.glancing import Batch
from tasks.host import Host
from tasks.looked import decide, until
from tasks.place import Homes
from tasks.seeing import Eyes
from tasks.wiring import World, world

HOSTS = 100  # looked at side by side
AT_ONCE = 10  # looks recorded in one transaction, at most
SPAN_SECONDS = 200.0  # of a whole batch, well below the task's limit; what is not fetched by then is due again
PUT_OFF = timedelta(minutes=30)  # after a failure of our own
log = logging.getLogger(__name__)


@app.task(name="lanmu.look")
def look(token: str) -> None:
    here = world()
    moment = here.clock()
    try:
        claims, glances = begin(here, token, until=moment + WORK_LEASE)
        moment = _moment(claims, glances) or moment
        asyncio.run(look_at(here, token, claims, glances))
    except Exception:  # SoftTimeLimitExceeded too, alone or in a group
        log.exception("batch %s failed; its unfinished looks are put off", token)
        here.store.claims.put_off(token, until=moment + PUT_OFF, why=PutOff.FAULT)
    else:
        here.store.claims.give_back(token)  # what there was no time for; nothing, as a rule


def begin(here: World, token: str, *, until: datetime) -> tuple[list[Claim], list[Glance]]:
    """Take the batch up: the columns that need a look in full, and those whose page need only be as it was."""
    here.store.claims.take_up(token, until=until)
    now = here.clock()
    held = here.store.glances.held(token, judged_by=here.judged_by)
    glances = [one for one in held if one.since <= local_day(one.at or now, one.place.timezone) <= one.until]
    return here.store.claims.held(token, besides={one.id for one in glances}), glances


async def look_at(
    here: World, token: str, claims: Sequence[Claim], glances: Sequence[Glance] = (), *, span: float = SPAN_SECONDS
) -> None:
    """Look at the batch's columns for at most `span` seconds. What was seen is recorded even when time runs out."""
    now = _moment(claims, glances) or here.clock()
    if await offline(here):
        looks = len(claims) + len(glances)
        put_off(here, token, HoldReason.OFFLINE, now=now, looks=looks, silent=0, asked=0)
        return
    doubt = Doubt(here, token, lambda looks: _record(here, token, looks))
    batch = Batch(here, token)
    hosts: dict[str, tuple[list[Claim], list[Glance]]] = defaultdict(lambda: ([], []))
    for claim in claims:
        hosts[claim.host][0].append(claim)
    for glance in glances:
        hosts[glance.host][1].append(glance)
    side_by_side = asyncio.Semaphore(HOSTS)
    try:
        async with (
            asyncio.timeout(span),
            here.fetcher() as fetcher,
            aclosing(Homes(fetcher)) as homes,
            asyncio.TaskGroup() as group,
        ):
            eyes = Eyes(fetcher, homes, here.calendar, _broke, here.browser())
            for columns, known in hosts.values():
                group.create_task(Host(here, eyes, doubt, batch, columns, known).look_at(side_by_side))
    except TimeoutError:
        log.warning("batch %s ran out of time; its unfinished looks are due again", token)
    finally:
        batch.record()
    await doubt.settle(now=now)


def _moment(claims: Sequence[Claim], glances: Sequence[Glance]) -> datetime | None:
    """The moment that the batch stands for; None: the clock's."""
    moments = (*(claim.at for claim in claims), *(glance.at for glance in glances))
    return next(filter(None, moments), None)


def _record(here: World, token: str, looks: Sequence[Look]) -> None:
    for start in range(0, len(looks), AT_ONCE):
        some = looks[start : start + AT_ONCE]
        here.store.looks.record(token, some, partial(decide, here), partial(until, here))


def _broke(claim: Claim, at: str, error: Exception) -> Trouble:
    log.error("%s broke on %s of %s (%s)", at, claim.column.name, claim.site, claim.column.url, exc_info=error)
    return Trouble(kind=TroubleKind.UNREADABLE, detail="we broke on this page; it is in the log")
