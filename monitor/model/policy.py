"""A policy: what the inspection documents ask of columns and sites, each number with its document and how sure we are.

A number that could not be read officially is None, and stays None: nothing here is invented (docs/design/rules.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from monitor.model.register import DutyKind, Window


class Sureness(StrEnum):
    """How sure we are of an official number; the letters are those of docs/design/rules.md."""

    A = "A"  # official wording, two or more agreeing copies
    B = "B"  # official wording, one copy, or an office applying the rule to itself
    C = "C"  # read only in a vendor's implementation of the official table
    D = "D"  # a local rule, or the press
    X = "X"  # not found: an admin must supply it
    DESIGN = "design"  # our own choice, no rule


class VetoGroup(StrEnum):
    """The columns that are counted together towards a veto (单项否决)."""

    FAST = "fast"  # 栏目不更新: 动态、要闻 and 通知公告、政策文件
    SHOULD_UPDATE = "should_update"  # 应更新但长期未更新


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An official document, cited by its number (文号)."""

    number: str
    name: str
    dated: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRule:
    """What is asked of the columns of one category. `window` is None where no number was read.

    `source` is what a verdict cites. `first_level_only`: only first-level columns (一级栏目) count towards the veto.
    `veto_window` is the window of the veto table, also where the preset asks for more than the table does.
    """

    category: str
    zh: str
    kind: DutyKind
    window: Window | None
    min_items: int
    source: str
    sureness: Sureness
    veto_group: VetoGroup | None = None
    veto_window: Window | None = None
    first_level_only: bool = False
    exempt: bool = False


class VetoKind(StrEnum):
    """What a veto is measured by."""

    UNREACHABLE = "unreachable"  # 站点无法访问: the failed share of probes
    HOME_SILENT = "home_silent"  # 首页不更新
    COLUMNS_FAST = "columns_fast"  # 栏目不更新
    COLUMNS_SHOULD_UPDATE = "columns_should_update"  # 应更新但长期未更新
    COLUMNS_BLANK = "columns_blank"  # 空白栏目
    UNANSWERED = "unanswered"  # 互动回应差: messages open for longer than the limit
    BY_HAND = "by_hand"  # only a person can find it

    @property
    def counts_columns(self) -> bool:
        return self in (VetoKind.COLUMNS_FAST, VetoKind.COLUMNS_SHOULD_UPDATE, VetoKind.COLUMNS_BLANK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Veto:
    """One line of the veto table (单项否决). `at_least` is inclusive (含): columns, messages, or a share of probes.

    `warn_at` is the early-warning line below it, None where none was read.
    """

    id: str  # as in rules.md: 19-V4a
    zh: str
    kind: VetoKind
    at_least: float | None
    window: Window | None
    source: str
    sureness: Sureness
    warn_at: float | None = None


class ScoreMode(StrEnum):
    """How a site is scored."""

    OF_HUNDRED = "of_hundred"  # 100 minus deductions with caps, then a bonus
    DEDUCTIONS = "deductions"  # an uncapped sum of deductions, as in the notice
    VETOES_ONLY = "vetoes_only"


class Counted(StrEnum):
    """What a line of the deduction table counts; its points are taken once for each."""

    COLUMNS_LATE = "columns_late"  # columns of its categories without an entry in its window
    COLUMNS_BLANK = "columns_blank"  # 空白栏目
    NONE_WITHIN = "none_within"  # once, where no column of its categories has an entry in its window
    TOO_FEW = "too_few"  # once, where they have some, and fewer than `least`
    FAILED_PERCENT = "failed_percent"  # each whole percent of visits to the home page that failed
    HOME_ENTRIES = "home_entries"  # once, where the home page has fewer than `least` new entries
    BY_HAND = "by_hand"  # only a person, or another watch, can count it


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """One line of the deduction table (扣分). `points` is None where they were not read: then no score is possible.

    They are as the table writes them: below 0, and above 0 in a line of the bonus (加分). `cap` is the most that the
    line takes in all, `indicator` the one whose total its sum does not pass (单项指标扣分之和不超过本项指标总分值).
    """

    id: str  # as in rules.md: 19-D1
    zh: str
    counted: Counted
    points: float | None
    source: str
    sureness: Sureness
    categories: tuple[str, ...] = ()
    window: Window | None = None
    least: int = 0
    first_level_only: bool = False
    cap: float | None = None
    indicator: str = ""
    bonus: bool = False
    service: bool = False  # of the block 办事服务: not asked of departments without services to the public


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How points become a score. `whole`: whether all lines of the table are known, though perhaps not their points.

    `totals` are those of the indicators. A score over `bonus_above` enters the bonus, which adds `bonus_most` at most.
    `without_services` is the total of a department that offers none, which is then multiplied by `times` (4/3).
    """

    whole: bool = False
    pass_at_least: float | None = None
    bonus_above: float | None = None
    bonus_most: float | None = None
    totals: Mapping[str, float] = field(default_factory=dict)
    without_services: float | None = None
    times: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One preset with the admin's overrides. `version` is a digest of its content, said by verdicts."""

    preset: str
    version: str
    documents: Mapping[str, Document]
    categories: Mapping[str, CategoryRule]
    vetoes: tuple[Veto, ...]
    deductions: tuple[Deduction, ...] = ()
    modes: tuple[ScoreMode, ...] = field(default=(ScoreMode.VETOES_ONLY,))
    scale: Scale = field(default_factory=Scale)
    undated_not_updated: bool = False

    @property
    def complete(self) -> bool:
        """Whether the whole deduction table is known, with all its points."""
        return self.scale.whole and all(line.points is not None for line in self.deductions)
