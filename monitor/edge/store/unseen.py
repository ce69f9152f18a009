"""Unseen columns and sites that do not answer: what lasts now, what a look makes of it, and what people must see."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from monitor.edge.database import Database
from monitor.edge.store.rows import Row
from monitor.edge.tables import column, outage, site, unseen
from monitor.model.reading import TroubleKind
from monitor.model.watching import Concern, Outage, Unseen


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """A watched column that raises a concern, with the stretch that raised it."""

    site: str
    column: str
    url: str
    unseen: Unseen


class Unseens:
    def __init__(self, database: Database) -> None:
        self.database = database

    def concerns(self) -> list[Hidden]:
        """The watched columns that have not been seen for too long, or are gone; the longest first."""
        query = (
            sa.select(unseen, site.c.name.label("site_name"), column.c.name, column.c.url)
            .join(column, column.c.id == unseen.c.column_id)
            .join(site, site.c.id == column.c.site_id)
            .where(column.c.active, unseen.c.ended.is_(None), unseen.c.concern.is_not(None))
            .order_by(unseen.c.since, unseen.c.id)
        )
        with self.database.reading() as connection:
            rows = connection.execute(query).all()
        return [Hidden(site=row.site_name, column=row.name, url=row.url, unseen=_unseen(row)) for row in rows]

    def down(self) -> list[tuple[str, Outage]]:
        """The watched sites that count as down now, by name; the longest first."""
        query = (
            sa.select(outage, site.c.name)
            .join(site, site.c.id == outage.c.site_id)
            .where(site.c.active, outage.c.ended.is_(None), outage.c.down.is_not(None))
            .order_by(outage.c.since, outage.c.id)
        )
        with self.database.reading() as connection:
            return [(row.name, _outage(row)) for row in connection.execute(query)]


def unseen_of(connection: sa.Connection, column_ids: Collection[int]) -> dict[int, Unseen]:
    """The stretch that lasts now, of each column that has one."""
    query = sa.select(unseen).where(unseen.c.column_id.in_(column_ids), unseen.c.ended.is_(None))
    return {row.column_id: _unseen(row) for row in connection.execute(query)}


def outages_of(connection: sa.Connection, site_ids: Collection[int]) -> dict[int, Outage]:
    query = sa.select(outage).where(outage.c.site_id.in_(site_ids), outage.c.ended.is_(None))
    return {row.site_id: _outage(row) for row in connection.execute(query)}


def save_unseen(connection: sa.Connection, database: Database, stretches: Mapping[int, Unseen]) -> None:
    rows = [{"column_id": id_, **asdict(stretch)} for id_, stretch in stretches.items()]
    _save(connection, database, unseen, "column_id", rows)
    passed = unseen.c.ended.is_not(None) & unseen.c.concern.is_(None)
    connection.execute(sa.delete(unseen).where(unseen.c.column_id.in_(stretches), passed))


def save_outages(connection: sa.Connection, database: Database, outages: Mapping[int, Outage]) -> None:
    rows = [{"site_id": id_, **asdict(stretch)} for id_, stretch in outages.items()]
    _save(connection, database, outage, "site_id", rows)
    passed = outage.c.ended.is_not(None) & outage.c.down.is_(None)
    connection.execute(sa.delete(outage).where(outage.c.site_id.in_(outages), passed))


def _save(
    connection: sa.Connection, database: Database, table: sa.Table, whose: str, rows: list[dict[str, Any]]
) -> None:
    if not rows:
        return
    upsert = database.insert(table)
    values = {name: upsert.excluded[name] for name in rows[0] if name not in (whose, "since")}
    connection.execute(upsert.on_conflict_do_update(index_elements=[whose, "since"], set_=values), rows)


def _unseen(row: Row) -> Unseen:
    got = row._mapping
    concern: str | None = got[unseen.c.concern]
    return Unseen(
        since=got[unseen.c.since],
        last_at=got[unseen.c.last_at],
        looks=got[unseen.c.looks],
        trouble=TroubleKind(got[unseen.c.trouble]),
        gone_since=got[unseen.c.gone_since],
        gone_looks=got[unseen.c.gone_looks],
        concern=Concern(concern) if concern else None,
        opened=got[unseen.c.opened],
        ended=got[unseen.c.ended],
    )


def _outage(row: Row) -> Outage:
    got = row._mapping
    return Outage(
        since=got[outage.c.since],
        last_at=got[outage.c.last_at],
        rounds=got[outage.c.rounds],
        trouble=TroubleKind(got[outage.c.trouble]),
        down=got[outage.c.down],
        ended=got[outage.c.ended],
    )
