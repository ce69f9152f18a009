"""How a site is asked: headers, proxies and secrets, and every mistake that can be made in writing them."""

from pathlib import Path

import pytest

from config.load import load
from monitor.model.register import Header, Proxy, Rendering
from tests.rules.broken_folders import SITE, problems_of

ONE_LINE = "write it on one line, in plain ASCII letters"
NO_PROXY = "write scheme, host and port, such as http://proxy.example.com:3128"
OURS = "remove it: it belongs to the connection, or says who asks"
SECRET_HERE = "write secret: NAME, and set LANMU_SECRET_NAME or LANMU_SECRET_NAME_FILE in the environment"


@pytest.mark.parametrize(
    ("what", "lines", "fault", "mend"),
    [
        ("a header of the connection", "headers: [{name: Host, value: x}]", '1:18: the header "Host"', OURS),
        ("one of the proxy's", "headers: [{name: Proxy-X, value: x}]", '1:18: the header "Proxy-X"', OURS),
        ("one that asks for a part", "headers: [{name: range, value: bytes=0-9}]", '1:18: the header "range"', OURS),
        ("our own name", "headers: [{name: User-Agent, value: x}]", '1:18: the header "User-Agent"', OURS),
        (
            "no header at all",
            "headers: [{name: 'X: y', value: x}]",
            '1:18: "X: y" is no header',
            "write its name alone, such as X-Visitor",
        ),
        (
            "a second header in it",
            'headers: [{name: X, value: "a\\r\\nY: b"}]',
            "1:28: the value cannot",
            ONE_LINE,
        ),
        ("a value that is no ASCII", "headers: [{name: X, value: 局}]", "1:28: the value cannot", ONE_LINE),
        (
            "neither value nor secret",
            "headers: [{name: X}]",
            "1:11: a header has either a value or a secret",
            "write one of “value: …” and “secret: NAME”",
        ),
        (
            "both",
            "headers: [{name: X, value: a, secret: B}]",
            "1:11: a header has either a value or a secret",
            "write one of “value: …” and “secret: NAME”",
        ),
        (
            "a token in the file",
            "headers: [{name: X-Auth-Token, value: hunter2}]",
            "1:11: the header X-Auth-Token holds a secret, and none stands in this folder",
            SECRET_HERE,
        ),
        (
            "a secret that nobody has set",
            "headers: [{name: X, secret: BUREAU}]",
            "1:29: the secret BUREAU is not there",
            "set LANMU_SECRET_BUREAU or LANMU_SECRET_BUREAU_FILE in the environment",
        ),
        (
            "a secret of two lines",
            "headers: [{name: X, secret: TWO_LINES}]",
            "1:29: the secret TWO_LINES cannot stand in a header",
            ONE_LINE,
        ),
        (
            "the name of a whole variable",
            "headers: [{name: X, secret: lanmu.smtp}]",
            '1:29: "lanmu.smtp" is not the name of a secret',
            "write capital letters, digits and _, such as BUREAU for LANMU_SECRET_BUREAU",
        ),
        (
            "one header twice",
            "headers: [{name: X, value: a}, {name: x, value: b}]",
            "1:1: two headers have one name",
            "remove one of them",
        ),
        ("a proxy without port", "proxy: {url: 'http://proxy.test'}", '1:14: "http://proxy.test" is no', NO_PROXY),
        ("a proxy of another kind", "proxy: {url: 'socks5://p.test:1'}", '1:14: "socks5://p.test:1" is no', NO_PROXY),
        ("a proxy with a path", "proxy: {url: 'http://p.test:1/a'}", '1:14: "http://p.test:1/a" is no', NO_PROXY),
        ("a proxy that is no address", "proxy: {url: 'http://[p:1'}", '1:14: "http://[p:1" is no', NO_PROXY),
        (
            "a password in the address",
            "proxy: {url: 'http://me:hunter2@p.test:1'}",
            "1:14: the address holds a user name",
            "remove it, and name the secret “user:password” with login: NAME",
        ),
        (
            "a login without a password",
            "proxy: {url: 'http://p.test:1', login: ONE}",
            "1:40: the secret ONE is no login",
            "write it as user:password",
        ),
        (
            "weak TLS that would weaken the proxy's",
            "proxy: {url: 'https://p.test:1'}\nweak_tls: {reason: old, old_protocols: true}",
            "1:1: weak_tls would weaken the connection to the proxy too",
            "write the proxy with http://, or remove weak_tls",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(what: str, lines: str, fault: str, mend: str, tmp_path: Path) -> None:
    secrets = {"LANMU_SECRET_ONE": "x", "LANMU_SECRET_TWO_LINES": "a\r\nB: c"}
    [told] = problems_of(tmp_path, site=f"{lines}\n{SITE}", **secrets)
    assert told.startswith(f"sites/a.yaml:{fault}"), what
    assert told.endswith(f"; {mend}"), what
    assert "hunter2" not in told


def test_what_is_written_is_what_the_site_is_asked_with(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("abc\n", encoding="utf-8")
    written = (
        "headers:\n  - {name: X-Visitor, value: lanmu}\n  - {name: Authorization, secret: TOKEN}\n"
        "proxy: {url: 'http://10.0.0.8:3128/', login: WAY}\n"
    )
    environ = {"LANMU_SECRET_TOKEN_FILE": str(tmp_path / "token"), "LANMU_SECRET_WAY": "me:pass"}
    assert problems_of(tmp_path, site=written + SITE, **environ) == []
    access = load(tmp_path, environ).sites[0].access
    assert access.headers == (
        Header(name="X-Visitor", value="lanmu"),
        Header(name="Authorization", secret="TOKEN"),
    )
    assert access.proxy == Proxy(url="http://10.0.0.8:3128", login="WAY")


def test_a_site_file_can_name_no_other_variable_of_the_environment(tmp_path: Path) -> None:
    written = "headers: [{name: X, secret: LANMU_SMTP_PASSWORD}]\n" + SITE
    [told] = problems_of(tmp_path, site=written, LANMU_SMTP_PASSWORD="x")
    assert "set LANMU_SECRET_LANMU_SMTP_PASSWORD or" in told


def test_a_column_is_rendered_only_where_it_is_marked(tmp_path: Path) -> None:
    marked = (
        SITE + "    render: browser\n    render_hosts: [api.example.com]\n    render_without: [stats.example.com]\n"
    )
    assert problems_of(tmp_path, site=marked) == []
    rendering = Rendering(hosts=("api.example.com",), without=("stats.example.com",))
    assert [c.render for c in load(tmp_path, {}).sites[0].columns] == [None, rendering]
    [told] = problems_of(tmp_path, site=SITE + "    render_hosts: [api.example.com]\n")
    assert told.endswith("nothing is rendered here; add render: browser, or remove render_hosts")
    [told] = problems_of(tmp_path, site=SITE + "    render_without: [stats.example.com]\n")
    assert told.endswith("nothing is rendered here; add render: browser, or remove render_without")


def test_the_proxies_of_the_environment_are_used_only_when_asked_for(tmp_path: Path) -> None:
    assert problems_of(tmp_path) == []
    assert not load(tmp_path, {}).settings.network.environment_proxies
    assert problems_of(tmp_path, settings="network: {environment_proxies: true}\n") == []
    assert load(tmp_path, {}).settings.network.environment_proxies
