"""Old servers' HTTPS: borne where an admin has said so and why, for that site alone, and never a bad certificate."""

import ssl
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from cli.columns import print_columns
from monitor.edge.store import open_store
from monitor.model.reading import Trouble, TroubleKind
from monitor.model.register import WeakTls
from tests.edge import certificates, street
from tests.edge.fetching import HTML, fetcher, kind, page, play
from tests.edge.stores import NOW, begin, claim, register, site
from tests.edge.street import answer, house, redirect, says
from texts.catalogue import translations

NAME = "old.test"
NAMES = {NAME: ["127.0.0.1"], "other.test": ["127.0.0.1"]}
ROOT = certificates.authority().root.cert_pem.bytes().decode()
BELOW = certificates.authority().below_pem
OLD = WeakTls(reason="服务器将于年底更换", old_protocols=True, chain=ROOT)
CHAIN = WeakTls(reason="服务器未发送中间证书", chain=BELOW + ROOT)
ROOT_ALONE = WeakTls(reason="只有根证书", chain=ROOT)


@pytest.mark.parametrize(
    ("what", "server", "weak", "trouble"),
    [
        ("an old server, as ever", certificates.of_old, None, TroubleKind.TLS),
        ("an old server that is borne", certificates.of_old, OLD, None),
        ("an old server, where only a chain is borne", certificates.of_old, CHAIN, TroubleKind.TLS),
        ("an incomplete chain, as ever", certificates.incomplete, None, TroubleKind.CERTIFICATE),
        ("an incomplete chain that was completed", certificates.incomplete, CHAIN, None),
        ("an incomplete chain, with the root alone", certificates.incomplete, ROOT_ALONE, TroubleKind.CERTIFICATE),
        ("an expired certificate is never borne", certificates.expired, OLD, TroubleKind.CERTIFICATE),
        ("nor one of nobody", certificates.self_signed, OLD, TroubleKind.CERTIFICATE),
        ("nor one of another name", lambda _: certificates.good("other.test"), OLD, TroubleKind.CERTIFICATE),
        ("a good server is as good as ever", certificates.good, OLD, None),
    ],
)
def test_https_is_weakened_as_far_as_an_admin_says(
    what: str, server: Callable[[str], ssl.SSLContext], weak: WeakTls | None, trouble: TroubleKind | None
) -> None:
    async def scene() -> None:
        trusting = certificates.authority().client()
        async with house(says(answer(HTML)), tls=server(NAME)) as there, fetcher(names=NAMES, tls=trusting) as client:
            found = await client.fetch(f"https://{NAME}:{there.port}/", weak_tls=weak)
            assert (found.kind if isinstance(found, Trouble) else None) is trouble, what

    play(scene)


def test_what_is_borne_of_one_site_is_not_borne_of_where_it_leads() -> None:
    async def scene() -> None:
        async with house(says(answer(HTML)), tls=certificates.of_old("other.test")) as other:
            leads = street.routes({"/": redirect(f"https://other.test:{other.port}/")})
            async with house(leads, tls=certificates.of_old(NAME)) as there, fetcher(names=NAMES) as client:
                assert kind(await client.fetch(f"https://{NAME}:{there.port}/", weak_tls=OLD)) is TroubleKind.TLS

    play(scene)


def test_an_open_connection_to_an_old_site_serves_nobody_else() -> None:
    async def scene() -> None:
        serves = street.routes({"/": answer(HTML)})
        trusting = certificates.authority().client()
        async with (
            house(serves, tls=certificates.of_old(NAME)) as there,
            fetcher(names=NAMES, tls=trusting) as client,
        ):
            url = f"https://{NAME}:{there.port}/"
            assert page(await client.fetch(url, weak_tls=OLD)).body == HTML
            assert kind(await client.fetch(url)) is TroubleKind.TLS

    play(scene)


def test_a_weakened_site_is_shown_as_one_until_the_register_takes_it_back(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'lanmu.sqlite3'}", migrate=True)
    old = site("档案局", columns=1)
    register(store, replace(old, weak_tls=OLD), site("财政局", columns=1))
    assert store.figures.status(now=NOW).weak_tls == {"档案局": "服务器将于年底更换"}
    assert {w.site: w.weak_tls for w in store.findings.watched()} == {"档案局": OLD, "财政局": None}
    assert {c.site: c.weak_tls for c in begin(store, claim(store))} == {"档案局": OLD, "财政局": None}
    (shown,) = (w for w in store.findings.watched() if w.site == "档案局")
    written = StringIO()
    print_columns([shown], Console(file=written, width=120), translations("zh-CN"))
    assert "已放宽 HTTPS 检查：服务器将于年底更换" in written.getvalue()
    register(store, old)
    assert store.figures.status(now=NOW).weak_tls == {}
    store.database.close()
