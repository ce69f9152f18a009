"""Readings and measures: what a look saw and was measured by, written once for all looks that share it."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa

from monitor.edge.packing import pack, pack_beside, unpack, unpack_beside
from monitor.edge.past_tables import measure, reading
from monitor.edge.store.claims import Claim
from monitor.edge.store.rows import duty_row
from monitor.model.judging import Reading
from monitor.model.reading import Entry

LARGEST = 64 * 1024 * 1024  # bytes of a reading, unpacked: the page it was read from is far smaller
_LIKE = 2  # a reading is packed against the base where that makes it so many times smaller


def save_readings(connection: sa.Connection, read: Mapping[int, Reading]) -> dict[int, int]:
    """Keep what was read of each column; by column, the id of its reading."""
    bodies = {id_: _body(one) for id_, one in read.items()}
    digests = {id_: _digest(body) for id_, body in bodies.items()}
    ids = _kept(connection, reading, digests)
    new = [id_ for id_ in bodies if id_ not in ids]
    bases = _bases(connection, new) if new else {}
    for id_ in new:
        row = {"column_id": id_, "digest": digests[id_], **_packed(bodies[id_], bases.get(id_))}
        ids[id_] = _inserted(connection, reading, row)
    return ids


def save_measures(connection: sa.Connection, claims: Sequence[Claim]) -> dict[int, int]:
    """Keep what each column was measured by; by column, the id of its measure."""
    rows = {claim.id: _measure_row(claim) for claim in claims}
    ids = _kept(connection, measure, {id_: row["digest"] for id_, row in rows.items()})
    return ids | {id_: _inserted(connection, measure, row) for id_, row in rows.items() if id_ not in ids}


def readings_of(connection: sa.Connection, ids: Sequence[int]) -> dict[int, Reading]:
    """These readings, with the bases that they are packed against."""
    rows = {row.id: row for row in connection.execute(sa.select(reading).where(reading.c.id.in_(ids)))}
    wanted = {row.base_id for row in rows.values() if row.base_id} - set(rows)
    bases = {row.id: row.packed for row in connection.execute(sa.select(reading).where(reading.c.id.in_(wanted)))}
    whole = {id_: _whole(packed) for id_, packed in bases.items()}
    whole |= {id_: _whole(row.packed) for id_, row in rows.items() if row.base_id is None}
    return {
        id_: _reading(whole[id_] if row.base_id is None else unpack_beside(row.packed, whole[row.base_id]))
        for id_, row in rows.items()
    }


def _kept(connection: sa.Connection, table: sa.Table, digests: Mapping[int, str]) -> dict[int, int]:
    c = table.c
    query = sa.select(c.id, c.column_id, c.digest).where(c.column_id.in_(digests), c.digest.in_(digests.values()))
    return {row.column_id: row.id for row in connection.execute(query) if digests[row.column_id] == row.digest}


def _bases(connection: sa.Connection, column_ids: Sequence[int]) -> dict[int, tuple[int, bytes]]:
    """The latest base of each column that has one."""
    last = (
        sa.select(sa.func.max(reading.c.id))
        .where(reading.c.column_id.in_(column_ids), reading.c.base_id.is_(None))
        .group_by(reading.c.column_id)
    )
    rows = connection.execute(sa.select(reading).where(reading.c.id.in_(last)))
    return {row.column_id: (row.id, _whole(row.packed)) for row in rows}


def _packed(body: bytes, base: tuple[int, bytes] | None) -> dict[str, Any]:
    alone = pack(body)
    beside = pack_beside(body, base[1]) if base else alone
    if base and len(beside) * _LIKE <= len(alone):
        return {"base_id": base[0], "packed": beside}
    return {"base_id": None, "packed": alone}


def _whole(packed: bytes) -> bytes:
    body = unpack(packed, LARGEST)
    assert body is not None, "it was written by us"
    return body


def _inserted(connection: sa.Connection, table: sa.Table, row: dict[str, Any]) -> int:
    key = connection.execute(sa.insert(table).values(row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def _measure_row(claim: Claim) -> dict[str, Any]:
    told = {
        "source": claim.column.url,
        "duty": duty_row(claim.column.duty),
        "opened": claim.column.opened,
        "timezone": claim.timezone,
    }
    digest = _digest(json.dumps(told, sort_keys=True, default=str).encode("ascii"))
    return {"column_id": claim.id, "digest": digest, **told}


def _body(read: Reading) -> bytes:
    """The same bytes for the same reading; letters as they are, so that the packing sees them."""
    entries = [[e.title, e.url, _written(e.published), int(e.pinned), int(e.year_inferred)] for e in read.entries]
    told = [int(read.blank), _written(read.undated_until), entries]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _reading(body: bytes) -> Reading:
    blank, until, entries = json.loads(body.decode("utf-8", "surrogatepass"))
    return Reading(
        entries=tuple(
            Entry(title=title, url=url, published=_day(day), pinned=bool(pinned), year_inferred=bool(inferred))
            for title, url, day, pinned, inferred in entries
        ),
        blank=bool(blank),
        undated_until=_day(until),
    )


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _digest(body: bytes) -> str:
    return blake2b(body, digest_size=16).hexdigest()
