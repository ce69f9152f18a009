"""When a column that cannot be seen must not pass silently, and when a site counts as down (docs/design/judging.md)."""

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.model.reading import Trouble, TroubleKind
from monitor.model.watching import Concern, Outage, Unseen
from monitor.workdays import Calendar, local_day

LASTING = 5  # working days; more than these
GONE_LOOKS, GONE_SPAN = 3, timedelta(hours=48)
DOWN_ROUNDS, DOWN_SPAN = 3, timedelta(hours=2)
_ROUND = timedelta(minutes=20)  # looks nearer to each other than this are one round: less than the first wait
NO_ANSWER = frozenset({TroubleKind.DNS, TroubleKind.CONNECT, TroubleKind.TIMEOUT, TroubleKind.SERVER_ERROR})


def unseen_after(
    was: Unseen | None, trouble: Trouble | None, *, now: datetime, timezone: str, calendar: Calendar
) -> Unseen | None:
    """The column's unseen stretch after a look; None where it is and was seen. `was` is one that has not ended."""
    if trouble is None:
        return replace(was, ended=now) if was else None
    stretch = was or Unseen(since=now, last_at=now, looks=0, trouble=trouble.kind)
    stretch = replace(stretch, last_at=now, looks=stretch.looks + 1, trouble=trouble.kind)
    if trouble.kind is TroubleKind.GONE:
        stretch = replace(stretch, gone_since=stretch.gone_since or now, gone_looks=stretch.gone_looks + 1)
    if stretch.concern is None and (concern := _concern(stretch, timezone, calendar)) is not None:
        return replace(stretch, concern=concern, opened=now)
    return stretch


def _concern(stretch: Unseen, timezone: str, calendar: Calendar) -> Concern | None:
    gone = stretch.gone_since
    if gone and stretch.gone_looks >= GONE_LOOKS and stretch.last_at - gone >= GONE_SPAN:
        return Concern.GONE
    last_day = calendar.add(local_day(stretch.since, timezone), LASTING)
    return Concern.LASTING if local_day(stretch.last_at, timezone) > last_day else None


def outage_after(was: Outage | None, trouble: Trouble | None, *, now: datetime) -> Outage | None:
    """The site's outage after a look at one of its columns; None where it answers and did. A round has many looks."""
    if trouble is None or trouble.kind not in NO_ANSWER:
        return replace(was, ended=now) if was else None
    if was is None:
        return Outage(since=now, last_at=now, rounds=1, trouble=trouble.kind)
    if now - was.last_at < _ROUND:
        return was
    outage = replace(was, last_at=now, rounds=was.rounds + 1, trouble=trouble.kind)
    is_down = outage.rounds >= DOWN_ROUNDS and now - outage.since >= DOWN_SPAN
    return replace(outage, down=outage.down or now) if is_down else outage
