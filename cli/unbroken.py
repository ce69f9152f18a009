"""A page that our own reader breaks on is in trouble like any other: the other pages still get their answers."""

from collections.abc import Callable
from typing import TypeVar

from monitor.model.reading import Trouble, TroubleKind

Gained = TypeVar("Gained")


def unbroken(read: Callable[[], Gained]) -> Gained | Trouble:
    """What `read` gives."""
    try:
        return read()
    except Exception as error:  # noqa: BLE001 -- whatever the reader trips over
        return broken(error)


def broken(error: Exception) -> Trouble:
    return Trouble(kind=TroubleKind.UNREADABLE, detail=f"{type(error).__name__}: {error}")
