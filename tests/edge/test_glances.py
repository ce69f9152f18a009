"""Glances: while a page stays nothing but that is asked, and every change of what its verdict rests on ends it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.edge import tables
from monitor.edge.honesty_tables import suspicion
from monitor.edge.page_tables import glance, last_page
from monitor.edge.store import Store, open_store
from monitor.edge.store.known import known_entries
from monitor.edge.store.suspicions import Decision
from monitor.model.reading import Trouble, TroubleKind
from tests.edge.stores import register, rows
from tests.edge.test_conditional_looks import FULL, STOOD, Town, a_town, listed
from tests.edge.worlds import MORNING, SmallWorld

NEWS = date(2026, 3, 17)


@dataclass(frozen=True, kw_only=True)
class Forgetful(SmallWorld):
    """Another version judges at each look: nothing stands by itself."""

    versions: Iterator[int] = field(default_factory=count)

    @property
    def judged_by(self) -> str:
        return str(next(self.versions))


@pytest.fixture
def town(store: Store, tmp_path: Path) -> Town:
    return a_town(store, tmp_path, weeks=8)


def glanced(town: Town) -> list[Any]:
    return rows(town.store, glance)


def test_a_glance_is_kept_while_the_page_stays_and_its_dates_are_settled_by_the_second(town: Town) -> None:
    town.look(days=3)
    [row] = glanced(town)
    assert (row.since, row.until) == (date(2026, 3, 18), date(2026, 3, 24))
    assert set(readings_of(town.store).values()) == {2}
    assert town.ways() == [FULL, STOOD, STOOD]


def readings_of(store: Store) -> dict[date | None, int]:
    """How often each date was read, as the next look is told."""
    with store.database.reading() as connection:
        known = known_entries(connection, {1: "Asia/Shanghai"})[1]
    return {one.entry.published: min(one.readings, 2) for one in known}


def test_the_dates_that_a_glance_settled_stay_settled_when_it_ends(town: Town) -> None:
    town.look()
    assert set(readings_of(town.store).values()) == {1}
    town.look()
    register(town.store, replace(town.site, home="http://elsewhere.example/"))
    assert not glanced(town)
    assert set(readings_of(town.store).values()) == {2}
    assert {entry.readings for entry in rows(town.store, tables.entry)} == {2}


@pytest.mark.parametrize("tagged", [True, False])
def test_with_glances_and_without_them_the_same_is_recorded(tmp_path: Path, tagged: bool) -> None:
    told: list[Any] = []
    for forgetful in (False, True):
        folder = tmp_path / str(forgetful)
        folder.mkdir()
        store = open_store(f"sqlite:///{folder / 'lanmu.sqlite3'}", migrate=True)
        town = a_town(store, folder, weeks=2)
        if not tagged:
            town.web.tag = lambda url: ""  # type: ignore[method-assign]
        if forgetful:
            here = town.here
            given = {name: getattr(here, name) for name in ("settings", "store", "clock", "allowed", "origin")}
            town.here = Forgetful(**given, web=here.web, postman=here.postman)
        lived(town)
        told.append([plain(store, table) for table in (tables.observation, tables.verdict, tables.entry)])
        told[-1] += [plain(store, table) for table in (tables.finding, tables.column, last_page)]
        told[-1].append(readings_of(store))
        store.database.close()
    assert told[0] == told[1]


def lived(town: Town) -> None:
    """Quiet days, news, a day on which the site is broken, and silence until the column is late."""
    town.look(days=4)
    town.shows(listed(NEWS + timedelta(days=4)))
    town.look(days=9)
    town.web.answer = lambda _: Trouble(kind=TroubleKind.SERVER_ERROR, detail="HTTP 503")
    town.web.stale = False
    tag, town.web.tags[town.url] = town.web.tags.get(town.url), '"broken"'
    town.look()
    town.web.answer = town.web.page
    town.web.tags[town.url] = tag or ""
    town.look(days=16)


# `batch` is chance; what an unchanged look counted and when the same page came last is told in other words, and how
# often a date was read as `readings_of` gives it.
_APART = {"batch", "entries", "last_seen", "day", "readings"}


def plain(store: Store, table: sa.Table) -> list[dict[str, Any]]:
    return [{name: value for name, value in row._asdict().items() if name not in _APART} for row in rows(store, table)]


def test_a_changed_duty_another_home_and_a_retired_column_end_it(town: Town) -> None:
    column = town.site.columns[0]
    for of in (
        replace(town.site, columns=(replace(column, duty=replace(column.duty, grace=9)),)),
        replace(town.site, home="http://elsewhere.example/"),
        replace(town.site, columns=(replace(column, name="另一栏目"),)),
    ):
        register(town.store, town.site)
        town.look(days=2)
        assert glanced(town)
        register(town.store, of)
        assert not glanced(town)


def test_a_person_who_calls_a_day_false_ends_it(town: Town) -> None:
    town.look(days=2)
    [known] = [row for row in rows(town.store, tables.entry) if row.published == NEWS]
    suspected = {"title": known.title, "url": known.url, "published": NEWS.isoformat()}
    of = {"column_id": known.column_id, "key": "k", "sign": "redated", "noticed": NEWS, "entries": [suspected]}
    with town.store.database.writing() as connection:
        connection.execute(
            sa.insert(suspicion).values(**of, known=[], found=MORNING, state=Decision.OPEN.value, reason="")
        )
    assert town.store.suspicions.decide(1, Decision.CONFIRMED, reason="旧稿", at=MORNING)
    assert not glanced(town)


def test_a_glance_that_was_taken_away_meanwhile_records_nothing(town: Town) -> None:
    town.look()
    later = MORNING + timedelta(days=1)
    token = town.store.claims.claim(
        origin="test", at=later, now=later, wall=later, lease=timedelta(hours=1), limit=9, per_host=9
    )
    assert token
    [held] = town.store.glances.held(token, judged_by=town.here.judged_by)
    register(town.store, replace(town.site, home="http://elsewhere.example/"))
    assert town.store.glances.stood(token, {held.id: 304}, at=later, next_look=later) == 0
    town.store.claims.give_back(token)
    assert town.store.claims.outstanding(now=later) == 1


def test_entries_of_older_pages_are_not_settled_by_a_page_that_stays(town: Town) -> None:
    town.look()
    with town.store.database.writing() as connection:
        connection.execute(sa.update(tables.entry).where(tables.entry.c.published < NEWS).values(older=True))
    town.look()
    assert {day for day, readings in readings_of(town.store).items() if readings == 2} == {NEWS}
    register(town.store, replace(town.site, home="http://elsewhere.example/"))
    assert {row.published for row in rows(town.store, tables.entry) if row.readings == 2} == {NEWS}
