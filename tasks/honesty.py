"""Signs that dates may not be honest, looked for where a look shows something new; a person decides (docs/ops.md)."""

import logging
from collections.abc import Sequence
from datetime import date, timedelta

from monitor.edge.store.claims import Claim
from monitor.extract import dated_by
from monitor.honest import suspicions
from monitor.judge import CONFIDENCE
from monitor.model.honesty import Suspicion
from monitor.model.reading import Entry
from monitor.workdays import local_day
from tasks.wiring import World

log = logging.getLogger(__name__)

BACK = timedelta(days=400)  # of readings that may speak against a backdated entry


def signs_of(here: World, claim: Claim, remembered: Sequence[Entry], *, today: date) -> tuple[Suspicion, ...]:
    """What the column's history and this reading show together. An exception is our bug, and costs no look."""
    try:
        return _signs(here, claim, remembered, today)
    except Exception:  # whatever the web has written into that history
        log.exception("looking for signs broke on %s of %s (%s)", claim.column.name, claim.site, claim.column.url)
        return ()


def _signs(here: World, claim: Claim, remembered: Sequence[Entry], today: date) -> tuple[Suspicion, ...]:
    """Nothing where the reading shows nothing new."""
    known = {(k.entry.url, k.entry.title, k.entry.published) for k in claim.known}
    if not claim.known or all((e.url, e.title, e.published) in known for e in remembered):
        return ()
    now = claim.at or here.clock()
    moments = here.store.looks.read_since(claim.id, since=now - BACK, least=CONFIDENCE)
    return suspicions(
        claim.known,
        remembered,
        claim.column.duty,
        here.calendar(claim.column.duty.calendar or claim.timezone),
        now=today,
        address_day=dated_by,
        read_on=[local_day(moment, claim.timezone) for moment in moments],
    )
