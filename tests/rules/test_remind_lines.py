"""Lines of a digest: who is named, when again, and when not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.model.judging import Looked, Standing, Verdict, Why
from monitor.model.reminding import Finding, FindingState, LineKind
from monitor.remind import (
    Line,
    Reason,
    awaits_look,
    due_line,
    due_soon,
    queued,
    still_due,
    told,
    unqueued,
)
from monitor.workdays import china

NOW = datetime(2026, 3, 18, 1, tzinfo=UTC)
SINCE = NOW - timedelta(minutes=30)
CHINA = "Asia/Shanghai"
LATE = Verdict(standing=Standing.OVERDUE, why=Why.DEADLINE_PASSED, rule="D19", past_grace=True)
STALE = replace(LATE, standing=Standing.STALE)
BLANK = replace(LATE, standing=Standing.BLANK)
IN_GRACE = replace(LATE, past_grace=False)
FRESH = Verdict(standing=Standing.FRESH, why=Why.IN_TIME, rule="D19")
SOON = replace(FRESH, standing=Standing.DUE_SOON, deadline=date(2026, 3, 20))
EXEMPT = Verdict(standing=Standing.EXEMPT, why=Why.EXEMPT, rule="D19")
UNKNOWN = Verdict(standing=Standing.UNKNOWN, why=Why.NOT_SEEN, rule="D19")
State = FindingState
RESTING = [
    State.DISPUTED,
    State.HELD,
    State.ACKNOWLEDGED,
    State.SNOOZED,
    State.EXEMPT_REQUESTED,
    State.MERGE_REQUESTED,
    State.CLOSE_REQUESTED,
]


def found(state: FindingState, *, step: int = 0, told: datetime | None = None, closing_told: bool = False) -> Finding:
    return Finding(
        state=state,
        rule="D19",
        episode=1,
        opened=NOW,
        since=NOW,
        newest=None,
        step=step,
        released=state is not State.BASELINE,
        told=told,
        closing_told=closing_told,
    )


DETECTED = found(State.DETECTED)
LONG_AGO = NOW - timedelta(days=30)
REMINDED = found(State.REMINDED, step=2, told=LONG_AGO)
RESOLVED = found(State.RESOLVED, step=1, told=LONG_AGO)
WITHDRAWN = found(State.WITHDRAWN, step=1, told=LONG_AGO)


def looked(verdict: Verdict | None) -> Looked | None:
    return Looked(at=NOW, verdict=verdict) if verdict else None


@pytest.mark.parametrize(
    ("what", "finding", "verdict", "kind", "reason"),
    [
        ("no finding", None, LATE, None, Reason.NOTHING_FOUND),
        ("in the baseline", found(State.BASELINE), LATE, None, Reason.IN_BASELINE),
        ("detected", DETECTED, LATE, LineKind.NEW, Reason.NEVER_NAMED),
        ("detected and stale by now", DETECTED, STALE, LineKind.NEW, Reason.NEVER_NAMED),
        ("detected and blank", DETECTED, BLANK, LineKind.NEW, Reason.NEVER_NAMED),
        ("detected, but not seen now", DETECTED, UNKNOWN, None, Reason.NOT_SEEN),
        ("detected, but never looked at", DETECTED, None, None, Reason.NOT_SEEN),
        ("detected, but no longer accused", DETECTED, FRESH, None, Reason.NO_LONGER_ACCUSED),
        ("detected, but within a new grace", DETECTED, IN_GRACE, None, Reason.WITHIN_GRACE),
        ("planned already", found(State.QUEUED), LATE, None, Reason.QUEUED),
        ("named long ago", REMINDED, LATE, LineKind.STILL_OVERDUE, Reason.NAMED_LONG_AGO),
        ("named long ago, but not seen now", REMINDED, UNKNOWN, None, Reason.NOT_SEEN),
        ("named today", replace(REMINDED, told=NOW), LATE, None, Reason.NAMED_LATELY),
        ("named today, but not seen now", replace(REMINDED, told=NOW), UNKNOWN, None, Reason.NOT_SEEN),
        ("resolved", RESOLVED, FRESH, LineKind.RECOVERED, Reason.RECOVERED),
        ("resolved and due soon", RESOLVED, SOON, LineKind.RECOVERED, Reason.RECOVERED),
        ("resolved, but not seen now", RESOLVED, UNKNOWN, None, Reason.NOT_SEEN),
        ("resolved, but never looked at", RESOLVED, None, None, Reason.NOT_SEEN),
        ("resolved, but accused again", RESOLVED, IN_GRACE, None, Reason.ACCUSED_AGAIN),
        ("resolved, and no mail had named it", found(State.RESOLVED), FRESH, None, Reason.NEVER_NAMED),
        ("resolved, and it was said", replace(RESOLVED, closing_told=True), FRESH, None, Reason.ALREADY_SAID),
        ("withdrawn", WITHDRAWN, EXEMPT, LineKind.CORRECTED, Reason.CORRECTED),
        ("withdrawn, and no mail had named it", found(State.WITHDRAWN), FRESH, None, Reason.NEVER_NAMED),
        ("approved", found(State.MERGED, step=1, told=LONG_AGO), FRESH, None, Reason.APPROVED),
    ],
)
def test_the_line_of_a_finding(
    what: str, finding: Finding | None, verdict: Verdict | None, kind: LineKind | None, reason: Reason
) -> None:
    line = due_line(finding, looked(verdict), now=NOW, since=SINCE, timezone=CHINA, calendar=china())
    assert (line.kind, line.reason) == (kind, reason), what


@pytest.mark.parametrize("finding", [DETECTED, REMINDED])
def test_a_reminder_rests_on_a_look_of_just_before(finding: Finding) -> None:
    def line(at: datetime) -> Reason:
        latest = Looked(at=at, verdict=LATE)
        return due_line(finding, latest, now=NOW, since=SINCE, timezone=CHINA, calendar=china()).reason

    older = SINCE - timedelta(seconds=1)
    assert line(older) is Reason.NOT_LOOKED_AT
    assert line(SINCE) in (Reason.NEVER_NAMED, Reason.NAMED_LONG_AGO)
    latest = Looked(at=older, verdict=LATE)
    assert awaits_look(finding, latest, now=NOW, since=SINCE, timezone=CHINA, calendar=china())


@pytest.mark.parametrize(
    ("what", "finding", "verdict"),
    [
        ("nothing was found", None, LATE),
        ("it was named today", replace(REMINDED, told=NOW), LATE),
        ("it could not be seen", DETECTED, UNKNOWN),
        ("it is in time again", DETECTED, FRESH),
        ("its end accuses nobody", RESOLVED, FRESH),
        ("it is in the baseline", found(State.BASELINE), LATE),
    ],
)
def test_no_look_is_hastened_where_no_reminder_is_due(what: str, finding: Finding | None, verdict: Verdict) -> None:
    latest = Looked(at=LONG_AGO, verdict=verdict)
    assert not awaits_look(finding, latest, now=NOW, since=SINCE, timezone=CHINA, calendar=china()), what


@pytest.mark.parametrize("finding", [DETECTED, REMINDED])
def test_who_has_just_put_up_an_old_text_is_not_reminded_on_that_day(finding: Finding) -> None:
    def line(moved: datetime) -> Line:
        latest = Looked(at=NOW, verdict=LATE)
        return due_line(replace(finding, moved=moved), latest, now=NOW, since=SINCE, timezone=CHINA, calendar=china())

    assert line(NOW - timedelta(hours=19)).reason is Reason.JUST_UPDATED
    assert line(NOW - timedelta(hours=20)).kind is not None


@pytest.mark.parametrize("state", RESTING)
def test_a_resting_ladder_sends_nothing(state: FindingState) -> None:
    line = due_line(found(state, step=1), looked(LATE), now=NOW, since=SINCE, timezone=CHINA, calendar=china())
    assert (line.kind, line.reason) == (None, Reason.RESTS)
    assert still_due(LineKind.STILL_OVERDUE, 2, found(state, step=1), looked(LATE)) == line


@pytest.mark.parametrize(
    ("what", "told_at", "now", "again"),
    [
        ("the fourth working day", datetime(2026, 3, 18, 1, tzinfo=UTC), datetime(2026, 3, 24, 15, tzinfo=UTC), False),
        ("the fifth", datetime(2026, 3, 18, 9, tzinfo=UTC), datetime(2026, 3, 24, 16, tzinfo=UTC), True),
        ("over Golden Week: the make-up Saturday is the fourth",
         datetime(2026, 9, 29, 1, tzinfo=UTC), datetime(2026, 10, 10, 1, tzinfo=UTC), False),
        ("and Monday the fifth", datetime(2026, 9, 29, 1, tzinfo=UTC), datetime(2026, 10, 12, 1, tzinfo=UTC), True),
    ],
)  # fmt: skip
def test_a_reminder_is_repeated_every_five_working_days(
    what: str, told_at: datetime, now: datetime, again: bool
) -> None:
    finding = replace(REMINDED, told=told_at)
    line = due_line(finding, Looked(at=now, verdict=LATE), now=now, since=now, timezone=CHINA, calendar=china())
    assert (line.kind is LineKind.STILL_OVERDUE) is again, what


@pytest.mark.parametrize(
    ("what", "kind", "step", "finding", "verdict", "reason"),
    [
        ("a new line", LineKind.NEW, 1, found(State.QUEUED), LATE, None),
        ("a new line of a dry run", LineKind.NEW, 1, DETECTED, LATE, None),
        ("a further line", LineKind.STILL_OVERDUE, 3, found(State.QUEUED, step=2), LATE, None),
        ("the step was told meanwhile", LineKind.NEW, 1, found(State.REMINDED, step=1), LATE, Reason.ALREADY_SAID),
        ("the finding is gone", LineKind.NEW, 1, None, LATE, Reason.NO_LONGER_ACCUSED),
        ("it was resolved", LineKind.NEW, 1, found(State.RESOLVED), FRESH, Reason.NO_LONGER_ACCUSED),
        ("it is approved", LineKind.NEW, 1, found(State.EXEMPT), LATE, Reason.NO_LONGER_ACCUSED),
        ("the last look saw nothing", LineKind.NEW, 1, found(State.QUEUED), UNKNOWN, Reason.NOT_SEEN),
        ("the last look saw it fresh", LineKind.NEW, 1, found(State.QUEUED), FRESH, Reason.NO_LONGER_ACCUSED),
        ("recovered", LineKind.RECOVERED, 2, RESOLVED, FRESH, None),
        ("recovered, planned as such", LineKind.RECOVERED, 2, replace(RESOLVED, closing_told=True), FRESH, None),
        ("recovered, but unseen now", LineKind.RECOVERED, 2, RESOLVED, UNKNOWN, Reason.NOT_SEEN),
        ("recovered, and open again", LineKind.RECOVERED, 2, REMINDED, LATE, Reason.ACCUSED_AGAIN),
        ("corrected", LineKind.CORRECTED, 2, WITHDRAWN, FRESH, None),
        ("corrected, and open again", LineKind.CORRECTED, 2, None, LATE, Reason.ACCUSED_AGAIN),
        ("due soon", LineKind.DUE_SOON, 0, None, SOON, None),
        ("no longer due soon", LineKind.DUE_SOON, 0, None, FRESH, Reason.DEADLINE_NOT_NEAR),
        ("due soon, never looked at", LineKind.DUE_SOON, 0, None, None, Reason.DEADLINE_NOT_NEAR),
    ],
)
def test_a_planned_line_is_checked_before_it_is_sent(
    what: str, kind: LineKind, step: int, finding: Finding | None, verdict: Verdict | None, reason: Reason | None
) -> None:
    line = still_due(kind, step, finding, looked(verdict))
    if reason is None:
        assert line.kind is kind, what
    else:
        assert (line.kind, line.reason) == (None, reason), what


@pytest.mark.parametrize(
    ("what", "verdict", "deadline", "near"),
    [
        ("today", SOON, date(2026, 3, 18), True),
        ("in three working days", SOON, date(2026, 3, 23), True),
        ("in four", SOON, date(2026, 3, 24), False),
        ("passed since the last look", SOON, date(2026, 3, 17), False),
        ("no deadline", SOON, None, False),
        ("fresh", FRESH, date(2026, 3, 19), False),
    ],
)
def test_a_deadline_that_is_near(what: str, verdict: Verdict, deadline: date | None, near: bool) -> None:
    assert due_soon(replace(verdict, deadline=deadline), date(2026, 3, 18), china()) is near, what


LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("what", "before", "kind", "after"),
    [
        ("detected", DETECTED, LineKind.NEW, replace(DETECTED, state=State.QUEUED, since=LATER)),
        ("reminded", REMINDED, LineKind.STILL_OVERDUE, replace(REMINDED, state=State.QUEUED, since=LATER)),
        ("resolved", RESOLVED, LineKind.RECOVERED, replace(RESOLVED, closing_told=True)),
        ("in the baseline", found(State.BASELINE), LineKind.NEW, found(State.BASELINE)),
        ("held", found(State.HELD), LineKind.NEW, found(State.HELD)),
        ("resolved before its reminder was planned", RESOLVED, LineKind.NEW, RESOLVED),
        ("detected, beside a line that its deadline is near", DETECTED, LineKind.DUE_SOON, DETECTED),
    ],
)
def test_planning_a_line(what: str, before: Finding, kind: LineKind, after: Finding) -> None:
    assert queued(before, kind, at=LATER) == after, what


@pytest.mark.parametrize(
    ("what", "before", "kind", "after"),
    [
        ("queued for the first time", found(State.QUEUED), LineKind.NEW, replace(DETECTED, since=LATER)),
        ("queued again", replace(REMINDED, state=State.QUEUED), LineKind.STILL_OVERDUE, replace(REMINDED, since=LATER)),
        ("its end was to be told", replace(RESOLVED, closing_told=True), LineKind.RECOVERED, RESOLVED),
        ("ended while its reminder waited", RESOLVED, LineKind.NEW, RESOLVED),
        ("not queued", DETECTED, LineKind.NEW, DETECTED),
        ("queued, beside another line", found(State.QUEUED), LineKind.DUE_SOON, found(State.QUEUED)),
    ],
)
def test_a_line_that_will_not_be_sent(what: str, before: Finding, kind: LineKind, after: Finding) -> None:
    assert unqueued(before, kind, at=LATER) == after, what


@pytest.mark.parametrize(
    ("what", "before", "kind", "after"),
    [
        ("the first reminder", found(State.QUEUED), LineKind.NEW,
         replace(found(State.REMINDED, step=1, told=LATER), since=LATER)),
        ("the third", replace(REMINDED, state=State.QUEUED), LineKind.STILL_OVERDUE,
         replace(REMINDED, step=3, told=LATER, since=LATER)),
        ("ended while the mail was on its way", found(State.RESOLVED), LineKind.NEW,
         found(State.RESOLVED, step=1, told=LATER)),
        ("held while the mail was on its way", found(State.HELD), LineKind.NEW,
         found(State.HELD, step=1, told=LATER)),
        ("its end", RESOLVED, LineKind.RECOVERED, replace(RESOLVED, closing_told=True)),
        ("its end, but it is open again", REMINDED, LineKind.CORRECTED, REMINDED),
        ("a deadline that is near", DETECTED, LineKind.DUE_SOON, DETECTED),
    ],
)  # fmt: skip
def test_a_line_that_was_sent(what: str, before: Finding, kind: LineKind, after: Finding) -> None:
    assert told(before, kind, at=LATER) == after, what


@pytest.mark.parametrize("before", [DETECTED, REMINDED, *map(found, [State.BASELINE, State.ESCALATED, *RESTING])])
def test_planning_and_cancelling_leaves_the_ladder_where_it_was(before: Finding) -> None:
    assert replace(unqueued(queued(before, LineKind.NEW, at=LATER), LineKind.NEW, at=LATER), since=NOW) == before
