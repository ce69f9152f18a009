"""Looks at a real server of our own, what is kept of them, and what `lanmu evidence` and `lanmu purge` make of it."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest
import sqlalchemy as sa

from monitor.edge.evidence_tables import evidence, evidence_body, kept_body
from monitor.edge.fetch import Fetcher
from monitor.edge.packing import pack
from monitor.edge.store import Store, open_store
from monitor.model.evidence import BodyState, Ground
from monitor.model.reading import TroubleKind
from tasks.look import begin, look_at
from tests.edge.fetching import LOOPBACK
from tests.edge.stores import LEASE, register, rows, site
from tests.edge.street import answer, house, redirect, routes
from tests.edge.test_follow import EMPTY, HTML, JSON, ROWS, UNDATED, article
from tests.edge.worlds import MORNING, small_world
from tests.journeys.test_check import Lanmu, lanmu

__all__ = ["lanmu"]

TITLES = [f"市财政局发布第{n}期工作动态简报" for n in range(9)]
HOSTILE = "\x1b]0;owned\x07\x1b[2J[bold]\u202e" + TITLES[0]
COOKIE = "Set-Cookie: JSESSIONID=s3cret; path=/"


def listed(year: int, first: str = TITLES[0]) -> bytes:
    items = "".join(
        f'<li><a href="/art/{n}.html">{title}</a><span>{year}-03-{17 - n:02}</span></li>'
        for n, title in enumerate([first, *TITLES[1:]])
    )
    return f"<html><head><title>动态</title></head><body><ul>{items}</ul></body></html>".encode()


LATE = listed(2025, HOSTILE)
FILLED = EMPTY.format('$.get("/api/list?c=1", fill)').encode()
WALL = b"<html><script>var $_ts=1</script></html>"
PAGES = {
    "/": answer(b"<title>home</title>", HTML),
    "/late": redirect("/late/index.html"),
    "/late/index.html": answer(LATE, HTML, COOKIE, "X-Odd: \x1b[31m"),
    "/fresh": answer(listed(2026), HTML),
    "/filled": answer(FILLED, HTML),
    "/api/list?c=1": answer(f"[{ROWS.replace('2026-', '2024-')}]".encode(), JSON),
    "/undated": answer(UNDATED.encode(), HTML),
    **{f"/art_1_{90 - n}.html": article(f"2026-03-{16 - n}") for n in range(8)},
    "/wall": answer(WALL, HTML, status="412 Precondition Failed"),
    "/gone": answer(status="404 Not Found"),
    "/large": answer(listed(2025) + b"<!--" + Random(1).randbytes(9000).hex().encode() + b"-->", HTML),
}
NAMES = ("late", "fresh", "filled", "undated", "wall", "gone", "large")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An admins' folder whose store knows one round of looks at all of these pages."""
    folder = tmp_path_factory.mktemp("watch")
    (folder / "var").mkdir()
    (folder / "sites").mkdir()
    (folder / "lanmu.yaml").write_text("evidence: {page_kb: 1}\n", "utf-8")
    store = open_store(f"sqlite:///{folder / 'var' / 'lanmu.sqlite3'}", migrate=True)
    asyncio.run(watch(store, folder))
    store.database.close()
    return folder


async def watch(store: Store, folder: Path) -> None:
    async with house(routes(PAGES)) as server:
        one = site(columns=len(NAMES))
        columns = tuple(
            replace(column, name=name, url=f"{server.url}/{name}")
            for column, name in zip(one.columns, NAMES, strict=True)
        )
        register(store, replace(one, home=server.url + "/", columns=columns, spacing=0))
        here = small_world(store, folder)
        settings = replace(here.settings, evidence=replace(here.settings.evidence, page_kb=1))
        here = replace(here, settings=settings, web=cast(Any, Fetcher(user_agent="Lanmu/0", allowed=LOOPBACK)))
        token = store.claims.claim(
            origin="test", at=MORNING, now=MORNING, wall=MORNING, lease=LEASE, limit=99, per_host=99
        )
        assert token
        await look_at(here, token, *begin(here, token, until=MORNING + LEASE))


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{folder / 'var' / 'lanmu.sqlite3'}")
    yield store
    store.database.close()


