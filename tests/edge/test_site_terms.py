"""On a site's own terms: whatever a look, a probe or a command asks of it goes through its proxy with its headers."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import lanmu
from monitor.edge.fetch import Fetcher
from monitor.edge.ledgers import LocalLedger
from monitor.edge.robots import robots_of
from monitor.edge.store import Store, open_store
from monitor.edge.turns import Turns
from monitor.edge.ways import Ways
from monitor.model.reading import Page
from monitor.model.register import Access, Header, Site
from monitor.model.register import Proxy as Named
from tasks.look import look_at
from tasks.probe import probe_at
from tasks.wiring import World
from tests.edge.fetching import LOOPBACK, Clock
from tests.edge.proxy import Proxy, proxy
from tests.edge.stores import begin, claim, register, site
from tests.edge.street import House, answer, house, routes
from tests.edge.test_follow import HTML, UNDATED, article
from tests.edge.test_lookback import Pages
from tests.edge.worlds import MORNING, small_world
from tests.rules.broken_folders import SITE, problems_of

LOGIN, TOKEN = "me:a:password", "abc"
HOME = "http://site.test/"
OLDER = Pages(pages=3)


def listed(url: str) -> bytes:
    came = OLDER(url)
    assert isinstance(came, Page)
    return answer(came.body, HTML)


PAGES = {
    "/robots.txt": answer(b"User-agent: *\nDisallow: /admin/\n"),
    "/": answer(b"<title>home</title>", HTML),
    "/0/": listed("/0/"),
    "/0/index_1.html": listed("/0/index_1.html"),
    "/0/index_2.html": listed("/0/index_2.html"),
    "/1/": answer(UNDATED.encode(), HTML),
    **{f"/art_1_{90 - n}.html": article(f"2026-03-{16 - n}") for n in range(8)},
}


@dataclass(slots=True, kw_only=True)
class Behind:
    """A site behind a proxy: no name server of ours knows it, and whoever brings no token is sent away."""

    there: House
    out: Proxy

    @property
    def site(self) -> Site:
        access = Access(headers=(Header(name="X-Token", secret="TOKEN"),), proxy=Named(url=self.out.url, login="WAY"))
        here = site("水务局", columns=2)
        columns = tuple(replace(column, url=f"{HOME}{n}/") for n, column in enumerate(here.columns))
        return replace(here, home=HOME, columns=columns, access=access, spacing=0.0)

    def asked(self) -> list[str]:
        """The paths that came, each by way of the proxy, which lets its login be seen here, and with the token."""
        heads = [head.lower() for head in self.there.heads]
        assert all(b"\r\nproxy-authorization: basic " in head for head in heads)
        assert all(f"\r\nx-token: {TOKEN}\r\n".encode() in head for head in heads)
        return sorted(path.removeprefix(HOME[:-1]) for path in self.there.paths)


@asynccontextmanager
async def behind() -> AsyncIterator[Behind]:
    async with AsyncExitStack() as stack:
        in_full = {f"{HOME[:-1]}{path}": came for path, came in PAGES.items()}  # on a connection that is used again
        there = await stack.enter_async_context(house(routes({**PAGES, **in_full})))
        out = await stack.enter_async_context(proxy(names={"site.test": there.port}, login=LOGIN))
        yield Behind(there=there, out=out)


class Outside(World):
    """The real world's fetcher, but for a clock that nobody waits for."""

    def fetcher(self) -> Fetcher:
        clock = Clock()
        turns = Turns(LocalLedger(clock=clock, jitter=lambda: 1.0), clock=clock, sleep=clock.sleep)
        ways = Ways(secrets={"WAY": LOGIN, "TOKEN": TOKEN}.get)
        return Fetcher(user_agent="Lanmu/0", allowed=LOOPBACK, turns=turns, robots=robots_of(None), ways=ways)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path / 'lanmu.sqlite3'}", migrate=True)
    yield store
    store.database.close()


def outside(store: Store, folder: Path) -> Outside:
    settings = small_world(store, folder).settings
    return Outside(settings=settings, store=store, clock=lambda: MORNING, allowed=LOOPBACK, origin="test")


def test_a_look_asks_for_everything_on_the_terms_of_its_site(store: Store, tmp_path: Path) -> None:
    async def scene() -> list[str]:
        async with behind() as found:
            register(store, found.site)
            token = claim(store, now=MORNING, wall=MORNING)
            assert token
            await look_at(outside(store, tmp_path), token, begin(store, token))
            return found.asked()

    articles = ["/art_1_88.html", "/art_1_89.html", "/art_1_90.html"]
    older = ["/0/", "/0/index_1.html", "/0/index_2.html"]
    assert asyncio.run(scene()) == ["/", *older, "/1/", *articles, "/robots.txt"]


def test_a_probe_opens_the_home_page_on_the_terms_of_its_site(store: Store, tmp_path: Path) -> None:
    async def scene() -> list[str]:
        async with behind() as found:
            register(store, found.site)
            await probe_at(outside(store, tmp_path), [1], now=MORNING)
            return found.asked()

    assert asyncio.run(scene()) == ["/", "/robots.txt"]
    [week] = store.probes.week(MORNING.date())
    assert (week.probes, week.failed) == (1, 0)


@pytest.mark.parametrize(("command", "asked"), [(["home", "Example"], "/"), (["try", "News"], "/0/")])
def test_a_command_asks_on_the_terms_of_the_book(
    command: list[str], asked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environ = {"LANMU_ALLOW_NETWORKS": "127.0.0.0/8", "LANMU_SECRET_TOKEN": TOKEN, "LANMU_SECRET_WAY": LOGIN}
    for name, value in environ.items():
        monkeypatch.setenv(name, value)

    async def scene() -> Behind:
        async with behind() as found:
            way = f"proxy: {{url: {found.out.url}, login: WAY}}\n"
            terms = "headers: [{name: X-Token, secret: TOKEN}]\nspacing: 0\n" + way
            text = SITE.replace("https://www.example.com/", HOME).replace("/news/", "/0/") + terms
            settings = "user_agent_contact: watch@lanmu.example\n"
            assert problems_of(tmp_path, site=text, settings=settings, **environ) == []
            words = [*command, "--config", str(tmp_path), "--json"]
            await asyncio.to_thread(CliRunner().invoke, lanmu, words)
            return found

    found = asyncio.run(scene())
    assert found.asked() == [asked, "/robots.txt"]
    assert all(b"watch@lanmu.example" in head for head in found.there.heads)
