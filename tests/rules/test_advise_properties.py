"""What holds for all advice: order is nothing, a newer entry helps, and nothing is closed that is not accused."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.advise import advise
from monitor.model.advising import Act, Advice, Kin
from monitor.model.judging import Standing
from monitor.model.reading import Trouble, TroubleKind
from monitor.model.register import Duty, DutyKind, Period, Window
from tests.rules.advised import MONTHLY, NOW, column, living

KEEP, UPDATE, MERGE, CLOSE = Act.KEEP, Act.UPDATE, Act.MERGE, Act.CLOSE


def act(one: Kin, siblings: list[Kin]) -> Act:
    return advise(one, siblings, now=NOW).act


WORST = {KEEP: 0, UPDATE: 1, MERGE: 2, CLOSE: 2}
near = st.integers(0, 900).map(lambda n: NOW - timedelta(days=n))
duties = st.builds(
    Duty,
    kind=st.sampled_from(DutyKind),
    window=st.builds(Window, count=st.integers(1, 40), period=st.sampled_from(Period)),
    min_items=st.integers(1, 3),
    source=st.just("x"),
)


@settings(max_examples=60)
@given(st.lists(near, min_size=1, max_size=12), duties, st.booleans())
def test_a_newer_entry_never_makes_advice_worse(days: list[date], duty: Duty, kin: bool) -> None:
    siblings = [living()] if kin else []
    before = column(*days, duty=duty, covered=min(days))
    after = column(*days, max(days), duty=duty, covered=min(days))
    newer = column(*days, NOW, duty=duty, covered=min(days))
    if not before.cadence.season:
        assert WORST[act(after, siblings)] <= WORST[act(before, siblings)]
        assert WORST[act(newer, siblings)] <= WORST[act(before, siblings)]


@settings(max_examples=60)
@given(st.lists(near, max_size=8), duties, st.permutations([living("b"), living("c"), living("d", duty=MONTHLY)]))
def test_the_order_of_days_and_siblings_does_not_matter(days: list[date], duty: Duty, siblings: list[Kin]) -> None:
    one, turned = column(*days, duty=duty), column(*days[::-1], duty=duty)
    assert advise(one, siblings, now=NOW) == advise(turned, sorted(siblings, key=lambda kin: kin.id), now=NOW)


@settings(max_examples=40)
@given(st.lists(near, max_size=8), duties, st.sampled_from(TroubleKind))
def test_what_was_not_seen_or_is_exempt_is_kept(days: list[date], duty: Duty, kind: TroubleKind) -> None:
    assert advise(column(*days, duty=duty, trouble=Trouble(kind=kind)), [living()], now=NOW) == Advice(act=KEEP)
    assert advise(column(*days, duty=replace(duty, exempt=True)), [living()], now=NOW) == Advice(act=KEEP)


@settings(max_examples=60)
@given(st.lists(near, max_size=8), duties, st.one_of(st.none(), near))
def test_only_what_is_accused_is_closed_and_as_needed_only_asked(
    days: list[date], duty: Duty, since: date | None
) -> None:
    one = column(*days, duty=duty, since=since)
    advice = advise(one, [living()], now=NOW)
    assert one.verdict.standing.accuses is not (advice.act is KEEP)
    assert (advice.into is not None) is (advice.act is MERGE)
    if advice.act in (MERGE, CLOSE):
        assert advice.question is (duty.kind is DutyKind.AS_NEEDED or one.verdict.standing is Standing.OVERDUE)
    else:
        assert not advice.question
