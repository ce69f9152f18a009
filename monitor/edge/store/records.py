"""Between evidence and what a row holds of it: plain JSON, the same bytes each time, under a seal."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from monitor.model.evidence import Evidence, Exhibit, ExhibitKind, Ground
from monitor.model.judging import Standing, Verdict, Why
from monitor.model.reading import Entry, Trouble, TroubleKind

Record = dict[str, Any]


def record_of(evidence: Evidence, column_id: int, read: str) -> Record:
    """All but the bodies and the entries; the entries are a body of their own, of which `read` is the digest."""
    verdict = {name: value for name, value in asdict(evidence.verdict).items() if name != "trouble"}
    trouble = evidence.verdict.trouble
    return {
        "column_id": column_id,
        "at": evidence.at.isoformat(),
        "ground": evidence.ground.value,
        "verdict": verdict | {"newest": _written(verdict["newest"]), "deadline": _written(verdict["deadline"])},
        "trouble": trouble and [trouble.kind.value, trouble.detail],
        "method": evidence.method,
        "confidence": evidence.confidence,
        "read": read,
        "exhibits": [asdict(exhibit) for exhibit in evidence.exhibits],
    }


def evidence_of(record: Record, entries: Sequence[Entry]) -> Evidence:
    """Raises KeyError, TypeError or ValueError where the record is none of ours."""
    verdict, trouble = record["verdict"], record["trouble"]
    return Evidence(
        ground=Ground(record["ground"]),
        at=datetime.fromisoformat(record["at"]),
        verdict=Verdict(
            **verdict
            | {
                "standing": Standing(verdict["standing"]),
                "why": Why(verdict["why"]),
                "newest": _read(verdict["newest"]),
                "deadline": _read(verdict["deadline"]),
                "trouble": Trouble(kind=TroubleKind(trouble[0]), detail=trouble[1]) if trouble else None,
            }
        ),
        exhibits=tuple(
            Exhibit(**row | {"kind": ExhibitKind(row["kind"]), "hops": tuple(row["hops"])})
            for row in record["exhibits"]
        ),
        entries=tuple(entries),
        method=record["method"],
        confidence=record["confidence"],
    )


def entries_body(entries: Sequence[Entry]) -> bytes:
    """The entries as bytes, the same for the same list."""
    return plain([asdict(entry) | {"published": _written(entry.published)} for entry in entries])


def entries_of(body: bytes) -> list[Entry]:
    return [Entry(**row | {"published": _read(row["published"])}) for row in json.loads(body)]


def plain(value: Any) -> bytes:
    """ASCII alone: what pages write need not be text that every database takes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _read(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
