"""What stands before a list and after it: all of it must be as it was, but for what can change no reading."""

from collections.abc import Sequence
from datetime import date

from monitor.extract.learnt import Part, Unfit, digest
from monitor.extract.loose import Gap, Kind, end_of, filled

_SEAM = "\0"
_SHORTEST, _LONGEST = 24, 4_000  # characters of a head


def part_of(text: str, start: int, stop: int, gaps: Sequence[Gap], today: date, *, since: int) -> Part:
    """What stands from `start` to `stop`; Unfit where nothing tells its beginning from what follows `since`."""
    head = _head(text, start, since)
    lengths, kept, at = list[tuple[int, str]](), list[str](), start
    for gap in gaps:
        if start + len(head) <= gap.start and gap.stop <= stop:
            kept += [text[at : gap.start], filled(text, gap.start, gap.stop, gap.kind, today)]
            lengths.append((gap.start - at, gap.kind))
            at = gap.stop
    kept.append(text[at:stop])
    return Part(
        gaps=tuple(lengths),
        rest=stop - at,
        digest=digest(_SEAM.join(kept)),
        length=stop - start,
        whole=digest(text[start:stop]),
        head=head,
    )


def _head(text: str, start: int, since: int) -> str:
    """How it begins, as long as it takes to be found."""
    length = _SHORTEST
    while length <= _LONGEST:
        head = text[start : start + length]
        if text.find(head, since) == start:
            return head
        length *= 2
    raise Unfit("nothing tells the end of the list")


def walked(text: str, at: int, part: Part, today: date) -> int:
    """Where a part ends that begins here; Unfit where anything in it is not as it was, that could change a reading."""
    if digest(text[at : at + part.length]) == part.whole:
        return at + part.length
    kept: list[str] = []
    for length, kind in part.gaps:
        kept.append(text[at : at + length])
        at += length
        end = end_of(text, at, Kind(kind))
        kept.append(filled(text, at, end, Kind(kind), today))
        at = end
    kept.append(text[at : at + part.rest])
    if digest(_SEAM.join(kept)) != part.digest:
        raise Unfit("something changed outside the list")
    return at + part.rest
