"""Whether a list is built in another way than it was when it was learnt: what the redesign alarm rests on.

An alarm must mean a change of the page, not of what can be learnt of it. So the rows' tags as they were learnt are
looked for in the page as it is now, and the entries that were read in full must stand in such rows.
"""

from collections.abc import Iterator, Sequence

from monitor.extract.address import resolve
from monitor.extract.learnt import Learnt
from monitor.extract.sources import Tag, line_of, tags_of
from monitor.extract.steady import LINES
from monitor.model.reading import Listing

_SURE = LINES[-1]  # a page that is read less surely may be some other page, and is doubted enough without an alarm
_LEAST = 3  # entries


def rebuilt(text: str, listing: Listing, learnt: Learnt) -> bool:
    """Whether less than half of the entries stand in rows of the tags that were learnt; never where that is unsure."""
    entries = listing.entries
    if not learnt.rows or len(entries) < _LEAST or listing.confidence < _SURE:
        return False
    tags = tags_of(text)
    bases = {learnt.base, learnt.url, *_base(tags, learnt.url)}
    standing = {resolve(base, href) for href in _hrefs(tags, learnt) for base in bases}
    return 2 * sum(entry.url in standing for entry in entries) < len(entries)


def _hrefs(tags: Sequence[Tag], learnt: Learnt) -> Iterator[str]:
    """The addresses in all rows of the page that are made of the tags of a learnt row."""
    line = line_of(tags)
    for form in learnt.shape:
        at = line.find(form)
        while at >= 0:
            first = line.count(" ", 0, at) // 2
            yield from (tag.href for tag in tags[first : first + form.count(" ") // 2] if tag.href)
            at = line.find(form, at + len(form))


def _base(tags: Sequence[Tag], url: str) -> Iterator[str]:
    """What the page says that its addresses are relative to."""
    yield from (base for tag in tags if tag.name == "base" and (base := resolve(url, tag.href)))
