"""What an article's page says of its publication to machines: meta fields, JSON-LD and microdata."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from selectolax.lexbor import LexborHTMLParser

from monitor.extract.data import parsed
from monitor.extract.dates import find
from monitor.extract.forms import Form, Seen


class Way(StrEnum):
    """By which way an article tells its day."""

    META = "meta"  # a field of the head: PubDate, article:published_time, dcterms.issued …
    DATA = "json-ld"  # datePublished, in JSON-LD or microdata
    TIME = "time"  # <time datetime>
    TEXT = "text"  # a date that people see, by the title, named as that of publication
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Claim:
    """A written day that would be that of publication, and how far it can be believed if nothing else speaks."""

    seen: Seen
    way: Way
    worth: float


_MOST_FIELDS = 300
_MOST_SCRIPTS = 20
_LONGEST_DATA = 400_000
_MOST_VISITED = 5_000
_LONGEST_VALUE = 60
_SEPARATORS = re.compile(r"[\s._:;-]+")
_SURE, _FAIR = 0.92, 0.7

# Names of meta fields without their separators. PubDate is that of the official set of Chinese government sites.
_ISSUED_TEXT = """
pubdate publishdate publisheddate publishedtime publishtime publicationdate datepublished dateissued datepublication
articlepublishedtime articlepublished articlepubdate ogarticlepublishedtime ogpublishedtime ogpubdate
dcissued dcdateissued dctermsissued dctermsdateissued dcdatepublished dcdatepublication dctermsavailable
citationpublicationdate citationonlinedate citationdate sailthrudate parselypubdate firstpublishedtime
othersfirstpublishedtime releasedate btpubdate rnewsdatepublished govukfirstpublishedat
"""
_ISSUED = frozenset(_ISSUED_TEXT.split())
_PERHAPS_TEXT = "date dcdate dctermsdate dctermscreated dcdatecreated articledate createdate datecreated"
_PERHAPS = frozenset(_PERHAPS_TEXT.split())
_ARTICLE = re.compile(r"Article|Posting|Report|News|WebPage|Blog|Legislation|SpecialAnnouncement|Dataset|CreativeWork")


def dated(value: object) -> Seen | None:
    """The one whole date that a field's value holds."""
    seen = find(value[:_LONGEST_VALUE].strip()) if isinstance(value, str) else []
    whole = (Form.FULL, Form.COMPACT, Form.EITHER)
    return seen[0] if len(seen) == 1 and seen[0].form in whole else None


def in_metas(parser: LexborHTMLParser) -> Iterator[Claim]:
    for node in parser.css("meta[content]")[:_MOST_FIELDS]:
        attrs = node.attributes
        name = attrs.get("name") or attrs.get("property") or attrs.get("itemprop") or attrs.get("http-equiv") or ""
        plain = _SEPARATORS.sub("", name[:_LONGEST_VALUE].lower())
        worth = _SURE if plain in _ISSUED else _FAIR if plain in _PERHAPS else 0.0
        if worth and (seen := dated(attrs.get("content"))):
            yield Claim(seen, Way.META, worth)


def in_data(parser: LexborHTMLParser) -> Iterator[Claim]:
    """datePublished of the article that the page is; of none where several disagree, as in a list of others."""
    found: list[tuple[str, Seen]] = []
    for node in parser.css('script[type*="ld+json"]')[:_MOST_SCRIPTS]:
        found += _published_in(parsed(node.text()[:_LONGEST_DATA]))
    whole = [seen for kind, seen in found if "WebPage" not in kind] or [seen for _, seen in found]
    if len({(s.a, s.b, s.c) for s in whole}) == 1:
        yield Claim(whole[0], Way.DATA, _SURE)


def _published_in(data: object) -> list[tuple[str, Seen]]:
    """Types and days of the things that are described, not of those that stand in lists within them."""
    found = []
    waiting = [data]
    for _ in range(_MOST_VISITED):
        if not waiting:
            break
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            kind = str(value.get("@type") or "")
            seen = dated(value.get("datePublished"))
            if seen and _ARTICLE.search(kind):
                found.append((kind, seen))
            waiting.extend(value[key] for key in ("@graph", "mainEntity") if key in value)
    return found


def in_microdata(parser: LexborHTMLParser) -> Iterator[Claim]:
    """Elements that say that they hold datePublished; none where they hold several days, as in a list of others."""
    found = []
    for node in parser.css('[itemprop~="datePublished"], time[pubdate]')[:_MOST_SCRIPTS]:
        attrs = node.attributes
        if seen := dated(attrs.get("content") or attrs.get("datetime") or node.text(deep=True)):
            found.append(seen)
    if len({(s.a, s.b, s.c) for s in found}) == 1:
        yield Claim(found[0], Way.DATA, _SURE)
