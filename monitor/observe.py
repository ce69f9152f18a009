"""One look at a column, as a pure rule: what came from the fetch is read and judged."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor.extract import Learnt, Read, each_once, extract, newest, read, read_home, read_recipe
from monitor.judge import CONFIDENCE, judge
from monitor.model.judging import History, KnownEntry, Reading, Verdict
from monitor.model.reading import Entry, Listing, Page, Trouble, TroubleKind
from monitor.model.register import Column
from monitor.workdays import Calendar

_HOME = "home"  # the category of home pages: all their lists are one duty
_DISPUTED = Trouble(
    kind=TroubleKind.UNREADABLE, detail="recipe: the page, read without it, shows a newer day; see lanmu try"
)


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
    reading: Read | None = None  # of the page, where one came

    @property
    def surely_read(self) -> Reading | None:
        """What can be judged again on another day."""
        read = self.listing
        if read is None or read.confidence < CONFIDENCE:
            return None
        return Reading(entries=read.entries, blank=read.blank, undated_until=read.undated_until)

    @property
    def remembered(self) -> tuple[Entry, ...]:
        """The entries that were read surely enough to become history."""
        return self.listed if (self.confidence or 0) >= CONFIDENCE else ()


def observe(
    column: Column,
    came: Page | Listing | Trouble,
    known: Sequence[KnownEntry],
    calendar: Calendar,
    *,
    today: date,
    learnt: Learnt | None = None,
) -> Observation:
    """Judge the column on what came, read it or not, and on what was known. `today` is the site's local day.

    What was `learnt` of a page spares the search for its list; it changes nothing of what is seen.
    """
    if isinstance(came, Page) and came.rendered:
        plain = observe(column, replace(came, rendered=False), known, calendar, today=today, learnt=learnt)
        return _rendered(column, came, plain, known, calendar, today)
    if isinstance(came, Page) and column.recipe is None:
        reading = read(came, learnt, today=today)
        seen = observe(column, reading.result, known, calendar, today=today)
        if column.category == _HOME and (seen.verdict.standing.accuses or seen.trouble) and seen.listing:
            seen = _home(column, came, seen, known, calendar, today)
        return replace(seen, reading=reading)
    result = read_of(column, came, today=today) if isinstance(came, Page) else came
    if isinstance(result, Trouble):
        return _observe_trouble(column, result, known, calendar, today)
    seen = _observe_listing(column, result, known, calendar, today)
    if column.recipe and isinstance(came, Page) and seen.verdict.standing.accuses and _disputed(came, result, today):
        return _observe_trouble(column, _DISPUTED, known, calendar, today)
    return seen


def _rendered(
    column: Column,
    built: Page,
    seen: Observation,
    known: Sequence[KnownEntry],
    calendar: Calendar,
    today: date,
) -> Observation:
    """A page that lacks what it asked for may show what is old, or nothing: then it accuses nobody.

    One whose script broke may show its list; but that it shows none proves nothing.
    """
    blank = seen.listing is not None and seen.listing.blank
    why = f"the page asked in vain for {built.lacks[0]}" if built.lacks else ""
    if blank and not why and built.broken:
        why = f"the list is empty, and a script of the page broke: {built.broken}"
    if why and (blank or seen.verdict.standing.accuses):
        lacking = Trouble(kind=TroubleKind.NEEDS_SCRIPT, detail=f"browser: {why}")
        return _observe_trouble(column, lacking, known, calendar, today)
    return replace(seen, method=f"{seen.method}+browser") if seen.method else seen


def _home(
    column: Column, page: Page, seen: Observation, known: Sequence[KnownEntry], calendar: Calendar, today: date
) -> Observation:
    """A home page is silent only if all its lists are (19-V3). Any that is surely read acquits.

    It accuses only where its greatest list does, surely, and nothing else on the page may show news.
    """
    found, first = read_home(page, today=today), seen.listing
    if isinstance(found, Trouble) or not found.listings or first is None:
        return _unread(column, "home: its lists cannot be told; see lanmu home", known, calendar, today)
    every = (first, *found.listings)
    sure = [listing for listing in every if listing.confidence >= CONFIDENCE]
    if not sure:
        return seen

    def judged(lists: Sequence[Listing]) -> Observation:
        return _observe_listing(column, replace(sure[0], entries=each_once(lists), blank=False), known, calendar, today)

    surely = judged(sure)
    if not surely.verdict.standing.accuses:
        return surely
    if found.hints or first is not sure[0] or not judged(every).verdict.standing.accuses:
        return _unread(column, "home: not all of its lists are surely read; see lanmu home", known, calendar, today)
    return surely


def _unread(column: Column, why: str, known: Sequence[KnownEntry], calendar: Calendar, today: date) -> Observation:
    unread = Trouble(kind=TroubleKind.UNREADABLE, detail=why)
    return _observe_trouble(column, unread, known, calendar, today)


def read_of(column: Column, page: Page, *, today: date) -> Listing | Trouble:
    """What a page of the column lists: by the admin's recipe where there is one."""
    return read_recipe(page, column.recipe, today=today) if column.recipe else extract(page, today=today)


def _disputed(page: Page, read: Listing, today: date) -> bool:
    """Whether the page, read without the recipe, surely shows a newer day: then the recipe alone accuses nobody."""
    usual = extract(page, today=today)
    if isinstance(usual, Trouble) or usual.confidence < CONFIDENCE:
        return False
    there, here = newest(usual, today=today), newest(read, today=today)
    return there is not None and (here is None or there > here)


def _observe_trouble(
    column: Column, trouble: Trouble, known: Sequence[KnownEntry], calendar: Calendar, today: date
) -> Observation:
    history = History(seen=trouble, known=tuple(known), opened=column.opened)
    return Observation(verdict=_judged(history, column, calendar, today), trouble=trouble)


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
