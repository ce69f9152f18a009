"""Looks before mail: a column whose reminder is due is looked at on the slot's own day, in the hours before."""

from collections.abc import Iterator
from datetime import date, datetime

from monitor.edge.store.findings import Watched
from monitor.remind import awaits_look
from monitor.schedule import before_slot
from monitor.workdays import local_day
from tasks.wiring import World

_GOLDEN = 0.6180339887498949  # its multiples spread evenly between 0 and 1, however many there are


def hasten(here: World, *, now: datetime) -> None:
    """Make the looks due that the reminders of this day lack; none that is due sooner, or put off, is moved."""
    moments = {}
    for watched, day in awaiting(here, now=now):
        lot = watched.column_id * _GOLDEN % 1
        if at := before_slot(day, here.settings.hours, watched.look_hours, watched.timezone, lot=lot):
            moments[watched.column_id] = at
    here.store.claims.hasten(moments)


def awaiting(here: World, *, now: datetime) -> Iterator[tuple[Watched, date]]:
    """The columns whose reminder of this day lacks nothing but a look, each with its site's local day."""
    for watched in here.store.findings.worth_telling():
        if day := awaits(here, watched, now=now):
            yield watched, day


def awaits(here: World, watched: Watched, *, now: datetime) -> date | None:
    calendar, day = here.calendar(watched.timezone), local_day(now, watched.timezone)
    finding, latest = watched.finding, watched.latest
    late = awaits_look(finding, latest, now=now, timezone=watched.timezone, calendar=calendar)
    return day if late and calendar.is_working(day) else None
