"""What is held of a column: its standing, why, and what would be done about it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.model.reading import Entry, Trouble

KNOWN = 60  # formerly seen entries that a verdict may rest on, newest first


class Standing(StrEnum):
    """How a column stands against its duty (docs/design/judging.md)."""

    FRESH = "FRESH"
    DUE_SOON = "DUE_SOON"
    OVERDUE = "OVERDUE"
    STALE = "STALE"
    BLANK = "BLANK"
    UNKNOWN = "UNKNOWN"
    NOT_CONFIGURED = "NOT_CONFIGURED"
    EXEMPT = "EXEMPT"

    @property
    def accuses(self) -> bool:
        """Whether a finding may come of it."""
        return self in (Standing.OVERDUE, Standing.STALE, Standing.BLANK)


class Why(StrEnum):
    """The reason of a verdict; texts, logs and metrics reuse it."""

    IN_TIME = "in_time"
    DEADLINE_NEAR = "deadline_near"
    DEADLINE_PASSED = "deadline_passed"
    LONG_PASSED = "long_passed"
    TOO_FEW_ITEMS = "too_few_items"
    NO_ITEM_TODAY = "no_item_today"
    NEVER_HAD_ENTRIES = "never_had_entries"
    NEWLY_OPENED = "newly_opened"
    UNDATED_COUNTS_AS_NOT_UPDATED = "undated_counts_as_not_updated"
    AS_NEEDED = "as_needed"
    NOT_SEEN = "not_seen"
    NO_WINDOW = "no_window"
    EXEMPT = "exempt"
    REVIEW_PASSED = "review_passed"
    NO_REVIEW_DATE = "no_review_date"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntry:
    """An entry of the store: what was seen before.

    `readings` counts the readings that gave it this same date; `first_seen` is the local day of the first.
    `forged`: a person has confirmed that the date is false; it never counts.
    """

    entry: Entry
    first_seen: date
    readings: int
    forged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What surely stood in a column's list at one look; the words are those of `Listing`."""

    entries: tuple[Entry, ...]
    blank: bool = False
    undated_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that is known of a column when it is judged.

    `seen` is the present reading: its entries (empty and `blank` for an empty list), or the trouble that hid it.
    `undated_until` is the latest day on which its entries without a date can have been published, where that is known.
    `known` are formerly seen entries, whether or not they are listed now.
    """

    seen: tuple[Entry, ...] | Trouble
    confidence: float = 1.0
    blank: bool = False
    known: tuple[KnownEntry, ...] = ()
    opened: date | None = None
    undated_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A column's standing at one moment.

    `deadline` is the last day in time; `days_over` counts calendar days since it (0 while in time).
    `rule` names the source of the duty. `trouble` says what hid the column when the standing is UNKNOWN. `duty` is the
    whole duty in one line: verdicts under different duties never agree, whatever document both rest on.
    """

    standing: Standing
    why: Why
    rule: str
    newest: date | None = None
    deadline: date | None = None
    days_over: int = 0
    past_grace: bool = False
    trouble: Trouble | None = None
    duty: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A verdict and the moment (UTC) of the look that gave it."""

    at: datetime
    verdict: Verdict
