"""Fetching like a good citizen: connections are shared and left in order, and a host is asked at its pace."""

import asyncio
import gzip
from collections.abc import Callable
from contextlib import AsyncExitStack

import pytest

from monitor.edge.fetch import Fetcher, Limits
from monitor.edge.ledgers import LocalLedger
from monitor.edge.turns import Turns
from monitor.model.reading import Page, TroubleKind
from tests.edge import street
from tests.edge.fetching import (
    HTML,
    LOOPBACK,
    Clock,
    fetcher,
    kind,
    page,
    play,
    play_and_look_for_open_sockets,
)
from tests.edge.street import answer, house, redirect, routes, says

# --- connections and politeness ---------------------------------------------------------------------------------------


def test_the_columns_of_a_host_go_over_one_connection() -> None:
    async def scene() -> None:
        async with house(routes({"/": answer(gzip.compress(HTML), "Content-Encoding: gzip")})) as there:
            async with fetcher() as client:
                for _ in range(4):
                    assert page(await client.fetch(there.url + "/")).body == HTML
            assert (there.connections, len(there.heads)) == (1, 4)

    play(scene)


@pytest.mark.parametrize("end", [street.hangs_up, street.resets, says(b"rubbish\r\n\r\n")])
def test_an_idle_connection_that_the_server_dropped_is_our_trouble_alone(end: street.Behaviour) -> None:
    async def scene() -> None:
        async def behave(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            if len(there.heads) == 2:
                await end(head, reader, writer)
            else:
                await routes({"/": answer(HTML)})(head, reader, writer)

        async with house(behave) as there, fetcher() as client:
            assert page(await client.fetch(there.url + "/")).body == HTML
            assert page(await client.fetch(there.url + "/")).body == HTML
            assert (there.connections, len(there.heads)) == (2, 3)

    play(scene)


@pytest.mark.parametrize("behind", [b"\r\n", b"\r\n\r\n"])
def test_an_empty_line_behind_a_page_does_no_harm(behind: bytes) -> None:
    async def scene() -> None:
        async with house(routes({"/": answer(HTML + behind, length=len(HTML))})) as there, fetcher() as client:
            for _ in range(3):
                assert page(await client.fetch(there.url + "/")).body == HTML

    play(scene)


def test_a_page_longer_than_announced_is_broken_and_does_not_spoil_the_next() -> None:
    async def scene() -> None:
        pages = {"/lies": answer(HTML + b"</html>", length=len(HTML)), "/": answer(HTML)}
        async with house(routes(pages)) as there, fetcher() as client:
            assert kind(await client.fetch(there.url + "/lies")) is TroubleKind.SERVER_ERROR
            assert page(await client.fetch(there.url + "/")).body == HTML

    play(scene)


def test_requests_to_one_host_begin_at_its_spacing() -> None:
    async def scene() -> None:
        clock = Clock()
        arrivals: list[float] = []

        async def behave(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            arrivals.append(clock.now)
            await routes({"/": redirect("/b"), "/b": answer(HTML)})(head, reader, writer)

        async with house(behave) as there, fetcher(clock) as client:
            await client.fetch(there.url + "/", spacing=1.0)
            clock.now += 0.25
            await client.fetch(there.url + "/b", spacing=1.0)
            clock.now += 5.0
            await client.fetch(there.url + "/b", spacing=3.0)
            await client.fetch(there.url + "/b", spacing=1.0)
            await client.fetch(there.url + "/b", spacing=0.0)
        assert arrivals == [0.0, 1.0, 2.0, 7.0, 10.0, 11.0]
        assert clock.slept == [1.0, 0.75, 3.0, 1.0]

    play(scene)


def test_another_host_does_not_wait() -> None:
    async def scene() -> None:
        clock = Clock()
        async with (
            house(routes({"/": answer(HTML)})) as one,
            house(routes({"/": answer(HTML)})) as two,
            fetcher(clock) as client,
        ):
            for there in (one, two):
                assert page(await client.fetch(there.url + "/")).body == HTML
        assert clock.slept == []

    play(scene)


def test_waiting_for_our_turn_is_not_the_servers_slowness() -> None:
    async def scene() -> None:
        clock = Clock()

        async def sleep(seconds: float) -> None:
            clock.now += seconds
            await asyncio.sleep(1.2)

        turns = Turns(LocalLedger(clock=clock), clock=clock, sleep=sleep)
        client = Fetcher(user_agent="Lanmu/0", allowed=LOOPBACK, limits=Limits(opening=20, whole=1.0), turns=turns)
        async with house(routes({"/": answer(HTML)})) as there, client:
            for _ in range(2):
                assert page(await client.fetch(there.url + "/", spacing=9.0)).body == HTML

    play(scene)


def test_a_host_is_never_asked_more_than_two_things_at_once() -> None:
    async def scene() -> None:
        inside = 0
        counts: list[int] = []

        async def behave(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal inside
            inside += 1
            counts.append(inside)
            await asyncio.sleep(0.02)
            inside -= 1
            writer.write(answer(HTML))

        async with house(behave) as there, fetcher() as client:
            found = await asyncio.gather(*(client.fetch(f"{there.url}/{n}", spacing=0.0) for n in range(8)))
            assert all(isinstance(one, Page) for one in found)
            assert there.connections == 2
        assert max(counts) == 2

    play(scene)


def test_many_hosts_at_once_leave_no_more_connections_open_than_are_borne() -> None:
    async def scene() -> None:
        async with AsyncExitStack() as stack:
            town = [await stack.enter_async_context(house(routes({"/": answer(HTML)}))) for _ in range(6)]
            client = await stack.enter_async_context(fetcher())
            client._lines._most = 2
            found = await asyncio.gather(*(client.fetch(there.url + "/") for there in town))
            assert all(isinstance(one, Page) for one in found)
            assert len(client._lines._lines) == 2

    play(scene)


@pytest.mark.parametrize("behave", [street.silent, street.drips])
@pytest.mark.parametrize("tls", [False, True])
def test_being_cancelled_passes_and_leaves_nothing_open(behave: street.Behaviour, tls: bool) -> None:
    async def scene() -> None:
        async with (
            house(behave, tls=street.certified() if tls else None) as there,
            fetcher(tls=street.trusting()) as client,
        ):
            task = asyncio.create_task(client.fetch(there.url))
            await until(lambda: bool(there.heads))
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    play_and_look_for_open_sockets(scene)


def test_being_cancelled_during_the_handshake_leaves_nothing_open() -> None:
    async def scene() -> None:
        greeted = asyncio.Event()
        gone = asyncio.Event()

        async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(1)
            greeted.set()
            await reader.read()
            gone.set()

        async with street.listening(behave) as port, fetcher() as client:
            task = asyncio.create_task(client.fetch(f"https://127.0.0.1:{port}/"))
            await greeted.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await asyncio.wait_for(gone.wait(), 20)

    play_and_look_for_open_sockets(scene)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.005)
