"""A page as flat arrays in reading order: elements and texts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice
from operator import sub

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.extract.names import Step, kinds_of

MOST_NODES = 20_000  # half as many again as the largest page we met has; the rest is not read
MOST_DEPTH = 400

# Elements whose text nobody reads, and what is no element, by the names that the parser gives.
_SKIPPED_TEXT = """
script style template svg head object iframe noframes select option textarea math canvas audio video
datalist -comment -doctype -document -
"""
_SKIPPED = frozenset(_SKIPPED_TEXT.split())
CELLS = frozenset({"td", "th"})
BLANKS = re.compile(r"\s{2,}|[\t\r\n\f]")


# Elements whose end tag may be left out, or that have none: they do not nest for want of it.
_UNNESTED_TEXT = """
p li td th tr dt dd option br img input meta link hr wbr source param area base col embed thead tbody
"""
_UNNESTED = frozenset(_UNNESTED_TEXT.split())
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_NESTED = re.compile(rf"<(/?)(?!(?:{'|'.join(_UNNESTED_TEXT.split())})(?![a-z0-9]))[a-z]", re.IGNORECASE | re.ASCII)
_MANY_TAGS = 8_000  # parsing time grows with the square of the depth: fewer tags do no harm however deep
_DEEPEST = 1_000
_MOST_TAGS = 5 * MOST_NODES  # of a source: an element has two at most, and some stand in scripts and comments
_LONG_TAG = 16_000  # characters; pictures written into an attribute are longer, and have few attributes
_MANY_ATTRIBUTES = 2_000
_FULL_TAG = re.compile(rf"[^\s/]*+(?:[\s/]++[^\s/]++){{{_MANY_ATTRIBUTES}}}")


def shallow(text: str) -> str:
    """The source up to where its nesting becomes monstrous, without tags of thousands of attributes."""
    tags = text.count("<")
    text = _without_monstrous_tags(_as_far_as_read(text) if tags > _MOST_TAGS else text)
    if tags < _MANY_TAGS or _depth(text) <= _DEEPEST:
        return text
    depth = 0
    for m in _TAG.finditer(text):
        if m[2].lower() not in _UNNESTED:
            depth = max(0, depth - 1) if m[1] else depth + 1
            if depth > _DEEPEST:
                return text[: m.start()]
    return text


def _as_far_as_read(text: str) -> str:
    """Without the tags that follow when the tree has long been full: to parse them takes longer than to read it."""
    return text[: -len(text.split("<", _MOST_TAGS)[-1]) - 1]


def _depth(text: str) -> int:
    """How deep the tags nest; one that shuts what none opened does not count."""
    heights = list(accumulate(-1 if shut else 1 for shut in _NESTED.findall(text)))
    return max(map(sub, heights, accumulate(heights, min, initial=0)), default=0)


def _without_monstrous_tags(text: str) -> str:
    """Parsing time grows with the square of the attributes of one tag: 100,000 of them took 20 s."""
    half = _LONG_TAG // 2  # what is long enough covers one of the stretches of this length, and leaves no `>` in it
    if all(">" in text[at : at + half] for at in range(0, len(text) - half + 1, half)):
        return text
    pieces = text.split(">")
    long = [i for i, length in enumerate(map(len, pieces)) if length >= _LONG_TAG]
    for i in long:
        pieces[i] = _shortened(pieces[i])
    return ">".join(pieces) if long else text


def _shortened(piece: str) -> str:
    """What stands between two `>`: some text, and a tag that may be cut down to its name."""
    start = piece.find("<")
    tag = piece[start:] if start >= 0 else ""
    if len(tag) < _LONG_TAG or not _FULL_TAG.match(tag):
        return piece
    name = _TAG.match(tag)
    return piece[:start] + (name[0] if name else "")


Attributes = dict[str, str | None]
Path = tuple[tuple[str, int], ...]


@dataclass(slots=True)
class Tree:
    """Element `e` has tag[e], parent[e] (-1 at the top), last[e] (its last descendant) and texts first[e]..end[e].

    Text `t` stands in element owner[t]; `size` holds the running length of the texts. Elements of one kind[e] are
    reached from the top by one path of tags, classes and columns.
    """

    tag: list[str] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    attributes: list[Attributes] = field(default_factory=list)
    column: list[int] = field(default_factory=list)  # of a table's cell: how many stand before it in its row; else 0
    kind: list[int] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)  # the last of each kind's path
    texts: list[str] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    size: list[int] = field(default_factory=lambda: [0])
    places: dict[int, int] = field(default_factory=dict)  # of the elements, by their addresses in the parser's memory
    cut: bool = False  # the page has more elements than are read
    ways: dict[tuple[int, int], int] = field(default_factory=dict)
    paths: dict[Path, int] = field(default_factory=dict)

    def attrs(self, e: int) -> Attributes:
        return self.attributes[e]

    def text(self, e: int) -> str:
        first, end = self.first[e], self.end[e]
        return self.texts[first] if end - first == 1 else " ".join(self.texts[first:end])

    def length(self, e: int) -> int:
        return self.size[self.end[e]] - self.size[self.first[e]]

    def lengths(self, elements: Iterable[int], most: int) -> list[int]:
        """The length of each element's text, but `most` where it is longer."""
        size, first, end = self.size, self.first, self.end
        return [length if (length := size[end[e]] - size[first[e]]) < most else most for e in elements]

    def total(self, elements: Iterable[int]) -> int:
        """The length of all texts of the elements."""
        size, first, end = self.size, self.first, self.end
        return sum([size[end[e]] - size[first[e]] for e in elements])

    def classes(self, e: int) -> str:
        attrs = self.attributes[e]
        return f"{attrs.get('class') or ''} {attrs.get('id') or ''}"

    def path(self, e: int, record: int) -> int:
        """The way from a record down to an element, by tag and column: a number, the same for the same way.

        It depends on the kinds of the two alone, and so it is walked once for all records of a kind.
        """
        key = (self.kind[e], self.kind[record])
        way = self.ways.get(key)
        if way is None:
            steps: list[tuple[str, int]] = []
            while e > record:
                steps.append((self.tag[e], self.column[e]))
                e = self.parent[e]
            way = self.ways[key] = self.paths.setdefault(tuple(steps), len(self.paths))
        return way


