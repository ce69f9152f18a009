"""Whether a list is built in another way than it was when it was learnt: what the redesign alarm rests on.

An alarm must mean a change of the page, not of what can be learnt of it. So the rows' tags as they were learnt are
looked for in the page as it is now, and the entries that were read in full must stand in such rows.
"""

from collections.abc import Iterator, Sequence

from monitor.extract.address import resolve
from monitor.extract.learnt import Learnt
from monitor.extract.sources import Piece, pieces_of
from monitor.extract.steady import LINES
from monitor.extract.unescaped import Unfit, attribute
from monitor.model.reading import Listing

_SURE = LINES[-1]  # a page that is read less surely may be some other page, and is doubted enough without an alarm
_LEAST = 3  # entries


def rebuilt(text: str, listing: Listing, learnt: Learnt) -> bool:
    """Whether less than half of the entries stand in rows of the tags that were learnt; never where that is unsure."""
    entries = listing.entries
    if not learnt.rows or len(entries) < _LEAST or listing.confidence < _SURE:
        return False
    pieces = pieces_of(text)
    bases = {learnt.base, learnt.url, *_base(text, pieces, learnt.url)}
    standing = {resolve(base, href) for href in _hrefs(text, pieces, learnt) for base in bases}
    return 2 * sum(entry.url in standing for entry in entries) < len(entries)


def _hrefs(text: str, pieces: Sequence[Piece], learnt: Learnt) -> Iterator[str]:
    """The addresses in all rows of the page that are made of the tags of a learnt row."""
    tags = [piece for piece in pieces if _is_tag(piece)]
    line = _line(tags)
    for form in {_line([p for p in pieces_of("x".join(row.fixed)) if _is_tag(p)]) for row in learnt.rows}:
        at = line.find(form)
        while at >= 0:
            first = line.count(" ", 0, at) // 2
            for piece in tags[first : first + form.count(" ") // 2]:
                if href := _value(text, piece, "href"):
                    yield href
            at = line.find(form, at + len(form))


def _line(tags: Sequence[Piece]) -> str:
    """The names of tags, each between two blanks of its own."""
    return "".join(f" {piece.tag} " for piece in tags)


def _is_tag(piece: Piece) -> bool:
    return piece.tag not in ("", "!")


def _base(text: str, pieces: Sequence[Piece], url: str) -> Iterator[str]:
    """What the page says that its addresses are relative to."""
    for piece in pieces:
        if piece.tag == "base" and (base := resolve(url, _value(text, piece, "href"))):
            yield base


def _value(text: str, piece: Piece, name: str) -> str | None:
    gap = piece.gap(name)
    try:
        return attribute(text[gap.start : gap.stop]).strip() if gap else None
    except Unfit:
        return None
