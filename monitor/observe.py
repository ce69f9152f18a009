"""One look at a column, as a pure rule: what came from the fetch is read and judged."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor.extract import extract
from monitor.judge import CONFIDENCE, judge
from monitor.model.judging import History, KnownEntry, Verdict
from monitor.model.reading import Entry, Listing, Page, Trouble
from monitor.model.register import Column
from monitor.workdays import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one look found. `listed` is all that was read, however surely; UNKNOWN verdicts have it too."""

    verdict: Verdict
    trouble: Trouble | None = None  # what hid the column, even where the verdict needs no look (EXEMPT)
    listed: tuple[Entry, ...] = ()
    title: str = ""
    method: str | None = None
    confidence: float | None = None
    listing: Listing | None = None  # as it was read

    @property
    def remembered(self) -> tuple[Entry, ...]:
        """The entries that were read surely enough to become history."""
        return self.listed if (self.confidence or 0) >= CONFIDENCE else ()


def observe(
    column: Column, came: Page | Listing | Trouble, known: Sequence[KnownEntry], calendar: Calendar, *, today: date
) -> Observation:
    """Judge the column on what came, read it or not, and on what was known. `today` is the site's local day."""
    read = extract(came, today=today) if isinstance(came, Page) else came
    if isinstance(read, Trouble):
        history = History(seen=read, known=tuple(known), opened=column.opened)
        return Observation(verdict=_judged(history, column, calendar, today), trouble=read)
    return _observe_listing(column, read, known, calendar, today)


def _observe_listing(
    column: Column, read: Listing, known: Sequence[KnownEntry], calendar: Calendar, today: date
) -> Observation:
    history = History(
        seen=read.entries,
        confidence=read.confidence,
        blank=read.blank,
        known=tuple(known),
        opened=column.opened,
        undated_until=read.undated_until,
    )
    verdict = _judged(history, column, calendar, today)
    return Observation(
        verdict=verdict,
        trouble=verdict.trouble,
        listed=read.entries,
        title=read.title,
        method=read.method,
        confidence=read.confidence,
        listing=read,
    )


def _judged(history: History, column: Column, calendar: Calendar, today: date) -> Verdict:
    return replace(judge(history, column.duty, calendar, now=today), duty=column.duty.line)
