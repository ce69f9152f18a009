"""Turns at a host: the same rules in the ledger of one process and in the one that all workers share."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest

from monitor.edge import ledgers
from monitor.edge.ledgers import LocalLedger, SharedLedger
from monitor.edge.turns import NO_NEWS, Ledger, Left, News, NotYet, Pace, Reply, Turn, Turns
from monitor.model.reading import Trouble, TroubleKind
from tests.edge.fetching import Clock
from tests.edge.valkeys import valkey_in

HOST = "example.cn:80"
Scene = Callable[[Ledger], Coroutine[None, None, None]]


@pytest.fixture(params=["local", "shared"])
def play(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Scene], None]:
    def local(scene: Scene) -> None:
        asyncio.run(scene(LocalLedger(clock=time.time, jitter=lambda: 1.0)))

    def shared(scene: Scene) -> None:
        async def closing(broker: str) -> None:
            ledger = SharedLedger(broker, jitter=lambda: 1.0)
            await scene(ledger)
            await ledger.aclose()

        with valkey_in(tmp_path) as broker:
            asyncio.run(closing(broker))

    return local if request.param == "local" else shared


def left(turn: Turn, ago: float = 0.0) -> News:
    return News(left=Left(holder=turn.holder, ago=ago))


def ended(turn: Turn, trouble: TroubleKind | None = None, rest: float = 0.0) -> News:
    turn.went(Trouble(kind=trouble) if trouble else None)
    turn.rest = rest
    return News(done=(turn,))


def test_a_host_is_asked_at_its_spacing(play: Callable[[Scene], None]) -> None:
    async def scene(ledger: Ledger) -> None:
        first = Turn()
        assert (await ledger.take(HOST, first, Pace(spacing=40))).granted
        await ledger.tell(HOST, left(first))
        second = await ledger.take(HOST, Turn(), Pace(spacing=20))
        assert not second.granted
        assert 30 < second.seconds <= 40, "the wider of the two holds between them"
        assert (await ledger.take("other.example.cn:80", Turn(), Pace(spacing=40))).granted

    play(scene)


def test_nobody_starts_while_a_request_has_not_left_yet(play: Callable[[Scene], None]) -> None:
    async def scene(ledger: Ledger) -> None:
        first, second, pace = Turn(), Turn(), Pace(spacing=0.001)
        assert (await ledger.take(HOST, first, pace)).granted
        await asyncio.sleep(0.01)
        assert not (await ledger.take(HOST, second, pace)).granted
        await ledger.tell(HOST, left(first))
        await asyncio.sleep(0.01)
        assert (await ledger.take(HOST, second, pace)).granted
        await asyncio.sleep(0.01)
        assert (await ledger.take(HOST, Turn(), pace, ended(second))).granted, "it never left, and it is over"

    play(scene)


def test_the_spacing_begins_when_the_request_left_not_when_this_is_told(play: Callable[[Scene], None]) -> None:
    async def scene(ledger: Ledger) -> None:
        first, pace = Turn(), Pace(spacing=40)
        assert (await ledger.take(HOST, first, pace)).granted
        await ledger.tell(HOST, left(first, ago=30))  # longer ago than it was granted
        second = await ledger.take(HOST, Turn(), pace)
        assert not second.granted
        assert 30 < second.seconds <= 40, "it cannot have left before it was granted"
        other, turn = "other.example.cn:80", Turn()
        assert (await ledger.take(other, turn, Pace(spacing=0.2))).granted
        await asyncio.sleep(0.3)
        assert (await ledger.take(other, Turn(), Pace(spacing=0.2), left(turn, ago=0.25))).granted, "told as one asks"

    play(scene)


def test_who_has_waited_as_long_as_was_said_is_not_told_to_wait_again(tmp_path: Path) -> None:
    async def scene(ledger: Ledger) -> None:
        first, pace = Turn(), Pace(spacing=0.2)
        said = await ledger.take(HOST, first, pace)
        await asyncio.sleep(said.seconds + 0.01)
        assert (await ledger.take(HOST, Turn(), pace, left(first, ago=said.seconds + 0.005))).granted
        await ledger.aclose()

    with valkey_in(tmp_path) as broker:
        asyncio.run(scene(SharedLedger(broker, jitter=iter((1.0, 3.0)).__next__)))
    asyncio.run(scene(LocalLedger(clock=time.time, jitter=iter((1.0, 3.0)).__next__)))


def test_of_many_who_ask_at_once_each_gets_an_answer(tmp_path: Path) -> None:
    async def scene(broker: str) -> None:
        ledger, hosts = SharedLedger(broker), range(2 * ledgers.TOGETHER + 1)
        replies = await asyncio.gather(*(ledger.take(f"{n}.cn:80", Turn(), Pace()) for n in hosts))
        assert [reply.granted for reply in replies] == [True] * len(hosts)
        await ledger.aclose()

    with valkey_in(tmp_path) as broker:
        asyncio.run(scene(broker))


def test_a_waiting_request_tells_that_the_one_before_has_left() -> None:
    class Heard(LocalLedger):
        async def take(self, host: str, turn: Turn, pace: Pace, news: News = NO_NEWS) -> Reply:
            heard.append(("take", news.left.ago if news.left else None))
            return await super().take(host, turn, pace, news)

        async def tell(self, host: str, news: News) -> None:
            if news.left:
                heard.append(("tell", news.left.ago))
            await super().tell(host, news)

    heard: list[tuple[str, float | None]] = []

    async def scene() -> None:
        clock, pace = Clock(), Pace(spacing=5)

        async def sleep(seconds: float) -> None:
            await asyncio.sleep(0)
            await clock.sleep(seconds)

        turns = Turns(Heard(clock=clock, jitter=lambda: 1.0), clock=clock, sleep=sleep)

        async def visit() -> None:
            async with turns.at(HOST, pace) as turn:
                await asyncio.sleep(0)  # the next one has begun to wait
                turns.left(HOST, turn, pace)

        await asyncio.gather(*(visit() for _ in range(3)))
        await turns.aclose()

    asyncio.run(scene())
    assert [one for one in heard if one[0] == "take"] == [("take", None), ("take", 5.0), ("take", 5.0)]
    assert heard[-1] == ("tell", 0.0), "the last is told at once: nobody of ours waits"


def test_no_more_are_there_at_once_than_may_be(play: Callable[[Scene], None]) -> None:
    async def scene(ledger: Ledger) -> None:
        pace = Pace(spacing=0, at_once=2)
        first = Turn()
        assert (await ledger.take(HOST, first, pace)).granted
        assert (await ledger.take(HOST, Turn(), pace)).granted
        assert not (await ledger.take(HOST, Turn(), pace)).granted
        assert (await ledger.take(HOST, Turn(), pace, ended(first))).granted, "one has left"

    play(scene)


def test_a_day_has_so_many_turns(play: Callable[[Scene], None]) -> None:
    async def scene(ledger: Ledger) -> None:
        pace = Pace(spacing=0, per_day=2)
        for _ in range(2):
            turn = Turn()
            assert (await ledger.take(HOST, turn, pace)).granted
            await ledger.tell(HOST, ended(turn))
        third = await ledger.take(HOST, Turn(), pace)
        assert (third.granted, 0 < third.seconds <= 86_400) == (False, True)

    play(scene)


@pytest.mark.parametrize(("rest", "waits"), [(300.0, 300.0), (10.0**8, ledgers.MOST_REST)])
def test_a_host_that_wants_to_be_left_alone_is_but_not_for_ever(
    rest: float, waits: float, play: Callable[[Scene], None]
) -> None:
    async def scene(ledger: Ledger) -> None:
        turn = Turn()
        await ledger.take(HOST, turn, Pace(spacing=0))
        await ledger.tell(HOST, ended(turn, TroubleKind.RATE_LIMITED, rest))
        again = await ledger.take(HOST, Turn(), Pace(spacing=0))
        assert not again.granted
        assert waits - 60 < again.seconds <= waits

    play(scene)


def test_a_host_in_trouble_is_asked_more_slowly_until_it_is_well(play: Callable[[Scene], None]) -> None:
    async def waits_after(ledger: Ledger, host: str, *outcomes: TroubleKind | None) -> float:
        for outcome in outcomes:
            await ledger.tell(host, ended(Turn(), outcome))
        turn = Turn()
        await ledger.take(host, turn, Pace(spacing=100))
        await ledger.tell(host, left(turn))
        return round((await ledger.take(host, Turn(), Pace(spacing=100))).seconds, -2)

    async def scene(ledger: Ledger) -> None:
        ill, gone = TroubleKind.TIMEOUT, TroubleKind.GONE
        assert await waits_after(ledger, "a", ill) == 100, "once is chance"
        assert await waits_after(ledger, "b", ill, ill) == 200
        assert await waits_after(ledger, "c", ill, ill, ill) == 400
        assert await waits_after(ledger, "d", *[ill] * 30) == 1600
        assert await waits_after(ledger, "e", ill, ill, None) == 100, "it is well again"
        assert await waits_after(ledger, "f", ill, gone, ill) == 200, "a page that is gone says nothing of its host"

    play(scene)


def test_a_turn_that_comes_too_late_is_not_waited_for() -> None:
    async def scene() -> None:
        turns = Turns(LocalLedger(clock=time.monotonic), clock=time.monotonic)
        async with turns.at(HOST, Pace(spacing=1_000)):
            pass
        with pytest.raises(NotYet) as late:
            async with turns.at(HOST, Pace(spacing=1_000)):
                pytest.fail("nobody waits a quarter of an hour")
        assert 900 < late.value.seconds < 1_100

    asyncio.run(scene())


def test_being_cancelled_gives_the_place_back() -> None:
    async def scene() -> None:
        ledger = LocalLedger(clock=time.monotonic)
        turns = Turns(ledger, clock=time.monotonic)

        async def stay() -> None:
            async with turns.at(HOST, Pace(spacing=0, at_once=1)):
                inside.set()
                await asyncio.Event().wait()

        for _ in range(3):
            inside = asyncio.Event()
            staying = asyncio.create_task(stay())
            await inside.wait()
            staying.cancel()
            await asyncio.gather(staying, return_exceptions=True)

    asyncio.run(scene())
