"""How long a verdict stands by itself while the page stays: each day is judged as the look of that day would judge."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.memory import Memory
from monitor.model.judging import Standing, Verdict, Why
from monitor.model.reading import Entry, Listing
from monitor.model.register import Column, Duty, DutyKind, Period, Window
from monitor.observe import observe
from monitor.unchanged import may_stand, stands_until
from monitor.workdays import china, shift

TODAY = date(2026, 3, 18)
SOURCE = "国办秘函〔2019〕19号"
FRESH = Verdict(standing=Standing.FRESH, why=Why.IN_TIME, rule=SOURCE)
SOON = Verdict(standing=Standing.DUE_SOON, why=Why.DEADLINE_NEAR, rule=SOURCE)


def soon_from(day: date) -> Callable[[date], Verdict]:
    return lambda asked: SOON if asked >= day else FRESH


@pytest.mark.parametrize(
    ("why", "judged", "expected"),
    [
        ("it stands longer than it may be said", soon_from(TODAY + timedelta(days=9)), TODAY + timedelta(days=6)),
        ("the officer is to be warned in two days", soon_from(TODAY + timedelta(days=2)), TODAY + timedelta(days=1)),
        ("tomorrow", soon_from(TODAY + timedelta(days=1)), TODAY),
        ("what was remembered meanwhile says otherwise already", soon_from(TODAY), None),
    ],
)
def test_it_stands_until(why: str, judged: Callable[[date], Verdict], expected: date | None) -> None:
    assert stands_until(FRESH, judged, today=TODAY, most=TODAY + timedelta(days=6)) == expected, why


def test_a_warning_never_stands_by_itself() -> None:
    assert stands_until(SOON, lambda _: SOON, today=TODAY, most=TODAY + timedelta(days=6)) is None


WINDOWS = st.builds(Window, count=st.integers(1, 20), period=st.sampled_from([Period.DAYS, Period.WORKING_DAYS]))
DUTIES = st.one_of(
    st.builds(Duty, kind=st.just(DutyKind.PERIODIC), window=WINDOWS, min_items=st.integers(1, 3), source=st.just("")),
    st.builds(Duty, kind=st.just(DutyKind.DAILY), source=st.just("")),
    st.builds(Duty, kind=st.just(DutyKind.AS_NEEDED), source=st.just("")),
    st.builds(
        Duty,
        kind=st.just(DutyKind.PERIODIC),
        window=WINDOWS,
        source=st.just(""),
        exempt=st.just(True),
        exempt_until=st.integers(0, 9).map(lambda n: shift(TODAY, n)),
    ),
)
ENTRIES = st.builds(
    lambda n, ago, guessed: Entry(
        title=f"动态{n}", url=f"http://a.example/{n}", published=shift(TODAY, -ago), year_inferred=guessed
    ),
    st.integers(0, 9),
    st.integers(-8, 30),
    st.booleans(),
)


@given(
    duty=DUTIES,
    before=st.lists(st.lists(ENTRIES, max_size=5), max_size=3),
    now=st.lists(ENTRIES, min_size=1, max_size=8),
    opened=st.none() | st.integers(0, 30).map(lambda n: shift(TODAY, -n)),
)
def test_on_each_day_a_look_would_judge_the_same(
    duty: Duty, before: list[list[Entry]], now: list[Entry], opened: date | None
) -> None:
    column = Column(name="动态", url="http://a.example/", category="news", duty=duty, opened=opened)
    listing = Listing(entries=tuple(now), method="html", confidence=1.0)
    memory, calendar = Memory(), china()
    for number, entries in enumerate(before):
        memory.remember(tuple(entries), shift(TODAY, number - len(before)))
    verdict = observe(column, listing, memory.known, calendar, today=TODAY).verdict
    memory.remember(listing.entries, TODAY)
    known = memory.known

    def judged(day: date) -> Verdict:
        return observe(column, listing, known, calendar, today=day).verdict

    until = stands_until(verdict, judged, today=TODAY, most=shift(TODAY, 6))
    assert until is None or may_stand(verdict)
    for day in (shift(TODAY, n) for n in range(1, 7)):
        if until is not None and day <= until:
            assert observe(column, listing, memory.known, calendar, today=day).verdict == verdict
            memory.remember(listing.entries, day)
