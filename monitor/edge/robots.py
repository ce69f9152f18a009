"""Obeys robots.txt as RFC 9309 says: read once a day, kept for all workers, and never held against an officer."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from protego import Protego
from redis.exceptions import RedisError

from monitor.edge.ledgers import valkey
from monitor.edge.origins import cut
from monitor.edge.together import Together
from monitor.model.reading import Page, Trouble, TroubleKind

PRODUCT = "Lanmu"  # as robots.txt names us
FRESH = 24 * 3600  # seconds
KEPT = 30 * 24 * 3600  # seconds that an old copy stands in for one that cannot be had
LONGEST = 500 * 1024  # bytes that are read
SLOWEST = 600.0  # seconds: a longer Crawl-delay is taken for this

# What the RFC calls unavailable: there are no rules then. With any other trouble, the site is not asked at all.
UNAVAILABLE = frozenset(
    {
        TroubleKind.GONE,
        TroubleKind.FORBIDDEN,
        TroubleKind.LOGIN,
        TroubleKind.CLIENT_ERROR,
        TroubleKind.BLOCKED,
        TroubleKind.TOO_LARGE,
        TroubleKind.REFUSED_ADDRESS,
    }
)
# Where robots.txt fails like this, so would the page; any other failure is that of robots.txt alone.
UNREACHED = frozenset(
    {
        TroubleKind.DNS,
        TroubleKind.CONNECT,
        TroubleKind.TLS,
        TroubleKind.CERTIFICATE,
        TroubleKind.TIMEOUT,
        TroubleKind.REFUSED_ADDRESS,
        TroubleKind.OFFLINE,  # our own proxy, or a secret that we lack
    }
)
Ask = Callable[[str], Awaitable[Page | Trouble]]
log = logging.getLogger(__name__)


class Copies(Protocol):
    """Keeps the texts of robots.txt by origin: a fresh one for a day, an old one for a month."""

    async def fresh(self, origin: str) -> str | None: ...

    async def old(self, origin: str) -> str | None: ...

    async def keep(self, origin: str, text: str) -> None: ...

    async def aclose(self) -> None: ...


class OwnCopies:
    """Of one process, for as long as it lasts."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    async def fresh(self, origin: str) -> str | None:
        return self._texts.get(origin)

    async def old(self, origin: str) -> str | None:
        return self._texts.get(origin)

    async def keep(self, origin: str, text: str) -> None:
        self._texts[origin] = text

    async def aclose(self) -> None:
        """Nothing is held."""


class SharedCopies:
    """In the queue's Valkey. When it does not answer, robots.txt is asked for again: no harm in that."""

    def __init__(self, url: str) -> None:
        self._redis: Any = valkey(url)
        self._gets = Together(self._get)
        self._sets = Together(self._set)

    async def fresh(self, origin: str) -> str | None:
        return await self._gets.ask(f"lanmu:robots:{origin}")

    async def old(self, origin: str) -> str | None:
        return await self._gets.ask(f"lanmu:robots-old:{origin}")

    async def _get(self, keys: Sequence[str]) -> list[str | None]:
        """All at once: a hundred hosts asked side by side would open a hundred connections."""
        try:
            texts: list[str | None] = await self._redis.mget(keys)
        except (RedisError, OSError):
            return [None] * len(keys)
        return texts

    async def keep(self, origin: str, text: str) -> None:
        await self._sets.ask((origin, text))

    async def _set(self, texts: Sequence[tuple[str, str]]) -> list[None]:
        try:
            async with self._redis.pipeline(transaction=False) as calls:
                for origin, text in texts:
                    calls.set(f"lanmu:robots:{origin}", text, ex=FRESH)
                    calls.set(f"lanmu:robots-old:{origin}", text, ex=KEPT)
                await calls.execute()
        except (RedisError, OSError):
            log.info("robots.txt of %d sites is not kept: the queue's server does not answer", len(texts))
        return [None] * len(texts)

    async def aclose(self) -> None:
        await self._gets.aclose()
        await self._sets.aclose()
        await self._redis.aclose()


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """What robots.txt says of one address. `spacing` is its Crawl-delay in seconds, 0 where it names none."""

    allowed: bool
    spacing: float = 0.0


_ANY = Permit(allowed=True)


class _Reading:
    """Of one robots.txt, for all who wait for it."""

    def __init__(self, load: Coroutine[Any, Any, Protego | Trouble | None]) -> None:
        self.done = asyncio.Event()
        self.task = asyncio.create_task(load)
        self.task.add_done_callback(lambda _: self.done.set())


class Robots:
    """The rules of all origins that a batch meets: each robots.txt is asked for once."""

    def __init__(self, copies: Copies) -> None:
        self._copies = copies
        self._read: dict[str, _Reading] = {}

    async def permit(self, url: str, ask: Ask) -> Permit | Trouble:
        """Whether an address may be asked for; a trouble where nobody can say. `ask` fetches robots.txt."""
        origin, target = cut(url)
        rules = await self._rules(origin.text, ask)
        if rules is None:
            return _ANY
        if isinstance(rules, Trouble):
            return rules
        delay = min(float(rules.crawl_delay(PRODUCT) or 0), SLOWEST)
        return Permit(allowed=bool(rules.can_fetch(f"{origin.text}{target}", PRODUCT)), spacing=delay)

    async def _rules(self, origin: str, ask: Ask) -> Protego | Trouble | None:
        """Whoever waits may be cancelled without ending the reading; to shield each costs more than a look."""
        if (reading := self._read.get(origin)) is None:
            reading = self._read[origin] = _Reading(self._load(origin, ask))
        if not reading.task.done():
            await reading.done.wait()
        return reading.task.result()

    async def _load(self, origin: str, ask: Ask) -> Protego | Trouble | None:
        text = await self._copies.fresh(origin)
        if text is None:
            came = await ask(f"{origin}/robots.txt")
            text = _text(came)
            if text is not None:
                await self._copies.keep(origin, text)
            else:
                text = await self._copies.old(origin)
            if text is None:
                assert isinstance(came, Trouble)
                kind = came.kind if came.kind in UNREACHED else TroubleKind.ROBOTS
                return Trouble(kind=kind, detail=f"robots.txt cannot be had: {came.detail}")
        return Protego.parse(text) if text else None

    async def aclose(self) -> None:
        tasks = [reading.task for reading in self._read.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._copies.aclose()


def robots_of(broker: str | None) -> Robots:
    """With the copies that all workers of a broker share; without one, with those of this process."""
    return Robots(SharedCopies(broker) if broker else OwnCopies())


def _text(came: Page | Trouble) -> str | None:
    """The rules; none at all where there is no such file; None where nobody can say."""
    if isinstance(came, Page):
        return came.body[:LONGEST].decode("utf-8", "replace")
    return "" if came.kind in UNAVAILABLE else None
