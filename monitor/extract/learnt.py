"""What was learnt of a column's page: the bytes around its list and the forms of its rows, as values kept in JSON."""

from dataclasses import asdict, astuple, dataclass
from datetime import date
from enum import StrEnum
from hashlib import blake2b, sha256
from typing import Any

from monitor.extract.forms import Form
from monitor.model.reading import Entry, Hint, HintKind, Listing

READER = 5  # raise it whenever the full reading may read a page otherwise: what an older reader learnt is dropped


class Years(StrEnum):
    """Where the years of the dates come from."""

    WRITTEN = "written"  # in the date
    ADDRESS = "address"  # in each entry's address
    INFERRED = "inferred"  # from the neighbours and the reading day


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A form of rows: fixed pieces of source, and between each two of them a gap. Gaps are named by number.

    A gap holds the value of an attribute or a text; it ends where the next piece begins. `fixed` has one more piece.
    """

    fixed: tuple[str, ...]
    texts: tuple[int, ...]  # the gaps that are texts
    href: int
    title: tuple[int, ...]  # the texts that make it, none where only the attribute does
    whole: int | None  # the attribute that holds the title in full
    date: int | None  # None: the address holds it
    named: int | None  # the text before the date, where it could be the date's label
    quiet: tuple[int, ...]  # texts that tell no day
    loud: tuple[int, ...]  # texts that tell some other day, in each row


@dataclass(frozen=True, slots=True)
class Known:
    """A row as it stood when it was learnt: where it stands so again, its entry is the same, and need not be read."""

    length: int  # characters
    digest: str
    vote: int  # of its dates: how many more of them show a day before the month than after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """How a page was read, so that it can be read again without looking for its list.

    It holds only for the same bytes before and after the rows: nothing new can then stand outside them, and title,
    hints, next page and what rivals the list are the same too.
    """

    reader: int
    learnt: date
    url: str  # the address that answered
    content_type: str
    plain: bool  # UTF-8 as it came; else it is decoded as any page, and counted in UTF-8
    base: str
    language: str
    before: int  # bytes
    after: int
    around: str  # digest of them
    whole: str  # digest of the page as it came, where the very same page must give the very same listing; "" elsewhere
    rows: tuple[Row, ...]  # none: the whole page must be the same
    between: tuple[str, ...]  # what parts two rows: once where it is always the same, else one by one
    count: int
    length: float  # of a title, characters, at the mean
    distinct: float  # share of the titles
    form: Form | None
    votes: int  # of the dates around the rows, as of a known row's
    lead: str  # the words before each date in its text
    years: Years
    by_address: bool  # the addresses hold the dates
    ordered: bool
    newest: date | None
    known: tuple[Known, ...]  # the rows of `listing`'s entries; none where their days depend on the day of reading
    listing: Listing  # without its entries, where there are rows that hold them and none is known
    shape: str  # of a row, for people and for the alarm
    misfits: int = 0  # times in a row that it had to be learnt anew soon after it was learnt

    @property
    def holds(self) -> bool:
        """Whether anything was learnt; that nothing could be is kept too, so that it is not tried at each look."""
        return bool(self.rows or self.whole)

    @property
    def dated(self) -> bool:
        return self.form is not None or self.by_address

    def to_json(self) -> dict[str, Any]:
        """Only strings, numbers, lists and dictionaries."""
        plain = asdict(self)
        listed = [entry | {"published": _day(entry["published"])} for entry in plain["listing"]["entries"]]
        return plain | {
            "learnt": self.learnt.isoformat(),
            "newest": _day(self.newest),
            "known": [list(astuple(row)) for row in self.known],
            "listing": plain["listing"] | {"entries": listed},
        }


def from_json(kept: dict[str, Any] | None) -> Learnt | None:
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
    rows = tuple(Row(**{name: _tuple(value) for name, value in row.items()}) for row in kept["rows"])
    more = {
        "learnt": date.fromisoformat(kept["learnt"]),
        "newest": date.fromisoformat(kept["newest"]) if kept["newest"] else None,
        "rows": rows,
        "between": tuple(kept["between"]),
        "known": tuple(Known(*row) for row in kept["known"]),
        "form": Form(kept["form"]) if kept["form"] else None,
        "years": Years(kept["years"]),
        "listing": Listing(**listing | {"entries": tuple(map(_entry, listing["entries"])), "hints": hints}),
    }
    return Learnt(**kept | more)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _entry(kept: dict[str, Any]) -> Entry:
    day = kept["published"]
    return Entry(**kept | {"published": date.fromisoformat(day) if day else None})


def _tuple(value: object) -> Any:
    return tuple(value) if isinstance(value, list | tuple) else value


def digest(before: bytes, after: bytes = b"") -> str:
    """Of what stands around the rows."""
    found = sha256(before)
    found.update(b"\0")
    found.update(after)
    return found.hexdigest()[:32]


def digest_of_row(source: str) -> str:
    return blake2b(source.encode(), digest_size=12).hexdigest()
