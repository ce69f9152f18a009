"""Reads the rows of a list by what was learnt of them: known ones by their digests, new ones apart from their page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from monitor.extract.address import year_by
from monitor.extract.contested import check_titles
from monitor.extract.fresh import Line, fresh_lines, known_line
from monitor.extract.kin import Kin, folder_of, kin_of
from monitor.extract.learnt import Known, Learnt, Rows, Unfit, digest
from monitor.extract.pins import together
from monitor.extract.steady import DISTINCT, near
from monitor.extract.years import Order, between, needs_year, of_two_orders, order_of, resolved, run_of_years
from monitor.model.reading import Entry

_BANDS = (0.65, 0.75, 0.9)  # of the order: between the first two a doubt begins
_MORE_SHORT = 0.1  # of the titles
_WORSE = 0.05  # of their quality
_INK = re.compile(r"\S")
_SKIPPED = 3  # rows taken out between two that stand as they did

Found = list[int | str]  # the numbers of rows that stand as they were learnt, and the source between them


def rows_in(text: str, start: int, stop: int, rows: Rows) -> Found:
    """What stands in the place of the rows, from first to last."""
    found: Found = []
    at = since = start
    due = 0
    while at < stop:
        same = _known(text, at, stop, rows.known, due)
        if same is None:
            at = text.find(rows.begin, at + 1, stop)
            at = stop if at < 0 else at
            continue
        if since < at:
            found.append(text[since:at])
        found.append(same)
        at, due = at + rows.known[same].length, same + 1
        ink = _INK.search(text, at, stop)
        since = at = ink.start() if ink else stop
    return [*found, text[since:stop]] if since < stop else found


def _known(text: str, at: int, stop: int, known: Sequence[Known], due: int) -> int | None:
    """The number of the known row that stands here: the one that is due, or one of the next."""
    for i in range(due, min(due + _SKIPPED, len(known))):
        row = known[i]
        if at + row.length <= stop and digest(text[at : at + row.length]) == row.digest:
            return i
    return None


def entries(text: str, found: Found, learnt: Learnt, today: date) -> tuple[Entry, ...]:
    """The rows' entries. Raises Unfit where the full reading might read them otherwise."""
    rows = learnt.rows
    if rows is None:
        raise Unfit("no rows learnt")
    if rows.folder:
        _check_boxes(found, rows)
    stretches = [source for source in found if isinstance(source, str)]
    fresh = iter(fresh_lines(stretches, rows, learnt.base, scripted="onclick" in text))
    lines: list[Line] = []
    for row in found:
        if isinstance(row, int):
            lines.append(known_line(rows.known[row], learnt.listing.entries[row], rows.quality))
        else:
            lines += next(fresh)
    listed = entries_of(lines, rows, learnt.language, today)
    new = [entry for line, entry in zip(lines, listed, strict=True) if not line.entry.title]
    check_addresses(new, listed, rows, kin_of(learnt.url))
    if sum(line.quality for line in lines) / len(lines) < rows.quality - _WORSE:
        raise Unfit("titles that are less like titles")
    _check(listed, rows, today)
    return listed


def _check_boxes(found: Found, rows: Rows) -> None:
    """Rows in several boxes: each must keep its own, for one that is alone in a box is read as a whole box."""
    if [row for row in found if isinstance(row, int)] != list(range(len(rows.known))):
        raise Unfit("rows of several boxes, some of them gone")
    if rows.mixed is not None and (rows.mixed, rows.mixed + 1) not in pairwise(found):
        raise Unfit("no row left that shows a box of several folders")


def entries_of(lines: Sequence[Line], rows: Rows, language: str, today: date) -> tuple[Entry, ...]:
    if not lines:
        raise Unfit("no rows")
    check_titles([line.weighed for line in lines], rows.spots)
    order = order_of([*rows.either, *(seen for line in lines for seen in line.either)], language)
    if order is Order.YEAR_FIRST or of_two_orders([line.day for line in lines if line.day], order):
        raise Unfit("years before months")
    days, guessed = _days(lines, order, today)
    pins = together([line.said for line in lines], [line.signed for line in lines])
    return tuple(_entries(lines, pins, days, guessed))


