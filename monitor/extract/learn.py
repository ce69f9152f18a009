"""Learns from a page that was read in full how its next reading can be spared: its rows' forms, and all around them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser

from monitor.extract.address import resolve
from monitor.extract.dates import find
from monitor.extract.forms import Form
from monitor.extract.learnt import READER, Known, Learnt, Years, digest, digest_of_row
from monitor.extract.places import Place, places_of
from monitor.extract.rowforms import NoForm, Shaped, shaped
from monitor.extract.rows import ORDERED, entries, ordered, rows_in, signed, votes_of
from monitor.extract.sources import Piece, pieces_of
from monitor.extract.tree import shallow
from monitor.extract.unescaped import Unfit, words
from monitor.extract.years import Order, resolved, vote_of
from monitor.model.reading import Entry, HintKind, Listing, Page

LEAST = 4  # rows: with fewer, each changes much
MOST = 500
SURE = 0.5  # what is read less surely is never judged on, and not worth keeping
_LONGEST = 1_500_000  # bytes of a page; to learn from a longer one costs more than it spares
_MOST_TAGS = 20_000
MOST_KEPT = 100  # entries that are kept, with the digests of their rows or of an unchanged page
_OF_TODAY = frozenset({Form.YEARLESS, Form.EITHER_YEARLESS, Form.AGO})


def learn(page: Page, body: bytes, listing: Listing, *, today: date, plain: bool, steady: bool) -> Learnt | None:
    """What reads this very page as it was read; None where the page, or the listing, is not plain enough.

    `body` is the page in UTF-8; `plain`: as it came. `steady`: other texts in the same rows would be read alike. Where
    the rows cannot be learnt, an unchanged page is known again by its digest, and that only.
    """
    if not worth_learning(listing) or not len(body) <= _LONGEST:
        return None
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return None
    pieces = pieces_of(text) if text.count("<") <= _MOST_TAGS and "\0" not in text and shallow(text) == text else []
    around = replace(_around(page, text, listing, today), plain=plain)
    if steady and pieces and (learnt := _with_rows(around, text, pieces, body, page.digest, today)):
        return learnt
    if len(listing.entries) > MOST_KEPT or not pieces or not _timeless(text, pieces, today):
        return None
    return replace(around, before=len(body), around=digest(body), whole=page.digest)


def worth_learning(listing: Listing) -> bool:
    """What is read less surely is never judged on, and costs little to leave alone."""
    return bool(listing.entries) and listing.confidence >= SURE


def nothing(page: Page, text: str, listing: Listing, *, today: date, misfits: int) -> Learnt:
    """That of this page nothing can be learnt, which took longer to find out than to read it."""
    bare = _around(page, text, listing, today)
    return replace(bare, listing=replace(listing, entries=()), misfits=misfits)


def _with_rows(
    around: Learnt, text: str, pieces: Sequence[Piece], body: bytes, whole: str, today: date
) -> Learnt | None:
    """The same with the forms of the rows, if by them the page reads to the very same entries."""
    listing = around.listing
    if not LEAST <= len(listing.entries) <= MOST or any(hint.kind is HintKind.ARTICLE for hint in listing.hints):
        return None  # such hints are chosen among the entries
    try:
        learnt = _learnt(around, text, pieces)
        found = rows_in(body[learnt.before : len(body) - learnt.after], learnt)
        same = entries(found, learnt, today) == listing.entries
    except (NoForm, Unfit):
        return None
    return _with_known(learnt, listing, text, pieces, whole) if same else None


def _with_known(learnt: Learnt, listing: Listing, text: str, pieces: Sequence[Piece], whole: str) -> Learnt:
    """The same with each row as it stands, where its entry would be the same on any other day."""
    places = places_of(text, pieces, listing.entries, learnt.base)
    if learnt.years is Years.INFERRED or len(listing.entries) > MOST_KEPT or places is None:
        return learnt
    sources = [text[pieces[place.start].start : pieces[place.stop - 1].stop] for place in places]
    found = [row for source in sources for row in rows_in(source.encode(), learnt) if not isinstance(row, int)]
    if any(signed(row, gaps) for row, gaps in found):
        return replace(learnt, listing=listing, whole=whole)  # how many rows are pinned says whether any is
    known = tuple(
        Known(len(source), digest_of_row(source), votes_of(gaps, row))
        for source, (row, gaps) in zip(sources, found, strict=True)
    )
    return replace(learnt, known=known, listing=listing, whole=whole)


def _timeless(text: str, pieces: Sequence[Piece], today: date) -> bool:
    """Whether no date on the page would mean another day, or would still be to come, on another day of reading."""
    gaps = [gap for piece in pieces for gap in piece.gaps if gap.name in ("", "datetime")]
    seen = [s for gap in gaps for s in find(words(text[gap.start : gap.stop]))]
    days = [day for s in seen if s.form is not Form.MONTH for order in Order if (day := resolved(s, order, today))]
    return not any(s.form in _OF_TODAY for s in seen) and max(days, default=today) <= today


def _around(page: Page, text: str, listing: Listing, today: date) -> Learnt:
    """All that is learnt of any page."""
    base, language = _base_and_language(page, text)
    count, titles = len(listing.entries), [entry.title for entry in listing.entries]
    return Learnt(
        reader=READER,
        learnt=today,
        url=page.final_url,
        content_type=page.headers.get("content-type", ""),
        plain=True,
        base=base,
        language=language,
        before=0,
        after=0,
        around="",
        whole="",
        rows=(),
        between=(),
        count=count,
        length=sum(map(len, titles)) / count,
        distinct=len(set(titles)) / count,
        form=None,
        votes=0,
        lead="",
        years=Years.WRITTEN,
        by_address=False,
        ordered=ordered([entry.published for entry in listing.entries]) > ORDERED,
        newest=max((entry.published for entry in listing.entries if entry.published), default=None),
        known=(),
        listing=listing,
        shape="",
    )


def _learnt(around: Learnt, text: str, pieces: Sequence[Piece]) -> Learnt:
    listed = around.listing.entries
    places = places_of(text, pieces, listed, around.base)
    if places is None:
        raise NoForm("the entries are not rows of the source")
    rows = shaped(text, pieces, places, listed)
    start, stop = pieces[places[0].start].start, pieces[places[-1].stop - 1].stop
    before, after = text[:start].encode(), text[stop:].encode()
    return replace(
        around,
        before=len(before),
        after=len(after),
        around=digest(before, after),
        rows=rows.rows,
        between=_between(text, pieces, places),
        form=rows.form,
        votes=_votes(pieces, text, start, stop) if rows.form in (Form.EITHER, Form.EITHER_YEARLESS) else 0,
        lead=rows.lead,
        years=_years(rows, listed),
        by_address=rows.form is None and all(entry.published for entry in listed),
        listing=replace(around.listing, entries=()),
        shape=_shape(pieces, places[0], rows),
    )


def _base_and_language(page: Page, text: str) -> tuple[str, str]:
    parser = LexborHTMLParser(text)
    node, root = parser.css_first("base[href]"), parser.root
    base = resolve(page.final_url, node.attributes.get("href") if node else None) or page.final_url
    return base, (root.attributes.get("lang") or "") if root is not None else ""


def _votes(pieces: Sequence[Piece], text: str, start: int, stop: int) -> int:
    """How many more dates around the rows show a day before the month than after it."""
    outside = (p for p in pieces if not p.tag and p.gaps and not start <= p.start < stop)
    return sum(vote_of(s) for p in outside for s in find(words(text[p.start : p.stop])))


def _between(text: str, pieces: Sequence[Piece], places: Sequence[Place]) -> tuple[str, ...]:
    """What parts the rows: no words, for those might be headings."""
    found = []
    for a, b in pairwise(places):
        if any(piece.gaps and not piece.tag for piece in pieces[a.stop : b.start]):
            raise NoForm("words between the rows")
        found.append(text[pieces[a.stop - 1].stop : pieces[b.start].start])
    return tuple(found[:1] if len(set(found)) == 1 else found)


def _years(rows: Shaped, entries: Sequence[Entry]) -> Years:
    if rows.form not in (Form.YEARLESS, Form.EITHER_YEARLESS):
        return Years.WRITTEN
    return Years.INFERRED if any(e.year_inferred for e in entries) else Years.ADDRESS


def _shape(pieces: Sequence[Piece], place: Place, rows: Shaped) -> str:
    """A row's tags in a line: what a redesign changes."""
    opened = [piece.tag for piece in pieces[place.start : place.stop] if piece.opens]
    return f"{' '.join(opened)[:200]} {rows.form or 'no date'}"
