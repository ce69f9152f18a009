"""Fetches pages like a good citizen: bounded, guarded, each host at its pace. What happens is a Page or a Trouble."""

import asyncio
import ssl
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self, Unpack

import httpx

from monitor.edge.answers import (
    CHALLENGES_SOUGHT_IN,
    MAYBE_CHALLENGE,
    NOT_MODIFIED,
    Answer,
    Failed,
    meaning_of,
    redirect_of,
    retry_after,
    trouble_of,
)
from monitor.edge.connect import Lookups, Resolve
from monitor.edge.guard import check_url, cut, host_of, parse, unresolved_refusal
from monitor.edge.ledgers import turns_of
from monitor.edge.robots import Robots
from monitor.edge.terms import Call, Manner, Terms, asking
from monitor.edge.tls import trusted, weakened
from monitor.edge.transport import GuardedTransport, Lines, Sent
from monitor.edge.turns import Pace, Turns
from monitor.edge.unpack import Unpacker
from monitor.edge.validators import conditions, contradicted
from monitor.edge.ways import Way, Ways
from monitor.model.reading import Page, Trouble, TroubleKind, Unchanged, Validators
from monitor.model.register import Access, Network, WeakTls

OPEN = Access()  # of a site of which nothing special is known
_NOTHING = httpx.ByteStream(b"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is borne of a server. Times in seconds, sizes in bytes.

    `opening` is the time until the answer begins: the notice calls a site that does not open within 15 s not
    reachable. `whole` covers everything, redirects included, but not the waiting for our own turn.
    """

    opening: float = 15.0
    whole: float = 60.0
    body: int = 5 * 1024 * 1024  # unpacked
    redirects: int = 5


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
        self._headers = asking(user_agent)
        self._allowed = allowed
        self._limits = limits or Limits()
        self._turns = turns or turns_of(None)
        self._robots = robots
        self._ways = ways or Ways()
        self._lookups = Lookups()

        def line(permitted: tuple[Network, ...], weak_tls: WeakTls | None, way: Way | None) -> GuardedTransport:
            return GuardedTransport(
                allowed=permitted,
                resolve=resolve or self._lookups,
                tls=weakened(weak_tls) if weak_tls else tls or trusted(),
                opening=self._limits.opening,
                way=way,
            )

        self._lines = Lines(line)

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
        came = await self._fetch(url, replace(self._terms(call.page, **manner), call=call))
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
            pace=Pace(at_once=access.at_once, spacing=spacing, per_day=access.per_day),
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
                terms = replace(terms, known=None)  # it is asked for once more, on no condition
                continue
            if following is None:
                return meaning_of(answer, visited)
            at, call = following, terms.call and terms.call.redirected(answer.status)
            terms = replace(terms, call=call)
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
            came = await self._fetch(address, replace(terms, robots=None, known=None, call=None))
            assert not isinstance(came, Unchanged)
            return came

        permit = await terms.robots.permit(url, ask)
        if isinstance(permit, Trouble):
            raise Failed(permit.kind, permit.detail)
        if not permit.allowed:
            raise Failed(TroubleKind.ROBOTS, f"robots.txt does not let us ask for {url}")
        if permit.spacing <= terms.pace.spacing:
            return terms
        return replace(terms, pace=replace(terms.pace, spacing=permit.spacing))

    async def _visit(self, url: str, terms: Terms, left: float) -> tuple[Answer, float]:
        """Ask when our turn has come, and how many seconds the host then took."""
        loop = asyncio.get_running_loop()
        host, pace = host_of(url), terms.pace
        way = self._way(url, terms)
        request = self._request(url, terms)
        async with (
            self._lines.to(host, terms.allowed, terms.weak_at(url), way) as line,
            self._turns.at(host, pace) as turn,
        ):
            began = loop.time()
            try:
                answer = await self._ask(line, request, left, lambda: self._turns.left(host, turn, pace))
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
        headers = self._headers.copy()
        if terms.access.headers and terms.confides_in(url):
            headers.update(self._ways.headers(terms.access))
        if terms.known and terms.known.url == url:
            headers = httpx.Headers([*headers.raw, *conditions(terms.known)], encoding="ascii")
        if terms.call is None:
            origin, target = cut(url)
            extensions = {"target": target.encode("ascii")}
            return httpx.Request("GET", origin, headers=headers, stream=_NOTHING, extensions=extensions)
        headers.update(terms.call.headers)
        return httpx.Request(terms.call.method, parse(url), headers=headers, content=terms.call.body or None)

    async def _ask(self, line: GuardedTransport, request: httpx.Request, left: float, sent: Sent) -> Answer:
        """One request and its answer, within the seconds that are left."""
        request.extensions["sent"] = sent
        until = asyncio.get_running_loop().time() + left
        opening = min(self._limits.opening, left)
        try:
            async with asyncio.timeout(opening) as deadline:
                response = await line.handle_async_request(request)
                deadline.reschedule(until)
                try:
                    return await self._take(response)
                finally:
                    await response.aclose()
        except TimeoutError as error:
            if deadline.when() == until or opening == left:
                said = f"not finished within {self._limits.whole:g} s"
            else:
                said = f"no answer within {opening:g} s"
            raise Failed(TroubleKind.TIMEOUT, said) from error

    async def _take(self, response: httpx.Response) -> Answer:
        """Read a body where one matters."""
        status, headers = response.status_code, response.headers
        if 200 <= status < 300:
            body = await self._body(response)
        elif status in MAYBE_CHALLENGE:
            body = await self._error_page(response)
        else:
            body = b""
        return Answer(status=status, headers=headers, body=body)

    async def _body(self, response: httpx.Response) -> bytes:
        announced = response.headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > self._limits.body:
            raise Failed(TroubleKind.TOO_LARGE, f"the body is announced with {announced} bytes")
        unpacker = _unpacker(response, self._limits.body)
        async for part in response.aiter_raw():
            unpacker.feed(part)
        return unpacker.body()

    async def _error_page(self, response: httpx.Response) -> bytes:
        """As much of an error page as comes: its status is the trouble, whatever else is wrong with it."""
        try:
            unpacker = _unpacker(response, CHALLENGES_SOUGHT_IN)
        except Failed:
            return b""
        try:
            async with asyncio.timeout(self._limits.opening):
                async for part in response.aiter_raw():
                    unpacker.feed(part)
        except (Failed, TimeoutError):
            pass
        return unpacker.so_far()


def _unpacker(response: httpx.Response, limit: int) -> Unpacker:
    return Unpacker(response.headers.get("content-encoding", ""), limit)
