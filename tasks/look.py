"""The look task: fetch a batch's columns, host by host, and record what was seen as it comes in."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.edge.guard import host_of
from monitor.edge.store.claims import Claim
from monitor.edge.store.learnt import HowRead
from monitor.edge.store.looks import Look
from monitor.edge.turns import NotYet
from monitor.extract import Read, Way
from monitor.lookback import begun
from monitor.model.holding import HoldReason
from monitor.model.judging import Looked
from monitor.model.reading import Page, Trouble, TroubleKind, Unchanged
from monitor.model.reminding import Finding
from monitor.model.watching import PutOff
from monitor.place import marks_of
from monitor.remind import step
from monitor.schedule import next_look, opens
from monitor.unchanged import unsettled
from monitor.unseen import outage_after, unseen_after
from tasks.app import WORK_LEASE, app
from tasks.doubt import UNANSWERED, Doubt, offline, put_off
from tasks.evidence import kept_of
from tasks.honesty import signs_of
from tasks.lookback import look_back
from tasks.place import Homes
from tasks.seeing import Eyes, Sight
from tasks.unchanged import answered, last_page
from tasks.wiring import World, world

HOSTS = 100  # looked at side by side
AT_ONCE = 10  # looks recorded in one transaction, at most
REST_SECONDS = 5.0  # a finished look waits no longer than this to be recorded
SPAN_SECONDS = 200.0  # of a whole batch, well below the task's limit; what is not fetched by then is due again
SILENT = 6  # columns of a host that went unanswered, one after the other: the others are not asked any more
PUT_OFF = timedelta(minutes=30)  # after a failure of our own
log = logging.getLogger(__name__)


@app.task(name="lanmu.look")
def look(token: str) -> None:
    here = world()
    claims = here.store.claims.begin(token, until=here.clock() + WORK_LEASE)
    try:
        asyncio.run(look_at(here, token, claims))
    except Exception:  # SoftTimeLimitExceeded too, alone or in a group
        log.exception("batch %s failed; its unfinished looks are put off", token)
        moment = next((claim.at for claim in claims), None) or here.clock()
        here.store.claims.put_off(token, until=moment + PUT_OFF, why=PutOff.FAULT)
    else:
        here.store.claims.give_back(token)  # what there was no time for; nothing, as a rule


async def look_at(here: World, token: str, claims: Sequence[Claim], *, span: float = SPAN_SECONDS) -> None:
    """Look at the claimed columns for at most `span` seconds. What was seen is recorded even when time runs out."""
    now = next((claim.at for claim in claims), None) or here.clock()
    if await offline(here):
        put_off(here, token, HoldReason.OFFLINE, now=now, looks=len(claims), silent=0, asked=0)
        return
    doubt = Doubt(here, token, lambda looks: _record(here, token, looks))
    hosts: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        hosts[claim.host].append(claim)
    side_by_side = asyncio.Semaphore(HOSTS)
    try:
        async with (
            asyncio.timeout(span),
            here.fetcher() as fetcher,
            aclosing(Homes(fetcher)) as homes,
            asyncio.TaskGroup() as group,
        ):
            eyes = Eyes(fetcher, homes, here.calendar, _broke, here.browser())
            for columns in hosts.values():
                group.create_task(_Host(here, eyes, doubt, columns).look_at(side_by_side))
    except TimeoutError:
        log.warning("batch %s ran out of time; its unfinished looks are due again", token)
    await doubt.settle(now=now)


def _record(here: World, token: str, looks: Sequence[Look]) -> None:
    for start in range(0, len(looks), AT_ONCE):
        some = looks[start : start + AT_ONCE]
        here.store.looks.record(token, some, lambda *known: _decide(here, *known))


class _Host:
    """The columns of one host in one batch: asked side by side as its pace allows, recorded as they come in."""

    def __init__(self, here: World, eyes: Eyes, doubt: Doubt, claims: Sequence[Claim]) -> None:
        self.here = here
        self.eyes = eyes
        self.doubt = doubt
        self.claims = claims
        self.asked: dict[asyncio.Task[Look], Claim] = {}
        self.seen: list[Look] = []
        self.older: list[Look] = []  # those whose columns have older pages to be read
        self.aside: dict[int, datetime] = {}  # whose turn has not come: when it will
        self.unanswered = 0
        self.silence = TroubleKind.CONNECT  # how the last unanswered one ended

    async def look_at(self, side_by_side: asyncio.Semaphore) -> None:
        async with side_by_side:
            self.asked = {asyncio.create_task(self._look_at(claim)): claim for claim in self.claims}
            try:
                await self._gather()
                self._record()
                await look_back(self.here, self.eyes.fetcher, self.older)
            finally:
                for task in self.asked:
                    task.cancel()
                self._record()

    async def _gather(self) -> None:
        while self.asked:
            done, _ = await asyncio.wait(self.asked, timeout=REST_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                claim = self.asked.pop(task)
                if isinstance(error := task.exception(), NotYet):
                    self.aside[claim.id] = (claim.at or self.here.clock()) + timedelta(seconds=error.seconds)
                else:
                    self._note(task.result())
            if self.unanswered >= SILENT:
                self._give_up()
            if not done or len(self.seen) + len(self.aside) >= AT_ONCE:
                self._record()

    def _note(self, look: Look) -> None:
        if look.how and look.how.redesigned:
            of, site = look.claim.column, look.claim.site
            log.warning("the page of %s of %s was redesigned: see what is read of it (%s)", of.name, site, of.url)
        self.seen.append(look)
        if look.back and look.back.next_url:
            self.older.append(look)
        if look.trouble is not None and look.trouble.kind in UNANSWERED:
            self.unanswered += 1
            self.silence = look.trouble.kind
        else:
            self.unanswered = 0

    def _give_up(self) -> None:
        """A host that does not answer is left alone; its other columns are as unseen as those that were asked for."""
        silent = Trouble(kind=self.silence, detail=f"not asked for: the site left {SILENT} other columns unanswered")
        for task, claim in self.asked.items():
            task.cancel()
            now = claim.at or self.here.clock()
            unseen = self.eyes.unseen(claim, silent, today=_today(claim, now))
            self.seen.append(_looked(self.here, claim, unseen, now=now))
        self.asked.clear()

    def _record(self) -> None:
        if self.seen:
            self.doubt.record(self.doubt.sift(self.seen))
            self.seen = []
        if self.aside:
            self.here.store.claims.set_aside(self.doubt.token, self.aside)
            self.aside = {}

    async def _look_at(self, claim: Claim) -> Look:
        now = claim.at or self.here.clock()
        if opening := opens(now, claim.access.hours, claim.timezone):
            raise NotYet((opening - now).total_seconds(), f"{claim.site} is asked at its hours alone")
        sight = await self.eyes.see(claim, today=_today(claim, now))
        look = _looked(self.here, claim, sight, now=claim.at or self.here.clock())
        signs = signs_of(self.here, claim, sight.seen.remembered, today=_today(claim, look.at))
        return replace(look, suspicions=signs, kept=kept_of(look, sight.answers, self.here.settings.evidence))


def _broke(claim: Claim, at: str, error: Exception) -> Trouble:
    log.error("%s broke on %s of %s (%s)", at, claim.column.name, claim.site, claim.column.url, exc_info=error)
    return Trouble(kind=TroubleKind.UNREADABLE, detail="we broke on this page; it is in the log")


def _today(claim: Claim, now: datetime) -> date:
    """The site's local day."""
    return now.astimezone(ZoneInfo(claim.timezone)).date()


