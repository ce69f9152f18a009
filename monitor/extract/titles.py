"""Which text of a record is its title, and which link its address."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from monitor.extract.dates import find
from monitor.extract.links import Link
from monitor.extract.tree import Tree
from monitor.extract.words import DATED, PUBLISHED, is_label

_WORDS = re.compile(r"[^\W\d_]+")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SAMPLE = 60  # records are enough to choose by
_LONGEST = 600  # characters: from there on it is a paragraph
_STAMP = 80
_REPEATED = 4  # records that all have the same text
_MOST_LABELLED = 5  # values of one way in a record that are told apart
SURE = 0.5  # the worth of links that are titles, whatever other texts there are


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
    """A text that could be a record's title, with its link and the texts it fills. (A tuple: many are made.)"""

    text: str
    link: Link | None
    span: tuple[int, int]
    quality: float


Slot = dict[int, Cell]
Place = tuple[int, int]  # the way from the record, and how many of the same way come before it


def cells_of(tree: Tree, links: Sequence[Link]) -> list[Cell]:
    """A cell for each link of the page."""
    return [Cell(link.text, link, (tree.first[link.e], tree.end[link.e]), quality(link.text)) for link in links]


def choose(tree: Tree, records: Sequence[int], links: Sequence[Sequence[Cell]]) -> Titles:
    """Titles and addresses for records; `links` are those inside each record."""
    count = len(records)
    of_links = link_slots(tree, records, links)
    linked, worth = best_of(of_links, count)
    slot, in_link = linked, True
    if worth < SURE:
        texts, of_texts = best_of(text_slots(tree, records), count)
        if of_texts > least_of_texts(worth):
            slot, in_link = texts, False
            linked = max(of_links.values(), key=lambda slot: addresses(slot, count), default={})
    cells = [slot.get(i) or _any(tree, record, links[i]) for i, record in enumerate(records)]
    hrefs = tuple(
        [
            cell.link.href if cell and cell.link and cell.link.href else _href(linked.get(i), links[i])
            for i, cell in enumerate(cells)
        ]
    )
    texts_of = tuple([cell.text if cell else "" for cell in cells])
    sample = cells[:_SAMPLE]
    return Titles(
        titles=texts_of,
        hrefs=hrefs,
        quality=sum([cell.quality for cell in sample if cell]) / max(1, len(sample)),
        linked=sum([1 for href in hrefs if href]) / count,
        distinct=len(set(texts_of)) / count,
        in_link=in_link,
        crowd=_crowd(tree, records, links, cells, in_link),
        span=tuple([cell.span if cell else None for cell in cells]),
    )


def _crowd(
    tree: Tree, records: Sequence[int], links: Sequence[Sequence[Cell]], cells: Sequence[Cell | None], in_link: bool
) -> float:
    """Several links like the title's in each record: each of them is rather a record itself.

    One that most records have in the same words, such as 文字解读, names a part of each, and no record.
    """
    several = [row for row in zip(records[:_SAMPLE], links, cells, strict=False) if len(row[1]) > 1]
    most = [1] * (min(len(records), _SAMPLE) - len(several))
    shared = Counter(chain.from_iterable({cell.text for cell in inside} for _, inside, _ in several))
    for record, inside, cell in several:
        own = tree.path(cell.link.e, record) if in_link and cell and cell.link else None
        alike: dict[int, set[str | None]] = {}
        for _, link, _, worth in inside[:40]:
            if link is None or link.label or (own is not None and worth <= 0.3):
                continue
            if len(several) > 2 and shared[link.text] * 2 > len(several):
                continue
            way = tree.path(link.e, record)
            if own is None or way == own:
                alike.setdefault(way, set()).add(link.href)
        most.append(max(map(len, alike.values()), default=1))
    return sum(most) / max(1, len(most))


def least_of_texts(linked: float) -> float:
    """What texts that are no links must be worth, to be taken for titles before links worth so much."""
    return 1.25 * linked + 0.05


def best_of(slots: Mapping[Place, Slot], count: int) -> tuple[Slot, float]:
    """The worthiest slot, the first of equals, and its worth: never more than the share of the records it covers."""
    best, most = Slot(), -1.0
    for slot in slots.values():
        if len(slot) / count > most and (worth := worth_of(slot, count)) > most:
            best, most = slot, worth
    return best, max(0.0, most)


def worth_of(slot: Slot, count: int) -> float:
    """Coverage, quality and variety of a slot."""
    cells = list(slot.values())[:_SAMPLE]
    mean = sum([cell.quality for cell in cells]) / len(cells)
    various = len({cell.text for cell in cells})
    texts = pairs = various / len(cells)
    if various > 1 or len(cells) < _REPEATED:  # else one that says what each link does, and names no entry
        pairs = (
            texts if texts == 1.0 else len({(cell.text, cell.link and cell.link.href) for cell in cells}) / len(cells)
        )
    return len(slot) / count * mean * (0.3 + 0.7 * ((pairs + texts) / 2))


@lru_cache(maxsize=8192)
def _is_stamp(text: str) -> bool:
    """Whether a text says when something was published: then it is no title."""
    return bool((PUBLISHED.search(text) or DATED.search(text)) and find(text))


def addresses(slot: Slot, count: int) -> float:
    """How well a slot's links tell the records apart."""
    return len({cell.link.href for cell in slot.values() if cell.link and cell.link.href}) / count


def link_slots(tree: Tree, records: Sequence[int], links: Sequence[Sequence[Cell]]) -> dict[Place, Slot]:
    slots: dict[Place, Slot] = {}
    for i, record in enumerate(records):
        counts: dict[int, int] = {}
        for cell in links[i][:12]:
            way = tree.path(cell.link.e, record) if cell.link else -1
            nth = counts[way] = counts.get(way, -1) + 1
            slots.setdefault((way, nth), {})[i] = cell
    return slots


def text_slots(tree: Tree, records: Sequence[int]) -> dict[Place, Slot]:
    """The first text of each way, and those behind it that stand behind a label: Posted: 4 March, Caption: A v. B."""
    slots: dict[Place, Slot] = {}
    for i, record in enumerate(records):
        counts: dict[int, int] = {}
        for t in range(tree.first[record], min(tree.end[record], tree.first[record] + 30)):
            owner = tree.owner[t]
            if tree.tag[owner] == "a":
                continue
            way = tree.path(owner, record)
            nth = counts.get(way, 0)
            if not nth or (nth < _MOST_LABELLED and tree.texts[t - 1][-1] in ":："):
                counts[way] = nth + 1
                slots.setdefault((way, nth), {})[i] = _text_cell(tree, t)
    return slots


def _text_cell(tree: Tree, t: int) -> Cell:
    text = tree.texts[t]
    return Cell(text, None, (t, t + 1), quality(text) * (0.3 if len(text) < _STAMP and _is_stamp(text) else 1.0))


def _any(tree: Tree, record: int, links: Sequence[Cell]) -> Cell | None:
    """A record that is made unlike the others: its best link, else its best text."""
    if links:
        return max(links[:12], key=lambda cell: cell.quality)
    texts = range(tree.first[record], min(tree.end[record], tree.first[record] + 12))
    best = max(texts, key=lambda t: quality(tree.texts[t]), default=None)
    return None if best is None else _text_cell(tree, best)


def _href(linked: Cell | None, links: Sequence[Cell]) -> str | None:
    """Where a title has no address of its own: that of the linked slot, else the record's first."""
    for one in (linked, *links):
        if one and one.link and one.link.href:
            return one.link.href
    return None
