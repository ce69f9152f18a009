"""What is advised of a column, and the figures that speak for it and against it: a committee decides."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from monitor.model.cadence import Cadence
from monitor.model.judging import Verdict
from monitor.model.reading import Entry
from monitor.model.register import Duty


class Act(StrEnum):
    KEEP = "keep"  # 保留
    UPDATE = "update"  # 更新
    MERGE = "merge"  # 归并
    CLOSE = "close"  # 关闭


class Point(StrEnum):
    """What a figure measures."""

    DAYS_OVER = "days_over"
    WINDOWS_MISSED = "windows_missed"
    BLANK_DAYS = "blank_days"
    ENTRIES_IN_YEAR = "entries_in_year"
    USUAL_GAP = "usual_gap"
    LONGEST_GAP = "longest_gap"
    SEASON = "season"  # months of the year in which it publishes
    # What follows is about the column that could hold it.
    SHARED_ENTRIES = "shared_entries"  # entries of this column that it lists too
    LIKE_NAMES = "like_names"  # 0 to 1: how much the two columns' names have in common
    LIKE_TITLES = "like_titles"  # 0 to 1: how much of this column's titles its titles hold
    SAME_CATEGORY = "same_category"
    ALIVE = "alive"  # its entries of the last 12 months; it is in time


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of the evidence. `of` is what it is counted out of, where it is a share."""

    point: Point
    value: float
    of: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """A column as advice sees it, and as its siblings of the same site are seen.

    `since` is the day from which it has stood as it stands. `entries` are the recent ones, newest first.
    """

    id: str
    name: str
    category: str
    duty: Duty
    verdict: Verdict
    cadence: Cadence
    since: date | None = None
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """`into` is the id of the column that could hold it. `question`: only asked, as for duties without a rhythm."""

    act: Act
    into: str | None = None
    question: bool = False
    speaks_for: tuple[Figure, ...] = ()
    speaks_against: tuple[Figure, ...] = ()
