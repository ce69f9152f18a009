"""An inspection of a site at one moment: vetoes, early warnings, deductions, and a score where one is possible."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from monitor.model.judging import Standing, Verdict
from monitor.model.policy import Deduction, ScoreMode, Veto
from monitor.model.register import Duty, Group


class Outcome(StrEnum):
    """How a line of the veto table stands."""

    HIT = "hit"  # 单项否决
    WARNING = "warning"  # below the line, at or over the early-warning line
    CLEAR = "clear"
    UNTOLD = "untold"  # what was not seen could turn it; the columns that could are named
    BY_HAND = "by_hand"  # a person must look


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSeen:
    """A column in an inspection. `first_level` is None where nobody has said whether it is one (一级栏目).

    `duty` is the one its verdict was given under; None for that of the table.
    """

    name: str
    category: str
    verdict: Verdict
    first_level: bool | None = None
    duty: Duty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSeen:
    """All that an inspection looks at. The column of the category `home` is the home page.

    `home_new` counts the new entries of the home page in two weeks, None where untold. `navigation_only`: the home page
    has no lists and leads to other pages. `probes` and `failed` count the visits to it in the last week, and
    `least_probes` is the fewest of one day. `overdue_replies` is None while no messages are watched.
    `serves`: it offers services to the public; a person says where it does not.
    `by_hand`: how often a person has found what a line of the vetoes or of the deductions counts, by its id.
    """

    name: str
    unit: str
    group: Group
    columns: tuple[ColumnSeen, ...]
    home_new: int | None = None
    navigation_only: bool = False
    probes: int = 0
    failed: int = 0
    least_probes: int = 0
    overdue_replies: int | None = None
    serves: bool = True
    by_hand: Mapping[str, int] = field(default_factory=dict)


class Doubt(StrEnum):
    """Why a column may count towards a line, and does not: nobody is blamed for what was not seen."""

    NOT_SEEN = "not_seen"
    NO_WINDOW = "no_window"  # its duty has no number, so it was not judged
    LEVEL_UNSAID = "level_unsaid"  # nobody has said whether it is a first-level column
    OWN_DUTY = "own_duty"  # judged under a duty of its own, which is not that of the table
    HOME_LEADS_ON = "home_leads_on"  # silent; but the home page may lead to pages that nobody watches


@dataclass(frozen=True, slots=True, kw_only=True)
class InDoubt:
    """A column that may count towards a line."""

    column: str
    doubt: Doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class VetoSeen:
    """How one line of the veto table stands.

    `measured` is what was found of `veto.at_least`: columns, messages, a share of visits; or the days since the home
    page had news. `columns` are those that count, `doubts` those that could.
    """

    veto: Veto
    outcome: Outcome
    measured: float | None = None
    columns: tuple[str, ...] = ()
    doubts: tuple[InDoubt, ...] = ()

    @property
    def could(self) -> int:
        """How many columns more could count."""
        return len(self.doubts)

    @property
    def left(self) -> int | None:
        """How many columns more and the site fails; None for lines that count none."""
        if not self.veto.kind.counts_columns or self.veto.at_least is None or self.measured is None:
            return None
        return max(0, int(self.veto.at_least - self.measured))


@dataclass(frozen=True, slots=True, kw_only=True)
class Deducted:
    """What one line of the deduction table costs.

    `count` is None where it could not be counted, `points` where that is so or the line's points are not known.
    """

    deduction: Deduction
    count: int | None
    points: float | None
    columns: tuple[str, ...] = ()
    doubts: tuple[InDoubt, ...] = ()


class NoScore(StrEnum):
    """Why there is no score."""

    VETOED = "vetoed"  # 不合格: nothing else is scored
    TABLE_INCOMPLETE = "table_incomplete"
    UNSEEN = "unseen"  # a line of the tables could not be measured
    MODE = "mode"  # only vetoes are asked for, or the policy has no such table


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """A site at a moment. `score` counts up from 0 to 100 and the bonus, or, as a sum of deductions, down from 0.

    `unqualified` (不合格): a veto, or a score below the pass mark. That it is not says nothing of what was not seen.
    """

    site: str
    unit: str
    group: Group
    at: date
    policy: str  # preset and version
    mode: ScoreMode
    vetoes: tuple[VetoSeen, ...]
    deducted: tuple[Deducted, ...] = ()
    score: float | None = None
    no_score: NoScore | None = None
    unqualified: bool = False
    standings: tuple[tuple[str, int], ...] = ()  # how many columns stand how

    @property
    def hits(self) -> int:
        """How many lines of the veto table are over."""
        return sum(seen.outcome is Outcome.HIT for seen in self.vetoes)

    @property
    def late(self) -> int:
        """How many columns accuse: overdue, stale or blank."""
        return sum(count for standing, count in self.standings if Standing(standing).accuses)

    @property
    def unseen(self) -> int:
        """How many columns could not be seen."""
        return dict(self.standings).get(Standing.UNKNOWN.value, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """An inspection and its place (名次) in its group; equals share one."""

    place: int
    inspection: Inspection


@dataclass(frozen=True, slots=True, kw_only=True)
class VetoChange:
    """How a line of the veto table has changed. `cleared` were counted and no longer are; `lost` are no longer seen."""

    veto: Veto
    was: Outcome
    now: Outcome
    added: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A site now and in the period before (上期). `score` is the difference, None where either has none.

    `same_rules`: both were made by the same policy in the same mode; else only what both have is compared.
    """

    site: str
    same_rules: bool
    late: int  # columns that accuse, more or fewer than before
    unseen: int  # columns out of sight, more or fewer: where they are more, fewer late ones prove nothing
    score: float | None
    vetoes: tuple[VetoChange, ...]
