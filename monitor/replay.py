"""Looks that others saw or made, judged by the real rules in their order: what is remembered, found and mailed.

The watch runs live, its digests leave in the default hours, and the officer has no other column: of several columns one
digest goes out in a slot, so a line may wait there for the next one.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from operator import attrgetter
from zoneinfo import ZoneInfo

from monitor.cadence import cadence
from monitor.confirm import differing
from monitor.extract import dated_by
from monitor.honest import suspicions
from monitor.judge import CONFIDENCE
from monitor.memory import Memory
from monitor.model.advising import Kin
from monitor.model.honesty import Suspicion
from monitor.model.judging import KNOWN, Looked, Standing, Verdict
from monitor.model.reading import Entry, Listing
from monitor.model.reminding import Finding, FindingState, LineKind
from monitor.model.replaying import Course, Mailed, Observed, World
from monitor.observe import observe
from monitor.remind import Hours, Reason, due_line, queued, release, slot, step, told
from monitor.schedule import counts_since
from monitor.workdays import Calendar, local_day, shift

HOURS: Hours = (time(9, 0), time(17, 30))
ACCUSES = (LineKind.NEW, LineKind.STILL_OVERDUE)
A_ROUND = timedelta(minutes=1)  # the planner's: no mail leaves sooner after a look
_STRETCHES = 12  # as far back as the store gives looks (`monitor/edge/store/looks.py`)


def replay(world: World, calendar: Calendar, *, hours: Hours = HOURS) -> Course:
    """What becomes of the column up to the end of the world's day. Its looks must have begun by then."""
    watch = _Watch(world, calendar, hours)
    end = _midnight(shift(world.day, 1), world.timezone)
    looks = [observed for observed in world.observed if observed.at < end]
    for number, observed in enumerate(looks):
        watch.look(observed)
        watch.tell(observed.at, looks[number + 1].at if number + 1 < len(looks) else end)
    return watch.course(looks[-1])


def _midnight(day: date, timezone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(timezone)).astimezone(UTC)


def accused_on(course: Course) -> tuple[date, ...]:
    """The days on which a mail called the column overdue, stale or blank."""
    return tuple(mail.day for mail in course.mails if mail.kind in ACCUSES)


def signs(world: World, course: Course, calendar: Calendar) -> tuple[Suspicion, ...]:
    """The signs, seen on the world's day, that dates of the column may not be honest."""
    return suspicions(
        course.known,
        course.seen if course.read_on else (),
        world.column.duty,
        calendar,
        now=world.day,
        address_day=dated_by,
        read_on=course.read_on,
        inspections=world.inspections,
    )


def kin(world: World, course: Course, calendar: Calendar) -> Kin:
    """The column as advice sees it on the world's day."""
    column, days = world.column, [known.entry.published for known in course.known if known.entry.published]
    kept = cadence(
        days, column.duty, calendar, opened=column.opened, covered=_complete_since(world.observed), now=world.day
    )
    return Kin(
        id=world.id,
        name=column.name,
        category=column.category,
        duty=column.duty,
        verdict=course.verdict,
        cadence=kept,
        since=course.since,
        entries=tuple(known.entry for known in course.known[:KNOWN]),
    )


def _complete_since(observed: tuple[Observed, ...]) -> date | None:
    """The oldest day in the order of the first list that was surely read: nothing newer was left out of it."""
    for one in observed:
        if isinstance(one.came, Listing) and one.came.confidence >= CONFIDENCE:
            days = [entry.published for entry in one.came.entries if entry.published and not entry.pinned]
            return min(days, default=None)
    return None


