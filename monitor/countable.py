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
    unseen_by: date | None = None  # the latest day at which others may have come that no look saw


def weigh(seen: Sequence[Entry], known: Sequence[KnownEntry], *, now: date, least: int = 2) -> Dates:
    """Sort out the dates of the present reading and of formerly seen entries; their order does not matter.

    Where the `least` entries that are asked for are one, it is not told how many texts a title and a day are.
    """
    limit = shift(now, _AHEAD)
    barred = _barred(known)
    false = {(name, k.entry.published) for k in known if k.forged for name in _names(k.entry)}
    entries = [*seen, *[k.entry for k in known if k.readings >= _READINGS]]
    years = _Years(known, now) if any(entry.year_inferred for entry in entries) else None
    sure: dict[_Text, str | None] = {}  # each text with an address of it
    moved: dict[_Text, set[str | None]] = defaultdict(set)  # the addresses of those that have several
    ahead: set[date] = set()
    guessed: set[date] = set()
    for entry in entries:
        day, url = entry.published, entry.url
        if day is None or (false and ((url, day) in false or (entry.title, day) in false)):
            continue
        is_sure = True
        if years is not None and entry.year_inferred:
            day, is_sure = years.settle(entry, day)
        if day > limit or (barred and ((url, day) in barred or (entry.title, day) in barred)):
            ahead.add(day)
        elif not is_sure:
            guessed.add(day)
        elif (first := sure.setdefault(text := (day, entry.title or url), url)) != url:
            moved[text] |= {first, url}
    days = [day for day, _ in sure]
    if moved and least > 1:
        days += _more(moved, seen, known)
    return Dates(sure=tuple(sorted(days, reverse=True)), ahead=tuple(ahead), guessed=tuple(guessed))


def pushed_off(seen: Sequence[Entry], known: Sequence[KnownEntry]) -> date | None:
    """The latest day at which texts may have come that no look saw; None where all that came was seen.

    A look that finds nothing on the list that was known before cannot tell what others have pushed off since: at a
    burst of texts on a short list, or at the first look. They are no newer than the oldest that it found.
    """
    dated = [(e.url or e.title, e.published) for e in seen if e.published and not e.pinned]
    of_known = {(k.entry.url or k.entry.title, k.entry.published) for k in known}
    looks: dict[date | None, list[date]] = defaultdict(list)
    looks[None] = [day for name, day in dated if (name, day) not in of_known]
    for k in known:
        if k.entry.published and not k.entry.pinned:
            looks[k.first_seen].append(k.entry.published)
    return max((min(days) for days in looks.values() if days and len(days) >= len(dated)), default=None)


def _more(moved: dict[_Text, set[str | None]], seen: Sequence[Entry], known: Sequence[KnownEntry]) -> list[date]:
    """The days of texts of one title and day, beyond one of each.

    A text that has another folder after a redesign is still one. Those in one folder (公示 come in series) are several,
    and so are those that one look saw at once: in doubt an officer is not blamed for having published too few.
    """
    together = _together(seen, known)
    numbers = [(text, max(*Counter(map(_folder, urls)).values(), together[text])) for text, urls in moved.items()]
    return [text[0] for text, number in numbers for _ in range(1, min(number, len(moved[text])))]


def _folder(url: str | None) -> str:
    return (url or "").rpartition("/")[0]


def _together(seen: Sequence[Entry], known: Sequence[KnownEntry]) -> dict[_Text, int]:
    """How many entries of each text, where it is not one, the present look or the first look at them saw at once."""
    sightings: set[tuple[date | None, date | None, str | None, str | None]]
    sightings = {(None, e.published, e.title or e.url, e.url) for e in seen}
    sightings |= {(k.first_seen, (e := k.entry).published, e.title or e.url, e.url) for k in known}
    most: dict[_Text, int] = defaultdict(lambda: 1)
    for (_, day, title), count in Counter([sighting[:3] for sighting in sightings]).items():
        if count > 1 and day is not None:
            most[day, title] = max(most[day, title], count)
    return most


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
        return day, self._first_read < appeared and shift(appeared, -_LAG) <= day <= shift(appeared, _AHEAD)


def _shown(entry: Entry, day: date) -> list[_Shown]:
    return [(name, day.month, day.day) for name in _names(entry)]
