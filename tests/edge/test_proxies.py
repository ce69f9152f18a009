"""The way out: real tiny proxies on loopback, headers of a site's own, and the environment that is not asked."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import time

import pytest

from monitor.edge import tables
from monitor.edge.fetch import Fetcher
from monitor.edge.robots import robots_of
from monitor.edge.store import Store
from monitor.edge.store.rows import access_of, access_row
from monitor.edge.terms import Call
from monitor.edge.ways import Ways
from monitor.model.reading import TroubleKind
from monitor.model.register import Access, Header
from monitor.model.register import Proxy as Named
from tests.edge import certificates
from tests.edge.fetching import HTML, LOOPBACK, fetcher, kind, page, play
from tests.edge.proxy import WANTED, proxy
from tests.edge.stores import begin, claim, register, rows, site
from tests.edge.street import House, answer, house, redirect, routes, says

SECRETS = {"WAY": "me:a:password", "TOKEN": "abc"}
INSIDE = {"site.test": ["10.0.0.1"]}  # what our own resolver would say of it


def known(secrets: Mapping[str, str] = SECRETS) -> Ways:
    return Ways(secrets=secrets.get)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_site_is_asked_through_its_proxy_which_resolves_its_name(scheme: str) -> None:
    async def scene() -> None:
        tls = certificates.good("site.test") if scheme == "https" else None
        async with AsyncExitStack() as stack:
            there = await stack.enter_async_context(house(routes({"/a": answer(HTML)}), tls=tls))
            out = await stack.enter_async_context(proxy(names={"site.test": there.port}, login=SECRETS["WAY"]))
            client = await stack.enter_async_context(
                fetcher(names=INSIDE, tls=certificates.authority().client(), ways=known())
            )
            access = Access(proxy=Named(url=out.url, login="WAY"), headers=(Header(name="X-Visitor", value="lanmu"),))
            assert page(await client.fetch(f"{scheme}://site.test/a", access=access)).body == HTML
            [head], [sent] = out.heads, there.heads
            target = b"CONNECT site.test:443" if scheme == "https" else b"GET http://site.test/a"
            assert head.startswith(target)
            assert b"x-visitor: lanmu" in sent.lower()
            if scheme == "https":
                assert b"lanmu" not in head.lower().replace(b"user-agent: lanmu", b""), "the proxy sees none of it"
                assert b"proxy-authorization" not in sent.lower(), "and the site nothing of the proxy"

    play(scene)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://169.254.169.254/latest/meta-data/", TroubleKind.REFUSED_ADDRESS),
        ("http://10.0.0.1/", TroubleKind.REFUSED_ADDRESS),
        ("https://[::1]/", TroubleKind.REFUSED_ADDRESS),
        ("http://localhost/", TroubleKind.REFUSED_ADDRESS),
        ("http://a.localhost/", TroubleKind.REFUSED_ADDRESS),
        ("http://2130706433/", TroubleKind.REFUSED_ADDRESS),
    ],
)
def test_a_proxy_is_not_asked_for_what_is_plainly_inside(url: str, expected: TroubleKind) -> None:
    async def scene() -> None:
        async with proxy(names={}) as out, fetcher(allowed="127.0.0.1") as client:
            access = Access(proxy=Named(url=out.url))
            assert kind(await client.fetch(url, access=access)) is expected
            assert out.heads == []

    play(scene)


def test_a_redirect_to_the_inside_is_not_passed_to_the_proxy() -> None:
    async def scene() -> None:
        async with house(says(redirect("http://169.254.169.254/"))) as there, fetcher() as client:
            async with proxy(names={"site.test": there.port}) as out:
                found = await client.fetch("http://site.test/", access=Access(proxy=Named(url=out.url)))
            assert kind(found) is TroubleKind.REFUSED_ADDRESS
            assert len(out.heads) == 1

    play(scene)


def test_the_address_of_the_proxy_itself_must_be_allowed() -> None:
    async def scene() -> None:
        async with proxy(names={}) as out, fetcher(allowed="") as client:
            found = await client.fetch("http://site.test/", access=Access(proxy=Named(url=out.url)))
            assert kind(found) is TroubleKind.REFUSED_ADDRESS
            assert out.heads == []

    play(scene)


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    ("fails", "plain", "tunnel"),
    [
        ("407 Proxy Authentication Required", TroubleKind.OFFLINE, TroubleKind.OFFLINE),
        ("403 Forbidden", TroubleKind.FORBIDDEN, TroubleKind.OFFLINE),  # in plain words it may be the site's own
        ("502 Bad Gateway", TroubleKind.SERVER_ERROR, TroubleKind.CONNECT),
    ],
)
def test_what_a_proxy_refuses_is_not_the_sites_fault(
    fails: str, plain: TroubleKind, tunnel: TroubleKind, scheme: str
) -> None:
    async def scene() -> None:
        async with proxy(names={}, fails=fails) as out, fetcher() as client:
            found = await client.fetch(f"{scheme}://site.test/", access=Access(proxy=Named(url=out.url)))
            assert kind(found) is (plain if scheme == "http" else tunnel)

    play(scene)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_site_that_asks_for_a_proxys_login_itself_is_not_our_own_network(scheme: str) -> None:
    """In a tunnel whatever it says; in plain http where it does not say how, as a proxy must."""
    how = ('Proxy-Authenticate: Basic realm="site"',) if scheme == "https" else ()

    async def scene() -> None:
        tls = certificates.good("site.test") if scheme == "https" else None
        async with AsyncExitStack() as stack:
            there = await stack.enter_async_context(house(says(answer(b"", *how, status=WANTED)), tls=tls))
            out = await stack.enter_async_context(proxy(names={"site.test": there.port}))
            client = await stack.enter_async_context(fetcher(tls=certificates.authority().client()))
            found = await client.fetch(f"{scheme}://site.test/", access=Access(proxy=Named(url=out.url)))
            assert kind(found) is TroubleKind.CLIENT_ERROR
            assert len(there.heads) == 1

    play(scene)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "http://unknown.test:3128"], ids=["silent", "unknown"])
def test_a_proxy_that_cannot_be_reached_is_our_own_networks_failure(url: str) -> None:
    async def scene() -> None:
        async with fetcher() as client:
            found = await client.fetch("http://site.test/", access=Access(proxy=Named(url=url)))
            assert kind(found) is TroubleKind.OFFLINE

    play(scene)


def test_a_secret_that_this_worker_lacks_is_nobodys_fault_but_ours() -> None:
    async def scene() -> None:
        async with house(says(answer(HTML))) as there, fetcher() as client:
            access = Access(headers=(Header(name="X", secret="TOKEN"),))
            assert kind(await client.fetch(there.url, access=access)) is TroubleKind.OFFLINE
            assert there.connections == 0

    play(scene)


def test_nor_is_robots_txt_that_our_own_proxy_keeps_from_us() -> None:
    async def scene() -> None:
        async with Fetcher(user_agent="Lanmu/0", allowed=LOOPBACK, robots=robots_of(None)) as client:
            found = await client.fetch("http://site.test/", access=Access(proxy=Named(url="http://127.0.0.1:9")))
            assert kind(found) is TroubleKind.OFFLINE

    play(scene)


# --- headers of a site's own ------------------------------------------------------------------------------------------


def tokens(there: House) -> list[bool]:
    return [b"\r\nauthorization: abc\r\n" in head.lower() for head in there.heads]


def test_a_sites_headers_are_not_sent_on_to_another_host_or_port() -> None:
    async def scene() -> None:
        access = Access(headers=(Header(name="Authorization", secret="TOKEN"),))
        async with AsyncExitStack() as stack:
            elsewhere = await stack.enter_async_context(house(says(answer(HTML)), host="127.0.0.2"))
            other = await stack.enter_async_context(house(says(redirect(f"http://127.0.0.2:{elsewhere.port}/"))))
            pages = {"/": redirect("/in"), "/in": redirect(other.url + "/")}
            there = await stack.enter_async_context(house(routes(pages)))
            client = await stack.enter_async_context(fetcher(ways=known()))
            assert page(await client.fetch(there.url + "/", access=access)).body == HTML
            assert (tokens(there), tokens(other), tokens(elsewhere)) == ([True, True], [False], [False])

    play(scene)


def test_of_what_a_page_asks_for_only_its_own_host_gets_the_sites_headers() -> None:
    async def scene() -> None:
        access = Access(headers=(Header(name="Authorization", secret="TOKEN"),))
        async with AsyncExitStack() as stack:
            elsewhere = await stack.enter_async_context(house(says(answer(HTML)), host="127.0.0.2"))
            there = await stack.enter_async_context(house(routes({"/data": answer(HTML)})))
            client = await stack.enter_async_context(fetcher(ways=known()))
            call = Call(page=there.url + "/", within=lambda _: True)
            page(await client.fetch_for_page(there.url + "/data", call, access=access))
            page(await client.fetch_for_page(f"http://127.0.0.2:{elsewhere.port}/", call, access=access))
            assert (tokens(there), tokens(elsewhere)) == ([True], [False])

    play(scene)


def test_a_sites_headers_are_not_sent_back_in_plain_text() -> None:
    async def scene() -> None:
        access = Access(headers=(Header(name="Authorization", secret="TOKEN"),))
        async with AsyncExitStack() as stack:
            plain = await stack.enter_async_context(house(says(answer(HTML))))
            to = redirect(f"http://site.test:{plain.port}/")
            there = await stack.enter_async_context(house(says(to), tls=certificates.good("site.test")))
            tls, names = certificates.authority().client(), {"site.test": ["127.0.0.1"]}
            client = await stack.enter_async_context(fetcher(ways=known(), tls=tls, names=names))
            page(await client.fetch(f"https://site.test:{there.port}/", access=access))
            assert (tokens(there), tokens(plain)) == ([True], [False])

    play(scene)


def test_headers_and_proxy_come_back_from_the_store_which_holds_the_names_of_secrets_alone(store: Store) -> None:
    access = Access(
        hours=(time(20), time(7)),
        headers=(Header(name="X-Visitor", value="lanmu"), Header(name="Authorization", secret="TOKEN")),
        proxy=Named(url="http://proxy.test:3128", login="WAY"),
    )
    register(store, replace(site(columns=1), access=access))
    [kept] = begin(store, claim(store))
    assert kept.access == access
    [before] = rows(store, tables.site)
    assert access_row(access) == before._mapping["access"], "or every start of the program would write it anew"
    assert access_of({"at_once": 1, "per_day": 9, "hours": None, "authority": ""}) == Access(at_once=1, per_day=9)


# --- the environment --------------------------------------------------------------------------------------------------


@pytest.fixture
def dead_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy", "REQUEST_METHOD"):
        monkeypatch.delenv(name, raising=False)


async def asked(client: Fetcher, there: House) -> TroubleKind | bytes:
    found = await client.fetch(there.url)
    return found.body if hasattr(found, "body") else kind(found)


@pytest.mark.usefixtures("dead_proxies")
def test_the_proxies_of_the_environment_change_nothing_by_default() -> None:
    async def scene() -> None:
        async with house(says(answer(HTML))) as there, fetcher() as client:
            assert await asked(client, there) == HTML

    play(scene)


@pytest.mark.usefixtures("dead_proxies")
def test_they_are_used_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        async with house(routes({"/": answer(HTML)})) as there:
            async with fetcher(ways=Ways(environment=True)) as client:
                assert await asked(client, there) is TroubleKind.OFFLINE
                monkeypatch.setenv("no_proxy", "127.0.0.1")
                assert await asked(client, there) == HTML, "NO_PROXY is heeded"
            monkeypatch.delenv("no_proxy")
            async with proxy(names={"127.0.0.1": there.port}, login="me:p@ss") as out:
                monkeypatch.setenv("http_proxy", out.url.replace("//", "//me:p%40ss@"))
                async with fetcher(ways=Ways(environment=True)) as client:
                    assert await asked(client, there) == HTML
                assert len(out.heads) == 1

    play(scene)
