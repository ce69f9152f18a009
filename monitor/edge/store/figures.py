"""Figures for people who watch the watch: counts by standing, the oldest overdue look, workers, the outbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.edge.database import Database
from monitor.edge.tables import column, finding, outage, outbox, redesign, site, unit, unseen, verdict, worker

FORGOTTEN = timedelta(hours=1)  # of silence; until then a killed worker shows
RECENT = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The state of the watch. `unseen` columns have had no look yet; moments are UTC."""

    sites: int
    units_without_site: int
    columns: int
    unseen: int
    by_standing: dict[str, int]
    concerns: dict[str, int]  # columns unseen for long, or gone
    down: tuple[str, ...]  # sites
    redesigned: int  # columns whose pages were found rebuilt within RECENT
    weak_tls: dict[str, str]  # what is borne of a site's HTTPS: its name, and the admin's reason
    findings: dict[str, int]
    outbox: dict[str, int]
    due: int
    claimed: int
    oldest_due: datetime | None
    workers: dict[str, datetime]


class Figures:
    def __init__(self, database: Database) -> None:
        self.database = database

    def timezones(self) -> list[str]:
        """The time zones of the watched sites."""
        with self.database.reading() as connection:
            return sorted(connection.scalars(sa.select(site.c.timezone).where(site.c.active).distinct()))

    def status(self, *, now: datetime) -> Status:
        active = column.c.active
        due = sa.and_(active, column.c.lease.is_(None), sa.or_(column.c.next_look.is_(None), column.c.next_look <= now))
        with self.database.reading() as connection:
            return Status(
                sites=_count(connection, site, site.c.active),
                units_without_site=_count(connection, unit, sa.not_(unit.c.has_site)),
                columns=_count(connection, column, active),
                unseen=_count(connection, column, sa.and_(active, column.c.verdict_id.is_(None))),
                by_standing=_by_standing(connection),
                concerns=_concerns(connection),
                down=tuple(connection.scalars(_DOWN)),
                redesigned=_redesigned(connection, now),
                weak_tls={row.name: row.weak_tls["reason"] for row in connection.execute(_WEAK)},
                findings=_by_state(connection),
                outbox=_by(connection, outbox.c.state),
                due=_count(connection, column, due),
                claimed=_count(connection, column, column.c.lease.is_not(None)),
                oldest_due=connection.scalar(sa.select(sa.func.min(column.c.next_look)).where(due)),
                workers={row.name: row.seen for row in connection.execute(sa.select(worker).order_by(worker.c.name))},
            )

    def heartbeat(self, name: str, *, wall: datetime) -> None:
        """A worker says that it lives. One long silent is forgotten, since each start has a name of its own."""
        upsert = self.database.insert(worker).values(name=name, seen=wall)
        with self.database.writing() as connection:
            connection.execute(sa.delete(worker).where(worker.c.seen < wall - FORGOTTEN))
            connection.execute(upsert.on_conflict_do_update(index_elements=["name"], set_={"seen": wall}))

    def farewell(self, name: str) -> None:
        """A worker has ended as it should."""
        with self.database.writing() as connection:
            connection.execute(sa.delete(worker).where(worker.c.name == name))


def _count(connection: sa.Connection, table: sa.Table, which: sa.ColumnElement[bool]) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(table).where(which)) or 0


def _by(connection: sa.Connection, field: sa.Column[str]) -> dict[str, int]:
    rows = connection.execute(sa.select(field, sa.func.count()).group_by(field).order_by(field))
    return {row[0]: row[1] for row in rows}


def _by_standing(connection: sa.Connection) -> dict[str, int]:
    query = (
        sa.select(verdict.c.standing, sa.func.count())
        .join(column, column.c.verdict_id == verdict.c.id)
        .where(column.c.active)
        .group_by(verdict.c.standing)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _concerns(connection: sa.Connection) -> dict[str, int]:
    query = (
        sa.select(unseen.c.concern, sa.func.count())
        .join(column, column.c.id == unseen.c.column_id)
        .where(column.c.active, unseen.c.ended.is_(None), unseen.c.concern.is_not(None))
        .group_by(unseen.c.concern)
        .order_by(unseen.c.concern)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _redesigned(connection: sa.Connection, now: datetime) -> int:
    query = (
        sa.select(sa.func.count(redesign.c.column_id.distinct()))
        .join(column, column.c.id == redesign.c.column_id)
        .where(column.c.active, redesign.c.at >= now - RECENT)
    )
    return connection.scalar(query) or 0


_DOWN = (
    sa.select(site.c.name)
    .join(outage, outage.c.site_id == site.c.id)
    .where(site.c.active, outage.c.ended.is_(None), outage.c.down.is_not(None))
    .order_by(outage.c.since, site.c.name)
)


_WEAK = sa.select(site.c.name, site.c.weak_tls).where(site.c.active, site.c.weak_tls.is_not(None)).order_by(site.c.name)


def _by_state(connection: sa.Connection) -> dict[str, int]:
    """How the findings stand now: an earlier episode, or the finding of a column that left the book, is history."""
    later = finding.alias()
    superseded = sa.exists().where(later.c.column_id == finding.c.column_id, later.c.episode > finding.c.episode)
    query = (
        sa.select(finding.c.state, sa.func.count())
        .join(column, column.c.id == finding.c.column_id)
        .where(column.c.active, ~superseded)
        .group_by(finding.c.state)
        .order_by(finding.c.state)
    )
    return {row[0]: row[1] for row in connection.execute(query)}
