"""Fetching past the guard: every hop of a redirect is checked, and no certificate is taken on trust."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from monitor.edge.fetch import Limits
from monitor.model.reading import Trouble, TroubleKind
from tests.edge import street
from tests.edge.fetching import (
    HTML,
    LOOPBACK,
    fetcher,
    kind,
    page,
    play,
    visit,
)
from tests.edge.street import answer, house, redirect, routes, says

# --- the guard --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://127.0.0.1/", "http://2130706433/", "http://a@127.0.0.1/", "http://[::1/", "", "\x00"],
)
def test_an_odd_address_is_refused_before_anything_is_asked(url: str) -> None:
    async def scene() -> None:
        async with fetcher(allowed="0.0.0.0/0") as client:
            assert kind(await client.fetch(url)) is TroubleKind.REFUSED_ADDRESS

    play(scene)


@pytest.mark.parametrize("name", ["127.0.0.1", "inside.example"])
def test_an_address_that_is_not_allowed_gets_no_connection(name: str) -> None:
    async def scene() -> None:
        async with house(says(answer(HTML))) as there:
            async with fetcher(names={"inside.example": ["127.0.0.1"]}, allowed="") as client:
                found = await client.fetch(f"http://{name}:{there.port}/")
            assert kind(found) is TroubleKind.REFUSED_ADDRESS
            assert there.connections == 0

    play(scene)


def test_what_one_site_may_is_not_lent_to_another() -> None:
    async def scene() -> None:
        async with house(routes({"/": answer(HTML)})) as there, fetcher(allowed="") as client:
            assert page(await client.fetch(there.url + "/", allowed=LOOPBACK)).body == HTML
            assert kind(await client.fetch(there.url + "/")) is TroubleKind.REFUSED_ADDRESS
            assert len(there.heads) == 1, "the open connection of the first was not used by the second"

    play(scene)


def test_a_name_that_turns_elsewhere_between_two_looks_is_checked_again() -> None:
    async def scene() -> None:
        names = {"site.test": ["127.0.0.1"]}
        async with AsyncExitStack() as stack:
            there = await stack.enter_async_context(house(says(answer(HTML))))
            inside = await stack.enter_async_context(house(says(answer(b"secret")), host="127.0.0.2", port=there.port))
            client = await stack.enter_async_context(fetcher(names=names, allowed="127.0.0.1"))
            url = f"http://site.test:{there.port}/"
            assert page(await client.fetch(url)).body == HTML
            names["site.test"] = ["127.0.0.2"]
            assert kind(await client.fetch(url)) is TroubleKind.REFUSED_ADDRESS
            assert inside.connections == 0

    play(scene)


# --- redirects --------------------------------------------------------------------------------------------------------


def chain(length: int) -> street.Behaviour:
    pages = {f"/{step}": redirect(f"/{step + 1}") for step in range(length)}
    return routes({**pages, f"/{length}": answer(HTML)})


def test_five_redirects_are_followed() -> None:
    found = page(visit(chain(5), "/0"))
    assert found.body == HTML
    assert found.url.endswith("/0")
    assert found.final_url.endswith("/5")


def test_six_redirects_are_too_many() -> None:
    assert kind(visit(chain(6), "/0")) is TroubleKind.CLIENT_ERROR


@pytest.mark.parametrize(
    ("to", "arrives_at"),
    [
        ("/new", "/new"),
        ("new", "/old/new"),
        ("?page=1", "/old/?page=1"),
        ("  /new  ", "/new"),
        ("/new#part", "/new"),
        ("/栏目", "/%E6%A0%8F%E7%9B%AE"),
        ("/栏目".encode("gbk"), "/%C0%B8%C4%BF"),
        ("/a b", "/a%20b"),
    ],
)
@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_read_as_browsers_do(to: str | bytes, arrives_at: str, status: str) -> None:
    async def scene() -> None:
        pages = {"/old/": redirect(to, status), arrives_at: answer(HTML)}
        async with house(routes(pages)) as there, fetcher() as client:
            assert page(await client.fetch(there.url + "/old/")).body == HTML
            assert there.paths == ["/old/", arrives_at]

    play(scene)


REDIRECT_TROUBLES = {
    "to itself": ("/", TroubleKind.CLIENT_ERROR),
    "to a cloud's metadata": ("http://169.254.169.254/latest/meta-data/", TroubleKind.REFUSED_ADDRESS),
    "to loopback in a number": ("http://2130706433/", TroubleKind.REFUSED_ADDRESS),
    "to loopback in IPv6": ("http://[::1]/", TroubleKind.REFUSED_ADDRESS),
    "to a name that leads inside": ("http://inside.example/", TroubleKind.REFUSED_ADDRESS),
    "to a file": ("file:///etc/passwd", TroubleKind.REFUSED_ADDRESS),
    "to a user name": ("//good.example@127.0.0.1/", TroubleKind.REFUSED_ADDRESS),
    "to what is no address": ("http://[bad/", TroubleKind.SERVER_ERROR),
    "to a host in GBK": ("http://栏目.example/".encode("gbk"), TroubleKind.REFUSED_ADDRESS),
    "to a name that nobody knows": ("http://nonexistent.invalid/", TroubleKind.DNS),
}


@pytest.mark.parametrize(("to", "expected"), REDIRECT_TROUBLES.values(), ids=REDIRECT_TROUBLES)
def test_a_redirect_is_checked_like_any_address(to: str | bytes, expected: TroubleKind) -> None:
    async def scene() -> None:
        async with house(routes({"/": redirect(to)})) as there:
            async with fetcher(names={"inside.example": ["10.0.0.1"]}) as client:
                assert kind(await client.fetch(there.url + "/")) is expected
            assert len(there.heads) == 1

    play(scene)


def test_redirects_in_a_circle_are_seen_at_once() -> None:
    async def scene() -> None:
        async with house(routes({"/a": redirect("/b"), "/b": redirect("/a")})) as there, fetcher() as client:
            found = await client.fetch(there.url + "/a")
            assert kind(found) is TroubleKind.CLIENT_ERROR
            assert there.paths == ["/a", "/b"]

    play(scene)


def test_a_redirect_to_another_host_is_followed_and_said() -> None:
    async def scene() -> None:
        async with house(routes({"/": answer(HTML)})) as new, house(routes({"/": redirect(new.url + "/")})) as old:
            async with fetcher() as client:
                found = page(await client.fetch(old.url + "/"))
            assert (found.url, found.final_url) == (old.url + "/", new.url + "/")

    play(scene)


# --- TLS --------------------------------------------------------------------------------------------------------------


def test_a_certificate_signed_by_nobody_is_certificate() -> None:
    assert kind(visit(says(answer(HTML)), tls=street.certified())) is TroubleKind.CERTIFICATE


@pytest.mark.parametrize(
    ("name", "expected"), [("site.test", None), ("127.0.0.1", None), ("other.test", TroubleKind.CERTIFICATE)]
)
def test_the_certificate_must_be_of_the_name_that_was_asked(name: str, expected: TroubleKind | None) -> None:
    asked: list[str | None] = []
    context = street.certified()
    context.sni_callback = lambda _socket, server_name, _context: asked.append(server_name)

    async def scene() -> None:
        names = {"site.test": ["127.0.0.1"], "other.test": ["127.0.0.1"]}
        async with (
            house(says(answer(HTML)), tls=context) as there,
            fetcher(names=names, tls=street.trusting()) as client,
        ):
            found = await client.fetch(f"https://{name}:{there.port}/")
            assert (found.kind if isinstance(found, Trouble) else None) is expected
            assert asked == [None if name == "127.0.0.1" else name], "the name went with the handshake"
            heads = [f"host: {name}:{there.port}" in head.decode().lower() for head in there.heads]
            assert heads == ([] if expected else [True])

    play(scene)


async def plain_words(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")


async def no_words(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)


async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


@pytest.mark.parametrize(
    ("behave", "opening", "expected"),
    [
        (plain_words, 20, TroubleKind.TLS),
        (no_words, 20, TroubleKind.TLS),
        (silence, 0.2, TroubleKind.TIMEOUT),
    ],
    ids=["plain text", "hangs up", "says nothing"],
)
def test_a_server_without_tls_asked_by_https(
    behave: street.Talk,
    opening: float,
    expected: TroubleKind,
) -> None:
    async def scene() -> None:
        async with (
            street.listening(behave) as port,
            fetcher(limits=Limits(opening=opening)) as client,
        ):
            assert kind(await client.fetch(f"https://127.0.0.1:{port}/")) is expected

    play(scene)
