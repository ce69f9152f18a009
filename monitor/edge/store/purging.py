"""Purging: evidence that is old, or for which there is no room, goes; never what something open rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.edge.database import Database
from monitor.edge.evidence_tables import evidence, evidence_body, kept_body
from monitor.edge.tables import finding, unseen
from monitor.model.evidence import Ground
from monitor.model.reminding import ENDED

A_STEP = 200  # looks in one transaction, so that no worker waits long for the database
YOUNG = timedelta(days=1)  # a look may be about to rest on a body that came since


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """What a purge took away, and what it left; sizes in bytes, packed."""

    looks: int = 0
    bodies: int = 0
    freed: int = 0
    left: int = 0


class Purging:
    def __init__(self, database: Database) -> None:
        self.database = database

    def purge(
        self,
        kept_from: Mapping[Ground, datetime],
        *,
        most: int,
        least_needed_first: Sequence[Ground],
        now: datetime,
        dry_run: bool = False,
    ) -> Purged:
        """Take away what came before the moment of its ground; then, while more than `most` bytes are left, more.

        A dry run does the same, and undoes it.
        """
        with self.database.reading() as connection:
            total = connection.scalar(sa.select(sa.func.coalesce(sa.func.sum(kept_body.c.taken), 0))) or 0
        broom = _Broom(kept_from, most, least_needed_first, now, Purged(left=total))
        if dry_run:
            with self.database.writing() as connection:
                trial = connection.begin_nested()
                while broom.sweep(connection):
                    pass
                trial.rollback()
            return broom.done
        swept = True
        while swept:
            with self.database.writing() as connection:
                swept = broom.sweep(connection)
        return broom.done


class _Broom:
    """Goes step by step: what is too old, then what has no room, then the bodies that no evidence has any more."""

    def __init__(
        self,
        kept_from: Mapping[Ground, datetime],
        most: int,
        least_needed_first: Sequence[Ground],
        now: datetime,
        done: Purged,
    ) -> None:
        self.kept_from = kept_from
        self.most = most
        self.order = least_needed_first
        self.done = done
        self.young = now - YOUNG

    def sweep(self, connection: sa.Connection) -> bool:
        """One step; whether there was anything to do."""
        ids = self._old(connection) or self._beyond(connection)
        if not ids:
            return self._drop_bodies(connection, kept_body.c.last_at < self.young) > 0
        its = sa.select(evidence_body.c.sha256).where(evidence_body.c.evidence_id.in_(ids))
        digests = sorted(set(connection.scalars(its)))
        connection.execute(sa.delete(evidence_body).where(evidence_body.c.evidence_id.in_(ids)))
        connection.execute(sa.delete(evidence).where(evidence.c.id.in_(ids)))
        self.done = replace(self.done, looks=self.done.looks + len(ids))
        self._drop_bodies(connection, kept_body.c.sha256.in_(digests))
        return True

    def _old(self, connection: sa.Connection) -> list[int]:
        of_ground = [
            sa.and_(evidence.c.ground == ground.value, evidence.c.at < at) for ground, at in self.kept_from.items()
        ]
        query = sa.select(evidence.c.id).where(sa.or_(*of_ground), ~_RESTED_ON).order_by(evidence.c.id).limit(A_STEP)
        return list(connection.scalars(query))

    def _beyond(self, connection: sa.Connection) -> list[int]:
        """Where there is too much: a few of those that are needed least, the oldest first."""
        if self.done.left <= self.most:
            return []
        rank = sa.case({ground.value: n for n, ground in enumerate(self.order)}, value=evidence.c.ground)
        query = (
            sa.select(evidence.c.id)
            .where(evidence.c.at < self.young, ~_RESTED_ON)
            .order_by(rank, evidence.c.at, evidence.c.id)
            .limit(A_STEP // 10)
        )
        return list(connection.scalars(query))

    def _drop_bodies(self, connection: sa.Connection, which: sa.ColumnElement[bool]) -> int:
        """Those of these bodies that no evidence has any more. One that came since may be about to get some."""
        held = sa.exists().where(evidence_body.c.sha256 == kept_body.c.sha256)
        gone = sa.delete(kept_body).where(which, kept_body.c.last_at < self.young, ~held).returning(kept_body.c.taken)
        sizes = list(connection.scalars(gone))
        freed = sum(sizes)
        self.done = replace(
            self.done,
            bodies=self.done.bodies + len(sizes),
            freed=self.done.freed + freed,
            left=self.done.left - freed,
        )
        return len(sizes)


# The end of the column's finding before: what came since is what an open one rests on.
_before = finding.alias("before")
_ENDED_BEFORE = (
    sa.select(sa.func.max(_before.c.since))
    .where(_before.c.column_id == finding.c.column_id, _before.c.episode < finding.c.episode)
    .scalar_subquery()
)
_OPEN_FINDING = sa.exists().where(
    finding.c.column_id == evidence.c.column_id,
    finding.c.state.not_in([state.value for state in ENDED]),
    evidence.c.ground.in_([Ground.ACCUSED.value, Ground.DATED.value]),
    sa.or_(_ENDED_BEFORE.is_(None), evidence.c.at >= _ENDED_BEFORE),
)
_OPEN_CONCERN = sa.exists().where(
    unseen.c.column_id == evidence.c.column_id,
    unseen.c.ended.is_(None),
    evidence.c.ground == Ground.DOUBT.value,
    evidence.c.at >= unseen.c.since,
)
_RESTED_ON = sa.or_(_OPEN_FINDING, _OPEN_CONCERN)
