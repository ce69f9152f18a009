"""Rounds that are held: what kept us from recording anything, and since when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlPage:
    """A page that is there whenever our network is: it holds the word, or answers with 204 where none is said."""

    url: str
    word: str = ""


Control = tuple[str, int] | ControlPage  # a host and port to connect to, or a page


class HoldReason(StrEnum):
    OFFLINE = "offline"  # no control address answers
    MOST_SILENT = "most_silent"  # most hosts of a round failed at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A run of held rounds. `looks` counts what was put off, `silent` of `asked` are the hosts of the last round."""

    reason: HoldReason
    since: datetime
    last_at: datetime
    looks: int
    silent: int
    asked: int
