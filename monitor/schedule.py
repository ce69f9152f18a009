"""When a column is looked at next: at its interval, and sooner where the trouble may soon be over."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.model.reading import Trouble

_AGAIN = timedelta(minutes=30)  # after the first transient trouble; doubled with each further one
_DOUBLINGS = 16  # beyond any interval, and far from overflow
_QUARTER = timedelta(minutes=15)
_SPREAD = 12  # quarters of an hour over which the looks before a slot are spread: three hours


def next_look(last: datetime, *, every: timedelta, trouble: Trouble | None, failures: int) -> datetime:
    """The moment of the next look. `failures` counts the looks in trouble without a break, the last one included."""
    if trouble is None or not trouble.transient:
        return last + every
    doublings = min(max(failures - 1, 0), _DOUBLINGS)
    return last + min(every, _AGAIN * (1 << doublings))


def opens(now: datetime, hours: tuple[time, time] | None, timezone: str) -> datetime | None:
    """When a site may be asked again, if not now. `hours` are from, until in its time zone, and may pass midnight."""
    if hours is None:
        return None
    here = now.astimezone(ZoneInfo(timezone))
    start, end = hours
    at = here.time().replace(tzinfo=None)
    if start <= at < end if start < end else at >= start or at < end:
        return None
    opening = here.replace(hour=start.hour, minute=start.minute, second=start.second, microsecond=0)
    return opening if opening > here else opening + timedelta(days=1)


def before_slot(
    day: date, sending: tuple[time, time], hours: tuple[time, time] | None, timezone: str, *, lot: float
) -> datetime | None:
    """When a column is looked at on the day of a slot, so that its reminder rests on that day (UTC).

    In the three hours before digests leave (`sending`: from, until), at a moment that the column's `lot` (0 to 1)
    chooses: one hour must not bear what all of them can. A site that keeps other `hours` is asked in the last of those
    of that day, or in the first after the slot has opened; None where it can be asked at none before the slot ends.
    """
    zone = ZoneInfo(timezone)
    opening, end = (datetime.combine(day, at, zone) for at in sending)
    midnight = datetime.combine(day, time(), zone)
    quarters = [midnight + n * _QUARTER for n in range(int((end - midnight) / _QUARTER))]
    free = [at for at in quarters if opens(at, hours, timezone) is None]
    wanted = [at for at in free if at < opening][-_SPREAD:] or free[:_SPREAD]
    if not wanted:
        return None
    place = lot * len(wanted)
    return (wanted[int(place)] + (place % 1) * _QUARTER).astimezone(UTC)
