"""The wall: which addresses may be connected to, and which networks an admin may open."""

from ipaddress import ip_address

import pytest

from monitor.edge.guard import networks, refusal

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


@pytest.mark.parametrize("text", ["", " ", " , "])
def test_no_networks_are_written_as_nothing(text: str) -> None:
    assert networks(text) == ()


@pytest.mark.parametrize("text", ["10.0.0.0/33", "10.0.0.1/8", "intranet", "10.0.0.0/8;127.0.0.0/8", "10.0.0.0-9"])
def test_a_wrong_network_is_named_in_the_error(text: str) -> None:
    with pytest.raises(ValueError, match="is not a network such as") as caught:
        networks(f"127.0.0.0/8, {text}")
    assert text in str(caught.value)
