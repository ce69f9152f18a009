"""The wall: which addresses may be connected to, and which spellings are asked for at all."""

import asyncio
import socket
from collections.abc import Sequence
from ipaddress import ip_address

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.edge.answers import Failed
from monitor.edge.connect import GuardedResolver, Refused, Sockets
from monitor.edge.guard import Address, check_url, host_of, networks, refusal
from monitor.edge.tls import trusted
from monitor.edge.transport import GuardedTransport
from monitor.model.reading import TroubleKind
from monitor.model.register import Network
from tests.edge.street import answer, house, says

REFUSED_ADDRESSES = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",  # a cloud's metadata
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",  # a cloud's wire server
    "169.254.169.254",  # most clouds' metadata
    "169.254.0.23",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.0.192",  # a cloud's metadata
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "192.168.255.255",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.7",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",  # IPv4-compatible
    "::8.8.8.8",
    "::ffff:127.0.0.1",  # IPv4-mapped
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",  # IPv4-translated
    "64:ff9b::127.0.0.1",  # NAT64
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",  # local NAT64
    "100::1",  # discard
    "2001::1",  # Teredo, server 0.0.0.0
    "2001:0:808:808:0:ffff:f5ff:fffe",  # Teredo, client 10.0.0.1
    "2001:2::1",  # benchmarking
    "2001:10::1",  # ORCHID
    "2001:20::1",
    "2001:db8::1",
    "3fff::1",
    "2002:7f00:1::1",  # 6to4 of 127.0.0.1
    "2002:a00:1::1",
    "2002:c0a8:101::1",
    "2408:8000::5efe:10.0.0.1",  # ISATAP
    "2408:8000::200:5efe:127.0.0.1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",  # a cloud's metadata
    "fdff::1",
    "fe80::1",
    "fe80::1%eth0",
    "febf::1",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "4000::1",
    "e000::1",
]

PUBLIC_ADDRESSES = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.1",
    "169.253.255.255",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2400:3200::1",
    "2408:8000::1",
    "2001:4860:4860::8888",
    "2a00::1",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "2002:808:808::1",
    "2001:0:808:808:0:ffff:f7f7:f7f7",  # Teredo, both ends 8.8.8.8
]


@pytest.mark.parametrize("text", REFUSED_ADDRESSES)
def test_an_address_outside_the_public_internet_is_refused(text: str) -> None:
    assert refusal(ip_address(text), ()) is not None


@pytest.mark.parametrize("text", PUBLIC_ADDRESSES)
def test_a_public_address_passes(text: str) -> None:
    assert refusal(ip_address(text), ()) is None


@pytest.mark.parametrize(
    ("text", "allowed", "passes"),
    [
        ("10.1.2.3", "10.1.0.0/16", True),
        ("10.2.2.3", "10.1.0.0/16", False),
        ("127.0.0.1", "10.0.0.0/8, 127.0.0.1", True),
        ("127.0.0.2", "10.0.0.0/8, 127.0.0.1", False),
        ("::ffff:10.1.2.3", "10.1.0.0/16", True),
        ("::ffff:10.2.2.3", "10.1.0.0/16", False),
        ("fd00:1::5", "fd00:1::/32", True),
        ("fd00:2::5", "fd00:1::/32", False),
        ("::1", "127.0.0.0/8", False),
        ("2002:a01:203::1", "10.1.0.0/16", True),
    ],
)
def test_an_allowed_network_opens_itself_alone(text: str, allowed: str, passes: bool) -> None:
    assert (refusal(ip_address(text), networks(allowed)) is None) is passes


def test_a_refusal_names_the_address_and_what_it_is() -> None:
    assert refusal(ip_address("10.0.0.1"), ()) == "10.0.0.1 is a private address"
    assert refusal(ip_address("::ffff:127.0.0.1"), ()) is not None
    assert "127.0.0.1 is a loopback address" in str(refusal(ip_address("2002:7f00:1::1"), ()))


