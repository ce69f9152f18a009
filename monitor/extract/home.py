"""Reads a home page: all its lists, each with its heading and its "more" link."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from unicodedata import east_asian_width
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from monitor.extract.address import resolve
from monitor.extract.boxes import boxes, is_furniture
from monitor.extract.calls import data_calls, feeds
from monitor.extract.captions import captions
from monitor.extract.contest import read_records
from monitor.extract.decode import decode
from monitor.extract.doubts import confidence, like_articles
from monitor.extract.frames import frames
from monitor.extract.html import entries_of
from monitor.extract.nolist import no_list
from monitor.extract.rank import Reading
from monitor.extract.seen import Seen, see
from monitor.extract.tree import Tree, shallow
from monitor.model.reading import Entry, Home, Listing, Page, Trouble, TroubleKind

_DATED = 0.5  # the least share of dated records
_MOST = 0.5
_WORTH = 0.3  # the least quality of the titles of a dated list, and the least confidence
_SHORT, _LONG, _LONGER = 9, 14, 24  # half widths of titles at the mean: dated, like articles, alone
_SISTERS = 3  # levels between a record and the box that is its list's sister
_FEW_LINKS = 4  # a page that only leads on has at least so many links


def read_home(page: Page, *, today: date) -> Home | Trouble:
    """All lists of a home page in its order, or why none can be read. Raises nothing for what the page holds.

    An entry may stand in several lists; `each_once` tells it by its address.
    """
    text = decode(page)
    parser = LexborHTMLParser(shallow(text))
    seen = see(page, parser, today, scripted="onclick" in text)
    readings = [read_records(seen, box) for box in boxes(seen.tree, seen.links)]
    lists = [reading for reading in readings if _is_list(seen, reading)]
    listings = tuple(_unlike(_listings(seen, lists)))
    framed = frames(parser, seen.base)
    if listings:
        return Home(listings=listings, title=seen.title, hints=framed)
    found = no_list(seen.tree, seen.title, text)
    if isinstance(found, Trouble) and found.kind is not TroubleKind.UNREADABLE:
        hints = feeds(parser, seen.base) + data_calls(parser, text, seen.base)
        return Trouble(kind=found.kind, detail=found.detail, hints=hints)
    if framed:  # a menu around frames is no page that only leads on
        what = "a home page whose lists, if it has any, stand in frames; frames are not read"
        return Trouble(kind=TroubleKind.UNREADABLE, detail=what, hints=framed)
    if isinstance(found, Trouble) and _leads_on(seen, page):
        return Home(listings=(), navigation=True, title=seen.title)
    return Trouble(kind=TroubleKind.UNREADABLE, detail="a home page without lists and without a menu")


def new_entries(listings: Sequence[Listing], *, today: date, span: timedelta = timedelta(weeks=2)) -> int:
    """How many entries were published within the span that ends today, each counted once."""
    days = (entry.published for entry in each_once(listings))
    return sum(1 for day in days if day and today - span < day <= today)


def each_once(listings: Sequence[Listing]) -> tuple[Entry, ...]:
    """The entries of several lists, each once: by its address, or its title where it has none; dated if it is once."""
    found: dict[str, Entry] = {}
    for entry in (entry for listing in listings for entry in listing.entries):
        name = entry.url or entry.title
        known = found.get(name)
        if known is None or (known.published is None and entry.published):
            found[name] = entry
    return tuple(found.values())


def _listings(seen: Seen, lists: Sequence[Reading]) -> Iterator[Listing]:
    """The lists with their captions; boxes side by side under one caption are one list."""
    over = captions(seen.tree, seen.base, [reading.candidate.records for reading in lists])
    last: Listing | None = None
    for i, (reading, caption) in enumerate(zip(lists, over, strict=True)):
        entries = entries_of(seen, reading)
        sure = round(confidence([reading]), 3)
        if last and caption.shared and _side_by_side(seen.tree, lists[i - 1], reading):
            last = replace(last, entries=last.entries + entries, confidence=min(last.confidence, sure))
            continue
        if last:
            yield last
        last = Listing(entries=entries, method="html", confidence=sure, heading=caption.heading, more=caption.more)
    if last:
        yield last


def _side_by_side(tree: Tree, one: Reading, other: Reading) -> bool:
    """Whether two lists stand in boxes that are sisters, alike in tag and in showing dates."""
    left, right = one.candidate.records[0], other.candidate.records[0]
    for _ in range(_SISTERS):
        left, right = tree.parent[left], tree.parent[right]
        if min(left, right) < 0 or tree.tag[left] != tree.tag[right]:
            return False
        if tree.parent[left] == tree.parent[right]:
            return (one.slot is None) == (other.slot is None)
    return False


def _unlike(listings: Iterator[Listing]) -> Iterator[Listing]:
    """Without the second copy of a list that is made once for wide screens and once for narrow ones."""
    known: set[frozenset[str]] = set()
    for listing in listings:
        names = frozenset(entry.url or entry.title for entry in listing.entries)
        if names and names not in known:
            known.add(names)
            yield listing


def _is_list(seen: Seen, reading: Reading) -> bool:
    """Whether records are entries, and no menu or row of friends: dated, or titled and addressed as articles are."""
    records, titles = reading.candidate.records, reading.titles
    if is_furniture(seen.tree, records[0]) or titles.distinct < 0.6:
        return False
    width = sum(map(_width, titles.titles)) / len(records)
    if reading.slot and reading.slot.coverage >= _DATED:
        return titles.quality > _WORTH and width >= _SHORT and confidence([reading]) > _WORTH
    return len(records) > 2 and (width >= _LONGER or (width >= _LONG and _like_own_articles(seen, reading)))


def _like_own_articles(seen: Seen, reading: Reading) -> bool:
    """Whether most addresses lie on the page's own host, and look like articles'."""
    hrefs = reading.titles.hrefs
    return like_articles(reading) >= _MOST and sum(1 for href in hrefs if _is_own(seen, href)) >= _MOST * len(hrefs)


def _width(text: str) -> int:
    """In half widths, so that a Chinese title counts as much as an English one that says the same."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text[:200])


def _is_own(seen: Seen, href: str | None) -> bool:
    """Whether an address lies on the page's own host."""
    try:
        return urlsplit(resolve(seen.base, href) or "").hostname == urlsplit(seen.base).hostname
    except ValueError:
        return False


def _leads_on(seen: Seen, page: Page) -> bool:
    """Whether the page has a menu of pages of its own host."""
    found = {resolve(seen.base, link.href) for link in seen.links if link.href and _is_own(seen, link.href)}
    return len(found - {page.final_url, None}) >= _FEW_LINKS
