"""Signs that a date may not be honest. Each is to be checked by a person; until one confirms it, no verdict changes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from monitor.model.reading import Entry


class Sign(StrEnum):
    """What was noticed (D19 makes 伪造发稿日期 a veto; these detectors are ours, docs/design/rules.md section 4)."""

    REDATED = "redated"  # 旧稿新发: we had read it before the day on which it now says that it was published
    AGAINST_ADDRESS = "against_address"  # the date stands against the one in the entry's own address
    NEW_ADDRESS = "new_address"  # a known text under a new address, with a new date
    BURST = "burst"  # 突击更新: many entries on one day, after a silence longer than the window
    BURST_BEFORE_INSPECTION = "burst_before_inspection"
    TICKING = "ticking"  # the same entries carry a newer date each day
    BACKDATED = "backdated"  # it appeared with a day on which the list, read since, did not show it

    @property
    def falsifies(self) -> bool:
        """Whether its entries bear a false day, once a person has confirmed it; a burst is late, not false."""
        return self not in (Sign.BURST, Sign.BURST_BEFORE_INSPECTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """A sign and its evidence: the entries as they are shown, and the older days that speak against them."""

    sign: Sign
    noticed: date  # the local day on which it was first to be seen
    entries: tuple[Entry, ...]
    known: tuple[date, ...] = ()
