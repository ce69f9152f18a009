"""Our own network: when it is down, or most hosts are silent at once, nothing is recorded against anybody."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from config.book import NetworkSettings
from monitor.edge import tables
from monitor.edge.network import any_answers
from monitor.edge.store import Store, open_store
from monitor.model.holding import ControlPage, HoldReason
from monitor.model.reading import Page, Trouble, TroubleKind
from monitor.model.watching import PutOff
from tasks.look import begin, look_at
from tests.edge.stores import register, site
from tests.edge.street import answer, house, listening, never_ends, redirect, routes, silent
from tests.edge.test_look import page
from tests.edge.worlds import MORNING, SmallWorld, small_world

LEASE = timedelta(minutes=20)
TIMEOUT = Trouble(kind=TroubleKind.TIMEOUT)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path / 'lanmu.sqlite3'}", migrate=True)
    yield store
    store.database.close()


def world(
    store: Store, folder: Path, network: NetworkSettings, answer: Callable[[str], Page | Trouble | None]
) -> SmallWorld:
    here = small_world(store, folder, answer=answer)
    return replace(here, settings=replace(here.settings, network=network))


async def round_at(here: SmallWorld, hours: float = 0) -> None:
    moment = MORNING + timedelta(hours=hours)
    token = here.store.claims.claim(
        origin="test", at=moment, now=moment, wall=moment, lease=LEASE, limit=1_000, per_host=50
    )
    assert token
    await look_at(here, token, *begin(here, token, until=moment + LEASE))


def recorded(store: Store) -> dict[str, str | None]:
    query = sa.select(tables.site.c.name, tables.observation.c.trouble).join_from(
        tables.observation, tables.column.join(tables.site)
    )
    with store.database.reading() as connection:
        return {row.name: row.trouble for row in connection.execute(query)}


def test_one_control_address_that_answers_is_enough() -> None:
    async def scene() -> None:
        async with house(silent) as there:
            gone = there.port
            assert await any_answers([("127.0.0.1", gone)])
            assert await any_answers([("nonexistent.invalid", 80), ("127.0.0.1", gone)])
        assert not await any_answers([("127.0.0.1", gone), ("nonexistent.invalid", 80)])

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("what", "raw", "word", "online"),
    [
        ("an empty 204", answer(status="204 No Content"), "", True),
        ("a page where 204 is due, as of a portal", answer(b"<h1>Sign in</h1>"), "", False),
        ("the word", answer(b"Microsoft Connect Test"), "Connect", True),
        ("a portal's page without the word", answer(b"<h1>Sign in</h1>"), "Connect", False),
        ("the word under a status of failure", answer(b"Connect", status="503 Service Unavailable"), "Connect", False),
        ("a redirect, though what it leads to has the word", redirect("/portal"), "Connect", False),
        ("a redirect where 204 is due", redirect("/portal"), "", False),
        ("no HTTP at all", b"SSH-2.0-OpenSSH_9.2\r\n", "Connect", False),
    ],
)
def test_a_control_page_answers_only_with_what_is_expected(what: str, raw: bytes, word: str, online: bool) -> None:
    async def scene() -> None:
        async with house(routes({"/check": raw, "/portal": answer(b"Connect")})) as there:
            page = ControlPage(url=f"{there.url}/check", word=word)
            assert await any_answers([page]) is online, what
            assert await any_answers([page, ("127.0.0.1", there.port)]) is online, "where pages are named they decide"

    asyncio.run(scene())


def test_a_control_page_that_nobody_serves_or_that_never_ends_is_no_answer() -> None:
    async def scene() -> None:
        async with house(never_ends) as there:
            gone = ControlPage(url=f"{there.url}/", word="Connect")
            assert not await any_answers([gone, ControlPage(url="http://nonexistent.invalid/")])
        assert not await any_answers([gone])

    asyncio.run(scene())


def test_offline_nothing_is_asked_and_nothing_recorded(store: Store, tmp_path: Path) -> None:
    register(store, site("财政局"), site("教育局"))

    async def scene() -> None:
        async with AsyncExitStack() as stack:
            control = await stack.enter_async_context(listening(lambda reader, _: _wait(reader)))
            network = NetworkSettings(control=(("127.0.0.1", control),))
            here = world(store, tmp_path, network, page)
            await stack.aclose()
            await round_at(here)
        assert here.web.asked == []

    asyncio.run(scene())
    assert recorded(store) == {}
    hold = store.holds.current()
    assert hold is not None
    assert (hold.reason, hold.since, hold.looks) == (HoldReason.OFFLINE, MORNING, 6)
    assert store.claims.outstanding(now=MORNING) == 0, "put off a little"
    assert store.claims.outstanding(now=MORNING + timedelta(minutes=10)) == 6
    waiting = store.claims.waiting(now=MORNING)
    assert (waiting.counts, waiting.until) == ({PutOff.HELD: 6}, MORNING + timedelta(minutes=10))

    asyncio.run(round_at(world(store, tmp_path, NetworkSettings(), page), hours=1))
    assert store.holds.current() is None
    assert recorded(store) == {"财政局": None, "教育局": None}
    assert store.claims.waiting(now=MORNING).counts == {}, "what was looked at is put off no more"


async def _wait(reader: asyncio.StreamReader) -> None:
    await reader.read()


def test_when_most_hosts_are_silent_at_once_they_are_not_held_against_anybody(store: Store, tmp_path: Path) -> None:
    names = [f"单位{n}" for n in range(12)]
    register(store, *(site(name, columns=1) for name in names))
    silenced = set(names[:11])

    def answer(url: str) -> Page | Trouble:
        return TIMEOUT if any(f"/{name}." in url for name in silenced) else page(url)

    here = world(store, tmp_path, NetworkSettings(), answer)
    asyncio.run(round_at(here))
    assert recorded(store) == {"单位11": None}, "the one that answered was seen"
    hold = store.holds.current()
    assert hold is not None
    assert (hold.reason, hold.silent, hold.asked, hold.looks) == (HoldReason.MOST_SILENT, 11, 12, 11)

    silenced = set(names[:9])
    asyncio.run(round_at(here, hours=1))
    assert {name for name, trouble in recorded(store).items() if trouble} == silenced, "nine of eleven are too few"
    assert store.holds.current() is None
