"""Says which addresses may be asked for: the public Internet, and what an admin has allowed.

`check_url` judges the spelling of an address, `refusal` the IP address that is about to be connected to. The second is
the wall; the first only makes sure that no two programs can read one address in two ways.
"""

import re
import unicodedata
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import httpx

from monitor.edge.origins import check_port, parse, plain
from monitor.model.register import Network

Address = IPv4Address | IPv6Address

# The registries of IANA for special-purpose addresses (RFC 6890 and later). Written out, because what the standard
# library calls global differs between the Python versions that we run on.
_NOT_PUBLIC_4 = tuple(
    (IPv4Network(network), what)
    for network, what in (
        ("0.0.0.0/8", "an address of this host"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "an address inside a provider's network (CGNAT)"),
        ("127.0.0.0/8", "a loopback address"),
        ("168.63.129.16/32", "the service address of a cloud"),  # Azure's; the others are link-local or CGNAT
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "a reserved address"),
        ("192.0.2.0/24", "a documentation address"),
        ("192.88.99.0/24", "a reserved address"),
        ("192.168.0.0/16", "a private address"),
        ("198.18.0.0/15", "a benchmarking address"),
        ("198.51.100.0/24", "a documentation address"),
        ("203.0.113.0/24", "a documentation address"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
    )
)
_NOT_PUBLIC_6 = tuple(
    (IPv6Network(network), what)
    for network, what in (
        ("::/128", "the unspecified address"),
        ("::1/128", "a loopback address"),
        ("fc00::/7", "a private address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a private address"),
        ("ff00::/8", "a multicast address"),
        ("2001:db8::/32", "a documentation address"),
        ("3fff::/20", "a documentation address"),
    )
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_TEREDO = IPv6Network("2001::/32")
_PROTOCOLS = IPv6Network("2001::/23")
_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)

_LONGEST = 8_000
_SHAPE = re.compile(r"(?P<scheme>[^:/?#]*):(?P<slashes>//)?(?P<authority>[^/?#]*)")
_AUTHORITY = re.compile(r"(?P<host>\[[^\[\]]*\]|[^:\[\]]*)(?::(?P<port>[0-9]{0,5}))?", re.ASCII)
_NAME = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*"
)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_OTHER_DOTS = frozenset("\u3002\uff0e\uff61")  # IDNA takes these for a dot


def networks(text: str) -> tuple[Network, ...]:
    """Read a comma-separated list of networks in CIDR form. Raises ValueError with words for the admin."""
    return tuple(_network(part.strip()) for part in text.split(",") if part.strip())


def _network(text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is not a network such as 10.1.0.0/16 or fd00:1::/32: {error}") from None


def refusal(address: Address, allowed: tuple[Network, ...]) -> str | None:
    """Why an address may not be connected to, or None when it may.

    An address that carries another (mapped, 6to4, Teredo, NAT64, ISATAP) is no better than the one it carries.
    """
    if any(address in network for network in allowed):
        return None
    if isinstance(address, IPv4Address):
        return next((f"{address} is {what}" for network, what in _NOT_PUBLIC_4 if address in network), None)
    carried = (refusal(inner, allowed) for inner in _carried(address))
    if reason := next(filter(None, carried), None):
        return f"{address} carries an IPv4 address: {reason}"
    return _refusal_of_ipv6(address)


def _refusal_of_ipv6(address: IPv6Address) -> str | None:
    if address.ipv4_mapped or address in _NAT64:
        return None  # the address that it carries has been judged, and nothing else is there
    for network, what in _NOT_PUBLIC_6:
        if address in network:
            return f"{address} is {what}"
    if address not in _GLOBAL_UNICAST or (address in _PROTOCOLS and address not in _TEREDO):
        return f"{address} is a reserved address"
    return None


def _carried(address: IPv6Address) -> tuple[IPv4Address, ...]:
    low = int(address) & 0xFFFF_FFFF
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address.sixtofour:
        return (address.sixtofour,)
    if address.teredo:
        return address.teredo
    if address in _NAT64 or (int(address) >> 32) & 0xFFFF_FFFF in _ISATAP:
        return (IPv4Address(low),)
    return ()


def check_url(url: str) -> str | None:
    """Why an address may not be asked for, from its spelling alone, or None when it may.

    It does not say that the address is public: that is known when its name is resolved (`refusal`).
    """
    if len(url) > _LONGEST:
        return f"the address is longer than {_LONGEST} characters"
    known = plain(url)
    return known[0].refused if known else _check_at_length(url)


def _check_at_length(url: str) -> str | None:
    if url != url.strip() or _holds_controls(url):
        return "the address holds control characters, or blanks around it"
    shape = _SHAPE.match(url)
    if shape is None or shape["scheme"].lower() not in ("http", "https"):
        return "only http and https addresses are asked for"
    if not shape["slashes"] or not shape["authority"]:
        return "the address names no host"
    return _check_authority(shape["authority"]) or _check_whole(url)


def _holds_controls(url: str) -> bool:
    if url.isascii() and url.isprintable():
        return False  # nearly all of them: asking for each character's category takes longer than all the rest
    return any(unicodedata.category(character) in ("Cc", "Cs") for character in url)


def _check_authority(authority: str) -> str | None:
    if "@" in authority:
        return "the address holds a user name"
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None:
        return "the host or the port is not written as one"
    return check_port(parts["port"]) or _check_host(parts["host"])


def _check_host(host: str) -> str | None:
    if not host:
        return "the address names no host"
    if host.startswith("["):
        return _check_ipv6(host[1:-1])
    if unicodedata.normalize("NFKC", host) != host or not _OTHER_DOTS.isdisjoint(host):
        return "the host is written with look-alike characters"
    if host.endswith("."):
        return "the host ends with a dot"
    return None


def _check_ipv6(text: str) -> str | None:
    try:
        address = IPv6Address(text)
    except ValueError:
        return "the host is not an IPv6 address"
    if address.scope_id is not None:
        return "the host names a network interface"
    if _carried(address):
        return "the host is an IPv4 address in an IPv6 spelling"
    return None


def _check_whole(url: str) -> str | None:
    """Judge the address as the HTTP client reads it: encoded, and in lower case."""
    try:
        parsed = parse(url)
        host = parsed.raw_host.decode("ascii") if parsed.host else ""  # `host` decodes xn-- labels, and may fail at it
    except (httpx.InvalidURL, ValueError):
        return "this is not an address"
    if ":" in host:
        return None
    if _NAME.fullmatch(host) is None:
        return "the host is not a name"
    if _NUMBER.fullmatch(host.rpartition(".")[2]) and not _is_plain_ipv4(host):
        return "the host is an IP address in an odd spelling"
    return None


def _is_plain_ipv4(host: str) -> bool:
    try:
        return str(IPv4Address(host)) == host
    except ValueError:
        return False


def unresolved_refusal(url: str, allowed: tuple[Network, ...]) -> str | None:
    """Why a proxy, which resolves names itself, may not be asked for an address that `check_url` has let pass.

    Where a name leads is then the proxy's to judge; figures, and names of the proxy's own machine, are ours to judge.
    """
    host = parse(url).raw_host.decode("ascii")
    try:
        return refusal(ip_address(host), allowed)
    except ValueError:
        own = host == "localhost" or host.endswith(".localhost")
        return f"{host} is a name of the proxy's own machine" if own else None
