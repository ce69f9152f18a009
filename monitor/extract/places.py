"""Where in the source the entries of a listing stand: a row each, from the row's first tag to its last."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from monitor.extract.address import resolve
from monitor.extract.sources import Piece, closing, links
from monitor.extract.unescaped import Unfit, attribute, words
from monitor.model.reading import Entry

_STARTS = 4  # links that could be the first entry's


@dataclass(frozen=True, slots=True)
class Place:
    """A row among the pieces of the source: its first piece, that of its link, and the one after its last."""

    start: int
    link: int
    stop: int


def places_of(text: str, pieces: Sequence[Piece], entries: Sequence[Entry], base: str) -> list[Place] | None:
    """A row for each entry, none overlapping; None where they cannot be told."""
    urls = [(i, _url(text, pieces[i], base)) for i in links(pieces)]
    for strict in (True, False):
        for chain in _chains(text, pieces, urls, entries, strict):
            if places := _rows(pieces, chain):
                return places
    return None


def _url(text: str, piece: Piece, base: str) -> str | None:
    gap = piece.gap("href")
    try:
        return resolve(base, attribute(text[gap.start : gap.stop]).strip()) if gap else None
    except Unfit:
        return None


def _chains(
    text: str, pieces: Sequence[Piece], urls: Sequence[tuple[int, str | None]], entries: Sequence[Entry], strict: bool
) -> Iterator[list[int]]:
    """Links that follow one another as the entries do; `strict`: with the entries' titles."""
    fitting = [k for k, (_, url) in enumerate(urls) if url == entries[0].url]
    for first in fitting[:_STARTS]:
        chain: list[int] = []
        for i, url in urls[first:]:
            if len(chain) == len(entries):
                break
            entry = entries[len(chain)]
            if url == entry.url and (not strict or _worded(text, pieces, i, entry.title)):
                chain.append(i)
        if len(chain) == len(entries):
            yield chain


def _worded(text: str, pieces: Sequence[Piece], link: int, title: str) -> bool:
    stop = closing(pieces, link) or link
    said = " ".join(w for p in pieces[link:stop] if not p.tag and (w := words(text[p.start : p.stop])))
    if said == title or title in said:
        return True
    whole = pieces[link].gap("title")
    return bool(whole) and words(text[whole.start : whole.stop]) == title if whole else False


def _rows(pieces: Sequence[Piece], chain: Sequence[int]) -> list[Place] | None:
    """Each link's row: between two links, the least deep tag that opens begins the next row.

    Where a box ends between two rows, that is the box's tag: the row begins where the others do before their links.
    """
    leads = Counter(link - _start(pieces, before, link) for before, link in pairwise(chain))
    lead = leads.most_common(1)[0][0]
    tags = {tuple(piece.tag for piece in pieces[max(0, link - lead) : link]) for link in chain}
    if len(tags) > 1 or chain[0] < lead:
        return None
    places = []
    for link in chain:
        stop = closing(pieces, link - lead)
        if stop is None or stop < link:
            return None
        places.append(Place(link - lead, link, stop + 1))
    return places if all(a.stop <= b.start for a, b in pairwise(places)) else None


def _start(pieces: Sequence[Piece], before: int, link: int) -> int:
    between = [i for i in range(before + 1, link + 1) if pieces[i].opens]
    least = min(pieces[i].depth for i in between)
    return max(i for i in between if pieces[i].depth == least)
