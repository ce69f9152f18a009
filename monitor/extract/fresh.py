"""Reads new rows of a list by what its rows are made of, with the eyes that read whole pages."""

from collections.abc import Sequence
from typing import NamedTuple

from monitor.extract.address import resolve
from monitor.extract.contested import weighed_in
from monitor.extract.forms import Form, Seen
from monitor.extract.headings import YEAR_ALONE
from monitor.extract.html import wording
from monitor.extract.learnt import Known, Rows, Shape, Unfit, Weighed
from monitor.extract.marks import Dated, spoken_for
from monitor.extract.pins import signs
from monitor.extract.shapes import Apart, Span, described, set_apart, spans_of
from monitor.extract.titles import cells_of, quality
from monitor.model.reading import Entry

_EITHER = (Form.EITHER, Form.EITHER_YEARLESS)
_LEAST = 0.2  # the quality of a text that could be a title
_LABEL = 14  # characters
_FAR = 400  # characters: the full reading goes a little farther for a date


class Line(NamedTuple):
    """A row as it is read before its day is told from those of the others. (A tuple: one is made for each row.)

    `entry` has its title, and its day where that is known, of a known row alone.
    """

    entry: Entry
    titles: tuple[str, str]  # as a pinned entry's, and as another's
    quality: float  # how like a title it is
    day: Seen | None
    said: bool
    signed: bool
    either: tuple[Seen, ...]
    weighed: tuple[Weighed, ...]


def known_line(known: Known, entry: Entry, quality: float) -> Line:
    return Line(
        entry, (entry.title, entry.title), quality, known.day, known.said, known.signed, known.either, known.weighed
    )


def fresh_lines(stretches: Sequence[str], rows: Rows, base: str, *, scripted: bool) -> list[list[Line]]:
    """The rows in each stretch of a list's source; Unfit where one is unlike all that were learnt."""
    if not stretches:
        return []
    apart = set_apart(stretches, rows.box, rows.labels, scripted=scripted)
    found = spans_of(apart, rows.shapes, len(stretches))
    up = apart.tree.parent
    if any(up[start] != up[stop] for spans in found for _, (start, stop) in spans):
        raise Unfit("a new row that ends a box")
    return [[read_line(apart, shape, span, rows, base) for shape, span in spans] for spans in found]


def read_line(apart: Apart, shape: Shape, span: Span, rows: Rows, base: str) -> Line:
    tree, links = apart.tree, apart.links_of(span)
    start, stop = apart.texts_of(span)
    title, place = title_of(apart, shape, span)
    worth = quality(title)
    if worth < min(_LEAST, rows.least):
        raise Unfit("a row without a title")
    if not set(rows.names).isdisjoint(tree.texts[start:stop]):
        raise Unfit("the page's own name in a row")
    if any(YEAR_ALONE.fullmatch(text) for text in tree.texts[tree.end[span[0]] : stop]):
        raise Unfit("a year behind a row, that may stand over others")
    if rows.led and _labels_what_follows(apart, stop - 1):
        raise Unfit("words before the next row's date")
    dates = apart.dates_of(span, None if shape.dated else place)
    at = dict(shape.dates).get(described(apart, span, dates))
    if at is None:
        raise Unfit("other dates in a row")
    d = dates[at]
    if d.t >= tree.end[span[0]] and tree.size[d.t] - tree.size[tree.end[span[0]]] > _FAR:
        raise Unfit("a date far behind its row")
    said, signed = signs(tree, span[0])
    within = apart.links_of((span[0], tree.last[span[0]] + 1))
    href = links[shape.href].href if shape.href is not None else None
    return Line(
        entry=Entry(title="", url=resolve(base, href), published=None),
        titles=(wording(tree, title, place, d, True), wording(tree, title, place, d, False)),
        quality=worth,
        day=d.seen,
        said=said,
        signed=signed,
        either=either_of(apart.dates_of(span, None)),
        weighed=weighed_in(tree, span[0], cells_of(tree, within), rows.spots) if rows.spots else (),
    )


def title_of(apart: Apart, shape: Shape, span: Span) -> tuple[str, Span]:
    """A row's title, and the texts that it fills."""
    tree = apart.tree
    if shape.link is not None:
        link = apart.links_of(span)[shape.link]
        return link.text, (tree.first[link.e], tree.end[link.e])
    t = tree.first[span[0]] + (shape.text or 0)
    return tree.texts[t], (t, t + 1)


def either_of(dates: Sequence[Dated]) -> tuple[Seen, ...]:
    """The dates that leave open which number is the month."""
    return tuple(d.seen for d in dates if d.seen.form in _EITHER)


def _labels_what_follows(apart: Apart, t: int) -> bool:
    """Whether the last text of a row could be taken for the label of a date that begins the next."""
    text = apart.tree.texts[t]
    short = len(text) < _LABEL or (text[-1] in ":：" and len(text) < 40)
    return short and apart.tree.tag[apart.tree.owner[t]] != "a" and spoken_for(text) != (0.0, False)


def at_rest(day: Seen | None) -> bool:
    """Whether a date means one day whatever other dates there are and whenever it is read."""
    return day is not None and day.form in (Form.FULL, Form.COMPACT)
