"""The truth about the sample's columns, as a person wrote it down: what every reading and judging is held against."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sample.municipality import read_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is true of a column after the second morning; the words of standing, why and trouble are the product's.

    `mailed`: the digest of the second morning to its officer names it.
    """

    site: str
    column: str
    standing: str
    newest: date | None
    deadline: date | None
    days_over: int
    why: str
    trouble: str | None
    mailed: bool


def truths(today: date) -> tuple[Truth, ...]:
    """The truth for a first morning `today`, in the order of the municipality; exact on 2026-03-18."""
    sites = read_yaml("truth.yaml").items()
    return tuple(_truth(site, column, row, today) for site, columns in sites for column, row in columns.items())


def _truth(site: str, column: str, row: dict[str, Any], today: date) -> Truth:
    newest, deadline = row["newest"], row["deadline"]
    return Truth(
        site=site,
        column=column,
        standing=row["standing"],
        newest=None if newest is None else today - timedelta(days=newest),
        deadline=None if deadline is None else today + timedelta(days=deadline),
        days_over=row.get("days_over", 0),
        why=row["why"],
        trouble=row.get("trouble"),
        mailed=row.get("mailed", False),
    )
