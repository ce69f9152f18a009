"""An unchanged page's reading stands again from look to look, with the same verdicts, and never against anybody."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.edge import tables
from monitor.edge.page_tables import last_page
from monitor.edge.store import Store, open_store
from monitor.model.reading import Page, Trouble, Unchanged, Validators
from monitor.model.register import Period, Site, Window
from tasks.look import begin, look_at
from tests.edge.stores import DUTY, LEASE, register, rows, site
from tests.edge.worlds import MORNING, SmallWorld, Web, small_world

ROW = '<li><a href="/art/{n}.html">市财政局发布第{n}期工作动态简报</a><span>{day}</span></li>\n'


def listed(newest: date, rows_: int = 12) -> bytes:
    days = [newest - timedelta(days=n) for n in range(rows_)]
    body = "".join(ROW.format(n=day.toordinal(), day=day) for day in days)
    return f'<html><head><meta charset="utf-8"><title>动态</title></head><body><ul>{body}</ul></body></html>'.encode()


class Tagged(Web):
    """A site whose pages have tags. `asked_on` are the addresses that were asked for on a condition."""

    def __init__(self) -> None:
        super().__init__(self.page)
        self.bodies: dict[str, bytes] = {}
        self.tags: dict[str, str] = {}
        self.stale = False  # says 304 whatever has changed
        self.asked_on: list[str] = []

    def page(self, url: str) -> Page:
        body = self.bodies[url]
        headers = {"content-type": "text/html", "etag": self.tag(url)}
        return Page(url=url, final_url=url, status=200, headers=headers, body=body)

    def tag(self, url: str) -> str:
        return self.tags.get(url) or f'"{hash(self.bodies[url])}"'

    async def fetch_unless_same(self, url: str, known: Validators, **manner: Any) -> Page | Unchanged | Trouble:
        self.asked_on.append(url)
        if self.stale or (known.url, known.etag) == (url, self.tag(url)):
            return Unchanged(url=url, validators=known)
        return await self.fetch(url, **manner)


@dataclass
class Town:
    """A small world with one column of a window of so many weeks, looked at once a day."""

    store: Store
    here: SmallWorld
    web: Tagged
    site: Site
    day: int = 0
    url: str = field(init=False)

    def __post_init__(self) -> None:
        self.url = self.site.columns[0].url

    def shows(self, body: bytes) -> None:
        self.web.bodies[self.url] = body

    def look(self, *, days: int = 1) -> None:
        for _ in range(days):
            moment = MORNING + timedelta(days=self.day)
            token = self.store.claims.claim(
                origin="test", at=moment, now=moment, wall=moment, lease=LEASE, limit=100, per_host=50
            )
            assert token
            asyncio.run(look_at(self.here, token, *begin(self.here, token, until=moment + LEASE)))
            self.day += 1

    def ways(self) -> list[tuple[int, str]]:
        return [(row.status, row.way) for row in rows(self.store, tables.observation)]

    @property
    def conditional(self) -> int:
        return len(self.web.asked_on)

    def standing(self) -> str:
        return str(rows(self.store, tables.verdict)[-1].standing)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    store = open_store(f"sqlite:///{tmp_path / 'lanmu.sqlite3'}", migrate=True)
    yield a_town(store, tmp_path, weeks=8)
    store.database.close()


def a_town(store: Store, folder: Path, *, weeks: int) -> Town:
    of = site(columns=1)
    duty = replace(DUTY, window=Window(count=weeks, period=Period.WEEKS))
    of = replace(of, columns=(replace(of.columns[0], duty=duty),))
    register(store, of)
    web = Tagged()
    town = Town(store=store, here=replace(small_world(store, folder), web=web), web=web, site=of)
    town.shows(listed(date(2026, 3, 17)))
    return town


FULL, SAME, STOOD = (200, "full"), (200, "unchanged"), (304, "unchanged")


def test_a_fresh_column_is_asked_on_a_condition_but_once_a_week_it_comes_whole(town: Town) -> None:
    town.look(days=9)
    assert town.ways() == [FULL, *[STOOD] * 6, FULL, STOOD]
    entries = rows(town.store, tables.entry)
    assert {row.readings for row in entries} == {3}, "two settle a date; then only a full reading writes"
    stretches = rows(town.store, tables.verdict)
    assert [(row.standing, row.looks) for row in stretches] == [("FRESH", 9)]


def test_what_stands_is_judged_anew_each_day_and_from_the_warning_on_the_page_comes_whole(town: Town) -> None:
    town.shows(listed(date(2026, 3, 17) - timedelta(days=48)))
    town.look(days=16)
    verdicts = {row.standing for row in rows(town.store, tables.verdict)}
    assert verdicts >= {"FRESH", "DUE_SOON", "OVERDUE"}
    late = [way for way, day in zip(town.ways(), range(16), strict=True) if day >= 5]
    assert set(late) <= {SAME, FULL}, "no accusation rests on a 304"
    assert STOOD in town.ways()


def test_a_stale_cache_never_makes_a_living_column_overdue_nor_hides_it_for_more_than_a_week(town: Town) -> None:
    town.look(days=2)
    town.web.stale = True
    town.shows(listed(date(2026, 3, 19)))
    town.web.tags[town.url] = '"new"'
    town.look(days=6)
    assert town.ways()[-1] != STOOD
    newest = max(row.published for row in rows(town.store, tables.entry))
    assert newest == date(2026, 3, 19)


def test_a_server_whose_tag_stays_while_the_page_changes_is_not_asked_on_a_condition_again(town: Town) -> None:
    town.web.tags[town.url] = '"forever"'
    town.look(days=3)
    town.shows(listed(date(2026, 3, 21)))
    town.look(days=5)  # within them the page comes whole, and the lie is seen
    before = town.conditional
    town.look(days=5)
    assert town.conditional == before
    assert rows(town.store, last_page)[0].lied


def test_what_stands_is_judged_by_the_working_days_of_the_columns_own_duty(town: Town) -> None:
    """Between 10 February and 18 March 2026 China works three days fewer than the United States."""
    working = replace(DUTY, window=Window(count=26, period=Period.WORKING_DAYS), calendar="US")
    town.site = replace(town.site, columns=(replace(town.site.columns[0], duty=working),))
    register(town.store, town.site)
    town.shows(listed(date(2026, 2, 10)))
    town.look(days=3)
    assert town.standing() != "FRESH"
    assert town.conditional == 0, "a warned officer is owed the page itself"


def test_another_home_or_recipe_in_the_register_makes_the_page_come_whole(town: Town) -> None:
    town.look(days=2)
    register(town.store, replace(town.site, site_code="3700000001"))
    town.look()
    assert town.ways() == [FULL, STOOD, SAME]


@pytest.mark.parametrize("row", ['<li><a href="/art/{n}.html">第{n}期工作动态简报</a><span>{day:%m-%d}</span></li>\n'])
def test_a_page_whose_days_rest_on_the_day_of_reading_comes_whole_each_time(town: Town, row: str) -> None:
    days = [date(2026, 3, 17) - timedelta(days=n) for n in range(12)]
    body = "".join(row.format(n=day.toordinal(), day=day) for day in days)
    town.shows(f'<meta charset="utf-8"><title>动态</title><body><ul>{body}</ul></body>'.encode())
    town.look(days=4)
    assert town.conditional == 0
    assert all(way != "unchanged" for _, way in town.ways())


def test_an_undated_list_is_never_asked_on_a_condition(town: Town) -> None:
    town.shows(listed(date(2026, 3, 17)).replace(b"<span>", b"<i hidden=").replace(b"</span>", b"></i>"))
    town.look(days=3)
    assert town.conditional == 0


def test_verdicts_findings_and_entries_are_those_of_a_site_without_tags(tmp_path: Path) -> None:
    told: list[Any] = []
    for tagged in (True, False):
        folder = tmp_path / str(tagged)
        folder.mkdir()
        store = open_store(f"sqlite:///{folder / 'lanmu.sqlite3'}", migrate=True)
        town = a_town(store, folder, weeks=2)
        if not tagged:
            town.web.tag = lambda url: ""  # type: ignore[method-assign]
        for newest, days in ((date(2026, 3, 17), 8), (date(2026, 3, 26), 16)):
            town.shows(listed(newest))
            town.look(days=days)
        verdicts = [row._asdict() for row in rows(store, tables.verdict)]
        entries = [
            {name: value for name, value in row._asdict().items() if name not in ("readings", "last_seen")}
            for row in rows(store, tables.entry)
        ]
        told.append((verdicts, entries, rows(store, tables.finding), rows(store, tables.finding_event)))
        assert (town.conditional > 0) is tagged
        store.database.close()
    assert told[0] == told[1]
