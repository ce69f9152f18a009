"""Whether and how a finding stands in its officer's digest, and what planning and sending make of it."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from monitor.model.judging import Looked, Standing, Verdict
from monitor.model.reminding import Finding, FindingState, LineKind
from monitor.remind.findings import APART
from monitor.remind.reasons import Reason
from monitor.workdays import Calendar, local_day

_REPEAT = 5  # working days between two reminders
_SOON = 3  # working days to the deadline
_ON_THE_LADDER = frozenset({FindingState.DETECTED, FindingState.QUEUED, FindingState.REMINDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The line that a column deserves in a digest, or None; and why."""

    kind: LineKind | None
    reason: Reason


def due_line(
    finding: Finding | None,
    latest: Looked | None,
    *,
    now: datetime,
    since: datetime,
    timezone: str,
    calendar: Calendar,
) -> Line:
    """The line to plan for a finding now. `latest` is the column's last look, whatever it saw.

    A look made before `since` bears out no reminder: what came after it, nobody has seen.
    """
    if finding is None:
        return _none(Reason.NOTHING_FOUND)
    if finding.ended:
        return _none(Reason.ALREADY_SAID) if finding.closing_told else _closing(finding, latest)
    if finding.state is FindingState.QUEUED:
        return _none(Reason.QUEUED)
    line = _reminder(finding, latest)
    if line.kind is LineKind.STILL_OVERDUE and not _is_long_ago(finding.told, now, timezone, calendar):
        return _none(Reason.NAMED_LATELY)
    if line.kind is not None and finding.moved is not None and now - finding.moved < APART:
        return _none(Reason.JUST_UPDATED)
    if line.kind is not None and latest is not None and latest.at < since:
        return _none(Reason.NOT_LOOKED_AT)
    return line


def looked_on(latest: Looked, day: date, timezone: str) -> bool:
    """Whether the last look was made on that local day: no mail that waited says what an older one saw."""
    return local_day(latest.at, timezone) == day


def awaits_look(
    finding: Finding | None,
    latest: Looked | None,
    *,
    now: datetime,
    since: datetime,
    timezone: str,
    calendar: Calendar,
) -> bool:
    """Whether nothing but a fresh look is lacking for a reminder."""
    line = due_line(finding, latest, now=now, since=since, timezone=timezone, calendar=calendar)
    return line.reason is Reason.NOT_LOOKED_AT


def still_due(kind: LineKind, step: int, finding: Finding | None, latest: Looked | None) -> Line:
    """Check a planned line once more, just before it is sent. `step` is the one that it was planned with."""
    match kind:
        case LineKind.DUE_SOON:
            soon = latest is not None and latest.verdict.standing is Standing.DUE_SOON
            return Line(kind=kind, reason=Reason.DEADLINE_NEAR) if soon else _none(Reason.DEADLINE_NOT_NEAR)
        case LineKind.RECOVERED | LineKind.CORRECTED:
            ended = finding is not None and finding.ended
            return _closing(finding, latest) if finding and ended else _none(Reason.ACCUSED_AGAIN)
        case LineKind.NEW | LineKind.STILL_OVERDUE:
            if finding is None or finding.ended:
                return _none(Reason.NO_LONGER_ACCUSED)
            return _reminder(finding, latest) if finding.step + 1 == step else _none(Reason.ALREADY_SAID)


def due_soon(verdict: Verdict, slot: date, calendar: Calendar) -> bool:
    """Whether the column's deadline is near enough for a line of its own: within 3 working days of the slot."""
    if verdict.standing is not Standing.DUE_SOON or verdict.deadline is None:
        return False
    return slot <= verdict.deadline <= calendar.add(slot, _SOON)


def queued(finding: Finding, kind: LineKind, *, at: datetime) -> Finding:
    """A digest with this line of the finding was planned."""
    if finding.ended:
        return replace(finding, closing_told=True) if _closes(kind) else finding
    if finding.state not in _ON_THE_LADDER or not _reminds(kind):
        return finding
    return replace(finding, state=FindingState.QUEUED, since=at)


