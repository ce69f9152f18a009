"""The veto table (单项否决) of an official document, with the early-warning lines below it."""

from collections.abc import Mapping
from typing import Any

from config.fields import window
from monitor.model.policy import Sureness, Veto, VetoKind

_Row = Mapping[str, Any]

_GROUPS = {
    "fast": VetoKind.COLUMNS_FAST,
    "should_update": VetoKind.COLUMNS_SHOULD_UPDATE,
    "blank": VetoKind.COLUMNS_BLANK,
}


def vetoes_of(file: _Row, base: str) -> tuple[Veto, ...]:
    """The vetoes of a base document; none where the preset has no base."""
    if not base:
        return ()
    number = file["documents"][base]["number"]
    warnings = file["reminder"]["early_warning"]
    return tuple(_veto(id_, row, number, warnings) for id_, row in file["veto"][base].items())


def _veto(id_: str, row: _Row, number: str, warnings: _Row) -> Veto:
    kind = _kind(row)
    span = row.get("window") or row.get("observe") or row.get("unanswered_longer_than")
    return Veto(
        id=id_,
        zh=row["zh"],
        kind=kind,
        at_least=_line(kind, row),
        window=window(span) if span else None,
        source=number,
        sureness=Sureness(row["conf"]),
        warn_at=_warning(kind, warnings),
    )


def _kind(row: _Row) -> VetoKind:
    if row.get("manual"):
        return VetoKind.BY_HAND
    if "fail_ratio_at_least" in row:
        return VetoKind.UNREACHABLE
    if "unanswered_longer_than" in row:
        return VetoKind.UNANSWERED
    return _GROUPS[row["group"]] if "group" in row else VetoKind.HOME_SILENT


def _line(kind: VetoKind, row: _Row) -> float | None:
    """The line that is over when it is reached; a silent home page and what a person finds have none."""
    match kind:
        case VetoKind.UNREACHABLE:
            return float(row["fail_ratio_at_least"])
        case VetoKind.UNANSWERED:
            return float(row["messages_at_least"])
        case VetoKind.COLUMNS_FAST | VetoKind.COLUMNS_SHOULD_UPDATE | VetoKind.COLUMNS_BLANK:
            return float(row["columns_at_least"])
        case VetoKind.HOME_SILENT | VetoKind.BY_HAND:
            return None


def _warning(kind: VetoKind, warnings: _Row) -> float | None:
    """The early-warning line: a share, days of silence, or columns."""
    match kind:
        case VetoKind.UNREACHABLE:
            return float(warnings["home_fail_ratio"]["value"])
        case VetoKind.HOME_SILENT:
            return float(window(warnings["home_silent"]["value"]).count)
        case VetoKind.COLUMNS_FAST:
            return float(warnings["fast_columns_at_least"]["value"])
        case VetoKind.COLUMNS_SHOULD_UPDATE:
            return float(warnings["stale_columns_more_than"]["value"] + 1)
        case VetoKind.COLUMNS_BLANK:
            return float(warnings["blank_columns_at_least"]["value"])
        case VetoKind.UNANSWERED | VetoKind.BY_HAND:
            return None
