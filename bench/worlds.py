"""A column of the nation as the rules take it: what a line of `lanmu judge --batch` would say, without writing it."""

from collections.abc import Callable
from datetime import date

from bench.nation import END, Look, NationColumn, Rows
from config.fields import window
from monitor.model.reading import Entry, Listing, Trouble, TroubleKind
from monitor.model.register import Column, Duty, DutyKind
from monitor.model.replaying import Observed, World


def world_of(column: NationColumn) -> World:
    """The column with all its looks. Rows that are the very same become entries that are the very same."""
    made: dict[int, tuple[Entry, ...]] = {}
    duty = column.duty
    return World(
        id=column.id,
        site=column.site,
        column=Column(
            name=column.name,
            url="",
            category=column.category,
            duty=Duty(
                kind=DutyKind(duty.kind),
                window=window(duty.window) if duty.window else None,
                min_items=duty.least,
                source="nation",
                exempt=duty.exempt,
            ),
        ),
        timezone="Asia/Shanghai",
        calendar="Asia/Shanghai",
        day=END,
        observed=tuple(_observed(look, made) for look in column.looks),
        inspections=column.inspections,
        before_mail=_before_mail(column),
    )


def _before_mail(column: NationColumn) -> Callable[[date, int], Observed] | None:
    look = column.before_mail
    return None if look is None else lambda day, reading: _observed(look(day, reading), {})


def _observed(look: Look, made: dict[int, tuple[Entry, ...]]) -> Observed:
    if look.trouble:
        return Observed(at=look.at, came=Trouble(kind=TroubleKind(look.trouble)))
    entries = made.get(id(look.rows))
    if entries is None:
        entries = made[id(look.rows)] = _entries(look.rows)
    return Observed(
        at=look.at, came=Listing(entries=entries, method="world", confidence=look.confidence, blank=look.blank)
    )


def _entries(rows: Rows) -> tuple[Entry, ...]:
    return tuple(
        Entry(title=row.title, url=row.url, published=row.published, pinned=row.pinned, year_inferred=row.year_inferred)
        for row in rows
    )
