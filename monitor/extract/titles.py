"""Which text of a record is its title, and which link its address."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from monitor.extract.dates import find
from monitor.extract.marks import Link
from monitor.extract.tree import Tree
from monitor.extract.words import DATED, PUBLISHED, is_label

_WORDS = re.compile(r"[^\W\d_]+")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SAMPLE = 60  # records are enough to choose by
_LONGEST = 600  # characters: from there on it is a paragraph
_STAMP = 80

Path = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """A title and a link address (or None) for each record; `quality` 0..1 says how like titles they are."""

    titles: tuple[str, ...]
    hrefs: tuple[str | None, ...]
    quality: float
    linked: float  # share of records with an address
    distinct: float
    in_link: bool
    crowd: float  # title-like links of one kind in a record, at the mean
    span: tuple[tuple[int, int] | None, ...]  # the texts that the title fills


def quality(text: str) -> float:
    """How like a title a text is, 0..1: words, not numbers; long enough, but no paragraph."""
    return _title_like(text[:_LONGEST])


@lru_cache(maxsize=8192)
def _title_like(text: str) -> float:
    if is_label(text):
        return 0.0
    head = text[:200]
    wide = 0 if head.isascii() else len(_WIDE.findall(head))
    letters = sum(map(len, _WORDS.findall(head))) + wide * 1.6
    whole = sum(map(len, head.split())) + wide * 1.6
    if not letters:
        return 0.05
    size = min(1.0, letters / 22)
    long = 1.0 if len(text) < 250 else 0.5 if len(text) < _LONGEST else 0.2
    pure = letters / whole
    dated = 0.4 if len(text) < 26 and any(s.end - s.start > 0.6 * len(text) for s in find(text)) else 1.0
    return size * long * (0.35 + 0.65 * pure) * dated


class Cell(NamedTuple):
    """A text of a record that could be its title, with its link and the texts it fills. (A tuple: many are made.)"""

    text: str
    link: Link | None
    span: tuple[int, int]


Slot = dict[int, Cell]


def choose(tree: Tree, records: Sequence[int], links: Sequence[Sequence[Link]]) -> Titles:
    """Titles and addresses for records; `links` are those inside each record."""
    count = len(records)
    link_slots = _link_slots(tree, records, links)
    linked = _best(link_slots, count)
    slot, in_link = linked, True
    if _worth(linked, count) < 0.5:
        texts = _best(_text_slots(tree, records, links), count)
        if _worth(texts, count) > 1.25 * _worth(linked, count) + 0.05:
            slot, in_link = texts, False
            linked = max(link_slots.values(), key=lambda slot: _addresses(slot, count), default={})
    cells = [slot.get(i) or _any(tree, record, links[i]) for i, record in enumerate(records)]
    hrefs = tuple(_href(cell, linked.get(i), links[i]) for i, cell in enumerate(cells))
    texts_of = tuple(cell.text if cell else "" for cell in cells)
    return Titles(
        titles=texts_of,
        hrefs=hrefs,
        quality=sum(_quality(cell) for cell in cells[:_SAMPLE] if cell) / max(1, len(cells[:_SAMPLE])),
        linked=sum(1 for href in hrefs if href) / count,
        distinct=len(set(texts_of)) / count,
        in_link=in_link,
        crowd=_crowd(tree, records, links, cells, in_link),
        span=tuple(cell.span if cell else None for cell in cells),
    )


def _crowd(
    tree: Tree, records: Sequence[int], links: Sequence[Sequence[Link]], cells: Sequence[Cell | None], in_link: bool
) -> float:
    """Several links like the title's in each record: each of them is rather a record itself."""
    most = []
    for record, inside, cell in zip(records[:_SAMPLE], links, cells, strict=False):
        if len(inside) < 2:
            most.append(1)
            continue
        own = tree.path(cell.link.e, record) if in_link and cell and cell.link else None
        alike: dict[Path, set[str | None]] = {}
        for link in inside[:40]:
            way = tree.path(link.e, record)
            if not link.label and (own is None or (way == own and quality(link.text) > 0.3)):
                alike.setdefault(way, set()).add(link.href)
        most.append(max((len(hrefs) for hrefs in alike.values()), default=1))
    return sum(most) / max(1, len(most))


def _best(slots: dict[Path, Slot], count: int) -> Slot:
    """The worthiest slot, the first of equals; no slot is worth more than the share of the records that it covers."""
    best, most = Slot(), -1.0
    for slot in slots.values():
        if len(slot) / count > most and (worth := _worth(slot, count)) > most:
            best, most = slot, worth
    return best


def _worth(slot: Slot, count: int) -> float:
    """Coverage, quality and variety of a slot."""
    if not slot:
        return 0.0
    cells = list(slot.values())[:_SAMPLE]
    mean = sum(_quality(cell) for cell in cells) / len(cells)
    variety = len({(cell.text, cell.link.href if cell.link else None) for cell in cells}) / len(cells)
    variety = (variety + len({cell.text for cell in cells}) / len(cells)) / 2
    return len(slot) / count * mean * (0.3 + 0.7 * variety)


def _quality(cell: Cell) -> float:
    return quality(cell.text) * (0.3 if cell.link is None and len(cell.text) < _STAMP and _is_stamp(cell.text) else 1.0)


@lru_cache(maxsize=8192)
def _is_stamp(text: str) -> bool:
    """A text that says when something was published is no title."""
    return bool((PUBLISHED.search(text) or DATED.search(text)) and find(text))


def _addresses(slot: Slot, count: int) -> float:
    """How well a slot's links tell the records apart."""
    return len({cell.link.href for cell in slot.values() if cell.link and cell.link.href}) / count


def _link_slots(tree: Tree, records: Sequence[int], links: Sequence[Sequence[Link]]) -> dict[Path, Slot]:
    slots: dict[Path, Slot] = {}
    for i, record in enumerate(records):
        counts: dict[Path, int] = {}
        for link in links[i][:12]:
            way = tree.path(link.e, record)
            nth = counts[way] = counts.get(way, -1) + 1
            cell = Cell(link.text, link, (tree.first[link.e], tree.end[link.e]))
            slots.setdefault((way, nth), {})[i] = cell
    return slots


def _text_slots(tree: Tree, records: Sequence[int], links: Sequence[Sequence[Link]]) -> dict[Path, Slot]:
    slots: dict[Path, Slot] = {}
    for i, record in enumerate(records):
        for t in range(tree.first[record], min(tree.end[record], tree.first[record] + 30)):
            owner = tree.owner[t]
            if tree.tag[owner] == "a":
                continue
            slots.setdefault(tree.path(owner, record), {}).setdefault(i, Cell(tree.texts[t], None, (t, t + 1)))
    return slots


def _any(tree: Tree, record: int, links: Sequence[Link]) -> Cell | None:
    """A record that is made unlike the others: its best link, else its best text."""
    cells = [Cell(link.text, link, (tree.first[link.e], tree.end[link.e])) for link in links[:12]]
    if not cells:
        span = range(tree.first[record], min(tree.end[record], tree.first[record] + 12))
        cells = [Cell(tree.texts[t], None, (t, t + 1)) for t in span]
    return max(cells, key=lambda cell: quality(cell.text), default=None)


def _href(cell: Cell | None, linked: Cell | None, links: Sequence[Link]) -> str | None:
    """The title's own address, else that of the linked slot, else the record's first."""
    for link in (cell.link if cell else None, linked.link if linked else None, *links):
        if link and link.href:
            return link.href
    return None
