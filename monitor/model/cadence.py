"""How a column has been updated: its usual pace, its season, the windows it missed, and where the pace leads."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """Windows in a row without enough entries: the first day of the first, the last day of the last."""

    since: date
    until: date
    windows: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """What the entries' own dates say, over the last 12 months unless stated. Days are calendar days.

    `usual` is the median gap between publishing days and `spread` its median absolute deviation, over the 12 months up
    to the newest entry, or over all that is known where these hold fewer than three publishing days; None where all do.
    `longest` is the longest stretch of days without an entry, today's included. `season` holds the months (1-12) in
    which a column publishes that is silent for half of each year, from four years; empty for others. `covered` is the
    first day of which the history is complete; before it nothing is called missed. `breach` is the day on which, at
    this pace, the deadline is missed; None where it is not, already was, or nothing can be said.
    """

    entries: int
    publishing_days: int
    covered: date | None
    usual: float | None
    spread: float | None
    longest: int | None
    windows: int  # that ended within the 12 months, laid end to end back from today, as far as the history is complete
    windows_of_year: int = 0  # that ended within the 12 months, whether or not the history reaches back to them
    missed: tuple[Missed, ...] = ()  # the oldest first
    season: tuple[int, ...] = ()
    breach: date | None = None

    @property
    def missed_windows(self) -> int:
        return sum(stretch.windows for stretch in self.missed)
