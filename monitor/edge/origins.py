"""Reads addresses: where one leads, and what is asked for there. Most are only cut; odd ones are read at length."""

import re
from dataclasses import dataclass
from functools import lru_cache

import httpx

# The ports that browsers refuse (Fetch standard, "port blocking"): other protocols live there, and an HTTP request that
# a page of the web chose can be read by them as a command.
_OF_OTHER_PROTOCOLS = frozenset(
    {
        *(0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104),
        *(109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526),
        *(530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049),
        *(3659, 4045),
        *(4190, 5060, 5061, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 11211),
    }
)
_USUAL_PORT = {"http": 80, "https": 443}
# How nearly all addresses are written: nothing in them that two programs, or the client's own reading, could take for
# something else, so that they need only be cut. What it does not take is judged at length.
_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_WRITTEN = r"[A-Za-z0-9._~=&,+-]++|%[0-9A-F]{2}"
_PLAIN_ORIGIN = re.compile(
    rf"(?P<scheme>https?)://(?=[^:]{{1,253}}(?::|\Z))(?!.*xn--)"
    rf"(?P<host>(?:{_LABEL}\.)+(?=[a-z]){_LABEL}|(?:{_OCTET}\.){{3}}{_OCTET})(?::(?P<port>[1-9][0-9]{{1,4}}))?"
)
_PLAIN_REST = re.compile(
    rf"(?P<origin>https?://[^/]++)(?P<target>(?:/(?!\.)(?:{_WRITTEN})*+)++(?:\?(?:{_WRITTEN}|/)*+)?)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a connection leads. `host` is `name:port`, the unit of politeness.

    `url` has the path "/", `text` has none. `refused` is why it may not be asked, from its spelling alone.
    """

    url: httpx.URL
    text: str
    host: str
    refused: str | None = None


@lru_cache(512)  # one request asks for it several times
def plain(url: str) -> tuple[Origin, str] | None:
    parts = _PLAIN_REST.fullmatch(url)
    origin = _plain_origin(parts["origin"]) if parts else None
    return (origin, parts["target"]) if parts and origin else None


@lru_cache(2_048)
def _plain_origin(text: str) -> Origin | None:
    parts = _PLAIN_ORIGIN.fullmatch(text)
    if parts is None:
        return None
    host = f"{parts['host']}:{parts['port'] or _USUAL_PORT[parts['scheme']]}"
    return Origin(url=httpx.URL(f"{text}/"), text=text, host=host, refused=check_port(parts["port"]))


@lru_cache(2_048)
def parse(url: str) -> httpx.URL:
    """The address as the client reads it; each request asks for it several times. Raises httpx.InvalidURL."""
    return httpx.URL(url)


def cut(url: str) -> tuple[Origin, str]:
    """The origin, and the path with the query, encoded, as the client reads them.

    A host's pages differ in the second alone: to read a new address whole takes a third of a request. Raises
    httpx.InvalidURL.
    """
    if known := plain(url):
        return known
    parsed = parse(url)
    return _origin(parsed.copy_with(raw_path=b"/", fragment=None)), parsed.raw_path.decode("ascii")


def _origin(url: httpx.URL) -> Origin:
    host, port = url.raw_host.decode("ascii"), url.port or _USUAL_PORT.get(url.scheme, 80)
    name = f"[{host}]" if ":" in host else host
    return Origin(url=url, text=str(url).removesuffix("/"), host=f"{name}:{port}")


def host_of(url: str) -> str:
    """`name:port`; empty for a spelling that names no host: `check_url` lets none such pass."""
    try:
        return cut(url)[0].host
    except httpx.InvalidURL:
        return ""


def check_port(port: str | None) -> str | None:
    if port and not 1 <= int(port) <= 65_535:
        return f"there is no port {port}"
    if port and int(port) in _OF_OTHER_PROTOCOLS:
        return f"port {port} belongs to another protocol"
    return None
