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
    """

    category: str
    zh: str
    kind: DutyKind
    window: Window | None
    min_items: int
    source: str
    sureness: Sureness
    veto_group: VetoGroup | None = None
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """One line of the deduction table. `points` is None where they were not read (X): then no score is possible."""

    id: str
    zh: str
    points: float | None
    source: str
    sureness: Sureness
    categories: tuple[str, ...] = ()
    first_level_only: bool = False
    cap: float | None = None  # at most so many points in all


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
    complete: bool = False  # whether the whole deduction table is known
    pass_at_least: float | None = None
    undated_not_updated: bool = False
