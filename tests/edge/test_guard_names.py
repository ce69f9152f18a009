"""The wall, where names are resolved: a name server may answer anything, and another thing each time."""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from ipaddress import ip_address

import httpx
import pytest

from monitor.edge.answers import Failed
from monitor.edge.connect import GuardedResolver, Refused, Sockets, guarded
from monitor.edge.guard import Address, networks
from monitor.edge.tls import trusted
from monitor.edge.transport import GuardedTransport
from monitor.model.reading import TroubleKind
from monitor.model.register import Network
from tests.edge.street import answer, house, says


class Rebinding:
    """A name server that gives another answer each time."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)

    async def __call__(self, host: str, port: int) -> Sequence[Address]:
        return [ip_address(text) for text in self.answers.pop(0)]


def offered(resolve: Rebinding, allowed: tuple[Network, ...] = ()) -> list[str] | TroubleKind:
    """The addresses that the client is told of for a name, or why it is told of none."""
    resolver = GuardedResolver(allowed=allowed, resolve=resolve, within=5)
    try:
        return [result["host"] for result in asyncio.run(resolver.resolve("rebind.example", 80))]
    except Failed as failed:
        return failed.trouble.kind


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (["127.0.0.1", "93.184.216.34"], ["93.184.216.34"]),
        (["93.184.216.34", "127.0.0.1"], ["93.184.216.34"]),
        (["127.0.0.1", "::1", "10.0.0.1"], TroubleKind.REFUSED_ADDRESS),
        (["::ffff:127.0.0.1"], TroubleKind.REFUSED_ADDRESS),
        (["2400::1", "1.1.1.1"], ["2400::1", "1.1.1.1"]),
        (["1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4", "1.1.1.5"], ["1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4"]),
        ([], TroubleKind.DNS),
    ],
)
def test_of_many_answers_only_the_public_ones_are_tried_in_order(
    answers: list[str], expected: list[str] | TroubleKind
) -> None:
    assert offered(Rebinding(answers)) == expected


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "169.254.169.254", "::ffff:10.0.0.1"])
def test_no_socket_is_made_to_a_refused_address_whoever_asks_for_it(address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with pytest.raises(Refused):
        Sockets(())((family, socket.SOCK_STREAM, 0, "", (address, 80)))


@asynccontextmanager
async def transport(resolve: Rebinding, allowed: str) -> AsyncIterator[GuardedTransport]:
    connector = guarded(allowed=networks(allowed), resolve=resolve, tls=trusted(), looking_up=5)
    async with connector, GuardedTransport(connector) as line:
        yield line


async def status_of(line: GuardedTransport, url: str) -> int | TroubleKind:
    try:
        answer = await line.handle_async_request(httpx.Request("GET", url))
    except Failed as failed:
        return failed.trouble.kind
    await answer.aclose()
    return answer.status_code


def test_a_name_that_turns_elsewhere_after_the_check_is_connected_to_where_it_was_checked() -> None:
    async def scene() -> None:
        names = Rebinding(["127.0.0.1"], ["127.0.0.2"])
        async with (
            house(says(answer(b"public"))) as public,
            house(says(answer(b"secret")), host="127.0.0.2", port=public.port) as inside,
            transport(names, "127.0.0.1") as line,
        ):
            assert await status_of(line, f"http://rebind.example:{public.port}/") == 200
            assert len(names.answers) == 1, "the name was resolved once, the second answer is still there"
            assert await status_of(line, f"http://rebind.example:{public.port}/") is TroubleKind.REFUSED_ADDRESS
            assert (public.connections, inside.connections) == (1, 0)

    asyncio.run(scene())


def test_of_two_addresses_the_one_where_nobody_listens_costs_nothing() -> None:
    async def scene() -> None:
        names = Rebinding(["127.0.0.2", "127.0.0.1"])
        async with house(says(answer(b"page"))) as there, transport(names, "127.0.0.0/8") as line:
            assert await status_of(line, f"http://two.example:{there.port}/") == 200

    asyncio.run(scene())
