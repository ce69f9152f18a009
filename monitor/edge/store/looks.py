"""Looks: what was seen, and what it means. Only the batch that holds a look's claim can record it, and only once."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from monitor.edge.database import Database
from monitor.edge.page_tables import glance
from monitor.edge.store.claims import Claim
from monitor.edge.store.evidence import Kept, save_evidence
from monitor.edge.store.findings import save_finding
from monitor.edge.store.glances import drop_glances, glance_row, save_glances
from monitor.edge.store.known import known_entries
from monitor.edge.store.last_pages import save_last_pages
from monitor.edge.store.learnt import HowRead, save_learnt, save_redesigns
from monitor.edge.store.lookbacks import save_look_backs
from monitor.edge.store.readings import save_measures, save_readings
from monitor.edge.store.rows import SAME, Row, entry_row, finding_of, looks_of, marks_row, stretch_row
from monitor.edge.store.suspicions import save_suspicions
from monitor.edge.store.unseen import save_outages, save_unseen
from monitor.edge.tables import column, entry, finding, observation, verdict
from monitor.model.honesty import Suspicion
from monitor.model.judging import KnownEntry, Looked, Reading, Standing, Verdict
from monitor.model.reading import Entry, Trouble
from monitor.model.register import Marks
from monitor.model.reminding import Finding
from monitor.model.watching import LastPage, LookBack, Outage, Stays, Unseen

STRETCHES = 12  # as far back as two agreeing looks are searched


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
    how: HowRead | None = None  # where a page came
    confidence: float | None = None
    last_page: LastPage | None = None  # where one came whole, and is not kept so already
    marks: Marks | None = None  # of a page that was read
    unseen: Unseen | None = None  # the column's stretch after this look
    outage: Outage | None = None  # the site's, where this look tells of it
    back: LookBack | None = None  # where the looking back stands after this look
    suspicions: tuple[Suspicion, ...] = ()  # signs that dates may not be honest
    listed: tuple[Entry, ...] = ()  # all that was read, however surely
    read: Reading | None = None  # what surely stood in the list
    kept: Kept | None = None  # evidence, where a person may ask about the verdict
    stays: Stays | None = None  # what stands while the page stays as it is
    day: date | None = None  # of the look, local to the site; where something stays


# (claim, latest finding, recent looks with this one last, whether an earlier look had a verdict under the same rule)
# -> the finding as it stands now, and why
Decide = Callable[[Claim, Finding | None, Sequence[Looked], bool], tuple[Finding | None, str]]

# (look, what the next look will know of its column) -> the last day on which the verdict stands if the page stays
Until = Callable[[Look, Sequence[KnownEntry]], date | None]


def never(_look: Look, _known: Sequence[KnownEntry]) -> None:
    """Nothing stands: each look reads and judges anew."""


class Looks:
    def __init__(self, database: Database) -> None:
        self.database = database

    def record(self, token: str, looks: Sequence[Look], decide: Decide, until: Until = never) -> int:
        """Record a host's looks in one transaction; those whose claim was voided meanwhile are dropped."""
        by_id = {look.claim.id: look for look in looks}
        with self.database.writing() as connection:
            held = sa.select(column.c.id).where(column.c.id.in_(by_id), column.c.lease == token).with_for_update()
            kept = [by_id[id_] for id_ in connection.scalars(held)]
            if not kept:
                return 0
            drop_glances(connection, glance.c.column_id.in_([look.claim.id for look in kept]))
            readings = save_readings(connection, {k.claim.id: k.read for k in kept if k.read})
            measures = save_measures(connection, [k.claim for k in kept])
            rows = [_observation_row(token, k, readings.get(k.claim.id), measures[k.claim.id]) for k in kept]
            connection.execute(sa.insert(observation), rows)
            _see_entries(connection, self.database, kept)
            save_unseen(connection, self.database, {k.claim.id: k.unseen for k in kept if k.unseen})
            anew = {k.claim.id: (k.claim.column.url, k.how.learnt) for k in kept if k.how and k.how.anew}
            save_learnt(connection, self.database, anew)
            whole = {k.claim.id: (k.claim.column.url, k.last_page) for k in kept if k.last_page}
            save_last_pages(connection, self.database, whole)
            save_redesigns(connection, {k.claim.id: k.at for k in kept if k.how and k.how.redesigned})
            backs = {k.claim.id: (k.claim.column.url, k.back, k.at) for k in kept if k.back and k.back != k.claim.back}
            save_look_backs(connection, self.database, backs)
            save_outages(connection, self.database, {k.claim.site_id: k.outage for k in kept if k.outage})
            save_suspicions(connection, self.database, {k.claim.id: (k.at, k.suspicions) for k in kept})
            save_evidence(connection, self.database, {k.claim.id: k.kept for k in kept if k.kept})
            stretches = _judge(connection, kept)
            _decide(connection, kept, decide)
            settle = [
                {
                    "row_id": look.claim.id,
                    "next": look.next_look,
                    "failed": look.claim.failures + 1 if look.trouble else 0,
                    "stretch": stretches[look.claim.id],
                    "page_marks": marks_row(look.claim.column.url, look.marks or look.claim.marks),
                }
                for look in kept
            ]
            connection.execute(_SETTLE, settle)
            _save_glances(connection, kept, until, stretches, readings, measures)
        return len(kept)

    def read_since(self, column_id: int, *, since: datetime, least: float) -> list[datetime]:
        """The moments from then on at which the column's list was read with at least that confidence."""
        read = (observation.c.column_id == column_id, observation.c.at >= since, observation.c.confidence >= least)
        with self.database.reading() as connection:
            return list(connection.scalars(sa.select(observation.c.at).where(*read).order_by(observation.c.at)))

    def recorded(self, *, at: datetime) -> int:
        """How many looks stand for exactly that moment."""
        with self.database.reading() as connection:
            return connection.scalar(sa.select(sa.func.count()).where(observation.c.at == at)) or 0


