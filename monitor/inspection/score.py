"""A score of deductions: 100 minus with caps and a bonus, an uncapped sum as in the notice, or the reason of none."""

from collections import defaultdict
from collections.abc import Sequence

from monitor.model.inspecting import Deducted, NoScore, Outcome, VetoSeen
from monitor.model.policy import Policy, Scale, ScoreMode

_FULL = 100.0
_CENTS = 2  # the smallest points of the tables are tenths; a sum of them shows no dust


def scored(
    vetoes: Sequence[VetoSeen], lines: Sequence[Deducted], policy: Policy, mode: ScoreMode, *, serves: bool = True
) -> float | NoScore:
    """The score, or why there is none: an untold line hides it as surely as a missing number does."""
    if mode is ScoreMode.VETOES_ONLY or mode not in policy.modes:
        return NoScore.MODE
    outcomes = {seen.outcome for seen in vetoes}
    if Outcome.HIT in outcomes:
        return NoScore.VETOED
    if not policy.complete:
        return NoScore.TABLE_INCOMPLETE
    taken = [line for line in lines if not line.deduction.bonus]
    if outcomes & {Outcome.UNTOLD, Outcome.BY_HAND} or any(line.points is None for line in taken):
        return NoScore.UNSEEN
    if mode is ScoreMode.DEDUCTIONS:
        return round(_sum(taken), _CENTS)
    return _of_hundred(taken, [line for line in lines if line.deduction.bonus], policy.scale, serves=serves)


def _of_hundred(taken: Sequence[Deducted], bonus: Sequence[Deducted], scale: Scale, *, serves: bool) -> float | NoScore:
    """The sum of an indicator passes its total never. Only a score over the line enters the bonus.

    A department without services to the public has a total of 75, and what is left of it counts 4/3 (D19).
    """
    spared = None if serves else scale.without_services
    full, times = (_FULL, 1.0) if spared is None else (spared, scale.times)
    score = max(0.0, round((full + _capped(taken, scale)) * times, _CENTS))
    if scale.bonus_above is None or score <= scale.bonus_above:
        return score
    if any(line.points is None for line in bonus):
        return NoScore.UNSEEN
    most = scale.bonus_most
    added = _sum(bonus) if most is None else min(most, _sum(bonus))
    return round(score + added, _CENTS)


def _capped(lines: Sequence[Deducted], scale: Scale) -> float:
    by_indicator: dict[str, float] = defaultdict(float)
    for line in lines:
        by_indicator[line.deduction.indicator] += line.points or 0.0
    return sum(
        max(points, -scale.totals[indicator]) if indicator in scale.totals else points
        for indicator, points in by_indicator.items()
    )


def _sum(lines: Sequence[Deducted]) -> float:
    return sum(line.points or 0.0 for line in lines)
