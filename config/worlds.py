"""The shape of a world, a column with its looks as a line of JSON gives them (docs/judge-batch.md), and what it means.

It may come from anybody: looks, entries and texts are bounded, and moments lie in years that can be meant.
"""

from datetime import UTC, date
from typing import Annotated, Self

from pydantic import AwareDatetime, Field, model_validator

from config import fields
from config.part import Part, text
from config.policy import category_named
from config.problems import Wrong
from monitor.model.mendable import phrase
from monitor.model.reading import Entry, Listing, Trouble, TroubleKind
from monitor.model.register import Column, Duty, DutyKind, Review, Window
from monitor.model.replaying import Observed, World
from monitor.workdays import is_calendar, local_day

MOST_LOOKS, MOST_ENTRIES, MOST_IN_ALL = 3_000, 1_000, 60_000  # of a line, of a look, of a line's looks
YEARS = range(1990, 2101)
WEEKDAYS = "weekdays"  # the calendar of those who have none

_Text = Annotated[str, Field(max_length=4_000)]
_Id = Annotated[str, Field(min_length=1, max_length=200)]


def _calendar(name: str) -> str:
    if name in ("", WEEKDAYS) or is_calendar(name):
        return name
    raise Wrong(
        phrase("there is no calendar {name}", name=name[:40]),
        phrase("write a country of ISO 3166, such as CN, or weekdays"),
    )


class EntryLine(Part):
    title: _Text = ""
    url: _Text | None = None
    published: date | None
    pinned: bool = False
    year_inferred: bool = False


class LookLine(Part):
    """One look: the entries that it read, or the trouble that hid them."""

    at: AwareDatetime
    entries: Annotated[list[EntryLine], Field(max_length=MOST_ENTRIES)] | None = None
    confidence: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 1.0
    blank: bool = False
    undated_until: date | None = None
    trouble: TroubleKind | None = None
    detail: _Text = ""

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if (self.entries is None) == (self.trouble is None):
            raise Wrong(phrase("a look has either entries or a trouble"), phrase("write one of the two"))
        if self.blank and self.entries:
            raise Wrong(phrase("a list with entries is not blank"), phrase("remove the entries, or write false"))
        if self.at.year not in YEARS:
            raise Wrong(
                phrase("the look lies outside the years 1990 to 2100"), phrase("write a moment that can be meant")
            )
        return self


class DutyLine(Part):
    kind: DutyKind
    window: Annotated[Window, text(fields.window)] | None = None
    min_items: Annotated[int, Field(ge=1, le=1000)] = 1
    grace: Annotated[int, Field(ge=0, le=60)] = 1
    source: Annotated[str, Field(max_length=200)] = ""
    exempt: bool = False
    exempt_until: date | None = None
    undated_not_updated: bool = False
    review_every: Annotated[Window, text(fields.window)] | None = None
    reviewed: date | None = None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.window and self.kind is not DutyKind.PERIODIC:
            raise Wrong(
                phrase("a duty of kind {kind} has no window", kind=self.kind),
                phrase("remove the window, or write kind: periodic"),
            )
        if self.review_every and self.kind is not DutyKind.AS_NEEDED:
            raise Wrong(
                phrase("only a duty without a rhythm is reviewed"),
                phrase("write kind: as_needed beside it, or remove the review"),
            )
        return self


class WorldLine(Part):
    """One line. `truth` belongs to whoever made the world, and is not read."""

    id: _Id
    day: date
    duty: DutyLine
    observations: Annotated[list[LookLine], Field(min_length=1, max_length=MOST_LOOKS)]
    timezone: Annotated[str, text(fields.timezone)] = "Asia/Shanghai"
    calendar: Annotated[str, text(_calendar)] = ""
    category: Annotated[str, text(category_named)] = "other"
    site: Annotated[str, Field(max_length=200)] = ""
    name: Annotated[str, Field(max_length=200)] = ""
    opened: date | None = None
    released: bool = True
    inspections: Annotated[list[date], Field(default_factory=list, max_length=1_000)]
    truth: object = None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.day.year not in YEARS:
            raise Wrong(phrase("the day lies outside the years 1990 to 2100"), phrase("write a day that can be meant"))
        if all(local_day(look.at, self.timezone) > self.day for look in self.observations):
            raise Wrong(phrase("no look was made by the day"), phrase("write a later day, or an earlier look"))
        if sum(len(look.entries or ()) for look in self.observations) > MOST_IN_ALL:
            raise Wrong(
                phrase("the looks have too many entries"), phrase("write at most {most} in one line", most=MOST_IN_ALL)
            )
        return self


def world_of(line: WorldLine) -> World:
    """The world that a line describes, its looks in the order of time."""
    looks = sorted((_observed(look) for look in line.observations), key=lambda observed: observed.at)
    column = Column(
        name=line.name or line.id, url="", category=line.category, duty=_duty(line.duty), opened=line.opened
    )
    return World(
        id=line.id,
        site=line.site,
        column=column,
        timezone=line.timezone,
        calendar=line.calendar or line.timezone,
        day=line.day,
        observed=tuple(looks),
        released=line.released,
        inspections=tuple(line.inspections),
    )


def _duty(line: DutyLine) -> Duty:
    return Duty(
        kind=line.kind,
        window=line.window,
        min_items=line.min_items,
        grace=line.grace,
        source=line.source,
        exempt=line.exempt,
        exempt_until=line.exempt_until,
        undated_not_updated=line.undated_not_updated,
        review=Review(every=line.review_every, last=line.reviewed) if line.review_every else None,
    )


def _observed(line: LookLine) -> Observed:
    at = line.at.astimezone(UTC)
    if line.trouble is not None:
        return Observed(at=at, came=Trouble(kind=line.trouble, detail=line.detail))
    entries = tuple(_entry(entry) for entry in line.entries or ())
    return Observed(at=at, came=_listing(line, entries))


def _entry(line: EntryLine) -> Entry:
    return Entry(
        title=line.title,
        url=line.url,
        published=line.published,
        pinned=line.pinned,
        year_inferred=line.year_inferred,
    )


def _listing(line: LookLine, entries: tuple[Entry, ...]) -> Listing:
    return Listing(
        entries=entries,
        method="world",
        confidence=line.confidence,
        blank=line.blank,
        undated_until=line.undated_until,
    )
