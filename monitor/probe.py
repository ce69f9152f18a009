"""What a visit to a home page proves: it opened, it failed, or we cannot tell since we ourselves were turned away."""

from datetime import datetime, timedelta
from enum import StrEnum

from monitor.model.reading import Trouble, TroubleKind

DAY = timedelta(days=1)


class Opened(StrEnum):
    YES = "yes"
    NO = "no"
    UNTOLD = "untold"  # counts neither way


# An inspector with a browser would see the same: nobody there, nothing within 15 s, or a server that fails.
_NO = frozenset({TroubleKind.DNS, TroubleKind.CONNECT, TroubleKind.TIMEOUT, TroubleKind.SERVER_ERROR, TroubleKind.GONE})
_YES = frozenset({TroubleKind.TOO_LARGE, TroubleKind.LOGIN})


def opened(trouble: Trouble | None) -> Opened:
    """Whether the home page opened. A firewall, a certificate or a robots.txt that stops us may stop nobody else."""
    if trouble is None or trouble.kind in _YES:
        return Opened.YES
    return Opened.NO if trouble.kind in _NO else Opened.UNTOLD


def next_probe(now: datetime, *, a_day: int) -> datetime:
    """The moment of the next one: evenly spaced over the day."""
    return now + DAY / a_day
