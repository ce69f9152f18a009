"""What speaks for a place of dates in the records: coverage, order, words before it, days not yet come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from monitor.extract.forms import Form, Seen
from monitor.extract.marks import Dated, is_posting, spoken_for
from monitor.extract.years import Order, resolved

_SAMPLE = 24  # dates are enough to judge by
LEAST = 2.0  # the worth of dates that are not to be believed
_PLACE = {"in": 0.0, "nth": 0.05, "after": 0.3, "before": 0.4, "above": 0.9}
_SAID, _ALONE = 0.6, 0.8  # the most that words, and standing alone, speak for dates
_GAP = 0.12  # for each text that stands between a date and its record


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSlot:
    """One date a record (None where it has none) with what speaks for it. `place`: in, nth, after, before, above."""

    place: str
    dates: tuple[Dated | None, ...]
    coverage: float
    ordered: float
    heads: frozenset[int]  # records that are only the headings of others
    missed: float  # dates of the list's box that no record holds, beside those that are held
    future: float
    newest: date | None
    worth: float
    unsettled: bool  # another date of each record would do as well, and gives another newest day


@dataclass(frozen=True, slots=True)
class Around:
    """What a page says of its dates as a whole."""

    order: Order
    today: date
    _days: dict[Seen, date | None] = field(default_factory=dict)

    def day(self, seen: Seen) -> date | None:
        """The day that a date means here, found out once: each date stands in many places that are weighed."""
        if seen not in self._days:
            self._days[seen] = resolved(seen, self.order, self.today)
        return self._days[seen]


def most_worth(share: float) -> float:
    """More than this the dates of one place cannot be worth that cover so much of the records, however they stand."""
    return 4.0 * share + _SAID + _ALONE


def weigh(
    place: str,
    filled: Mapping[int, Dated],
    total: int,
    count: int,
    spans: Sequence[tuple[int, int] | None],
    gap: float,
    header: str,
    around: Around,
    pinned: int = 0,
) -> DateSlot:
    """The dates of one place, `filled` by record, as a slot of `total` records, `count` of which could have one.

    The first `pinned` records are kept at the top whatever their days: they break no order.
    """
    days = {i: day for i, d in filled.items() if (day := around.day(d.seen))}
    known, tomorrow = list(days.values()), around.today + timedelta(days=1)
    come = [day for day in known if day <= tomorrow]
    ahead = (len(known) - len(come)) / max(1, len(known))
    coverage = len(known) / max(1, count)
    order = _ordered([day for i, day in days.items() if i >= pinned])
    worth = 3.0 * coverage + order * coverage - 3.0 * ahead - _PLACE[place] - _GAP * gap
    sample = [(d, spans[i]) for i, d in filled.items()][:_SAMPLE]
    if sample and sample[0][0].opens and is_posting(header):
        sample, header = [(_posted(d), span) for d, span in sample], ""
    worth += _words(sample, header) + _form(sample, 0.8 if place in ("in", "nth") else 1.6)
    return DateSlot(
        place=place,
        dates=tuple(filled[i] if i in days else None for i in range(total)),
        coverage=coverage,
        ordered=order,
        heads=frozenset(),
        missed=0.0,
        newest=max(come, default=None),
        future=ahead,
        worth=worth if known else -1.0,
        unsettled=False,
    )


Sample = Sequence[tuple[Dated, tuple[int, int] | None]]


def _posted(d: Dated) -> Dated:
    """The first of the days for which a notice hangs out: that of its publication."""
    return replace(d, good=1.0, bad=False, ranged=False) if d.opens else d


def _words(sample: Sample, header: str) -> float:
    """What the words before the dates, and over their column, say."""
    good, bad = spoken_for(header) if header else (0.0, False)
    good += sum(d.good for d, _ in sample) / max(1, len(sample))
    other = bad + sum(d.bad for d, _ in sample) / max(1, len(sample))
    return _SAID * min(1.0, good) - 1.6 * min(1.0, other)


def _form(sample: Sample, prose: float) -> float:
    """How the dates stand: alone or in a text (`prose` weighs this), in the title, as a span, as a bare number."""
    total = 0.0
    for d, span in sample:
        total += _ALONE * d.fill
        if d.ranged:
            total -= 1.5
        if d.fill < 0.15:
            total -= prose
        if span and d.fill < 0.9 and span[0] <= d.t < span[1]:
            total -= 1.2
        if d.seen.form is Form.MONTH or d.seen.form is Form.COMPACT:
            total -= 1.0
    return total / max(1, len(sample))


def _ordered(days: Sequence[date]) -> float:
    """The share of neighbours that keep the list's direction."""
    pairs = list(pairwise(days))
    if not pairs:
        return 0.5
    down = sum([a >= b for a, b in pairs])
    up = sum([a <= b for a, b in pairs])
    return max(down, up) / len(pairs)