REFUSED_SPELLINGS = [
    "",
    "example.com",
    "//example.com/",
    "/column/index.html",
    "file:///etc/passwd",
    "ftp://example.com/",
    "gopher://example.com:6379/_INFO",
    "javascript:alert(1)",
    "data:text/html,<p>",
    "dict://example.com/",
    "view-source:http://example.com/",
    "http:example.com",
    "http:/example.com",
    "http:\\\\127.0.0.1\\",
    "http://",
    "http:///path",
    "http://:80/",
    "http://?q",
    "http://user@example.com/",
    "http://user:pass@example.com/",
    "http://example.com@127.0.0.1/",
    "http://example.com:80@127.0.0.1/",
    "http://127.0.0.1\\@example.com/",
    "http://example.com\\.evil.example/",
    "http://@example.com/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0X7F.1/",
    "http://0x7f.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0177.0.0.1/",
    "http://127.0.0.01/",
    "http://127.0.0.0x1/",
    "http://0/",
    "http://1.2.3.4.5/",
    "http://256.1.1.1/",
    "http://example.1/",
    "http://127.0.0.1./",
    "http://example.com./",
    "http://a..b/",
    "http://.example.com/",
    "http://１２７.０.０.１/",
    "http://127。0。0。1/",
    "http://127．0．0．1/",
    "http://ⓔxample.com/",
    "http://①②⑦.0.0.1/",
    "http://%31%32%37.0.0.1/",
    "http://127.0.0.1%2f@example.com/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1%25eth0]/",
    "http://[fe80::1%eth0]/",
    "http://[::1/",
    "http://::1/",
    "http://[127.0.0.1]/",
    "http://[v1.x]/",
    "http://[::1]evil.example/",
    "http://example.com:0/",
    "http://example.com:65536/",
    "http://example.com:999999/",
    "http://example.com:-80/",
    "http://example.com:８０/",
    "http://example.com:80:80/",
    "http://example.com:http/",
    "http://exa mple.com/",
    "http://example.com/\r\nX-Evil: 1",
    "http://example.com/\n",
    "http://exam\tple.com/",
    "http://example.com/\x00",
    "http://example.com/\x7f",
    "http://example.com/\x85",
    " http://example.com/",
    "http://example.com/ ",
    "http://example.com/\ud800",
    "http://-example.com/",
    "http://xn--a.example/",  # no code points come of it
    "http://xn--/",
    "http://exam*ple.com/",
    "http://" + "a" * 64 + ".com/",
    "http://" + "a." * 130 + "com/",
    "http://example.com/" + "a" * 8_000,
    "http://example.com:22/",
    "http://example.com:25/",
    "http://example.com:6379/",
    "https://example.com:11211/",
]

PLAIN_SPELLINGS = [
    "http://example.com:81/",
    "http://example.com:7001/",
    "https://example.com:8443/",
    "http://example.com",
    "http://example.com/",
    "https://www.example.gov.cn:8443/col/col1229.html?a=1&b=2#top",
    "HTTP://EXAMPLE.COM/",
    "http://example.com:/",
    "http://example.com?x=http://127.0.0.1@y",
    "http://example.com/user@host/127.1",
    "http://intranet/",
    "http://a_b.example.com/",
    "http://xn--fiqs8s/",
    "http://政务.example.cn/栏目/index.html",
    "http://例子.测试/",
    "http://example.com/a b.html",
    "http://1.1.1.1/",
    "http://127.0.0.1:8080/",  # its spelling is plain; whether it may be connected to is another question
    "http://[2400:3200::1]:80/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://3com.example/",
    "http://0x7f.example/",
    "http://12345.gov.example/",
]


@pytest.mark.parametrize("url", REFUSED_SPELLINGS)
def test_an_odd_spelling_is_refused(url: str) -> None:
    assert check_url(url) is not None


@pytest.mark.parametrize("url", PLAIN_SPELLINGS)
def test_a_plain_spelling_passes(url: str) -> None:
    assert check_url(url) is None


@settings(derandomize=True, database=None, max_examples=300, deadline=None)
@given(
    st.sampled_from(PLAIN_SPELLINGS),
    st.lists(
        st.tuples(st.integers(0, 40), st.sampled_from("htps:/.@[]%#?&\\ 01279axn-_~。．栏\u200b\u202eİßK①")), max_size=4
    ),
)
def test_what_passes_can_be_asked_for_however_it_is_spelt(url: str, changes: list[tuple[int, str]]) -> None:
    for place, character in changes:
        url = url[:place] + character + url[place + 1 :]
    if check_url(url) is None:
        request = httpx.Request("GET", url)
        assert host_of(url).rpartition(":")[0].strip("[]") == request.url.raw_host.decode()


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://Example.COM/a", "example.com:80"),
        ("https://example.com", "example.com:443"),
        ("http://example.com:443/", "example.com:443"),
        ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
        ("http://[2400:3200::1]:81/", "[2400:3200::1]:81"),
        ("http://政务.example.cn/", "xn--zfr164b.example.cn:80"),
    ],
)
def test_the_unit_of_politeness_is_name_and_port(url: str, host: str) -> None:
    assert check_url(url) is None
    assert host_of(url) == host


