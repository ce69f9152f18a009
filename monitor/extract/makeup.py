"""Finds out what the rows of a list that was read in full are made of, so that others can be read without it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise, takewhile

from monitor.extract.around import part_of
from monitor.extract.contested import spots_of
from monitor.extract.forms import Form
from monitor.extract.fresh import Line, either_of, read_line
from monitor.extract.kin import folder_of
from monitor.extract.learnt import Box, Known, Rows, Shape, Unfit, digest
from monitor.extract.links import MOST_LINKS
from monitor.extract.loose import Gap, gaps_in, loose_texts
from monitor.extract.marks import Dated
from monitor.extract.rank import Reading
from monitor.extract.rows import band, check_addresses, entries_of, short_of
from monitor.extract.seen import Seen as OfPage
from monitor.extract.seen import cells_in
from monitor.extract.shapes import Apart, Span, described, labels_of, set_apart
from monitor.extract.slots import near
from monitor.extract.sources import line_of, tags_of
from monitor.extract.spans import end_of, starts_of
from monitor.extract.steady import DISTINCT, Basis
from monitor.extract.steady import near as is_near
from monitor.extract.titles import quality
from monitor.extract.tree import Tree
from monitor.model.reading import Listing

MOST_SHAPES = 40
_SURE = 0.9  # of the confidence: where it is less, what scripts say may be hinted at
_NEAR = 2  # texts before a list that are taken for its heading
_LEAD = 0.5  # of the score, where titles might be other texts
_MOST_EITHER = 200
_LONGEST_BEGIN = 200  # characters
_LONGEST_TAG = 8_000  # the same: a longer one might be cut where it grew


@dataclass(frozen=True, slots=True)
class Cut:
    """The rows of a list in the page's source: where each begins, and where the last one ends; the same apart."""

    starts: Sequence[int]
    end: int
    apart: Apart
    spans: Sequence[Span]


def rows_of(text: str, basis: Basis, listing: Listing, base: str, language: str, *, today: date, most: int) -> Rows:
    """How the rows are read again; Unfit where they cannot be, or not to the very same entries."""
    seen, best, records = basis.seen, basis.best, basis.best.candidate.records
    _plain_enough(seen, best, listing, today)
    cut = _cut(text, basis)
    shapes = _shapes(text, seen, best, cut)
    made = [next(s for s in shapes if s.size == b - a and s.built == cut.apart.built((a, b))) for a, b in cut.spans]
    titles, entries = [entry.title for entry in listing.entries], listing.entries
    days = [entry.published for entry in entries if entry.published]
    tolerant = listing.confidence >= _SURE and max(map(len, text.split(">"))) < _LONGEST_TAG
    boxes, length = [seen.tree.parent[r] for r in records], sum(map(len, titles)) / len(titles)
    gaps = _gaps(text, basis, today) if tolerant else []
    inside = range(seen.tree.first[records[0]], seen.tree.first[records[0]] + len(cut.apart.tree.texts) - 1)
    either = either_of([d for d in seen.dates if d.t not in inside])
    if len(set(boxes)) > 1 and len(entries) > most:
        raise Unfit("too many rows in several boxes")
    if len(either) > _MOST_EITHER:
        raise Unfit("too many dates")
    if (distinct := len(set(titles)) / len(titles)) != best.titles.distinct and is_near(distinct, DISTINCT):
        raise Unfit("titles that repeat but for their dates")
    spots = spots_of(seen.tree, records, cells_in(seen, records))
    if spots and any(0.0 < best.score - rival.score < _LEAD for rival in basis.rivals):
        raise Unfit("a rival close behind, that might have its titles elsewhere")
    rows = Rows(
        before=part_of(text, 0, cut.starts[0], gaps, today, since=0),
        after=part_of(text, cut.end, len(text), gaps, today, since=cut.starts[0]),
        box=cut.apart.box,
        begin=_begin([text[at : at + _LONGEST_BEGIN] for at in cut.starts]),
        shapes=shapes,
        labels=tuple(sorted(cut.apart.labels)),
        spots=spots,
        known=(),
        either=either,
        names=tuple(sorted(seen.names)),
        count=len(entries),
        length=length,
        short=short_of(titles, length),
        distinct=distinct,
        least=min(map(quality, basis.best.titles.titles)),
        quality=sum(map(quality, basis.best.titles.titles)) / len(titles),
        band=band(entries),
        newest=max(days),
        own=any(seen.kin.holds(entry.url) for entry in entries),
        folder=folder_of(entries[0].url) if len(set(boxes)) > 1 else "",
        mixed=_mixed(boxes, [folder_of(entry.url) for entry in entries]),
        apart=not best.titles.in_link and len({entry.url for entry in entries}) == len(entries),
        led=any(d.t == inside.stop for d in seen.dates)
        or any(d.t == cut.apart.tree.first[span[0]] for span in cut.spans for d in cut.apart.dates_of(span, None)),
    )
    lines = [read_line(cut.apart, shape, span, rows, base) for shape, span in zip(made, cut.spans, strict=True)]
    check_addresses(entries, entries, rows, seen.kin)
    if entries_of(lines, rows, language, today) != entries:
        raise Unfit("rows that are read otherwise apart from their page")
    known = tuple(_known(text, cut, lines)) if len(entries) <= most else ()
    return replace(rows, known=known)