def test_of_each_look_that_a_person_may_ask_about_the_pages_are_kept_as_they_came(store: Store) -> None:
    ids = {w.column: w.column_id for w in store.findings.watched()}
    shown = {name: store.evidence.shown(ids[name]) for name in NAMES}
    assert shown["fresh"] is None
    found = {name: (one, one.evidence) for name, one in shown.items() if one and one.evidence and one.intact}
    assert {name: (e.ground, [x.kind.value for x in e.exhibits]) for name, (_, e) in found.items()} == {
        "late": (Ground.ACCUSED, ["page"]),
        "filled": (Ground.ACCUSED, ["page", "data"]),
        "undated": (Ground.DATED, ["page", "article", "article", "article"]),
        "wall": (Ground.DOUBT, ["page"]),
        "gone": (Ground.DOUBT, ["page"]),
        "large": (Ground.ACCUSED, ["page"]),
    }
    one, late = found["late"]
    assert one.bodies[0].body == LATE
    assert late.exhibits[0].headers["set-cookie"] == "[removed]"
    assert (late.exhibits[0].status, late.exhibits[0].size) == (200, len(LATE))
    assert [url.rpartition("/late")[2] for url in (late.exhibits[0].url, late.exhibits[0].final_url)] == [
        "", "/index.html"
    ]  # fmt: skip
    assert [len(e.entries) for _, e in (found["late"], found["filled"], found["undated"])] == [9, 8, 8]
    assert found["filled"][0].bodies[0].body == FILLED
    wall, doubt = found["wall"]
    assert doubt.verdict.trouble
    assert doubt.verdict.trouble.kind is TroubleKind.BLOCKED
    assert (wall.bodies[0].body, doubt.exhibits[0].status) == (WALL, 412)
    assert found["gone"][1].exhibits[0].status == 404
    assert found["large"][0].bodies[0].state is BodyState.NOT_KEPT


def test_a_look_is_shown_with_its_page_and_nothing_of_it_steers_the_terminal(lanmu: Lanmu, folder: Path) -> None:
    shown = lanmu("evidence", "late", "--config", str(folder))
    assert (shown.code, shown.err) == (0, "")
    for words in (
        "财政局/late  2026-03-18T09:05:00+08:00",
        "long not updated",
        "国办秘函〔2019〕19号",
        "html, 9 entries, confidence",
        "1. page of the column: as it came",
        sha256(LATE).hexdigest(),
        "redirected to",
        "[removed]",
        "2025-03-17",
        "[bold]" + TITLES[0],
        "1 looks at this column are kept",
    ):
        assert words in shown.out
    assert not set(shown.out) & set("\x1b\x07\u202e")
    assert "s3cret" not in shown.out


def test_for_programs_a_look_is_one_object_with_all_entries(lanmu: Lanmu, folder: Path) -> None:
    shown = lanmu("evidence", "财政局/filled", "--json", "--at", "2026-03-18", "--config", str(folder))
    [row] = shown.rows
    assert (row["intact"], row["evidence"]["standing"], row["evidence"]["method"]) == (True, "STALE", "html+json")
    assert [one["body"] for one in row["exhibits"]] == ["intact", "intact"]
    assert len(row["evidence"]["entries"]) == 8
    assert not set(shown.out) & set("\x1b\x07\u202e")


