"""Looks: who is due, who has claimed it, what was seen. Only the batch that holds a look's claim can record it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from monitor.edge.database import Database
from monitor.edge.store.findings import save_finding
from monitor.edge.store.rows import (
    SAME,
    Row,
    column_of,
    entry_row,
    finding_of,
    known_of,
    looks_of,
    networks_of,
    stretch_row,
)
from monitor.edge.tables import batch, column, entry, finding, observation, site, verdict
from monitor.model.judging import KnownEntry, Looked, Standing, Verdict
from monitor.model.reading import Entry, Trouble
from monitor.model.register import Column, Network
from monitor.model.reminding import Finding

KNOWN = 60  # formerly seen entries that a verdict may rest on, newest first
STRETCHES = 12  # as far back as two agreeing looks are searched


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A column to look at, with all that fetching and judging need."""

    id: int
    site: str
    column: Column
    host: str
    timezone: str
    allow_networks: tuple[Network, ...]
    spacing: float
    failures: int
    at: datetime | None  # the moment this look stands for; None: the clock's
    known: tuple[KnownEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one look at a column found, ready to be recorded. Entries are given only where a listing was read."""

    claim: Claim
    at: datetime
    verdict: Verdict
    entries: tuple[Entry, ...]
    trouble: Trouble | None
    next_look: datetime
    status: int | None = None
    body_hash: str | None = None
    method: str | None = None
    confidence: float | None = None


# (claim, latest finding, recent looks with this one last, whether an earlier look had a verdict under the same rule)
# -> the finding as it stands now, and why
Decide = Callable[[Claim, Finding | None, Sequence[Looked], bool], tuple[Finding | None, str]]


class Looks:
    def __init__(self, database: Database) -> None:
        self.database = database

    def claim(
        self,
        *,
        origin: str,
        at: datetime | None,
        now: datetime,
        wall: datetime,
        lease: timedelta,
        limit: int,
        per_host: int,
    ) -> str | None:
        """Claim up to `limit` due columns, most overdue first, at most `per_host` of one host; the batch's token.

        `now` says what is due; `wall` is the clock by which the claim runs out. None when nothing is due.
        """
        token = uuid4().hex
        with self.database.writing() as connection:
            _void(connection, batch.c.until < wall)
            ids = _due(connection, now, limit, per_host)
            if not ids:
                return None
            connection.execute(sa.insert(batch).values(token=token, origin=origin, at=at, until=wall + lease))
            connection.execute(sa.update(column).where(column.c.id.in_(ids)).values(lease=token))
        return token

    def begin(self, token: str, *, until: datetime) -> list[Claim]:
        """A task has taken the batch up: its claim runs to `until` now. Empty when it was voided or is done."""
        with self.database.writing() as connection:
            connection.execute(sa.update(batch).where(batch.c.token == token).values(until=until))
        return self._claimed(token)

    def give_back(self, token: str) -> None:
        """What the batch has not recorded yet is due again at once."""
        with self.database.writing() as connection:
            _void(connection, batch.c.token == token)

    def put_off(self, token: str, *, until: datetime) -> None:
        """Our own failure: what the batch has not recorded is looked at again then, not at once and for ever."""
        with self.database.writing() as connection:
            connection.execute(sa.update(column).where(column.c.lease == token).values(next_look=until))
            _void(connection, batch.c.token == token)

    def recorded(self, *, at: datetime) -> int:
        """How many looks stand for exactly that moment."""
        with self.database.reading() as connection:
            return connection.scalar(sa.select(sa.func.count()).where(observation.c.at == at)) or 0

    def free(self, origin: str) -> None:
        """Void all claims of one run: its worker died, or it has ended. Their columns are due again."""
        with self.database.writing() as connection:
            _void(connection, batch.c.origin == origin)

    def _claimed(self, token: str) -> list[Claim]:
        with self.database.reading() as connection:
            rows = connection.execute(_CLAIMED, {"token": token}).all()
            known = _known(connection, {row.id: row.timezone for row in rows})
        return [
            Claim(
                id=row.id,
                site=row.site_name,
                column=column_of(row),
                host=row.host,
                timezone=row.timezone,
                allow_networks=networks_of(row.allow_networks),
                spacing=row.spacing,
                failures=row.failures,
                at=row.at,
                known=tuple(known[row.id]),
            )
            for row in rows
        ]

    def record(self, token: str, looks: Sequence[Look], decide: Decide) -> int:
        """Record a host's looks in one transaction; those whose claim was voided meanwhile are dropped."""
        by_id = {look.claim.id: look for look in looks}
        with self.database.writing() as connection:
            held = sa.select(column.c.id).where(column.c.id.in_(by_id), column.c.lease == token).with_for_update()
            kept = [by_id[id_] for id_ in connection.scalars(held)]
            if not kept:
                return 0
            connection.execute(sa.insert(observation), [_observation_row(token, look) for look in kept])
            _see_entries(connection, self.database, kept)
            stretches = _judge(connection, kept)
            _decide(connection, kept, decide)
            settle = [
                {
                    "row_id": look.claim.id,
                    "next": look.next_look,
                    "failed": look.claim.failures + 1 if look.trouble else 0,
                    "stretch": stretches[look.claim.id],
                }
                for look in kept
            ]
            connection.execute(_SETTLE, settle)
        return len(kept)

    def outstanding(self, *, now: datetime) -> int:
        """How many columns are due or claimed at that moment."""
        with self.database.reading() as connection:
            return (
                connection.scalar(
                    sa.select(sa.func.count()).where(column.c.active, sa.or_(column.c.lease.is_not(None), _is_due(now)))
                )
                or 0
            )


_CLAIMED = (
    sa.select(
        column,
        site.c.name.label("site_name"),
        site.c.timezone,
        site.c.allow_networks,
        site.c.spacing,
        batch.c.at,
    )
    .join(site, site.c.id == column.c.site_id)
    .join(batch, batch.c.token == column.c.lease)
    .where(column.c.lease == sa.bindparam("token"))
    .order_by(column.c.host, column.c.id)
)

_SETTLE = (
    sa.update(column)
    .where(column.c.id == sa.bindparam("row_id"))
    .values(
        lease=None,
        next_look=sa.bindparam("next"),
        failures=sa.bindparam("failed"),
        verdict_id=sa.bindparam("stretch"),
    )
)


def _is_due(now: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(column.c.next_look.is_(None), column.c.next_look <= now)


def _void(connection: sa.Connection, which: sa.ColumnElement[bool]) -> None:
    tokens = connection.scalars(sa.select(batch.c.token).where(which)).all()
    if tokens:
        connection.execute(sa.update(column).where(column.c.lease.in_(tokens)).values(lease=None))
        connection.execute(sa.delete(batch).where(batch.c.token.in_(tokens)))


def _due(connection: sa.Connection, now: datetime, limit: int, per_host: int) -> list[int]:
    """Due columns, locked. Ranking and locking are two steps, since PostgreSQL does not lock ranked rows."""
    first = column.c.next_look.asc().nulls_first()
    rank = sa.func.row_number().over(partition_by=column.c.host, order_by=(first, column.c.id)).label("rank")
    free = sa.and_(column.c.active, column.c.lease.is_(None), _is_due(now))
    ranked = sa.select(column.c.id, column.c.next_look, rank).where(free).subquery()
    wanted = (
        sa.select(ranked.c.id)
        .where(ranked.c.rank <= per_host)
        .order_by(ranked.c.next_look.asc().nulls_first(), ranked.c.id)
        .limit(limit)
    )
    ids = connection.scalars(wanted).all()
    lock = sa.select(column.c.id).where(column.c.id.in_(ids), free).with_for_update(skip_locked=True)
    return list(connection.scalars(lock)) if ids else []


def _known(connection: sa.Connection, timezones: dict[int, str]) -> dict[int, list[KnownEntry]]:
    order = (entry.c.published.desc().nulls_last(), entry.c.key)
    rank = sa.func.row_number().over(partition_by=entry.c.column_id, order_by=order).label("rank")
    ranked = sa.select(entry, rank).where(entry.c.column_id.in_(timezones)).subquery()
    known: dict[int, list[KnownEntry]] = defaultdict(list)
    for row in connection.execute(sa.select(ranked).where(ranked.c.rank <= KNOWN)):
        known[row.column_id].append(known_of(row, timezones[row.column_id]))
    return known


def _observation_row(token: str, look: Look) -> dict[str, Any]:
    return {
        "column_id": look.claim.id,
        "at": look.at,
        "batch": token,
        "trouble": look.trouble and look.trouble.kind.value,
        "detail": look.trouble.detail if look.trouble else "",
        "status": look.status,
        "body_hash": look.body_hash,
        "method": look.method,
        "confidence": look.confidence,
        "entries": None if look.trouble else len(look.entries),
    }


def _see_entries(connection: sa.Connection, database: Database, looks: Sequence[Look]) -> None:
    """Insert what is new; what was seen before with this date has one reading more."""
    rows = {(r["column_id"], r["key"]): r for look in looks for r in _entry_rows(look)}
    if not rows:
        return
    upsert = database.insert(entry)
    again = {
        "title": upsert.excluded.title,
        "pinned": upsert.excluded.pinned,
        "year_inferred": sa.and_(entry.c.year_inferred, upsert.excluded.year_inferred),
        "last_seen": upsert.excluded.last_seen,
        "readings": entry.c.readings + 1,
    }
    connection.execute(
        upsert.on_conflict_do_update(index_elements=["column_id", "key"], set_=again), list(rows.values())
    )


def _entry_rows(look: Look) -> list[dict[str, Any]]:
    return [entry_row(look.claim.id, seen, look.at) for seen in look.entries]


def _judge(connection: sa.Connection, looks: Sequence[Look]) -> dict[int, int]:
    """Lengthen each column's present stretch, or begin a new one; the stretch of each column."""
    ids = [look.claim.id for look in looks]
    present = sa.select(verdict).join(column, column.c.verdict_id == verdict.c.id).where(column.c.id.in_(ids))
    stretches: dict[int, Row] = {row.column_id: row for row in connection.execute(present)}
    return {look.claim.id: _stretch(connection, look, stretches.get(look.claim.id)) for look in looks}


def _stretch(connection: sa.Connection, look: Look, present: Row | None) -> int:
    row = stretch_row(look.claim.id, look.verdict, look.at)
    if present and all(getattr(present, name) == row[name] for name in SAME):
        more = {"last_at": look.at, "looks": present.looks + 1, "days_over": row["days_over"], "detail": row["detail"]}
        connection.execute(sa.update(verdict).where(verdict.c.id == present.id).values(more))
        return int(present.id)
    key = connection.execute(sa.insert(verdict).values(row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def _decide(connection: sa.Connection, looks: Sequence[Look], decide: Decide) -> None:
    ids = [look.claim.id for look in looks]
    findings = _latest_findings(connection, ids)
    recent = _recent(connection, ids)
    judged = _judged(connection, looks)
    for look in looks:
        row = findings.get(look.claim.id)
        was = finding_of(row) if row else None
        now, reason = decide(look.claim, was, recent[look.claim.id], look.claim.id in judged)
        if now is not None and now != was:
            id_ = row.id if row and was and was.episode == now.episode else None
            save_finding(connection, id_, look.claim.id, now, at=look.at, reason=reason)


def _latest_findings(connection: sa.Connection, ids: Sequence[int]) -> dict[int, Row]:
    query = sa.select(finding).where(finding.c.column_id.in_(ids)).order_by(finding.c.episode).with_for_update()
    return {row.column_id: row for row in connection.execute(query)}


def _recent(connection: sa.Connection, ids: Sequence[int]) -> dict[int, list[Looked]]:
    rank = sa.func.row_number().over(partition_by=verdict.c.column_id, order_by=verdict.c.last_at.desc())
    ranked = sa.select(verdict.c.id, rank.label("rank")).where(verdict.c.column_id.in_(ids)).subquery()
    query = (
        sa.select(verdict)
        .join(ranked, ranked.c.id == verdict.c.id)
        .where(ranked.c.rank <= STRETCHES)
        .order_by(verdict.c.last_at, verdict.c.id)
    )
    recent: dict[int, list[Looked]] = defaultdict(list)
    for row in connection.execute(query):
        recent[row.column_id].extend(looks_of(row))
    return recent


def _judged(connection: sa.Connection, looks: Sequence[Look]) -> set[int]:
    """The columns that an earlier look has judged under the rule that holds now."""
    query = (
        sa.select(verdict.c.column_id, verdict.c.rule, sa.func.min(verdict.c.first_at))
        .where(verdict.c.column_id.in_([look.claim.id for look in looks]))
        .where(verdict.c.standing != Standing.UNKNOWN.value)
        .group_by(verdict.c.column_id, verdict.c.rule)
    )
    first = {(id_, rule): at for id_, rule, at in connection.execute(query)}
    return {
        look.claim.id
        for look in looks
        if (at := first.get((look.claim.id, look.verdict.rule))) is not None and at < look.at
    }
