"""Signs that dates may not be honest: re-dated texts, dates against addresses, backdating, bursts, dates that tick.

Each sign rests on what was read, is for a person to check, and changes no verdict. The strongest is time itself: what
we had read before the day on which it says that it was published was not published then. (D19 makes 伪造发稿日期 a
veto, docs/design/rules.md section 4. The lines below are our own.)
"""

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, pairwise
from statistics import median

from monitor.model.honesty import Sign, Suspicion
from monitor.model.judging import KnownEntry
from monitor.model.reading import Entry
from monitor.model.register import Duty
from monitor.workdays import Calendar, shift, window_end

CORRECTION = 7  # days by which a date may be mended without a word
AFRESH = 30  # days between the dates of one title under two addresses that make it an old text
AGAINST = 30  # days between an entry's date and its address's
HABIT = 3  # days by which the dates of a column usually differ from its addresses', at most
SEVERAL = 5  # entries: of a habit that is known, and of a burst
TICKS = 3  # dates of one entry, each that of the day on which it was read
LATE = 14  # days after its date that an entry may appear
TELLING = 12  # signs of a title, a Chinese one counting as one and a Latin as half, that make it a text's own
BEFORE, AFTER = 14, 7  # days around an inspection

AddressDay = Callable[[str | None], date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sighting:
    """An entry with its day, and the local day on which it was first read so.

    `sure`: it was read twice, or is listed now. What was read once and came no more may have been misread.
    """

    entry: Entry
    day: date
    first_seen: date
    sure: bool


def suspicions(
    known: Sequence[KnownEntry],
    seen: Sequence[Entry],
    duty: Duty,
    calendar: Calendar,
    *,
    now: date,
    address_day: AddressDay,
    read_on: Sequence[date] = (),
    inspections: Sequence[date] = (),
) -> tuple[Suspicion, ...]:
    """The signs that a column's history shows on `now`, the latest first; the order of what is given does not matter.

    `seen` is the present reading. `address_day` tells the day that an address holds. `read_on` are the local days on
    which the list was surely read, `inspections` those of inspections. Days that were guessed or lay ahead say nothing.
    """
    sightings = list(_sightings(known, seen, now))
    found = [
        *_redated(sightings),
        *_moved(sightings),
        *_against_addresses(sightings, address_day),
        *_backdated(sightings, duty, calendar, sorted(set(read_on))),
        *_bursts(sightings, duty, calendar, inspections),
    ]
    return tuple(sorted(found, key=lambda s: (-s.noticed.toordinal(), s.sign, s.known)))


def _sightings(known: Sequence[KnownEntry], seen: Sequence[Entry], now: date) -> Iterator[_Sighting]:
    read = {_shown(k.entry) for k in known}
    listed = {_shown(entry) for entry in seen}
    events = {(k.entry.title, k.entry.published) for k in known if _is_ahead(k.entry, k.first_seen)}
    old = [(k.entry, k.first_seen, k.readings > 1 or _shown(k.entry) in listed) for k in known]
    new = [(entry, now, True) for entry in seen if _shown(entry) not in read]
    for entry, first, sure in (*old, *new):
        if entry.published is None or entry.year_inferred or _is_ahead(entry, first):
            continue
        if (entry.title, entry.published) not in events:  # an event stays one when its page has moved
            yield _Sighting(entry=entry, day=entry.published, first_seen=first, sure=sure)


def _shown(entry: Entry) -> tuple[str | None, str, date | None]:
    return entry.url, entry.title, entry.published


def _is_ahead(entry: Entry, first_seen: date) -> bool:
    return entry.published is not None and entry.published > shift(first_seen, 1)


def _suspicion(sign: Sign, found: Sequence[_Sighting], known: Iterable[date] = ()) -> Suspicion:
    entries = sorted(
        {s.entry for s in found}, key=lambda entry: (entry.published or date.min, entry.title, entry.url or "")
    )
    noticed = max(s.first_seen for s in found)
    return Suspicion(sign=sign, noticed=noticed, entries=tuple(entries), known=tuple(sorted(set(known))))


def _by_noticed(sign: Sign, found: Sequence[tuple[_Sighting, date]]) -> Iterator[Suspicion]:
    """One suspicion for all that was noticed on one day."""
    days: dict[date, list[tuple[_Sighting, date]]] = defaultdict(list)
    for sighting, older in found:
        days[sighting.first_seen].append((sighting, older))
    for together in days.values():
        yield _suspicion(sign, [s for s, _ in together], [older for _, older in together])


def _redated(sightings: Sequence[_Sighting]) -> Iterator[Suspicion]:
    """Addresses that were read before the day that they now show."""
    by_address: dict[str, list[_Sighting]] = defaultdict(list)
    for s in sightings:
        if s.entry.url:
            by_address[s.entry.url].append(s)
    redated: list[tuple[_Sighting, date]] = []
    ticking: list[tuple[_Sighting, date]] = []
    for same in by_address.values():
        first, last = _first_and_last(same)
        if last.day - first.day >= timedelta(days=TICKS - 1) and _ticks(same):
            ticking.append((last, first.day))
        elif _was_read_before(first, last, CORRECTION):
            redated.append((last, first.day))
    yield from _by_noticed(Sign.REDATED, redated)
    yield from _by_noticed(Sign.TICKING, ticking)


def _first_and_last(same: Sequence[_Sighting]) -> tuple[_Sighting, _Sighting]:
    """The first sighting of a text, and the one that shows its newest day."""
    first = min(same, key=lambda s: (s.first_seen, s.day))
    return first, max(same, key=lambda s: (s.day, s.first_seen))


def _was_read_before(first: _Sighting, last: _Sighting, apart: int) -> bool:
    return last.day > shift(first.first_seen, 1) and last.day >= shift(first.day, apart)


def _ticks(same: Sequence[_Sighting]) -> bool:
    """Whether the entry shows, reading after reading, the day of the reading."""
    days = {s.day for s in same if abs((s.first_seen - s.day).days) <= 1}
    return len(days) >= TICKS and len(days) == len({s.day for s in same})


def _moved(sightings: Sequence[_Sighting]) -> Iterator[Suspicion]:
    """Titles that were read under another address, before the day that they now show. Titles that recur say nothing."""
    by_title: dict[str, list[_Sighting]] = defaultdict(list)
    for s in sightings:
        if _weight(title := _plain(s.entry.title)) >= TELLING:
            by_title[title].append(s)
    twice = [same for same in by_title.values() if len({s.entry.url for s in same}) > 1]
    found: list[tuple[_Sighting, date]] = []
    for same in twice:
        first, last = _first_and_last(same)
        told = first.entry.url != last.entry.url and _was_read_before(first, last, AFRESH)
        if told and len({s.day for s in same}) == 2:
            found.append((last, first.day))
    yield from _by_noticed(Sign.NEW_ADDRESS, found)


def _plain(title: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", title).casefold() if c.isalnum())


def _weight(title: str) -> float:
    return sum(1.0 if c > "\u2e7f" else 0.5 for c in title)


def _against_addresses(sightings: Sequence[_Sighting], address_day: AddressDay) -> Iterator[Suspicion]:
    """Days long after those in their addresses, in a column whose addresses usually tell the day of publication."""
    told = [(s, held) for s in sightings if (held := address_day(s.entry.url)) is not None]
    lags = [abs((s.day - held).days) for s, held in told]
    if len(lags) < SEVERAL or median(lags) > HABIT:
        return
    yield from _by_noticed(Sign.AGAINST_ADDRESS, [(s, held) for s, held in told if s.day >= shift(held, AGAINST)])


def _backdated(
    sightings: Sequence[_Sighting], duty: Duty, calendar: Calendar, read_on: Sequence[date]
) -> Iterator[Suspicion]:
    """Entries that fill a silence after it was seen: the list was read since their day and showed nothing so new."""
    if duty.window is None:
        return
    newest = _Newest([s for s in sightings if s.sure])
    found: list[tuple[_Sighting, date]] = []
    for s in sightings:
        if s.first_seen <= shift(s.day, LATE):
            continue
        read_last = bisect_left(read_on, s.first_seen) - 1
        was_read = read_last >= 0 and read_on[read_last] > shift(s.day, 1)
        before = newest.known_on(read_on[read_last]) if was_read else None
        if before and before < s.day and window_end(before, duty.window, calendar) < s.first_seen:
            found.append((s, before))
    yield from _by_noticed(Sign.BACKDATED, found)


class _Newest:
    """The newest day that was known of a column on a day."""

    def __init__(self, sightings: Sequence[_Sighting]) -> None:
        order = sorted((s.first_seen, s.day) for s in sightings)
        self._firsts = [first for first, _ in order]
        self._newest = list(accumulate((shown for _, shown in order), max))

    def known_on(self, day: date) -> date | None:
        place = bisect_right(self._firsts, day)
        return self._newest[place - 1] if place else None


def _bursts(
    sightings: Sequence[_Sighting], duty: Duty, calendar: Calendar, inspections: Sequence[date]
) -> Iterator[Suspicion]:
    """Many entries of one day, after a silence longer than the window (突击更新).

    What is kept at the top says nothing of a silence: what lay between may stand on a page that was never read.
    """
    if duty.window is None:
        return
    listed = [s for s in sightings if s.sure and not s.entry.pinned]
    counted = Counter(day for _, day in {(s.entry.url or s.entry.title, s.day) for s in listed})
    days = sorted(counted)
    for before, day in pairwise(days):
        if counted[day] < SEVERAL or window_end(before, duty.window, calendar) >= day:
            continue
        near = any(shift(day, -AFTER) <= inspected <= shift(day, BEFORE) for inspected in inspections)
        sign = Sign.BURST_BEFORE_INSPECTION if near else Sign.BURST
        yield _suspicion(sign, [s for s in sightings if s.day == day], [before])
