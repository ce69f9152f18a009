"""Feeds (RSS, Atom, RDF) through feedparser, and sitemaps."""

import io
import re
from datetime import date
from html import unescape

import feedparser

from monitor.extract.address import resolve, written
from monitor.extract.dates import find
from monitor.extract.pager import onward
from monitor.extract.years import Order, resolved
from monitor.model.reading import Entry, Listing, Page, Trouble, TroubleKind

_FEED = re.compile(
    r"(?:<\?xml[^>]{0,300}\?>\s*)?(?:<!--(?:[^-]|-(?!->)){0,1000}-->\s*|<\?xml-stylesheet[^>]{0,500}\?>\s*"
    r"|<!DOCTYPE rss[^>]{0,300}>\s*)*<(?:\w+:)?(rss|feed|rdf|urlset|sitemapindex)\b",
    re.IGNORECASE,
)
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_LOC = re.compile(
    r"<url>\s*<loc>\s*([^<\s]{1,2000})\s*</loc>(?:\s*<lastmod>\s*([^<]{4,40}?)\s*</lastmod>)?", re.IGNORECASE
)
_ITEM = re.compile(r"<(item|entry)\b", re.IGNORECASE)
# A link to a document, and its words but for those that only name its kind.
_DOCUMENT = re.compile(
    r"<a\b[^<>]{0,300}?\bhref=[\"']([^\"'<>\s]{1,1000}\.(?:pdf|docx?|ofd|wps|xlsx?))[\"'][^<>]{0,300}>"
    r"((?:[^<]|<(?!/a)){1,500}?)(?:\((?:pdf|word|docx?)\)\s*)?</a>",
    re.IGNORECASE,
)
_NO_LETTERS = re.compile(r"[\W_]+")
_LONGEST_NOTICE = 3_000
_MOST_ENTRIES = 5000
_MOST_ITEMS = 1500


def is_feed(head: str) -> bool:
    """Whether a text begins as a feed or a sitemap does."""
    return bool(_FEED.match(head))


def read_feed(page: Page, text: str, *, today: date) -> Listing | Trouble:
    """The feed's entries, in its order, each by the day that it prints."""
    if (m := _FEED.match(text.lstrip("\ufeff \t\r\n")[:3000])) and m[1].lower() == "urlset":
        return _sitemap(page, text, today)
    parsed = _parsed(text)
    if parsed is None:
        return Trouble(kind=TroubleKind.UNREADABLE, detail="a feed that cannot be parsed")
    entries = tuple(_entry(page.final_url, raw, today) for raw in parsed.entries[:_MOST_ENTRIES])
    title = _plain(str(parsed.feed.get("title") or ""))
    if not entries and parsed.bozo:
        return Trouble(kind=TroubleKind.UNREADABLE, detail="a feed that cannot be parsed")
    following = onward(page.final_url, _next(parsed.feed), here=page.final_url)
    return Listing(entries=entries, method="feed", confidence=0.97, blank=not entries, title=title, next_page=following)


def _next(feed: feedparser.FeedParserDict) -> str | None:
    """The address of the feed's older entries, where it is published in pages."""
    return next((str(link.get("href") or "") for link in feed.get("links", ()) if link.get("rel") == "next"), None)


def _parsed(text: str) -> feedparser.FeedParserDict | None:
    """The feed as feedparser reads it. Its loose parser raises on some malformed feeds: a failure of the world."""
    try:
        return feedparser.parse(
            io.BytesIO(cut_short(text).encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
        )
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, AssertionError, RecursionError):
        return None


def cut_short(text: str) -> str:
    """A feed with too many entries for one reading ends, well-formed, after the first of them."""
    starts = [m for _, m in zip(range(_MOST_ITEMS + 1), _ITEM.finditer(text), strict=False)]
    if len(starts) <= _MOST_ITEMS:
        return text
    kept = text[: starts[-1].start()]
    return kept + _ending(kept)


def _ending(text: str) -> str:
    """The end tags that a cut feed lacks: an end tag too many would send feedparser into its slow, loose parser."""
    root = _FEED.match(text.lstrip("\ufeff \t\r\n")[:3000])
    channel = "</channel>" if text.rfind("<channel") > text.rfind("</channel") else ""
    return f"{channel}</{root[0].rpartition('<')[2]}>" if root else channel


def _entry(base: str, raw: feedparser.FeedParserDict, today: date) -> Entry:
    title = _plain(str(raw.get("title") or ""))[:500]
    link = _announced(raw, title) or str(raw.get("link") or "")
    return Entry(title=title, url=resolve(base, written(link) or None), published=_day(raw, today))


def _announced(raw: feedparser.FeedParserDict, title: str) -> str | None:
    """The address of the document that an entry is no more than a notice of: its content links it by the same name."""
    content = str((raw.get("content") or [{}])[0].get("value") or raw.get("summary") or "")[:_LONGEST_NOTICE]
    if len(content) == _LONGEST_NOTICE:
        return None
    wanted = _letters(title)
    found = [
        str(m[1]) for m in _DOCUMENT.finditer(content) if len(name := _letters(_plain(m[2]))) > 7 and name in wanted
    ]
    return unescape(found[0]) if len(found) == 1 else None


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.lower())


def _day(raw: feedparser.FeedParserDict, today: date) -> date | None:
    """The day as printed: a feed's own zone is the one its readers live in."""
    for key in ("published", "created", "date", "updated"):
        seen = find(str(raw.get(key) or "")[:60])
        if seen and (day := resolved(seen[0], Order.MONTH_FIRST, today)):
            return day
    return None


def _plain(text: str) -> str:
    return written(" ".join(unescape(_TAGS.sub("", text)).split()))


def _sitemap(page: Page, text: str, today: date) -> Listing:
    entries = []
    for m in _LOC.finditer(text):
        seen = find(m[2] or "")
        url = unescape(m[1])
        day = resolved(seen[0], Order.MONTH_FIRST, today) if seen else None
        entries.append(Entry(title=url.rstrip("/").rpartition("/")[2], url=url, published=day))
        if len(entries) >= _MOST_ENTRIES:
            break
    return Listing(entries=tuple(entries), method="sitemap", confidence=0.6, blank=False, title="")
