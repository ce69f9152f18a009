"""Findings and the outbox in the store, on SQLite and on PostgreSQL: one digest a slot, and a marker set once."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from monitor.edge import tables
from monitor.edge.store import Store
from monitor.edge.store.outbox import Change, ClaimLost, OutboxState, Planned, PlannedLine
from monitor.model.reminding import Finding, FindingState, LineKind, Role
from tests.edge.stores import DUTY, LATE, LEASE, NOW, OFFICER, begin, claim, register, rows, seen, site

FOUND = Finding(
    state=FindingState.BASELINE, rule=DUTY.source, episode=1, opened=NOW, since=NOW, newest=date(2026, 2, 15)
)


def found(store: Store, finding: Finding = FOUND) -> int:
    """A column with a finding; the finding's id."""
    register(store, site(columns=1))
    token = claim(store)
    assert token
    store.looks.record(token, [seen(c, LATE) for c in begin(store, token)], lambda *_: (finding, "first_verdict"))
    [watched] = store.findings.watched()
    assert watched.finding == finding
    assert watched.finding_id
    return watched.finding_id


def planned(finding_id: int, key: str = "k" * 64) -> Planned:
    line = PlannedLine(column_id=1, kind=LineKind.NEW, finding_id=finding_id, episode=1, step=1)
    return Planned(key=key, recipient=OFFICER, role=Role.OFFICER, slot=date(2026, 3, 18), channel="mail", lines=(line,))


def take(store: Store, wall: datetime = NOW) -> tuple[int, str]:
    [claimed] = store.outbox.claim(origin="test", now=wall, wall=wall, lease=LEASE, limit=10)
    return claimed


def test_every_transition_of_a_finding_is_kept_with_its_reason(store: Store) -> None:
    id_ = found(store)
    assert store.findings.baseline() == [(id_, FOUND)]
    store.findings.save(id_, replace(FOUND, released=True), at=NOW, reason="released")
    assert store.findings.baseline() == []
    assert [(e.state, e.reason) for e in rows(store, tables.finding_event)] == [
        ("baseline", "first_verdict"),
        ("baseline", "released"),
    ]


def test_a_new_episode_leaves_the_old_one_as_it_was(store: Store) -> None:
    found(store, replace(FOUND, state=FindingState.RESOLVED))
    again = replace(FOUND, episode=2, state=FindingState.DETECTED)
    token = claim(store, now=NOW + timedelta(days=1))
    assert token
    looks = [seen(c, LATE, at=NOW + timedelta(days=1)) for c in begin(store, token)]
    store.looks.record(token, looks, lambda *_: (again, "two_looks_agree"))
    assert [(f.episode, f.state) for f in rows(store, tables.finding)] == [(1, "resolved"), (2, "detected")]
    [watched] = store.findings.worth_telling()
    assert watched.finding == again


def test_only_the_latest_finding_of_a_watched_column_is_counted(store: Store) -> None:
    found(store, replace(FOUND, state=FindingState.RESOLVED))
    again = replace(FOUND, episode=2, state=FindingState.DETECTED)
    token = claim(store, now=NOW + timedelta(days=1))
    looks = [seen(c, LATE, at=NOW + timedelta(days=1)) for c in begin(store, token)]
    assert token
    store.looks.record(token, looks, lambda *_: (again, "two_looks_agree"))
    assert store.figures.status(now=NOW).findings == {"detected": 1}
    register(store, site("改名后", columns=1))
    assert store.figures.status(now=NOW).findings == {}
    assert len(rows(store, tables.finding)) == 2


def test_a_slot_has_one_digest_ever_and_the_second_plan_changes_nothing(store: Store) -> None:
    id_ = found(store, replace(FOUND, state=FindingState.DETECTED))
    now = replace(FOUND, state=FindingState.QUEUED)
    change = Change(finding_id=id_, was=replace(FOUND, state=FindingState.DETECTED), now=now, reason="planned")
    assert store.outbox.plan(planned(id_), [change], at=NOW)
    assert not store.outbox.plan(planned(id_), [replace(change, was=now, now=FOUND)], at=NOW)
    assert [f.state for f in rows(store, tables.finding)] == ["queued"]
    assert len(rows(store, tables.outbox)) == 1


