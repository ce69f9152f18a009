"""The one clock: no other file reads the time."""

from datetime import UTC, datetime


def clock() -> datetime:
    return datetime.now(UTC)
