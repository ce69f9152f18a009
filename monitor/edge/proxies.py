"""How the HTTP client goes through a proxy, and what the failures of one mean: our own network's, not the site's."""

from typing import Any

import aiohttp
import httpx
from yarl import URL

from monitor.edge.answers import Failed
from monitor.edge.connect import Refused
from monitor.edge.ways import Way
from monitor.model.reading import TroubleKind

_LOGIN_WANTED = 407


def asked_through(way: Way | None, request: httpx.Request) -> dict[str, Any]:
    """The headers of a request and what it says of its way. A tunnel's login is the proxy's alone to see."""
    headers = request.headers.multi_items()
    if way is None:
        return {"headers": headers}
    login: dict[str, str] = {}
    if way.login:
        user, _, password = way.login.partition(":")
        login = {"Proxy-Authorization": aiohttp.encode_basic_auth(user, password)}
    if request.url.scheme == "https":
        return {"headers": headers, "proxy": URL(way.proxy), "proxy_headers": login}
    return {"headers": [*headers, *login.items()], "proxy": URL(way.proxy)}


async def failing(request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Tell the proxy's failures from those of the site behind it."""
    try:
        answer = await send(request)
    except Failed as failed:  # about the name that was resolved: the proxy's own
        if failed.trouble.kind is TroubleKind.DNS:
            raise Failed(TroubleKind.OFFLINE, f"the proxy: {failed.trouble.detail}") from failed
        raise
    except aiohttp.ClientProxyConnectionError as error:
        raise _not_connected(error) from error
    except aiohttp.ClientHttpProxyError as error:
        raise _refused(error.status) from error
    if answer.status == _LOGIN_WANTED and _is_the_proxys(request, answer):
        answer.close()
        raise _refused(answer.status)
    return answer


def _is_the_proxys(request: aiohttp.ClientRequest, answer: aiohttp.ClientResponse) -> bool:
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
