"""Count columns for a line of a table: those that were not updated, those that are blank, and those that may be.

A column under a duty of its own is measured by the window of the table: neither does a stricter duty make it count, nor
a laxer one let it pass. What was not seen never counts; it is named as a doubt.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from monitor.model.inspecting import ColumnSeen, Doubt, InDoubt, SiteSeen
from monitor.model.judging import Standing, Verdict
from monitor.model.reading import TroubleKind
from monitor.model.register import Window
from monitor.workdays import china, window_end

LEAST_PROBES = 20  # 每天间隔性访问20次以上 (15-V1, 19-V2); fewer prove nothing
HOME = "home"  # the category of the home page: it is no column

# These were read with entries in them, or once had some: such a column is not blank, whatever else is unknown of it.
_HAD_ENTRIES = frozenset({TroubleKind.EMPTIED, TroubleKind.UNDATED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a line asks of the columns of one category."""

    window: Window
    first_level_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The columns that count and those that could, by name."""

    columns: tuple[str, ...] = ()
    doubts: tuple[InDoubt, ...] = ()


# Whether a column counts, or why it only may.
Sign = bool | Doubt


def late(columns: Iterable[ColumnSeen], asked: Mapping[str, Asked], *, now: date) -> Tally:
    """The columns of these categories without an entry in their window. Blank ones are counted as blank alone."""
    return tally((c for c in columns if c.category in asked), lambda c: _is_late(c, asked[c.category], now))


def blank(columns: Iterable[ColumnSeen]) -> Tally:
    """The columns that never had an entry (空白栏目)."""
    return tally((c for c in columns if c.category != HOME), _is_blank)


def tally(columns: Iterable[ColumnSeen], sign: Callable[[ColumnSeen], Sign]) -> Tally:
    signs = sorted(((column.name, sign(column)) for column in columns), key=lambda one: one[0])
    return Tally(
        columns=tuple(name for name, counts in signs if counts is True),
        doubts=tuple(InDoubt(column=name, doubt=why) for name, why in signs if isinstance(why, Doubt)),
    )


def within(day: date, window: Window, *, now: date) -> bool:
    """Whether an entry of that day lies in the window that ends now: one of 1 March in two weeks, through 15 March."""
    return now <= window_end(day, window, china())


def silent(column: ColumnSeen, window: Window, *, now: date) -> Sign:
    """Whether the column has had no entry within the window. A blank one is counted elsewhere (19-D4)."""
    verdict, own = column.verdict, column.duty is not None and column.duty.window != window
    match verdict.standing:
        case Standing.EXEMPT | Standing.BLANK:
            return False
        case Standing.UNKNOWN:
            return Doubt.NOT_SEEN
        case Standing.NOT_CONFIGURED:
            return Doubt.NO_WINDOW
        case Standing.OVERDUE | Standing.STALE:
            return _by_newest(verdict, window, now, otherwise=True, untold=Doubt.OWN_DUTY if own else True)
        case Standing.FRESH | Standing.DUE_SOON:
            return own and _by_newest(verdict, window, now, otherwise=Doubt.OWN_DUTY, untold=Doubt.OWN_DUTY)


def _by_newest(verdict: Verdict, window: Window, now: date, *, otherwise: Sign, untold: Sign) -> Sign:
    """An entry in the window clears the column. Of one that was not accused, dates left out in doubt may be newer."""
    if verdict.newest is None:
        return untold
    return False if within(verdict.newest, window, now=now) else otherwise


def probed(site: SiteSeen) -> bool:
    """Whether each day of the week had as many visits as the tables ask for."""
    return site.least_probes >= LEAST_PROBES


def _is_late(column: ColumnSeen, asked: Asked, now: date) -> Sign:
    if asked.first_level_only and column.first_level is False:
        return False
    found = silent(column, asked.window, now=now)
    unsaid = asked.first_level_only and column.first_level is None
    return Doubt.LEVEL_UNSAID if found is True and unsaid else found


def _is_blank(column: ColumnSeen) -> Sign:
    verdict = column.verdict
    match verdict.standing:
        case Standing.BLANK:
            return True
        case Standing.UNKNOWN:
            had = verdict.trouble is not None and verdict.trouble.kind in _HAD_ENTRIES
            return False if had else Doubt.NOT_SEEN
        case Standing.NOT_CONFIGURED:
            return Doubt.NO_WINDOW
        case Standing.FRESH | Standing.DUE_SOON | Standing.OVERDUE | Standing.STALE | Standing.EXEMPT:
            return False
