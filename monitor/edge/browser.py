"""Builds a page in a browser: each request of its scripts is answered by our own fetcher, or not at all.

So the guard, the pace, robots.txt, TLS and the limits of a fetch hold for all of them; see docs/decisions/0026.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import urldefrag

from monitor.edge.chromium import BrowserLimits, NoBrowser, chromium, place
from monitor.edge.origins import host_of
from monitor.edge.processes import Tree
from monitor.edge.terms import Call
from monitor.edge.turns import NotYet
from monitor.model.reading import Page, Trouble, TroubleKind
from monitor.model.register import Rendering

MOST = 80  # requests of one page
MOST_BYTES = 20 * 1024 * 1024  # of all their answers
LARGEST = 5 * 1024 * 1024  # bytes of the page that is built
QUIET = 1.0  # seconds without a request, after which a page is taken for built
_TELL = frozenset({"xhr", "fetch", "document", "script"})  # kinds of requests that may bring entries
_ASKED_BY_SCRIPTS = frozenset({"xhr", "fetch"})
_UNASKED = frozenset({"xhr", "fetch", "eventsource"})  # data all the same, where it is asked for as we do not ask
_UNWATCHED = "delete globalThis.SharedWorker"  # what one asks for is not routed to us, so its loss would not be seen
_PASSED = frozenset({"accept", "content-type", "cookie", "origin", "referer"})  # besides a script's own x-… headers
_KEPT_BACK = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie"})
Fetch = Callable[[str, Call], Awaitable[Page | Trouble]]
log = logging.getLogger(__name__)


class Browser:
    """One for a batch; Chromium is started for each page, since none must remember the last."""

    def __init__(self, limits: BrowserLimits) -> None:
        self._limits = limits
        self._starting = asyncio.Lock()

    async def render(self, page: Page, rendering: Rendering, fetch: Fetch) -> Page | Trouble:
        """The page as its scripts leave it. Raises NotYet."""
        try:
            async with place(self._limits) as folder, chromium(self._limits, folder, self._starting) as (browser, tree):
                return await self._watched(browser, tree, _Visit(page, rendering, fetch, self._limits.settling))
        except NoBrowser as error:
            log.error("no browser: %s", error)
            return _trouble(str(error))

    async def _watched(self, browser: Any, tree: Tree, visit: "_Visit") -> Page | Trouble:
        building = asyncio.create_task(visit.build(browser))
        loop = asyncio.get_running_loop()
        until = loop.time() + self._limits.seconds
        try:
            while not (await asyncio.wait((building,), timeout=0.3))[0]:
                if loop.time() > until:
                    return _trouble(f"the page was not built within {self._limits.seconds:g} s")
                if await asyncio.to_thread(tree.memory) > self._limits.memory:
                    return _trouble(f"the page held more than {self._limits.memory // 1_048_576} MB")
            return building.result()
        finally:
            tree.look()
            if not building.done():
                tree.kill()  # before anything waits for a browser that hangs
            building.cancel()
            await asyncio.gather(building, return_exceptions=True)


class _Visit:
    """One page in one browser."""

    def __init__(self, page: Page, rendering: Rendering, fetch: Fetch, settling: float) -> None:
        self.page = page
        self.fetch = fetch
        self.settling = settling
        self.own = _family(_host(page.final_url))
        self.hosts = frozenset(rendering.hosts)
        self.without = frozenset(rendering.without)
        self.asked = 0
        self.bytes = 0
        self.served = False
        self.under_way: set[str] = set()
        self.last = 0.0
        self.lacks: list[str] = []
        self.broken = ""
        self.not_yet: NotYet | None = None

    def within(self, host: str) -> bool:
        return host in self.hosts or host == self.own or host.endswith(f".{self.own}")

    async def build(self, browser: Any) -> Page | Trouble:
        from playwright.async_api import Error

        try:
            return await self._build(browser)
        except Error as error:
            if self.not_yet:
                raise self.not_yet from error
            return _trouble(f"the browser failed: {' '.join(str(error).split())[:200]}")

    async def _build(self, browser: Any) -> Page | Trouble:
        context = await browser.new_context(service_workers="block", accept_downloads=False, locale="zh-CN")
        await context.route("**/*", self._answer)
        await context.route_web_socket("**/*", self._silence)
        await context.add_init_script(_UNWATCHED)
        tab = await context.new_page()
        context.on("page", lambda other: asyncio.ensure_future(_closed(other)))
        tab.on("pageerror", self._note_error)
        loop = asyncio.get_running_loop()
        self.last = began = loop.time()
        await tab.goto(self.page.final_url, wait_until="domcontentloaded", timeout=0)
        while loop.time() - began < self.settling and (self.under_way or loop.time() - self.last < QUIET):
            await asyncio.sleep(0.05)
        self.lacks += self.under_way
        body = (await tab.content()).encode("utf-8", "replace")
        if self.not_yet:
            raise self.not_yet
        if len(body) > LARGEST:
            return Trouble(kind=TroubleKind.TOO_LARGE, detail=f"the page grew to {len(body)} bytes in the browser")
        kept = {name: value for name, value in self.page.headers.items() if name not in ("etag", "last-modified")}
        headers = {
            **kept,
            "content-type": "text/html; charset=utf-8",
        }  # those two spoke of the page before it was built
        at = urldefrag(tab.url).url
        built = replace(self.page, final_url=at, headers=headers, body=body, rendered=True)
        return replace(built, lacks=tuple(self.lacks), broken=self.broken)

    def _note_error(self, error: Any) -> None:
        self.broken = self.broken or " ".join(str(error).split())[:200] or "an error"

    async def _answer(self, route: Any) -> None:
        from playwright.async_api import Error

        with suppress(Error):  # the page may be gone meanwhile
            await self._answered(route)

    async def _silence(self, socket: Any) -> None:
        """Entries may come over a socket too: a page without it is not whole."""
        self.lacks.append(socket.url[:500])
        await socket.close()

    async def _answered(self, route: Any) -> None:
        request, loop = route.request, asyncio.get_running_loop()
        url, kind = urldefrag(request.url).url, request.resource_type
        if kind == "document" and not self.served and url == urldefrag(self.page.final_url).url:
            self.served = True
            await route.fulfill(status=200, headers=_headers(self.page), body=self.page.body)
            return
        if _host(url) in self.without:
            await route.abort("blockedbyclient")
            return
        if kind not in _TELL or request.method not in ("GET", "POST"):
            if kind in _UNASKED:
                self.lacks.append(f"{url[:500]} ({request.method}, {kind})")
            await route.abort("blockedbyclient")
            return
        self.under_way.add(url)
        try:
            came = await self._fetched(request, url)
        finally:
            self.under_way.discard(url)
            self.last = loop.time()
        if isinstance(came, Trouble):
            self.lacks.append(f"{url[:500]} ({came.kind}{': ' if came.detail else ''}{came.detail})")
            await route.abort("failed")
        else:
            await route.fulfill(status=came.status, headers=_headers(came), body=came.body)

    async def _fetched(self, request: Any, url: str) -> Page | Trouble:
        self.asked += 1
        if self.asked > MOST or self.bytes > MOST_BYTES:
            return Trouble(kind=TroubleKind.TOO_LARGE, detail="the page asks for too much")
        headers = {n: v for n, v in (await request.all_headers()).items() if n in _PASSED or n.startswith("x-")}
        call = Call(
            page=self.page.url,
            within=self.within,
            method=request.method,
            headers=headers,
            body=request.post_data_buffer or b"",
            data=request.resource_type in _ASKED_BY_SCRIPTS,
        )
        try:
            came = await self.fetch(url, call)
        except NotYet as error:
            self.not_yet = error
            return Trouble(kind=TroubleKind.RATE_LIMITED, detail=str(error))
        self.bytes += len(came.body) if isinstance(came, Page) else 0
        return came


async def _closed(tab: Any) -> None:
    with suppress(Exception):  # whatever a page has opened
        await tab.close()


def _trouble(why: str) -> Trouble:
    return Trouble(kind=TroubleKind.NEEDS_SCRIPT, detail=f"browser: {why}")


def _headers(page: Page) -> dict[str, str]:
    return {name: value for name, value in page.headers.items() if name not in _KEPT_BACK}


def _host(url: str) -> str:
    return host_of(url).rpartition(":")[0]


def _family(host: str) -> str:
    """The name that a host shares with its siblings: `example.gov.cn` of `jyj.example.gov.cn`; else its own.

    Names of three parts may be those of a whole authority, and stay as they are, but for a `www.`.
    """
    labels = host.removeprefix("www.").split(".")
    figures = labels[-1].isdecimal() or ":" in host
    return ".".join(labels if figures or len(labels) < 4 else labels[1:])
