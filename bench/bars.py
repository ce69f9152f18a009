"""A bar: a figure beside what it must hold, as a line for people, as JSON, and as an exit code."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from statistics import median


class Standing(StrEnum):
    """What came of a bar."""

    HOLDS = "holds"
    FALLS_SHORT = "falls short"
    NOT_BUILT = "not built"
    NOT_MEASURED = "not measured"
    FOR_COMPARISON = "for comparison"


class Side(StrEnum):
    """On which side of its limit a figure is good."""

    AT_LEAST = "≥"
    AT_MOST = "≤"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A figure and its limit, both in `unit`. `pages` are those for which the figure is not better."""

    name: str
    figure: float | None
    limit: float | None
    side: Side
    unit: str = "%"
    note: str = ""
    pages: tuple[str, ...] = ()
    missing: Standing = Standing.NOT_MEASURED  # what is said where there is no figure

    @property
    def standing(self) -> Standing:
        if self.figure is None:
            return self.missing
        if self.limit is None:
            return Standing.FOR_COMPARISON
        good = self.figure >= self.limit if self.side is Side.AT_LEAST else self.figure <= self.limit
        return Standing.HOLDS if good else Standing.FALLS_SHORT


def share(hits: int, of: int) -> float | None:
    """`hits` of `of` in per cent; of nothing there is no share."""
    return 100 * hits / of if of else None


def at(values: Iterable[float], part: float) -> float | None:
    """The value below which `part` (0..1) of the values lie; the median is between the two in the middle."""
    ordered = sorted(values)
    if not ordered:
        return None
    return median(ordered) if part == 0.5 else ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def line(bar: Bar) -> str:
    """One line: name, figure, bar, standing, and what else is to know."""
    figure = "–" if bar.figure is None else f"{_number(bar.figure, bar.unit)} {bar.unit or ' '}"
    limit = "" if bar.limit is None else f"{bar.side} {bar.limit:g} {bar.unit or ' '}"
    text = f"{bar.name:<58} {figure:>10}  {limit:>10}  {bar.standing.value}"
    return f"{text} ({bar.note})" if bar.note else text


def _number(figure: float, unit: str) -> str:
    """A share is cut, never rounded up over its bar; what is counted has no fractions."""
    if unit == "%":
        return f"{int(figure * 10) / 10:.1f}"
    return f"{figure:.0f}" if not unit or figure >= 100 else f"{figure:.2f}"


def write(bars: Iterable[Bar], path: Path) -> None:
    """All bars as JSON, with the pages behind each."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [asdict(bar) | {"standing": bar.standing} for bar in bars]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def exit_code(bars: Iterable[Bar]) -> int:
    """1 where a bar is missed; what was not measured or not built misses none."""
    return int(any(bar.standing is Standing.FALLS_SHORT for bar in bars))