def _entries(
    lines: Sequence[Line], pins: Sequence[bool], days: Sequence[date | None], guessed: Sequence[bool]
) -> Iterator[Entry]:
    for line, pin, day, guess in zip(lines, pins, days, guessed, strict=True):
        if line.entry.title and pin != line.entry.pinned:
            raise Unfit("what marked a pinned row marks it no more")
        if not line.titles[not pin]:
            raise Unfit("a row without a title")
        title = line.titles[not pin]
        if line.entry.title and line.entry.published == day and line.entry.year_inferred == guess:
            yield line.entry
        else:
            yield replace(line.entry, title=title, published=day, pinned=pin, year_inferred=guess)


def _days(lines: Sequence[Line], order: Order, today: date) -> tuple[list[date | None], list[bool]]:
    """Each row's day as the full reading resolves it, and whether its year was inferred."""
    days: list[date | None] = []
    guessed: list[bool] = []
    for line in lines:
        seen = line.day
        open_year = seen is not None and needs_year(seen)
        year = year_by(line.entry.url, (seen.a, seen.b)) if seen and open_year else None
        days.append(resolved(seen, order, today, year) if seen else line.entry.published)
        guessed.append(open_year and not year)
    return between(run_of_years(days, guessed), guessed) if any(guessed) else (days, guessed)


def check_addresses(new: Sequence[Entry], listed: Sequence[Entry], rows: Rows, kin: Kin) -> None:
    """Whose entries they are is told by where their addresses lie: that must be as it was."""
    if rows.folder:
        if any(kin.holds(entry.url) != rows.own for entry in new):
            raise Unfit("addresses in another folder")
        if rows.mixed is None and any(folder_of(entry.url) != rows.folder for entry in new):
            raise Unfit("addresses of several folders")
    elif any(kin.holds(entry.url) for entry in (listed if rows.own else new)) != rows.own:
        raise Unfit("addresses in another folder")
    if rows.apart and len({entry.url for entry in listed}) < len(listed):
        raise Unfit("addresses that repeat")


def _check(listed: Sequence[Entry], rows: Rows, today: date) -> None:
    """What the confidence rests on must be as it was."""
    titles, days = [entry.title for entry in listed], [entry.published for entry in listed if entry.published]
    count, distinct = len(titles), len(set(titles)) / len(titles)
    if not 3 * rows.count <= 4 * count <= 6 * rows.count:
        raise Unfit("far more or fewer rows")
    if any((distinct < line) != (rows.distinct < line) for line in DISTINCT):
        raise Unfit("titles that repeat")
    if near(distinct, DISTINCT) and (any(e.pinned for e in listed) or any(s.dated for s in rows.shapes)):
        raise Unfit("titles that may repeat but for a date or a mark")
    if (
        short_of(titles, rows.length) > rows.short + _MORE_SHORT
        or not 0.7 < sum(map(len, titles)) / count / rows.length < 1.5
    ):
        raise Unfit("titles of another length")
    if len(days) < count or max(days) > today:
        raise Unfit("a row without a day, or a day to come")
    if max(days) < rows.newest:
        raise Unfit("the newest entry is gone")
    if band(listed) != rows.band:
        raise Unfit("days in another order")


def short_of(titles: Sequence[str], length: float) -> float:
    """The share of titles that are far shorter than the mean."""
    return sum(len(title) < 0.3 * length for title in titles) / len(titles)


def band(listed: Sequence[Entry]) -> int:
    """How well the days are in order, as the full reading weighs it: what is kept at the top breaks no order."""
    kept = next((i for i, entry in enumerate(listed[: len(listed) // 2]) if not entry.pinned), 0)
    days = [entry.published for entry in listed[kept:] if entry.published]
    pairs = list(pairwise(days))
    down = sum([a >= b for a, b in pairs])
    order = max(down, sum([a <= b for a, b in pairs])) / len(pairs) if pairs else 0.5
    return sum(order > line for line in _BANDS)
