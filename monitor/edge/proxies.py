"""How the HTTP client goes through a proxy, and what the failures of one mean: our own network's, not the site's."""

from collections.abc import Iterator, Sequence

import aiohttp
import httpx
from yarl import URL

from monitor.edge.answers import Failed
from monitor.edge.connect import Refused
from monitor.edge.ways import Way
from monitor.model.reading import TroubleKind

_LOGIN_WANTED = 407


def door(way: Way | None, request: httpx.Request) -> aiohttp.ClientRequest:
    """What the connector is told of the connections to an origin. A tunnel's login is the proxy's alone to see."""
    at = URL(str(request.url), encoded=True)
    if way is None:
        return aiohttp.ClientRequest("GET", at)
    return aiohttp.ClientRequest("GET", at, proxy=URL(way.proxy), proxy_headers=dict(_login(way)))


def asked_through(way: Way | None, request: httpx.Request) -> tuple[bytes, Sequence[tuple[bytes, bytes]]]:
    """The target of a request, and what its headers say of its way: a proxy without a tunnel is told the origin too."""
    target = request.extensions.get("target") or request.url.raw_path
    if way is None or request.url.scheme == "https":
        return target, ()
    return b"http://%b%b" % (request.url.netloc, target), [(n.encode(), v.encode()) for n, v in _login(way)]


def _login(way: Way) -> Iterator[tuple[str, str]]:
    if way.login:
        user, _, password = way.login.partition(":")
        yield "Proxy-Authorization", aiohttp.encode_basic_auth(user, password)


def failure(failed: Failed) -> Failed:
    """Of the proxy's own name, which is the one that was resolved."""
    if failed.trouble.kind is TroubleKind.DNS:
        return Failed(TroubleKind.OFFLINE, f"the proxy: {failed.trouble.detail}")
    return failed


def failure_of(error: Exception) -> Failed | None:
    """The proxy's own failure; None for one of the site behind it."""
    match error:
        case aiohttp.ClientProxyConnectionError():
            return _not_connected(error)
        case aiohttp.ClientHttpProxyError():
            return _refused(error.status)
        case _:
            return None


def refusal(request: httpx.Request, answer: httpx.Response) -> Failed | None:
    """Whether the proxy wants another login."""
    asks = answer.status_code == _LOGIN_WANTED and _is_the_proxys(request, answer)
    return _refused(answer.status_code) if asks else None


def _is_the_proxys(request: httpx.Request, answer: httpx.Response) -> bool:
    """Whether a 407 is the proxy's own. In a tunnel nobody but the site answers, and a proxy's refusal of the tunnel
    is no answer but an error. In plain http a proxy must say by what login it is to be asked (RFC 9110, 15.5.8).
    """
    return request.url.scheme == "http" and "Proxy-Authenticate" in answer.headers


def _not_connected(error: aiohttp.ClientProxyConnectionError) -> Failed:
    cause = error.os_error
    if isinstance(cause, Refused):
        return Failed(TroubleKind.REFUSED_ADDRESS, f"the proxy: {cause.strerror}; see allow_networks")
    return Failed(TroubleKind.OFFLINE, f"no connection to the proxy: {cause.strerror or cause}")


def _refused(status: int) -> Failed:
    """What a proxy says instead of the site. At 5xx it has tried: the site did not let itself be reached."""
    if status >= 500:
        return Failed(TroubleKind.CONNECT, f"the proxy could not reach the site: status {status}")
    return Failed(TroubleKind.OFFLINE, f"the proxy does not let us out: status {status}")
