"""When a column is looked at next."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.model.reading import Trouble, TroubleKind
from monitor.schedule import next_look

LAST = datetime(2026, 3, 18, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("what", "trouble", "failures", "every", "after"),
    [
        ("a good look: the interval", None, 0, DAY, DAY),
        ("a site that is gone: the interval", TroubleKind.GONE, 1, DAY, DAY),
        ("a page we cannot read: the interval", TroubleKind.UNREADABLE, 7, DAY, DAY),
        ("a time-out: soon", TroubleKind.TIMEOUT, 1, DAY, timedelta(minutes=30)),
        ("a second one: half as soon", TroubleKind.TIMEOUT, 2, DAY, timedelta(hours=1)),
        ("the sixth: 16 hours", TroubleKind.SERVER_ERROR, 6, DAY, timedelta(hours=16)),
        ("the seventh: the interval again", TroubleKind.SERVER_ERROR, 7, DAY, DAY),
        ("after years of trouble: the interval", TroubleKind.DNS, 10**9, DAY, DAY),
        ("a caller that has not counted yet: soon", TroubleKind.OFFLINE, 0, DAY, timedelta(minutes=30)),
        ("never later than a short interval", TroubleKind.TIMEOUT, 1, timedelta(minutes=10), timedelta(minutes=10)),
    ],
)
def test_the_next_look(
    what: str, trouble: TroubleKind | None, failures: int, every: timedelta, after: timedelta
) -> None:
    hidden = Trouble(kind=trouble) if trouble else None
    assert next_look(LAST, every=every, trouble=hidden, failures=failures) - LAST == after, what
