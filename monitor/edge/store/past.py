"""The past: what was known of a column when it was last looked at before a moment, rebuilt from what each look read.

A look is judged by what was seen before it: the history of a look has its own reading as the present one, and as known
what the looks before it had left. A day without a look has the verdict of the last one: nobody had seen more.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from monitor.edge.database import Database
from monitor.edge.past_tables import measure
from monitor.edge.store.lookbacks import covered_on
from monitor.edge.store.readings import readings_of
from monitor.edge.store.recall import Held, Recall
from monitor.edge.store.rows import Row, duty_of, finding_of, known_of, verdict_of
from monitor.edge.store.suspicions import forged_before
from monitor.edge.tables import column, entry, finding, finding_event, observation, site, verdict
from monitor.model.judging import History, Reading, Standing, Verdict
from monitor.model.reading import Trouble, TroubleKind
from monitor.model.register import Duty
from monitor.model.reminding import Finding, FindingState

_SETTLED = 2  # readings, of which more prove no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A column as it was known after a look, and what that look was judged by.

    `recorded` is the verdict that was written then. `whole`: this look and all before it were kept in full, so that
    judging `history` again gives the same. Looks of older programs were not: then the history is only near the truth,
    and `duty` is None where this very look did not keep its own.
    """

    column_id: int
    at: datetime
    day: date  # of the look, local to the site
    timezone: str
    source: str  # the column's address
    category: str  # as the register has it now
    duty: Duty | None
    present: Duty  # the duty that the register has now
    history: History
    recorded: Verdict
    whole: bool
    method: str | None
    confidence: float | None
    read_on: tuple[date, ...]  # the days on which the list was surely read
    stands_since: date  # the day from which it has stood as it was recorded to, looks that saw nothing left out
    days: tuple[date, ...]  # of all entries known after the look and the older pages that followed it, one for each
    covered: date | None  # the first day of which `days` are complete; None where that was not kept
    finding: Finding | None  # as it stood at the moment that was asked for


class Pasts:
    def __init__(self, database: Database) -> None:
        self.database = database

    def before(self, column_id: int, moment: datetime) -> Past | None:
        """The column after its last look before a moment; None where it had not been looked at yet."""
        with self.database.reading() as connection:
            looks: list[Row] = list(connection.execute(_LOOKS, {"column": column_id, "moment": moment}))
            return _past(connection, looks, moment) if looks else None


_LOOKS = (
    sa.select(
        observation.c.id,
        observation.c.column_id,
        observation.c.at,
        observation.c.trouble,
        observation.c.detail,
        observation.c.method,
        observation.c.confidence,
        observation.c.reading_id,
        observation.c.measure_id,
    )
    .where(observation.c.column_id == sa.bindparam("column"), observation.c.at < sa.bindparam("moment"))
    .order_by(observation.c.at, observation.c.id)
)
_REGISTER = (
    sa.select(column.c.url.label("source"), column.c.duty, column.c.opened, column.c.category, site.c.timezone)
    .join(site, site.c.id == column.c.site_id)
    .where(column.c.id == sa.bindparam("column"))
)


def _past(connection: sa.Connection, looks: Sequence[Row], moment: datetime) -> Past:
    last = looks[-1]
    measures = {
        row.id: row for row in connection.execute(sa.select(measure).where(measure.c.column_id == last.column_id))
    }
    now = connection.execute(_REGISTER, {"column": last.column_id}).one()
    by = measures.get(last.measure_id, now)
    readings = readings_of(connection, sorted({look.reading_id for look in looks if look.reading_id}))
    day = _day(last, by.timezone)
    forged = forged_before(connection, last.column_id, last.at)
    recall = _Recalled(connection, looks, measures, readings)
    recall.go_through(looks[:-1])
    known = recall.memory.known(by.source, by.timezone, forged)
    recall.go_through(looks[-1:])
    history = _history(last, readings.get(last.reading_id))
    return Past(
        column_id=last.column_id,
        at=last.at,
        day=day,
        timezone=by.timezone,
        source=by.source,
        category=now.category,
        duty=duty_of(by.duty) if last.measure_id in measures else None,
        present=duty_of(now.duty),
        history=replace(history, known=known, opened=by.opened),
        recorded=_recorded(connection, last, day),
        whole=all(look.measure_id is not None for look in looks),
        method=last.method,
        confidence=last.confidence,
        read_on=tuple(dict.fromkeys(_day(look, by.timezone) for look in looks if look.reading_id is not None)),
        stands_since=_stands_since(connection, last, by.timezone),
        days=recall.memory.days(by.source, forged),
        covered=covered_on(connection, last.column_id, by.source, last.at),
        finding=_finding(connection, last.column_id, moment),
    )


