"""Looks before mail: what an officer is to be reminded of is looked at just before his mail leaves."""

from collections.abc import Iterator
from datetime import date, datetime
from zlib import crc32

from monitor.edge.store.findings import Watched
from monitor.remind import awaits_look
from monitor.schedule import before_mail, counts_since
from monitor.workdays import local_day
from tasks.wiring import World


def hasten(here: World, *, now: datetime, played: bool = False) -> None:
    """Make the looks due that the reminders of this day lack; none that is due sooner, or put off, is moved.

    A round that is `played` has no later moment: in it all of them are due now.
    """
    moments = {}
    for watched, _ in awaiting(here, now=now):
        if moment := _moment(here, watched, now):
            moments[watched.column_id] = now if played else moment
    here.store.claims.hasten(moments)


def borne_out_since(here: World, watched: Watched, *, now: datetime) -> datetime:
    """From when on a look at the column bears out a reminder that leaves now."""
    return counts_since(now, _moment(here, watched, now))


def _moment(here: World, watched: Watched, now: datetime) -> datetime | None:
    """When the columns of this officer are looked at today for his mail; the same moment each day."""
    lot = crc32(watched.officer.email.lower().encode()) / 2**32
    day = local_day(now, watched.timezone)
    return before_mail(day, here.settings.hours, watched.look_hours, watched.timezone, lot=lot)


def awaiting(here: World, *, now: datetime) -> Iterator[tuple[Watched, date]]:
    """The columns whose reminder of this day lacks nothing but a fresh look, each with its site's local day."""
    for watched in here.store.findings.worth_telling():
        if day := awaits(here, watched, now=now):
            yield watched, day


def awaits(here: World, watched: Watched, *, now: datetime) -> date | None:
    calendar, day = here.calendar(watched.timezone), local_day(now, watched.timezone)
    finding, latest = watched.finding, watched.latest
    since = borne_out_since(here, watched, now=now)
    late = awaits_look(finding, latest, now=now, since=since, timezone=watched.timezone, calendar=calendar)
    return day if late and calendar.is_working(day) else None
