"""Glances: the columns of which a look need only ask whether the page is as it was, and what is written where it is.

Whatever a column's verdict rests on besides its page (register, known entries, decisions of persons) takes its glance
away when it changes; what reads and judges is told by its version. So a glance needs none of it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from monitor.edge.database import Database
from monitor.edge.page_tables import glance, last_page
from monitor.edge.store.rows import Row, access_of, networks_of
from monitor.edge.tables import batch, column, entry, observation, outage, site, verdict
from monitor.model.reading import Validators
from monitor.model.register import Access, Network, WeakTls
from monitor.model.watching import Stays

_KEPT_TERMS = 4096  # sites whose terms a process remembers, by how their rows say them
_AGREED = 2  # readings of a date, of which more prove no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A site as far as asking it needs it."""

    name: str
    timezone: str
    allow_networks: tuple[Network, ...]
    spacing: float
    access: Access
    weak_tls: WeakTls | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """A column whose verdict stands from `since` until `until`, unless its page has changed.

    `known` are the validators of the page that stands, `digest` and `content_type` are the page's own. `at` is the
    moment that the look stands for; None: the clock's.
    """

    id: int
    url: str
    host: str
    place: Place
    known: Validators
    digest: str
    content_type: str
    since: date
    until: date
    at: datetime | None


class Glances:
    def __init__(self, database: Database) -> None:
        self.database = database

    def held(self, token: str, *, judged_by: str) -> list[Glance]:
        """Those columns of the batch whose page may stand by this version of what reads and judges."""
        with self.database.reading() as connection:
            rows: list[Row] = list(connection.execute(_HELD, {"token": token, "version": judged_by}))
            places = {row.id: _place(row) for row in connection.execute(_PLACES, {"token": token})} if rows else {}
        return [_glance(row, places[row.site_id]) for row in rows]

    def stood(self, token: str, statuses: Mapping[int, int], *, at: datetime, next_look: datetime) -> int:
        """Record the looks that found the page as it was, in one transaction: by column, the status of the answer.

        Left out are those whose claim was voided meanwhile, or whose glance was taken away: they are due again.
        """
        with self.database.writing() as connection:
            held = list(connection.scalars(_STANDING, {"ids": list(statuses), "token": token}))
            if not held:
                return 0
            these = {"ids": held, "moment": at, "token": token, "next": next_look}
            for status in set(statuses.values()):
                ids = [id_ for id_ in held if statuses[id_] == status]
                if ids:
                    connection.execute(_OBSERVE, {"ids": ids, "moment": at, "token": token, "status": status})
            connection.execute(_LENGTHEN, these)
            if list(connection.scalars(_UNSETTLED, these)):
                connection.execute(_SETTLE_ENTRIES, these)
                connection.execute(_SETTLED, these)
            connection.execute(_RELEASE, these)
        return len(held)


def save_glances(connection: sa.Connection, rows: Sequence[Mapping[str, Any]], *, looked_at: Sequence[int]) -> None:
    """After looks that read or judged: what was said before of their columns holds no more."""
    drop_glances(connection, glance.c.column_id.in_(looked_at))
    if rows:
        connection.execute(sa.insert(glance), rows)


def drop_glances(connection: sa.Connection, which: sa.ColumnElement[bool]) -> None:
    connection.execute(sa.delete(glance).where(which))


def glance_row(
    column_id: int, stays: Stays, *, since: date, until: date, stretch: int, reading: int, measure: int
) -> dict[str, Any]:
    return {
        "column_id": column_id,
        "since": since,
        "until": until,
        "judged_by": stays.judged_by,
        "verdict_id": stretch,
        "reading_id": reading,
        "measure_id": measure,
        "method": stays.listing.method,
        "confidence": stays.listing.confidence,
        "content_type": stays.content_type,
    }


