"""The wall: which spellings of an address are asked for at all, and which host each of them names."""

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.edge import guard
from monitor.edge.guard import check_url
from monitor.edge.origins import cut, host_of

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


_LABELS = st.lists(st.text("a9-x0f", min_size=1, max_size=5), min_size=1, max_size=4).map(".".join)
_IN_FIGURES = st.lists(st.integers(0, 300).map(str), min_size=4, max_size=4).map(".".join)
_ENDS = st.text("aZ0/._~=&,+-?", max_size=12) | st.sampled_from(["%E6%96%B0.html", "b?c=%2F", "b/?c?d"])


@given(st.sampled_from(["http", "https"]), _LABELS | _IN_FIGURES, st.integers(0, 70_000) | st.none(), _ENDS)
@example("http", "www.example.com", 443, "index.html")
@example("https", "0x7f.a", 443, "")
@example("http", "127.0.0.1", 80, "a//b")
@settings(max_examples=400, deadline=None)
def test_an_address_that_is_only_cut_is_judged_and_read_as_it_would_be_at_length(
    scheme: str, host: str, port: int | None, end: str
) -> None:
    url = f"{scheme}://{host}{'' if port is None else f':{port}'}/{end}"
    assert check_url(url) == guard._check_at_length(url)
    if check_url(url) is None:
        whole = httpx.URL(url)
        origin, target = cut(url)
        assert (origin.url.scheme, origin.url.netloc, origin.url.raw_path) == (whole.scheme, whole.netloc, b"/")
        assert target == whole.raw_path.decode()
        port = whole.port or (443 if whole.scheme == "https" else 80)
        assert host_of(url) == f"{whole.raw_host.decode()}:{port}"


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("http://example.com", "/"),
        ("http://example.com?a=1#b", "/?a=1"),
        ("http://example.com/a/../b//c", "/b//c"),
        ("http://example.com/a b/\u65b0.html", "/a%20b/%E6%96%B0.html"),
        ("http://例子.cn:8080/a", "/a"),
    ],
)
def test_what_is_asked_of_an_origin_is_encoded_and_has_no_fragment(url: str, target: str) -> None:
    origin, asked = cut(url)
    assert (str(origin.url), asked) == (str(httpx.URL(url).copy_with(raw_path=b"/", fragment=None)), target)


def test_an_address_made_to_be_slow_is_judged_at_once() -> None:
    assert check_url("http://" + "a-" * 60 + "." * 3_000) is not None
    assert check_url("http://example.com/" + "a%2/" * 1_900) is None
