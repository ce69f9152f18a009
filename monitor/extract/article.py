"""When an article was published: what its page says of itself, in metadata and in sight, and how far that agrees."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from selectolax.lexbor import LexborHTMLParser

from monitor.extract.address import dated_by
from monitor.extract.claims import Claim, Way, in_data, in_metas, in_microdata
from monitor.extract.decode import decode
from monitor.extract.sight import in_sight
from monitor.extract.tree import grow, shallow
from monitor.extract.years import Order, order_of, resolved
from monitor.model.reading import Page

_AGREED = 0.97  # two ways that do not hang together say the same day
_DISPUTED = 0.6  # another way, as good, says another day
_GOOD = 0.75  # of a claim: it can stand alone, and dispute another
_PERHAPS_CLOCK = 0.6  # the reading day from a machine's field alone: some templates print the server's clock there
_NEARLY = timedelta(days=1)  # one moment in two time zones
_ADDRESS = 0.55
_MARKUP = (b"<html", b"<body", b"<meta", b"<head", b"<div")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The day an article was published, the ways that say so, the surest first, and how sure it is, 0..1."""

    day: date
    ways: tuple[Way, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class _Said:
    day: date
    way: Way
    worth: float


def published_of(page: Page, *, today: date) -> Published | None:
    """The publication day of an article's page, or None: never the day of reading, never a day ahead of it.

    Raises nothing for what the page holds. Below a confidence of 0.9 it proves nothing.
    """
    if page.status >= 400 or not any(mark in page.body[:100_000].lower() for mark in _MARKUP):
        return None
    text = decode(page)
    parser = LexborHTMLParser(shallow(text))
    root = parser.root
    language = (root.attributes.get("lang") or "") if root is not None else ""
    claims = [*in_metas(parser), *in_data(parser), *in_microdata(parser), *in_sight(parser, grow(parser))]
    said = list(_days(claims, order_of((claim.seen for claim in claims), language), today))
    if (day := dated_by(page.final_url)) and day <= today:
        said.append(_Said(day, Way.ADDRESS, _ADDRESS))
    return _weighed(said, today)


def _days(claims: Iterable[Claim], order: Order, today: date) -> Iterable[_Said]:
    for claim in claims:
        day = resolved(claim.seen, order, today)
        if day and day <= today:
            yield _Said(day, claim.way, claim.worth)


def _weighed(said: Sequence[_Said], today: date) -> Published | None:
    """The day that most speaks for; that of the page's face where moments are told in two time zones."""
    best = max(said, key=lambda s: (sum(_ways_for(said, s.day).values()), s.way is Way.TEXT, s.worth), default=None)
    if best is None:
        return None
    exact, near = _ways_for(said, best.day), _ways_for(said, best.day, _NEARLY)
    confidence = _AGREED if len(exact) > 1 else 0.9 if len(near) > 1 else exact[best.way]
    if any(s.worth >= _GOOD and abs(s.day - best.day) > _NEARLY for s in said):
        confidence = min(confidence, _DISPUTED)
    if best.day == today and Way.TEXT not in near:
        confidence = min(confidence, _PERHAPS_CLOCK)
    return Published(day=best.day, ways=tuple(sorted(exact, key=lambda w: -exact[w])), confidence=confidence)


def _ways_for(said: Sequence[_Said], day: date, apart: timedelta = timedelta()) -> dict[Way, float]:
    """The ways that say a day, each with its best worth."""
    found: dict[Way, float] = {}
    for s in said:
        if abs(s.day - day) <= apart:
            found[s.way] = max(s.worth, found.get(s.way, 0.0))
    return found
