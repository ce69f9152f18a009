"""What was remembered of a column's entries, look by look: the rows of entries, as they once stood."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from monitor.edge.store.rows import key_of
from monitor.model.judging import KNOWN, KnownEntry
from monitor.model.reading import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An entry as its row held it after some look. `source` is the column's address at which it was last seen."""

    entry: Entry
    first_seen: datetime
    readings: int
    source: str


class Recall:
    """Goes through the looks from the first one on, and remembers as the store did."""

    def __init__(self, before: dict[str, Held]) -> None:
        """`before`: what older programs had remembered, by key."""
        self._held = before

    def look(self, entries: Sequence[Entry], source: str, moments: Sequence[datetime]) -> None:
        """Looks in a row that all read these entries. An entry listed twice is one; the last of its listings tells."""
        for key, entry in {key_of(entry): entry for entry in entries}.items():
            was = self._held.get(key)
            if was is None:
                held = Held(entry=entry, first_seen=moments[0], readings=len(moments), source=source)
            else:
                inferred = entry.year_inferred and was.entry.year_inferred
                readings = was.readings if was.source == source else 0  # what another address showed proves nothing
                held = Held(
                    entry=replace(entry, url=was.entry.url, year_inferred=inferred),
                    first_seen=was.first_seen,
                    readings=readings + len(moments),
                    source=source,
                )
            self._held[key] = held

    def look_back(self, older: dict[str, Held]) -> None:
        """What older pages added after a look; what was known already stays as it was."""
        self._held = older | self._held

    def days(self, source: str, forged: Collection[str]) -> tuple[date, ...]:
        """The days of all that was read at that address, one for each entry and day, false ones left out."""
        return tuple(
            held.entry.published
            for key, held in self._held.items()
            if held.source == source and held.entry.published and key not in forged
        )

    def known(self, source: str, timezone: str, forged: Collection[str]) -> tuple[KnownEntry, ...]:
        """What is handed out of it to a look at that address: the newest, as `Claims` gives them.

        `forged` are the keys of entries whose days were confirmed to be false.
        """
        zone = ZoneInfo(timezone)
        here = [(key, held) for key, held in self._held.items() if held.source == source]
        here.sort(key=lambda row: (-(row[1].entry.published or date.min).toordinal(), row[0]))
        return tuple(
            KnownEntry(
                entry=held.entry,
                first_seen=held.first_seen.astimezone(zone).date(),
                readings=held.readings,
                forged=key in forged,
            )
            for key, held in here[:KNOWN]
        )
