"""Probes of home pages: claimed once, spaced, counted by the site's day, and never when the silence may be our own."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from config.book import NetworkSettings
from monitor.edge.store import Store
from monitor.edge.store.probes import Availability
from monitor.model.reading import Page, Trouble, TroubleKind
from tasks.probe import probe_at
from tests.edge.stores import register, site
from tests.edge.test_look import page
from tests.edge.worlds import SmallWorld, small_world

NOON = datetime(2026, 3, 18, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def claimed(store: Store, now: datetime) -> list[int]:
    return store.probes.claim(now=now, following=now + HOUR, limit=100)


def test_each_site_is_claimed_once_an_hour_and_a_town_is_spread_over_it(store: Store) -> None:
    register(store, *(site(f"单位{n}", columns=1) for n in range(10)))
    by_minute = [len(claimed(store, NOON + timedelta(minutes=n))) for n in range(180)]
    assert sum(by_minute[:61]) == 10
    assert sum(by_minute) == pytest.approx(30, abs=10), "three hours, each site once in each"
    assert max(by_minute) <= 2


def test_a_site_that_left_the_register_is_not_probed(store: Store) -> None:
    register(store, site("财政局", columns=1), site("教育局", columns=1))
    claimed(store, NOON)
    register(store, site("财政局", columns=1))
    (left,) = claimed(store, NOON + 2 * HOUR)
    assert [one.name for one in store.probes.sites([left])] == ["财政局"]


def world(store: Store, folder: Path, silent: set[str], network: NetworkSettings | None = None) -> SmallWorld:
    def answer(url: str) -> Page | Trouble:
        return Trouble(kind=TroubleKind.TIMEOUT) if any(name in url for name in silent) else page(url)

    here = small_world(store, folder, answer=answer)
    here.web.homes = False
    return replace(here, settings=replace(here.settings, network=network or NetworkSettings()))


def test_a_week_of_probes_is_a_row_a_day_and_a_share(store: Store, tmp_path: Path) -> None:
    register(store, site("财政局", columns=1), site("教育局", columns=1), site("档案局", columns=1))
    ids = [one.id for one in store.probes.sites([1, 2, 3]) if one.name != "档案局"]
    for hours, silent in ((-24 * 7, {"教育局"}), (-13, {"教育局"}), (-12, set()), (0, {"教育局"}), (1, {"教育局"})):
        asyncio.run(probe_at(world(store, tmp_path, silent), ids, now=NOON + timedelta(hours=hours)))
    week = store.probes.week(date(2026, 3, 18))
    minutes = ("2026-03-17 23:00", "2026-03-18 12:00", "2026-03-18 13:00")
    assert week[0] == Availability(site="教育局", probes=4, failed=3, failures=minutes)
    assert week[0].share == 0.75
    assert {one.site: (one.probes, one.share) for one in week[1:]} == {"财政局": (4, 0.0), "档案局": (0, None)}


def test_what_may_be_our_own_silence_is_not_counted(store: Store, tmp_path: Path) -> None:
    register(store, site("财政局", columns=1), site("教育局", columns=1))
    ids = [one.id for one in store.probes.sites(range(10))]
    both = {"财政局", "教育局"}
    for network in (NetworkSettings(control=(("nonexistent.invalid", 9),)), NetworkSettings(held_least=2)):
        asyncio.run(probe_at(world(store, tmp_path, both, network), ids, now=NOON))
    assert [one.probes for one in store.probes.week(date(2026, 3, 18))] == [0, 0]
