"""Tells a column's own entries from those of other columns that stand on its page, by where their addresses lie."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from operator import attrgetter

from monitor.extract.address import dated_by, resolve
from monitor.extract.doubts import is_article
from monitor.extract.kin import folder_of
from monitor.extract.marks import Dated
from monitor.extract.rank import Reading
from monitor.extract.seen import Seen
from monitor.extract.titles import quality
from monitor.extract.tree import Tree
from monitor.extract.years import needs_year, resolved

_TITLE = 0.5  # the least quality of a text that is surely an entry's
_MIXED = 0.85  # what is left of the confidence where lists of other columns were taken for one with the column's own
_SEVERAL = 0.8  # the same, where each box holds another column's entries, and none is known for the page's
_OTHERS = 0.8  # the same, where no entry lies in the page's folder, and links elsewhere on the page do

_LEVELS = 3
_ENTRY = 200  # characters: a box with more is none of one entry

_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none", re.IGNORECASE)

Box = Sequence[int]

_text = attrgetter("t")


def without_strangers(seen: Seen, best: Reading) -> tuple[Reading, float]:
    """The reading without boxes of other columns' entries, and what is left of the confidence in it."""
    boxes, hrefs = _boxes(seen, best), best.titles.hrefs
    if len(boxes) > 1 and any(len(box) > 1 for box in boxes):
        urls = [resolve(seen.base, href) for href in hrefs]
        own = [seen.kin.holds(url) for url in urls]
        kept = _own_boxes(boxes, own) if all(urls) else []
        if kept:
            return _only(best, kept), _MIXED
        if _of_several(boxes, urls) and _begin_anew(seen, best, boxes):
            return best, _SEVERAL
    if seen.kin and not any(seen.kin.holds(resolve(seen.base, href)) for href in hrefs):
        return best, _OTHERS if _has_own(seen) else 1.0
    return best, 1.0


def _boxes(seen: Seen, best: Reading) -> list[Box]:
    """Which records stand in one box each."""
    boxes: dict[int, list[int]] = {}
    for i, record in enumerate(best.candidate.records):
        boxes.setdefault(seen.tree.parent[record], []).append(i)
    return list(boxes.values())


def _own_boxes(boxes: Sequence[Box], own: Sequence[bool]) -> list[int]:
    """The records of the boxes that hold own entries alone, where all others hold strangers alone; else none."""
    if any(len({own[i] for i in box}) > 1 for box in boxes):
        return []
    if not any(len(box) > 1 and not own[box[0]] for box in boxes):
        return []
    return sorted(i for box in boxes for i in box if own[i])


def _of_several(boxes: Sequence[Box], urls: Sequence[str | None]) -> bool:
    """Whether each of the boxes holds the entries of a column of its own, as tabs do."""
    folders = [{folder_of(urls[i]) for i in box} for box in boxes if len(box) > 1]
    alone = {folder for one in folders for folder in one if len(one) == 1}
    return 1 < len(alone) == len(folders)


def _begin_anew(seen: Seen, best: Reading, boxes: Sequence[Box]) -> bool:
    """Whether a box begins newer than the one before it ends, or some boxes are hidden: no list that goes on."""
    if len({_is_hidden(seen.tree, best.candidate.records[box[0]]) for box in boxes}) > 1:
        return True
    dates = best.slot.dates if best.slot else ()
    days = [[day for i in box if (d := dates[i]) and (day := _day(seen, d))] for box in boxes if dates]
    return any(one and other and other[0] > one[-1] for one, other in pairwise(days))


def _day(seen: Seen, d: Dated) -> date | None:
    """The day of a date that says its year."""
    return None if needs_year(d.seen) else resolved(d.seen, seen.around.order, seen.around.today)


def _is_hidden(tree: Tree, record: int) -> bool:
    """Whether the page hides the box of a record until somebody asks for it, as that of a tab."""
    e = tree.parent[record]
    for _ in range(_LEVELS):
        if e > 0 and _HIDDEN.search(tree.attrs(e).get("style") or ""):
            return True
        e = tree.parent[e] if e > 0 else 0
    return False


def _has_own(seen: Seen) -> bool:
    """Whether links in the page's own folder lead to articles with their days beside them."""
    return any(
        not link.label
        and seen.kin.may_hold(link.href)
        and is_article(link.href)
        and seen.kin.holds(url := resolve(seen.base, link.href))
        and quality(link.text) > _TITLE
        and (dated_by(url) or _is_dated(seen, link.e))
        for link in seen.links
    )


def _is_dated(seen: Seen, e: int) -> bool:
    """Whether a date stands with a link in a box that holds little else."""
    tree = seen.tree
    for _ in range(_LEVELS):
        up = tree.parent[e]
        if up <= 0 or tree.length(up) > _ENTRY:
            break
        e = up
    first = bisect_left(seen.dates, tree.first[e], key=_text)
    return first < len(seen.dates) and seen.dates[first].t < tree.end[e]


def _only(best: Reading, kept: Sequence[int]) -> Reading:
    """The reading of some of the records."""
    titles, slot = best.titles, best.slot
    return replace(
        best,
        candidate=replace(best.candidate, records=tuple(best.candidate.records[i] for i in kept)),
        titles=replace(
            titles,
            titles=tuple(titles.titles[i] for i in kept),
            hrefs=tuple(titles.hrefs[i] for i in kept),
            span=tuple(titles.span[i] for i in kept),
        ),
        slot=slot
        and replace(
            slot,
            dates=tuple(slot.dates[i] for i in kept),
            heads=frozenset(new for new, old in enumerate(kept) if old in slot.heads),
        ),
    )
