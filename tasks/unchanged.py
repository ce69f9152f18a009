"""What stands of a column's last page before it is asked for again, and what is kept for the looks to come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from monitor.edge.answers import NOT_MODIFIED
from monitor.edge.store.claims import Claim
from monitor.edge.store.glances import Glance
from monitor.edge.validators import validators_of
from monitor.extract import unchanged
from monitor.extract.learnt import from_json
from monitor.model.reading import Page, Trouble, Unchanged, Validators
from monitor.model.watching import LastPage, LookBack, Stays
from monitor.observe import Observation, observe
from monitor.unchanged import after, condition, may_stand, terms_of, whole_until
from monitor.workdays import Calendar, shift


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """What today's look finds if the page is as it was, and by what it may be asked for on that condition."""

    seen: Observation
    known: Validators


def stands(claim: Claim, calendar: Calendar, *, today: date) -> Stands | None:
    """What stands unless the page has changed; None where it must come whole."""
    last = claim.last_page
    if last is None or last.lied or claim.column.recipe:
        return None
    learnt = from_json(claim.learnt)
    listing = unchanged(learnt, today=today)
    if learnt is None or listing is None or learnt.url != last.validators.url:
        return None
    seen = observe(claim.column, listing, claim.known, calendar, today=today)
    hidden = seen.trouble is not None or not seen.remembered
    known = condition(last, seen.verdict, whole=learnt.whole, terms=terms(claim), today=today, hidden=hidden)
    return Stands(seen=seen, known=known) if known else None


def answered(claim: Claim, came: Page | Unchanged | Trouble) -> tuple[int | None, str | None]:
    """The status of the answer, and the digest of the page that the look saw, or that stands."""
    match came:
        case Page():
            return came.status, came.digest
        case Unchanged():
            return NOT_MODIFIED, claim.last_page.digest if claim.last_page else None
        case Trouble():
            return None, None


def last_page(claim: Claim, page: Page, *, today: date) -> LastPage | None:
    """What is kept of a page that came whole, where it is not kept so already."""
    if page.status != 200:
        return None
    kept = after(claim.last_page, page, validators_of(page), terms=terms(claim), today=today)
    return kept if kept != claim.last_page else None


def stays(
    claim: Claim, seen: Observation, last: LastPage | None, back: LookBack | None, *, judged_by: str, today: date
) -> Stays | None:
    """What the next looks need not read again, if the page stays; `last` and `back` are as this look left them.

    None where it must come whole, where older pages are yet to be read, or where an officer is warned or blamed.
    """
    if last is None or last.lied or last.terms != terms(claim) or back is None or back.next_url:
        return None
    if claim.column.recipe or claim.column.render or seen.trouble or not seen.remembered or not may_stand(seen.verdict):
        return None
    learnt = seen.reading.learnt if seen.reading else from_json(claim.learnt)
    if learnt is None or (learnt.url, learnt.whole) != (last.validators.url, last.digest):
        return None
    if (listing := unchanged(learnt, today=today)) != seen.listing or listing is None:
        return None
    days = takewhile(lambda day: unchanged(learnt, today=day), _days(today, whole_until(last)))
    until = max(days, default=None)
    if until is None:
        return None
    return Stays(listing=listing, content_type=learnt.content_type, until=until, judged_by=judged_by)


def _days(start: date, end: date) -> Iterator[date]:
    return (shift(start, n) for n in range((end - start).days + 1))


def same_status(glance: Glance, came: Page | Unchanged | Trouble) -> int | None:
    """The status of an answer that says, or is, the page that stands; None where it must be looked at."""
    match came:
        case Unchanged():
            return NOT_MODIFIED
        case Trouble():
            return None
        case Page():
            kind = came.headers.get("content-type", "")
            same = (came.digest, kind, came.status) == (glance.digest, glance.content_type, 200)
            return came.status if same and validators_of(came) == glance.known else None


def terms(claim: Claim) -> str:
    return terms_of(claim.column.url, claim.home, claim.site_code)
