"""On what terms a host is asked: networks, pace, robots.txt; and what is granted to the asked host alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypedDict

import httpx

from monitor.edge.origins import host_of, parse
from monitor.edge.robots import Robots
from monitor.edge.turns import Pace
from monitor.edge.unpack import OFFERED
from monitor.model.reading import Validators
from monitor.model.register import Access, Network, WeakTls


class Manner(TypedDict, total=False):
    """How a site is asked.

    `allowed` are the networks that it may use besides. `spacing` is the least number of seconds between the starts of
    two requests to one host. `weak_tls` is what is borne of the asked host's HTTPS, and of no other's; it alone gets
    the headers of `access`, whose proxy is the way out to every host that a redirect leads to.
    """

    allowed: tuple[Network, ...]
    spacing: float
    weak_tls: WeakTls | None
    access: Access


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What the page at `page` asks for while a browser builds it.

    It may be led to the hosts that `within` takes, and no others. `data`: a script waits for the answer, and what it
    makes of one that is no data nobody can tell.
    """

    page: str
    within: Callable[[str], bool]
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    data: bool = False

    def redirected(self, status: int) -> "Call":
        """As browsers do: only 307 and 308 send a body on."""
        return self if status in (307, 308) else replace(self, method="GET", body=b"")


class Terms(NamedTuple):
    """`first` is the address that was asked for: other hosts that it leads to get neither leniency nor headers.

    A tuple, because each request makes one: a frozen dataclass of as many fields takes a twentieth of a request.
    """

    first: str
    allowed: tuple[Network, ...]
    pace: Pace
    access: Access
    weak_tls: WeakTls | None
    robots: Robots | None
    known: Validators | None = None  # of the page, where it was fetched before
    call: Call | None = None

    def astray(self, url: str) -> str | None:
        """Why a page's own call may not be led there."""
        if self.call is None or self.call.within(host_of(url).rpartition(":")[0]):
            return None
        return "the page asks another host, which render does not name"

    def weak_at(self, url: str) -> WeakTls | None:
        """What is borne of this host's HTTPS: a site may redirect from http to https, and to other ports."""
        return self.weak_tls if self.weak_tls and _name(url) == _name(self.first) else None

    def confides_in(self, url: str) -> bool:
        """Whether the site's own headers may be sent there: to the same origin, or to the same host by https."""
        first, at = parse(self.first), parse(url)
        if host_of(url) == host_of(self.first):
            return at.scheme == first.scheme
        usual = first.port is None and at.port is None
        return usual and _name(url) == _name(self.first) and (first.scheme, at.scheme) == ("http", "https")


def _name(url: str) -> str:
    """The name in `name:port`."""
    return host_of(url).rpartition(":")[0]


def asking(user_agent: str, origin: httpx.URL) -> httpx.Headers:
    """What every host is sent."""
    return httpx.Headers(
        {
            "Host": origin.netloc.decode("ascii"),
            "User-Agent": user_agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
            "Accept-Encoding": OFFERED,
        },
        encoding="ascii",
    )