def test_the_page_is_saved_as_it_came_for_its_owner_alone_and_over_nothing(
    lanmu: Lanmu, folder: Path, tmp_path: Path
) -> None:
    saved, other = tmp_path / "page.html", tmp_path / "other"
    command = ("evidence", "late", "--config", str(folder), "--save")
    assert lanmu(*command, str(saved)).code == 0
    assert saved.read_bytes() == LATE
    assert saved.stat().st_mode & 0o177 == 0
    again = lanmu(*command, str(saved))
    assert (again.code, again.err) == (2, f"lanmu: {saved} is there already; choose another file, or add --force\n")
    other.write_bytes(b"mine")
    saved.unlink()
    saved.symlink_to(other)
    assert lanmu(*command, str(saved)).code == 2
    assert lanmu(*command, str(saved), "--force").code == 0
    assert (saved.read_bytes(), saved.is_symlink(), other.read_bytes()) == (LATE, False, b"mine")
    data = lanmu("evidence", "filled", "--part", "2", "--save", str(tmp_path / "data"), "--config", str(folder))
    assert data.code == 0
    assert len(json.loads((tmp_path / "data").read_text("utf-8"))) == 8
    assert {path.name for path in tmp_path.iterdir()} == {"page.html", "other", "data"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("fresh",), 'no evidence of "fresh" is kept'),
        (("late", "--at", "2026-03-17"), 'no evidence of "late" is kept up to 2026-03-17; the first is of 2026-03-18'),
        (("lat",), 'no column of the book has this name; did you mean "late"?'),
        (("late", "--at", "yesterday"), "is no date"),
        (("late", "--save", "{tmp}/x", "--part", "2"), "there is no part 2; there are 1"),
        (("large", "--save", "{tmp}/x"), "part 1 was too large to be kept (evidence.page_kb)"),
        (("late", "--save", "{tmp}/no/x"), "no/x cannot be written: No such file"),
    ],
)
def test_what_cannot_be_shown_is_said_in_one_line(
    arguments: tuple[str, ...], said: str, lanmu: Lanmu, folder: Path, tmp_path: Path
) -> None:
    ended = lanmu("evidence", *(word.replace("{tmp}", str(tmp_path)) for word in arguments), "--config", str(folder))
    assert ended.code == 2
    assert said in ended.err
    assert ended.err.count("\n") == 1


def test_a_page_that_was_changed_since_is_said_so_and_not_saved(
    lanmu: Lanmu, folder: Path, store: Store, tmp_path: Path
) -> None:
    its = kept_body.c.sha256 == sha256(WALL).hexdigest()
    with store.database.writing() as connection:
        connection.execute(sa.update(kept_body).where(its).values(packed=pack(b"<h1>welcome</h1>")))
    shown = lanmu("evidence", "wall", "--config", str(folder))
    assert (shown.code, "NOT as it came: its SHA-256 is another" in shown.out) == (1, True)
    saved = lanmu("evidence", "wall", "--save", str(tmp_path / "x"), "--config", str(folder))
    assert (saved.code, saved.err) == (2, "lanmu: part 1 is not saved: it is not what came\n")
    with store.database.writing() as connection:
        connection.execute(sa.update(evidence).values(seal="0" * 64))
    assert "The record is not as it was written" in lanmu("evidence", "late", "--config", str(folder)).out


def test_a_purge_takes_away_what_is_old_once_it_is_not_dry(lanmu: Lanmu, folder: Path, store: Store) -> None:
    """What open findings rest on stays, however old: here those of the three late columns."""
    old = sa.update(evidence).values(at=MORNING.replace(year=2020))
    with store.database.writing() as connection:
        connection.execute(old)
        connection.execute(sa.update(kept_body).values(last_at=MORNING.replace(year=2020)))
    dry = lanmu("purge", "--dry-run", "--config", str(folder))
    assert dry.out.startswith("evidence of 3 looks (")
    assert len(rows(store, evidence)) == 6
    [row] = lanmu("purge", "--json", "--config", str(folder)).rows
    assert (row["dry_run"], row["looks"], row["freed_bytes"] > 0) == (False, 3, True)
    assert len(rows(store, evidence)) == 3
    assert {link.evidence_id for link in rows(store, evidence_body)} == {kept.id for kept in rows(store, evidence)}
