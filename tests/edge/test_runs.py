"""Runs of turns: several starts are granted at once, and the pace at the host is what it would be without them."""

import asyncio
import selectors
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.edge.ledgers import LocalLedger
from monitor.edge.turns import NO_NEWS, RUN, Ledger, Left, News, Pace, Reply, Turn, Turns
from monitor.model.reading import Trouble, TroubleKind
from tests.edge.test_turns import HOST, ended, play

__all__ = ["play"]  # the ledger of one process, and the one that all workers share
Play = Any


def wanting(more: int) -> Turn:
    return Turn(more=more)


def test_while_a_run_lasts_nobody_else_starts_at_a_host_with_a_spacing(play: Play) -> None:
    async def scene(ledger: Ledger) -> None:
        run, pace = wanting(7), Pace(spacing=0.001)
        assert (await ledger.take(HOST, run, pace)).more == 7
        await asyncio.sleep(0.01)
        assert not (await ledger.take(HOST, Turn(), pace)).granted
        await ledger.tell(HOST, News(left=Left(holder=run.holder)))
        await asyncio.sleep(0.01)
        assert (await ledger.take(HOST, Turn(), pace)).granted

    play(scene)


def test_a_run_counts_for_the_day_and_what_it_did_not_use_is_given_back(play: Play) -> None:
    async def scene(ledger: Ledger) -> None:
        run, pace = wanting(7), Pace(spacing=0, per_day=5)
        reply = await ledger.take(HOST, run, pace)
        assert reply.more == 4
        assert not (await ledger.take(HOST, Turn(), pace)).granted, "the whole day is taken"
        run.more = 1  # of its five starts it used four
        await ledger.tell(HOST, ended(run))
        await ledger.tell(HOST, ended(run))  # told twice, it is given back once
        last = wanting(7)
        reply = await ledger.take(HOST, last, pace)
        assert (reply.granted, reply.more) == (True, 0)
        assert not (await ledger.take(HOST, Turn(), pace)).granted

    play(scene)


def test_a_host_in_trouble_gets_no_runs(play: Play) -> None:
    async def scene(ledger: Ledger) -> None:
        await ledger.tell(HOST, ended(Turn(), TroubleKind.TIMEOUT))
        reply = await ledger.take(HOST, wanting(7), Pace(spacing=0))
        assert (reply.granted, reply.more) == (True, 0)

    play(scene)


class _Leaping(asyncio.SelectorEventLoop):
    """An event loop whose clock leaps to the next timer."""

    def __init__(self) -> None:
        self.now = 0.0
        super().__init__(_Never(self))

    def time(self) -> float:
        return self.now


class _Never(selectors.DefaultSelector):
    """Nothing comes from outside; time that would be waited has passed."""

    def __init__(self, loop: _Leaping) -> None:
        super().__init__()
        self.loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.loop.now += timeout or 0.0
        return super().select(0)


class _Counting(LocalLedger):
    """How often it is asked for a turn."""

    calls = 0

    async def take(self, host: str, turn: Turn, pace: Pace, news: News = NO_NEWS) -> Reply:
        self.calls += 1
        return await super().take(host, turn, pace, news)


class _Street:
    """Three workers at one host: when each request left, and how many were there at once."""

    def __init__(self, loop: _Leaping, pace: Pace) -> None:
        self.loop, self.pace = loop, pace
        self.left: list[float] = []
        self.starts: list[int] = []
        self.inside = self.most = 0
        self.ledger = _Counting(clock=loop.time, jitter=lambda: 1.0)
        self.workers = [Turns(self.ledger, clock=loop.time) for _ in range(3)]

    async def visit(self, worker: int, visits: list[tuple[float, float, bool]]) -> None:
        async def glance() -> None:
            while visits:
                opening, takes, well = visits.pop()
                async with self.workers[worker].at(HOST, self.pace) as turn:
                    self.inside += 1
                    self.most = max(self.most, self.inside)
                    await asyncio.sleep(opening)
                    self.left.append(self.loop.time())
                    self.starts.append(worker)
                    self.workers[worker].left(HOST, turn, self.pace)
                    await asyncio.sleep(takes)
                    self.inside -= 1
                    turn.went(None if well else Trouble(kind=TroubleKind.SERVER_ERROR))

        await asyncio.gather(glance(), glance())


def walk(pace: Pace, visits: list[list[tuple[float, float, bool]]]) -> _Street:
    loop = _Leaping()
    street = _Street(loop, pace)

    async def all_of_them() -> None:
        await asyncio.gather(*(street.visit(worker, list(some)) for worker, some in enumerate(visits)))

    try:
        loop.run_until_complete(asyncio.wait_for(all_of_them(), 50_000))
    finally:
        loop.close()
    return street


_SECONDS = st.sampled_from([0.0, 0.1, 0.9, 1.5, 7.0])
_VISIT = st.tuples(st.sampled_from([0.0, 0.0, 0.2, 1.7]), _SECONDS, st.sampled_from([True, True, True, False]))
_VISITS = st.lists(st.lists(_VISIT, max_size=12), min_size=3, max_size=3)


@given(visits=_VISITS, spacing=st.sampled_from([0.0, 1.0, 3.0]), at_once=st.integers(1, 3))
def test_runs_keep_the_spacing_and_the_places_however_long_requests_take(
    visits: list[list[tuple[float, float, bool]]], spacing: float, at_once: int
) -> None:
    street = walk(Pace(spacing=spacing, at_once=at_once), visits)
    assert len(street.left) == sum(map(len, visits)), "each has had its turn"
    assert street.most <= at_once
    assert all(later - earlier >= spacing - 1e-6 for earlier, later in pairwise(street.left))


def test_a_worker_with_many_columns_of_a_host_asks_once_for_a_run() -> None:
    quick = [(0.0, 0.1, True)] * 40
    street = walk(Pace(spacing=1.0), [list(quick), [], []])
    assert len(street.left) == 40
    assert street.left[-1] == pytest.approx(39.0, abs=0.1), "no start was lost"
    assert street.ledger.calls <= 8


def test_another_worker_waits_no_longer_than_a_run() -> None:
    quick = [(0.0, 0.1, True)] * 40
    street = walk(Pace(spacing=1.0), [list(quick), list(quick), []])
    for worker in (0, 1):
        own = [at for at, who in zip(street.left, street.starts, strict=True) if who == worker]
        assert max(later - earlier for earlier, later in pairwise(own)) <= RUN + 2
