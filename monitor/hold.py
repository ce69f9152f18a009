"""Whether a round's silence is the sites' or our own: when most hosts fail at once, nothing is recorded against any."""

from datetime import datetime, timedelta

LONGEST = timedelta(hours=2)  # that a round is held again and again while our own network is known to be well


def held(
    *, answered: int, silent: int, share: float, least: int, now: datetime, since: datetime | None, well: bool
) -> bool:
    """Whether to hold the silent looks of a round. `answered` and `silent` count its hosts.

    At least `least` hosts and a `share` of all must be silent. `since` is when the present run of held rounds began.
    `well`: the control addresses answer, so that after a while it must be the sites.
    """
    if silent < least or silent < share * (answered + silent):
        return False
    return not (well and since is not None and now - since >= LONGEST)
