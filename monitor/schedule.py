"""When a column is looked at next: at its interval, and sooner where the trouble may soon be over."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.model.reading import Trouble

_AGAIN = timedelta(minutes=30)  # after the first transient trouble; doubled with each further one
_DOUBLINGS = 16  # beyond any interval, and far from overflow


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
