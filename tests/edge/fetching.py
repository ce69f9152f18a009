"""A fetcher whose clock and names are the test's own, and the steps that its scenes are made of."""

import asyncio
import gc
import ssl
from collections.abc import Callable, Coroutine, Mapping, Sequence
from ipaddress import ip_address

from monitor.edge.fetch import Fetcher, Limits
from monitor.edge.guard import Address, networks
from monitor.edge.ledgers import LocalLedger
from monitor.edge.turns import Turns
from monitor.edge.ways import Ways
from monitor.model.reading import Page, Trouble, TroubleKind
from tests.edge import street
from tests.edge.street import house

LOOPBACK = networks("127.0.0.0/8")
HTML = "<p>栏目 column</p>".encode()
MUCH = 200_000


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def fetcher(
    clock: Clock | None = None,
    *,
    limits: Limits | None = None,
    names: Mapping[str, Sequence[str]] | None = None,
    tls: ssl.SSLContext | None = None,
    allowed: str = "127.0.0.0/8",
    ways: Ways | None = None,
) -> Fetcher:
    clock = clock or Clock()

    async def resolve(host: str, port: int) -> Sequence[Address]:
        if host not in (names or {}):
            raise OSError("Name or service not known")
        return [ip_address(text) for text in (names or {})[host]]

    return Fetcher(
        user_agent="Lanmu/0 (+mailto:admin@example.com)",
        allowed=networks(allowed),
        limits=limits or Limits(opening=20, whole=30, body=MUCH),
        resolve=resolve,
        tls=tls,
        ways=ways,
        turns=Turns(LocalLedger(clock=clock, jitter=lambda: 1.0), clock=clock, sleep=clock.sleep),
    )


def play(scene: Callable[[], Coroutine[None, None, None]]) -> None:
    asyncio.run(scene())


def play_and_look_for_open_sockets(scene: Callable[[], Coroutine[None, None, None]]) -> None:
    """Run a scene, and let every socket that it left open complain at once (warnings are errors)."""
    asyncio.run(scene())
    gc.collect()


def visit(
    behave: street.Behaviour, path: str = "/", *, limits: Limits | None = None, tls: ssl.SSLContext | None = None
) -> Page | Trouble:
    """Fetch one page of a server with this behaviour."""
    found: list[Page | Trouble] = []

    async def scene() -> None:
        async with house(behave, tls=tls) as there, fetcher(limits=limits) as client:
            found.append(await client.fetch(there.url + path))

    play(scene)
    return found[0]


def page(found: Page | Trouble) -> Page:
    assert isinstance(found, Page), found
    return found


def kind(found: Page | Trouble) -> TroubleKind:
    assert isinstance(found, Trouble), found
    return found.kind
