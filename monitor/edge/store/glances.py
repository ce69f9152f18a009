"""Glances: the columns of which a look need only ask whether the page is as it was, and what is written where it is.

Whatever a column's verdict rests on besides its page (register, known entries, decisions of persons) takes its glance
away when it changes; what reads and judges is told by its version. So a glance needs none of it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from monitor.edge.among import among
from monitor.edge.database import Database
from monitor.edge.page_tables import glance, last_page
from monitor.edge.store.rows import Row, access_of, networks_of
from monitor.edge.tables import batch, column, entry, observation, outage, site, verdict
from monitor.model.reading import Validators
from monitor.model.register import Access, Network, WeakTls
from monitor.model.watching import Stays

_KEPT_TERMS = 4096  # sites whose terms a process remembers, by how their rows say them
AGREED = 2  # readings of a date, of which more prove no more


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
            at = connection.scalar(_AT, {"token": token})
            places = {row.id: _place(row) for row in connection.execute(_PLACES, {"token": token})}
            rows: Iterable[Row] = connection.execute(_HELD, {"token": token, "version": judged_by})
            return [_glance(row, places, at) for row in rows]

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
            connection.execute(_RELEASE, these)
        return len(held)


def save_glances(connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(sa.insert(glance), rows)


def drop_glances(connection: sa.Connection, which: sa.ColumnElement[bool]) -> None:
    """What was said of these columns holds no more. The dates that their looks settled are written into the entries.

    Not sooner: 20 rows a column would be rewritten by a look that finds nothing new.
    """
    standing = sa.select(glance.c.column_id, glance.c.read_at).join(verdict, verdict.c.id == glance.c.verdict_id)
    settled = connection.execute(standing.where(which, _STOOD)).all()
    if settled:
        connection.execute(_SETTLE, [{"of": column_id, "read": read_at} for column_id, read_at in settled])
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


_MOMENT = sa.bindparam("moment", type_=observation.c.at.type)
_AT = sa.select(batch.c.at).where(batch.c.token == sa.bindparam("token"))
_HELD = (
    sa.select(  # in the order of _glance
        column.c.id,
        column.c.url,
        column.c.host,
        column.c.site_id,
        last_page.c.url,
        last_page.c.etag,
        last_page.c.modified,
        last_page.c.digest,
        glance.c.content_type,
        glance.c.since,
        glance.c.until,
    )
    .join(glance, sa.and_(glance.c.column_id == column.c.id, glance.c.verdict_id == column.c.verdict_id))
    .join(last_page, sa.and_(last_page.c.column_id == column.c.id, last_page.c.source == column.c.url))
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
    .where(among(column.c.id), column.c.lease == sa.bindparam("token"))
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
    .where(among(glance.c.column_id)),
)
_LENGTHEN = (
    sa.update(verdict)
    .where(verdict.c.id.in_(sa.select(glance.c.verdict_id).where(among(glance.c.column_id))))
    .values(last_at=_MOMENT, looks=verdict.c.looks + 1)
)
# The entries of the page that stands are those that the look which read it wrote; older pages' are none of its own. A
# stretch that has lasted since then was lengthened by a look that found the page as it was: another ends the glance.
_STOOD = verdict.c.last_at > glance.c.read_at
SETTLED = sa.and_(entry.c.last_seen == glance.c.read_at, entry.c.older.is_not(True), _STOOD)
_SETTLE = (
    sa.update(entry)
    .where(entry.c.column_id == sa.bindparam("of"), entry.c.last_seen == sa.bindparam("read"))
    .where(entry.c.readings < AGREED, entry.c.older.is_not(True))
    .values(readings=AGREED)
)
_RELEASE = (
    sa.update(column)
    .where(among(column.c.id))
    .values(lease=None, put_off=None, next_look=sa.bindparam("next", type_=column.c.next_look.type))
)


def _glance(row: Sequence[Any], places: Mapping[int, Place], at: datetime | None) -> Glance:
    """The row is taken apart at once: to ask it for each value by name takes twice as long."""
    id_, url, host, site_id, answered, etag, modified, digest, content_type, since, until = row
    return Glance(
        id=id_,
        url=url,
        host=host,
        place=places[site_id],
        known=Validators(url=answered, etag=etag, modified=modified),
        digest=digest,
        content_type=content_type,
        since=since,
        until=until,
        at=at,
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
