"""robots.txt: obeyed, read once for all pages, and where it cannot be had, it is the site's trouble alone."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest

from monitor.edge.fetch import Fetcher
from monitor.edge.robots import Copies, OwnCopies, Robots, SharedCopies
from monitor.model.reading import Page, Trouble, TroubleKind
from monitor.model.register import Access
from tests.edge.fetching import HTML, LOOPBACK
from tests.edge.street import House, answer, house, redirect, routes
from tests.edge.valkeys import valkey_in

BUSY = answer(status="503 Service Unavailable")
NOT_US = b"User-agent: *\nAllow: /\n\nUser-agent: lanmu\nDisallow: /secret/\n"


def obeying(copies: Copies | None = None) -> Fetcher:
    return Fetcher(user_agent="Lanmu/0", allowed=LOOPBACK, robots=Robots(copies or OwnCopies()))


def visits(
    pages: Mapping[str, bytes],
    *paths: str,
    access: Access = Access(),  # noqa: B008 -- frozen
) -> tuple[list[TroubleKind | None], House]:
    seen: list[TroubleKind | None] = []

    async def scene() -> House:
        async with house(routes({"/a": answer(HTML), "/secret/b": answer(HTML), **pages})) as there:
            async with obeying() as client:
                for path in paths:
                    came = await client.fetch(there.url + path, spacing=0, access=access)
                    seen.append(came.kind if isinstance(came, Trouble) else None)
            return there

    return seen, asyncio.run(scene())


@pytest.mark.parametrize(
    ("what", "robots", "expected"),
    [
        ("none: everything may be asked for", answer(status="404 Not Found"), [None, None]),
        ("forbidden itself: there are no rules", answer(status="403 Forbidden"), [None, None]),
        ("rules for us", answer(NOT_US), [None, TroubleKind.ROBOTS]),
        ("rules for all", answer(b"User-agent: *\nDisallow: /"), [TroubleKind.ROBOTS, TroubleKind.ROBOTS]),
        ("rules for others", answer(b"User-agent: baiduspider\nDisallow: /"), [None, None]),
        ("the home page in its place", answer(HTML), [None, None]),
        ("bytes that are no text", answer(bytes(range(256)) * 9), [None, None]),
        ("a server in trouble: it is not asked", BUSY, [TroubleKind.ROBOTS, TroubleKind.ROBOTS]),
        ("moved to another path", redirect("/rules.txt"), [None, TroubleKind.ROBOTS]),
        ("a circle", redirect("/robots.txt"), [None, None]),
    ],
)
def test_robots_txt_is_obeyed(what: str, robots: bytes, expected: list[TroubleKind | None]) -> None:
    seen, there = visits({"/robots.txt": robots, "/rules.txt": answer(NOT_US)}, "/a", "/secret/b")
    assert seen == expected
    assert there.paths.count("/robots.txt") == 1, "it is asked for once"


def test_a_site_on_which_the_admin_has_authority_is_asked_without_it() -> None:
    forbidding = {"/robots.txt": answer(b"User-agent: *\nDisallow: /")}
    seen, there = visits(forbidding, "/a", access=Access(authority="our own site"))
    assert (seen, there.paths) == ([None], ["/a"])


def test_a_redirect_into_what_is_forbidden_is_not_followed() -> None:
    seen, there = visits({"/robots.txt": answer(NOT_US), "/c": redirect("/secret/b")}, "/c")
    assert (seen, there.paths) == ([TroubleKind.ROBOTS], ["/robots.txt", "/c"])


@pytest.mark.parametrize(("said", "spacing"), [("7", 7.0), ("0.5", 0.5), ("86400", 600.0), ("soon", 0.0)])
def test_a_crawl_delay_widens_the_spacing(said: str, spacing: float) -> None:
    async def ask(url: str) -> Page:
        body = f"User-agent: *\nCrawl-delay: {said}\n".encode()
        return Page(url=url, final_url=url, status=200, headers={}, body=body)

    async def scene() -> None:
        permit = await Robots(OwnCopies()).permit("http://a.example/x", ask)
        assert not isinstance(permit, Trouble)
        assert permit.spacing == spacing

    asyncio.run(scene())


def test_all_workers_share_one_copy_and_an_old_one_stands_in_for_a_server_in_trouble(tmp_path: Path) -> None:
    async def scene(broker: str) -> None:
        pages = {"/a": answer(HTML), "/secret/b": answer(HTML), "/robots.txt": answer(NOT_US)}
        async with house(routes(pages)) as there:
            for _ in range(2):
                async with obeying(SharedCopies(broker)) as client:
                    assert isinstance(await client.fetch(there.url + "/a", spacing=0), Page)
            assert there.paths.count("/robots.txt") == 1
            pages["/robots.txt"] = BUSY
            copies = SharedCopies(broker)
            await copies._redis.delete(f"lanmu:robots:{there.url}")  # a day has passed
            async with obeying(copies) as client:
                assert isinstance(await client.fetch(there.url + "/a", spacing=0), Page)
                refused = await client.fetch(there.url + "/secret/b", spacing=0)
                assert isinstance(refused, Trouble)
                assert refused.kind is TroubleKind.ROBOTS
            assert there.paths.count("/robots.txt") == 2

    with valkey_in(tmp_path) as broker:
        asyncio.run(scene(broker))
