"""A page as flat arrays in reading order: elements and texts."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

MOST_NODES = 50_000  # hostile pages have more; the rest is not read
MOST_DEPTH = 400

_SKIPPED_TEXT = """
script style template svg head object iframe noframes select option textarea math canvas audio video
datalist
"""
_SKIPPED = frozenset(_SKIPPED_TEXT.split())
_BLANKS = re.compile(r"\s{2,}|[\t\r\n\f]")


# Elements whose end tag may be left out, or that have none: they do not nest for want of it.
_UNNESTED_TEXT = """
p li td th tr dt dd option br img input meta link hr wbr source param area base col embed thead tbody
"""
_UNNESTED = frozenset(_UNNESTED_TEXT.split())
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_MANY_TAGS = 8_000  # parsing time grows with the square of the depth: fewer tags do no harm however deep
_DEEPEST = 1_000
_LONG_TAG = 16_000  # characters; pictures written into an attribute are longer, and have few attributes
_MANY_ATTRIBUTES = 2_000
_ATTRIBUTE = re.compile(r"[\s/]+[^\s/]")


def shallow(text: str) -> str:
    """The source up to where its nesting becomes monstrous, without tags of thousands of attributes."""
    text = _without_monstrous_tags(text)
    if text.count("<") < _MANY_TAGS:
        return text
    depth = 0
    for m in _TAG.finditer(text):
        if m[2].lower() not in _UNNESTED:
            depth = max(0, depth - 1) if m[1] else depth + 1
            if depth > _DEEPEST:
                return text[: m.start()]
    return text


def _without_monstrous_tags(text: str) -> str:
    """Parsing time grows with the square of the attributes of one tag: 100,000 of them took 20 s."""
    if len(text) < _LONG_TAG:
        return text
    pieces = text.split(">")
    if max(map(len, pieces)) < _LONG_TAG:
        return text
    return ">".join(map(_shortened, pieces))


def _shortened(piece: str) -> str:
    """What stands between two `>`: some text, and a tag that may be cut down to its name."""
    start = piece.find("<")
    tag = piece[start:] if start >= 0 else ""
    if len(tag) < _LONG_TAG or len(_ATTRIBUTE.findall(tag)) < _MANY_ATTRIBUTES:
        return piece
    name = _TAG.match(tag)
    return piece[:start] + (name[0] if name else "")


@dataclass(slots=True)
class Tree:
    """Element `e` has tag[e], parent[e] (-1 at the top), last[e] (its last descendant) and texts first[e]..end[e].

    Text `t` stands in element owner[t]; `size` holds the running length of the texts. What costs more, attributes and
    names of paths, is fetched when asked for, and kept.
    """

    tag: list[str] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    nodes: list[LexborNode] = field(default_factory=list)
    column: dict[int, int] = field(default_factory=dict)  # of a table's cell: how many stand before it in its row
    texts: list[str] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    size: list[int] = field(default_factory=lambda: [0])
    known: dict[int, dict[str, str | None]] = field(default_factory=dict)
    paths: dict[tuple[int, int], tuple[object, ...]] = field(default_factory=dict)

    def attrs(self, e: int) -> dict[str, str | None]:
        attrs = self.known.get(e)
        if attrs is None:
            attrs = self.known[e] = self.nodes[e].attributes
        return attrs

    def text(self, e: int) -> str:
        return " ".join(self.texts[self.first[e] : self.end[e]])

    def length(self, e: int) -> int:
        return self.size[self.end[e]] - self.size[self.first[e]]

    def classes(self, e: int) -> str:
        attrs = self.attrs(e)
        return f"{attrs.get('class') or ''} {attrs.get('id') or ''}"

    def path(self, e: int, record: int) -> tuple[object, ...]:
        """The way from a record down to an element, by tag and column."""
        key = (e, record)
        known = self.paths.get(key)
        if known is None:
            steps: list[object] = []
            while e > record:
                steps.append((self.tag[e], self.column[e]) if e in self.column else self.tag[e])
                e = self.parent[e]
            known = self.paths[key] = tuple(steps)
        return known


def grow(parser: LexborHTMLParser) -> Tree:
    """The tree of a parsed page, without scripts, styles and forms' choices."""
    tree = Tree()
    body = parser.body or parser.root
    if body is not None:
        _fill(tree, body)
    return tree


def _fill(tree: Tree, body: LexborNode) -> None:
    """One walk over the page, by first child and next sibling: nothing here may cost more than it must."""
    node, opened, cells = body, list[int](), dict[int, int]()
    for _ in range(MOST_NODES):
        tag = node.tag or "-"
        child = None
        if tag == "-text":
            _add_text(tree, node, opened[-1] if opened else 0)
        elif tag[0] != "-" and tag not in _SKIPPED:
            up = opened[-1] if opened else -1
            if tag in ("td", "th"):
                tree.column[len(tree.tag)] = cells[up] = cells.get(up, -1) + 1
            child = node.first_child if len(opened) < MOST_DEPTH else None
            if child is not None:
                opened.append(len(tree.tag))
            tree.last.append(len(tree.tag))
            tree.tag.append(tag)
            tree.parent.append(up)
            tree.nodes.append(node)
            tree.first.append(len(tree.texts))
            tree.end.append(len(tree.texts))
        following = child or node.next
        while following is None and len(opened) > 1:
            following = _shut(tree, opened.pop()).next
        if following is None:
            break
        node = following
    while opened:
        _shut(tree, opened.pop())


def _shut(tree: Tree, e: int) -> LexborNode:
    tree.last[e] = len(tree.tag) - 1
    tree.end[e] = len(tree.texts)
    return tree.nodes[e]


def _add_text(tree: Tree, node: LexborNode, up: int) -> None:
    text = (node.text_content or "").strip()
    if text:
        tree.texts.append(_BLANKS.sub(" ", text))
        tree.owner.append(up)
        tree.size.append(tree.size[-1] + len(text))
