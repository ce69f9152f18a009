"""Makes of verdicts, past or present, the sites that an inspection looks at."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby

from monitor.edge.store.findings import Watched
from monitor.edge.store.inspecting import Registered
from monitor.edge.store.probes import Availability
from monitor.inspection import compare, inspect
from monitor.model.inspecting import ColumnSeen, Comparison, Inspection, SiteSeen
from monitor.model.judging import Looked, Standing, Verdict, Why
from monitor.model.policy import Policy, ScoreMode
from monitor.model.register import Duty
from monitor.workdays import local_day
from tasks.wiring import World

HOLDS = timedelta(days=3)  # a verdict: columns are looked at each day, and a weekend may lie between
ONE_DAY = timedelta(days=1)


def inspections(
    here: World,
    watched: Sequence[Watched],
    policy: Policy,
    *,
    mode: ScoreMode,
    now: datetime,
    by_hand: Mapping[str, int] | None = None,
    serves: bool = True,
) -> list[Inspection]:
    """An inspection of each site of `watched`, which stands site by site, with the verdicts that it bears.

    `now` is aware. The visits are those of the seven whole days before it.
    """
    registered, weeks = here.store.inspecting.registered(), _Weeks(here)
    seen = (
        (_site(list(rows), registered, weeks, now, by_hand or {}), local_day(now, zone))
        for (_, zone), rows in groupby(watched, key=lambda one: (one.site, one.timezone))
    )
    return [inspect(replace(one, serves=serves), policy, mode=mode, now=day) for one, day in seen]


def compared(now: Sequence[Inspection], before: Sequence[Inspection]) -> dict[str, Comparison]:
    """By site, what has changed since; a site of which nothing at all was seen then is compared with nothing."""
    then = {one.site: one for one in before if one.unseen < sum(count for _, count in one.standings)}
    return {one.site: compare(one, then[one.site]) for one in now if one.site in then}


class _Weeks:
    """The visits of the week that ended before a day; sites of one time zone share the question."""

    def __init__(self, here: World) -> None:
        self._here = here
        self._known: dict[date, dict[str, Availability]] = {}

    def of(self, site: str, day: date) -> Availability | None:
        if day not in self._known:
            week = self._here.store.probes.week(day - ONE_DAY)
            self._known[day] = {one.site: one for one in week}
        return self._known[day].get(site)


def _site(
    rows: Sequence[Watched],
    registered: Mapping[int, Registered],
    weeks: _Weeks,
    now: datetime,
    by_hand: Mapping[str, int],
) -> SiteSeen:
    one = rows[0]
    week = weeks.of(one.site, local_day(now, one.timezone))
    return SiteSeen(
        name=one.site,
        unit=one.unit,
        group=registered[one.column_id].group,
        columns=tuple(_column(row, registered[row.column_id], now) for row in rows),
        probes=week.probes if week else 0,
        failed=week.failed if week else 0,
        least_probes=week.least if week else 0,
        by_hand=by_hand,
    )


def _column(row: Watched, known: Registered, now: datetime) -> ColumnSeen:
    duty = row.duty or known.duty
    return ColumnSeen(
        name=row.column,
        category=known.category,
        verdict=standing_verdict(row.latest, duty, now),
        first_level=known.first_level,
        duty=duty,
    )


def standing_verdict(latest: Looked | None, duty: Duty, now: datetime) -> Verdict:
    """The verdict of the last look; nothing is known of a column that was never looked at, or not for days."""
    if latest is None or now - latest.at > HOLDS:
        return Verdict(standing=Standing.UNKNOWN, why=Why.NOT_SEEN, rule=duty.source)
    return latest.verdict
