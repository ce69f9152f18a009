"""A page as flat arrays in reading order: elements, texts and three names of each element's path."""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

MOST_NODES = 150_000  # hostile pages have more; the rest is not read
MOST_DEPTH = 400

_SKIPPED_TEXT = """
script style template svg head object iframe noframes select option textarea math canvas audio video
datalist
"""
_SKIPPED = frozenset(_SKIPPED_TEXT.split())
_STATE = re.compile(
    r"[\d_]+|\b(?:active|current|curr?|on|hover|first|last|odd|even|alt|selected|new|hot|top)\b", re.IGNORECASE
)
_BLANKS = re.compile(r"\s{2,}|[\t\r\n\f]")


# Elements whose end tag may be left out, or that have none: they do not nest for want of it.
_UNNESTED_TEXT = """
p li td th tr dt dd option br img input meta link hr wbr source param area base col embed thead tbody
"""
_UNNESTED = frozenset(_UNNESTED_TEXT.split())
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_MANY_TAGS = 8_000  # parsing time grows with the square of the depth: fewer tags do no harm however deep
_DEEPEST = 1_000


def shallow(text: str) -> str:
    """The source up to where its nesting becomes monstrous; nearly always all of it."""
    if text.count("<") < _MANY_TAGS:
        return text
    depth = 0
    for m in _TAG.finditer(text):
        if m[2].lower() not in _UNNESTED:
            depth = max(0, depth - 1) if m[1] else depth + 1
            if depth > _DEEPEST:
                return text[: m.start()]
    return text


@dataclass(slots=True)
class Tree:
    """Element `e` has tag[e], parent[e] (-1 at the top), last[e] (its last descendant) and texts first[e]..end[e].

    `whole`, `tags` and `tail` name its path: by tag and class, by tag and table column, by the last four levels.
    Text `t` stands in element owner[t]; `size` holds the running length of the texts.
    """

    tag: list[str] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    depth: list[int] = field(default_factory=list)
    attrs: list[dict[str, str | None]] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    column: list[int] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    tail: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    size: list[int] = field(default_factory=lambda: [0])

    def text(self, e: int) -> str:
        return " ".join(self.texts[self.first[e] : self.end[e]])

    def length(self, e: int) -> int:
        return self.size[self.end[e]] - self.size[self.first[e]]

    def classes(self, e: int) -> str:
        attrs = self.attrs[e]
        return f"{attrs.get('class') or ''} {attrs.get('id') or ''}"


def grow(parser: LexborHTMLParser) -> Tree:
    """The tree of a parsed page, without scripts, styles and forms' choices."""
    tree = Tree()
    body = parser.body or parser.root
    if body is not None:
        _fill(tree, body)
        _close(tree)
    return tree


def _fill(tree: Tree, body: LexborNode) -> None:
    place: dict[int, int] = {}
    cells: dict[int, int] = {}
    plain: dict[str, str] = {}
    sign: list[int] = []
    root = body.mem_id
    for count, node in enumerate(body.traverse(include_text=True, skip_empty=True)):
        if count > MOST_NODES:
            break
        tag = node.tag or ""
        above = node.parent
        up = -1 if node.mem_id == root or above is None else place.get(above.mem_id, -2)
        if up == -2 or tag in _SKIPPED or tag == "-comment":
            continue
        if tag == "-text":
            _add_text(tree, node, up)
        elif up < 0 or tree.depth[up] < MOST_DEPTH:
            place[node.mem_id] = len(tree.tag)
            _add_element(tree, node, tag, up, cells, plain, sign)


def _add_text(tree: Tree, node: LexborNode, up: int) -> None:
    text = (node.text_content or "").strip()
    if text and up >= 0:
        tree.texts.append(_BLANKS.sub(" ", text))
        tree.owner.append(up)
        tree.size.append(tree.size[-1] + len(text))


def _add_element(
    tree: Tree, node: LexborNode, tag: str, up: int, cells: dict[int, int], plain: dict[str, str], sign: list[int]
) -> None:
    attrs = node.attributes
    column = 0
    if tag in ("td", "th"):
        column = cells.get(up, 0)
        cells[up] = column + 1
    kind = attrs.get("class") or ""
    if kind not in plain:
        plain[kind] = _STATE.sub("", kind).strip()
    mark = hash((tag, plain[kind], column))
    tree.tag.append(tag)
    tree.parent.append(up)
    tree.attrs.append(attrs)
    tree.first.append(len(tree.texts))
    tree.column.append(column)
    sign.append(mark)
    if up < 0:
        tree.depth.append(0)
        tree.whole.append(mark)
        tree.tags.append(hash((tag, column)))
        tree.tail.append(mark)
        return
    tree.depth.append(tree.depth[up] + 1)
    tree.whole.append(hash((tree.whole[up], mark)))
    tree.tags.append(hash((tree.tags[up], tag, column)))
    over = max(tree.parent[up], 0)
    tree.tail.append(hash((mark, sign[up], sign[over], sign[max(tree.parent[over], 0)])))


def _close(tree: Tree) -> None:
    """Give each element its last descendant and the end of its texts, from the back."""
    count = len(tree.tag)
    tree.last = list(range(count))
    tree.end = tree.first.copy()
    for t, e in enumerate(tree.owner):
        tree.end[e] = t + 1
    for e in range(count - 1, 0, -1):
        up = tree.parent[e]
        if tree.last[e] > tree.last[up]:
            tree.last[up] = tree.last[e]
        if tree.end[e] > tree.end[up]:
            tree.end[up] = tree.end[e]
