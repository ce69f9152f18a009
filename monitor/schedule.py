"""When a column is looked at next: at its interval, and sooner where the trouble may soon be over."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.model.reading import Trouble

_AGAIN = timedelta(minutes=30)  # after the first transient trouble; doubled with each further one
_DOUBLINGS = 16  # beyond any interval, and far from overflow
_FRESH = timedelta(minutes=30)  # what a look saw still holds when a mail leaves
_QUARTER = timedelta(minutes=15)
_SPREAD = 12  # quarters of an hour over which the looks before mails are spread: three hours
_LATEST = 2  # quarters before a site closes in which it is looked at, if its hours end before mails leave
_PATIENCE = timedelta(hours=1)


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


def counts_since(now: datetime, moment: datetime | None) -> datetime:
    """From when on a look bears out a reminder that leaves now: for half an hour.

    Those that were made since the `moment` of this day at which the looks for the mail fell due count as well: one that
    is slow in coming must not send us to all the others again.
    """
    fresh = now - _FRESH
    return min(fresh, moment) if moment else fresh


def before_mail(
    day: date, sending: tuple[time, time], hours: tuple[time, time] | None, timezone: str, *, lot: float
) -> datetime | None:
    """When the columns of which an officer is to be reminded are looked at on the day of a slot (UTC).

    His mail leaves when they were. So that all mails of a morning do not ask for their looks at once, these are spread
    over the first three hours of `sending` (from, until), or the first half of a shorter time: the officer's `lot` (0
    to 1) chooses. A site that keeps other `hours` is asked in the first of those after the slot has opened, or at the
    end of those before; None where it can be asked at none of that day before the slot ends.
    """
    zone = ZoneInfo(timezone)
    opening, end = (datetime.combine(day, at, zone) for at in sending)
    midnight = datetime.combine(day, time(), zone)
    quarters = [midnight + n * _QUARTER for n in range(int((end - midnight) / _QUARTER))]
    free = [at for at in quarters if opens(at, hours, timezone) is None]
    most = max(1, min(_SPREAD, int((end - opening) / _QUARTER) // 2))
    wanted = [at for at in free if at >= opening][:most] or free[-_LATEST:]
    if not wanted:
        return None
    place = lot * len(wanted)
    return (wanted[int(place)] + (place % 1) * _QUARTER).astimezone(UTC)


def last_call(day: date, sending: tuple[time, time], timezone: str) -> datetime:
    """When a digest leaves without the lines whose looks have not come: in the last hour, or quarter, of its slot."""
    opening, end = (datetime.combine(day, at, ZoneInfo(timezone)) for at in sending)
    return (end - min(_PATIENCE, (end - opening) / 4)).astimezone(UTC)
