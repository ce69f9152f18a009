"""Fetches pages like a good citizen: bounded, guarded, each host at its pace. What happens is a Page or a Trouble."""

import asyncio
import ssl
from dataclasses import replace
from functools import lru_cache
from types import TracebackType
from typing import Self, Unpack

import aiohttp
import httpx

from monitor.edge.answers import (
    NOT_MODIFIED,
    Answer,
    Failed,
    meaning_of,
    redirect_of,
    retry_after,
    trouble_of,
)
from monitor.edge.connect import Lookups, Resolve, guarded
from monitor.edge.guard import check_url, unresolved_refusal
from monitor.edge.intake import Limits as Limits
from monitor.edge.intake import ask
from monitor.edge.ledgers import turns_of
from monitor.edge.lines import Lines
from monitor.edge.origins import cut, parse
from monitor.edge.robots import Robots
from monitor.edge.terms import Call, Manner, Terms, asking
from monitor.edge.tls import trusted, weakened
from monitor.edge.turns import Pace, Turns
from monitor.edge.validators import conditions, contradicted
from monitor.edge.ways import Way, Ways
from monitor.model.reading import Page, Trouble, TroubleKind, Unchanged, Validators
from monitor.model.register import Access, Network, WeakTls

OPEN = Access()  # of a site of which nothing special is known
_NOTHING = httpx.ByteStream(b"")
_LOOKUP_SHARE = 0.5  # of the time to open


@lru_cache(64)
def _pace(at_once: int, spacing: float, per_day: int) -> Pace:
    return Pace(at_once=at_once, spacing=spacing, per_day=per_day)