def grow(parser: LexborHTMLParser) -> Tree:
    """The tree of a parsed page, without scripts, styles and forms' choices."""
    tree = Tree()
    body = parser.body or parser.root
    if body is not None:
        _fill(tree, body)
    return tree


def _fill(tree: Tree, body: LexborNode) -> None:
    """One walk over the page, in the parser's own order: nothing here may cost more than it must.

    An element is known by its address in the parser's memory; what stands in an unknown one was left out with it.
    """
    tags, parents, attributes, first = [body.tag or "-"], [-1], [body.attributes], [0]
    texts, owners = tree.texts, tree.owner
    places, depths = tree.places, [0]
    places[body.mem_id] = 0
    walk = body.traverse(include_text=True, skip_empty=True)
    for node in islice(walk, 1, MOST_NODES):
        above = node.parent
        up = places.get(above.mem_id) if above else None
        if up is None:
            continue
        written = node.text_content
        if written is not None:
            if text := written.strip():
                texts.append(text if text.isprintable() and "  " not in text else BLANKS.sub(" ", text))
                owners.append(up)
        elif (tag := node.tag or "-") not in _SKIPPED:
            depth = depths[up] + 1
            if depth < MOST_DEPTH:
                places[node.mem_id] = len(tags)
            depths.append(depth)
            tags.append(tag)
            parents.append(up)
            attributes.append(node.attributes)
            first.append(len(texts))
    tree.cut = next(walk, None) is not None
    tree.tag, tree.parent, tree.attributes, tree.first = tags, parents, attributes, first
    tree.size = [0, *accumulate(map(len, texts))]
    tree.column = _columns(tags, parents)
    tree.kind, tree.steps = kinds_of(zip(parents, tags, attributes, tree.column, strict=True))
    tree.last, tree.end = _ends(tree)


def _columns(tags: Sequence[str], parents: Sequence[int]) -> list[int]:
    """How many cells stand before each cell in its row."""
    columns, cells = [0] * len(tags), dict[int, int]()
    if "td" in tags or "th" in tags:
        for e, tag in enumerate(tags):
            if tag in CELLS:
                columns[e] = cells[parents[e]] = cells.get(parents[e], -1) + 1
    return columns


def _ends(tree: Tree) -> tuple[list[int], list[int]]:
    """Of each element the last descendant, and where its texts end: it holds what its children hold."""
    parent, last, end = tree.parent, list(range(len(tree.tag))), tree.first[:]
    for t, e in enumerate(tree.owner, 1):
        end[e] = t
    for e in range(len(last) - 1, 0, -1):
        up = parent[e]
        if last[up] < last[e]:
            last[up] = last[e]
        if end[up] < end[e]:
            end[up] = end[e]
    return last, end
