"""Reads an HTML page: the list that stands out among all its groups of alike records."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser

from monitor.extract import links, marks
from monitor.extract.address import dated_by, resolve, year_by
from monitor.extract.calls import data_calls, feeds
from monitor.extract.contest import contest
from monitor.extract.doubts import confidence, like_articles, strength
from monitor.extract.headings import years_above
from monitor.extract.headline import with_headline
from monitor.extract.marks import Dated
from monitor.extract.neighbours import is_strange, own_is_lacking
from monitor.extract.nolist import awaits_script, calls, no_list, says_empty, unread
from monitor.extract.own import is_anothers, own_part
from monitor.extract.pager import next_page
from monitor.extract.pins import pinned, unmarked
from monitor.extract.rank import Reading
from monitor.extract.records import candidates, least_promise
from monitor.extract.seen import Seen, see
from monitor.extract.steady import Basis, wavers
from monitor.extract.strangers import without_strangers
from monitor.extract.tree import Tree, shallow
from monitor.extract.years import Order, between, needs_year, resolved, run_of_years
from monitor.model.reading import Entry, Listing, Page, Trouble

LEAST = 0.5  # a strength under this is no list
SURE = 0.9  # a confidence under this leaves a doubt
MOST_HIDDEN = 0.7  # confidence in a list that stands in a comment
_SAID_EMPTY = 0.6  # what is left of it where the page says that a list is empty
_NAMED_ELSEWHERE = 0.8  # the same, where the page's own name stands over something else
_NEIGHBOURS = 0.5  # the same, where the addresses of its entries are not of the column either
_CUT = 0.8  # the same, where the page holds more than is read, and the newest may stand there
_TAIL = 20  # characters of a source that is read to its end
_MENU = 0.3  # under this share of addresses like articles', undated links are rather a menu
_LONGEST_TITLE = 500
_OWN_TEXT = 0.6  # of its text: a date that fills so much of it is no part of a title
_MOST_ENTRIES = 5000


def read_html(page: Page, text: str, *, today: date, method: str = "html") -> Listing | Trouble:
    """The page's own list, or why there is none. A list that stands in a comment is given with little confidence."""
    return read_steadily(page, text, today=today, method=method)[0]


def read_steadily(
    page: Page, text: str, *, today: date, method: str = "html"
) -> tuple[Listing | Trouble, Basis | None]:
    """The same, and what the reading rests on, for learning from it."""
    found, still = _read_page(page, text, today, method)
    if isinstance(found, Listing) and found.entries:
        return found, still
    hidden = in_comments(text) if method == "html" else None
    if hidden:
        commented, _ = _read_page(page, hidden, today, "comment")
        if isinstance(commented, Listing) and commented.confidence > LEAST:
            read = replace(commented, confidence=min(commented.confidence, MOST_HIDDEN), title=_title_of(found))
            return read, None
    return found, None


def _title_of(found: Listing | Trouble) -> str:
    return found.title if isinstance(found, Listing) else ""


def in_comments(text: str) -> str | None:
    """The HTML that stands in the page's comments, where there are links in it."""
    pieces = (piece.partition("-->")[0] for piece in text.split("<!--", 2000)[1:])
    kept = [piece for piece in pieces if piece.count("href") > 1]
    return "".join(f"<div>{piece}</div>" for piece in kept) or None


def _read_page(page: Page, text: str, today: date, method: str) -> tuple[Listing | Trouble, Basis | None]:
    source = shallow(text)
    parser = LexborHTMLParser(source)
    seen = see(page, parser, today, scripted="onclick" in text)
    found = candidates(seen.tree, seen.links, seen.dates)
    readings = contest(seen, found)
    if strength(readings) < LEAST:
        return _no_list(parser, seen, text), None
    best, sure = readings[0], confidence(readings)
    empty = says_empty(seen.tree, best.candidate.records, seen.names)
    menu = best.slot is None and best.titles.linked > _MENU > like_articles(best)
    if menu and (empty or awaits_script(text)):
        return _no_list(parser, seen, text), None
    if own_is_lacking(seen, best, empty=empty, called=lambda: calls(text)):
        return unread(_no_list(parser, seen, text)), None
    alone = best
    best, less = without_strangers(seen, best)
    entries, led = with_headline(seen, best.candidate.records, entries_of(seen, best))
    less *= led or 1.0
    less *= _SAID_EMPTY if empty else 1.0
    own = _own_part(seen, best)
    if own is None or (own and _newer_outside(entries, own)):
        less *= _NEIGHBOURS if own is None and is_strange(seen, best) else _NAMED_ELSEWHERE
    if (not source.endswith(text[-_TAIL:]) or _is_cut(seen)) and not _newest_first(entries):
        less *= _CUT
    sure *= less
    listing = Listing(
        entries=tuple(entries),
        method=method,
        confidence=round(sure, 3),
        title=seen.title,
        hints=feeds(parser, seen.base) + (data_calls(parser, text, seen.base) if _leaves_doubt(best, sure) else ()),
        next_page=next_page(parser, seen.tree, seen.links, text, base=seen.base, here=page.final_url),
    )
    why = _whole_page_wavers(seen, source == text, bool(own) or led is not None, best is alone)
    why = why or wavers(seen.tree, readings, less, least_promise(found))
    return listing, Basis(parser=parser, seen=seen, best=best, rivals=tuple(readings[1:]), wavers=why)