def _mixed(boxes: Sequence[int], folders: Sequence[str]) -> int | None:
    """A row in one box with the next, though that lies in another folder; None where there is but one box, or none."""
    alike = [a == b for a, b in pairwise(boxes)] if len(set(boxes)) > 1 else []
    return next((i for i, same in enumerate(alike) if same and folders[i] != folders[i + 1]), None)


def _begin(sources: Sequence[str]) -> str:
    """How all of them begin."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(min(sources), max(sources), strict=False))
    return "".join(letter for letter, _ in alike)


def _plain_enough(seen: OfPage, best: Reading, listing: Listing, today: date) -> None:
    records, tree = best.candidate.records, seen.tree
    if best.slot is None or best.slot.heads or len(records) != len(listing.entries):
        raise Unfit("entries that are no rows")
    if len({tree.tag[r] for r in records}) > 1 or tree.cut or 2 * len(seen.links) > MOST_LINKS:
        raise Unfit("rows of several kinds, or a page without end")
    if any(seen.tree.texts[t] in seen.names for r in records for t in range(tree.first[r], tree.end[r])):
        raise Unfit("the page's own name in a row")
    begin, stop = near(tree, records, seen.dates)
    taken = {d.t for d in best.slot.dates if d}
    for d in seen.dates[begin:stop]:
        ahead = d.seen.form is Form.FULL and (d.seen.a, d.seen.b, d.seen.c) > (today.year, today.month, today.day)
        if d.t not in taken and (ahead or d.seen.form is Form.AGO) and d.heading:
            raise Unfit("a date beside the rows that means another day tomorrow")


def _cut(text: str, basis: Basis) -> Cut:
    """The rows in the source, read apart to the very same elements and texts."""
    tree, records, slot = basis.seen.tree, basis.best.candidate.records, basis.best.slot
    last = tree.last[records[-1]]
    day = slot.dates[-1] if slot else None
    bare = False
    if day and not records[-1] <= day.e <= last:
        e, up = day.e, _chain(tree, records[-1])
        bare = e in up
        while not bare and tree.parent[e] not in up:
            e = tree.parent[e]
        last = last if bare else tree.last[e]
    starts = starts_of(text, basis.parser, tree, [*records, last])
    if starts is None and last <= tree.last[records[-1]]:  # then the last row's own tags tell where it ends
        starts = starts_of(text, basis.parser, tree, [*records, records[-1]])
    if starts is None or any(a >= b for a, b in pairwise(starts[:-1])):
        raise Unfit("rows that are not in the source as they are in the page")
    *begins, least = starts
    end = end_of(text, begins[-1], least)
    if end is not None and bare:
        end = text.find("<", end)
    if end is None or end <= begins[-1]:
        raise Unfit("a row without end")
    box = Box(
        doctype=_doctype(text),
        chain=tuple(tree.tag[e] for e in reversed(_chain(tree, records[0])[:-1])),
        tag=tree.tag[records[0]],
    )
    apart = set_apart([text[begins[0] : end]], box, scripted="onclick" in text)
    shift = apart.depth - records[0]
    bounds = [*(r + shift for r in records), last + shift + 1]
    if not _same(tree, apart.tree, records[0], last + 1, shift) or not apart.is_mark(bounds[-1]):
        raise Unfit("rows that are other rows apart from their page")
    spans = list(pairwise(bounds))
    return Cut(begins, end, replace(apart, labels=labels_of(apart, spans)), spans)


def _chain(tree: Tree, e: int) -> list[int]:
    """What stands above an element, up to the body."""
    chain = []
    while (e := tree.parent[e]) >= 0:
        chain.append(e)
    return chain


def _doctype(text: str) -> str:
    head = text[:400].lstrip("\ufeff \t\r\n")
    return head[: head.find(">") + 1] if head[:9].lower() == "<!doctype" else ""


def _same(page: Tree, apart: Tree, start: int, stop: int, shift: int) -> bool:
    """Whether the rows have the same elements and texts apart from their page."""
    if page.tag[start:stop] != apart.tag[start + shift : stop + shift] or len(apart.tag) <= stop + shift:
        return False
    first, words = page.first[start], apart.texts[: apart.first[stop + shift]]
    return apart.first[start + shift] == 0 and page.texts[first : first + len(words)] == words


def _shapes(text: str, seen: OfPage, best: Reading, cut: Cut) -> tuple[Shape, ...]:
    """All that the rows are made of, if rows of one make have title, address and date in one place."""
    shapes: dict[tuple[int, str], Shape] = {}
    for i, span in enumerate(cut.spans):
        at, stop = cut.starts[i], (*cut.starts, cut.end)[i + 1]
        key = span[1] - span[0], cut.apart.built(span)
        shape = _shape(seen, best, cut, i, key, shapes[key].tags if key in shapes else line_of(tags_of(text[at:stop])))
        before = shapes.setdefault(key, shape)
        if replace(shape, dates=()) != replace(before, dates=()):
            raise Unfit("rows of one make that are read in several ways")
        if not set(shape.dates) <= set(before.dates):
            shapes[key] = replace(before, dates=before.dates + shape.dates)
    if len(shapes) > MOST_SHAPES or any(len(dict(s.dates)) < len(s.dates) for s in shapes.values()):
        raise Unfit("too many makes of rows")
    return tuple(shapes.values())


def _shape(seen: OfPage, best: Reading, cut: Cut, i: int, key: tuple[int, str], tags: str) -> Shape:
    tree, record, span = seen.tree, best.candidate.records[i], cut.spans[i]
    links = cut.apart.links_of(span)
    title, place, href = best.titles.titles[i], best.titles.span[i], best.titles.hrefs[i]
    day = best.slot.dates[i] if best.slot else None
    if place is None or day is None:
        raise Unfit("a row without a title or a day")
    shift = cut.apart.tree.first[span[0]] - tree.first[record]
    place = place[0] + shift, place[1] + shift
    tree = cut.apart.tree
    link = next((k for k, x in enumerate(links) if (tree.first[x.e], tree.end[x.e], x.text) == (*place, title)), None)
    text = None
    if link is None:
        text = place[0] - tree.first[span[0]]
        if tree.texts[place[0]] != title or place[1] - place[0] > 1:
            raise Unfit("a title that is neither a link nor a text")
    own = link if link is not None and links[link].href == href else None
    linked = own if own is not None else next((k for k, x in enumerate(links) if x.href and x.href == href), None)
    if href and linked is None:
        raise Unfit("an address that is no link's")
    dated = place[0] <= day.t + shift < place[1]
    dates = cut.apart.dates_of(span, None if dated else place)
    return Shape(
        size=key[0],
        built=key[1],
        link=link,
        text=text,
        href=linked,
        dated=dated,
        dates=((described(cut.apart, span, dates), _at(dates, day, shift, span[0] - record)),),
        tags=tags,
    )


def _at(dates: Sequence[Dated], day: Dated, texts: int, elements: int) -> int:
    """Which of a row's dates is its day."""
    found = [
        k for k, d in enumerate(dates)
        if (d.t, d.e, d.seen, d.bad) == (day.t + texts, day.e + elements, day.seen, day.bad)
    ]  # fmt: skip
    if len(found) != 1:
        raise Unfit("a day that is not seen apart from the page")
    return found[0]


def _known(text: str, cut: Cut, lines: Sequence[Line]) -> Iterator[Known]:
    for at, stop, line in zip(cut.starts, (*cut.starts[1:], cut.end), lines, strict=True):
        source = text[at:stop].rstrip()
        rests = line.day is not None and line.day.form in (Form.FULL, Form.COMPACT)
        yield Known(
            len(source), digest(source), line.said, line.signed, None if rests else line.day, line.either, line.weighed
        )


def _gaps(text: str, basis: Basis, today: date) -> list[Gap]:
    """Where something may change around the rows that changes no reading."""
    tree, seen = basis.seen.tree, basis.seen
    fixed: set[int] = set()
    for link in seen.links:
        fixed.update(range(tree.first[link.e], tree.end[link.e]))
    records = basis.best.candidate.records
    fixed.update(range(max(0, tree.first[records[0]] - _NEAR), tree.end[records[-1]]))
    fixed.update(d.t for d in (basis.best.slot.dates if basis.best.slot else ()) if d)
    return gaps_in(text, loose_texts(tree.texts, fixed, seen.names, today=today), today=today)
