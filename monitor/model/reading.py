"""What came back from the world: pages, listings and troubles."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256


class TroubleKind(StrEnum):
    """Why a column could not be seen: a closed list. None of them ever blames an officer."""

    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    CERTIFICATE = "certificate"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    RATE_LIMITED = "rate_limited"
    CLIENT_ERROR = "client_error"
    SERVER_ERROR = "server_error"
    BLOCKED = "blocked"  # a firewall's challenge page
    ROBOTS = "robots"
    LOGIN = "login"
    MOVED = "moved"
    MAINTENANCE = "maintenance"
    ERROR_PAGE = "error_page"  # an error with status 200
    NEEDS_SCRIPT = "needs_script"
    EMPTIED = "emptied"  # an empty list that once had entries
    UNDATED = "undated"
    UNREADABLE = "unreadable"  # no list found, or not surely enough
    REFUSED_ADDRESS = "refused_address"
    OFFLINE = "offline"  # our own network


TRANSIENT = frozenset(
    {
        TroubleKind.DNS,
        TroubleKind.CONNECT,
        TroubleKind.TIMEOUT,
        TroubleKind.RATE_LIMITED,
        TroubleKind.SERVER_ERROR,
        TroubleKind.MAINTENANCE,
        TroubleKind.OFFLINE,
    }
)


class HintKind(StrEnum):
    """What stands at an address that a page names, and that may hold more of its list than the page does."""

    FEED = "feed"
    DATA = "data"  # the call by which a script fills the list
    ARTICLE = "article"  # of an undated list: a page that may say when its entry was published
    FRAME = "frame"  # of a home page: a page of the same host that it shows within itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """An address that may hold the list, or its dates. It comes from the web: fetch it through the guard."""

    kind: HintKind
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a fetch brought: raw bytes, and what the server said of them. Header names are in lower case."""

    url: str  # the address asked for
    final_url: str  # the address that answered, after redirects
    status: int
    headers: dict[str, str]
    body: bytes
    hops: tuple[str, ...] = ()  # the addresses between those two
    rendered: bool = False  # built by a browser from what the server sent
    lacks: tuple[str, ...] = ()  # what might have filled a rendered page, and did not come
    broken: str = ""  # the first error that nothing in a rendered page's scripts caught

    @property
    def digest(self) -> str:
        """SHA-256 of the body as it came, unpacked: by it a page is known again, and a kept one can be proven."""
        return sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A failure of the world, as a value. `detail` is for people; it may hold text from the web: escape it.

    `hints` are addresses that may hold the list which could not be read, the likeliest of a kind first.
    `answer` is what the server sent instead of a page, where it sent anything: evidence, and no part of what is meant.
    """

    kind: TroubleKind
    detail: str = ""
    hints: tuple[Hint, ...] = ()
    answer: Page | None = field(default=None, compare=False, repr=False)

    @property
    def transient(self) -> bool:
        return self.kind in TRANSIENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave by which a page can be asked for again: it answers 304 where the page is unchanged (RFC 9110).

    They belong to `url`, the address that answered. Both are as the server wrote them, or "".
    """

    url: str
    etag: str = ""
    modified: str = ""  # Last-Modified


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """A server's word (304) that a page is what it was when it gave these validators."""

    url: str  # the address asked for
    validators: Validators


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A listed item. `published` is the publication date that the listing shows, or None: never the day of reading."""

    title: str
    url: str | None
    published: date | None
    pinned: bool = False
    year_inferred: bool = False  # from the reading day alone; False where neighbours or the address fix it


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The entries of a page, in its order.

    `method` names the reader. `confidence` is 0..1 that entries and newest date are right.
    `blank`: the page was read and says, or shows beyond doubt, that it has no entries.
    `hints` are addresses that hold the list or its dates, when the page says so; the likeliest of a kind first.
    `undated_until`: of a list that shows no dates, whose articles were asked: no entry without one is newer than that.
    `heading` and `more` belong to a list among others, as on a home page: the words above it, and its own page.
    """

    entries: tuple[Entry, ...]
    method: str
    confidence: float
    blank: bool = False
    title: str = ""  # of the page
    hints: tuple[Hint, ...] = ()
    next_page: str | None = None  # the address of the page with the next older entries
    heading: str = ""
    more: str | None = None
    undated_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A home page: all its lists in their order. `navigation`: it was read, and only leads to other pages.

    `hints` are the frames that it shows besides, which were not read: they may hold more lists.
    """

    listings: tuple[Listing, ...]
    navigation: bool = False
    title: str = ""
    hints: tuple[Hint, ...] = ()