def _whole_page_wavers(seen: Seen, complete: bool, parted: bool, alone: bool) -> str:
    """Why what is read of the rows hangs on more of the page than the contest of its lists."""
    if not complete:
        return "a page without end"
    if parted or not alone:
        return "a headline above, or rows of other columns"
    return "years before months" if seen.around.order is Order.YEAR_FIRST else ""


def _own_part(seen: Seen, best: Reading) -> range | None:
    """Which entries stand under the page's own name; empty where no heading parts them, None where it is another's."""
    records = best.candidate.records
    if is_anothers(seen.tree, records, seen.names):
        return None
    own = own_part(seen.tree, records, seen.names) if best.worded else range(0)
    return own if len(own) < len(records) else range(0)


def _newer_outside(entries: Sequence[Entry], own: range) -> bool:
    """Whether the newest entry is none of the page's own."""
    days = [entry.published for entry in entries if entry.published]
    newest = max((e.published for e in entries[own.start : own.stop] if e.published), default=date.min)
    return bool(days) and max(days) > newest


def _is_cut(seen: Seen) -> bool:
    """Whether the page has more elements, links or dates than are read."""
    return seen.tree.cut or len(seen.links) >= links.MOST_LINKS or len(seen.dates) >= marks.MOST_DATES


def _newest_first(entries: Sequence[Entry]) -> bool:
    """Whether what comes further down is surely older."""
    days = [entry.published for entry in entries if entry.published and not entry.pinned]
    return len(days) * 10 >= 9 * len(entries) and all(a >= b for a, b in pairwise(days))


def _leaves_doubt(best: Reading, sure: float) -> bool:
    """Whether another source could say more; a list that was read surely needs none."""
    return best.slot is None or sure < SURE


def _no_list(parser: LexborHTMLParser, seen: Seen, text: str) -> Listing | Trouble:
    """Why there is no list, and where it may come from."""
    found = no_list(seen.tree, seen.title, text, seen.names)
    return replace(found, hints=feeds(parser, seen.base) + data_calls(parser, text, seen.base))


def entries_of(seen: Seen, reading: Reading) -> tuple[Entry, ...]:
    records = reading.candidate.records[:_MOST_ENTRIES]
    hrefs = [resolve(seen.base, href) for href in reading.titles.hrefs]
    days, guessed = _days(seen, reading, hrefs)
    kept = [
        Entry(
            title=_wording(seen.tree, reading, i, pin),
            url=href,
            published=day,
            pinned=pin,
            year_inferred=guess,
        )
        for i, (pin, href, day, guess) in enumerate(zip(pinned(seen.tree, records), hrefs, days, guessed, strict=False))
        if reading.slot is None or i not in reading.slot.heads
    ]
    return tuple(_trimmed(kept))


def _wording(tree: Tree, reading: Reading, i: int, pin: bool) -> str:
    day = reading.slot.dates[i] if reading.slot else None
    return wording(tree, reading.titles.titles[i], reading.titles.span[i], day, pin)


def wording(tree: Tree, title: str, span: tuple[int, int] | None, day: Dated | None, pin: bool) -> str:
    """A record's title, without the date and the mark of pinning that its link may hold as well."""
    text = _undated(tree, title, span, day) or title
    return (unmarked(text) if pin else text)[:_LONGEST_TITLE]


def _undated(tree: Tree, title: str, span: tuple[int, int] | None, d: Dated | None) -> str:
    """A title without the date that stands among its texts, where the link holds both; empty where it holds none."""
    if not (span and d and span[0] <= d.t < span[1] and d.fill > _OWN_TEXT):
        return ""
    dated = range(d.t, d.t + 1) if tree.owner[d.t] == d.e else range(tree.first[d.e], tree.end[d.e])
    texts = tree.texts[span[0] : span[1]]
    if " ".join(texts) != title:
        return ""
    return " ".join(text for t, text in enumerate(texts, span[0]) if t not in dated)


def _days(seen: Seen, reading: Reading, hrefs: Sequence[str | None]) -> tuple[list[date | None], list[bool]]:
    """Each record's day, and whether its year was inferred from the reading day alone."""
    records, around = reading.candidate.records, seen.around
    if reading.slot is None:
        held = [dated_by(href) for href in hrefs]
        known = sum(1 for day in held if day and day <= around.today)
        return (held if known * 10 >= 8 * len(held) else [None] * len(held)), [False] * len(held)
    days: list[date | None] = []
    guessed: list[bool] = []
    yearless = any(d and needs_year(d.seen) for d in reading.slot.dates)
    above = years_above(seen.tree, records) if yearless else [None] * len(records)
    for d, href, written in zip(reading.slot.dates, hrefs, above, strict=False):
        year = None
        if d and needs_year(d.seen):
            year = year_by(href, (d.seen.a, d.seen.b)) or written
        days.append(resolved(d.seen, around.order, around.today, year) if d else None)
        guessed.append(bool(d and needs_year(d.seen) and not year))
    return between(run_of_years(days, guessed), guessed) if any(guessed) else (days, guessed)


def _trimmed(entries: list[Entry]) -> list[Entry]:
    """Without what only looks like a record: heads and feet with no date or link where the others have them."""
    dated = sum(1 for e in entries if e.published) * 10 >= 7 * len(entries)
    linked = sum(1 for e in entries if e.url) * 10 >= 9 * len(entries)

    def fits(entry: Entry) -> bool:
        return bool(entry.title) and bool(entry.published or not dated) and bool(entry.url or not linked)

    start = next((i for i, e in enumerate(entries) if fits(e)), 0)
    stop = next((i for i in range(len(entries), 0, -1) if fits(entries[i - 1])), len(entries))
    return [e for e in entries[start:stop] if e.title]