@pytest.mark.parametrize(
    "url", ["http://政务_公开.example.cn/", "http://127.0.0.1888/", "http://[::1/", "http://example.cn:port/"]
)
def test_a_spelling_that_names_no_host_is_refused_and_has_no_unit(url: str) -> None:
    assert check_url(url) is not None
    assert host_of(url) == ""


@pytest.mark.parametrize("text", ["", " ", " , "])
def test_no_networks_are_written_as_nothing(text: str) -> None:
    assert networks(text) == ()


@pytest.mark.parametrize("text", ["10.0.0.0/33", "10.0.0.1/8", "intranet", "10.0.0.0/8;127.0.0.0/8", "10.0.0.0-9"])
def test_a_wrong_network_is_named_in_the_error(text: str) -> None:
    with pytest.raises(ValueError, match="is not a network such as") as caught:
        networks(f"127.0.0.0/8, {text}")
    assert text in str(caught.value)


class Rebinding:
    """A name server that gives another answer each time."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)

    async def __call__(self, host: str, port: int) -> Sequence[Address]:
        return [ip_address(text) for text in self.answers.pop(0)]


def offered(resolve: Rebinding, allowed: tuple[Network, ...] = ()) -> list[str] | TroubleKind:
    """The addresses that the client is told of for a name, or why it is told of none."""
    resolver = GuardedResolver(allowed=allowed, resolve=resolve, within=5)
    try:
        return [result["host"] for result in asyncio.run(resolver.resolve("rebind.example", 80))]
    except Failed as failed:
        return failed.trouble.kind


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (["127.0.0.1", "93.184.216.34"], ["93.184.216.34"]),
        (["93.184.216.34", "127.0.0.1"], ["93.184.216.34"]),
        (["127.0.0.1", "::1", "10.0.0.1"], TroubleKind.REFUSED_ADDRESS),
        (["::ffff:127.0.0.1"], TroubleKind.REFUSED_ADDRESS),
        (["2400::1", "1.1.1.1"], ["2400::1", "1.1.1.1"]),
        (["1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4", "1.1.1.5"], ["1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4"]),
        ([], TroubleKind.DNS),
    ],
)
def test_of_many_answers_only_the_public_ones_are_tried_in_order(
    answers: list[str], expected: list[str] | TroubleKind
) -> None:
    assert offered(Rebinding(answers)) == expected


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "169.254.169.254", "::ffff:10.0.0.1"])
def test_no_socket_is_made_to_a_refused_address_whoever_asks_for_it(address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with pytest.raises(Refused):
        Sockets(())((family, socket.SOCK_STREAM, 0, "", (address, 80)))


def transport(resolve: Rebinding, allowed: str) -> GuardedTransport:
    return GuardedTransport(allowed=networks(allowed), resolve=resolve, tls=trusted(), opening=5)


async def status_of(line: GuardedTransport, url: str) -> int | TroubleKind:
    try:
        answer = await line.handle_async_request(httpx.Request("GET", url))
    except Failed as failed:
        return failed.trouble.kind
    await answer.aclose()
    return answer.status_code


def test_a_name_that_turns_elsewhere_after_the_check_is_connected_to_where_it_was_checked() -> None:
    async def scene() -> None:
        names = Rebinding(["127.0.0.1"], ["127.0.0.2"])
        async with (
            house(says(answer(b"public"))) as public,
            house(says(answer(b"secret")), host="127.0.0.2", port=public.port) as inside,
        ):
            line = transport(names, "127.0.0.1")
            assert await status_of(line, f"http://rebind.example:{public.port}/") == 200
            assert len(names.answers) == 1, "the name was resolved once, the second answer is still there"
            assert await status_of(line, f"http://rebind.example:{public.port}/") is TroubleKind.REFUSED_ADDRESS
            await line.aclose()
            assert (public.connections, inside.connections) == (1, 0)

    asyncio.run(scene())


def test_of_two_addresses_the_one_where_nobody_listens_costs_nothing() -> None:
    async def scene() -> None:
        async with house(says(answer(b"page"))) as there:
            line = transport(Rebinding(["127.0.0.2", "127.0.0.1"]), "127.0.0.0/8")
            assert await status_of(line, f"http://two.example:{there.port}/") == 200
            await line.aclose()

    asyncio.run(scene())
