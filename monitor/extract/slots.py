"""Which of the dates in and around the records is the day of publication."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from monitor.extract.evidence import LEAST, Around, DateSlot, most_worth, weigh
from monitor.extract.forms import Form
from monitor.extract.headings import column_of
from monitor.extract.marks import Dated, among
from monitor.extract.pins import at_top
from monitor.extract.titles import Titles
from monitor.extract.tree import Tree
from monitor.extract.years import of_two_orders

_LEVELS = 4  # between a heading and the box that both stand in
_NEAR = 500  # characters between records, at most, that may hold a record's date
_WHOLE = 0.8  # the least coverage of a slot that could stand for the best

Filled = dict[int, Dated]
Key = tuple[str, int, object]

_worth = attrgetter("worth")
_text = attrgetter("t")


def choose(
    tree: Tree,
    records: Sequence[int],
    titles: Titles,
    dates: Sequence[Dated],
    headers: Sequence[str],
    around: Around,
) -> DateSlot | None:
    """The best date slot of the records, or None where none is good enough to be believed."""
    slots, heads = _slots(tree, records, titles, dates, named=bool(headers))
    kept = at_top(tree, records) if any(slots.values()) else 0
    judged: list[DateSlot] = []
    for place, filled, header in _unlike(slots, headers):
        count = len(records) - (len(heads) if place == "above" else 0)
        least = max((s.worth for s in judged), default=LEAST)
        if len(filled) <= _WHOLE * count and most_worth(len(filled) / max(1, count)) <= least:
            continue
        gap = _gap(tree, records, place, filled)
        judged.append(weigh(place, filled, len(records), count, titles.span, gap, header, around, kept))
    best = max(judged, key=_worth, default=None)
    if best is None or best.worth <= LEAST:
        return None
    heads = heads if best.place == "above" else frozenset()
    return replace(
        best,
        missed=missed(tree, records, dates, best),
        heads=heads,
        unsettled=any(_as_good(other, best) for other in judged)
        or of_two_orders([d.seen for d in best.dates if d], around.order),
    )


def _as_good(other: DateSlot, best: DateSlot) -> bool:
    """Whether nothing but its place tells the best from another date of the same records."""
    return (
        other.place == best.place == "in"
        and other.newest != best.newest
        and other.coverage > _WHOLE
        and other.worth > best.worth - 0.3
    )


def _gap(tree: Tree, records: Sequence[int], place: str, filled: Filled) -> float:
    """How many texts stand between the dates and their records, at the mean: what is another record's is not near."""
    if place == "after":
        gaps = [d.t - tree.end[records[i]] for i, d in filled.items()]
    elif place == "before" or place == "above":
        first = {d.t: tree.first[records[i]] for i, d in reversed(filled.items())}
        gaps = [start - t - 1 for t, start in first.items()]
    else:
        return 0.0
    return sum(min(gap, 5) for gap in gaps) / max(1, len(gaps))


def missed(tree: Tree, records: Sequence[int], dates: Sequence[Dated], slot: DateSlot) -> float:
    """Dates that stand like the list's own, in its box and out of its records: rows that the records leave out."""
    box = records[0]
    while box > 0 and tree.last[box] < records[-1]:
        box = tree.parent[box]
    used = {d.t for d in slot.dates if d}
    of_months = any(d and d.seen.form is Form.MONTH for d in slot.dates)
    starts = [tree.first[r] for r in records]
    left = 0
    for d in among(dates, tree.first[box], tree.end[box]):
        if d.seen.form is Form.MONTH and not of_months:
            continue  # a heading over days that say more
        if d.t in used or not d.heading:
            continue
        i = bisect_right(starts, d.t) - 1
        left += i < 0 or d.t >= tree.end[records[i]]
    return left / (left + max(1, len(used)))


def _unlike(slots: Mapping[Key, Filled], headers: Sequence[str]) -> Iterator[tuple[str, Filled, str]]:
    """Each slot with what stands over its column, without those that only repeat an earlier one's dates."""
    known: list[tuple[Filled, str]] = []
    for (place, column, _), filled in slots.items():
        header = headers[column] if column < len(headers) else ""
        if filled and (place == "above" or (filled, header) not in known):
            known.append((filled, header))
            yield place, filled, header


