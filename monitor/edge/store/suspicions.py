"""Suspicions: signs that dates may not be honest, kept until a person decides; none changes a verdict by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa

from monitor.edge.database import Database
from monitor.edge.honesty_tables import decision as decision_table
from monitor.edge.honesty_tables import suspicion
from monitor.edge.page_tables import glance
from monitor.edge.store.glances import drop_glances
from monitor.edge.store.rows import Row, identity_of, key_of
from monitor.edge.tables import column, entry, site
from monitor.model.honesty import Sign, Suspicion
from monitor.model.reading import Entry


class Decision(StrEnum):
    """What a person made of a suspicion."""

    OPEN = "open"  # nobody has looked yet
    CONFIRMED = "confirmed"  # the days are false: they no longer count
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspected:
    """A suspicion of a watched column, and what was decided of it."""

    id: int
    site: str
    column: str
    url: str
    suspicion: Suspicion
    decision: Decision
    reason: str


class Suspicions:
    def __init__(self, database: Database) -> None:
        self.database = database

    def of(self, *decisions: Decision) -> list[Suspected]:
        """Those that stand so, the latest first."""
        query = (
            sa.select(suspicion, site.c.name.label("site_name"), column.c.name, column.c.url)
            .join(column, column.c.id == suspicion.c.column_id)
            .join(site, site.c.id == column.c.site_id)
            .where(column.c.active, suspicion.c.state.in_([one.value for one in decisions]))
            .order_by(suspicion.c.noticed.desc(), suspicion.c.id.desc())
        )
        with self.database.reading() as connection:
            return [_suspected(row) for row in connection.execute(query)]

    def decide(self, id_: int, decision: Decision, *, reason: str, at: datetime) -> bool:
        """A person has decided; False where there is no such suspicion. What was confirmed may be dismissed later."""
        with self.database.writing() as connection:
            row = connection.execute(sa.select(suspicion).where(suspicion.c.id == id_).with_for_update()).one_or_none()
            if row is None:
                return False
            decided = {"state": decision.value, "decided": at, "reason": reason}
            connection.execute(sa.update(suspicion).where(suspicion.c.id == id_).values(decided))
            kept = {"suspicion_id": id_, "at": at, "confirmed": decision is Decision.CONFIRMED}
            connection.execute(sa.insert(decision_table).values(kept))
            if Sign(row.sign).falsifies:
                _mark(connection, row, forged=decision is Decision.CONFIRMED)
        return True


def forged_before(connection: sa.Connection, column_id: int, moment: datetime) -> set[str]:
    """The keys of a column's entries whose days were confirmed to be false, and not dismissed again, by a moment."""
    query = (
        sa.select(suspicion.c.sign, suspicion.c.entries, decision_table.c.confirmed)
        .join(decision_table, decision_table.c.suspicion_id == suspicion.c.id)
        .where(suspicion.c.column_id == column_id, decision_table.c.at < moment)
        .order_by(decision_table.c.at, decision_table.c.id)
    )
    forged: set[str] = set()
    for row in connection.execute(query):
        if Sign(row.sign).falsifies:
            keys = {key_of(one) for one in _entries(row.entries)}
            forged = forged | keys if row.confirmed else forged - keys
    return forged


def _mark(connection: sa.Connection, row: Row, *, forged: bool) -> None:
    keys = [key_of(one) for one in _entries(row.entries)]
    mine = sa.and_(entry.c.column_id == row.column_id, entry.c.key.in_(keys))
    connection.execute(sa.update(entry).where(mine).values(forged=forged))
    drop_glances(connection, glance.c.column_id == row.column_id)


def save_suspicions(
    connection: sa.Connection, database: Database, found: Mapping[int, tuple[datetime, Sequence[Suspicion]]]
) -> None:
    """Keep what is new, by column, with the moment of its look; what is known stays as it was decided."""
    rows = [_row(id_, one, at) for id_, (at, signs) in found.items() for one in signs]
    if rows:
        once = database.insert(suspicion).on_conflict_do_nothing(index_elements=["column_id", "key"])
        connection.execute(once, rows)


def _row(column_id: int, one: Suspicion, at: datetime) -> dict[str, Any]:
    return {
        "column_id": column_id,
        "key": _key(one),
        "sign": one.sign.value,
        "noticed": one.noticed,
        "entries": [
            {"title": e.title, "url": e.url, "published": e.published and e.published.isoformat()} for e in one.entries
        ],
        "known": [day.isoformat() for day in one.known],
        "found": at,
        "state": Decision.OPEN.value,
        "reason": "",
    }


def _key(one: Suspicion) -> str:
    """What ticks shows another day each time, and is one suspicion all the same."""
    of = identity_of if one.sign is Sign.TICKING else key_of
    text = " ".join([one.sign.value, *sorted(of(e) for e in one.entries)])
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _entries(rows: Sequence[Mapping[str, Any]]) -> tuple[Entry, ...]:
    return tuple(Entry(title=r["title"], url=r["url"], published=_day(r["published"])) for r in rows)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _suspected(row: Row) -> Suspected:
    known = tuple(date.fromisoformat(day) for day in row.known)
    signed = Suspicion(sign=Sign(row.sign), noticed=row.noticed, entries=_entries(row.entries), known=known)
    return Suspected(
        id=row.id,
        site=row.site_name,
        column=row.name,
        url=row.url,
        suspicion=signed,
        decision=Decision(row.state),
        reason=row.reason,
    )
