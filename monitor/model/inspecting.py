"""An inspection of a site at one moment: vetoes, early warnings, deductions, and a score where one is possible."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from monitor.model.judging import Verdict
from monitor.model.policy import Deduction, ScoreMode, Veto
from monitor.model.register import Group


class Outcome(StrEnum):
    """How a line of the veto table stands."""

    HIT = "hit"  # 单项否决
    WARNING = "warning"  # below the line, at or over the early-warning line
    CLEAR = "clear"
    UNTOLD = "untold"  # not enough was seen to say; the columns that could decide it are named
    BY_HAND = "by_hand"  # a person must look


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSeen:
    """A column in an inspection. `first_level` is None where nobody has said whether it is one (一级栏目)."""

    name: str
    category: str
    verdict: Verdict
    first_level: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSeen:
    """All that an inspection looks at. `home_new`: new entries on the home page in its window, None where untold.

    `probes` and `failed` count the visits to the home page of the last week. `found_by_hand` are the ids of vetoes that
    a person has found. `overdue_replies` is None while no messages are watched.
    """

    name: str
    unit: str
    group: Group
    columns: tuple[ColumnSeen, ...]
    home_new: int | None = None
    home_newest: date | None = None
    probes: int = 0
    failed: int = 0
    least_probes: bool = False  # whether each day of the week had as many as the rule asks for
    overdue_replies: int | None = None
    found_by_hand: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class VetoSeen:
    """How one line of the veto table stands. `measured` of `veto.at_least`; `could`: of what was unseen."""

    veto: Veto
    outcome: Outcome
    measured: float | None = None
    could: int = 0
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deducted:
    """What one line of the deduction table costs. `points` is None where the line's points are not known."""

    deduction: Deduction
    count: int
    points: float | None
    columns: tuple[str, ...] = ()


class NoScore(StrEnum):
    """Why there is no score."""

    VETOED = "vetoed"  # 不合格: nothing else is scored
    TABLE_INCOMPLETE = "table_incomplete"
    UNSEEN = "unseen"  # a line of the table could not be measured
    MODE = "mode"  # only vetoes are asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """A site at a moment. `score` counts up from 0 to 100 and the bonus, or, as a sum of deductions, down from 0."""

    site: str
    group: Group
    at: date
    policy: str  # preset and version
    mode: ScoreMode
    vetoes: tuple[VetoSeen, ...]
    deducted: tuple[Deducted, ...] = ()
    score: float | None = None
    no_score: NoScore | None = None
    standings: tuple[tuple[str, int], ...] = ()  # how many columns stand how
