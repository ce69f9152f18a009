"""Gives each request its turn at a host: so many at once, so far apart, and not while the host rests."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Protocol

from monitor.model.reading import Trouble, TroubleKind

RUN = 8  # starts that are granted at once, at most, and
RUN_SECONDS = 8.0  # within which they are used or given back: so long others may have to wait
PATIENCE = 60.0  # seconds that a turn is waited for; a worker is not held only to wait longer
_OVER = float("-inf")
_COURTESY = 0.02  # of a spacing, by which whoever has used up a run asks later than others may
HOST_IN_TROUBLE = frozenset(
    {
        TroubleKind.CONNECT,
        TroubleKind.TLS,
        TroubleKind.TIMEOUT,
        TroubleKind.SERVER_ERROR,
        TroubleKind.RATE_LIMITED,
        TroubleKind.BLOCKED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast a host is asked: so many requests at once, so many seconds apart, so many a day (0: any number)."""

    at_once: int = 2
    spacing: float = 1.0
    per_day: int = 0


class NotYet(Exception):
    """The turn comes too late to wait for it: in so many seconds, or not before then."""

    def __init__(self, seconds: float, why: str) -> None:
        super().__init__(f"{why}; again in {seconds:.0f} s")
        self.seconds = seconds


@dataclass(slots=True)
class Turn:
    """One request's stay at a host. Whoever holds it says how it went: a host in trouble is asked more slowly.

    `rest` are the seconds for which the host wants to be left alone (`Retry-After`). With it may come a run: so many
    more starts in the same place, one after the other, the last of them `until` then by our clock. While it lasts
    nobody else starts at a host that keeps a spacing.
    """

    holder: str = field(default_factory=lambda: token_hex(6))
    well: bool | None = None
    rest: float = 0.0
    gap: float = 0.0  # seconds until the next may start, once this one has left
    more: int = 0
    again: bool = False  # it is not the first of its run
    until: float = 0.0
    pace: Pace | None = None  # that it was granted for

    def went(self, trouble: Trouble | None) -> None:
        self.well = None if trouble is not None and trouble.kind not in HOST_IN_TROUBLE else trouble is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a ledger says to one who asks for a turn: granted, and when the next may ask; or how long to wait.

    `more` are the starts of its run that are granted besides.
    """

    granted: bool
    seconds: float
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A request has left, so many seconds ago. Until this is told no other is granted; its spacing began then."""

    holder: str
    ago: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What has happened at a host since its ledger was last told: the turns that have ended, the request that left."""

    done: tuple[Turn, ...] = ()
    left: Left | None = None


NO_NEWS = News()


class Ledger(Protocol):
    """Who is at which host, for all who share it. Raises LedgerLost.

    What is told is on its way before anything is waited for: whoever tells may be cancelled while he waits. A turn asks
    for a run by its `more`; what is left of it when it is done is given back.
    """

    async def take(self, host: str, turn: Turn, pace: Pace, news: News = NO_NEWS) -> Reply: ...

    async def tell(self, host: str, news: News) -> None: ...

    async def aclose(self) -> None: ...


class LedgerLost(Exception):
    """The ledger cannot be asked: nobody knows who else is at the host."""


class _Lane:
    """The requests of this process to one host: they ask the ledger one after the other."""

    def __init__(self, at_once: int) -> None:
        self.places = asyncio.Semaphore(at_once)
        self.asking = asyncio.Lock()
        self.next = float("-inf")  # by our clock: nothing is gained by asking before
        self.users = self.inside = 0  # who have come, and those whose turn it is
        self.done: list[Turn] = []
        self.handed: list[Turn] = []  # on, by requests that have ended, to the next of the same run
        self.run: Turn | None = None  # that keeps others from starting
        self.left: tuple[Turn, float] | None = None  # whose request has left, and when, by our clock

    def end(self, turn: Turn) -> None:
        """A request is over. Its place goes to the next of its run where all is well, and is given back otherwise."""
        goes_on = turn.well and not turn.rest and turn.more and turn.until != _OVER
        (self.handed if goes_on else self.done).append(turn)

    def handed_on(self, pace: Pace, now: float) -> Turn | None:
        """The place of a run that goes on; one that is over by now is given back."""
        while self.handed:
            turn = self.handed.pop()
            if turn.pace == pace and now <= turn.until:
                turn.more, turn.well, turn.again = turn.more - 1, None, True
                if self.left and self.left[0] is turn:
                    self.left = None  # it starts again: until this has left, nobody else may
                return turn
            self.done.append(turn)
        return None

    def give_back(self) -> None:
        """What nobody goes on with."""
        self.done, self.handed = self.done + self.handed, []

    def end_run(self) -> None:
        """Another may start now: whoever is at the host by a run that keeps a spacing is the last of it."""
        if self.run:
            self.run.until, self.run = _OVER, None

    @property
    def waits(self) -> bool:
        """Whether one of ours has not come to its turn."""
        return self.users > self.inside

    def news(self, now: float) -> News:
        """What the ledger has not been told yet; it is being told now."""
        done, left = tuple(self.done), self.left
        self.done, self.left = [], None
        return News(done=done, left=Left(holder=left[0].holder, ago=max(0.0, now - left[1])) if left else None)


class Turns:
    """Hosts are named `name:port`. The clock counts seconds from any moment, and never goes back."""

    def __init__(
        self, ledger: Ledger, *, clock: Callable[[], float], sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    ) -> None:
        self._ledger = ledger
        self._clock = clock
        self._sleep = sleep
        self._lanes: dict[str, _Lane] = {}
        self._telling: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def at(self, host: str, pace: Pace) -> AsyncIterator[Turn]:
        """Hold a place at the host. It is entered when the turn has come. Raises NotYet."""
        lane = self._lanes.setdefault(host, _Lane(pace.at_once))
        lane.users += 1
        turn = Turn()
        try:
            async with lane.places:
                try:
                    async with lane.asking:
                        turn = await self._wait(lane, host, turn, pace)
                    lane.inside += 1
                    try:
                        yield turn
                    finally:
                        lane.inside -= 1
                finally:
                    lane.end(turn)  # also when we are cancelled: it may have been granted meanwhile
        finally:
            lane.users -= 1
            await self._leave(lane, host, pace, at_once=bool(turn.rest))

    async def _wait(self, lane: _Lane, host: str, turn: Turn, pace: Pace) -> Turn:
        """The turn, once it has come; or that of a run which goes on."""
        while True:
            while (wait := lane.next - self._clock()) > 0:  # it moves while we sleep, when a request leaves late
                if wait > PATIENCE:
                    raise NotYet(wait, f"{host} is not asked now")
                await self._sleep(wait)
            if handed := lane.handed_on(pace, now := self._clock()):
                lane.next = now + handed.gap
                return handed
            if await self._granted(lane, host, turn, pace):
                return turn

    async def _granted(self, lane: _Lane, host: str, turn: Turn, pace: Pace) -> bool:
        lane.end_run()
        turn.more, turn.until, turn.pace = _run(pace) if lane.users > 1 else 0, self._clock() + RUN_SECONDS, pace
        try:
            reply = await self._ledger.take(host, turn, pace, lane.news(self._clock()))
        except LedgerLost as lost:
            raise NotYet(PATIENCE, str(lost)) from lost
        lane.next = self._clock() + reply.seconds
        turn.gap, turn.more = reply.seconds, reply.more
        if reply.granted and pace.spacing:
            lane.run = turn
        return reply.granted

    def left(self, host: str, turn: Turn, pace: Pace) -> None:
        """The request has left now. The next one counts from here, however long a connection took to open.

        Where another of ours waits, it tells so when it asks: nobody else could be granted before. Where it need not
        ask, because the run goes on, it is told when the run is over: at once then, and others may ask before us.
        """
        if not pace.spacing:
            return
        lane, now = self._lanes[host], self._clock()
        lane.next, lane.left = now + turn.gap, (turn, now)
        goes_on = turn.more and lane.run is turn and lane.waits
        used_up = turn.again and not turn.more
        if used_up:
            lane.next += turn.gap * _COURTESY
        if not goes_on and (used_up or not lane.asking.locked()):
            lane.end_run()
            telling = asyncio.create_task(self._tell(host, lane.news(now)))
            self._telling.add(telling)
            telling.add_done_callback(self._telling.discard)

    async def _tell(self, host: str, news: News) -> None:
        with suppress(LedgerLost):  # the lease of what was not told ends by itself
            await self._ledger.tell(host, news)

    async def _leave(self, lane: _Lane, host: str, pace: Pace, *, at_once: bool) -> None:
        """Say who has left, unless the next who asks will say it."""
        nobody = lane.handed and pace.spacing and not lane.waits
        if nobody or not lane.users:
            lane.give_back()
        if lane.done and (nobody or at_once or not lane.users):
            await self._tell(host, lane.news(self._clock()))

    async def aclose(self) -> None:
        await asyncio.gather(*self._telling)
        await self._ledger.aclose()


def _run(pace: Pace) -> int:
    """How many starts are asked for besides the first."""
    return min(RUN - 1, int(RUN_SECONDS / pace.spacing)) if pace.spacing else RUN - 1
