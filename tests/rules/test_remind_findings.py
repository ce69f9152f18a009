"""What a look makes of a finding: sentences of looks, oldest first, on both sides of each line."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.judging import Looked, Standing, Verdict, Why
from monitor.model.reading import Trouble, TroubleKind
from monitor.model.reminding import Finding, FindingState
from monitor.remind import Reason, release, step
from monitor.workdays import china

WEDNESDAY = datetime(2026, 3, 18, 1, tzinfo=UTC)  # nine in the morning in China
OLD, NEW = date(2026, 2, 1), date(2026, 3, 17)
DETECTED, BASELINE, REMINDED = FindingState.DETECTED, FindingState.BASELINE, FindingState.REMINDED
RESOLVED, WITHDRAWN = FindingState.RESOLVED, FindingState.WITHDRAWN

LATE = Verdict(standing=Standing.OVERDUE, why=Why.DEADLINE_PASSED, rule="D19", newest=OLD, past_grace=True)
IN_GRACE = replace(LATE, past_grace=False)
STALE = replace(LATE, standing=Standing.STALE)
BLANK = replace(LATE, standing=Standing.BLANK, newest=None)
FRESH = Verdict(standing=Standing.FRESH, why=Why.IN_TIME, rule="D19", newest=NEW)
SOON = replace(FRESH, standing=Standing.DUE_SOON)
UNKNOWN = Verdict(standing=Standing.UNKNOWN, why=Why.NOT_SEEN, rule="D19", trouble=Trouble(kind=TroubleKind.TIMEOUT))
EXEMPT = Verdict(standing=Standing.EXEMPT, why=Why.EXEMPT, rule="D19")
UNSET = Verdict(standing=Standing.NOT_CONFIGURED, why=Why.NO_WINDOW, rule="D19")


def at(hours: float) -> datetime:
    return WEDNESDAY + timedelta(hours=hours)


def looks(*seen: tuple[float, Verdict]) -> list[Looked]:
    return [Looked(at=at(hours), verdict=verdict) for hours, verdict in seen]


def stepped(
    finding: Finding | None, seen: Sequence[Looked], *, ever_judged: bool = True
) -> tuple[Finding | None, Reason]:
    return step(finding, seen, ever_judged=ever_judged, now=seen[-1].at, timezone="Asia/Shanghai", calendar=china())


def found(state: FindingState, *, since: float = 0, **more: object) -> Finding:
    opened = Finding(
        state=state, rule="D19", episode=1, opened=at(-100), since=at(since), newest=OLD, released=state is not BASELINE
    )
    return replace(opened, **more)  # type: ignore[arg-type]  # the tests name fields by keyword


@pytest.mark.parametrize(
    ("what", "seen", "state", "reason"),
    [
        ("fresh", [(0, FRESH)], None, Reason.NOTHING_FOUND),
        ("exempt", [(0, EXEMPT)], None, Reason.NOTHING_FOUND),
        ("not seen", [(0, UNKNOWN)], None, Reason.NOT_SEEN),
        ("overdue", [(0, LATE)], BASELINE, Reason.FIRST_VERDICT),
        ("overdue within its grace", [(0, IN_GRACE)], BASELINE, Reason.FIRST_VERDICT),
        ("blank", [(0, BLANK)], BASELINE, Reason.FIRST_VERDICT),
        ("overdue after days unseen", [(0, UNKNOWN), (48, LATE)], BASELINE, Reason.FIRST_VERDICT),
    ],
)
def test_the_first_verdict_of_a_column(
    what: str, seen: list[tuple[float, Verdict]], state: FindingState | None, reason: Reason
) -> None:
    finding, why = stepped(None, looks(*seen), ever_judged=False)
    assert (finding and finding.state, why) == (state, reason), what
    if finding:
        assert not finding.released
        assert (finding.episode, finding.step, finding.told) == (1, 0, None)


@pytest.mark.parametrize(
    ("what", "seen", "reason"),
    [
        ("one look", [(0, LATE)], Reason.ONE_LOOK),
        ("two looks 20 hours apart", [(0, LATE), (20, LATE)], Reason.TWO_LOOKS_AGREE),
        ("a minute less", [(0, LATE), (19.98, LATE)], Reason.ONE_LOOK),
        ("many looks, the first and the last far enough apart", [(0, LATE), (8, LATE), (16, LATE), (24, LATE)],
         Reason.TWO_LOOKS_AGREE),
        ("the first within the grace", [(0, IN_GRACE), (24, LATE)], Reason.ONE_LOOK),
        ("the last within the grace", [(0, LATE), (24, IN_GRACE)], Reason.WITHIN_GRACE),
        ("two after the grace, one within it", [(0, IN_GRACE), (24, LATE), (48, LATE)], Reason.TWO_LOOKS_AGREE),
        ("overdue, then stale: they agree", [(0, LATE), (24, STALE)], Reason.TWO_LOOKS_AGREE),
        ("overdue, then blank: they do not", [(0, LATE), (24, BLANK)], Reason.ONE_LOOK),
        ("blank twice", [(0, BLANK), (24, BLANK)], Reason.TWO_LOOKS_AGREE),
        ("blindness between them does not hurt", [(0, LATE), (12, UNKNOWN), (24, LATE)], Reason.TWO_LOOKS_AGREE),
        ("blindness is no second look", [(0, UNKNOWN), (24, LATE)], Reason.ONE_LOOK),
        ("fresh between them breaks the run", [(0, LATE), (12, FRESH), (24, LATE)], Reason.ONE_LOOK),
        ("so does an exemption", [(0, LATE), (12, EXEMPT), (24, LATE)], Reason.ONE_LOOK),
        ("and another accusation", [(0, LATE), (12, BLANK), (24, LATE)], Reason.ONE_LOOK),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["later in its life", "released from the baseline", "some time after an old finding"])
def test_two_looks_make_a_finding(what: str, seen: list[tuple[float, Verdict]], reason: Reason, kind: str) -> None:
    before = {
        "later in its life": None,
        "released from the baseline": found(BASELINE, released=True),
        "some time after an old finding": found(RESOLVED, since=-24 * 30, step=3, told=at(-900), closing_told=True),
    }[kind]
    finding, why = stepped(before, looks(*seen))
    assert why is reason, what
    if reason is Reason.TWO_LOOKS_AGREE:
        assert finding is not None
        assert (finding.state, finding.since, finding.released) == (DETECTED, at(seen[-1][0]), True)
        assert (finding.step, finding.told, finding.closing_told) == (0, None, False)
    else:
        assert finding == before


def test_the_look_that_opened_the_baseline_counts_as_one_of_the_two() -> None:
    baseline, _ = stepped(None, looks((0, LATE)), ever_judged=False)
    assert baseline is not None
    released = release(baseline, now=at(2))
    finding, reason = stepped(released, looks((0, LATE), (24, LATE)))
    assert finding is not None
    assert (finding.state, finding.episode, finding.opened, reason) == (DETECTED, 1, at(0), Reason.TWO_LOOKS_AGREE)


def test_an_unreleased_baseline_waits_for_ever() -> None:
    baseline = found(BASELINE)
    assert stepped(baseline, looks((0, LATE), (24 * 365, STALE))) == (baseline, Reason.IN_BASELINE)


def test_release_lets_out_only_what_is_in_the_baseline() -> None:
    assert release(found(BASELINE), now=at(1)) == found(BASELINE, released=True, since=1)
    assert release(found(BASELINE, released=True), now=at(1)) == found(BASELINE, released=True)
    assert release(found(RESOLVED, released=False), now=at(1)) == found(RESOLVED, released=False)


@pytest.mark.parametrize(
    ("what", "verdict", "state", "reason"),
    [
        ("fresh with a newer entry", FRESH, RESOLVED, Reason.NEWER_ENTRY),
        ("due soon with a newer entry", SOON, RESOLVED, Reason.NEWER_ENTRY),
        ("fresh without a newer entry", replace(FRESH, newest=OLD), WITHDRAWN, Reason.NO_NEWER_ENTRY),
        ("fresh with an older one", replace(FRESH, newest=date(2026, 1, 1)), WITHDRAWN, Reason.NO_NEWER_ENTRY),
        ("due soon without one", replace(SOON, newest=OLD), WITHDRAWN, Reason.NO_NEWER_ENTRY),
        ("newly opened after all", replace(FRESH, newest=None), WITHDRAWN, Reason.NO_NEWER_ENTRY),
        ("exempt", EXEMPT, WITHDRAWN, Reason.NO_NEWER_ENTRY),
        ("exempt, though there is a newer entry", replace(EXEMPT, newest=NEW), WITHDRAWN, Reason.NO_NEWER_ENTRY),
        ("no window any more", UNSET, WITHDRAWN, Reason.NO_NEWER_ENTRY),
    ],
)
@pytest.mark.parametrize(
    "before", [BASELINE, DETECTED, FindingState.QUEUED, REMINDED, FindingState.HELD, FindingState.DISPUTED]
)
def test_a_finding_ends(what: str, verdict: Verdict, state: FindingState, reason: Reason, before: FindingState) -> None:
    was_open = found(before, step=2, told=at(-50))
    finding, why = stepped(was_open, looks((24, verdict)))
    assert (finding, why) == (replace(was_open, state=state, since=at(24)), reason), what


def test_a_blank_column_recovers_with_its_first_entry() -> None:
    finding, reason = stepped(found(DETECTED, newest=None), looks((24, FRESH)))
    assert finding is not None
    assert (finding.state, reason) == (RESOLVED, Reason.NEWER_ENTRY)


@pytest.mark.parametrize("state", [DETECTED, FindingState.QUEUED, REMINDED, FindingState.SNOOZED])
def test_an_open_finding_stays_while_the_column_is_accused(state: FindingState) -> None:
    before = found(state)
    assert stepped(before, looks((0, LATE), (24, STALE))) == (before, Reason.STILL_ACCUSED)


@pytest.mark.parametrize("state", [DETECTED, FindingState.QUEUED, REMINDED, FindingState.SNOOZED])
@pytest.mark.parametrize("unseen", [(), ((12, UNKNOWN),)])
def test_a_newer_entry_that_is_too_old_all_the_same_is_noted(
    state: FindingState, unseen: tuple[tuple[float, Verdict], ...]
) -> None:
    """Somebody is at work there: a text of last month went up today."""
    before, newer = found(state), replace(LATE, newest=date(2026, 2, 20))
    assert stepped(before, looks((0, LATE), *unseen, (24, newer))) == (
        replace(before, moved=at(24)),
        Reason.NEWER_BUT_LATE,
    )
    assert stepped(before, looks((0, newer), (24, LATE))) == (before, Reason.STILL_ACCUSED), "it was taken off again"


def test_two_looks_that_name_different_newest_entries_do_not_agree() -> None:
    newer = replace(LATE, newest=date(2026, 2, 20))
    assert stepped(None, looks((0, LATE), (24, newer))) == (None, Reason.ONE_LOOK)
    finding, reason = stepped(None, looks((0, LATE), (24, newer), (48, newer)))
    assert (finding and finding.state, reason) == (DETECTED, Reason.TWO_LOOKS_AGREE)


@pytest.mark.parametrize("state", [FindingState.EXEMPT, FindingState.MERGED, FindingState.CLOSED])
def test_what_a_person_approved_is_not_found_again(state: FindingState) -> None:
    before = found(state)
    assert stepped(before, looks((0, LATE), (24, LATE))) == (before, Reason.APPROVED)


@pytest.mark.parametrize(
    ("what", "ended", "again", "reopened"),
    [
        # Ended on Wednesday 18 March: five working days later is Wednesday 25.
        ("on the fifth working day", datetime(2026, 3, 18, 1, tzinfo=UTC), datetime(2026, 3, 25, 15, tzinfo=UTC), True),
        ("on the sixth", datetime(2026, 3, 18, 1, tzinfo=UTC), datetime(2026, 3, 25, 16, tzinfo=UTC), False),
        # Over the Spring Festival with its two make-up Saturdays: 13 February + 5 = 14, 24, 25, 26, 27 February.
        ("after the festival", datetime(2026, 2, 13, 1, tzinfo=UTC), datetime(2026, 2, 27, 1, tzinfo=UTC), True),
        ("a make-up day too late", datetime(2026, 2, 13, 1, tzinfo=UTC), datetime(2026, 2, 28, 1, tzinfo=UTC), False),
    ],
)
@pytest.mark.parametrize("state", [RESOLVED, WITHDRAWN])
def test_a_finding_that_opens_again_soon_goes_on(
    what: str, ended: datetime, again: datetime, reopened: bool, state: FindingState
) -> None:
    before = found(state, step=2, told=at(-50), closing_told=True)
    before = replace(before, since=ended)
    newer = replace(LATE, newest=NEW)
    seen = [Looked(at=again - timedelta(hours=24), verdict=newer), Looked(at=again, verdict=newer)]
    finding, reason = stepped(before, seen)
    assert finding is not None
    if reopened:
        goes_on = replace(before, state=REMINDED, since=again, newest=NEW, closing_told=False)
        assert (finding, reason) == (goes_on, Reason.REOPENED), what
    else:
        assert (finding.state, finding.episode, finding.step, finding.told) == (DETECTED, 2, 0, None), what


@pytest.mark.parametrize(
    ("what", "before", "state"),
    [
        ("a finding that no mail had named", found(RESOLVED), DETECTED),
        ("a finding that a mail had named", found(RESOLVED, step=1, told=at(-1)), REMINDED),
        ("one that had never left the baseline", found(WITHDRAWN, released=False), BASELINE),
    ],
)
def test_what_goes_on_does_so_at_its_old_step(what: str, before: Finding, state: FindingState) -> None:
    finding, _ = stepped(before, looks((0, LATE), (24, LATE)))
    assert finding is not None
    assert (finding.state, finding.released, finding.step) == (state, before.released, before.step), what


def test_two_looks_under_two_duties_do_not_agree_though_one_document_gives_both() -> None:
    weekly, monthly = replace(LATE, duty="periodic 1 weeks"), replace(LATE, duty="periodic 1 months")
    finding, reason = stepped(None, looks((0, monthly), (24, weekly)))
    assert (finding, reason) == (None, Reason.ONE_LOOK)
    finding, reason = stepped(None, looks((0, monthly), (24, weekly), (48, weekly)))
    assert reason is Reason.TWO_LOOKS_AGREE


def test_a_changed_rule_begins_with_a_baseline_of_its_own() -> None:
    finding, reason = stepped(found(WITHDRAWN, step=2), looks((0, LATE), (24, LATE)), ever_judged=False)
    assert finding is not None
    assert (finding.state, finding.episode, finding.released, finding.step) == (BASELINE, 2, False, 0)
    assert reason is Reason.FIRST_VERDICT


verdicts = st.sampled_from([LATE, IN_GRACE, STALE, BLANK, FRESH, SOON, UNKNOWN, EXEMPT, UNSET])
walks = st.lists(st.tuples(st.sampled_from([1, 8, 19, 20, 24, 200]), verdicts), min_size=1, max_size=12)
findings = st.one_of(st.none(), st.sampled_from(FindingState).map(found))


def walked(walk: list[tuple[int, Verdict]]) -> list[Looked]:
    hours, seen = 0, []
    for later, verdict in walk:
        hours += later
        seen.append(Looked(at=at(hours), verdict=verdict))
    return seen


@given(findings, walks, st.booleans())
def test_unknown_never_creates_or_changes_a_finding(
    before: Finding | None, walk: list[tuple[int, Verdict]], ever_judged: bool
) -> None:
    seen = walked([*walk, (24, UNKNOWN)])
    assert stepped(before, seen, ever_judged=ever_judged) == (before, Reason.NOT_SEEN)


@given(findings, walks, st.booleans())
def test_unknown_looks_in_between_change_nothing(
    before: Finding | None, walk: list[tuple[int, Verdict]], ever_judged: bool
) -> None:
    seen = walked(walk)
    clear = [look for look in seen[:-1] if look.verdict is not UNKNOWN] + seen[-1:]
    assert stepped(before, seen, ever_judged=ever_judged) == stepped(before, clear, ever_judged=ever_judged)


@given(findings, walks)
def test_the_ends_of_each_stretch_are_enough(before: Finding | None, walk: list[tuple[int, Verdict]]) -> None:
    seen = walked(walk)
    ends = [
        look
        for n, look in enumerate(seen)
        if n in (0, len(seen) - 1) or not seen[n - 1].verdict == look.verdict == seen[n + 1].verdict
    ]
    assert stepped(before, seen) == stepped(before, ends)


@given(findings, walks, st.booleans())
def test_the_same_look_taken_twice_changes_nothing_more(
    before: Finding | None, walk: list[tuple[int, Verdict]], ever_judged: bool
) -> None:
    seen = walked(walk)
    once, _ = stepped(before, seen, ever_judged=ever_judged)
    assert stepped(once, seen, ever_judged=True)[0] == once
