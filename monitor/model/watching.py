"""What the watch holds of its own blindness: columns that cannot be seen, and sites that do not answer."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.model.reading import Listing, TroubleKind, Validators


class Concern(StrEnum):
    """Why an unseen column must not pass silently: for the technical contact and the admin, never the officer."""

    LASTING = "lasting"  # not seen for more than 5 working days
    GONE = "gone"  # 404 or 410 in 3 looks over 48 hours


class PutOff(StrEnum):
    """Why a look that was due is due later, with nothing recorded of it."""

    TURN = "turn"  # the pace at its host, or the hours in which its site is asked
    HELD = "held"  # its round was held: the silence may be our own
    FAULT = "fault"  # we failed ourselves; the log says how


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """A stretch of looks in which a column could not be seen. Moments are UTC.

    `trouble` is that of the last look. `concern` is set once, at `opened`, and stays until the column is seen again,
    at `ended`. The looks that found the page gone are counted besides; other troubles between them prove nothing.
    """

    since: datetime
    last_at: datetime
    looks: int
    trouble: TroubleKind
    gone_since: datetime | None = None
    gone_looks: int = 0
    concern: Concern | None = None
    opened: datetime | None = None
    ended: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A stretch in which a site answered nobody. It is down from `down` on, which takes 3 rounds over 2 hours."""

    since: datetime
    last_at: datetime  # of the last round that was counted
    rounds: int
    trouble: TroubleKind
    down: datetime | None = None
    ended: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastPage:
    """The page that last came whole at a column's address: by it the next one is known to be the same.

    `digest` is that of the page, `terms` of what the register said of the column then. `lied`: once its server gave the
    same validators to two pages.
    """

    validators: Validators
    digest: str
    day: date  # on which it came, by the site's local time
    terms: str
    lied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stays:
    """What a column's page lists while it stays as it is, by the very same bytes.

    `until` is the last day on which that may be said without reading it; the verdict may end sooner. `content_type` is
    what it came with, and `judged_by` the version of all that read it and judges it.
    """

    listing: Listing
    content_type: str
    until: date
    judged_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBack:
    """Where the looking back over a column's older pages stands.

    `next_url` is the page that comes next, None when it is over. `pages` counts those that were read, the first one
    included; `oldest` is the newest date on the last of them. `to_known`: it only closes a gap, and ends where an entry
    is met that was known before.

    `since` is the first day of which the history is complete now; None where an older program did not keep it.
    `before_gap` is what it was before the gap, and is again once that is closed.
    """

    next_url: str | None
    pages: int = 1
    oldest: date | None = None
    to_known: bool = False
    since: date | None = None
    before_gap: date | None = None
