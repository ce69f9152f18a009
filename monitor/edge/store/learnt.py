"""What was learnt of columns' pages, as the reader gave it, and the looks that found a page redesigned."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from monitor.edge.database import Database
from monitor.edge.tables import column, learnt, redesign

Kept = dict[str, Any]  # the reader's own affair: it knows what another version of it has learnt


@dataclass(frozen=True, slots=True, kw_only=True)
class HowRead:
    """How a page was read. What was learnt `anew` takes the place of what was kept; None: that holds no more.

    `redesigned`: the page's list is built in another way than it had been learnt.
    """

    way: str
    learnt: Kept | None = None
    anew: bool = False
    redesigned: bool = False


class Redesigns:
    def __init__(self, database: Database) -> None:
        self.database = database

    def since(self, moment: datetime) -> dict[int, datetime]:
        """The watched columns whose pages were found rebuilt from that moment on, by id: when this was seen last."""
        last = sa.func.max(redesign.c.at, type_=redesign.c.at.type)
        query = (
            sa.select(redesign.c.column_id, last)
            .join(column, column.c.id == redesign.c.column_id)
            .where(column.c.active, redesign.c.at >= moment)
            .group_by(redesign.c.column_id)
        )
        with self.database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}


def learnt_of(connection: sa.Connection, column_ids: Collection[int]) -> dict[int, Kept]:
    """What was learnt of each column at its present address."""
    here = sa.and_(learnt.c.column_id == column.c.id, learnt.c.source == column.c.url)
    query = sa.select(learnt.c.column_id, learnt.c.kept).join(column, here).where(column.c.id.in_(column_ids))
    return {row.column_id: row.kept for row in connection.execute(query)}


def save_learnt(connection: sa.Connection, database: Database, anew: Mapping[int, tuple[str, Kept | None]]) -> None:
    """After looks: by column, its address and what was learnt anew there; None where what was learnt holds no more."""
    rows = [{"column_id": id_, "source": url, "kept": kept} for id_, (url, kept) in anew.items() if kept]
    if gone := anew.keys() - {row["column_id"] for row in rows}:
        connection.execute(sa.delete(learnt).where(learnt.c.column_id.in_(gone)))
    if rows:
        upsert = database.insert(learnt)
        values = {name: upsert.excluded[name] for name in ("source", "kept")}
        connection.execute(upsert.on_conflict_do_update(index_elements=["column_id"], set_=values), rows)


def save_redesigns(connection: sa.Connection, moments: Mapping[int, datetime]) -> None:
    if moments:
        connection.execute(sa.insert(redesign), [{"column_id": id_, "at": at} for id_, at in moments.items()])


def forget_elsewhere(connection: sa.Connection) -> None:
    """Drop what was learnt at addresses that the book has no more."""
    here = sa.exists().where(column.c.id == learnt.c.column_id, column.c.url == learnt.c.source, column.c.active)
    connection.execute(sa.delete(learnt).where(~here))
