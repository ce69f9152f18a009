"""When a page may be asked for only if it has changed, and what stands where it has not: it acquits, never accuses."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from hashlib import sha256

from monitor.model.judging import KnownEntry, Standing, Verdict
from monitor.model.reading import Entry, Page, Validators
from monitor.model.watching import LastPage
from monitor.workdays import shift

WHOLE = timedelta(days=7)  # a page comes whole at least so often: a broken cache would answer 304 for ever
_AGREED = 2  # readings that gave an entry the same date; more of them prove no more (docs/design/judging.md)


def condition(
    last: LastPage | None, stands: Verdict, *, whole: str, terms: str, today: date, hidden: bool = False
) -> Validators | None:
    """By what a column's page may be asked for only if it has changed; None where it must come whole.

    `stands` is the verdict of today if the page is as it was, `whole` the digest of the page that it was judged by.
    `hidden`: something hid its list, or it was not read surely.
    """
    if last is None or last.lied or hidden or not may_stand(stands):
        return None
    if not (last.validators.etag or last.validators.modified):
        return None
    if last.digest != whole or last.terms != terms:
        return None
    return last.validators if timedelta(0) <= today - last.day < WHOLE else None


def may_stand(verdict: Verdict) -> bool:
    """Whether a verdict may rest on a server's word that nothing has changed.

    A stale 304 hides an entry that was published meanwhile: whoever is blamed or warned is owed the page itself.
    """
    match verdict.standing:
        case Standing.FRESH | Standing.NOT_CONFIGURED | Standing.EXEMPT:
            return True
        case Standing.DUE_SOON | Standing.OVERDUE | Standing.STALE | Standing.BLANK | Standing.UNKNOWN:
            return False


def whole_until(last: LastPage) -> date:
    """The last day on which the page need not come whole."""
    return shift(last.day, WHOLE.days - 1)


def stands_until(verdict: Verdict, judged: Callable[[date], Verdict], *, today: date, most: date) -> date | None:
    """The last day, `most` at the latest, up to which today's verdict stands if the page stays; None: not at all.

    `judged` gives a day's verdict by what the next look will know. Each day is judged: that a verdict is the same on
    two days says nothing of those between them.
    """
    if not may_stand(verdict) or judged(today) != verdict:
        return None
    day = today
    while day < most and judged(shift(day, 1)) == verdict:
        day = shift(day, 1)
    return day


def after(last: LastPage | None, page: Page, validators: Validators, *, terms: str, today: date) -> LastPage:
    """What is kept of a page that came whole. A server whose word stayed while the page changed lied, now and ever."""
    digest = page.digest
    same_word = last is not None and _word(validators) == _word(last.validators) != (page.final_url, "")
    lied = last is not None and (last.lied or (same_word and digest != last.digest))
    return LastPage(validators=validators, digest=digest, day=today, terms=terms, lied=lied)


def _word(validators: Validators) -> tuple[str, str]:
    return validators.url, validators.etag or validators.modified


def is_known(last: LastPage | None, page: Page, *, terms: str) -> bool:
    """Whether the very page that came last has come again, and whose it is would be told by the same things."""
    return last is not None and (last.validators.url, last.terms, last.digest) == (page.final_url, terms, page.digest)


def terms_of(url: str, home: str, site_code: str | None) -> str:
    """A digest of what the register says, as far as it tells whether a page is the column's own."""
    return sha256("\n".join((url, home, site_code or "")).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def unsettled(entries: Sequence[Entry], known: Sequence[KnownEntry]) -> tuple[Entry, ...]:
    """The entries of an unchanged page whose dates have not been read twice yet; the others need no more readings."""
    settled = {(_name(k.entry), k.entry.published) for k in known if k.readings >= _AGREED}
    return tuple(entry for entry in entries if (_name(entry), entry.published) not in settled)


def _name(entry: Entry) -> str:
    return entry.url or entry.title
