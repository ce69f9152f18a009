"""Judges the past again: the same rules, the duty that held then, and what had been seen."""

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
from monitor.model.judging import History, Looked, Verdict
from monitor.model.reading import Trouble
from monitor.workdays import Calendar
from tasks.wiring import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A column's verdict with all that explains it."""

    past: Past
    verdict: Verdict
    explained: Explained
    cadence: Cadence
    suspicions: tuple[Suspicion, ...]


def end_of(day: date, timezone: str) -> datetime:
    """The moment at which a local day is over."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(timezone))


def told(here: World, past: Past) -> Told:
    """How a past look's verdict came about."""
    verdict, calendar = verdict_of(here, past), _calendar(here, past)
    history = past.history
    seen = () if isinstance(history.seen, Trouble) else history.seen
    return Told(
        past=past,
        verdict=verdict,
        explained=explain(history, past.duty, calendar, verdict, now=past.day),
        cadence=cadence(
            _days(history),
            past.duty,
            calendar,
            opened=history.opened,
            covered=min(past.read_on, default=None),  # what was published before the first reading may have gone
            now=past.day,
        ),
        suspicions=suspicions(
            history.known, seen, past.duty, calendar, now=past.day, address_day=dated_by, read_on=past.read_on
        ),
    )


def _days(history: History) -> list[date]:
    """The days of the entries that are listed or were known before, one for each entry."""
    seen = () if isinstance(history.seen, Trouble) else history.seen
    entries = (*seen, *(k.entry for k in history.known if not k.forged))
    return [day for _, day in {(e.url or e.title, e.published) for e in entries} if day is not None]


def verdict_of(here: World, past: Past) -> Verdict:
    """The verdict of a past look: judged again where all that it rested on was kept, else as it was written."""
    return judged_again(here, past) if past.whole else past.recorded


def judged_again(here: World, past: Past) -> Verdict:
    """The verdict of the look, told by the rules and calendars of now."""
    judged = judge(past.history, past.duty, _calendar(here, past), now=past.day)
    return replace(judged, duty=past.duty.line)


def watched_on(here: World, day: date, *, site: str | None = None) -> list[Watched]:
    """The columns that are watched now, of one site or of all, as they stood at the end of their local day.

    A column that had not been looked at by then has no verdict; one without a look on that day has that of its last.
    """
    columns = [one for one in here.store.findings.watched() if site in (None, one.site)]
    return [_on(here, one, day) for one in columns]


def _on(here: World, one: Watched, day: date) -> Watched:
    past = here.store.pasts.before(one.column_id, end_of(day, one.timezone))
    if past is None:
        return replace(one, latest=None, finding_id=None, finding=None)
    latest = Looked(at=past.at, verdict=verdict_of(here, past))
    return replace(one, latest=latest, finding=past.finding, finding_id=None)


def _calendar(here: World, past: Past) -> Calendar:
    return here.calendar(past.duty.calendar or past.timezone)
