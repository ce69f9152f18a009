"""The points that an office supplies in `policy.yaml` where none were read, so that a table can be whole."""

from dataclasses import replace
from hashlib import blake2b
from typing import Annotated, Self

from pydantic import Field, model_validator

from config import fields
from config.part import Name, Part, text
from config.policy import category_named, is_line, line_named
from config.problems import Wrong, quoted
from monitor.model.mendable import phrase
from monitor.model.policy import Counted, Deduction, Policy, Sureness
from monitor.model.register import Window

Points = Annotated[float, Field(gt=-100, lt=100)]
Total = Annotated[float, Field(gt=0, le=100)]


class PointsPart(Part):
    """The points of a line that ships, and the document in which the office has read them. The sign is the line's."""

    points: Points
    cap: Total | None = None
    indicator: Name | None = None
    service: bool = False  # of the block 办事服务
    source: Name


class LinePart(PointsPart):
    """A line that does not ship. With categories it counts their late columns; else a person counts."""

    zh: Name
    categories: Annotated[list[Annotated[str, text(category_named)]], Field(default_factory=list)]
    window: Annotated[Window, text(fields.window)] | None = None
    first_level_only: bool = False
    bonus: bool = False

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if bool(self.categories) != bool(self.window):
            raise Wrong(
                phrase("a line that counts columns names its categories and their window"),
                phrase("write both, or neither: then a person counts"),
            )
        return self


def _own_id(word: str) -> str:
    """The id of a line that does not ship."""
    if is_line(word):
        raise Wrong(
            phrase("the line {word} ships with the program", word=quoted(word)),
            phrase("write its points below points:"),
        )
    return fields.name(word)


class TablePart(Part):
    """What an office says of the table: whether it is whole with these lines, and the totals of its indicators."""

    whole: bool
    totals: Annotated[dict[Name, Total], Field(default_factory=dict)]
    source: Name


class Supplied(Part):
    """What `policy.yaml` says of points; each names its source."""

    points: Annotated[dict[Annotated[str, text(line_named)], PointsPart], Field(default_factory=dict)]
    lines: Annotated[dict[Annotated[str, text(_own_id)], LinePart], Field(default_factory=dict)]
    table: TablePart | None = None


def supplied(policy: Policy, own: Supplied) -> Policy:
    """The policy with what the office supplies. Its version tells it from the one that ships."""
    if not (own.points or own.lines or own.table):
        return policy
    lines = [_with_points(line, own.points.get(line.id)) for line in policy.deductions]
    lines += [_line(id_, part) for id_, part in own.lines.items()]
    table = own.table
    scale = replace(policy.scale, whole=table.whole, totals=dict(table.totals)) if table else policy.scale
    version = blake2b(f"{policy.version} {lines} {scale}".encode(), digest_size=6).hexdigest()
    return replace(policy, version=version, deductions=tuple(lines), scale=scale)


def _with_points(line: Deduction, part: PointsPart | None) -> Deduction:
    if part is None:
        return line
    return replace(
        line,
        points=_signed(part.points, bonus=line.bonus),
        cap=part.cap or line.cap,
        indicator=part.indicator or line.indicator,
        service=part.service or line.service,
        source=part.source,
        sureness=Sureness.D,
    )


def _line(id_: str, part: LinePart) -> Deduction:
    return Deduction(
        id=id_,
        zh=part.zh,
        counted=Counted.COLUMNS_LATE if part.categories else Counted.BY_HAND,
        points=_signed(part.points, bonus=part.bonus),
        source=part.source,
        sureness=Sureness.D,
        categories=tuple(part.categories),
        window=part.window,
        first_level_only=part.first_level_only,
        cap=part.cap,
        indicator=part.indicator or "",
        bonus=part.bonus,
        service=part.service,
    )


def _signed(points: float, *, bonus: bool) -> float:
    return abs(points) if bonus else -abs(points)
