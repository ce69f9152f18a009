"""Which dates of a column count: countable entries, and those of which we cannot be sure (docs/design/judging.md)."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from monitor.model.judging import KnownEntry
from monitor.model.reading import Entry
from monitor.workdays import shift

_READINGS = 2  # an entry that is not listed now counts when two readings gave it the same date
_AHEAD = 1  # days that a date may lie ahead of the local day: clocks and zones differ, events lie further ahead
_LAG = 31  # days between an entry's date and our seeing it appear that leave no doubt about the year

_Text = tuple[date, str | None]  # the day and the title
_Shown = tuple[str, int, int]  # an address or a title, and the month and the day that stood beside it


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The dates of a column's entries. A re-dated entry (旧稿新发) has several, until a person confirms that it is one.

    `ahead` lie, or lay when first read, in the future: events or misreadings. They never count, not even when their
    day comes. `guessed` have a year that nothing but the reading day gave. Neither may keep a column in time, and
    neither may be passed over when a column is about to be accused.
    """

    sure: tuple[date, ...]  # newest first
    ahead: tuple[date, ...] = ()
    guessed: tuple[date, ...] = ()
    open_until: tuple[date, ...] = ()  # of each entry without a date, the latest day that it can have


def weigh(seen: Sequence[Entry], known: Sequence[KnownEntry], *, now: date) -> Dates:
    """Sort out the dates of the present reading and of formerly seen entries; their order does not matter."""
    limit = shift(now, _AHEAD)
    barred = _barred(known)
    false = {(name, k.entry.published) for k in known if k.forged for name in _names(k.entry)}
    entries = [*seen, *(k.entry for k in known if k.readings >= _READINGS)]
    years = _Years(known, now) if any(entry.year_inferred for entry in entries) else None
    sure: set[tuple[date, str | None, str]] = set()
    ahead: set[date] = set()
    guessed: set[date] = set()
    for entry in entries:
        day, is_sure = entry.published, True
        if day is None:
            continue
        if years is not None and entry.year_inferred:
            day, is_sure = years.settle(entry, day)
        if false and not false.isdisjoint((name, entry.published) for name in _names(entry)):
            continue
        if day > limit or (barred and not barred.isdisjoint((name, day) for name in _names(entry))):
            ahead.add(day)
        elif is_sure:
            sure.add((day, entry.url, entry.title))
        else:
            guessed.add(day)
    newest_first = sorted(_each_once(sure, seen, known), reverse=True)
    return Dates(sure=tuple(newest_first), ahead=tuple(ahead), guessed=tuple(guessed))


def _each_once(
    sure: set[tuple[date, str | None, str]], seen: Sequence[Entry], known: Sequence[KnownEntry]
) -> list[date]:
    """The days, one for each text. After a redesign a text is known by two addresses: its title and day are the same.

    Texts of one title and day are several where one look saw them so.
    """
    if len({(day, title or url) for day, url, title in sure}) == len(sure):
        return [day for day, _, _ in sure]
    addresses: dict[_Text, set[str | None]] = defaultdict(set)
    for day, url, title in sure:
        addresses[day, title or url].add(url)
    looks = [*((_text(entry), None) for entry in seen), *((_text(k.entry), k.first_seen) for k in known)]
    most: dict[_Text, int] = defaultdict(int)
    for (text, _), count in Counter(looks).items():
        if text is not None:
            most[text] = max(most[text], count)
    return [text[0] for text, urls in addresses.items() for _ in range(min(most[text] or len(urls), len(urls)))]


def _text(entry: Entry) -> _Text | None:
    return (entry.published, entry.title or entry.url) if entry.published else None


def _barred(known: Sequence[KnownEntry]) -> set[tuple[str, date]]:
    """Entries, by address and by title, with a date that lay in the future of the look that first read it."""
    return {
        (name, day)
        for k in known
        if (day := k.entry.published) is not None and day > k.first_seen and day > shift(k.first_seen, _AHEAD)
        for name in _names(k.entry)
    }


def _names(entry: Entry) -> list[str]:
    """What says that two sightings are of one entry: its address or, after a redesign, its title."""
    return [name for name in (entry.url, entry.title) if name]


class _Years:
    """The years of entries that show none, as far as our memory of the column settles them.

    A sighting that did not have to infer the year fixes it. Else the year of the first sighting stays, whatever the
    reading day says now; and it is beyond doubt when we had read the column before, did not find the entry, and then
    saw it appear within a month of its date.
    """

    def __init__(self, known: Sequence[KnownEntry], now: date) -> None:
        self._now = now
        self._first_read = min((k.first_seen for k in known), default=now)
        self._stated: dict[_Shown, date] = {}
        self._first: dict[_Shown, tuple[date, date]] = {}  # the day of the first sighting, and the date it gave
        for k in known:
            if (day := k.entry.published) is not None:
                for shown in _shown(k.entry, day):
                    if not k.entry.year_inferred:
                        self._stated[shown] = max(day, self._stated.get(shown, day))
                    self._first[shown] = min((k.first_seen, day), self._first.get(shown, (k.first_seen, day)))

    def settle(self, entry: Entry, day: date) -> tuple[date, bool]:
        """The entry's date, and whether its year is beyond doubt."""
        names = _shown(entry, day)
        stated = [self._stated[shown] for shown in names if shown in self._stated]
        if stated:
            return max(stated), True
        sightings = [self._first[shown] for shown in names if shown in self._first]
        appeared, day = min(sightings, default=(self._now, day))
        near = shift(appeared, -_LAG) <= day <= shift(appeared, _AHEAD)
        return day, near and self._first_read < appeared


def _shown(entry: Entry, day: date) -> list[_Shown]:
    return [(name, day.month, day.day) for name in _names(entry)]
