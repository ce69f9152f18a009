"""The whole street of bad servers, visited in one round by the look task: real sockets, a real store."""

import asyncio
import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.edge import tables
from monitor.edge.fetch import Fetcher, Limits
from monitor.edge.guard import Address, networks
from monitor.edge.robots import robots_of
from monitor.edge.store import Store, open_store
from monitor.model.reading import TroubleKind as Kind
from monitor.model.register import Site
from tasks.look import begin, look_at
from tests.edge import bad_pages, certificates
from tests.edge.bad_servers import COLUMN, STREET, Bad
from tests.edge.stores import register, site
from tests.edge.street import answer, house, listening, routes
from tests.edge.worlds import MORNING, SmallWorld, small_world

LEASE = timedelta(minutes=20)
SPAN = 60.0  # seconds for the whole street; the slowest houses take `LIMITS.whole`
LIMITS = Limits(opening=8, whole=9, body=200_000)
LEAD = {"unknown.test": None, "inside.test": "10.0.0.1"}  # any other name leads to 127.0.0.1


async def resolve(host: str, port: int) -> Sequence[Address]:
    if (address := LEAD.get(host, "127.0.0.1")) is None:
        raise OSError("Name or service not known")
    return [ip_address(address)]


@dataclass(frozen=True, kw_only=True)
class StreetWorld(SmallWorld):
    def fetcher(self) -> Any:
        return Fetcher(
            user_agent="Lanmu/0",
            allowed=networks("127.0.0.1"),
            limits=LIMITS,
            resolve=resolve,
            tls=certificates.authority().client(),
        )


@dataclass(frozen=True, kw_only=True)
class ObedientWorld(SmallWorld):
    def fetcher(self) -> Any:
        return Fetcher(user_agent="Lanmu/0", allowed=networks("127.0.0.1"), limits=LIMITS, robots=robots_of(None))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path / 'lanmu.sqlite3'}", migrate=True)
    yield store
    store.database.close()


def open_files() -> int:
    gc.collect()
    return len(list(Path("/dev/fd").iterdir()))


async def moved_in(street: AsyncExitStack, number: int, bad: Bad) -> str:
    """Open a house on the street; the address of its column."""
    name = bad.name or f"house{number}.test"
    tls = bad.tls(name) if bad.tls else None
    if bad.talk:
        port = await street.enter_async_context(listening(bad.talk, tls=tls))
    else:
        assert bad.behave
        port = (await street.enter_async_context(house(bad.behave, tls=tls))).port
    return f"{bad.scheme or ('https' if tls else 'http')}://{name}:{port}{COLUMN}"


def watched(name: str, url: str, home: str) -> Site:
    one = site(name, columns=1)
    return replace(one, home=home, spacing=0, columns=(replace(one.columns[0], url=url),))


async def round_of(here: SmallWorld, houses: Mapping[str, Bad]) -> None:
    async with AsyncExitStack() as street:
        home = await street.enter_async_context(house(routes({"/": answer(bad_pages.HOME)})))
        addresses = {name: await moved_in(street, n, bad) for n, (name, bad) in enumerate(houses.items())}
        register(here.store, *(watched(name, url, f"{home.url}/") for name, url in addresses.items()))
        token = here.store.claims.claim(
            origin="test", at=MORNING, now=MORNING, wall=MORNING, lease=LEASE, limit=1_000, per_host=50
        )
        assert token
        await look_at(here, token, *begin(here, token, until=MORNING + LEASE), span=SPAN)


def troubles(store: Store) -> dict[str, str | None]:
    query = sa.select(tables.site.c.name, tables.observation.c.trouble).join_from(
        tables.observation, tables.column.join(tables.site)
    )
    with store.database.reading() as connection:
        return {row.name: row.trouble for row in connection.execute(query)}


def test_the_whole_street_is_visited_in_one_round(store: Store, tmp_path: Path) -> None:
    here = small_world(store, tmp_path)
    here = StreetWorld(**{name: getattr(here, name) for name in here.__dataclass_fields__})
    open_before = open_files()
    asyncio.run(round_of(here, STREET))
    assert open_files() <= open_before, "no socket is left open"
    assert store.claims.outstanding(now=MORNING) == 0, "all was seen and recorded within the time of the round"
    assert troubles(store) == {name: bad.trouble and bad.trouble.value for name, bad in STREET.items()}


async def come_again(here: SmallWorld, pages: dict[str, bytes], then: dict[str, bytes]) -> None:
    """Two looks at one column, whose server shows other pages at the second."""
    async with house(routes(pages)) as server:
        register(here.store, watched("财政局", server.url + COLUMN, f"{server.url}/"))
        for moment in (MORNING, MORNING + timedelta(days=1)):
            token = here.store.claims.claim(
                origin="test", at=moment, now=moment, wall=moment, lease=LEASE, limit=9, per_host=9
            )
            assert token
            await look_at(here, token, *begin(here, token, until=moment + LEASE))
            pages.update(then)


HTML = "Content-Type: text/html"


@pytest.mark.parametrize(
    ("kind", "then"),
    [
        (Kind.EMPTIED, {COLUMN: answer(bad_pages.EMPTY, HTML)}),
        (Kind.ROBOTS, {"/robots.txt": answer(b"User-agent: Lanmu\nDisallow: /zwgk/")}),
    ],
)
def test_a_column_that_was_read_and_is_then_hidden(
    kind: Kind, then: dict[str, bytes], store: Store, tmp_path: Path
) -> None:
    here = small_world(store, tmp_path)
    here = ObedientWorld(**{name: getattr(here, name) for name in here.__dataclass_fields__})
    asyncio.run(come_again(here, {COLUMN: answer(bad_pages.GOOD, HTML)}, then))
    with store.database.reading() as connection:
        seen = connection.scalars(sa.select(tables.observation.c.trouble).order_by(tables.observation.c.at)).all()
    assert seen == [None, kind.value]


def test_every_kind_of_trouble_has_its_server() -> None:
    of_its_own = {Kind.EMPTIED, Kind.ROBOTS, Kind.OFFLINE}  # the last one: test_hold.py
    assert {bad.trouble for bad in STREET.values()} | of_its_own == {None, *Kind}


def test_the_street_is_long_enough() -> None:
    assert len(STREET) >= 45