def _day(look: Row, timezone: str) -> date:
    return _local(look.at, timezone)


def _local(moment: datetime, timezone: str) -> date:
    return moment.astimezone(ZoneInfo(timezone)).date()


def _history(look: Row, read: Reading | None) -> History:
    """What the look saw: its reading, if it was sure; else what hid the column."""
    if read is not None:
        return History(
            seen=read.entries, confidence=look.confidence, blank=read.blank, undated_until=read.undated_until
        )
    if look.trouble is not None:
        return History(seen=Trouble(kind=TroubleKind(look.trouble), detail=look.detail))
    return History(seen=(), confidence=look.confidence or 0.0)


class _Recalled:
    """What was remembered, look after look."""

    def __init__(
        self,
        connection: sa.Connection,
        looks: Sequence[Row],
        measures: dict[int, Row],
        readings: dict[int, Reading],
    ) -> None:
        rows = _entries(connection, looks)
        began = next((look.at for look in looks if look.measure_id is not None), looks[-1].at)
        self.memory = Recall({key: held for key, held in rows.items() if held.first_seen < began})
        self._measures, self._readings = measures, readings
        self._by_moment: dict[datetime, dict[str, Held]] = defaultdict(dict)
        for key, held in rows.items():
            self._by_moment[held.first_seen][key] = replace(held, readings=1)

    def go_through(self, looks: Sequence[Row]) -> None:
        """The next looks, with the older pages that were read after each. Those of older programs say nothing."""
        for (reading_id, measure_id), same in groupby(looks, key=lambda look: (look.reading_id, look.measure_id)):
            if measure_id is None:
                continue
            moments, source = [look.at for look in same], self._measures[measure_id].source
            if reading_id is not None:
                self.memory.look(self._readings[reading_id].entries, source, moments)
            for moment in moments:
                older = {key: replace(held, source=source) for key, held in self._by_moment[moment].items()}
                self.memory.look_back(older)


def _entries(connection: sa.Connection, looks: Sequence[Row]) -> dict[str, Held]:
    """The rows of entries that stood there after these looks, as they stand now."""
    query = sa.select(entry).where(entry.c.column_id == looks[-1].column_id, entry.c.first_seen <= looks[-1].at)
    return {
        row.key: Held(
            entry=known_of(row, "UTC").entry,
            first_seen=row.first_seen,
            readings=min(row.readings, _SETTLED),
            source=row.source,
        )
        for row in connection.execute(query)
    }


def _recorded(connection: sa.Connection, look: Row, day: date) -> Verdict:
    """The verdict of a look within its stretch: the stretch's last, but for the count of days and the words."""
    stands = sa.and_(verdict.c.column_id == look.column_id, verdict.c.first_at <= look.at, verdict.c.last_at >= look.at)
    row = connection.execute(sa.select(verdict).where(stands).order_by(verdict.c.id.desc()).limit(1)).one()
    found = verdict_of(row)
    over = (day - found.deadline).days if found.standing.accuses and found.deadline else 0
    trouble = replace(found.trouble, detail=look.detail) if found.trouble else None
    return replace(found, days_over=over, trouble=trouble)


def _stands_since(connection: sa.Connection, look: Row, timezone: str) -> date:
    """From which local day on each look that saw the column gave the standing of its last one."""
    query = (
        sa.select(verdict.c.first_at, verdict.c.standing)
        .where(verdict.c.column_id == look.column_id, verdict.c.first_at <= look.at)
        .order_by(verdict.c.first_at.desc(), verdict.c.id.desc())
    )
    since, standing = look.at, None
    for row in connection.execute(query):
        if row.standing != Standing.UNKNOWN.value:
            if standing not in (None, row.standing):
                break
            since, standing = row.first_at, row.standing
    return _local(since, timezone)


def _finding(connection: sa.Connection, column_id: int, moment: datetime) -> Finding | None:
    """The column's finding in the state that it had then."""
    query = (
        sa.select(finding, finding_event.c.state.label("then"), finding_event.c.at.label("since_then"))
        .join(finding_event, finding_event.c.finding_id == finding.c.id)
        .where(finding.c.column_id == column_id, finding_event.c.at < moment)
        .order_by(finding_event.c.at.desc(), finding_event.c.id.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return replace(finding_of(row), state=FindingState(row.then), since=row.since_then) if row else None
