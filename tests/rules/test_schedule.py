"""When a column is looked at next."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor.model.reading import Trouble, TroubleKind
from monitor.schedule import before_mail, counts_since, last_call, next_look, opens

LAST = datetime(2026, 3, 18, 1, tzinfo=UTC)
DAY = timedelta(days=1)
NOON = datetime(2026, 3, 18, 4, tzinfo=UTC)  # in China


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


CHINA = ZoneInfo("Asia/Shanghai")
DAYTIME, NIGHT = (time(7), time(20)), (time(20), time(7))


@pytest.mark.parametrize(
    ("what", "at", "hours", "opening"),
    [
        ("a site without hours is open", "18 03:00", None, None),
        ("within the hours", "18 12:00", DAYTIME, None),
        ("the first minute is within", "18 07:00", DAYTIME, None),
        ("the last one is not", "18 20:00", DAYTIME, "19 07:00"),
        ("before they begin: today", "18 06:59", DAYTIME, "18 07:00"),
        ("after they end: tomorrow", "18 23:00", DAYTIME, "19 07:00"),
        ("at night, before midnight", "18 23:00", NIGHT, None),
        ("at night, after midnight", "18 03:00", NIGHT, None),
        ("when the night begins", "18 20:00", NIGHT, None),
        ("when it ends: this evening", "18 07:00", NIGHT, "18 20:00"),
        ("on a day of a night site: this evening", "18 12:00", NIGHT, "18 20:00"),
    ],
)
def test_when_a_site_may_be_asked(what: str, at: str, hours: tuple[time, time] | None, opening: str | None) -> None:
    now = datetime.fromisoformat(f"2026-03-{at}").replace(tzinfo=CHINA)
    expected = datetime.fromisoformat(f"2026-03-{opening}").replace(tzinfo=CHINA) if opening else None
    assert opens(now.astimezone(UTC), hours, "Asia/Shanghai") == expected, what


def test_the_hours_are_those_of_the_sites_own_zone_on_the_day_the_clocks_change_too() -> None:
    night = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # half past one in Berlin, where three follows two
    assert opens(night, (time(7), time(20)), "Asia/Shanghai") is None
    assert opens(night, (time(7), time(20)), "Europe/Berlin") == datetime(2026, 3, 29, 5, 0, tzinfo=UTC)


SLOT, SENDING = date(2026, 3, 18), (time(9), time(17, 30))


@pytest.mark.parametrize(
    ("what", "hours", "first", "last"),
    [
        ("any time: the first three hours of sending", None, "09:00", "11:59"),
        ("at night: the last half hour of the night", (time(20), time(7)), "06:30", "06:59"),
        ("by day: the first three of its hours", (time(10), time(16)), "10:00", "12:59"),
        ("one hour of the morning", (time(7), time(8)), "07:30", "07:59"),
        ("an hour of the afternoon", (time(15), time(16)), "15:00", "15:59"),
    ],
)
def test_looks_before_mails_are_spread_over_the_hours_that_a_site_keeps(
    what: str, hours: tuple[time, time] | None, first: str, last: str
) -> None:
    def at(lot: float) -> str:
        moment = before_mail(SLOT, SENDING, hours, "Asia/Shanghai", lot=lot)
        assert moment, what
        here = moment.astimezone(ZoneInfo("Asia/Shanghai"))
        assert here.date() == SLOT
        return f"{here:%H:%M}"

    assert (at(0.0), at(0.9999)) == (first, last), what


def test_a_site_that_is_asked_in_the_evening_alone_has_no_look_before_the_slot_ends() -> None:
    assert before_mail(SLOT, SENDING, (time(18), time(23)), "Asia/Shanghai", lot=0.5) is None


def test_short_sending_hours_leave_their_second_half_to_the_looks() -> None:
    hour = (time(9), time(10))
    moments = [before_mail(SLOT, hour, None, "UTC", lot=lot) for lot in (0.0, 0.9999)]
    assert [f"{at:%H:%M}" for at in moments if at] == ["09:00", "09:29"]
    assert last_call(SLOT, hour, "UTC") == datetime(2026, 3, 18, 9, 45, tzinfo=UTC)
    assert last_call(SLOT, SENDING, "UTC") == datetime(2026, 3, 18, 16, 30, tzinfo=UTC)


def test_a_look_bears_a_mail_out_for_half_an_hour_or_since_the_moment_of_all_its_looks() -> None:
    def ago(**kwargs: int) -> datetime:
        return NOON - timedelta(**kwargs)

    assert counts_since(NOON, None) == ago(minutes=30)
    assert counts_since(NOON, ago(minutes=10)) == ago(minutes=30)
    assert counts_since(NOON, ago(hours=2)) == ago(hours=2), "the mail waits for a look that is slow in coming"
    assert counts_since(NOON, ago(hours=-1)) == ago(minutes=30)
