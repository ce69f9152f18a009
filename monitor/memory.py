"""What is remembered of a column's entries from look to look, as the store remembers it (store/looks.py)."""

from dataclasses import replace
from datetime import date

from monitor.model.judging import KNOWN, KnownEntry
from monitor.model.reading import Entry

_SETTLED = 2  # readings with the same date; more of them prove no more

_Key = tuple[str, date | None]


class Memory:
    """One row for each entry and date. The rows of a look come together: a second one of the same key is the last."""

    __slots__ = ("_known", "_last", "_rows")

    def __init__(self) -> None:
        self._rows: dict[_Key, KnownEntry] = {}
        self._known: tuple[KnownEntry, ...] | None = ()
        self._last: tuple[tuple[Entry, ...], bool] = ((), True)  # of the last look, and whether it changed nothing

    @property
    def known(self) -> tuple[KnownEntry, ...]:
        """What a verdict may rest on: the newest ones."""
        if self._known is None:
            self._known = self.all[:KNOWN]
        return self._known

    @property
    def all(self) -> tuple[KnownEntry, ...]:
        """All that is remembered, newest first, those without a date last."""
        order = sorted(self._rows.items(), key=lambda row: (-(row[0][1] or date.min).toordinal(), row[0][0]))
        return tuple(row for _, row in order)

    def remember(self, entries: tuple[Entry, ...], day: date) -> None:
        """Take in what a look listed, on the site's local day."""
        last, settled = self._last
        if not entries or (settled and entries is last):
            return
        changes = {_key(entry): entry for entry in entries}
        changed = [self._take(key, entry, day) for key, entry in changes.items()]
        self._last = entries, not any(changed)
        if any(changed):
            self._known = None

    def _take(self, key: _Key, entry: Entry, day: date) -> bool:
        was = self._rows.get(key)
        if was is None:
            self._rows[key] = KnownEntry(entry=entry, first_seen=day, readings=1)
            return True
        if was.readings >= _SETTLED and was.entry == entry:
            return False
        sure = was.entry.year_inferred and entry.year_inferred
        entry = entry if entry.year_inferred == sure else replace(entry, year_inferred=sure)
        now = KnownEntry(entry=replace(entry, url=was.entry.url), first_seen=was.first_seen, readings=was.readings + 1)
        self._rows[key] = now
        return now.readings <= _SETTLED or now.entry != was.entry


def _key(entry: Entry) -> _Key:
    return entry.url or entry.title, entry.published
