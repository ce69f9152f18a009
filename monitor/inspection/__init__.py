"""Inspect a site at one moment, as the official tables do: vetoes, deductions, and a score only where one can stand."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from monitor.inspection.compare import compare
from monitor.inspection.deductions import deducted
from monitor.inspection.rank import rank
from monitor.inspection.score import scored
from monitor.inspection.vetoes import vetoes
from monitor.model.inspecting import ColumnSeen, Inspection, NoScore, Outcome, SiteSeen
from monitor.model.judging import Standing
from monitor.model.policy import Policy, ScoreMode

__all__ = ["compare", "inspect", "rank"]


def inspect(site: SiteSeen, policy: Policy, *, mode: ScoreMode, now: date) -> Inspection:
    """The site on `now`, its local day. After a veto nothing else is scored."""
    seen = vetoes(site, policy, now=now)
    vetoed = any(one.outcome is Outcome.HIT for one in seen)
    lines = () if vetoed else deducted(site, policy, mode=mode, now=now)
    got = scored(seen, lines, policy, mode, serves=site.serves)
    score = None if isinstance(got, NoScore) else got
    passed = policy.scale.pass_at_least if mode is ScoreMode.OF_HUNDRED else None
    return Inspection(
        site=site.name,
        unit=site.unit,
        group=site.group,
        at=now,
        policy=f"{policy.preset} {policy.version}",
        mode=mode,
        vetoes=seen,
        deducted=lines,
        score=score,
        no_score=got if isinstance(got, NoScore) else None,
        unqualified=vetoed or (score is not None and passed is not None and score < passed),
        standings=_standings(site.columns),
    )


def _standings(columns: Iterable[ColumnSeen]) -> tuple[tuple[str, int], ...]:
    counts = Counter(column.verdict.standing for column in columns)
    return tuple((standing.value, counts[standing]) for standing in Standing if standing in counts)