class Fetcher:
    """An asynchronous context manager; one for a batch of columns. It belongs to one event loop.

    `allowed` are the networks outside the public Internet that every site may use. `turns` keep the pace at each host,
    within this process unless others are given; `robots` are obeyed where they are given; `ways` know proxies and
    secrets. `resolve` and `tls` are there for tests. Cookies are not kept.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        allowed: tuple[Network, ...] = (),
        limits: Limits | None = None,
        resolve: Resolve | None = None,
        tls: ssl.SSLContext | None = None,
        turns: Turns | None = None,
        robots: Robots | None = None,
        ways: Ways | None = None,
    ) -> None:
        if not (user_agent.isascii() and user_agent.isprintable()):
            raise ValueError(f"a User-Agent is plain ASCII text, not {user_agent!r}")
        self._greeting = lru_cache(512)(lambda origin: asking(user_agent, parse(f"{origin}/")))
        self._allowed = allowed
        self._limits = limits or Limits()
        self._turns = turns or turns_of(None)
        self._robots = robots
        self._ways = ways or Ways()
        self._lookups = Lookups()

        def connector(permitted: tuple[Network, ...], weak_tls: WeakTls | None) -> aiohttp.TCPConnector:
            return guarded(
                allowed=permitted,
                resolve=resolve or self._lookups,
                tls=weakened(weak_tls) if weak_tls else tls or trusted(),
                looking_up=self._limits.opening * _LOOKUP_SHARE,
            )

        self._lines = Lines(connector)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._robots:
            await self._robots.aclose()
        await self._lines.aclose()
        await self._turns.aclose()
        self._lookups.close()

    async def fetch(self, url: str, **manner: Unpack[Manner]) -> Page | Trouble:
        """Ask for a page, and follow its redirects.

        Nothing that the world does raises; being cancelled does, and so does NotYet: the host is not asked now.
        """
        came = await self._fetch(url, self._terms(url, **manner))
        assert not isinstance(came, Unchanged), "nothing else is said where nothing was asked on a condition"
        return came

    async def fetch_unless_same(
        self, url: str, known: Validators, **manner: Unpack[Manner]
    ) -> Page | Unchanged | Trouble:
        """The same on the condition that the page is not what it was; a 304 that contradicts itself is not believed."""
        return await self._fetch(url, self._terms(url, known, **manner))

    async def fetch_for_page(self, url: str, call: Call, **manner: Unpack[Manner]) -> Page | Trouble:
        """What a page asks for while a browser builds it, on the same terms as the page itself."""
        came = await self._fetch(url, self._terms(call.page, **manner)._replace(call=call))
        assert not isinstance(came, Unchanged)
        return came

    def _terms(
        self,
        url: str,
        known: Validators | None = None,
        *,
        allowed: tuple[Network, ...] = (),
        spacing: float = 1.0,
        weak_tls: WeakTls | None = None,
        access: Access = OPEN,
    ) -> Terms:
        return Terms(
            first=url,
            allowed=self._allowed + allowed,
            pace=_pace(access.at_once, spacing, access.per_day),
            access=access,
            weak_tls=weak_tls,
            robots=None if access.authority else self._robots,
            known=known,
        )

    async def _fetch(self, url: str, terms: Terms) -> Page | Unchanged | Trouble:
        try:
            return await self._follow(url, terms)
        except Failed as failed:
            return failed.trouble

    async def _follow(self, url: str, terms: Terms) -> Page | Unchanged | Trouble:
        left = self._limits.whole
        at, visited = url, [url]
        while True:
            if reason := check_url(at) or terms.astray(at):
                raise Failed(TroubleKind.REFUSED_ADDRESS, f"{reason}: {at}")
            answer, took = await self._visit(at, await self._permitted(at, terms), left)
            left -= took
            following = redirect_of(answer, at)
            if following is None and answer.status == NOT_MODIFIED and terms.known and terms.known.url == at:
                if not contradicted(terms.known, answer.headers):
                    return Unchanged(url=url, validators=terms.known)
                terms = terms._replace(known=None)  # it is asked for once more, on no condition
                continue
            if following is None:
                return meaning_of(answer, visited)
            at, call = following, terms.call and terms.call.redirected(answer.status)
            terms = terms._replace(call=call)
            if at in visited:
                raise Failed(TroubleKind.CLIENT_ERROR, f"the redirects go in a circle, over {at}")
            visited.append(at)
            if len(visited) > self._limits.redirects + 1:
                raise Failed(
                    TroubleKind.CLIENT_ERROR, f"more than {self._limits.redirects} redirects, the last to {at}"
                )

    async def _permitted(self, url: str, terms: Terms) -> Terms:
        """The terms on which robots.txt lets us ask for this address. Raises Failed where it does not."""
        if terms.robots is None:
            return terms

        async def ask(address: str) -> Page | Trouble:
            came = await self._fetch(address, terms._replace(robots=None, known=None, call=None))
            assert not isinstance(came, Unchanged)
            return came

        permit = await terms.robots.permit(url, ask)
        if isinstance(permit, Trouble):
            raise Failed(permit.kind, permit.detail)
        if not permit.allowed:
            raise Failed(TroubleKind.ROBOTS, f"robots.txt does not let us ask for {url}")
        if permit.spacing <= terms.pace.spacing:
            return terms
        return terms._replace(pace=replace(terms.pace, spacing=permit.spacing))

    async def _visit(self, url: str, terms: Terms, left: float) -> tuple[Answer, float]:
        """Ask when our turn has come, and how many seconds the host then took."""
        loop = asyncio.get_running_loop()
        origin, pace = cut(url)[0], terms.pace
        way = self._way(url, terms)
        request = self._request(url, terms)
        async with (
            self._lines.to(origin.text, terms.allowed, terms.weak_at(url), way) as line,
            self._turns.at(origin.host, pace) as turn,
        ):
            request.extensions["sent"] = lambda: self._turns.left(origin.host, turn, pace)
            began = loop.time()
            try:
                answer = await ask(line, request, self._limits, left)
            except Failed as failed:
                turn.went(failed.trouble)
                raise
            turn.went(trouble_of(answer.status, answer.headers, answer.body) if answer.status >= 400 else None)
            turn.rest = retry_after(answer.status, answer.headers)
            return answer, loop.time() - began

    def _way(self, url: str, terms: Terms) -> Way | None:
        """The way out. A proxy resolves names itself, so that only the spelling can be judged here. Raises Failed."""
        way = self._ways.out(url, terms.access)
        if way is not None and (reason := unresolved_refusal(url, terms.allowed)):
            raise Failed(TroubleKind.REFUSED_ADDRESS, reason)
        return way

    def _request(self, url: str, terms: Terms) -> httpx.Request:
        """What this host is sent. Raises Failed where a secret is missing."""
        origin, target = cut(url)
        headers, call = self._greeting(origin.text), terms.call
        if terms.access.headers and terms.confides_in(url):
            headers = headers.copy()
            headers.update(self._ways.headers(terms.access))
        if call is not None:
            request = httpx.Request(call.method, parse(url), headers=headers, content=call.body or None)
            request.headers.update(call.headers)
            return request
        extensions = {"target": target.encode("ascii")}
        request = httpx.Request("GET", origin.url, headers=headers, stream=_NOTHING, extensions=extensions)
        if terms.known and terms.known.url == url:
            for name, value in conditions(terms.known):
                request.headers[name] = value
        return request
