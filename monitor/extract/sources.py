"""A page's source cut into tags and texts, with how deep each stands: enough to find where rows begin and end."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.extract.unescaped import words

_TAG = re.compile(
    r"<!--.*?-->|<(/?)([a-zA-Z][^\s/>]*)((?:[^>\"']|\"[^\"]{0,4000}\"|'[^']{0,4000}'){0,2000})>", re.DOTALL
)
_VALUE = re.compile(r"\s([\w:-]+)=([\"'])(.*?)\2", re.DOTALL)
_VOID_TEXT = "area base br col embed hr img input link meta param source track wbr"
_RAW_TEXT = "script style textarea title select template noscript iframe svg math"
_VOID = frozenset(_VOID_TEXT.split())
_RAW = frozenset(_RAW_TEXT.split())
_VARYING = re.compile(r"(?:href|title|id|alt|src|value|datetime|name|aria-[\w-]+|data-[\w-]+)\Z")


@dataclass(frozen=True, slots=True)
class Gap:
    """Where in the source something stands that differs from row to row."""

    start: int
    stop: int
    name: str  # of the attribute; "" of a text


@dataclass(frozen=True, slots=True)
class Piece:
    """A tag, a text, or a comment of the source. `depth` counts the elements that are open before it."""

    start: int
    stop: int
    tag: str  # li, /li; "" of a text, ! of a comment
    depth: int
    gaps: tuple[Gap, ...]
    frame: str  # the source, without what stands in the gaps

    def gap(self, name: str) -> Gap | None:
        return next((gap for gap in self.gaps if gap.name == name), None)

    @property
    def opens(self) -> bool:
        return self.tag[:1] not in ("", "/", "!") and self.tag not in _VOID


def pieces_of(text: str) -> list[Piece]:
    """The pieces from first to last. What stands in scripts and their like is part of their tag."""
    found: list[Piece] = []
    at = depth = 0
    skipped = ""
    for m in _TAG.finditer(text):
        name = (m[2] or "").lower()
        if skipped:
            if not (m[1] and name == skipped):
                continue
            skipped = ""
        if m.start() > at:
            found.append(_text(text, at, m.start(), depth))
        piece = _tag(text, m, name, depth)
        found.append(piece)
        at = m.end()
        if piece.opens:
            depth += 1
            skipped = name if name in _RAW else ""
        elif m[1]:
            depth -= 1
    return found


def _text(text: str, start: int, stop: int, depth: int) -> Piece:
    if not words(text[start:stop]):
        return Piece(start, stop, "", depth, (), text[start:stop])
    return Piece(start, stop, "", depth, (Gap(start, stop, ""),), "")


def _tag(text: str, m: re.Match[str], name: str, depth: int) -> Piece:
    if not name:
        return Piece(m.start(), m.end(), "!", depth, (), m[0])
    values = _VALUE.finditer(text, m.start(), m.end())
    gaps = tuple(Gap(v.start(3), v.end(3), v[1].lower()) for v in values if _VARYING.match(v[1].lower()))
    frame, at = "", m.start()
    for gap in gaps:
        frame, at = frame + text[at : gap.start] + "\0", gap.stop
    return Piece(m.start(), m.end(), m[1] + name, depth, gaps, frame + text[at : m.end()])


def closing(pieces: Sequence[Piece], start: int) -> int | None:
    """The piece that closes the element which `start` opens."""
    for i in range(start + 1, len(pieces)):
        piece = pieces[i]
        if piece.tag[:1] == "/" and piece.depth <= pieces[start].depth + 1:
            return i if piece.tag[1:] == pieces[start].tag else None
    return None


def links(pieces: Sequence[Piece]) -> Iterator[int]:
    """The pieces that are links."""
    for i, piece in enumerate(pieces):
        if piece.tag == "a" and piece.gap("href"):
            yield i
