"""How a verdict came about, and what would change it: the words of `lanmu explain`."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """Entries that make a column in time once one look has seen them: so many, dated this day or later."""

    entries: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """`start` is the day from which the deadline was counted; None where that cannot be told.

    `holidays` are free weekdays and `made_up` make-up days (调休) between the two, where working days were counted.
    `provisional` are years that the calendar does not know yet. `late_from` is the first day on which a column that is
    in time is late without another entry; `mend` is for one that is not in time.
    """

    start: date | None = None
    holidays: tuple[date, ...] = ()
    made_up: tuple[date, ...] = ()
    provisional: tuple[int, ...] = ()
    late_from: date | None = None
    mend: Mend | None = None
