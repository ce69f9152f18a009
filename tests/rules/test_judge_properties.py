"""What holds for every history: order is nothing, a newer entry helps, a trouble accuses nobody."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.judge import judge
from monitor.model.judging import History, KnownEntry, Standing
from monitor.model.reading import Entry, Trouble, TroubleKind
from monitor.model.register import Duty, DutyKind, Period, Window
from monitor.workdays import china

NOW = date(2026, 3, 18)
BADNESS = {
    Standing.FRESH: 0,
    Standing.DUE_SOON: 1,
    Standing.UNKNOWN: 2,
    Standing.OVERDUE: 3,
    Standing.STALE: 4,
    Standing.BLANK: 5,
}

near = st.integers(-700, 30).map(lambda n: NOW + timedelta(days=n))
wild = st.one_of(st.none(), near, near, st.dates())
names = st.integers(0, 5)
duties = st.builds(
    Duty,
    kind=st.sampled_from(DutyKind),
    window=st.builds(Window, count=st.integers(1, 40), period=st.sampled_from(Period)),
    min_items=st.integers(1, 4),
    grace=st.integers(0, 3),
    undated_not_updated=st.booleans(),
    source=st.just("x"),
)


@st.composite
def entries(draw: st.DrawFn, days: st.SearchStrategy[date | None] = wild) -> Entry:
    name = draw(names)
    url = f"https://a.cn/{name}" if draw(st.booleans()) else None
    return Entry(title=f"t{name}", url=url, published=draw(days), year_inferred=draw(st.integers(0, 4)) == 0)


known = st.builds(
    KnownEntry, entry=entries(), first_seen=st.one_of(near.filter(lambda d: d <= NOW)), readings=st.integers(1, 3)
)
histories = st.builds(
    History,
    seen=st.lists(entries(), max_size=8).map(tuple),
    confidence=st.sampled_from([1.0, 0.95, 0.5]),
    blank=st.booleans(),
    known=st.lists(known, max_size=8).map(tuple),
    opened=st.one_of(st.none(), near),
)


@settings(max_examples=60)
@given(histories, duties)
def test_the_order_of_entries_does_not_matter(history: History, duty: Duty) -> None:
    assert isinstance(history.seen, tuple)
    turned = replace(history, seen=history.seen[::-1], known=history.known[::-1])
    assert judge(turned, duty, china(), now=NOW) == judge(history, duty, china(), now=NOW)


@settings(max_examples=60)
@given(histories, duties, st.integers(0, 20))
def test_a_newer_entry_never_makes_a_verdict_worse(history: History, duty: Duty, ahead: int) -> None:
    assert isinstance(history.seen, tuple)
    before = judge(history, duty, china(), now=NOW)
    dates = [e.published for e in (*history.seen, *(k.entry for k in history.known)) if e.published]
    newest = max([day for day in dates if day <= NOW], default=NOW)
    if before.newest is None:
        newest = NOW  # no date counted so far: nothing old can be called newer
    newer = Entry(title="new", url="https://a.cn/new", published=min(newest + timedelta(days=ahead), NOW))
    after = judge(replace(history, seen=(*history.seen, newer)), duty, china(), now=NOW)
    if before.standing is not Standing.UNKNOWN:
        assert BADNESS[after.standing] <= BADNESS[before.standing]


@settings(max_examples=60)
@given(histories, duties)
def test_reading_the_same_list_again_changes_nothing(history: History, duty: Duty) -> None:
    assert isinstance(history.seen, tuple)
    kept = {(k.entry.title, k.entry.url, k.entry.published) for k in history.known}
    again = tuple(
        KnownEntry(entry=e, first_seen=NOW, readings=2)
        for e in history.seen
        if (e.title, e.url, e.published) not in kept and not e.year_inferred
    )
    first = judge(history, duty, china(), now=NOW)
    if first.standing not in (Standing.UNKNOWN, Standing.BLANK) and history.seen:
        assert judge(replace(history, known=history.known + again), duty, china(), now=NOW) == first


@settings(max_examples=60)
@given(histories, duties, st.sampled_from(TroubleKind))
def test_a_trouble_never_accuses(history: History, duty: Duty, kind: TroubleKind) -> None:
    found = judge(replace(history, seen=Trouble(kind=kind)), duty, china(), now=NOW)
    assert found.standing is Standing.UNKNOWN
    assert found.trouble == Trouble(kind=kind)


@settings(max_examples=60)
@given(histories, duties, st.dates())
def test_every_verdict_is_consistent_on_any_day(history: History, duty: Duty, now: date) -> None:
    found = judge(history, duty, china(), now=now)
    assert found.rule == duty.source
    assert (found.trouble is not None) is (found.standing is Standing.UNKNOWN)
    assert (found.days_over > 0) is (found.standing.accuses and found.deadline is not None)
    assert found.standing.accuses or not found.past_grace
    if found.deadline is not None and found.standing.accuses:
        assert found.deadline + timedelta(days=found.days_over) == now
