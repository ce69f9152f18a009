"""Signs that dates may not be honest, in the store: raised once, decided by a person, and only then of weight."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from monitor.edge.store import Store
from monitor.edge.store.suspicions import Decision
from monitor.model.honesty import Sign, Suspicion
from monitor.model.judging import Standing
from monitor.model.reading import Entry, Page
from tasks.look import look_at
from tests.edge.stores import FRESH, NOW, begin, claim, register, seen, site, undecided
from tests.edge.worlds import MORNING, small_world

OLD = Entry(title="关于城市更新的通知", url="http://财政局.example/1.html", published=date(2020, 5, 6))
NEW = replace(OLD, published=date(2026, 3, 17))
REDATED = Suspicion(sign=Sign.REDATED, noticed=date(2026, 3, 18), entries=(NEW,), known=(date(2020, 5, 6),))
DAY = timedelta(days=1)


def look(
    store: Store, day: int, *entries: Entry, suspicions: tuple[Suspicion, ...] = (), confidence: float | None = None
) -> None:
    at = NOW + day * DAY
    token = claim(store, now=at, wall=at)
    assert token
    plain = [seen(c, FRESH, *entries, at=at) for c in begin(store, token)]
    looks = [replace(one, suspicions=suspicions, confidence=confidence) for one in plain]
    assert store.looks.record(token, looks, undecided)


def watch(store: Store, sign: Suspicion = REDATED) -> int:
    """A column with a suspicion; its number."""
    register(store, site(columns=1))
    look(store, 0, OLD)
    look(store, 1, NEW, suspicions=(sign,))
    (open_,) = store.suspicions.of(Decision.OPEN)
    return open_.id


def forged(store: Store) -> list[Entry]:
    """The known entries whose day a person has found to be false, as the next look is given them."""
    at = NOW + 9 * DAY
    (one,) = begin(store, claim(store, now=at, wall=at))
    return [k.entry for k in one.known if k.forged]


def test_a_suspicion_is_raised_once_and_waits_for_a_person(store: Store) -> None:
    watch(store)
    look(store, 2, NEW, suspicions=(replace(REDATED, noticed=date(2026, 3, 19)),))
    (open_,) = store.suspicions.of(Decision.OPEN)
    assert (open_.site, open_.column, open_.suspicion) == ("财政局", "栏目0", REDATED)
    assert forged(store) == []


def test_a_confirmed_day_is_false_for_the_next_look_and_the_older_one_is_not(store: Store) -> None:
    number = watch(store)
    assert store.suspicions.decide(number, Decision.CONFIRMED, reason="正文为2020年", at=NOW)
    assert forged(store) == [NEW]
    assert store.suspicions.of(Decision.OPEN) == []
    assert [one.reason for one in store.suspicions.of(Decision.CONFIRMED)] == ["正文为2020年"]


def test_what_was_confirmed_by_mistake_can_be_dismissed(store: Store) -> None:
    number = watch(store)
    store.suspicions.decide(number, Decision.CONFIRMED, reason="", at=NOW)
    store.suspicions.decide(number, Decision.DISMISSED, reason="两份不同的通知", at=NOW)
    assert forged(store) == []


def test_a_confirmed_burst_leaves_its_days(store: Store) -> None:
    number = watch(store, replace(REDATED, sign=Sign.BURST))
    store.suspicions.decide(number, Decision.CONFIRMED, reason="", at=NOW)
    assert forged(store) == []


def test_what_ticks_is_one_suspicion_whatever_day_it_shows(store: Store) -> None:
    register(store, site(columns=1))
    look(store, 0, OLD)
    for day in (1, 2):
        ticked = replace(OLD, published=date(2026, 3, 18) + day * DAY)
        look(store, day, ticked, suspicions=(replace(REDATED, sign=Sign.TICKING, entries=(ticked,)),))
    assert len(store.suspicions.of(Decision.OPEN)) == 1


def test_a_number_that_is_none_is_said(store: Store) -> None:
    watch(store)
    assert not store.suspicions.decide(7, Decision.DISMISSED, reason="", at=NOW)


def test_the_moments_at_which_a_list_was_surely_read(store: Store) -> None:
    register(store, site(columns=1))
    for day, confidence in enumerate((0.95, 0.5, None, 0.9)):
        look(store, day, confidence=confidence)
    assert store.looks.read_since(1, since=NOW, least=0.9) == [NOW, NOW + 3 * DAY]
    assert store.looks.read_since(1, since=NOW + DAY, least=0.9) == [NOW + 3 * DAY]


# -- whole rounds ------------------------------------------------------------------------------------------------------


class Town:
    """A column whose entries are of January; on the third morning its first text says that it is of today."""

    day = 0

    def __call__(self, url: str) -> Page:
        days = [date(2026, 1, 20) - timedelta(days=n) for n in range(12)]
        shown = [date(2026, 3, 20), *days[1:]] if self.day >= 2 else days
        row = '<li><a href="/art/{n}.html">市财政局召开第{n}次工作推进会议</a><span>{day}</span></li>'
        listed = "\n".join(row.format(n=n, day=day) for n, day in enumerate(shown))
        body = f'<html><head><meta charset="utf-8"><title>动态</title></head><body><ul>{listed}</ul></body></html>'
        return Page(url=url, final_url=url, status=200, headers={"content-type": "text/html"}, body=body.encode())


def test_an_old_text_with_a_new_day_counts_until_a_person_confirms(store: Store, tmp_path: Path) -> None:
    register(store, site(columns=1))
    town = Town()
    here = small_world(store, tmp_path, answer=town)
    standings = []
    for town.day in range(4):
        moment = MORNING + town.day * DAY
        token = claim(store, now=moment, wall=moment)
        assert token
        asyncio.run(look_at(here, token, begin(store, token)))
        if town.day == 2:
            (found,) = store.suspicions.of(Decision.OPEN)
        (watched,) = store.findings.watched()
        assert watched.latest
        standings.append(watched.latest.verdict.standing)
        if town.day == 2:
            assert store.suspicions.decide(found.id, Decision.CONFIRMED, reason="正文为1月", at=moment)
    assert (found.suspicion.sign, found.suspicion.noticed) == (Sign.REDATED, date(2026, 3, 20))
    assert [e.title for e in found.suspicion.entries] == ["市财政局召开第0次工作推进会议"]
    assert standings == [Standing.STALE, Standing.STALE, Standing.FRESH, Standing.STALE]