_LENGTHEN = (
    sa.update(verdict)
    .where(verdict.c.id == sa.bindparam("row_id"))
    .values(
        last_at=sa.bindparam("last"),
        looks=verdict.c.looks + 1,
        days_over=sa.bindparam("over"),
        detail=sa.bindparam("said"),
    )
)
_SETTLE = (
    sa.update(column)
    .where(column.c.id == sa.bindparam("row_id"))
    .values(
        lease=None,
        put_off=None,
        next_look=sa.bindparam("next"),
        failures=sa.bindparam("failed"),
        verdict_id=sa.bindparam("stretch"),
        marks=sa.bindparam("page_marks"),
    )
)


def _save_glances(
    connection: sa.Connection,
    looks: Sequence[Look],
    until: Until,
    stretches: Mapping[int, int],
    readings: Mapping[int, int],
    measures: Mapping[int, int],
) -> None:
    """Keep what stands of these columns, judged by the very entries that the next look would be handed."""
    staying = {look.claim.id: look for look in looks if look.stays and look.claim.id in readings}
    known = known_entries(connection, {id_: look.claim.timezone for id_, look in staying.items()}) if staying else {}
    rows = []
    for id_, look in staying.items():
        if look.stays and look.day and (last := until(look, known[id_])):
            ids = {"stretch": stretches[id_], "reading": readings[id_], "measure": measures[id_]}
            row = glance_row(id_, look.stays, since=look.day, until=last, **ids)
            rows.append(row | {"read_at": look.at if look.entries else None})
    save_glances(connection, rows)


def _observation_row(token: str, look: Look, reading_id: int | None, measure_id: int) -> dict[str, Any]:
    return {
        "column_id": look.claim.id,
        "at": look.at,
        "batch": token,
        "trouble": look.trouble and look.trouble.kind.value,
        "detail": look.trouble.detail if look.trouble else "",
        "status": look.status,
        "body_hash": look.body_hash,
        "method": look.method,
        "way": look.how and look.how.way,
        "confidence": look.confidence,
        "entries": None if look.trouble else len(look.entries),
        "reading_id": reading_id,
        "measure_id": measure_id,
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
        # What another address showed proves nothing of this one.
        "readings": sa.case((entry.c.source == upsert.excluded.source, entry.c.readings + 1), else_=1),
        "source": upsert.excluded.source,
        "older": None,
    }
    connection.execute(
        upsert.on_conflict_do_update(index_elements=["column_id", "key"], set_=again), list(rows.values())
    )


def _entry_rows(look: Look) -> list[dict[str, Any]]:
    return [entry_row(look.claim.id, look.claim.column.url, seen, look.at) for seen in look.entries]


def _judge(connection: sa.Connection, looks: Sequence[Look]) -> dict[int, int]:
    """Lengthen each column's present stretch, or begin a new one; the stretch of each column."""
    ids = [look.claim.id for look in looks]
    present = sa.select(verdict).join(column, column.c.verdict_id == verdict.c.id).where(column.c.id.in_(ids))
    stretches: dict[int, Row] = {row.column_id: row for row in connection.execute(present)}
    standing: dict[int, int] = {}
    longer: list[dict[str, Any]] = []
    for look in looks:
        row, was = stretch_row(look.claim.id, look.verdict, look.at), stretches.get(look.claim.id)
        if was and all(getattr(was, name) == row[name] for name in SAME):
            longer.append({"row_id": was.id, "last": look.at, "over": row["days_over"], "said": row["detail"]})
            standing[look.claim.id] = was.id
        else:
            standing[look.claim.id] = _begun(connection, row)
    if longer:
        connection.execute(_LENGTHEN, longer)
    return standing


def _begun(connection: sa.Connection, row: dict[str, Any]) -> int:
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
    """The columns that an earlier look has judged under the duty that holds now."""
    query = (
        sa.select(verdict.c.column_id, verdict.c.duty, sa.func.min(verdict.c.first_at))
        .where(verdict.c.column_id.in_([look.claim.id for look in looks]))
        .where(verdict.c.standing != Standing.UNKNOWN.value)
        .group_by(verdict.c.column_id, verdict.c.duty)
    )
    first = {(id_, duty): at for id_, duty, at in connection.execute(query)}
    return {
        look.claim.id
        for look in looks
        if (at := first.get((look.claim.id, look.verdict.duty))) is not None and at < look.at
    }
