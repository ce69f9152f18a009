"""The deduction table (扣分) of an official document, line by line, and how its points become a score."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from config.fields import window
from monitor.model.policy import Counted, Deduction, Scale, ScoreMode, Sureness

_Row = Mapping[str, Any]


def deductions_of(file: _Row, base: str) -> tuple[Deduction, ...]:
    """The lines of a base document; none where the preset has no base."""
    if not base:
        return ()
    number = file["documents"][base]["number"]
    return tuple(_line(id_, row, number) for id_, row in file["scoring"][base]["lines"].items())


def modes_of(file: _Row, base: str) -> tuple[ScoreMode, ...]:
    """In which ways a site can be scored by it."""
    return tuple(map(ScoreMode, file["scoring"][base]["modes"])) if base else (ScoreMode.VETOES_ONLY,)


def scale_of(file: _Row, base: str) -> Scale:
    if not base:
        return Scale()
    row = file["scoring"][base]
    spared = row.get("no_service_function")
    return Scale(
        whole=row["whole"],
        pass_at_least=row["pass_at_least"],
        bonus_above=row.get("bonus_above"),
        bonus_most=row.get("bonus_max"),
        without_services=spared and spared["check_total"],
        times=float(Fraction(spared["multiply_by"])) if spared else 1.0,
    )


def _line(id_: str, row: _Row, number: str) -> Deduction:
    return Deduction(
        id=id_,
        zh=row["zh"],
        counted=Counted(row["counted"]),
        points=row["points"],
        source=number,
        sureness=Sureness(row["conf"]),
        categories=tuple(row.get("categories", ())),
        window=window(row["window"]) if "window" in row else None,
        least=row.get("least", 0),
        first_level_only=row.get("first_level_only", False),
        cap=row.get("max"),
        bonus=row.get("bonus", False),
        service=row.get("service", False),
    )
