"""Learns from a page that was read in full how its next reading can be spared: its rows, and all around them."""

from dataclasses import replace
from datetime import date

from monitor.extract.dates import find
from monitor.extract.forms import Form
from monitor.extract.learnt import Learnt, Unfit
from monitor.extract.makeup import rows_of
from monitor.extract.sources import texts_of
from monitor.extract.steady import Basis
from monitor.extract.tree import shallow
from monitor.extract.version import READER
from monitor.extract.years import Order, resolved
from monitor.model.reading import HintKind, Listing, Page

LEAST = 4  # rows: with fewer, each changes much
MOST = 500
SURE = 0.5  # what is read less surely is never judged on, and not worth keeping
_LONGEST = 1_500_000  # characters of a page; to learn from a longer one costs more than it spares
_MOST_TAGS = 20_000
MOST_KEPT = 250  # entries that are kept, with the digests of their rows or of an unchanged page
_OF_TODAY = frozenset({Form.YEARLESS, Form.EITHER_YEARLESS, Form.AGO})
_AT_REST = frozenset({Form.FULL, Form.COMPACT, Form.EITHER})


def learn(page: Page, text: str, listing: Listing, basis: Basis | None, *, today: date) -> Learnt:
    """What reads this very page as it was read; it holds nothing where the page, or the listing, is not plain enough.

    Where the rows cannot be learnt, `why` says so, and an unchanged page is known again by its digest, and that only.
    """
    around = _around(page, listing, basis, today)
    try:
        return _with_rows(around, text, listing, basis, page.digest)
    except Unfit as misfit:
        around = replace(around, why=str(misfit))
    if _is_monstrous(text) or len(listing.entries) > MOST_KEPT or not _timeless(text, basis, today):
        return around
    return replace(around, whole=page.digest, listing=listing)


def worth_learning(listing: Listing) -> bool:
    """What is read less surely is never judged on, and costs little to leave alone."""
    return bool(listing.entries) and listing.confidence >= SURE


def _is_monstrous(text: str) -> bool:
    return len(text) > _LONGEST or text.count("<") > _MOST_TAGS or shallow(text) != text


def _around(page: Page, listing: Listing, basis: Basis | None, today: date) -> Learnt:
    """All that is learnt of any page."""
    root = basis.parser.root if basis else None
    return Learnt(
        reader=READER,
        learnt=today,
        url=page.final_url,
        content_type=page.headers.get("content-type", ""),
        base=basis.seen.base if basis else page.final_url,
        language=(root.attributes.get("lang") or "") if root is not None else "",
        whole="",
        rows=None,
        listing=replace(listing, entries=()),
    )


def _with_rows(around: Learnt, text: str, listing: Listing, basis: Basis | None, whole: str) -> Learnt:
    """The same with what the rows are made of; Unfit where they are not read so to the very same entries."""
    if _is_monstrous(text):
        raise Unfit("a page without end")
    if basis is None:
        raise Unfit("no list of the page's own")
    if basis.wavers:
        raise Unfit(basis.wavers)
    if not LEAST <= len(listing.entries) <= MOST:
        raise Unfit("too few entries, or too many")
    if any(hint.kind is HintKind.ARTICLE for hint in listing.hints):
        raise Unfit("hints that are chosen among the entries")
    rows = rows_of(text, basis, listing, around.base, around.language, today=around.learnt, most=MOST_KEPT)
    if not rows.known:
        return replace(around, rows=rows)
    slot = basis.best.slot
    still = slot is not None and all(d and d.seen.form in _AT_REST for d in slot.dates)
    return replace(around, rows=rows, listing=listing, whole=whole if still else "")


def _timeless(text: str, basis: Basis | None, today: date) -> bool:
    """Whether no date on the page would mean another day, or would still be to come, on another day of reading."""
    seen = [d.seen for d in basis.seen.dates] if basis else [s for words in texts_of(text) for s in find(words)]
    days = [day for s in seen if s.form is not Form.MONTH for order in Order if (day := resolved(s, order, today))]
    return not any(s.form in _OF_TODAY for s in seen) and max(days, default=today) <= today
