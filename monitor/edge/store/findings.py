"""Findings: each transition is written with its reason beside the state it leads to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import sqlalchemy as sa

from monitor.edge.database import Database
from monitor.edge.store.rows import Row, access_of, finding_of, finding_row, verdict_of, weak_tls_of
from monitor.edge.tables import column, finding, finding_event, site, verdict
from monitor.model.judging import Looked, Standing
from monitor.model.register import Duty, Officer, WeakTls
from monitor.model.reminding import ENDED, Finding, FindingState


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A column as its digest sees it: where it is, who answers for it, how it stands and what was found."""

    column_id: int
    unit: str
    site: str
    column: str
    url: str
    timezone: str
    officer: Officer
    latest: Looked | None
    finding_id: int | None
    finding: Finding | None
    weak_tls: WeakTls | None = None  # what is borne of the site's HTTPS
    look_hours: tuple[time, time] | None = None  # in which the site may be asked
    authority: str = ""  # why robots.txt of the site does not bind us
    duty: Duty | None = None  # that of a past verdict; None for the one that the register has


class Findings:
    def __init__(self, database: Database) -> None:
        self.database = database

    def watched(self, column_ids: list[int] | None = None) -> list[Watched]:
        """Every watched column with its latest verdict and finding, site by site."""
        query = _WATCHED if column_ids is None else _WATCHED.where(column.c.id.in_(column_ids))
        return self._read(query)

    def worth_telling(self) -> list[Watched]:
        """The columns that may have a line in a digest: with an open finding, one whose end is untold, or due soon."""
        closing = sa.and_(finding.c.told.is_not(None), sa.not_(finding.c.closing_told))
        going = finding.c.state.not_in([state.value for state in ENDED | {FindingState.BASELINE}])
        soon = verdict.c.standing == Standing.DUE_SOON.value
        return self._read(_WATCHED.where(sa.or_(closing, going, soon)))

    def _read(self, query: sa.Select[Any]) -> list[Watched]:
        with self.database.reading() as connection:
            return [_watched(row) for row in connection.execute(query)]

    def by_id(self, ids: Iterable[int]) -> dict[int, Finding]:
        """These findings, whether or not their columns are still watched."""
        with self.database.reading() as connection:
            rows = connection.execute(sa.select(finding).where(finding.c.id.in_(list(ids))))
            return {row.id: finding_of(row) for row in rows}

    def baseline(self) -> list[tuple[int, Finding]]:
        """The findings of watched columns that wait in the baseline, unreleased."""
        query = (
            sa.select(finding)
            .join(column, column.c.id == finding.c.column_id)
            .where(column.c.active, finding.c.state == FindingState.BASELINE.value, sa.not_(finding.c.released))
        )
        with self.database.reading() as connection:
            return [(row.id, finding_of(row)) for row in connection.execute(query.order_by(finding.c.id))]

    def save(self, id_: int, found: Finding, *, at: datetime, reason: str) -> None:
        with self.database.writing() as connection:
            save_finding(connection, id_, None, found, at=at, reason=reason)


def save_finding(
    connection: sa.Connection, id_: int | None, column_id: int | None, found: Finding, *, at: datetime, reason: str
) -> int:
    """Write a finding within a transaction; without an id it is a new episode of the column."""
    if id_ is None:
        key = connection.execute(sa.insert(finding).values(column_id=column_id, **finding_row(found)))
        assert key.inserted_primary_key is not None
        id_ = int(key.inserted_primary_key[0])
    else:
        connection.execute(sa.update(finding).where(finding.c.id == id_).values(finding_row(found)))
    event = {"finding_id": id_, "at": at, "state": found.state.value, "reason": reason}
    connection.execute(sa.insert(finding_event).values(event))
    return id_


def finding_for_update(connection: sa.Connection, id_: int) -> Finding | None:
    row = connection.execute(sa.select(finding).where(finding.c.id == id_).with_for_update()).one_or_none()
    return finding_of(row) if row else None


# The latest episode of each column; episodes rise.
_LATEST = (
    sa.select(finding.c.column_id, sa.func.max(finding.c.episode).label("episode"))
    .group_by(finding.c.column_id)
    .subquery()
)

_WATCHED = (
    sa.select(column, site, verdict, finding)
    .join(site, site.c.id == column.c.site_id)
    .outerjoin(verdict, verdict.c.id == column.c.verdict_id)
    .outerjoin(_LATEST, _LATEST.c.column_id == column.c.id)
    .outerjoin(finding, sa.and_(finding.c.column_id == column.c.id, finding.c.episode == _LATEST.c.episode))
    .where(column.c.active)
    .order_by(site.c.name, column.c.id)
)


def _watched(row: Row) -> Watched:
    got = row._mapping
    access = access_of(got[site.c.access])
    return Watched(
        column_id=got[column.c.id],
        unit=got[site.c.unit],
        site=got[site.c.name],
        column=got[column.c.name],
        url=got[column.c.url],
        timezone=got[site.c.timezone],
        officer=Officer(name=got[site.c.officer_name], email=got[site.c.officer_email], language=got[site.c.language]),
        latest=Looked(at=got[verdict.c.last_at], verdict=verdict_of(row)) if got[verdict.c.id] else None,
        finding_id=got[finding.c.id],
        finding=finding_of(row) if got[finding.c.id] else None,
        weak_tls=weak_tls_of(row),
        look_hours=access.hours,
        authority=access.authority,
    )
