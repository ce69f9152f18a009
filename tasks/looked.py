"""What a look found, ready to be recorded; what it does to the column's finding, and how long it stands by itself."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from monitor.edge.origins import host_of
from monitor.edge.store.claims import Claim
from monitor.edge.store.learnt import HowRead
from monitor.edge.store.looks import Look
from monitor.extract import Read, Way
from monitor.lookback import begun
from monitor.model.judging import KnownEntry, Looked, Verdict
from monitor.model.reading import Page, Unchanged
from monitor.model.reminding import Finding
from monitor.observe import observe
from monitor.place import marks_of
from monitor.remind import step
from monitor.schedule import next_look
from monitor.unchanged import stands_until, unsettled
from monitor.unseen import outage_after, unseen_after
from tasks.evidence import kept_of
from tasks.honesty import signs_of
from tasks.seeing import Sight
from tasks.unchanged import answered, last_page, stays
from tasks.wiring import World

log = logging.getLogger(__name__)


def today_at(claim: Claim, now: datetime) -> date:
    """The site's local day."""
    return now.astimezone(ZoneInfo(claim.timezone)).date()


def looked(here: World, claim: Claim, sight: Sight, *, now: datetime) -> Look:
    """What a look found."""
    came, seen = sight.came, sight.seen
    calendar, today = here.calendar(claim.timezone), today_at(claim, now)
    same = isinstance(came, Unchanged) or (seen.reading is not None and seen.reading.way is Way.UNCHANGED)
    status, digest = answered(claim, came)
    page = last_page(claim, came, today=today) if isinstance(came, Page) else None
    back = None
    if seen.listing and seen.remembered:
        alone = claim.column.render is not None
        back = begun(claim.back, seen.listing, claim.known, today=today, alone=alone)
    return Look(
        claim=claim,
        at=now,
        verdict=seen.verdict,
        entries=unsettled(seen.remembered, claim.known) if same else seen.remembered,
        listed=seen.listed,
        read=seen.surely_read,
        trouble=seen.trouble,
        next_look=next_look(now, every=here.settings.look_every, trouble=seen.trouble, failures=claim.failures + 1),
        status=status,
        body_hash=digest,
        method=seen.method,
        how=_how(seen.reading) if seen.reading else HowRead(way=Way.UNCHANGED.value) if same else None,
        confidence=seen.confidence,
        marks=marks_of(sight.text) if isinstance(came, Page) and seen.remembered and not same else None,
        last_page=page,
        back=back,
        unseen=unseen_after(claim.unseen, seen.trouble, now=now, timezone=claim.timezone, calendar=calendar),
        outage=outage_after(claim.outage, seen.trouble, now=now) if claim.host == host_of(claim.home) else None,
        stays=stays(claim, seen, page or claim.last_page, back, judged_by=here.judged_by, today=today),
        day=today,
    )


def _how(reading: Read) -> HowRead:
    learnt = reading.learnt.to_json() if reading.anew and reading.learnt else None
    return HowRead(way=reading.way.value, learnt=learnt, anew=reading.anew, redesigned=reading.redesigned)


def with_signs(here: World, look: Look, sight: Sight) -> Look:
    """With the signs that dates may not be honest, and with the evidence that is kept of it."""
    claim = look.claim
    signs = signs_of(here, claim, sight.seen.remembered, today=today_at(claim, look.at))
    return replace(look, suspicions=signs, kept=kept_of(look, sight.answers, here.settings.evidence, here.secrets))


def decide(
    here: World, claim: Claim, finding: Finding | None, looks: Sequence[Looked], ever_judged: bool
) -> tuple[Finding | None, str]:
    found, reason = step(
        finding,
        looks,
        ever_judged=ever_judged,
        now=looks[-1].at,
        timezone=claim.timezone,
        calendar=here.calendar(claim.timezone),
    )
    return found, reason.value


def until(here: World, look: Look, known: Sequence[KnownEntry]) -> date | None:
    """The last day to which the verdict of a look stands by itself, if the page stays as it is."""
    stays, of, today = look.stays, look.claim.column, look.day
    if stays is None or today is None:
        return None
    calendar = here.calendar(of.duty.calendar or look.claim.timezone)

    def judged(day: date) -> Verdict:
        return observe(of, stays.listing, known, calendar, today=day).verdict

    try:
        return stands_until(look.verdict, judged, today=today, most=stays.until)
    except Exception:  # our bug costs no look: the page is read again
        log.exception("judging ahead broke on %s of %s (%s)", of.name, look.claim.site, of.url)
        return None
