"""How far back a column's pages are read: a year at its first look, later only to close a gap."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from monitor.model.judging import KnownEntry
from monitor.model.reading import Entry, Listing
from monitor.model.watching import LookBack
from monitor.workdays import months_later

YEAR = 12  # months
MOST_PAGES = 60  # of one column, the first included
A_LOOK = 10  # pages that follow one look


def begun(was: LookBack | None, listing: Listing, known: Sequence[KnownEntry], *, today: date) -> LookBack:
    """Where it stands after a look at the first page. `was` is None before the first look at this address."""
    if was is None:
        return _onward(LookBack(next_url=None, pages=0), listing, known, today)
    if was.next_url is not None:
        return was  # it goes on where it stood
    if known and listing.entries and not _meets(listing.entries, known):
        return _onward(LookBack(next_url=None, pages=0, to_known=True), listing, known, today)
    return was


def after(back: LookBack, listing: Listing, known: Sequence[KnownEntry], *, today: date) -> LookBack:
    """Where it stands after the page at `next_url`."""
    return _onward(back, listing, known, today)


def older(listing: Listing) -> tuple[Entry, ...]:
    """What an older page adds to the history: dated entries, whose year is not a guess from the day of reading."""
    return tuple(entry for entry in listing.entries if entry.published and not entry.year_inferred)


def _onward(back: LookBack, listing: Listing, known: Sequence[KnownEntry], today: date) -> LookBack:
    newest = max((entry.published for entry in listing.entries if entry.published), default=back.oldest)
    following = listing.next_page if listing.next_page != back.next_url else None  # the last page often names itself
    back = replace(back, pages=back.pages + 1, oldest=newest, next_url=following)
    covered = newest is not None and months_later(newest, YEAR) < today
    closed = back.to_known and _meets(listing.entries, known)
    if covered or closed or not listing.entries or back.pages >= MOST_PAGES:
        return replace(back, next_url=None)
    return back


def _meets(entries: Sequence[Entry], known: Sequence[KnownEntry]) -> bool:
    seen = {(one.entry.url or one.entry.title) for one in known}
    return any((entry.url or entry.title) in seen for entry in entries)