def _slots(
    tree: Tree, records: Sequence[int], titles: Titles, dates: Sequence[Dated], *, named: bool
) -> tuple[dict[Key, Filled], frozenset[int]]:
    """Each place in or around the records that holds dates, and the records that are headings of dates."""
    starts = [tree.first[r] for r in records]
    begin, stop = near(tree, records, dates)
    slots: dict[Key, Filled] = {}
    counts: dict[tuple[int, object], int] = {}
    headings = [d for d in (next((d for d in reversed(dates[:begin]) if d.heading), None),) if d]
    heads: set[int] = set()
    outside: list[tuple[int, Dated]] = []
    for d in dates[begin:stop]:
        i = bisect_right(starts, d.t) - 1
        if i < 0 or d.t >= tree.end[records[i]]:
            outside.append((i, d))
            if d.heading:
                headings.append(d)
            continue
        way = tree.path(d.e, records[i])
        column = column_of(tree, d.e, records[i]) if named else 0
        nth = counts[i, way] = counts.get((i, way), -1) + 1
        slots.setdefault(("in", column, (way, nth)), {}).setdefault(i, d)
        span = titles.span[i]
        if d.heading and titles.linked > 0.5 and not titles.hrefs[i]:
            headings.append(d)
            heads.add(i)
        if not (span and span[0] <= d.t < span[1]) and not d.bad:
            all_nth = counts[i, "all"] = counts.get((i, "all"), -1) + 1
            if all_nth < 3:
                slots.setdefault(("nth", 0, all_nth), {}).setdefault(i, d)
    _between(tree, records, outside, slots)
    slots["above", 0, 0] = _inherited(tree, records, headings, heads)
    return slots, frozenset(heads)


def near(tree: Tree, records: Sequence[int], dates: Sequence[Dated]) -> tuple[int, int]:
    """From which and up to which date of the page they stand in or near the records; all others are too far off."""
    begin = bisect_left(dates, tree.first[_around(tree, records[0])], key=_text)
    return begin, bisect_left(dates, tree.end[_around(tree, records[-1])], key=_text)


def _between(
    tree: Tree, records: Sequence[int], outside: Sequence[tuple[int, Dated]], slots: dict[Key, Filled]
) -> None:
    """Dates behind and before the records, `outside` with the record above each: those of one tag, and all together."""
    breaks = (
        [tree.first[e] for e in range(records[0], tree.last[records[-1]]) if tree.tag[e] == "br"]
        if _lines(tree, records)
        else []
    )
    for i, d in outside:
        if i >= 0:
            end = tree.end[records[i]]
            if _beside(tree, records[i], d, end, d.t) and not _broken(breaks, end, d.t):
                for tag in (tree.tag[d.e], ""):
                    slots.setdefault(("after", 0, tag), {}).setdefault(i, d)
        if i + 1 < len(records):
            start = tree.first[records[i + 1]]
            if _beside(tree, records[i + 1], d, d.t, start) and not _broken(breaks, d.t + 1, start):
                for tag in (tree.tag[d.e], ""):
                    slots.setdefault(("before", 0, tag), {})[i + 1] = d


def _lines(tree: Tree, records: Sequence[int]) -> bool:
    """Records that are bare links in a row, parted by line breaks."""
    return tree.tag[records[0]] == "a" and "br" in tree.tag[records[0] : records[-1]]


def _beside(tree: Tree, record: int, d: Dated, start: int, stop: int) -> bool:
    """Whether a date stands near a record, in the box next above it or the one above that."""
    box = _around(tree, record)
    return tree.size[stop] - tree.size[start] < _NEAR and box <= d.e <= tree.last[box]


def _around(tree: Tree, record: int) -> int:
    """The box above the one that a record stands in: a record's date is not farther from it."""
    return max(0, tree.parent[max(0, tree.parent[record])])


def _broken(breaks: Sequence[int], start: int, stop: int) -> bool:
    """Whether a line ends between two texts, where lines are made by <br>."""
    k = bisect_left(breaks, start)
    return k < len(breaks) and breaks[k] <= stop


def _inherited(tree: Tree, records: Sequence[int], headings: Sequence[Dated], heads: set[int]) -> Filled:
    """The heading's date: the last one above each record that fills its own text and stands close in the tree."""
    places = [d.t for d in headings]
    filled: Filled = {}
    near: dict[tuple[int, int], bool] = {}
    for i, record in enumerate(records):
        k = bisect_right(places, tree.first[record]) - 1
        if k < 0 or i in heads:
            continue
        pair = (headings[k].e, tree.parent[record])
        if pair not in near:
            near[pair] = _close_by(tree, *pair)
        if near[pair]:
            filled[i] = headings[k]
    return filled


def _close_by(tree: Tree, heading: int, box: int) -> bool:
    """Whether a heading and a box of records have a common ancestor a few levels up."""
    above = heading
    for _ in range(_LEVELS):
        above = tree.parent[above]
        if above < 0 or (above == 0 and tree.parent[heading] > 0):
            return False  # all stand in the page's body: only a heading right in it speaks for what follows
        if above <= box <= tree.last[above]:
            break
    else:
        return False
    for _ in range(_LEVELS):
        if box == above:
            return True
        box = tree.parent[box]
    return False
