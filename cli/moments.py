"""Which moment a command speaks of: now, or the end of a past day where each site is."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from monitor.edge.store.findings import Watched
from monitor.model.mendable import Mendable, phrase
from monitor.workdays import local_day
from tasks.clock import clock
from tasks.past import end_of


def moments(watched: Sequence[Watched], day: date | None) -> Iterator[tuple[datetime, list[Watched]]]:
    """The columns, site by site, by the moment at which they are looked upon. Raises Mendable for a day to come."""
    if day is None:
        yield clock(), list(watched)
        return
    for zone, sites in groupby(sorted(watched, key=lambda one: one.timezone), key=lambda one: one.timezone):
        yield last_of(day, zone), list(sites)


def last_of(day: date, timezone: str) -> datetime:
    """The last moment of a local day. Raises Mendable for one that has not come yet."""
    if day > local_day(clock(), timezone):
        raise Mendable(phrase("{day} has not come yet", day=day))
    return end_of(day, timezone) - timedelta(microseconds=1)
