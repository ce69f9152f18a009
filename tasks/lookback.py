"""Follows a column's next pages until a year is covered: a few after each look, at the host's pace."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.edge.fetch import Fetcher
from monitor.edge.store.claims import Claim
from monitor.edge.store.looks import Look
from monitor.edge.turns import NotYet
from monitor.judge import CONFIDENCE
from monitor.lookback import A_LOOK, after, older
from monitor.model.reading import Listing, Page, Trouble
from monitor.model.watching import LookBack
from monitor.observe import read_of
from monitor.place import led_away
from tasks.asking import ask
from tasks.wiring import World

GOES_ON = timedelta(minutes=15)  # until the look that goes on with an unfinished one
log = logging.getLogger(__name__)


async def look_back(here: World, fetcher: Fetcher, looks: Sequence[Look]) -> None:
    """Go on for the columns of these looks, which are recorded already. Each page is kept as it comes."""
    async with asyncio.TaskGroup() as group:
        for look in looks:
            if look.back and look.back.next_url:
                group.create_task(_go_on(here, fetcher, look.claim, look.back, look.at))


async def _go_on(here: World, fetcher: Fetcher, claim: Claim, back: LookBack, at: datetime) -> None:
    for _ in range(A_LOOK):
        if back.next_url is None:
            return
        try:
            came = await ask(fetcher, claim, back.next_url)
        except NotYet:
            break
        if isinstance(came, Trouble) and came.transient:
            break  # the page is asked for again after another look
        read = _read(claim, came, at)
        today = at.astimezone(ZoneInfo(claim.timezone)).date()
        now = after(back, read, claim.known, today=today)
        if not here.store.look_backs.went_on(claim.id, claim.column.url, back, now, older(read), at=at):
            return
        back = now
    here.store.look_backs.hasten(claim.id, until=at + GOES_ON)


def _read(claim: Claim, came: Page | Trouble, at: datetime) -> Listing:
    """The older page's list; an empty one, which ends the looking back, where it cannot be read with confidence."""
    nothing = Listing(entries=(), method="", confidence=0.0)
    if isinstance(came, Trouble) or led_away(came, claim.home):
        return nothing
    try:
        read = read_of(claim.column, came, today=at.astimezone(ZoneInfo(claim.timezone)).date())
    except Exception:
        log.exception("the reader broke on an older page of %s of %s (%s)", claim.column.name, claim.site, came.url)
        return nothing
    return read if isinstance(read, Listing) and read.confidence >= CONFIDENCE else nothing
