"""What a look makes of a column's finding: opened, held, released, resolved or withdrawn (docs/design/reminders.md)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from monitor.model.judging import Looked, Standing, Verdict
from monitor.model.reminding import Finding, FindingState
from monitor.remind.reasons import Reason
from monitor.workdays import Calendar, local_day

APART = timedelta(hours=20)  # two looks that agree: on two days, whatever the hour of the look
_FLAPPING = 5  # working days within which a finding that opens again is the old one
_APPROVED = frozenset({FindingState.EXEMPT, FindingState.MERGED, FindingState.CLOSED})

Stepped = tuple[Finding | None, Reason]


def step(
    finding: Finding | None,
    looks: Sequence[Looked],
    *,
    ever_judged: bool,
    now: datetime,
    timezone: str,
    calendar: Calendar,
) -> Stepped:
    """The column's finding after a look. The finding itself comes back where nothing has changed.

    `finding` is the latest one, also when it has ended. `looks` are the recent ones, the present one last; of a stretch
    of equal verdicts the first and the last look suffice, if `past_grace` belongs to what makes them equal.
    `ever_judged`: an earlier look, under the rule that holds now, gave a verdict that is not UNKNOWN.
    """
    latest = looks[-1].verdict
    if latest.standing is Standing.UNKNOWN:
        return finding, Reason.NOT_SEEN
    if finding is not None and finding.state in _APPROVED:
        return finding, Reason.APPROVED
    if finding is not None and not finding.ended:
        return _go_on(finding, looks, now)
    if not latest.standing.accuses:
        return finding, Reason.NOTHING_FOUND
    if not ever_judged:
        return _opened(finding, latest, FindingState.BASELINE, now), Reason.FIRST_VERDICT
    agreement = _agreement(looks)
    if agreement is not Reason.TWO_LOOKS_AGREE:
        return finding, agreement
    if finding is not None and _is_flapping(finding, local_day(now, timezone), timezone, calendar):
        return _reopened(finding, latest, now), Reason.REOPENED
    return _opened(finding, latest, FindingState.DETECTED, now), agreement


def release(finding: Finding, *, now: datetime) -> Finding:
    """An admin lets a finding out of the baseline; the next look that agrees with an earlier one makes it detected."""
    if finding.state is not FindingState.BASELINE or finding.released:
        return finding
    return replace(finding, released=True, since=now)


def _go_on(finding: Finding, looks: Sequence[Looked], now: datetime) -> Stepped:
    latest = looks[-1].verdict
    if not latest.standing.accuses:
        return _end(finding, latest, now)
    if finding.state is not FindingState.BASELINE:
        return _moved(finding, looks)
    if not finding.released:
        return finding, Reason.IN_BASELINE
    agreement = _agreement(looks)
    if agreement is not Reason.TWO_LOOKS_AGREE:
        return finding, agreement
    return replace(finding, state=FindingState.DETECTED, since=now), agreement


def _moved(finding: Finding, looks: Sequence[Looked]) -> Stepped:
    """The accusation stands; but it may name a newer entry than the look before did."""
    present, before = looks[-1], [look for look in looks[:-1] if look.verdict.standing is not Standing.UNKNOWN]
    if before and _is_newer(present.verdict.newest, before[-1].verdict.newest):
        return replace(finding, moved=present.at), Reason.NEWER_BUT_LATE
    return finding, Reason.STILL_ACCUSED


def _end(finding: Finding, latest: Verdict, now: datetime) -> Stepped:
    in_time = latest.standing in (Standing.FRESH, Standing.DUE_SOON)
    if in_time and _is_newer(latest.newest, finding.newest):
        return replace(finding, state=FindingState.RESOLVED, since=now), Reason.NEWER_ENTRY
    return replace(finding, state=FindingState.WITHDRAWN, since=now), Reason.NO_NEWER_ENTRY


def _is_newer(newest: date | None, before: date | None) -> bool:
    return newest is not None and (before is None or newest > before)


def _opened(last: Finding | None, latest: Verdict, state: FindingState, now: datetime) -> Finding:
    return Finding(
        state=state,
        rule=latest.rule,
        episode=last.episode + 1 if last else 1,
        opened=now,
        since=now,
        newest=latest.newest,
        released=state is not FindingState.BASELINE,
    )


def _is_flapping(ended: Finding, today: date, timezone: str, calendar: Calendar) -> bool:
    return today <= calendar.add(local_day(ended.since, timezone), _FLAPPING)


def _reopened(ended: Finding, latest: Verdict, now: datetime) -> Finding:
    """The old episode at the step it had reached; recovery needs an entry newer than what is there now."""
    if not ended.released:
        state = FindingState.BASELINE
    else:
        state = FindingState.REMINDED if ended.step else FindingState.DETECTED
    return replace(ended, state=state, since=now, newest=latest.newest, closing_told=False)


def _agreement(looks: Sequence[Looked]) -> Reason:
    """Whether an earlier look agrees with the present one, both past the grace and far enough apart.

    Looks that saw nothing between them neither help nor hurt; any other verdict, another duty, or another newest entry
    breaks the run.
    """
    present = looks[-1]
    if not present.verdict.past_grace:
        return Reason.WITHIN_GRACE
    for look in reversed(looks[:-1]):
        if look.verdict.standing is Standing.UNKNOWN:
            continue
        if _charge(look.verdict.standing) is not _charge(present.verdict.standing):
            break
        if look.verdict.duty != present.verdict.duty or look.verdict.newest != present.verdict.newest:
            break
        if look.verdict.past_grace and present.at - look.at >= APART:
            return Reason.TWO_LOOKS_AGREE
    return Reason.ONE_LOOK


def _charge(standing: Standing) -> Standing | None:
    """What a verdict accuses of: an overdue column that has become stale is still the same accusation."""
    match standing:
        case Standing.OVERDUE | Standing.STALE:
            return Standing.OVERDUE
        case Standing.BLANK:
            return Standing.BLANK
        case Standing.FRESH | Standing.DUE_SOON | Standing.UNKNOWN | Standing.NOT_CONFIGURED | Standing.EXEMPT:
            return None
