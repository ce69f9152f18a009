"""Held rounds: the run that lasts now, for the rule and for people."""

from datetime import datetime

import sqlalchemy as sa

from monitor.edge.database import Database
from monitor.edge.tables import hold
from monitor.model.holding import Hold, HoldReason


class Holds:
    def __init__(self, database: Database) -> None:
        self.database = database

    def current(self) -> Hold | None:
        """The run of held rounds that has not ended."""
        with self.database.reading() as connection:
            row = connection.execute(sa.select(hold).where(hold.c.ended.is_(None)).order_by(hold.c.id.desc())).first()
        if row is None:
            return None
        return Hold(
            reason=HoldReason(row.reason),
            since=row.since,
            last_at=row.last_at,
            looks=row.looks,
            silent=row.silent,
            asked=row.asked,
        )

    def note(self, reason: HoldReason, *, at: datetime, looks: int, silent: int = 0, asked: int = 0) -> None:
        """A round was held: the present run grows, or one of this reason begins."""
        this = {"last_at": at, "silent": silent, "asked": asked}
        going = hold.c.ended.is_(None) & (hold.c.reason == reason.value)
        with self.database.writing() as connection:
            _end(connection, hold.c.reason != reason.value, at)
            grown = connection.execute(sa.update(hold).where(going).values(looks=hold.c.looks + looks, **this))
            if not grown.rowcount:
                connection.execute(sa.insert(hold).values(reason=reason.value, since=at, looks=looks, **this))

    def end(self, *, at: datetime) -> None:
        """A round was recorded: we see again. Nothing is written where nothing was held."""
        if self.current() is not None:
            with self.database.writing() as connection:
                _end(connection, sa.true(), at)


def _end(connection: sa.Connection, which: sa.ColumnElement[bool], at: datetime) -> None:
    connection.execute(sa.update(hold).where(hold.c.ended.is_(None), which).values(ended=at))
