"""Gives each request its turn at a host: so many at once, and so far apart, within this process."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager


class _Lane:
    """The requests to one host. `begun` is the moment of the latest start, in the clock's seconds."""

    def __init__(self, at_once: int) -> None:
        self.places = asyncio.Semaphore(at_once)
        self.begun = float("-inf")
        self.spacing = 0.0

    def next_start(self, now: float, spacing: float) -> float:
        """Take the next start. Two columns may ask for different spacing: the wider one holds between them."""
        start = max(now, self.begun + max(self.spacing, spacing))
        self.begun, self.spacing = start, spacing
        return start


class Turns:
    """Hosts are named `name:port`. The clock counts seconds from any moment, and never goes back."""

    def __init__(
        self, *, at_once: int, clock: Callable[[], float], sleep: Callable[[float], Awaitable[object]]
    ) -> None:
        self._at_once = at_once
        self._clock = clock
        self._sleep = sleep
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def at(self, host: str, spacing: float) -> AsyncIterator[None]:
        """Hold a place at the host. It is entered when the turn has come."""
        lane = self._lanes.setdefault(host, _Lane(self._at_once))
        async with lane.places:
            now = self._clock()
            start = lane.next_start(now, spacing)
            if start > now:
                await self._sleep(start - now)
            yield