def unqueued(finding: Finding, kind: LineKind, *, at: datetime) -> Finding:
    """The planned line will not be sent (refused, cancelled, no longer true): back to the state before."""
    if finding.ended:
        return replace(finding, closing_told=False) if _closes(kind) else finding
    if finding.state is not FindingState.QUEUED or not _reminds(kind):
        return finding
    return replace(finding, state=FindingState.REMINDED if finding.step else FindingState.DETECTED, since=at)


def told(finding: Finding, kind: LineKind, *, at: datetime) -> Finding:
    """The line was sent. A finding that ended or came to rest while the mail was on its way was named all the same."""
    if _closes(kind):
        return replace(finding, closing_told=True) if finding.ended else finding
    if not _reminds(kind):
        return finding
    named = replace(finding, step=finding.step + 1, told=at)
    return replace(named, state=FindingState.REMINDED, since=at) if finding.state in _ON_THE_LADDER else named


def _reminder(finding: Finding, latest: Looked | None) -> Line:
    silence = _silence(latest)
    if silence is not None:
        return _none(silence)
    match finding.state:
        case FindingState.BASELINE:
            return _none(Reason.IN_BASELINE)
        case FindingState.DETECTED | FindingState.QUEUED | FindingState.REMINDED | FindingState.ESCALATED:
            if finding.step == 0:
                return Line(kind=LineKind.NEW, reason=Reason.NEVER_NAMED)
            return Line(kind=LineKind.STILL_OVERDUE, reason=Reason.NAMED_LONG_AGO)
        case FindingState.DISPUTED | FindingState.HELD | FindingState.ACKNOWLEDGED | FindingState.SNOOZED:
            return _none(Reason.RESTS)
        case FindingState.EXEMPT_REQUESTED | FindingState.MERGE_REQUESTED | FindingState.CLOSE_REQUESTED:
            return _none(Reason.RESTS)
        case FindingState.EXEMPT | FindingState.MERGED | FindingState.CLOSED:
            return _none(Reason.APPROVED)
        case FindingState.RESOLVED | FindingState.WITHDRAWN:
            return _none(Reason.NO_LONGER_ACCUSED)


def _silence(latest: Looked | None) -> Reason | None:
    """Why the last look does not bear a reminder out."""
    if latest is None or latest.verdict.standing is Standing.UNKNOWN:
        return Reason.NOT_SEEN
    if not latest.verdict.standing.accuses:
        return Reason.NO_LONGER_ACCUSED
    return None if latest.verdict.past_grace else Reason.WITHIN_GRACE


def _closing(finding: Finding, latest: Looked | None) -> Line:
    """The line about the end of a finding that a mail had named; only while the column still is what the line says."""
    if finding.told is None:
        return _none(Reason.NEVER_NAMED)
    if latest is None or latest.verdict.standing is Standing.UNKNOWN:
        return _none(Reason.NOT_SEEN)
    if latest.verdict.standing.accuses:
        return _none(Reason.ACCUSED_AGAIN)
    if finding.state is FindingState.RESOLVED:
        return Line(kind=LineKind.RECOVERED, reason=Reason.RECOVERED)
    if finding.state is FindingState.WITHDRAWN:
        return Line(kind=LineKind.CORRECTED, reason=Reason.CORRECTED)
    return _none(Reason.APPROVED)


def _is_long_ago(told: datetime | None, now: datetime, timezone: str, calendar: Calendar) -> bool:
    return told is None or local_day(now, timezone) >= calendar.add(local_day(told, timezone), _REPEAT)


def _closes(kind: LineKind) -> bool:
    return kind in (LineKind.RECOVERED, LineKind.CORRECTED)


def _reminds(kind: LineKind) -> bool:
    return kind in (LineKind.NEW, LineKind.STILL_OVERDUE)


def _none(reason: Reason) -> Line:
    return Line(kind=None, reason=reason)
