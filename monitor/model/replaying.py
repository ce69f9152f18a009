"""A column's looks as somebody else saw or made them, and what our rules make of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from monitor.model.judging import KnownEntry, Verdict
from monitor.model.reading import Entry, Listing, Trouble
from monitor.model.register import Column
from monitor.model.reminding import Finding, LineKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What came of one look, at its moment (UTC)."""

    at: datetime
    came: Listing | Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A column, its looks in the order of time, and the day on which they are judged: what came later is not known.

    `calendar` names the working days. `released`: what is found at the first look is let out of the baseline at once.
    `inspections` are the days of inspections that the officers knew of.

    `before_mail` is asked for the look that the watch makes before a reminder leaves: the day, and the first (0) or the
    second (1) reading. Without it the last look of that local day stands for it.
    """

    id: str
    site: str
    column: Column
    timezone: str
    calendar: str
    day: date
    observed: tuple[Observed, ...]
    released: bool = True
    inspections: tuple[date, ...] = ()
    before_mail: Callable[[date, int], Observed] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailed:
    """A line that the officer was mailed. `verdict` is what it said."""

    at: datetime
    day: date  # the slot
    kind: LineKind
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What became of a world up to its day.

    `verdict` is that of the day, on what was seen last. `findings` are all states that findings took, each with its
    moment. `known` is all that is remembered, newest first, and `read_on` the days on which the list was surely read.
    `since` is the day of the look from which the column has stood as it stands; what was not seen between says nothing.
    """

    verdict: Verdict
    since: date
    seen: tuple[Entry, ...]
    known: tuple[KnownEntry, ...]
    read_on: tuple[date, ...]
    findings: tuple[tuple[datetime, Finding], ...] = ()
    mails: tuple[Mailed, ...] = ()
