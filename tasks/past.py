"""Judges the past again: the same rules, the duty that held then, and what had been seen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.cadence import cadence
from monitor.edge.store.findings import Watched
from monitor.edge.store.past import Past
from monitor.explain import explain
from monitor.extract.address import dated_by
from monitor.honest import suspicions
from monitor.judge import judge
from monitor.model.cadence import Cadence
from monitor.model.explaining import Explained
from monitor.model.honesty import Suspicion
from monitor.model.judging import Looked, Verdict
from monitor.model.reading import Entry, Trouble
from monitor.model.register import Duty
from monitor.workdays import Calendar
from tasks.wiring import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A column's verdict with all that explains it; what cannot be known of looks of older programs is None."""

    past: Past
    verdict: Verdict
    explained: Explained | None
    cadence: Cadence | None
    suspicions: tuple[Suspicion, ...]


def end_of(day: date, timezone: str) -> datetime:
    """The moment at which a local day is over."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(timezone))


def told(here: World, past: Past) -> Told:
    """How a past look's verdict came about."""
    verdict = verdict_of(here, past)
    whole = past.duty is not None and past.whole
    return Told(
        past=past,
        verdict=verdict,
        explained=_explained(here, past, past.duty, verdict) if past.duty and whole else None,
        cadence=cadence_of(here, past, past.duty, now=past.day) if past.duty else None,
        suspicions=_suspicions(here, past, past.duty) if past.duty and whole else (),
    )


def _explained(here: World, past: Past, duty: Duty, verdict: Verdict) -> Explained:
    return explain(past.history, duty, calendar_of(here, past, duty), verdict, now=past.day)


def cadence_of(here: World, past: Past, duty: Duty, *, now: date) -> Cadence:
    """How the column had been kept up by a day, as far as its history is known to be complete."""
    calendar = calendar_of(here, past, duty)
    return cadence(past.days, duty, calendar, opened=past.history.opened, covered=past.covered, now=now)


def _suspicions(here: World, past: Past, duty: Duty) -> tuple[Suspicion, ...]:
    return suspicions(
        past.history.known,
        seen_then(past),
        duty,
        calendar_of(here, past, duty),
        now=past.day,
        address_day=dated_by,
        read_on=past.read_on,
    )


def seen_then(past: Past) -> tuple[Entry, ...]:
    """What stood in the list at the look; nothing where it could not be seen."""
    return () if isinstance(past.history.seen, Trouble) else past.history.seen


def verdict_of(here: World, past: Past) -> Verdict:
    """The verdict of a past look: judged again where all that it rested on was kept, else as it was written."""
    return judged_again(here, past, past.duty) if past.duty and past.whole else past.recorded


def judged_again(here: World, past: Past, duty: Duty) -> Verdict:
    """The verdict of the look, told by the rules and calendars of now."""
    return replace(judge(past.history, duty, calendar_of(here, past, duty), now=past.day), duty=duty.line)


def stood_on(here: World, watched: Sequence[Watched], day: date) -> list[Watched]:
    """These columns as they stood at the end of their local day.

    A column that had not been looked at by then has no verdict; one without a look on that day has that of its last.
    """
    return [_on(here, one, day) for one in watched]


def _on(here: World, one: Watched, day: date) -> Watched:
    past = here.store.pasts.before(one.column_id, end_of(day, one.timezone))
    if past is None:
        return replace(one, latest=None, finding_id=None, finding=None)
    latest = Looked(at=past.at, verdict=verdict_of(here, past))
    return replace(one, latest=latest, finding=past.finding, finding_id=None, duty=past.duty)


def calendar_of(here: World, past: Past, duty: Duty) -> Calendar:
    return here.calendar(duty.calendar or past.timezone)
