"""The outbox: from a planned digest to its receipt. What crashed after the marker waits for a person, never resent."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from monitor.edge.database import Database
from monitor.edge.store.findings import finding_for_update, save_finding
from monitor.edge.store.rows import Row
from monitor.edge.tables import outbox
from monitor.model.register import Officer
from monitor.model.reminding import Finding, LineKind, Role


class OutboxState(StrEnum):
    PENDING = "pending"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"  # perhaps handed over: waits for a person or a bounce
    CANCELLED = "cancelled"  # nothing in it was true any more when it was to be sent


class ClaimLost(Exception):
    """Another worker has taken the message over: stop before anything is handed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLine:
    """Which column a digest tells of, and what of it. `finding_id` is None for a line of duty that is only near."""

    column_id: int
    kind: LineKind
    finding_id: int | None = None
    episode: int | None = None
    step: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A digest of the outbox. `key` is the digest of (recipient, role, slot, channel): one such digest exists, ever."""

    key: str
    recipient: Officer
    role: Role
    slot: date
    channel: str
    lines: tuple[PlannedLine, ...]
    id: int = 0
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A finding's transition that must happen together with something of the outbox."""

    finding_id: int
    was: Finding
    now: Finding
    reason: str


class Outbox:
    def __init__(self, database: Database) -> None:
        self.database = database

    def plan(self, planned: Planned, changes: Sequence[Change], *, at: datetime) -> bool:
        """Write a digest and its findings' transitions in one transaction; False when the slot already has one."""
        with self.database.writing() as connection:
            row = {**_row(planned), "state": OutboxState.PENDING.value, "planned": at}
            insert = self.database.insert(outbox).values(row).on_conflict_do_nothing(index_elements=["key"])
            if connection.scalar(insert.returning(outbox.c.id)) is None:
                return False
            _apply(connection, changes, at)
        return True

    def claim(
        self, *, origin: str, now: datetime, wall: datetime, lease: timedelta, limit: int
    ) -> list[tuple[int, str]]:
        """Claim messages that may be sent at `now`: (id, lease) of each."""
        token = uuid4().hex
        ready = sa.and_(
            outbox.c.state == OutboxState.PENDING.value,
            outbox.c.lease.is_(None),
            sa.or_(outbox.c.next_try.is_(None), outbox.c.next_try <= now),
        )
        pick = sa.select(outbox.c.id).where(ready).order_by(outbox.c.id).limit(limit).with_for_update(skip_locked=True)
        with self.database.writing() as connection:
            _give_back(connection, outbox.c.until < wall)
            ids = list(connection.scalars(pick))
            held = {"lease": token, "until": wall + lease, "origin": origin}
            connection.execute(sa.update(outbox).where(outbox.c.id.in_(ids)).values(held))
        return [(id_, token) for id_ in ids]

    def free(self, origin: str) -> None:
        """Give back what one run's workers held when they died."""
        with self.database.writing() as connection:
            _give_back(connection, outbox.c.origin == origin)

    def take(self, id_: int, lease: str) -> Planned | None:
        """The claimed message, or None when the claim was lost or the message is past its marker."""
        query = sa.select(outbox).where(
            outbox.c.id == id_,
            outbox.c.lease == lease,
            outbox.c.state == OutboxState.PENDING.value,
            outbox.c.marked.is_(None),
        )
        with self.database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return _planned(row) if row else None

    def mark(self, id_: int, lease: str, *, wall: datetime) -> None:
        """Commit that the message is about to be handed over. Raises ClaimLost, and then it must not be."""
        mine = sa.and_(outbox.c.id == id_, outbox.c.lease == lease, outbox.c.until >= wall)
        held = sa.and_(mine, outbox.c.marked.is_(None))  # a task that is delivered twice hands over once
        with self.database.writing() as connection:
            if connection.execute(sa.update(outbox).where(held).values(marked=wall)).rowcount != 1:
                raise ClaimLost(id_)

    def settle(
        self,
        id_: int,
        lease: str,
        state: OutboxState,
        *,
        at: datetime,
        detail: str = "",
        changes: Sequence[Change] = (),
        next_try: datetime | None = None,
    ) -> bool:
        """End a delivery: its state, and what it means for the findings, in one transaction. False: claim lost."""
        values: dict[str, Any] = {
            "state": state.value,
            "detail": detail,
            "lease": None,
            "until": None,
            "next_try": next_try,
            "attempts": outbox.c.attempts + 1,
            "sent": at if state is OutboxState.SENT else None,
        }
        if state is OutboxState.PENDING:
            values["marked"] = None
        held = sa.and_(outbox.c.id == id_, outbox.c.lease == lease)
        with self.database.writing() as connection:
            if connection.execute(sa.update(outbox).where(held).values(values)).rowcount != 1:
                return False
            _apply(connection, changes, at)
        return True

    def put_off(self, id_: int, lease: str, *, until: datetime) -> None:
        """Our own failure: the message waits until then; past its marker it waits for a person."""
        with self.database.writing() as connection:
            mine = sa.and_(outbox.c.id == id_, outbox.c.lease == lease)
            _give_back(connection, mine, next_try=until)

    def waiting(self, *, now: datetime) -> int:
        """How many messages could be sent at that moment, or are being sent."""
        can = sa.or_(outbox.c.lease.is_not(None), outbox.c.next_try.is_(None), outbox.c.next_try <= now)
        query = sa.select(sa.func.count()).where(outbox.c.state == OutboxState.PENDING.value, can)
        with self.database.reading() as connection:
            return connection.scalar(query) or 0


def _give_back(connection: sa.Connection, which: sa.ColumnElement[bool], *, next_try: datetime | None = None) -> None:
    """Void claims: before the marker the message is pending again, after it nobody knows."""
    held = sa.and_(outbox.c.lease.is_not(None), outbox.c.state == OutboxState.PENDING.value, which)
    free = {"lease": None, "until": None, "next_try": next_try}
    lost = {**free, "state": OutboxState.UNKNOWN.value, "detail": "the worker died while handing the message over"}
    connection.execute(sa.update(outbox).where(held, outbox.c.marked.is_not(None)).values(lost))
    connection.execute(sa.update(outbox).where(held, outbox.c.marked.is_(None)).values(free))


def _apply(connection: sa.Connection, changes: Sequence[Change], at: datetime) -> None:
    """Make the transitions whose finding still is what it was when they were decided."""
    for change in changes:
        if finding_for_update(connection, change.finding_id) == change.was:
            save_finding(connection, change.finding_id, None, change.now, at=at, reason=change.reason)


def _row(planned: Planned) -> dict[str, Any]:
    return {
        "key": planned.key,
        "name": planned.recipient.name,
        "email": planned.recipient.email,
        "language": planned.recipient.language,
        "role": planned.role.value,
        "slot": planned.slot,
        "channel": planned.channel,
        "lines": [asdict(line) for line in planned.lines],
        "origin": "",
        "attempts": 0,
        "detail": "",
    }


def _planned(row: Row) -> Planned:
    return Planned(
        id=row.id,
        key=row.key,
        recipient=Officer(name=row.name, email=row.email, language=row.language),
        role=Role(row.role),
        slot=row.slot,
        channel=row.channel,
        lines=tuple(PlannedLine(**{**line, "kind": LineKind(line["kind"])}) for line in row.lines),
        attempts=row.attempts,
    )
