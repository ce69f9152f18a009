"""What was learnt of a column's page stays with the column, and spares the next look its search and nothing else."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.edge import tables
from monitor.edge.store import Store, open_store
from monitor.edge.store.claims import Claim
from monitor.edge.store.learnt import HowRead
from monitor.extract.version import READER
from monitor.model.reading import Page
from tasks.look import look_at
from tests.edge.stores import LEASE, NOW, begin, claim, register, rows, seen, site, undecided
from tests.edge.worlds import MORNING, SmallWorld, small_world

LEARNT = {"reader": 1, "rows": ["行"], "count": 9}
URL = "http://财政局.example/0/"


def keep(store: Store, *hows: HowRead, at: datetime = NOW) -> None:
    """A look at the columns in their order, each read like this."""
    token = claim(store, now=at, wall=at)
    assert token
    looks = [replace(seen(of, at=at), how=how) for of, how in zip(begin(store, token), hows, strict=False)]
    store.looks.record(token, looks, undecided)
    store.claims.give_back(token)


def anew(what: dict[str, Any] | None) -> HowRead:
    return HowRead(way="full", learnt=what, anew=True)


def later(days: int) -> datetime:
    return NOW + timedelta(days=days)


def kept(store: Store, *, at: datetime) -> list[Any]:
    token = claim(store, now=at, wall=at)
    claims = begin(store, token)
    assert token
    store.claims.give_back(token)
    return [one.learnt for one in claims]


def test_what_was_learnt_is_handed_out_with_the_next_claim_of_that_column_alone(store: Store) -> None:
    register(store, site(columns=3))
    keep(store, HowRead(way="full"), anew(LEARNT), HowRead(way="full"))
    assert kept(store, at=later(1)) == [None, LEARNT, None]


def test_what_is_as_it_was_is_not_written_again(store: Store) -> None:
    register(store, site(columns=1))
    keep(store, anew(LEARNT))
    keep(store, HowRead(way="learnt"), at=later(1))
    keep(store, HowRead(way="full", learnt={"another": 1}), at=later(2))
    assert kept(store, at=later(3)) == [LEARNT]
    assert [row.way for row in rows(store, tables.observation)] == ["full", "learnt", "full"]


def test_what_holds_no_more_is_dropped_and_what_is_learnt_anew_takes_its_place(store: Store) -> None:
    register(store, site(columns=2))
    keep(store, anew(LEARNT), anew(LEARNT))
    keep(store, anew(None), anew({"new": 2}), at=later(1))
    assert kept(store, at=later(2)) == [None, {"new": 2}]


def test_another_address_or_a_column_that_left_the_book_forgets_what_was_learnt(store: Store) -> None:
    register(store, of := site(columns=3))
    keep(store, anew(LEARNT), anew(LEARNT), anew(LEARNT))
    moved = replace(of.columns[0], url="http://财政局.example/new/")
    register(store, replace(of, columns=(moved, of.columns[1])))
    assert kept(store, at=later(1)) == [None, LEARNT]
    assert len(rows(store, tables.learnt)) == 1


def test_a_batch_asks_once_for_all_that_was_learnt(store: Store) -> None:
    register(store, site(columns=20))
    keep(store, *[anew(LEARNT)] * 20)
    asked: list[str] = []
    with store.database.reading() as connection:
        engine = connection.engine
    sa.event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    assert len(kept(store, at=later(1))) == 20
    assert sum("learnt" in sql for sql in asked) == 1


def test_a_redesign_is_counted_for_a_week_and_once_for_each_column(store: Store) -> None:
    register(store, site(columns=3))
    rebuilt = HowRead(way="full", redesigned=True)
    keep(store, rebuilt, HowRead(way="full"), rebuilt)
    keep(store, rebuilt, at=later(1))
    ids = [row.id for row in rows(store, tables.column)]
    assert store.redesigns.since(NOW) == {ids[0]: later(1), ids[2]: NOW}
    assert store.redesigns.since(later(1)) == {ids[0]: later(1)}
    assert store.figures.status(now=later(2)).redesigned == 2
    assert store.figures.status(now=later(9)).redesigned == 0


# -- whole rounds ------------------------------------------------------------------------------------------------------


class Town:
    """Three columns as they are on a day: one with a new row each day, one rebuilt on day 4, one never updated."""

    day = 0

    def __call__(self, url: str) -> Page:
        number, today = url.rstrip("/")[-1], date(2026, 3, 18) + timedelta(days=self.day)
        body = _page(number, today, rebuilt=number == "1" and self.day >= 4)
        return Page(url=url, final_url=url, status=200, headers={"content-type": "text/html"}, body=body.encode())


def _page(number: str, today: date, *, rebuilt: bool) -> str:
    newest = today if number != "2" else date(2026, 1, 5)
    days = [newest - timedelta(days=n) for n in range(12)]
    row = _CARD if rebuilt else _ROW
    listed = "".join(row.format(n=day.toordinal(), day=day) for day in days)
    box = f"<div class=news>{listed}</div>" if rebuilt else f"<ul class=list>{listed}</ul>"
    return f'<html><head><meta charset="utf-8"><title>动态</title></head><body><h1>工作动态</h1>{box}</body></html>'


_ROW = '<li><a href="/art/{n}.html">市财政局发布第{n}期工作动态简报</a><span>{day}</span></li>\n'
_CARD = '<div class=card><p>{day}</p><h3><a href="/art/{n}.html">市财政局发布第{n}期工作动态简报</a></h3></div>\n'


def play(store: Store, folder: Path, days: int, *, spoil: Callable[[Claim], Claim] = lambda one: one) -> SmallWorld:
    town = Town()
    here = small_world(store, folder, answer=town)
    for town.day in range(days):
        moment = MORNING + timedelta(days=town.day)
        token = store.claims.claim(
            origin="test", at=moment, now=moment, wall=moment, lease=LEASE, limit=100, per_host=50
        )
        assert token
        claims = [spoil(one) for one in store.claims.begin(token, until=moment + LEASE)]
        asyncio.run(look_at(here, token, claims))
    return here


def ways(store: Store, number: int) -> list[str]:
    return [row.way for row in rows(store, tables.observation) if row.column_id == number]


def test_a_column_is_read_in_full_once_then_by_what_was_learnt_and_a_redesign_is_told(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    register(store, site(columns=3))
    play(store, tmp_path, 6)
    of = {row.name: row.id for row in rows(store, tables.column)}
    assert ways(store, of["栏目0"]) == ["full", *["learnt"] * 5]
    assert ways(store, of["栏目1"]) == ["full", *["learnt"] * 3, "full", "learnt"]
    assert ways(store, of["栏目2"]) == ["full", *["unchanged"] * 5]
    assert store.redesigns.since(MORNING) == {of["栏目1"]: MORNING + timedelta(days=4)}
    assert [r.message for r in caplog.records if "redesigned" in r.message] == [
        "the page of 栏目1 of 财政局 was redesigned: see what is read of it (http://财政局.example/1/)"
    ]


def test_verdicts_and_entries_are_those_of_a_world_that_learns_nothing(tmp_path: Path) -> None:
    told: list[tuple[dict[str, Any], int]] = []
    for spoil in (lambda one: one, lambda one: replace(one, learnt=None)):
        folder = tmp_path / str(len(told))
        folder.mkdir()
        store = open_store(f"sqlite:///{folder / 'lanmu.sqlite3'}", migrate=True)
        register(store, site(columns=3))
        play(store, folder, 6, spoil=spoil)
        learnt = sum(row.way in ("learnt", "unchanged") for row in rows(store, tables.observation))
        tables_ = (tables.verdict, tables.entry, tables.finding, tables.finding_event, tables.look_back)
        told.append(({table.name: [_told(row) for row in rows(store, table)] for table in tables_}, learnt))
        store.database.close()
    (fast, spared), (full, none) = told
    assert (spared, none) == (14, 0)
    assert fast == full


def _told(row: sa.Row[Any]) -> dict[str, Any]:
    """A row, whose readings count no further than what they prove: an unchanged page's are not written again."""
    told = row._asdict()
    return told | {"readings": min(told["readings"], 2), "last_seen": None} if "readings" in told else told


def test_what_no_reader_of_ours_has_learnt_is_read_over(tmp_path: Path, store: Store) -> None:
    register(store, site(columns=3))
    strange = anew({"reader": 0}), anew({"reader": READER, "rows": 7}), anew({"rows": []})
    keep(store, *strange, at=later(-1))
    play(store, tmp_path, 1)
    assert {row.way for row in rows(store, tables.observation) if row.at == MORNING} == {"full"}
