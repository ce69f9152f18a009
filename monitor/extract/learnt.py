"""What was learnt of a column's page: its surroundings and what its rows are made of, as values kept in JSON."""

from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass
from datetime import date
from hashlib import blake2b
from typing import Any, NamedTuple

from monitor.extract.forms import Form, Seen
from monitor.extract.version import READER
from monitor.model.reading import Entry, Hint, HintKind, Listing


class Unfit(Exception):
    """The page is not as it was learnt: it must be read in full. Never leaves `again`. `args[0]` says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Where the rows stand: what their source must be put into, that it is read as it is in its page."""

    doctype: str
    chain: tuple[str, ...]  # the tags from the body down to the box of the rows
    tag: str  # of a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What some rows are made of, and which of their links, texts and dates are what. All are counted from the row's
    first."""

    size: int  # elements
    built: str  # digest of elements, links and texts
    link: int | None  # the link that is the title; None where the text is
    text: int | None
    href: int | None  # the link that is the address
    dated: bool  # the date stands in the title
    dates: tuple[tuple[str, int], ...]  # what dates such a row may have besides, and which of them is its day
    tags: str  # in the source, in a line: what a redesign changes


class Spot(NamedTuple):
    """A place in the rows that may hold their titles."""

    way: str  # from the row down
    nth: int  # of those on that way
    linked: bool


class Weighed(NamedTuple):
    """What stands in such a place of one row, as far as it is weighed."""

    spot: int
    quality: float
    text: int  # numbers that tell texts, and addresses, apart
    href: int


@dataclass(frozen=True, slots=True)
class Known:
    """A row as it stood when it was learnt: where it stands so again, its entry is the same, and need not be read."""

    length: int  # characters
    digest: str
    said: bool  # that it is pinned, in words
    signed: bool  # the same, by a sign
    day: Seen | None  # where it depends on other dates, or on the day of reading
    either: tuple[Seen, ...]  # its dates that leave open which number is the month
    weighed: tuple[Weighed, ...]  # where several places come near one another


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What stands before the list, or after it: pieces that stay as they are, and between them `gaps` of some kind."""

    gaps: tuple[tuple[int, str], ...]  # how many characters stay before each, and its kind
    rest: int  # characters after the last
    digest: str  # of all that stays
    length: int
    whole: str  # digest of it as it was
    head: str  # how it begins, as no other place from there on does


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """How the rows of a list are read without looking for it."""

    before: Part
    after: Part
    box: Box
    begin: str  # how the source of each row begins
    shapes: tuple[Shape, ...]
    labels: tuple[str, ...]  # of links, as nearly every row has one
    spots: tuple[Spot, ...]  # first the place of the titles, then those that come near it; none where none does
    known: tuple[Known, ...]  # the rows of the listing's entries; none where they are too many
    either: tuple[Seen, ...]  # the dates around the rows that leave open which number is the month
    names: tuple[str, ...]  # what the page calls itself
    count: int
    length: float  # of a title, characters, at the mean
    short: float  # the share of far shorter ones
    distinct: float  # share of the titles
    quality: float  # how like titles they are, at the mean
    least: float  # the same, of the least of them
    band: int  # how well the days are in order
    newest: date
    own: bool  # whether any of their addresses lies in the page's own folder
    folder: str  # in which they lie; "" where it does not count, since they stand in one box
    mixed: (
        int | None
    )  # a row that stands in one box with the next, which lies in another folder: no box for each column
    apart: bool  # whether it counts that their addresses all differ
    led: bool  # whether a date begins a row, or follows the last: what ends the row before could be its label


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """How a page was read, so that it can be read again without looking for its list.

    It holds only while all that stays around the rows is the same: nothing new can then stand outside them, and title,
    hints, next page and what rivals the list are the same too.
    """

    reader: str
    learnt: date
    url: str  # the address that answered
    content_type: str
    base: str
    language: str
    whole: str  # digest of the page, where reading the very same page must give the very same listing; "" elsewhere
    rows: Rows | None  # None: the whole page must be the same
    listing: Listing  # without its entries, where no row of theirs is known
    why: str = ""  # why the rows could not be learnt
    misfits: int = 0  # times in a row that it had to be learnt anew soon after it was learnt

    @property
    def holds(self) -> bool:
        """Whether anything was learnt; that nothing could be is kept too, so that it is not tried at each look."""
        return bool(self.rows or self.whole)

    @property
    def shape(self) -> frozenset[str]:
        """The rows' tags."""
        return frozenset(shape.tags for shape in self.rows.shapes) if self.rows else frozenset()

    def to_json(self) -> dict[str, Any]:
        """Only strings, numbers, lists and dictionaries."""
        plain = asdict(self)
        listed = [entry | {"published": _day(entry["published"])} for entry in plain["listing"]["entries"]]
        rows = None
        if self.rows:
            known = [list(astuple(row)) for row in self.rows.known]
            rows = plain["rows"] | {"newest": self.rows.newest.isoformat(), "known": known}
        more = {"rows": rows, "listing": plain["listing"] | {"entries": listed}}
        return plain | {"learnt": self.learnt.isoformat()} | more


def from_json(kept: object) -> Learnt | None:
    """What was kept; None where another reader learnt it, or it is no such thing."""
    if not isinstance(kept, dict) or kept.get("reader") != READER:
        return None
    try:
        return _learnt(kept)
    except (KeyError, TypeError, ValueError):
        return None


def _learnt(kept: dict[str, Any]) -> Learnt:
    listing = kept["listing"]
    hints = tuple(Hint(kind=HintKind(hint["kind"]), url=hint["url"]) for hint in listing["hints"])
    more = {
        "learnt": date.fromisoformat(kept["learnt"]),
        "rows": _rows(kept["rows"]) if kept["rows"] else None,
        "listing": Listing(**listing | {"entries": tuple(map(_entry, listing["entries"])), "hints": hints}),
    }
    return Learnt(**kept | more)


def _rows(kept: dict[str, Any]) -> Rows:
    more = {
        "before": _part(kept["before"]),
        "after": _part(kept["after"]),
        "box": Box(**kept["box"] | {"chain": tuple(kept["box"]["chain"])}),
        "shapes": tuple(Shape(**s | {"dates": tuple((d, i) for d, i in s["dates"])}) for s in kept["shapes"]),
        "spots": tuple(Spot(*spot) for spot in kept["spots"]),
        "known": tuple(_known(*row) for row in kept["known"]),
        "either": tuple(map(_seen, kept["either"])),
        "names": tuple(kept["names"]),
        "labels": tuple(kept["labels"]),
        "newest": date.fromisoformat(kept["newest"]),
    }
    return Rows(**kept | more)


def _part(kept: dict[str, Any]) -> Part:
    return Part(**kept | {"gaps": tuple((length, kind) for length, kind in kept["gaps"])})


def _known(
    length: int,
    digest: str,
    said: bool,
    signed: bool,
    day: Sequence[Any] | None,
    either: Sequence[Sequence[Any]],
    weighed: Sequence[Any],
) -> Known:
    places = tuple(Weighed(*one) for one in weighed)
    return Known(length, digest, said, signed, _seen(day) if day else None, tuple(map(_seen, either)), places)


def _seen(kept: Sequence[Any]) -> Seen:
    form, *numbers = kept
    return Seen(Form(form), *numbers)


def digest(source: str) -> str:
    """Of a piece of a page's text."""
    return blake2b(source.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _entry(kept: dict[str, Any]) -> Entry:
    day = kept["published"]
    return Entry(**kept | {"published": date.fromisoformat(day) if day else None})
