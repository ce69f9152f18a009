"""Turns at a host when workers die or the ledger is lost: no pace is lost, and no place is held for ever."""

import asyncio
import time
from pathlib import Path

import pytest

from monitor.edge import ledgers
from monitor.edge.ledgers import SharedLedger, free_places, valkey
from monitor.edge.turns import NotYet, Pace, Reply, Turn, Turns
from tests.edge.valkeys import valkey_in

HOST = "example.cn:80"


def test_the_lease_of_a_dead_worker_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(broker: str) -> None:
        dead, alive = SharedLedger(broker), SharedLedger(broker)
        assert (await dead.take(HOST, Turn(), Pace(spacing=0, at_once=1))).granted
        await dead.aclose()
        assert not (await alive.take(HOST, Turn(), Pace(spacing=0, at_once=1))).granted
        client = valkey(broker)
        ((holder, end),) = await client.zrange(f"lanmu:turns:{HOST}", 0, -1, withscores=True)
        assert end / 1000 - time.time() <= ledgers.LEASE
        await client.zadd(f"lanmu:turns:{HOST}", {holder: 1})  # its time has come
        await client.aclose()
        assert (await alive.take(HOST, Turn(), Pace(spacing=0, at_once=1))).granted
        await alive.aclose()

    with valkey_in(tmp_path) as broker:
        asyncio.run(scene(broker))


def test_when_the_ledger_is_lost_nobody_is_asked(tmp_path: Path) -> None:
    async def scene() -> None:
        with valkey_in(tmp_path) as broker:
            turns = Turns(SharedLedger(broker), clock=time.monotonic)
            async with turns.at(HOST, Pace(spacing=0)):
                pass
        with pytest.raises(NotYet):
            async with turns.at(HOST, Pace(spacing=0)):
                pytest.fail("a turn was given that nobody counts")
        await turns.aclose()

    asyncio.run(scene())


def test_the_places_of_dead_workers_can_be_freed_at_once_and_the_pace_is_kept(tmp_path: Path) -> None:
    async def crowd(broker: str) -> None:
        dead = SharedLedger(broker)
        for pace in (Pace(at_once=2, spacing=0), Pace(at_once=2, spacing=0)):
            assert (await dead.take(HOST, Turn(), pace)).granted
        assert (await dead.take("spaced.cn:80", Turn(), Pace(spacing=40))).granted  # and it never left
        await dead.aclose()

    async def ask(broker: str) -> list[Reply]:
        ledger = SharedLedger(broker, jitter=lambda: 1.0)
        replies = [
            await ledger.take(host, Turn(), Pace(spacing=spacing))
            for host, spacing in ((HOST, 0), ("spaced.cn:80", 40))
        ]
        await ledger.aclose()
        return replies

    with valkey_in(tmp_path) as broker:
        asyncio.run(crowd(broker))
        crowded, _ = asyncio.run(ask(broker))
        assert not crowded.granted
        free_places(broker)
        free, spaced = asyncio.run(ask(broker))
        assert free.granted
        assert not spaced.granted
        assert spaced.seconds > 30, "the host itself is asked no sooner"
