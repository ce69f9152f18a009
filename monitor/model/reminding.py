"""Findings, and what officers are told of them (docs/design/reminders.md)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.model.judging import Verdict
from monitor.model.register import Officer


class FindingState(StrEnum):
    """Where a finding stands. Every state of docs/design/reminders.md has its word; later issues enter the rest."""

    BASELINE = "baseline"
    DETECTED = "detected"
    QUEUED = "queued"
    REMINDED = "reminded"
    ESCALATED = "escalated"
    DISPUTED = "disputed"
    HELD = "held"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    EXEMPT_REQUESTED = "exempt_requested"
    MERGE_REQUESTED = "merge_requested"
    CLOSE_REQUESTED = "close_requested"
    EXEMPT = "exempt"
    MERGED = "merged"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    RESOLVED = "resolved"


ENDED = frozenset(
    {
        FindingState.EXEMPT,
        FindingState.MERGED,
        FindingState.CLOSED,
        FindingState.WITHDRAWN,
        FindingState.RESOLVED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One overdue stretch of one column.

    `newest` is the newest date when it opened: recovery needs a newer entry. `step` counts the reminders sent.
    `released`: an admin let it out of the baseline, or it never was in it. `told` is the moment of the last reminder,
    None while no mail has named it. `closing_told`: the line that it ended is planned or said. `since` is the moment
    its state was entered, `moved` that of the look which first named a newer entry, too old to be in time. All moments
    are in UTC.
    """

    state: FindingState
    rule: str
    episode: int
    opened: datetime
    since: datetime
    newest: date | None
    step: int = 0
    released: bool = False
    told: datetime | None = None
    closing_told: bool = False
    moved: datetime | None = None

    @property
    def ended(self) -> bool:
        return self.state in ENDED


class Role(StrEnum):
    """In which role a person gets a digest."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    TECHNICAL_CONTACT = "technical_contact"
    ADMIN = "admin"


class LineKind(StrEnum):
    NEW = "new"
    STILL_OVERDUE = "still_overdue"
    DUE_SOON = "due_soon"
    RECOVERED = "recovered"
    CORRECTED = "corrected"  # an earlier line was our mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestLine:
    """One column in a digest. `step` is which reminder this is: 1 for the first."""

    kind: LineKind
    unit: str
    site: str
    column: str
    url: str
    verdict: Verdict
    step: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """All that one person is told in one slot, over one channel."""

    recipient: Officer
    role: Role
    slot: date  # the working day, in the site's time zone
    channel: str
    lines: tuple[DigestLine, ...]
    answer_by: date | None = None  # the day by which the recipient is asked to act
