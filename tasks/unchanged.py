"""What stands of a column's last page before it is asked for again, and what is kept of the page that then comes."""

from dataclasses import dataclass
from datetime import date

from monitor.edge.answers import NOT_MODIFIED
from monitor.edge.store.claims import Claim
from monitor.edge.validators import validators_of
from monitor.extract import unchanged
from monitor.extract.learnt import from_json
from monitor.model.reading import Page, Trouble, Unchanged, Validators
from monitor.model.watching import LastPage
from monitor.observe import Observation, observe
from monitor.unchanged import after, condition, terms_of
from monitor.workdays import Calendar


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


def terms(claim: Claim) -> str:
    return terms_of(claim.column.url, claim.home, claim.site_code)
