"""How a column has been updated: its usual pace, its season, the windows it missed, and where the pace leads."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A window that passed without enough entries: the day after its deadline, and the last day without them."""

    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """What the entries' own dates say, over the last 12 months unless stated. Days are calendar days.

    `usual` is the median gap between publishing days and `spread` its median absolute deviation; None with fewer than
    three publishing days. `season` holds the months (1-12) in which a column of yearly rhythm publishes, empty for
    others. `covered` is the first day of which the history is complete. `breach` is the day on which, at this pace,
    the deadline is missed; None where it is not, or nothing can be said.
    """

    entries: int
    publishing_days: int
    covered: date | None
    usual: float | None
    spread: float | None
    longest: int | None
    windows: int  # that ended within the 12 months, as far as the history is complete
    missed: tuple[Missed, ...] = ()
    season: tuple[int, ...] = ()
    breach: date | None = None
