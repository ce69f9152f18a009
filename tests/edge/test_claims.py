"""Claims, on SQLite and on PostgreSQL: who is due, and that each look is taken by one batch and recorded once."""

import threading
from dataclasses import replace
from datetime import timedelta

from monitor.edge import tables
from monitor.edge.origins import host_of
from monitor.edge.store import Store
from monitor.model.watching import PutOff
from tests.edge.stores import LEASE, NOW, begin, claim, register, rows, seen, site, undecided


def test_everything_is_due_at_first_and_claimed_by_one_batch_alone(store: Store) -> None:
    register(store, site())
    assert len(begin(store, claim(store))) == 3
    assert claim(store) is None


def test_the_most_overdue_columns_are_claimed_first(store: Store) -> None:
    register(store, site())
    token = claim(store)
    assert token
    hours = iter((5, 9, 1))
    looks = [replace(seen(c), next_look=NOW + timedelta(hours=next(hours))) for c in begin(store, token)]
    store.looks.record(token, looks, undecided)
    later = NOW + timedelta(days=1)
    [first] = begin(store, claim(store, now=later, limit=1))
    assert first.column.name == "栏目2"


def test_one_host_does_not_fill_a_batch(store: Store) -> None:
    register(store, site("大站", columns=9), site("小站", columns=1))
    hosts = [c.host for c in begin(store, claim(store, per_host=2))]
    big, small = host_of("http://大站.example/"), host_of("http://小站.example/")
    assert sorted(hosts) == sorted([big, big, small])


def test_a_look_is_recorded_once_however_often_its_task_runs(store: Store) -> None:
    register(store, site())
    token = claim(store)
    assert token
    looks = [seen(c) for c in begin(store, token)]
    assert store.looks.record(token, looks, undecided) == 3
    assert store.looks.record(token, looks, undecided) == 0
    assert len(rows(store, tables.observation)) == 3


def test_a_claim_that_ran_out_is_taken_by_another_and_the_late_look_is_dropped(store: Store) -> None:
    register(store, site())
    slow = claim(store)
    assert slow
    late = [seen(c) for c in begin(store, slow)]
    quick = claim(store, wall=NOW + LEASE + timedelta(seconds=1))
    assert len(begin(store, quick)) == 3
    assert store.looks.record(slow, late, undecided) == 0


def test_what_a_dead_run_had_claimed_is_due_again(store: Store) -> None:
    register(store, site())
    claim(store)
    store.claims.free("another run")
    assert claim(store) is None
    store.claims.free("test")
    assert len(begin(store, claim(store))) == 3


def test_claims_from_many_threads_never_share_a_column(store: Store) -> None:
    register(store, *(site(f"站{n}", columns=10) for n in range(8)))
    tokens: list[str] = []

    def work() -> None:
        while token := claim(store, limit=7):
            tokens.append(token)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    claimed = [c.id for token in tokens for c in begin(store, token)]
    assert len(claimed) == len(set(claimed)) == 80


def test_a_column_whose_turn_has_not_come_is_looked_at_later_and_the_others_of_its_batch_now(store: Store) -> None:
    register(store, site())
    token = claim(store)
    assert token
    first, *others = begin(store, token)
    store.claims.set_aside(token, {first.id: NOW + timedelta(minutes=7)})
    assert [c.id for c in begin(store, token)] == [c.id for c in others]
    waiting = store.claims.waiting(now=NOW)
    assert (waiting.counts, waiting.until) == ({PutOff.TURN: 1}, NOW + timedelta(minutes=7))
    store.looks.record(token, [seen(c) for c in others], undecided)
    assert claim(store, now=NOW + timedelta(minutes=6)) is None
    again = claim(store, now=NOW + timedelta(minutes=7))
    assert again
    store.looks.record(again, [seen(c) for c in begin(store, again)], undecided)
    assert store.claims.waiting(now=NOW).counts == {}


def test_a_column_that_another_batch_has_claimed_since_is_not_set_aside(store: Store) -> None:
    register(store, site(columns=1))
    late = claim(store)
    assert late
    [column] = begin(store, late)
    taken = claim(store, wall=NOW + LEASE + timedelta(seconds=1))
    store.claims.set_aside(late, {column.id: NOW + timedelta(hours=9)})
    assert [c.id for c in begin(store, taken)] == [column.id]


def test_what_we_failed_on_ourselves_waits_apart_from_what_waits_for_its_turn(store: Store) -> None:
    register(store, site())
    token = claim(store)
    assert token
    store.claims.put_off(token, until=NOW + timedelta(minutes=30), why=PutOff.FAULT)
    waiting = store.claims.waiting(now=NOW)
    assert (waiting.counts, waiting.until) == ({PutOff.FAULT: 3}, None)
