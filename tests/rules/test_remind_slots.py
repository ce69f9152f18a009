"""When digests go out, and until when an answer is asked for."""

from datetime import UTC, date, datetime, time

import pytest

from monitor.remind import answer_by, slot
from monitor.workdays import calendar_for, china

OFFICE = (time(9), time(17, 30))


@pytest.mark.parametrize(
    ("what", "now", "timezone", "day"),
    [
        ("nine o'clock", datetime(2026, 3, 18, 1, tzinfo=UTC), "Asia/Shanghai", date(2026, 3, 18)),
        ("a minute to nine", datetime(2026, 3, 18, 0, 59, tzinfo=UTC), "Asia/Shanghai", None),
        ("a minute to half past five", datetime(2026, 3, 18, 9, 29, tzinfo=UTC), "Asia/Shanghai", date(2026, 3, 18)),
        ("half past five", datetime(2026, 3, 18, 9, 30, tzinfo=UTC), "Asia/Shanghai", None),
        ("a Saturday", datetime(2026, 3, 21, 3, tzinfo=UTC), "Asia/Shanghai", None),
        ("a make-up Saturday", datetime(2026, 2, 14, 3, tzinfo=UTC), "Asia/Shanghai", date(2026, 2, 14)),
        ("a Thursday in Golden Week", datetime(2026, 10, 1, 3, tzinfo=UTC), "Asia/Shanghai", None),
        ("already tomorrow's morning", datetime(2026, 3, 18, 22, tzinfo=UTC), "Pacific/Auckland", date(2026, 3, 19)),
        ("nine in winter time", datetime(2026, 3, 27, 8, tzinfo=UTC), "Europe/Berlin", date(2026, 3, 27)),
        ("seven UTC is only eight then", datetime(2026, 3, 27, 7, tzinfo=UTC), "Europe/Berlin", None),
        ("and nine in summer time", datetime(2026, 3, 30, 7, tzinfo=UTC), "Europe/Berlin", date(2026, 3, 30)),
    ],
)
def test_the_slot_that_is_open(what: str, now: datetime, timezone: str, day: date | None) -> None:
    assert slot(now, timezone=timezone, hours=OFFICE, calendar=calendar_for(timezone)) == day, what


@pytest.mark.parametrize(
    ("day", "by"),
    [(date(2026, 3, 18), date(2026, 3, 25)), (date(2026, 2, 13), date(2026, 2, 27))],
)
def test_an_answer_is_asked_for_in_five_working_days(day: date, by: date) -> None:
    assert answer_by(day, china()) == by
