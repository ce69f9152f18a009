"""A nation with known truth: sites of 17 columns over 24 months, their lives, and what looks at them see.

It imports nothing of the rules. What it knows of duties (when a window ends, when a column is late) it says itself.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from bench.nation_life import Life, Post, live
from bench.nation_time import Duty, is_late

START, END = date(2024, 3, 1), date(2026, 2, 28)  # the first look and the last
MONTHS = 24
DAY = timedelta(days=1)
PLAN: tuple[tuple[str, str, Duty], ...] = (
    ("要闻动态", "news", Duty("periodic", "P2W")),
    ("通知公告", "notice", Duty("periodic", "P6M")),
    ("政策文件", "policy_file", Duty("periodic", "P6M")),
    ("人事信息", "personnel", Duty("periodic", "P1Y")),
    ("规划计划", "planning", Duty("periodic", "P1Y")),
    ("统计信息", "service_stats", Duty("periodic", "P3M")),
    ("政策解读", "other", Duty("periodic", "P3M")),
    ("回应关切", "other", Duty("periodic", "P3M")),
    ("在线访谈", "interview", Duty("periodic", "P1Y", 6)),
    ("征集调查", "survey", Duty("periodic", "P1Y", 6)),
    ("部门动态", "news", Duty("periodic", "P2W")),
    ("基层动态", "news", Duty("periodic", "P1M")),
    ("每日要闻", "news", Duty("daily", None)),
    ("领导之窗", "static", Duty("as_needed", None)),
    ("预算公开", "budget", Duty("periodic", None)),
    ("历史专题", "historic", Duty("periodic", None, exempt=True)),
    ("招聘信息", "other", Duty("periodic", "20 working days")),
)


class Row(NamedTuple):
    """An entry as a reading gives it."""

    title: str
    url: str
    published: date | None
    pinned: bool = False
    year_inferred: bool = False


Rows = tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """One look: `rows` as they were read, or the trouble."""

    at: datetime
    rows: Rows
    confidence: float = 0.97
    blank: bool = False
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class NationColumn:
    """A column, all looks at it, and the truth: its life, with every forged date."""

    id: str
    site: str
    name: str
    category: str
    duty: Duty
    life: Life
    looks: list[Look] = field(default_factory=list)
    inspections: tuple[date, ...] = ()
    before_mail: Callable[[date, int], Look] | None = None  # one of two readings before a reminder leaves

    def is_late(self, at: datetime) -> bool:
        """Whether its true publications up to a moment miss the duty on that day."""
        days = [post.day for post in self.life.posts if post.at <= at]
        return is_late(days, self.duty, (at + timedelta(hours=8)).date())


def nation(sites: int, seed: int) -> Iterator[list[NationColumn]]:
    """The sites, one after the other."""
    for number in range(sites):
        yield site(number, seed)


def site(number: int, seed: int, *, watched: int = len(PLAN)) -> list[NationColumn]:
    """A site's 17 columns, the first of them looked at. The same number and seed give the same site."""
    from bench.nation_sight import Weather, before_mails, looks  # which knows the shapes of this file

    dice = Random(f"{seed}/{number}")
    weather = Weather.of(dice)
    inspections = tuple(sorted(START + DAY * dice.randrange(730) for _ in range(3)))
    made: list[NationColumn] = []
    for place, (name, category, duty) in enumerate(PLAN):
        kin = [c.life for c in made if c.category == category and c.life.is_alive]
        life = live(Random(f"{seed}/{number}/{place}"), duty, f"http://s{number}.example/c{place}", inspections, kin)
        made.append(NationColumn(f"s{number}c{place}", f"s{number}", name, category, duty, life, [], inspections))
    return [  # after all lives: a dying column leaves texts to its kin
        replace(
            column,
            looks=list(looks(column, weather, Random(f"{seed}/{number}/{place}/looks"))),
            before_mail=before_mails(column, weather, f"{seed}/{number}/{place}/mail"),
        )
        if place < watched
        else column
        for place, column in enumerate(made)
    ]


def line(column: NationColumn, day: date = END) -> dict[str, Any]:
    """The column as a line of `lanmu judge --batch`."""
    duty = column.duty
    return {
        "id": column.id,
        "day": str(day),
        "duty": {
            "kind": duty.kind,
            "window": duty.window,
            "min_items": duty.least,
            "exempt": duty.exempt,
            "source": "nation",
        },
        "category": column.category,
        "site": column.site,
        "name": column.name,
        "inspections": [str(one) for one in column.inspections],
        "observations": [_observation(look) for look in column.looks],
        "truth": {"fate": column.life.fate, "late": column.is_late(datetime(day.year, day.month, day.day, tzinfo=UTC))},
    }


def _observation(look: Look) -> dict[str, Any]:
    at = look.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    if look.trouble:
        return {"at": at, "trouble": look.trouble}
    rows = [row._asdict() | {"published": row.published and str(row.published)} for row in look.rows]
    return {"at": at, "entries": rows, "confidence": look.confidence, "blank": look.blank}


__all__ = ["END", "MONTHS", "START", "Look", "NationColumn", "Post", "Row", "Rows", "line", "nation", "site"]
