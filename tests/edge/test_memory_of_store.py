"""What a replay remembers of a column's entries is what the store remembers, and so the verdicts are the same."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from monitor.edge.store import Store, open_store
from monitor.memory import Memory
from monitor.model.judging import KnownEntry
from monitor.model.reading import Entry, Listing, Trouble, TroubleKind
from monitor.observe import observe
from monitor.workdays import china, local_day
from tests.edge.stores import LEASE, NOW, begin, claim, register, seen, site, undecided

LOOKS = 9
ZONE = "Asia/Shanghai"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(f"sqlite:///{tmp_path / 'lanmu.sqlite3'}", migrate=True)
    yield made
    made.database.close()


def looked(dice: Random, today: date) -> Listing | Trouble:
    """A small list, as pages are: texts come back with other titles, days and addresses, twice, without an address."""
    if dice.random() < 0.15:
        return Trouble(kind=TroubleKind.TIMEOUT)
    entries = tuple(_entry(dice, today) for _ in range(dice.randrange(7)))
    return Listing(entries=entries, method="test", confidence=dice.choice((0.97, 0.97, 0.5)), blank=not entries)


def _entry(dice: Random, today: date) -> Entry:
    return Entry(
        title=dice.choice(("甲", "乙", "丙", "")),
        url=dice.choice(("/1", "/2", "/3", None)),
        published=dice.choice((None, *(today - timedelta(days=n) for n in (-20, -1, 0, 13, 40)))),
        pinned=dice.random() < 0.2,
        year_inferred=dice.random() < 0.2,
    )


def remembered(known: tuple[KnownEntry, ...]) -> set[KnownEntry]:
    """Two readings say as much as more, and of one day the order is by a digest there and by the address here."""
    return {replace(k, readings=min(k.readings, 2)) for k in known}


@pytest.mark.parametrize("number", range(6))
def test_a_replay_remembers_and_judges_as_the_store(store: Store, number: int) -> None:
    dice, at = Random(number), NOW
    register(store, site(columns=3))
    memories: dict[int, Memory] = {}
    for _ in range(LOOKS):
        today, token = local_day(at, ZONE), claim(store, now=at, wall=at)
        looks = []
        for of in begin(store, token):
            came, memory = looked(dice, today), memories.setdefault(of.id, Memory())
            assert remembered(of.known) == remembered(memory.known)
            played = observe(of.column, came, memory.known, china(), today=today)
            found = observe(of.column, came, tuple(of.known), china(), today=today)
            assert found.verdict == played.verdict
            memory.remember(played.remembered, today)
            looks.append(seen(of, found.verdict, *found.remembered, at=at))
        assert token
        assert store.looks.record(token, looks, undecided) == 3
        at += LEASE + timedelta(hours=dice.choice((20, 24, 70)))
