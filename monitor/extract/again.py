"""Reads a page again: by what was learnt of it where that surely gives what a full reading would, else in full."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from zlib import crc32

from monitor.extract.around import walked
from monitor.extract.decode import MOST_BYTES, decode
from monitor.extract.learn import learn, worth_learning
from monitor.extract.learnt import Learnt, Unfit
from monitor.extract.listing import extract_steadily
from monitor.extract.rebuilt import rebuilt
from monitor.extract.rows import entries, rows_in
from monitor.model.reading import Listing, Page, Trouble

AFRESH = 7  # days after which a page is read in full anyway; up to twice as many, so that not all are at once
RESTS = 30  # days for which nothing is learnt of a page that is new around its list at each look
PATIENCE = 4  # misfits in a row
_SOON = timedelta(days=4)  # a misfit that soon after learning says that the page will not keep still


class Way(StrEnum):
    """How a page was read."""

    FULL = "full"
    LEARNT = "learnt"
    UNCHANGED = "unchanged"  # the very page that was learnt: not read at all


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a page lists, by either way the same. `learnt` is to be kept, and written where it was learnt `anew`.

    `redesigned`: the list is built in another way than it was when it was learnt. `why`: why the page was read in full.
    `text` is the page's, where it was read in full.
    """

    result: Listing | Trouble
    learnt: Learnt | None
    way: Way
    anew: bool = False
    redesigned: bool = False
    why: str = ""
    text: str = ""


def read(page: Page, learnt: Learnt | None, *, today: date) -> Read:
    """The entries that a page lists. Raises nothing for what the page holds."""
    why = "nothing learnt"
    if learnt is not None:
        try:
            result = by_learnt(page, learnt, today=today)
            way = Way.UNCHANGED if result is learnt.listing else Way.LEARNT
            return Read(result=result, learnt=learnt, way=way)
        except Unfit as misfit:
            why = str(misfit)
    return _in_full(page, learnt, today, why)


def unchanged(learnt: Learnt | None, *, today: date) -> Listing | None:
    """What the very page that was learnt lists on this day, told without it; None where it must be seen."""
    return learnt.listing if learnt is not None and learnt.whole and not _is_due(learnt, today) else None


def by_learnt(page: Page, learnt: Learnt, *, today: date) -> Listing:
    """The listing by what was learnt; Unfit where anything is not as it was."""
    if _is_due(learnt, today):
        raise Unfit("time to read in full")
    if page.final_url != learnt.url or page.headers.get("content-type", "") != learnt.content_type:
        raise Unfit("another address or type")
    if learnt.whole and page.digest == learnt.whole:
        return learnt.listing
    if len(page.body) > MOST_BYTES:
        raise Unfit("a page without end")
    rows = learnt.rows
    if rows is None:
        raise Unfit("something changed" if learnt.holds else "nothing could be learnt")
    text = decode(page)
    start = walked(text, 0, rows.before, today)
    stop = text.find(rows.after.head, start)
    if stop < 0 or walked(text, stop, rows.after, today) != len(text):
        raise Unfit("something changed outside the list")
    found = rows_in(text, start, stop, rows)
    return replace(learnt.listing, entries=entries(text, found, learnt, today))


def _is_due(learnt: Learnt, today: date) -> bool:
    """Whether the page is to be read in full, whatever was learnt of it."""
    return not timedelta(0) <= today - learnt.learnt < timedelta(days=AFRESH + crc32(learnt.url.encode()) % AFRESH)


def _in_full(page: Page, learnt: Learnt | None, today: date, why: str) -> Read:
    """Read by looking for the list; what was learnt before is learnt anew, unless the page never keeps still."""
    text = decode(page)
    result, basis = extract_steadily(page, text, today=today)
    if not isinstance(result, Listing):
        return Read(result=result, learnt=learnt, way=Way.FULL, why=why, text=text)  # a bad day of the site
    if learnt is not None and _rests(learnt, today) and not rebuilt(text, result, learnt):
        return Read(result=result, learnt=learnt, way=Way.FULL, why=why, text=text)
    new = learn(page, text, result, basis, today=today) if worth_learning(result) else None
    redesigned = learnt is not None and not _is_built_as(new, learnt) and rebuilt(text, result, learnt)
    if (
        learnt is not None
        and learnt.holds
        and not (new and new.holds)
        and not redesigned
        and not _is_old(learnt, today)
    ):
        new = learnt  # it may fit again
    elif new and not new.holds:
        new = replace(new, misfits=PATIENCE)  # to find that out again and again would take longer than to read
    elif new and learnt is not None and not redesigned and today - learnt.learnt < _SOON:
        new = replace(new, misfits=learnt.misfits + 1)
    return Read(result=result, learnt=new, way=Way.FULL, anew=new is not learnt, redesigned=redesigned, why=why)


def _is_built_as(new: Learnt | None, learnt: Learnt) -> bool:
    return new is not None and new.holds and new.shape <= learnt.shape


def _rests(learnt: Learnt, today: date) -> bool:
    """Whether the page did not keep still, or nothing could be learnt of it, and it is left alone for now."""
    return learnt.misfits >= PATIENCE and abs(today - learnt.learnt) < timedelta(days=RESTS)


def _is_old(learnt: Learnt, today: date) -> bool:
    """Whether the page is read in full anyway, by that alone."""
    return abs(today - learnt.learnt) >= timedelta(days=2 * AFRESH)
