"""Reads lists that stand as data in a page's scripts: states of applications, JSON-LD, rows handed to a table."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from monitor.extract.data import html_in
from monitor.extract.fields import LEAST, Choice, choices, listing_of
from monitor.extract.html import SURE, read_html
from monitor.extract.kin import kin_of
from monitor.extract.literal import literal
from monitor.model.reading import Entry, HintKind, Listing, Page, Trouble, TroubleKind

METHOD = "script"
_OPEN = re.compile(r"<script\b[^<>]{0,2000}>", re.IGNORECASE)
_SHUT = re.compile(r"</script", re.IGNORECASE)
# Where data could begin: an array of arrays or objects, or an object whose first key is quoted.
_PLACE = re.compile(r"[=(:n](?:(?<!n)|(?<=\breturn)\b)\s{0,100}['`]?(?=\[\s{0,100}[\[{]|\{\s{0,100}\")")
_MOST_SOURCE = 4_000_000
_MOST_SCRIPTS = 300
_MOST_TRIES = 60
_MOST_WORK = 6_000_000  # characters decoded, in vain or not
_SHORTEST = 60
_FURNITURE = frozenset({"BreadcrumbList", "SiteNavigationElement", "WPHeader", "WPFooter", "WebSite", "Organization"})
_UNSURE = 0.8
_RIVAL = 1.5  # an array that is worth so little less could be the list as well
# What may hide a list that is nevertheless in the page.
_HIDDEN = frozenset({TroubleKind.NEEDS_SCRIPT, TroubleKind.UNREADABLE})


def with_scripts(read: Listing | Trouble, page: Page, text: str, *, today: date) -> Listing | Trouble:
    """The reading of the page's HTML, or that of the data in its scripts where the HTML shows no dated list.

    Data beside an undated list only date it: they count when they hold its entries. Otherwise they may belong to a box
    at the side.
    """
    if isinstance(read, Trouble):
        found = read_scripts(page, text, today=today) if read.kind in _HIDDEN else None
        return replace(_doubted(found, read, page), hints=read.hints) if found else read
    if any(entry.published for entry in read.entries):
        return read
    found = read_scripts(page, text, today=today)
    if found is None or not (read.blank or (_dated(found) and _agree(found, read))):
        return read
    return replace(found, hints=read.hints, title=read.title, next_page=read.next_page)


def _doubted(found: Listing, read: Trouble, page: Page) -> Listing:
    """Less sure where the page fetches data as well, and what it holds lies elsewhere: rather a banner's."""
    kin = kin_of(page.final_url)
    if all(hint.kind is not HintKind.DATA for hint in read.hints) or any(kin.holds(e.url) for e in found.entries):
        return found
    return replace(found, confidence=min(found.confidence, _UNSURE))


def read_scripts(page: Page, text: str, *, today: date) -> Listing | None:
    """The list that stands as data in the scripts of a page; doubtful where two of them could be it."""
    blocks = [data for data in _data_in(text[:_MOST_SOURCE]) if not _is_furniture(data)]
    found = sorted((choice for data in blocks for choice in choices(data)), key=lambda c: -c.fields.worth)
    likely = [choice for choice in found if choice.fields.worth >= LEAST and _tells(choice)]
    if not likely:
        return _of_rows(page, blocks, today)
    best = listing_of(page, likely[0], today=today, method=METHOD)
    if not best.entries:
        return None
    return replace(best, confidence=min(best.confidence, _UNSURE)) if _has_rival(page, likely, best, today) else best


def _tells(choice: Choice) -> bool:
    """Whether records have addresses and days; without them they are rather a menu."""
    return bool(choice.fields.url and choice.fields.day) and len(choice.records) > 1


def _has_rival(page: Page, likely: list[Choice], best: Listing, today: date) -> bool:
    """Whether another array, nearly as good, would give other entries."""
    near = [c for c in likely[1:6] if c.fields.worth > likely[0].fields.worth - _RIVAL]
    return any(not _agree(listing_of(page, choice, today=today, method=METHOD), best) for choice in near)


def _of_rows(page: Page, blocks: list[object], today: date) -> Listing | None:
    """Rows of cells, as they are handed to a table's script, read as the table that it would make."""
    for markup in (markup for data in blocks if (markup := html_in(data))):
        read = read_html(page, markup, today=today, method=METHOD)
        if isinstance(read, Listing) and any(entry.published for entry in read.entries):
            return replace(read, next_page=None)
    return None


def _data_in(text: str) -> Iterator[object]:
    """Whatever decodes as JSON, or as data in JavaScript, in the page's scripts, as far as the work allows."""
    decoder, work, tries = json.JSONDecoder(strict=False), 0, 0
    for script in _scripts(text):
        at = 0
        while (place := _PLACE.search(script, at)) and tries < _MOST_TRIES and work < _MOST_WORK:
            tries += 1
            try:
                data, at = decoder.raw_decode(script, place.end())
            except json.JSONDecodeError as error:
                work += error.pos - place.end()
                at = place.end() + 1
                if found := literal(script, place.end(), _MOST_WORK - work):
                    work, at = work + found.work, found.end
                    yield found.data
            except (ValueError, RecursionError):
                return
            else:
                work += at - place.end()
                yield data


def _scripts(text: str) -> Iterator[str]:
    """What stands in the page's scripts; one that is data alone, as JSON-LD is, is taken for assigned as well."""
    for _, m in zip(range(_MOST_SCRIPTS), _OPEN.finditer(text), strict=False):
        shut = _SHUT.search(text, m.end())
        stop = shut.start() if shut else len(text)
        if stop - m.end() > _SHORTEST:
            yield "=" + text[m.end() : stop]


def _is_furniture(data: object) -> bool:
    """JSON-LD of a page's surroundings: the way to it, its site."""
    return isinstance(data, dict) and isinstance(kind := data.get("@type"), str) and kind in _FURNITURE


def _dated(found: Listing) -> bool:
    return found.confidence >= SURE and any(entry.published for entry in found.entries)


def _agree(one: Listing, other: Listing) -> bool:
    """Whether two readings hold mostly the same entries."""
    left, right = _names(one.entries), _names(other.entries)
    return len(left & right) * 2 > min(len(left), len(right))


def _names(entries: tuple[Entry, ...]) -> set[str]:
    return {entry.url or entry.title for entry in entries}