def _looked(here: World, claim: Claim, sight: Sight, *, now: datetime) -> Look:
    """What a look found."""
    came, seen = sight.came, sight.seen
    calendar, today = here.calendar(claim.timezone), _today(claim, now)
    same = isinstance(came, Unchanged) or (seen.reading is not None and seen.reading.way is Way.UNCHANGED)
    status, digest = answered(claim, came)
    return Look(
        claim=claim,
        at=now,
        verdict=seen.verdict,
        entries=unsettled(seen.remembered, claim.known) if same else seen.remembered,
        listed=seen.listed,
        read=seen.surely_read,
        trouble=seen.trouble,
        next_look=next_look(now, every=here.settings.look_every, trouble=seen.trouble, failures=claim.failures + 1),
        status=status,
        body_hash=digest,
        method=seen.method,
        how=_how(seen.reading) if seen.reading else HowRead(way=Way.UNCHANGED.value) if same else None,
        confidence=seen.confidence,
        marks=marks_of(sight.text) if isinstance(came, Page) and seen.remembered and not same else None,
        last_page=last_page(claim, came, today=today) if isinstance(came, Page) else None,
        back=begun(claim.back, seen.listing, claim.known, today=today) if seen.listing and seen.remembered else None,
        unseen=unseen_after(claim.unseen, seen.trouble, now=now, timezone=claim.timezone, calendar=calendar),
        outage=outage_after(claim.outage, seen.trouble, now=now) if claim.host == host_of(claim.home) else None,
    )


def _how(reading: Read) -> HowRead:
    learnt = reading.learnt.to_json() if reading.anew and reading.learnt else None
    return HowRead(way=reading.way.value, learnt=learnt, anew=reading.anew, redesigned=reading.redesigned)


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