def test_a_transition_decided_on_an_old_state_of_the_finding_is_not_made(store: Store) -> None:
    id_ = found(store, replace(FOUND, state=FindingState.RESOLVED))
    change = Change(finding_id=id_, was=FOUND, now=replace(FOUND, state=FindingState.QUEUED), reason="planned")
    assert store.outbox.plan(planned(id_), [change], at=NOW)
    assert [f.state for f in rows(store, tables.finding)] == ["resolved"]


def test_a_message_comes_back_from_the_outbox_as_it_was_planned(store: Store) -> None:
    was = planned(found(store))
    store.outbox.plan(was, [], at=NOW)
    id_, lease = take(store)
    assert store.outbox.take(id_, lease) == replace(was, id=id_)
    assert store.outbox.take(id_, "another lease") is None


def test_a_worker_that_dies_before_the_marker_leaves_the_message_to_another(store: Store) -> None:
    store.outbox.plan(planned(found(store)), [], at=NOW)
    dead, lease = take(store)
    id_, again = take(store, NOW + LEASE + timedelta(seconds=1))
    assert id_ == dead
    assert store.outbox.take(id_, again)
    with pytest.raises(ClaimLost):
        store.outbox.mark(dead, lease, wall=NOW)


def test_a_worker_that_dies_after_the_marker_leaves_it_to_a_person(store: Store) -> None:
    store.outbox.plan(planned(found(store)), [], at=NOW)
    id_, lease = take(store)
    store.outbox.mark(id_, lease, wall=NOW)
    assert store.outbox.take(id_, lease) is None
    store.outbox.free("test")
    assert [m.state for m in rows(store, tables.outbox)] == ["unknown"]
    assert store.outbox.claim(origin="test", now=NOW, wall=NOW, lease=LEASE, limit=10) == []


def test_a_message_is_marked_once_though_its_task_was_delivered_twice(store: Store) -> None:
    store.outbox.plan(planned(found(store)), [], at=NOW)
    id_, lease = take(store)
    store.outbox.mark(id_, lease, wall=NOW)
    with pytest.raises(ClaimLost):
        store.outbox.mark(id_, lease, wall=NOW)


def test_a_message_to_be_tried_later_waits_until_then(store: Store) -> None:
    store.outbox.plan(planned(found(store)), [], at=NOW)
    id_, lease = take(store)
    store.outbox.mark(id_, lease, wall=NOW)
    later = NOW + timedelta(minutes=5)
    assert store.outbox.settle(id_, lease, OutboxState.PENDING, at=NOW, detail="451", next_try=later)
    assert store.outbox.waiting(now=NOW) == 0
    assert store.outbox.claim(origin="test", now=NOW, wall=NOW, lease=LEASE, limit=10) == []
    again, lease = take(store, later)
    message = store.outbox.take(again, lease)
    assert message
    assert message.attempts == 1


def test_a_receipt_settles_the_message_and_its_findings_together_and_once(store: Store) -> None:
    queued = replace(FOUND, state=FindingState.QUEUED)
    finding = found(store, queued)
    store.outbox.plan(planned(finding), [], at=NOW)
    id_, lease = take(store)
    told = Change(
        finding_id=finding,
        was=queued,
        now=replace(queued, state=FindingState.REMINDED, step=1, told=NOW),
        reason="told",
    )
    assert store.outbox.settle(id_, lease, OutboxState.SENT, at=NOW, changes=[told])
    assert not store.outbox.settle(id_, lease, OutboxState.REFUSED, at=NOW)
    [message] = rows(store, tables.outbox)
    assert (message.state, message.sent) == ("sent", NOW)
    assert [(f.state, f.step, f.told) for f in rows(store, tables.finding)] == [("reminded", 1, NOW)]
