"""An inspection from the store: what the register says, the verdicts of the last looks, and a week of visits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from config.policy import policy_for
from monitor.edge.store import Store
from monitor.model.inspecting import Inspection, NoScore, Outcome
from monitor.model.policy import ScoreMode
from monitor.model.register import Group
from tasks.inspecting import inspections
from tests.edge.stores import LATE, NOW, look_at_all, register, site
from tests.edge.worlds import small_world

DAY = timedelta(days=1)
LONG_LATE = replace(LATE, newest=NOW.date() - timedelta(days=300))


def inspected(
    store: Store, folder: Path, now: datetime = NOW, by_hand: dict[str, int] | None = None
) -> list[Inspection]:
    here, watched = small_world(store, folder), store.findings.watched()
    return inspections(here, watched, policy_for(), mode=ScoreMode.OF_HUNDRED, now=now, by_hand=by_hand)


def outcomes(one: Inspection) -> dict[str, Outcome]:
    return {seen.veto.id: seen.outcome for seen in one.vetoes}


def test_late_columns_of_the_last_looks_are_counted_site_by_site(store: Store, tmp_path: Path) -> None:
    register(store, site("财政局", columns=5), site("教育局", columns=4))
    look_at_all(store, LONG_LATE)
    first, second = inspected(store, tmp_path)
    assert (first.site, first.unit, first.group, str(first.at)) == ("教育局", "教育局", Group.DEPARTMENT, "2026-03-18")
    assert (outcomes(first)["19-V4a"], outcomes(second)["19-V4a"]) == (Outcome.WARNING, Outcome.HIT)
    assert second.no_score is NoScore.VETOED
    assert outcomes(inspected(store, tmp_path)[0])["19-V1"] is Outcome.BY_HAND
    assert outcomes(inspected(store, tmp_path, by_hand={"19-V1": 0})[0])["19-V1"] is Outcome.CLEAR


def test_a_column_that_was_not_looked_at_for_days_is_not_seen(store: Store, tmp_path: Path) -> None:
    register(store, site(columns=5))
    assert inspected(store, tmp_path)[0].standings == (("UNKNOWN", 5),)
    look_at_all(store, LONG_LATE)
    assert inspected(store, tmp_path, NOW + 3 * DAY)[0].standings == (("OVERDUE", 5),)
    (later,) = inspected(store, tmp_path, NOW + 3 * DAY + timedelta(seconds=1))
    assert (later.standings, outcomes(later)["19-V4a"]) == ((("UNKNOWN", 5),), Outcome.UNTOLD)


def test_what_the_register_says_of_the_level_is_kept(store: Store, tmp_path: Path) -> None:
    of_register = site(columns=3)
    for day, (level, could) in enumerate(((None, 3), (False, 0), (True, 0))):
        columns = tuple(replace(c, category="notice", first_level=level) for c in of_register.columns)
        register(store, replace(of_register, columns=columns))
        look_at_all(store, LONG_LATE, at=NOW + day * DAY)
        seen = next(v for v in inspected(store, tmp_path, NOW + day * DAY)[0].vetoes if v.veto.id == "19-V4a")
        assert (len(seen.columns), seen.could) == (3 if level else 0, could)


def test_the_visits_are_those_of_the_seven_whole_days_before(store: Store, tmp_path: Path) -> None:
    register(store, site("财政局", columns=1), site("教育局", columns=1))
    noon = datetime(2026, 3, 18, 4, tzinfo=UTC)
    for day in range(8):
        for n in range(20 if day else 1):
            store.probes.record(1, noon - day * DAY, failed=n == 0 and day > 0)
    first, second = sorted(inspected(store, tmp_path, noon), key=lambda one: one.site)
    assert (first.site, outcomes(first)["19-V2"], first.vetoes[1].measured) == ("教育局", Outcome.UNTOLD, None)
    assert (outcomes(second)["19-V2"], second.vetoes[1].measured) == (Outcome.HIT, 0.05)
    (earlier,) = (one for one in inspected(store, tmp_path, noon - DAY) if one.site == "财政局")
    assert outcomes(earlier)["19-V2"] is Outcome.UNTOLD, "the first day of that week has no visit"
