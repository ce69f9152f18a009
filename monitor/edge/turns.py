"""Gives each request its turn at a host: so many at once, so far apart, and not while the host rests."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Protocol

from monitor.model.reading import Trouble, TroubleKind

PATIENCE = 60.0  # seconds that a turn is waited for; a worker is not held only to wait longer
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

    `rest` are the seconds for which the host wants to be left alone (`Retry-After`).
    """

    holder: str = field(default_factory=lambda: token_hex(6))
    well: bool | None = None
    rest: float = 0.0
    gap: float = 0.0  # seconds until the next may start, once this one has left

    def went(self, trouble: Trouble | None) -> None:
        self.well = None if trouble is not None and trouble.kind not in HOST_IN_TROUBLE else trouble is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a ledger says to one who asks for a turn: granted, and when the next may ask; or how long to wait."""

    granted: bool
    seconds: float


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

    What is told is on its way before anything is waited for: whoever tells may be cancelled while he waits.
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
        self.users = 0
        self.done: list[Turn] = []
        self.left: tuple[Turn, float] | None = None  # whose request has left, and when, by our clock

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
                        await self._wait(lane, host, turn, pace)
                    yield turn
                finally:
                    lane.done.append(turn)  # also when we are cancelled: it may have been granted meanwhile
        finally:
            lane.users -= 1
            await self._leave(lane, host, at_once=bool(turn.rest))

    async def _wait(self, lane: _Lane, host: str, turn: Turn, pace: Pace) -> None:
        while True:
            while (wait := lane.next - self._clock()) > 0:  # it moves while we sleep, when a request leaves late
                if wait > PATIENCE:
                    raise NotYet(wait, f"{host} is not asked now")
                await self._sleep(wait)
            if await self._granted(lane, host, turn, pace):
                return

    async def _granted(self, lane: _Lane, host: str, turn: Turn, pace: Pace) -> bool:
        try:
            reply = await self._ledger.take(host, turn, pace, lane.news(self._clock()))
        except LedgerLost as lost:
            raise NotYet(PATIENCE, str(lost)) from lost
        lane.next = self._clock() + reply.seconds
        turn.gap = reply.seconds
        return reply.granted

    def left(self, host: str, turn: Turn, pace: Pace) -> None:
        """The request has left now. The next one counts from here, however long a connection took to open.

        Where another of ours waits, it tells so when it asks: nobody else could be granted before.
        """
        if not pace.spacing:
            return
        lane, now = self._lanes[host], self._clock()
        lane.next, lane.left = now + turn.gap, (turn, now)
        if not lane.asking.locked():
            telling = asyncio.create_task(self._tell(host, lane.news(now)))
            self._telling.add(telling)
            telling.add_done_callback(self._telling.discard)

    async def _tell(self, host: str, news: News) -> None:
        with suppress(LedgerLost):  # the lease of what was not told ends by itself
            await self._ledger.tell(host, news)

    async def _leave(self, lane: _Lane, host: str, *, at_once: bool) -> None:
        """Say who has left, unless the next who asks will say it."""
        if lane.done and (at_once or not lane.users):
            await self._tell(host, lane.news(self._clock()))

    async def aclose(self) -> None:
        await asyncio.gather(*self._telling)
        await self._ledger.aclose()