class _Watch:
    """The column as the watch knows it, look after look."""

    def __init__(self, world: World, calendar: Calendar, hours: Hours) -> None:
        self.world = world
        self.calendar = calendar
        self.hours = hours
        self.memory = Memory()
        self.recent = _Recent()
        self.ever_judged = False
        self.finding: Finding | None = None
        self.findings: list[tuple[datetime, Finding]] = []
        self.mails: list[Mailed] = []
        self.read_on: list[date] = []
        self.stands: tuple[Standing, date] | None = None

    def look(self, observed: Observed) -> None:
        today = local_day(observed.at, self.world.timezone)
        seen = observe(self.world.column, observed.came, self.memory.known, self.calendar, today=today)
        if seen.remembered:
            self.read_on.append(today)
            self.memory.remember(seen.remembered, today)
        self.recent.add(Looked(at=observed.at, verdict=seen.verdict))
        self._step(observed.at)
        self._stand(seen.verdict.standing, today)
        self.ever_judged = self.ever_judged or seen.verdict.standing is not Standing.UNKNOWN

    def _step(self, now: datetime) -> None:
        found, _ = step(
            self.finding,
            self.recent.looks,
            ever_judged=self.ever_judged,
            now=now,
            timezone=self.world.timezone,
            calendar=self.calendar,
        )
        if found is not None and found is not self.finding:
            self._move(release(found, now=now) if self.world.released else found, now)

    def _stand(self, standing: Standing, today: date) -> None:
        if self.stands is None or standing not in (self.stands[0], Standing.UNKNOWN):
            self.stands = standing, today

    def _move(self, finding: Finding, at: datetime) -> None:
        self.finding = finding
        self.findings.append((at, finding))

    def tell(self, start: datetime, end: datetime) -> None:
        """Mail what is due in the slots that open from `start` until before `end`."""
        zone, today = ZoneInfo(self.world.timezone), local_day(start, self.world.timezone)
        while self._may_be_told() and (opening := datetime.combine(today, self.hours[0], zone)) < end:
            if self.mails[-1:] == [] or self.mails[-1].day != today:
                self._plan(max(opening.astimezone(UTC), start), today, end)
            today += timedelta(days=1)

    def _may_be_told(self) -> bool:
        found = self.finding
        if found is None or found.state is FindingState.BASELINE:
            return False
        return not found.ended or (found.told is not None and not found.closing_told)

    def _plan(self, now: datetime, today: date, end: datetime) -> None:
        """Mail what is due, as soon as it was looked at: before the next look that is known, at `end`."""
        if self.world.before_mail is None:
            self._mail(now, _midnight(today, self.world.timezone))
            return
        if self._mail(now, counts_since(now, None)) is Reason.NOT_LOOKED_AT:
            observed = self._confirmed(*(partial(self.world.before_mail, today, reading) for reading in (0, 1)))
            if now <= observed.at < end - A_ROUND:
                self.look(observed)
                self._mail(observed.at + A_ROUND, observed.at)

    def _confirmed(self, first: Callable[[], Observed], second: Callable[[], Observed]) -> Observed:
        """What two readings of the page say together, where the first accuses."""
        one = first()
        verdict = self._verdict(one)
        if not verdict.past_grace:
            return one
        other = second()
        trouble = differing(verdict, self._verdict(other))
        return replace(other, came=trouble) if trouble else other

    def _verdict(self, observed: Observed) -> Verdict:
        today = local_day(observed.at, self.world.timezone)
        return observe(self.world.column, observed.came, self.memory.known, self.calendar, today=today).verdict

    def _mail(self, now: datetime, since: datetime) -> Reason | None:
        timezone, calendar, latest = self.world.timezone, self.calendar, self.recent.looks[-1]
        day = slot(now, timezone=timezone, hours=self.hours, calendar=calendar)
        if day is None:
            return None
        line = due_line(self.finding, latest, now=now, since=since, timezone=timezone, calendar=calendar)
        if self.finding and line.kind:
            self._move(told(queued(self.finding, line.kind, at=now), line.kind, at=now), now)
            self.mails.append(Mailed(at=now, day=day, kind=line.kind, verdict=latest.verdict))
        return line.reason

    def course(self, last: Observed) -> Course:
        day = self.world.day
        seen = observe(self.world.column, last.came, self.memory.known, self.calendar, today=day)
        self._stand(seen.verdict.standing, day)
        assert self.stands is not None, "there was a look"
        return Course(
            verdict=seen.verdict,
            since=self.stands[1],
            seen=_listed(last),
            known=self.memory.all,
            read_on=tuple(self.read_on),
            findings=tuple(self.findings),
            mails=tuple(self.mails),
        )


def _listed(last: Observed) -> tuple[Entry, ...]:
    return last.came.entries if isinstance(last.came, Listing) else ()


class _Recent:
    """The first and the last look of each stretch of equal verdicts, as the store keeps them."""

    def __init__(self) -> None:
        self.looks: list[Looked] = []
        self._alone = True  # the present stretch has one look

    def add(self, look: Looked) -> None:
        same = bool(self.looks) and _same(self.looks[-1].verdict, look.verdict)
        if same and not self._alone:
            self.looks[-1] = look
            return
        self._alone = not same
        self.looks.append(look)
        del self.looks[: -2 * _STRETCHES]


# All but the day's count and a trouble's wording, as in the store.
_LASTING = attrgetter("standing", "why", "rule", "duty", "newest", "deadline", "past_grace")


def _same(one: Verdict, other: Verdict) -> bool:
    """Whether two verdicts are of one stretch."""
    kinds = [verdict.trouble and verdict.trouble.kind for verdict in (one, other)]
    return kinds[0] == kinds[1] and bool(_LASTING(one) == _LASTING(other))
