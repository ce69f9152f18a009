"""What the rows of a list are made of: elements, links and texts, and which of them are title, address and date."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import chain

from selectolax.lexbor import LexborHTMLParser

from monitor.extract import marks
from monitor.extract.learnt import Box, Shape, Unfit
from monitor.extract.links import Link, links
from monitor.extract.marks import Dated
from monitor.extract.names import plain
from monitor.extract.records import LABEL
from monitor.extract.tree import Tree, grow, shallow

_MARK = "\ue03f"  # a letter that no page writes
_CELLS = {
    "tr": ("td",),
    "tbody": ("tr", "td"),
    "thead": ("tr", "td"),
    "ul": ("li",),
    "ol": ("li",),
    "table": ("tr", "td"),
}
_NEARLY = 0.8  # share of the rows
_NAME = 200  # characters of a class
_ALONE = 0.9  # the share of its text that a date fills

Span = tuple[int, int]  # the first of a row's elements, and the one after its last


@dataclass(frozen=True)
class Apart:
    """Rows that were read apart from their page, as the page's own tree would hold them."""

    tree: Tree
    box: Box
    links: Sequence[Link]
    dates: Sequence[Dated]
    labels: frozenset[str] = frozenset()  # of links, as nearly every row has one

    @cached_property
    def depths(self) -> list[int]:
        depths = [0]
        for up in self.tree.parent[1:]:
            depths.append(depths[up] + 1)
        return depths

    @cached_property
    def linked(self) -> dict[int, Link]:
        return {link.e: link for link in self.links}

    def links_of(self, span: Span) -> Sequence[Link]:
        start = bisect_left(self.links, span[0], key=lambda link: link.e)
        return self.links[start : bisect_left(self.links, span[1], key=lambda link: link.e)]

    def texts_of(self, span: Span) -> Span:
        return self.tree.first[span[0]], self.tree.first[span[1]]

    def dates_of(self, span: Span, title: Span | None) -> list[Dated]:
        """The dates of a row, without those in its title."""
        start, stop = self.texts_of(span)
        found = self.dates[
            bisect_left(self.dates, start, key=lambda d: d.t) : bisect_left(self.dates, stop, key=lambda d: d.t)
        ]
        return [d for d in found if not (title and title[0] <= d.t < title[1])]

    def is_mark(self, e: int) -> bool:
        """Whether an element is the mark that was set behind some rows, as it was set: then all before it is closed."""
        tree, tags = self.tree, (self.box.tag, *_CELLS.get(self.box.tag, ()))
        held = tuple(tree.tag[e : tree.last[e] + 1]) == tags and tree.text(e) == _MARK
        return held and tree.owner[tree.first[e]] == tree.last[e] and self.depths[e] == self.depth

    @property
    def depth(self) -> int:
        return len(self.box.chain) + 1

    def built(self, span: Span) -> str:
        """A digest of what a row is made of; rows of one digest differ only in what they say."""
        tree, base = self.tree, self.depths[span[0]]
        elements = [
            f"{tree.tag[e]} {self.depths[e] - base} {_style(tree, e)} {self._kind(self.linked.get(e))}"
            for e in range(*span)
        ]
        texts = [max(-1, tree.owner[t] - span[0]) for t in range(*self.texts_of(span))]
        return digest_of("\n".join(elements), texts)

    def _kind(self, link: Link | None) -> str:
        if link is None:
            return ""
        return f"{bool(link.href)}{link.label}{worded if (worded := link.text.lower()) in self.labels else ''}"


def _style(tree: Tree, e: int) -> str:
    classes = tree.attrs(e).get("class")
    return plain(classes[:_NAME]) if classes else ""


def digest_of(*what: object) -> str:
    return blake2b(repr(what).encode("utf-8", "replace"), digest_size=9).hexdigest()


def set_apart(stretches: Sequence[str], box: Box, labels: Collection[str] = (), *, scripted: bool) -> Apart:
    """Some stretches of a list's source, read in such boxes as they stand in; behind each of them a mark is set."""
    if any(_MARK in stretch for stretch in stretches):
        raise Unfit("a mark of ours")
    if any(shallow(stretch) != stretch for stretch in stretches):
        raise Unfit("a monstrous row")
    mark = "".join(f"<{tag}>" for tag in (box.tag, *_CELLS.get(box.tag, ()))) + _MARK
    mark += "".join(f"</{tag}>" for tag in reversed((box.tag, *_CELLS.get(box.tag, ()))))
    boxes = "".join(f"<{tag}>" for tag in box.chain)
    tree = grow(LexborHTMLParser(f"{box.doctype}<body>{boxes}" + "".join(f"{stretch}{mark}" for stretch in stretches)))
    below = len(box.chain) + 1
    if tuple(tree.tag[1:below]) != box.chain or tree.parent[1:below] != list(range(below - 1)):
        raise Unfit("boxes that do not hold each other")
    found = links(tree, scripted=scripted)
    return Apart(tree=tree, box=box, links=found, dates=marks.dates(tree), labels=frozenset(labels))


def labels_of(apart: Apart, spans: Sequence[Span]) -> frozenset[str]:
    """The words of a link that nearly every row has, such as 详情: links of one text make a list of their own."""
    counts = Counter(chain.from_iterable({link.text.lower() for link in apart.links_of(span)} for span in spans))
    return frozenset(text for text, count in counts.items() if len(text) < LABEL and count >= _NEARLY * len(spans))


def spans_of(apart: Apart, shapes: Sequence[Shape], stretches: int) -> list[list[tuple[Shape, Span]]]:
    """The rows of each stretch by their shapes, one after another with nothing between; Unfit for anything else."""
    e, stop, found = apart.depth, len(apart.tree.tag), list[list[tuple[Shape, Span]]]()
    words = 0  # texts up to which all stand in rows
    sizes = sorted({shape.size for shape in shapes}, reverse=True)
    by_digest = {(shape.size, shape.built): shape for shape in shapes}
    rows: list[tuple[Shape, Span]] = []
    while e < stop:
        if apart.is_mark(e):
            found.append(rows)
            rows, e, words = [], apart.tree.last[e] + 1, apart.tree.end[e]
            continue
        here = (by_digest.get((size, apart.built((e, e + size)))) for size in sizes if _ends(apart, e + size))
        shape = next((shape for shape in here if shape), None)
        if shape is None or apart.depths[e] != apart.depth or (not rows and apart.tree.first[e] != words):
            raise Unfit("a row of another shape")
        rows.append((shape, (e, e + shape.size)))
        e += shape.size
    if rows or len(found) != stretches:
        raise Unfit("rows that do not end")
    return found


def _ends(apart: Apart, e: int) -> bool:
    """Whether a row could end before an element: another begins there."""
    return e < len(apart.tree.tag) and apart.tree.tag[e] == apart.box.tag and apart.depths[e] == apart.depth


def described(apart: Apart, span: Span, dates: Sequence[Dated]) -> str:
    """What the dates of a row are, but for their days."""
    start, t = span[0], apart.tree.first[span[0]]
    return digest_of(
        [
            (d.t - t, max(-1, d.e - start), d.seen.form, d.good, d.bad, d.ranged, d.opens, d.heading, d.fill > 0.9)
            for d in dates
        ]
    )
