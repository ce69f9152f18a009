"""What holds for every cadence: order is nothing, an entry takes misses away, and the judge agrees with each miss."""

from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.cadence import cadence
from monitor.judge import judge
from monitor.model.judging import History
from monitor.model.reading import Entry
from monitor.model.register import Duty, DutyKind, Period, Window
from monitor.workdays import china

NOW = date(2026, 3, 18)
LONG_AGO = date(2020, 1, 1)

near = st.integers(-900, 3).map(lambda n: NOW + timedelta(days=n))
histories = st.lists(st.one_of(near, near, near, st.dates()), max_size=30)
duties = st.builds(
    Duty,
    kind=st.sampled_from(DutyKind),
    window=st.one_of(st.none(), st.builds(Window, count=st.integers(0, 40), period=st.sampled_from(Period))),
    min_items=st.integers(0, 4),
    source=st.just("x"),
)
perhaps = st.one_of(st.none(), near, st.dates())


@settings(max_examples=60)
@given(histories, duties, perhaps, perhaps, st.randoms(use_true_random=False))
def test_the_order_of_the_days_does_not_matter(
    days: list[date], duty: Duty, opened: date | None, covered: date | None, chance: Random
) -> None:
    found = cadence(days, duty, china(), opened=opened, covered=covered, now=NOW)
    chance.shuffle(days)
    assert cadence(days, duty, china(), opened=opened, covered=covered, now=NOW) == found


@settings(max_examples=60)
@given(histories, duties, perhaps, perhaps, st.one_of(near, st.dates()))
def test_every_cadence_is_consistent_on_any_day(
    days: list[date], duty: Duty, opened: date | None, covered: date | None, now: date
) -> None:
    found = cadence(days, duty, china(), opened=opened, covered=covered, now=now)
    assert found.publishing_days <= found.entries <= len(days)
    assert found.missed_windows <= found.windows
    assert all(stretch.since <= stretch.until <= now and stretch.windows > 0 for stretch in found.missed)
    assert all(one.until <= two.since for one, two in zip(found.missed, found.missed[1:], strict=False))
    assert covered is not None or not found.windows
    assert all(1 <= month <= 12 for month in found.season)
    assert found.breach is None or found.breach > now
    assert found.longest is None or found.longest >= 0


@settings(max_examples=40)
@given(st.lists(near, min_size=1, max_size=20), st.integers(1, 60), st.integers(0, 400))
def test_a_missed_window_ends_on_a_day_on_which_the_judge_finds_the_column_late(
    days: list[date], count: int, before: int
) -> None:
    duty = Duty(kind=DutyKind.PERIODIC, window=Window(count=count, period=Period.DAYS), source="x")
    found = cadence(days, duty, china(), opened=min(days), covered=LONG_AGO, now=NOW)
    end = NOW - timedelta(days=count * (before % max(1, found.windows)))
    listed = tuple(Entry(title=f"{n}", url=None, published=day) for n, day in enumerate(days) if day <= end)
    late = bool(listed) and judge(History(seen=listed), duty, china(), now=end).standing.accuses
    if found.windows and end != NOW:
        assert late is any(stretch.since < end <= stretch.until for stretch in found.missed)


@settings(max_examples=40)
@given(histories, duties, near)
def test_a_further_entry_never_adds_a_missed_window(days: list[date], duty: Duty, more: date) -> None:
    before = cadence(days, duty, china(), opened=LONG_AGO, covered=LONG_AGO, now=NOW)
    after = cadence([*days, more], duty, china(), opened=LONG_AGO, covered=LONG_AGO, now=NOW)
    assert after.windows == before.windows
    assert after.missed_windows <= before.missed_windows
