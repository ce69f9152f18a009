"""Sites as an inspection sees them: each of its columns in one word."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from monitor.model.inspecting import ColumnSeen, Outcome, SiteSeen, VetoSeen
from monitor.model.judging import Standing, Verdict, Why
from monitor.model.reading import Trouble, TroubleKind
from monitor.model.register import Duty, Group

NOW = date(2026, 3, 18)
WHY = {
    Standing.FRESH: Why.IN_TIME,
    Standing.DUE_SOON: Why.DEADLINE_NEAR,
    Standing.OVERDUE: Why.DEADLINE_PASSED,
    Standing.STALE: Why.LONG_PASSED,
    Standing.BLANK: Why.NEVER_HAD_ENTRIES,
    Standing.UNKNOWN: Why.NOT_SEEN,
    Standing.NOT_CONFIGURED: Why.NO_WINDOW,
    Standing.EXEMPT: Why.EXEMPT,
}
DAYS = {Standing.FRESH: 1, Standing.DUE_SOON: 12, Standing.OVERDUE: 400, Standing.STALE: 2000}


def verdict(
    standing: Standing, *, days: int | None = None, trouble: TroubleKind | None = TroubleKind.TIMEOUT
) -> Verdict:
    """With its newest entry so many days ago; the usual ones are older, or newer, than any window of the tables."""
    ago = DAYS.get(standing) if days is None else days
    hidden = standing is Standing.UNKNOWN and trouble
    return Verdict(
        standing=standing,
        why=WHY[standing],
        rule="国办秘函〔2019〕19号",
        newest=None if ago is None else NOW - timedelta(days=ago),
        trouble=Trouble(kind=hidden) if hidden else None,
    )


def column(
    name: str,
    standing: Standing,
    category: str = "news",
    *,
    days: int | None = None,
    first_level: bool | None = None,
    duty: Duty | None = None,
    trouble: TroubleKind | None = TroubleKind.TIMEOUT,
) -> ColumnSeen:
    held = verdict(standing, days=days, trouble=trouble)
    return ColumnSeen(name=name, category=category, verdict=held, first_level=first_level, duty=duty)


def undated(name: str, standing: Standing, *, duty: Duty | None = None) -> ColumnSeen:
    """A column of which no date is known."""
    held = column(name, standing, duty=duty)
    return replace(held, verdict=replace(held.verdict, newest=None))


def columns(count: int, standing: Standing, category: str = "news", **more: Any) -> tuple[ColumnSeen, ...]:
    return tuple(column(f"{category} {standing} {n}", standing, category, **more) for n in range(count))


def site(*held: ColumnSeen, name: str = "财政局", **more: Any) -> SiteSeen:
    return SiteSeen(name=name, unit=name, group=more.pop("group", Group.DEPARTMENT), columns=held, **more)


def told(seen: tuple[VetoSeen, ...]) -> dict[str, Outcome]:
    return {one.veto.id: one.outcome for one in seen}
