"""Advice from the store: what was known of each column of a site, now and as of a past day, and no more than that."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from monitor.edge import tables
from monitor.edge.store import Store
from monitor.model.advising import Act
from monitor.model.cadence import Missed
from monitor.model.reading import Entry, Listing, Page, Trouble
from monitor.observe import observe
from monitor.workdays import local_day
from tasks.advice import Advised, advised
from tasks.look import _record
from tasks.looked import looked
from tasks.past import told
from tasks.seeing import Sight
from tests.edge.stores import begin, claim, register, site
from tests.edge.worlds import MORNING, SmallWorld, small_world

DAY = timedelta(days=1)
TODAY = date(2026, 3, 18)


def listed(column: str, *ages: int) -> Listing:
    """A list of entries of so many days before the first look, in this order."""
    entries = tuple(
        Entry(
            title=f"关于做好第{age}号工作的通知",
            url=f"http://{column}/{age}.html",
            published=TODAY - timedelta(days=age),
        )
        for age in ages
    )
    return Listing(entries=entries, method="html", confidence=0.97)


def look(here: SmallWorld, at: datetime, lists: Sequence[Listing]) -> None:
    """Each column is read once, through the rules and the recording of the watch."""
    token = claim(here.store, now=at, wall=at)
    assert token
    looks = []
    for of, came in zip(sorted(begin(here.store, token), key=lambda c: c.id), lists, strict=True):
        seen = observe(of.column, came, of.known, here.calendar(of.timezone), today=local_day(at, of.timezone))
        page = Page(url=of.column.url, final_url=of.column.url, status=200, headers={}, body=b"x")
        looks.append(looked(here, of, Sight(came=page, seen=seen), now=at))
    _record(here, token, looks)


def on(here: SmallWorld, moment: datetime) -> dict[str, Advised]:
    made = advised(here, here.store.findings.watched(), moment=moment)
    return {one.watched.column: one for one in made}


def two(store: Store, folder: Path) -> SmallWorld:
    """A column that lives, and its dead twin."""
    register(store, site(columns=2))
    return small_world(store, folder)


LIVES, DEAD = listed("a", *range(0, 300, 5)), listed("b", 200, 210, 230, 260, 300, 330, 400)


def test_a_dead_twin_is_merged_into_the_living_column_as_of_each_day_on_which_it_was_known(
    store: Store, tmp_path: Path
) -> None:
    here = two(store, tmp_path)
    assert on(here, MORNING) == {}, "nobody had looked yet"
    look(here, MORNING, [LIVES, DEAD])
    then = on(here, MORNING + DAY)
    assert (then["栏目0"].advice.act, then["栏目0"].into) == (Act.KEEP, None)
    assert (then["栏目1"].advice.act, then["栏目1"].into) == (Act.MERGE, "栏目0")
    look(here, MORNING + 2 * DAY, [LIVES, listed("b", -2)])
    assert on(here, MORNING + 2 * DAY + timedelta(hours=1))["栏目1"].advice.act is Act.KEEP
    again = on(here, MORNING + DAY)
    assert [(one.advice, one.kin) for one in again.values()] == [(one.advice, one.kin) for one in then.values()]


def test_nothing_is_advised_of_what_was_not_seen_for_days(store: Store, tmp_path: Path) -> None:
    here = two(store, tmp_path)
    look(here, MORNING, [LIVES, DEAD])
    found = on(here, MORNING + 3 * DAY + timedelta(minutes=1))["栏目1"]
    assert (found.advice.act, found.advice.speaks_for) == (Act.KEEP, ())
    assert not found.is_seen
    assert on(here, MORNING + DAY)["栏目1"].is_seen


def test_windows_before_the_history_is_complete_are_not_called_missed(store: Store, tmp_path: Path) -> None:
    here = two(store, tmp_path)
    look(here, MORNING, [listed("a", 1, 40, 41, 42), listed("b", 3, *range(50, 60))])
    found = on(here, MORNING + timedelta(hours=1))
    assert found["栏目0"].kin.cadence.covered == TODAY - timedelta(days=42)
    assert found["栏目0"].kin.cadence.missed == (
        Missed(since=TODAY - timedelta(days=28), until=TODAY - timedelta(days=14)),
    )
    assert found["栏目1"].kin.cadence.covered == TODAY - timedelta(days=57), "the last quarter of a page proves nothing"
    look(here, MORNING + 20 * DAY, [listed("a", -20, -19, -18), listed("b", -20, -19)])
    gap = on(here, MORNING + 20 * DAY + timedelta(hours=1))["栏目0"].kin.cadence
    assert (gap.covered, gap.missed) == (TODAY + timedelta(days=18), ()), "what lay between was never read"
    assert on(here, MORNING + timedelta(hours=1))["栏目0"].kin.cadence == found["栏目0"].kin.cadence


def test_all_entries_count_and_not_only_those_that_a_verdict_rests_on(store: Store, tmp_path: Path) -> None:
    here = two(store, tmp_path)
    look(here, MORNING, [listed("a", *range(250)), DEAD])
    found = on(here, MORNING + timedelta(hours=1))["栏目0"].kin.cadence
    assert (found.entries, found.windows, found.missed) == (250, 13, ())


def test_what_older_programs_did_not_keep_is_not_known_and_not_guessed(store: Store, tmp_path: Path) -> None:
    here = two(store, tmp_path)
    look(here, MORNING, [LIVES, DEAD])
    with store.database.writing() as connection:
        connection.execute(sa.update(tables.observation).values(measure_id=None, reading_id=None))
        connection.execute(sa.update(tables.column).values(opened=date(2020, 1, 1)))
    look_at = store.pasts.before(2, MORNING + DAY)
    assert look_at
    found = told(here, look_at)
    assert (look_at.duty, look_at.whole) == (None, False)
    assert (found.explained, found.cadence, found.suspicions) == (None, None, ())
    assert found.verdict == look_at.recorded


def test_a_column_out_of_sight_stands_as_it_stood(store: Store, tmp_path: Path) -> None:
    here = two(store, tmp_path)
    for days in range(3):
        look(here, MORNING + days * DAY, [LIVES, replace(DEAD, confidence=0.3 if days == 1 else 0.97)])
    past = store.pasts.before(2, MORNING + 3 * DAY)
    assert past
    assert past.stands_since == TODAY
    assert not isinstance(past.history.seen, Trouble)
