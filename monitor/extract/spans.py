"""Where in the source the records of a list stand: what the parser does not tell, counted out by their tags."""

import re
from collections.abc import Sequence
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser

from monitor.extract.sources import TAG
from monitor.extract.tree import Tree

_RAW = r"<!--.*?-->|<(script|style|textarea|title|iframe|noframes|xmp)\b[^>]*>.*?</\1"
_VOID_TEXT = "area base br col embed hr img input link meta param source track wbr"
_VOID = frozenset(_VOID_TEXT.split())


def starts_of(text: str, parser: LexborHTMLParser, tree: Tree, elements: Sequence[int]) -> list[int] | None:
    """Where each element's tag begins; None where the source has more or fewer of its tags than the page."""
    places: dict[int, int] = {}
    for tag in {tree.tag[e] for e in elements}:
        nodes = parser.css(tag)
        found = [m.start() for m in _opening(tag).finditer(text) if m[2]]
        if len(nodes) != len(found):
            return None
        places |= {tree.places.get(node.mem_id, -1): at for node, at in zip(nodes, found, strict=True)}
    starts = [places.get(e, -1) for e in elements]
    return starts if min(starts, default=-1) >= 0 else None


@lru_cache(maxsize=64)
def _opening(tag: str) -> re.Pattern[str]:
    return re.compile(rf"{_RAW}|<({re.escape(tag)})(?=[\s/>])", re.DOTALL | re.IGNORECASE)


def end_of(text: str, start: int, least: int) -> int | None:
    """Where what begins at `start` is closed again, or the box around it is, beyond `least`."""
    still: list[str] = []
    for m in TAG.finditer(text, start):
        name = (m[3] or "").lower()
        if not name:
            continue
        if m[2] and name in still:
            while still.pop() != name:
                pass
        elif m[2]:
            return m.start() if m.start() > least else None
        elif name not in _VOID:
            still.append(name)
        if not still and m.end() > least:
            return m.end()
    return None
