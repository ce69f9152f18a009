"""Evidence: kept with the look it belongs to, each body once; whatever is shown of it is verified first."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa

from monitor.edge.database import Database
from monitor.edge.evidence_tables import evidence, evidence_body, kept_body
from monitor.edge.packing import pack, unpack
from monitor.edge.store.fits import fits
from monitor.edge.store.records import Record, entries_body, entries_of, evidence_of, plain, record_of
from monitor.edge.store.rows import Row
from monitor.model.evidence import BodyState, Evidence, Exhibit, Held, Shown

_DIGEST = re.compile(r"[0-9a-f]{64}")
LARGEST = 16 * 1024 * 1024  # bytes of anything that is unpacked: three times what a fetch bears


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Evidence on its way into the store. `bodies` are packed, by their SHA-256, each with its size unpacked."""

    evidence: Evidence
    bodies: Mapping[str, tuple[int, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLooks:
    """How many looks at a column have evidence, and the moments of the first and the last."""

    looks: int
    first: datetime
    last: datetime


class Evidences:
    def __init__(self, database: Database) -> None:
        self.database = database

    def kept(self, column_id: int) -> KeptLooks | None:
        moments = [f(evidence.c.at, type_=evidence.c.at.type) for f in (sa.func.min, sa.func.max)]
        query = sa.select(sa.func.count(), *moments).where(evidence.c.column_id == column_id)
        with self.database.reading() as connection:
            looks, first, last = connection.execute(query).one()
        return KeptLooks(looks=looks, first=first, last=last) if looks else None

    def shown(self, column_id: int, *, before: datetime | None = None) -> Shown | None:
        """The latest evidence of a column, or the latest before that moment.

        A purge may take away what is being read: what it was about to be shown of is then not there, and not damaged.
        """
        query = sa.select(evidence).where(evidence.c.column_id == column_id)
        if before is not None:
            query = query.where(evidence.c.at < before)
        query = query.order_by(evidence.c.at.desc(), evidence.c.id.desc()).limit(1)
        with self.database.reading() as connection:
            while row := connection.execute(query).one_or_none():
                found = _shown(connection, row)
                if found.whole or connection.execute(query).one_or_none() == row:
                    return found
        return None


def _shown(connection: sa.Connection, row: Row) -> Shown:
    try:
        record, sealed = _record(row)
        read = _held(connection, record["read"])
        found = evidence_of(record, entries_of(read.body) if read.body is not None else ())
        if not fits(found, Evidence):
            return Shown(at=row.at, intact=False, evidence=None)
        its_own = (record["column_id"], found.at, found.ground.value) == (row.column_id, row.at, row.ground)
    except (KeyError, TypeError, ValueError, RecursionError):
        return Shown(at=row.at, intact=False, evidence=None)
    intact = sealed and its_own and read.state is BodyState.INTACT
    return Shown(
        at=row.at, intact=intact, evidence=found, bodies=tuple(_body(connection, one) for one in found.exhibits)
    )


def _record(row: Row) -> tuple[Record, bool]:
    """The record, and whether it is as it was sealed; an empty one where it cannot be read."""
    written = unpack(row.record, LARGEST)
    try:
        record = json.loads(written or b"")
    except (ValueError, RecursionError):
        return {}, False
    if not isinstance(record, dict):
        return {}, False
    return record, sha256(written or b"").hexdigest() == row.seal


def _body(connection: sa.Connection, exhibit: Exhibit) -> Held:
    return _held(connection, exhibit.sha256) if exhibit.kept else Held(state=BodyState.NOT_KEPT)


def _held(connection: sa.Connection, digest: object) -> Held:
    if not (isinstance(digest, str) and _DIGEST.fullmatch(digest)):
        return Held(state=BodyState.MISSING)  # it was never one of ours
    packed = connection.scalar(sa.select(kept_body.c.packed).where(kept_body.c.sha256 == digest))
    if packed is None:
        return Held(state=BodyState.MISSING)
    body = unpack(packed, LARGEST)
    if body is None or sha256(body).hexdigest() != digest:
        return Held(state=BodyState.ALTERED)
    return Held(state=BodyState.INTACT, body=body)


def save_evidence(connection: sa.Connection, database: Database, kept: Mapping[int, Kept]) -> None:
    """After looks: by column, the evidence of its look. A body that is there already is only told when it came again.

    Bodies are written in the order of their digests, so that two workers that have the same never wait for each other.
    """
    lists = {id_: entries_body(one.evidence.entries) for id_, one in kept.items()}
    read = {id_: sha256(body).hexdigest() for id_, body in lists.items()}
    rows = {
        digest: {"sha256": digest, "size": size, "taken": len(packed), "last_at": one.evidence.at, "packed": packed}
        for id_, one in kept.items()
        for digest, (size, packed) in {**one.bodies, read[id_]: (len(lists[id_]), pack(lists[id_]))}.items()
    }
    if not rows:
        return
    upsert = database.insert(kept_body)
    again = upsert.on_conflict_do_update(index_elements=["sha256"], set_={"last_at": upsert.excluded.last_at})
    connection.execute(again, [rows[digest] for digest in sorted(rows)])
    for id_, one in kept.items():
        _save(connection, id_, one, read[id_])


def _save(connection: sa.Connection, column_id: int, kept: Kept, read: str) -> None:
    written = plain(record_of(kept.evidence, column_id, read))
    row = {
        "column_id": column_id,
        "at": kept.evidence.at,
        "ground": kept.evidence.ground.value,
        "record": pack(written),
        "seal": sha256(written).hexdigest(),
    }
    key = connection.execute(sa.insert(evidence).values(row)).inserted_primary_key
    assert key is not None
    links = [{"evidence_id": key[0], "sha256": digest} for digest in {*kept.bodies, read}]
    connection.execute(sa.insert(evidence_body), links)
