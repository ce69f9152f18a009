"""An accusation rests on two readings of the page, a moment apart: a page half delivered reads otherwise then."""

from monitor.model.judging import Standing, Verdict
from monitor.model.reading import Trouble, TroubleKind


def differing(first: Verdict, second: Verdict) -> Trouble | None:
    """Why the second of two readings does not bear out what the first accuses of; None where it does, or saw nothing.

    Which of two different lists is the column's cannot be told: a copy that lags behind, a text that came that moment.
    """
    if second.standing is Standing.UNKNOWN or (second.standing.accuses and second.newest == first.newest):
        return None
    return Trouble(kind=TroubleKind.UNREADABLE, detail="read twice, the page showed different lists")
