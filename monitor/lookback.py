"""How far back a column's pages are read: a year at its first look, later only to close a gap.

With it goes the day from which the history is complete: nobody is blamed for windows of which the pages were not read.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import ceil

from monitor.model.judging import KnownEntry
from monitor.model.reading import Entry, Listing
from monitor.model.watching import LookBack
from monitor.workdays import months_later

YEAR = 12  # months
MOST_PAGES = 60  # of one column, the first included
A_LOOK = 10  # pages that follow one look
TAIL = 4  # the last part of a page, one in so many: what stands on older pages is hardly newer than all of it


def begun(
    was: LookBack | None, listing: Listing, known: Sequence[KnownEntry], *, today: date, alone: bool = False
) -> LookBack:
    """Where it stands after a look at the first page. `was` is None before the first look at this address.

    `alone`: older pages are not read, as where only a browser shows the list. Then the history is complete from where
    the first page is, and no day before that is called seen.
    """
    if alone:
        listing = replace(listing, next_page=None)
        was = replace(was, next_url=None) if was else None
    since = complete_from(listing) or today  # what is published from now on will be seen
    if was is None:
        return _onward(LookBack(next_url=None, pages=0, since=since), listing, known, today)
    if was.since is None:
        was = replace(was, since=since)
    if was.next_url is not None:
        return was  # it goes on where it stood
    if known and listing.entries and not _meets(listing.entries, known):
        gap = LookBack(next_url=None, pages=0, to_known=True, since=since, before_gap=was.since)
        return _onward(gap, listing, known, today)
    return was


def after(back: LookBack, listing: Listing, known: Sequence[KnownEntry], *, today: date) -> LookBack:
    """Where it stands after the page at `next_url`."""
    return _onward(replace(back, since=complete_from(listing) or back.since), listing, known, today)


def older(listing: Listing) -> tuple[Entry, ...]:
    """What an older page adds to the history: dated entries, whose year is not a guess from the day of reading."""
    return tuple(entry for entry in listing.entries if entry.published and not entry.year_inferred)


def complete_from(listing: Listing) -> date | None:
    """The day down to which a page leaves nothing out: the newest of its last quarter, kept at the top or not in order.

    None where an entry's day is not known or was guessed: that one may be newer, and an older page's is not kept.
    """
    listed = [entry for entry in listing.entries if not entry.pinned]
    days = [entry.published for entry in listed if entry.published and not entry.year_inferred]
    if not days or len(days) < len(listed):
        return None
    return max(days[-ceil(len(days) / TAIL) :])


def _onward(back: LookBack, listing: Listing, known: Sequence[KnownEntry], today: date) -> LookBack:
    newest = max((entry.published for entry in listing.entries if entry.published), default=back.oldest)
    following = listing.next_page if listing.next_page != back.next_url else None  # the last page often names itself
    back = replace(back, pages=back.pages + 1, oldest=newest, next_url=following)
    covered = newest is not None and months_later(newest, YEAR) < today
    closed = back.to_known and _meets(listing.entries, known)
    if closed:
        back = replace(back, since=back.before_gap)
    if covered or closed or not listing.entries or back.pages >= MOST_PAGES:
        return replace(back, next_url=None)
    return back


def _meets(entries: Sequence[Entry], known: Sequence[KnownEntry]) -> bool:
    seen = {(one.entry.url or one.entry.title) for one in known}
    return any((entry.url or entry.title) in seen for entry in entries)
