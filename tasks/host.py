"""The columns of one host in one batch: asked side by side as its pace allows, recorded as they come in."""

import asyncio
import logging
from collections import deque
from collections.abc import Coroutine, Sequence
from datetime import datetime, timedelta

from monitor.edge.store.claims import Claim
from monitor.edge.store.glances import Glance
from monitor.edge.store.looks import Look
from monitor.edge.turns import NotYet
from monitor.model.reading import Page, Trouble, TroubleKind, Unchanged
from monitor.model.register import Access
from monitor.schedule import opens
from tasks.asking import ask_unless_same
from tasks.doubt import UNANSWERED, Doubt
from tasks.glancing import REST_SECONDS, Batch
from tasks.lookback import look_back
from tasks.looked import looked, today_at, with_signs
from tasks.seeing import Eyes
from tasks.unchanged import same_status
from tasks.wiring import World

AT_ONCE = 10  # looks gathered before they are recorded
SILENT = 6  # columns of a host that went unanswered, one after the other: the others are not asked any more
log = logging.getLogger(__name__)


class Host:
    """`claims` are looked at in full. Of `glances` it is asked whether the page is as it was; if not, they are too."""

    def __init__(
        self,
        here: World,
        eyes: Eyes,
        doubt: Doubt,
        batch: Batch,
        claims: Sequence[Claim],
        glances: Sequence[Glance],
    ) -> None:
        self.here = here
        self.eyes = eyes
        self.doubt = doubt
        self.batch = batch
        self.claims = {claim.id: claim for claim in claims}  # whose look is not over
        self.glances = {glance.id: glance for glance in glances}  # that were not answered yet
        self.left = deque(glances)  # that were not asked yet
        self.asked: dict[asyncio.Task[Look | None], Claim | None] = {}
        self.done: asyncio.Queue[asyncio.Task[Look | None]] = asyncio.Queue()
        self.seen: list[Look] = []
        self.older: list[Look] = []  # those whose columns have older pages to be read
        self.aside: dict[int, datetime] = {}  # whose turn has not come: when it will
        self.unanswered = 0
        self.silence = TroubleKind.CONNECT  # how the last unanswered one ended

    async def look_at(self, side_by_side: asyncio.Semaphore) -> None:
        async with side_by_side:
            for claim in self.claims.values():
                self._ask(self._look_at(claim), claim)
            for glance in list(self.glances.values())[:1]:
                for _ in range(glance.place.access.at_once):
                    self._ask(self._glance_on(), None)
            try:
                await self._gather()
                self._record()
                await look_back(self.here, self.eyes.fetcher, self.older)
            finally:
                for task in self.asked:
                    task.cancel()
                self._record()

    def _ask(self, look: Coroutine[None, None, Look | None], claim: Claim | None) -> None:
        task = asyncio.create_task(look)
        self.asked[task] = claim
        task.add_done_callback(self.done.put_nowait)

    async def _gather(self) -> None:
        while self.asked:
            try:
                async with asyncio.timeout(REST_SECONDS):
                    done = [await self.done.get()]
            except TimeoutError:
                done = []
            while not self.done.empty():
                done.append(self.done.get_nowait())
            for task in done:
                self._end(task)
            if self.unanswered >= SILENT:
                self._give_up()
            if not done or len(self.seen) + len(self.aside) >= AT_ONCE:
                self._record()
            self.batch.record_in_time()

    def _end(self, task: asyncio.Task[Look | None]) -> None:
        if task not in self.asked:
            return  # it was given up
        claim = self.asked.pop(task)
        if claim is not None:
            self.claims.pop(claim.id)
        if claim is not None and isinstance(error := task.exception(), NotYet):
            self._put_aside(claim.id, claim.at, error)
        elif (look := task.result()) is not None:
            self._note(look)

    def _put_aside(self, column_id: int, at: datetime | None, why: NotYet) -> None:
        self.aside[column_id] = (at or self.here.clock()) + timedelta(seconds=why.seconds)

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
        for task in self.asked:
            task.cancel()
        others = self.here.store.claims.some(self.batch.token, self.glances.keys()) if self.glances else []
        for claim in (*self.claims.values(), *others):
            now = claim.at or self.here.clock()
            unseen = self.eyes.unseen(claim, silent, today=today_at(claim, now))
            self.seen.append(looked(self.here, claim, unseen, now=now))
        self.asked.clear()
        self.claims.clear()
        self.glances.clear()
        self.left.clear()

    def _record(self) -> None:
        if self.seen:
            self.doubt.record(self.doubt.sift(self.seen))
            self.seen = []
        if self.aside:
            self.here.store.claims.set_aside(self.doubt.token, self.aside)
            self.aside = {}

    async def _look_at(self, claim: Claim) -> Look:
        now = claim.at or self.here.clock()
        _check_open(now, claim.access, claim.timezone, claim.site)
        sight = await self.eyes.see(claim, today=today_at(claim, now))
        return with_signs(self.here, looked(self.here, claim, sight, now=claim.at or self.here.clock()), sight)

    async def _glance_on(self) -> None:
        """Ask one after the other whether the pages are as they were."""
        while self.left:
            glance = self.left.popleft()
            place = glance.place
            try:
                _check_open(glance.at or self.here.clock(), place.access, place.timezone, place.name)
                came = await ask_unless_same(self.eyes.fetcher, glance)
            except NotYet as error:
                self._put_aside(glance.id, glance.at, error)
                self.glances.pop(glance.id)
            else:
                self._answered(glance, came)

    def _answered(self, glance: Glance, came: Page | Unchanged | Trouble) -> None:
        if (status := same_status(glance, came)) is not None:
            self.batch.stood(glance, status)
            self.doubt.answered(glance.host)
            self.glances.pop(glance.id, None)
            self.unanswered = 0
        else:
            assert not isinstance(came, Unchanged), "that is as it was"
            self._ask(self._look_in(glance, came), None)

    async def _look_in(self, glance: Glance, came: Page | Trouble) -> Look | None:
        """The look in full at what came in place of the page that stood."""
        claim = await self.batch.claim_of(glance)
        if claim is None:
            return None
        now = claim.at or self.here.clock()
        try:
            sight = await self.eyes.see_in(claim, came, today=today_at(claim, now))
        except NotYet as error:
            self._put_aside(glance.id, glance.at, error)
            return None
        finally:
            self.glances.pop(glance.id, None)
        return with_signs(self.here, looked(self.here, claim, sight, now=claim.at or self.here.clock()), sight)


def _check_open(now: datetime, access: Access, timezone: str, site: str) -> None:
    """Raises NotYet where the site is asked at its hours alone, and this is none of them."""
    if opening := opens(now, access.hours, timezone):
        raise NotYet((opening - now).total_seconds(), f"{site} is asked at its hours alone")
