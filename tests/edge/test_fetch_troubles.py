"""Fetching, against real loopback servers: whatever they do wrong, it ends in the right trouble."""

import asyncio
import gzip
import sys
import zlib
from contextlib import AsyncExitStack

import brotli  # type: ignore[import-untyped]  # the package ships no types
import httpx
import pytest

from monitor.edge.answers import Failed, retry_after
from monitor.edge.fetch import Limits
from monitor.edge.unpack import Unpacker
from monitor.model.reading import Trouble, TroubleKind
from tests.edge import street
from tests.edge.fetching import fetcher, kind, play_and_look_for_open_sockets, visit
from tests.edge.raw_answers import PAGES, TROUBLES
from tests.edge.street import House, answer, house, redirect, says

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


@pytest.mark.parametrize(("raw", "expected"), TROUBLES.values(), ids=TROUBLES)
def test_a_bad_answer_is_the_right_trouble(raw: bytes, expected: TroubleKind) -> None:
    assert kind(visit(says(raw))) is expected


@pytest.mark.parametrize(
    ("coding", "bomb"),
    [
        ("gzip", gzip.compress(bytes(10_000_000))),
        ("deflate", zlib.compress(bytes(10_000_000))),
        ("br", brotli.compress(bytes(10_000_000), quality=3)),
        ("zstd", zstd.compress(bytes(10_000_000))),
    ],
    ids=["gzip", "deflate", "br", "zstd"],
)
def test_a_bomb_is_stopped_before_it_goes_off(coding: str, bomb: bytes) -> None:
    unpacker = Unpacker(coding, limit=100_000)
    with pytest.raises(Failed):
        unpacker.feed(bomb)
    assert 100_000 < len(unpacker.so_far()) < 250_000, "one buffer too much, not all that is in it"


BEHAVIOURS = {
    "hangs up without a word": (street.hangs_up, TroubleKind.CONNECT),
    "resets the connection": (street.resets, TroubleKind.CONNECT),
    "sends a body without end": (street.never_ends, TroubleKind.TOO_LARGE),
}


@pytest.mark.parametrize(("behave", "expected"), BEHAVIOURS.values(), ids=BEHAVIOURS)
def test_a_bad_server_is_the_right_trouble(behave: street.Behaviour, expected: TroubleKind) -> None:
    assert kind(visit(behave)) is expected


SLOW = {
    "never answers": (street.silent, Limits(opening=0.2, whole=20), "no answer within 0.2 s"),
    "answers for ever, drop by drop": (street.drips, Limits(opening=20, whole=0.3), "not finished within 0.3 s"),
    "hints for ever": (
        says(b"HTTP/1.1 100 Continue\r\n\r\n", then_close=False),
        Limits(opening=0.2, whole=20),
        "no answer within 0.2 s",
    ),
}


@pytest.mark.parametrize(("behave", "limits", "detail"), SLOW.values(), ids=SLOW)
def test_a_slow_server_is_a_timeout(behave: street.Behaviour, limits: Limits, detail: str) -> None:
    assert visit(behave, limits=limits) == Trouble(kind=TroubleKind.TIMEOUT, detail=detail)


def test_an_error_page_that_drips_is_the_trouble_of_its_status() -> None:
    async def behave(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(b"<p>", status="403 Forbidden", length=1_000))
        await street.silent(head, reader, writer)

    assert kind(visit(behave, limits=Limits(opening=1, whole=20))) is TroubleKind.FORBIDDEN


def test_the_redirects_of_a_slow_server_share_one_time() -> None:
    async def behave(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.15)
        writer.write(redirect("/" + "a" * len(head)))

    assert kind(visit(behave, limits=Limits(opening=20, whole=0.5, redirects=50))) is TroubleKind.TIMEOUT


def test_details_carry_what_a_person_needs_and_no_control_characters() -> None:
    limited = visit(says(answer(b"", "Retry-After: 120", status="429 Slow down")))
    assert limited == Trouble(kind=TroubleKind.RATE_LIMITED, detail="status 429, Retry-After 120")
    garbage = visit(says(b"\x1b[31mred\x07\r\n\r\n"))
    assert isinstance(garbage, Trouble)
    assert garbage.detail.isprintable()


def test_the_whole_street_is_visited_in_one_round() -> None:
    """Every behaviour above at once, by one fetcher, as a batch does it."""
    raws = [raw for raw, _ in TROUBLES.values()] + list(PAGES.values())
    expected = [kind for _, kind in TROUBLES.values()] + [None] * len(PAGES)

    async def scene() -> None:
        async with AsyncExitStack() as stack:
            town: list[House] = [await stack.enter_async_context(house(says(raw))) for raw in raws]
            client = await stack.enter_async_context(fetcher())
            found = await asyncio.gather(*(client.fetch(there.url) for there in town))
            assert [one.kind if isinstance(one, Trouble) else None for one in found] == expected

    play_and_look_for_open_sockets(scene)


NOW = {"date": "Wed, 18 Mar 2026 01:00:00 GMT"}


@pytest.mark.parametrize(
    ("what", "status", "headers", "seconds"),
    [
        ("seconds", 429, {"retry-after": "120"}, 120),
        ("seconds of a server in trouble", 503, {"retry-after": " 7 "}, 7),
        ("a date, by the clock of the server", 429, {"retry-after": "Wed, 18 Mar 2026 01:02:00 GMT", **NOW}, 120),
        ("a date that has passed", 429, {"retry-after": "Wed, 18 Mar 2026 00:00:00 GMT", **NOW}, 0),
        ("a date without a clock to compare", 429, {"retry-after": "Wed, 18 Mar 2026 01:02:00 GMT"}, 0),
        ("nothing", 429, {}, 0),
        ("rubbish", 429, {"retry-after": "-1 or so", **NOW}, 0),
        ("other digits", 429, {"retry-after": "１２"}, 0),
        ("a number without end", 429, {"retry-after": "9" * 4_000}, 999_999_999),
        ("a page that is there", 200, {"retry-after": "120"}, 0),
    ],
)
def test_how_long_a_host_wants_to_be_left_alone(
    what: str, status: int, headers: dict[str, str], seconds: float
) -> None:
    assert (
        retry_after(status, httpx.Headers({name.encode(): value.encode() for name, value in headers.items()}))
        == seconds
    )
