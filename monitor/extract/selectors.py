"""CSS selectors of recipes: read strictly, and matched in time that grows with the page and nothing else.

The parser matches a single step, such as `li.item`; the ways between steps are walked here. Its own walk tries every
way: `div div div p` on sixty nested boxes keeps it busy for minutes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from monitor.extract.tree import Tree

LONGEST = 300  # characters of a selector
_MOST_STEPS = 12
_WIDEST = 1_000  # children of one element: counting them costs the square

_NAME = r"-?[^\W\d][\w-]*"
_VALUE = r"(?:\"[^\"\]]*\"|'[^'\]]*'|[\w-]+)"
_IN_BRACKETS = rf"\[\s*{_NAME}\s*(?:[*^$~|]?=\s*{_VALUE}\s*)?\]"
_TEST = rf"[.#]{_NAME}|{_IN_BRACKETS}"
_COUNTED = r":(?:first|last|only)-(?:child|of-type)|:nth-(?:child|of-type)\([1-9]\d?\)"
_STEP = re.compile(rf"(?=[^\s>,])(?:{_NAME}|\*)?(?:{_TEST}|{_COUNTED}|:not\((?:{_NAME}|{_TEST})\))*")
_BETWEEN = re.compile(r"\s*([>,])\s*|\s+")
_ATTRIBUTE = re.compile(r"@([A-Za-z_][\w:-]*)\Z", re.ASCII)


class BadSelector(ValueError):
    """What cannot be read; `rest` is the selector from there on."""

    def __init__(self, rest: str) -> None:
        super().__init__(rest)
        self.rest = rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """Ways to an element, any of which will do: steps, each with whether the one before it must be its parent.

    `attribute` is the one that holds what is looked for, empty where the element's text does.
    """

    ways: tuple[tuple[tuple[bool, str], ...], ...]
    attribute: str = ""


@lru_cache(maxsize=1024)
def selector(text: str) -> Selector:
    """`div.list li > a`, `td:nth-child(2)`, `a@title`; `@title` alone is the record's own. Raises BadSelector."""
    text = text.strip()
    attribute = _ATTRIBUTE.search(text)
    path = text[: attribute.start()].strip() if attribute else text
    if len(text) > LONGEST:
        raise BadSelector(text[LONGEST:])
    ways = tuple(_ways(path)) if path or not attribute else ()
    return Selector(ways=ways, attribute=attribute[1].lower() if attribute else "")


def _ways(path: str) -> Iterable[tuple[tuple[bool, str], ...]]:
    steps: list[tuple[bool, str]] = []
    at, parent = 0, False
    while True:
        m = _STEP.match(path, at)
        if not m or not m[0] or len(steps) >= _MOST_STEPS or not _known(m[0]):
            raise BadSelector(path[at:])
        steps.append((parent, m[0]))
        if m.end() == len(path):
            yield tuple(steps)
            return
        between = _BETWEEN.match(path, m.end())
        if not between:
            raise BadSelector(path[m.end() :])
        parent, at = between[1] == ">", between.end()
        if between[1] == ",":
            yield tuple(steps)
            steps = []


def _known(step: str) -> bool:
    """Whether the parser knows the step too."""
    try:
        LexborHTMLParser("").css(step)
    except (SelectolaxError, UnicodeEncodeError):
        return False
    return True


def counts(wanted: Selector) -> bool:
    """Whether a selector asks for the number of a child."""
    return any(":" in step for way in wanted.ways for _, step in way)


def too_wide(tree: Tree) -> bool:
    """Whether counting the children of this page would take too long."""
    held: dict[int, int] = {}
    for up in tree.parent:
        held[up] = held.get(up, 0) + 1
    return max(held.values(), default=0) > _WIDEST


def matched(tree: Tree, parser: LexborHTMLParser, wanted: Selector) -> list[int]:
    """The elements that a selector means, in reading order."""
    places = dict(tree.places)
    if parser.root is not None:
        places.setdefault(parser.root.mem_id, -1)
    steps = {step for way in wanted.ways for _, step in way}
    meant = {step: {places[node.mem_id] for node in parser.css(step) if node.mem_id in places} for step in steps}
    found: set[int] = set()
    for way in wanted.ways:
        now: set[int] | None = None
        for parent, step in way:
            here = meant[step]
            now = here if now is None else _below(tree, now, here, parent)
        found |= now or set()
    return sorted(e for e in found if e >= 0)


def _below(tree: Tree, above: set[int], here: set[int], parent: bool) -> set[int]:
    """Those of `here` that have one of `above` as their parent, or as any ancestor."""
    if parent:
        return {e for e in here if e >= 0 and tree.parent[e] in above}
    under: list[bool] = []
    for up in tree.parent:
        under.append(up in above or (up >= 0 and under[up]))
    return {e for e in here if e >= 0 and under[e]}
