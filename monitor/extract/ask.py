"""What to ask when a list shows no dates: which articles, and what their dates prove of the list.

The dates of a few entries show that a column is alive. They show that it is not only where nothing else on the list can
be newer; so each reading says how new an entry without a date could be, and who judges must allow for it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from urllib.parse import urlsplit

from monitor.extract.doubts import trust_undated
from monitor.model.reading import Entry, Hint, HintKind, Listing, Trouble, TroubleKind

MOST_ARTICLES = 3
MOST_SOURCES = 2
_SUREST = 0.95
_PERHAPS_ANOTHER = 0.8  # what may be another column's, or the whole site's, proves nothing of this one
_FEWEST = 4  # entries whose numbers fall from first to last: fewer may do so by chance
_NUMBER = re.compile(r"\d+")


def undated(read: Listing | Trouble) -> bool:
    """Whether a list was read that shows no date at all."""
    return isinstance(read, Listing) and bool(read.entries) and not any(entry.published for entry in read.entries)


def sources(read: Listing | Trouble, here: str) -> tuple[Hint, ...]:
    """The other addresses of the page's own host that may hold its list: calls before feeds."""
    hidden = isinstance(read, Trouble) and read.kind in (TroubleKind.NEEDS_SCRIPT, TroubleKind.UNREADABLE)
    if not (hidden or undated(read)):
        return ()
    hints = [hint for kind in (HintKind.DATA, HintKind.FEED) for hint in read.hints if hint.kind is kind]
    return tuple(hint for hint in hints if _host(hint.url) == _host(here))[:MOST_SOURCES]


def articles(listing: Listing, known: Mapping[str, date], here: str) -> tuple[str, ...]:
    """The articles to ask: the first of the list, without those that told their day before and those elsewhere."""
    first = (entry.url for entry in listing.entries[:MOST_ARTICLES])
    return tuple(dict.fromkeys(u for u in first if u and u not in known and _host(u) == _host(here)))


def joined(read: Listing | Trouble, found: Listing, hint: Hint, here: str, *, today: date) -> Listing:
    """What another source adds to the page: its whole list where the page showed none, else dates for its entries.

    A page without a list cannot show that a source is its own. The only call of its scripts is believed, and a feed in
    its folder; of several calls each may fill a box at the side.
    """
    method = f"html+{found.method}"
    if isinstance(read, Listing):
        days = {entry.url: entry.published for entry in found.entries if entry.url and entry.published}
        return with_days(read, days, method=method, today=today)
    sure = min(found.confidence, _SUREST)
    own = _is_only_call(read, hint) if hint.kind is HintKind.DATA else _below(hint.url, here)
    sure = sure if own else min(sure, _PERHAPS_ANOTHER)
    return replace(found, method=method, confidence=sure, blank=False)


def _is_only_call(read: Trouble, hint: Hint) -> bool:
    return [h for h in read.hints if h.kind is HintKind.DATA] == [hint]


def with_days(listing: Listing, days: Mapping[str, date], *, method: str, today: date) -> Listing:
    """The list with the days that were told of some of its entries, and how new the others could be."""
    told = {entry.url: day for entry in listing.entries if entry.url and (day := days.get(entry.url))}
    if not told or (len(told) > 1 and set(told.values()) == {today}):
        return listing  # pages that all say "today" tell the day of reading
    entries = tuple(replace(e, published=told.get(e.url)) if e.url else e for e in listing.entries)
    sure = listing.confidence
    if len(told) >= min(2, len(entries)):  # what is published on a day is an article, and its list no menu
        sure = max(sure, round(min(_SUREST, sure / trust_undated([e.url for e in entries])), 3))
    until = _latest_of_the_rest(entries, today)
    return replace(listing, entries=entries, method=method, confidence=sure, undated_until=until)


def _latest_of_the_rest(entries: Sequence[Entry], today: date) -> date | None:
    """The latest day on which an entry without a date can have been published; None where all have one."""
    if all(entry.published for entry in entries):
        return None
    first = [entry.published for entry in entries[: _leading(entries)] if entry.published]
    falling = len(first) > 1 and all(a >= b for a, b in pairwise(first))
    later = any(entry.published for entry in entries[len(first) :])
    return first[-1] if falling and not later and newest_first(entries) else today


def _leading(entries: Sequence[Entry]) -> int:
    return next((i for i, entry in enumerate(entries) if not entry.published), len(entries))


def newest_first(entries: Iterable[Entry]) -> bool:
    """Whether the running numbers in the addresses, all made alike, fall from the first entry to the last."""
    urls = [entry.url or "" for entry in entries]
    shapes = {_NUMBER.sub("0", url) for url in urls}
    numbers = [int(found[-1][:18]) for url in urls if (found := _NUMBER.findall(url))]
    falling = all(a > b for a, b in pairwise(numbers))
    return len(urls) >= _FEWEST and len(shapes) == 1 and len(numbers) == len(urls) and falling


def _host(url: str) -> tuple[str | None, int | None] | None:
    try:
        parts = urlsplit(url)
        return parts.hostname, parts.port
    except ValueError:
        return None


def _below(url: str, here: str) -> bool:
    """Whether an address lies in the page's own folder, and that is not the whole site."""
    folder = urlsplit(here).path.rpartition("/")[0]
    return len(folder) > 1 and urlsplit(url).path.startswith(folder + "/")
