"""Who is told what in the slots that are open: one digest a recipient, role, slot and channel."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from monitor.edge.store.findings import Watched
from monitor.edge.store.outbox import Change, Planned, PlannedLine
from monitor.model.register import Officer
from monitor.model.reminding import LineKind, Role
from monitor.remind import due_line, due_soon, queued, slot
from monitor.schedule import last_call
from monitor.workdays import local_day
from tasks.morning import awaits, borne_out_since
from tasks.wiring import SPOOL, World

REMINDS = (LineKind.NEW, LineKind.STILL_OVERDUE)  # the lines that are steps of the ladder


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A line that a column deserves in its officer's digest of a slot."""

    officer: Officer
    slot: date
    watched: Watched
    kind: LineKind


Recipient = tuple[str, date, str]


def digests(here: World, *, now: datetime, patient: bool = False) -> list[tuple[Planned, list[Change]]]:
    """The digests of all open slots, each with the transitions of its findings.

    One digest a slot: a `patient` planner keeps it back while a line of it waits for a fresh look.
    """
    by_recipient: dict[Recipient, list[Told]] = defaultdict(list)
    waiting: set[Recipient] = set()
    for watched in here.store.findings.worth_telling():
        if told := _line(here, watched, now):
            by_recipient[told.officer.email.lower(), told.slot, watched.timezone].append(told)
        elif patient and not _ends_soon(here, watched, now) and (day := awaits(here, watched, now=now)):
            waiting.add((watched.officer.email.lower(), day, watched.timezone))
    return [
        _digest(here.channel, told, now)
        for recipient, told in by_recipient.items()
        if recipient not in waiting
        and any(line.kind is not LineKind.DUE_SOON for line in told)  # a deadline that is only near waits for company
    ]


def _ends_soon(here: World, watched: Watched, now: datetime) -> bool:
    return now >= last_call(local_day(now, watched.timezone), here.settings.hours, watched.timezone)


def _line(here: World, watched: Watched, now: datetime) -> Told | None:
    calendar = here.calendar(watched.timezone)
    open_slot = slot(now, timezone=watched.timezone, hours=here.settings.hours, calendar=calendar)
    if open_slot is None:
        return None
    since = borne_out_since(here, watched, now=now)
    line = due_line(watched.finding, watched.latest, now=now, since=since, timezone=watched.timezone, calendar=calendar)
    kind = line.kind
    if kind is None and watched.latest and due_soon(watched.latest.verdict, open_slot, calendar):
        kind = LineKind.DUE_SOON
    return Told(officer=watched.officer, slot=open_slot, watched=watched, kind=kind) if kind else None


def _digest(channel: str, told: list[Told], now: datetime) -> tuple[Planned, list[Change]]:
    officer, day = told[0].officer, told[0].slot
    planned = Planned(
        key=digest_key(officer.email, Role.OFFICER, day, told[0].watched.timezone, channel),
        recipient=officer,
        role=Role.OFFICER,
        slot=day,
        channel=channel,
        lines=tuple(_planned_line(line) for line in told),
    )
    # A dry run leaves the ladder where it is, so that going live starts at its first step.
    changes = [] if channel == SPOOL else [c for line in told if (c := _queue(line, now))]
    return planned, changes


def _planned_line(told: Told) -> PlannedLine:
    finding = told.watched.finding if told.kind is not LineKind.DUE_SOON else None
    return PlannedLine(
        column_id=told.watched.column_id,
        kind=told.kind,
        finding_id=told.watched.finding_id if finding else None,
        episode=finding.episode if finding else None,
        step=finding.step + 1 if finding and told.kind in REMINDS else 0,
    )


def _queue(told: Told, now: datetime) -> Change | None:
    finding, id_ = told.watched.finding, told.watched.finding_id
    if finding is None or id_ is None or told.kind is LineKind.DUE_SOON:
        return None
    return Change(finding_id=id_, was=finding, now=queued(finding, told.kind, at=now), reason="planned")


def digest_key(email: str, role: Role, day: date, timezone: str, channel: str) -> str:
    """The dedupe key (docs/design/reminders.md), UNIQUE in the outbox. A slot is a day of one time zone."""
    return sha256(f"{email.lower()}\n{role}\n{day} {timezone}\n{channel}".encode()).hexdigest()