_IDS: sa.BindParameter[list[int]] = sa.bindparam("ids", expanding=True)
_MOMENT = sa.bindparam("moment", type_=observation.c.at.type)
_HELD = (
    sa.select(
        column.c.id,
        column.c.url,
        column.c.host,
        column.c.site_id,
        last_page.c.url.label("answered"),
        last_page.c.etag,
        last_page.c.modified,
        last_page.c.digest,
        glance.c.content_type,
        glance.c.since,
        glance.c.until,
        batch.c.at,
    )
    .join(glance, sa.and_(glance.c.column_id == column.c.id, glance.c.verdict_id == column.c.verdict_id))
    .join(last_page, sa.and_(last_page.c.column_id == column.c.id, last_page.c.source == column.c.url))
    .join(batch, batch.c.token == column.c.lease)
    .where(column.c.lease == sa.bindparam("token"), column.c.failures == 0)
    .where(glance.c.judged_by == sa.bindparam("version"), sa.not_(last_page.c.lied))
    # A site that is down now answers again with this look: that is told by a look in full.
    .where(~sa.exists().where(outage.c.site_id == column.c.site_id, outage.c.ended.is_(None)))
    .order_by(column.c.host, column.c.id)
)
_PLACES = sa.select(
    site.c.id,
    site.c.name,
    site.c.timezone,
    site.c.allow_networks,
    site.c.spacing,
    sa.cast(site.c.access, sa.Text).label("access"),
    sa.cast(site.c.weak_tls, sa.Text).label("weak_tls"),
).where(site.c.id.in_(sa.select(column.c.site_id).where(column.c.lease == sa.bindparam("token"))))
_STANDING = (
    sa.select(column.c.id)
    .join(glance, sa.and_(glance.c.column_id == column.c.id, glance.c.verdict_id == column.c.verdict_id))
    .where(column.c.id.in_(_IDS), column.c.lease == sa.bindparam("token"))
    .with_for_update()
)
_OBSERVE = sa.insert(observation).from_select(
    [
        "column_id",
        "at",
        "batch",
        "detail",
        "status",
        "body_hash",
        "method",
        "way",
        "confidence",
        "entries",
        "reading_id",
        "measure_id",
    ],
    sa.select(
        glance.c.column_id,
        _MOMENT,
        sa.bindparam("token", type_=sa.String),
        sa.literal_column("''"),
        sa.bindparam("status", type_=sa.Integer),
        last_page.c.digest,
        glance.c.method,
        sa.literal_column("'unchanged'"),
        glance.c.confidence,
        sa.literal_column("0"),
        glance.c.reading_id,
        glance.c.measure_id,
    )
    .join(last_page, last_page.c.column_id == glance.c.column_id)
    .where(glance.c.column_id.in_(_IDS)),
)
_LENGTHEN = (
    sa.update(verdict)
    .where(verdict.c.id.in_(sa.select(glance.c.verdict_id).where(glance.c.column_id.in_(_IDS))))
    .values(last_at=_MOMENT, looks=verdict.c.looks + 1)
)
_UNSETTLED = sa.select(glance.c.column_id).where(glance.c.column_id.in_(_IDS), glance.c.read_at.is_not(None)).limit(1)
# The entries of the page that stands are those that the look which read it wrote; older pages' are none of its own.
_SETTLE_ENTRIES = (
    sa.update(entry)
    .where(entry.c.column_id.in_(_IDS), entry.c.readings < _AGREED, entry.c.older.is_not(True))
    .where(
        entry.c.last_seen
        == sa.select(glance.c.read_at).where(glance.c.column_id == entry.c.column_id).scalar_subquery()
    )
    .values(readings=_AGREED, last_seen=_MOMENT)
)
_SETTLED = sa.update(glance).where(glance.c.column_id.in_(_IDS), glance.c.read_at.is_not(None)).values(read_at=None)
_RELEASE = (
    sa.update(column)
    .where(column.c.id.in_(_IDS))
    .values(lease=None, put_off=None, next_look=sa.bindparam("next", type_=column.c.next_look.type))
)


def _glance(row: Row, place: Place) -> Glance:
    return Glance(
        id=row.id,
        url=row.url,
        host=row.host,
        place=place,
        known=Validators(url=row.answered, etag=row.etag, modified=row.modified),
        digest=row.digest,
        content_type=row.content_type,
        since=row.since,
        until=row.until,
        at=row.at,
    )


def _place(row: Row) -> Place:
    return _place_of(row.name, row.timezone, row.allow_networks, row.spacing, row.access, row.weak_tls)


@lru_cache(maxsize=_KEPT_TERMS)
def _place_of(
    name: str, timezone: str, networks: str, spacing: float, access: str | None, weak_tls: str | None
) -> Place:
    lenience = json.loads(weak_tls) if weak_tls else None
    return Place(
        name=name,
        timezone=timezone,
        allow_networks=networks_of(networks),
        spacing=spacing,
        access=access_of(json.loads(access) if access else None),
        weak_tls=WeakTls(**lenience) if lenience else None,
    )
