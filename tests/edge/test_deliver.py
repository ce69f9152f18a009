"""A planned digest when it is to be sent: only what still is true, to whom it is true for, in its own slot."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from config.book import MailMode
from monitor.edge import tables
from monitor.edge.store import Store, open_store
from monitor.model.judging import Standing, Verdict, Why
from monitor.model.register import Officer
from monitor.model.reminding import Finding, FindingState
from notifiers.base import ReceiptKind
from tasks.deliver import deliver_digest
from tasks.morning import awaiting, hasten
from tasks.plan import digests
from tasks.rounds import plan_digests
from tests.edge.stores import DUTY, begin, claim, register, rows, seen, site
from tests.edge.worlds import MORNING, SmallWorld, small_world

LATE = Verdict(
    standing=Standing.OVERDUE,
    why=Why.DEADLINE_PASSED,
    rule=DUTY.source,
    newest=date(2026, 2, 15),
    deadline=date(2026, 3, 1),
    days_over=17,
    past_grace=True,
)
FOUND = Finding(
    state=FindingState.DETECTED,
    rule=DUTY.source,
    episode=1,
    opened=MORNING,
    since=MORNING,
    newest=LATE.newest,
    released=True,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store in which two columns of one site are overdue, found and released."""
    store = open_store(f"sqlite:///{tmp_path / 'lanmu.sqlite3'}", migrate=True)
    register(store, site(columns=2))
    token = claim(store, now=MORNING)
    assert token
    looks = [seen(c, LATE, at=MORNING) for c in begin(store, token)]
    store.looks.record(token, looks, lambda *_: (FOUND, "two_looks_agree"))
    yield store
    store.database.close()


def send(here: SmallWorld, *, now: datetime = MORNING) -> None:
    [(id_, lease)] = here.store.outbox.claim(origin="test", now=now, wall=MORNING, lease=timedelta(minutes=5), limit=9)
    planned = here.store.outbox.take(id_, lease)
    assert planned
    deliver_digest(here, planned, lease, now=now)


def look(store: Store, *, at: datetime, columns: int = 2) -> None:
    token = claim(store, now=at + timedelta(days=1), limit=columns)
    assert token
    looks = [seen(c, LATE, at=at) for c in begin(store, token)]
    store.looks.record(token, looks, lambda _c, finding, *_: (finding, "still_accused"))


def states(store: Store) -> tuple[list[str], list[str]]:
    """Those of the outbox and of the findings."""
    with store.database.reading() as connection:
        outbox = connection.scalars(sa.select(tables.outbox.c.state).order_by(tables.outbox.c.id)).all()
        findings = connection.scalars(sa.select(tables.finding.c.state).order_by(tables.finding.c.id)).all()
        return list(outbox), list(findings)


def test_a_digest_is_planned_sent_and_counted_once(store: Store, tmp_path: Path) -> None:
    here = small_world(store, tmp_path)
    assert len(plan_digests(here, at=MORNING)) == 1
    assert states(store) == (["pending"], ["queued", "queued"])
    send(here)
    assert states(store) == (["sent"], ["reminded", "reminded"])
    assert plan_digests(here, at=MORNING) == []
    assert len(here.postman.taken) == 1


def test_a_dry_run_moves_no_finding(store: Store, tmp_path: Path) -> None:
    here = small_world(store, tmp_path, mode=MailMode.DRY_RUN)
    plan_digests(here, at=MORNING)
    send(here)
    assert states(store) == (["sent"], ["detected", "detected"])


def test_going_back_to_a_dry_run_stops_what_was_planned_for_the_wire(store: Store, tmp_path: Path) -> None:
    plan_digests(small_world(store, tmp_path), at=MORNING)
    here = small_world(store, tmp_path, mode=MailMode.DRY_RUN)
    send(here)
    assert here.postman.taken == []
    assert states(store) == (["cancelled"], ["detected", "detected"])


@pytest.mark.parametrize(
    ("later", "why"),
    [
        (timedelta(hours=9), "after the sending hours of its day"),
        (timedelta(days=1), "on the next working day"),
        (timedelta(days=3), "on a Saturday"),
    ],
    ids=lambda value: str(value),
)
def test_a_digest_whose_slot_is_over_is_planned_anew(store: Store, tmp_path: Path, later: timedelta, why: str) -> None:
    here = small_world(store, tmp_path)
    plan_digests(here, at=MORNING)
    send(here, now=MORNING + later)
    assert here.postman.taken == [], why
    assert states(store) == (["cancelled"], ["detected", "detected"])
    tomorrow = MORNING + timedelta(days=1)
    assert digests(here, now=tomorrow) == [], "the look of the day before proves nothing of this one"
    look(store, at=tomorrow)
    [(again, _)] = digests(here, now=tomorrow)
    assert again.slot == date(2026, 3, 19)


def test_a_digest_waits_for_the_looks_of_the_day_until_the_slot_ends_soon(store: Store, tmp_path: Path) -> None:
    """One of two columns was looked at on this day: an hour before the slot ends it goes out alone."""
    here, tomorrow = small_world(store, tmp_path), MORNING + timedelta(days=1)
    with store.database.writing() as connection:
        connection.execute(sa.update(tables.column).values(next_look=tomorrow + timedelta(hours=9)))
    hasten(here, now=tomorrow)
    [one, other] = [row.next_look for row in rows(store, tables.column)]
    assert one == other, "what one mail says is looked at together"
    assert one.hour in {1, 2, 3}, "from nine to noon in China"
    look(store, at=one, columns=1)
    assert len(list(awaiting(here, now=one))) == 1
    assert digests(here, now=one, patient=True) == []
    late = tomorrow + timedelta(hours=7, minutes=30)
    assert len(list(awaiting(here, now=late))) == 1, "the look that came is not asked for again"
    [(planned, _)] = digests(here, now=late, patient=True)
    assert len(planned.lines) == 1
    [(planned, _)] = digests(here, now=one)
    assert len(planned.lines) == 1, "a round that is played does not wait"
    assert list(awaiting(here, now=MORNING + timedelta(days=3))) == [], "on a Saturday nobody is reminded"


def test_a_mail_that_waited_does_not_go_to_the_former_officer(store: Store, tmp_path: Path) -> None:
    here = small_world(store, tmp_path)
    plan_digests(here, at=MORNING)
    register(store, replace(site(columns=2), officer=Officer(name="赵敏", email="zhao.min@lanmu.example")))
    send(here)
    assert here.postman.taken == []
    assert states(store) == (["cancelled"], ["detected", "detected"])


def test_a_column_that_left_the_book_meanwhile_is_not_said_and_does_not_stay_queued(
    store: Store, tmp_path: Path
) -> None:
    here = small_world(store, tmp_path)
    plan_digests(here, at=MORNING)
    register(store, site(columns=1))
    send(here)
    [message] = here.postman.taken
    assert "栏目1" not in message.text
    assert states(store) == (["sent"], ["reminded", "detected"])


def test_a_refused_mail_leaves_its_findings_to_the_next_slot(store: Store, tmp_path: Path) -> None:
    here = small_world(store, tmp_path, receipt=ReceiptKind.REFUSED)
    plan_digests(here, at=MORNING)
    send(here)
    assert states(store) == (["refused"], ["detected", "detected"])


def test_a_mail_that_may_have_left_waits_for_a_person(store: Store, tmp_path: Path) -> None:
    here = small_world(store, tmp_path, receipt=ReceiptKind.UNKNOWN)
    plan_digests(here, at=MORNING)
    send(here)
    assert states(store) == (["unknown"], ["queued", "queued"])
