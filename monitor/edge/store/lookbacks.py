"""Looking back: where it stands for each column, page by page, so that any task can go on with it."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime

import sqlalchemy as sa

from monitor.edge.database import Database
from monitor.edge.page_tables import glance
from monitor.edge.past_tables import coverage
from monitor.edge.store.glances import drop_glances
from monitor.edge.store.rows import entry_row
from monitor.edge.tables import column, entry, look_back
from monitor.model.reading import Entry
from monitor.model.watching import LookBack


class LookBacks:
    def __init__(self, database: Database) -> None:
        self.database = database

    def went_on(
        self, column_id: int, source: str, was: LookBack, now: LookBack, entries: Collection[Entry], *, at: datetime
    ) -> bool:
        """Keep an older page's entries, and where it stands now; nothing where somebody else has gone on meanwhile."""
        stands = sa.and_(look_back.c.column_id == column_id, look_back.c.source == source)
        with self.database.writing() as connection:
            step = sa.update(look_back).where(stands, look_back.c.next_url == was.next_url).values(**asdict(now))
            if not connection.execute(step).rowcount:
                return False
            _cover(connection, self.database, {column_id: (source, now, at)})
            drop_glances(connection, glance.c.column_id == column_id)
            rows = {row["key"]: row for row in (entry_row(column_id, source, one, at, older=True) for one in entries)}
            if rows:
                add = self.database.insert(entry)
                connection.execute(add.on_conflict_do_nothing(index_elements=["column_id", "key"]), list(rows.values()))
        return True

    def hasten(self, column_id: int, *, until: datetime) -> None:
        """It is not over: the column is looked at again by then, and it goes on."""
        sooner = sa.and_(column.c.id == column_id, column.c.lease.is_(None), column.c.next_look > until)
        with self.database.writing() as connection:
            connection.execute(sa.update(column).where(sooner).values(next_look=until))

    def unfinished(self) -> int:
        """How many watched columns are still being looked back over."""
        query = (
            sa.select(sa.func.count())
            .select_from(look_back.join(column, column.c.id == look_back.c.column_id))
            .where(column.c.active, look_back.c.source == column.c.url, look_back.c.next_url.is_not(None))
        )
        with self.database.reading() as connection:
            return connection.scalar(query) or 0


def look_backs_of(connection: sa.Connection, column_ids: Collection[int]) -> dict[int, LookBack]:
    """Where it stands, of each column that has been read at its present address."""
    here = sa.and_(look_back.c.column_id == column.c.id, look_back.c.source == column.c.url)
    query = sa.select(look_back).join(column, here).where(column.c.id.in_(column_ids))
    return {
        row.column_id: LookBack(**{field.name: getattr(row, field.name) for field in fields(LookBack)})
        for row in connection.execute(query)
    }


def save_look_backs(
    connection: sa.Connection, database: Database, standing: Mapping[int, tuple[str, LookBack, datetime]]
) -> None:
    """After a look: by column, its address, where the looking back stands, and the moment of the look."""
    if not standing:
        return
    _cover(connection, database, standing)
    rows = [{"column_id": id_, "source": source, **asdict(back)} for id_, (source, back, _) in standing.items()]
    upsert = database.insert(look_back)
    values = {name: upsert.excluded[name] for name in rows[0] if name != "column_id"}
    connection.execute(upsert.on_conflict_do_update(index_elements=["column_id"], set_=values), rows)


def covered_on(connection: sa.Connection, column_id: int, source: str, moment: datetime) -> date | None:
    """The first day of which the history at an address was complete at a moment; None where that was not kept."""
    query = sa.select(coverage.c.source, coverage.c.since).where(coverage.c.at <= moment)
    latest = query.where(coverage.c.column_id == column_id).order_by(coverage.c.at.desc()).limit(1)
    row = connection.execute(latest).one_or_none()
    return row.since if row and row.source == source else None


def _cover(
    connection: sa.Connection, database: Database, standing: Mapping[int, tuple[str, LookBack, datetime]]
) -> None:
    rows = [
        {"column_id": id_, "at": at, "source": source, "since": back.since}
        for id_, (source, back, at) in standing.items()
        if back.since is not None
    ]
    if rows:
        upsert = database.insert(coverage)
        told = {"source": upsert.excluded.source, "since": upsert.excluded.since}
        connection.execute(upsert.on_conflict_do_update(index_elements=["column_id", "at"], set_=told), rows)
