"""When digests go out: one slot a working day, within the site's working hours."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from monitor.workdays import Calendar

_ANSWER = 5  # working days to act (docs/design/rules.md, reminder.rectification_working_days)

Hours = tuple[time, time]  # from, until


def slot(now: datetime, *, timezone: str, hours: Hours, calendar: Calendar) -> date | None:
    """The slot that is open now: the site's local day, if it is a working day and the hour is right."""
    local = now.astimezone(ZoneInfo(timezone))
    first, until = hours
    is_open = calendar.is_working(local.date()) and first <= local.time() < until
    return local.date() if is_open else None


def answer_by(slot: date, calendar: Calendar) -> date:
    """The day by which the recipient of a digest is asked to act."""
    return calendar.add(slot, _ANSWER)
