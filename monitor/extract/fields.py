"""Which fields of data records are title, address and date: told by what they hold, and a little by their names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from math import log2

from monitor.extract.address import resolve, written
from monitor.extract.data import Record, Value, html_in, lists_in, parsed
from monitor.extract.dates import find
from monitor.extract.forms import Form
from monitor.extract.html import read_html
from monitor.extract.pager import next_of_data, onward
from monitor.extract.titles import quality
from monitor.extract.years import Order, order_of, resolved
from monitor.model.reading import Entry, Listing, Page, Trouble, TroubleKind

_TITLE = re.compile(
    r"(?:^|[._])(?:\w{0,20}title|headline|subjec\w{0,3}|bt|biaoti|name|casename|caption|label)$", re.IGNORECASE
)
_POORER = re.compile(
    r"sub(?!jec)|short|seo|og_|type|categor|author|column|channel|site|judge|court$|alt|tag|file|image", re.IGNORECASE
)
_ADDRESS = re.compile(r"url|link|href|permalink|path|address|guid|uri", re.IGNORECASE)
_NO_ADDRESS = re.compile(
    r"image|img|thumb|icon|logo|avatar|edit|api|pic|cover|parent|site|channel|categor|picture", re.IGNORECASE
)
_DAY = re.compile(r"publi|release|issue|filing|filed|pub|post|decided|date$|发布|fbsj|rq$|opinion|dated", re.IGNORECASE)
_OTHER_DAY = re.compile(
    r"modif|updat|expir|end|start|begin|effective|argu|creat|hear|edit|birth|last|index|crawl", re.IGNORECASE
)
_IS_ADDRESS = re.compile(
    r"(?:https?:)?//[^\s<>]+|\.{0,2}/[^\s<>]+|[\w/.-]+\.(?:s?html?|aspx?|php|jsp|pdf|docx?)(?:\?\S*)?"
)
_DIGITS = re.compile(r"\d+")
_TAGS = re.compile(r"<[^<>]{0,1000}>")
_OF_SITES = 0.3  # confidence in a list of links to other sites
_SAMPLE = 40
_MOST_ENTRIES = 5000
LEAST = 4  # an array worth less is no list of entries


@dataclass(frozen=True, slots=True)
class Fields:
    """The names of the fields chosen, with the worth of the choice."""

    title: str
    url: str | None
    day: str | None
    worth: float
    named: float  # how surely the title is one


@dataclass(frozen=True, slots=True)
class Choice:
    """An array of records, and which of their fields are what."""

    records: Sequence[Record]
    fields: Fields


def read_json(page: Page, text: str, *, today: date) -> Listing | Trouble | None:
    """The array of records that looks most like a list of entries; None where the text is no JSON."""
    data = parsed(text)
    if data is None:
        return None
    best = next(iter(choices(data)), None)
    if best is None or best.fields.worth < LEAST:
        markup = html_in(data)
        if markup:
            return read_html(page, markup, today=today, method="json")
        return _nothing(data)
    following = onward(page.final_url, next_of_data(data), here=page.final_url)
    return replace(listing_of(page, best, today=today, method="json"), next_page=following)


def choices(data: object) -> list[Choice]:
    """The arrays of records in the data that could be lists of entries, the likeliest first."""
    found = [Choice(records, fields) for records in lists_in(data) if (fields := _fields(records))]
    return sorted(found, key=lambda choice: -choice.fields.worth)


def listing_of(page: Page, choice: Choice, *, today: date, method: str) -> Listing:
    """The entries of an array of records."""
    records, fields = choice.records, choice.fields
    surely = fields.day and fields.url and fields.worth > 6.5 and len(records) > 2 and fields.named > 0.75
    sure = 0.95 if surely else 0.8 if fields.worth > 5 else 0.6
    entries = _entries(page, records, fields, today)
    return Listing(entries=entries, method=method, confidence=_OF_SITES if _lead_to_sites(entries) else sure)


def _lead_to_sites(entries: Sequence[Entry]) -> bool:
    """Whether each entry leads to a site of its own: links of a foot, not entries of a column."""
    hosts = {entry.url.partition("//")[2].partition("/")[0] for entry in entries if entry.url}
    return len(hosts) > 2 and len(hosts) * 2 > len(entries)


def _nothing(data: object) -> Listing | Trouble:
    """An array that is there and empty says that nothing is listed."""
    values = data.values() if isinstance(data, dict) else [data]
    if any(v == [] for v in values):
        return Listing(entries=(), method="json", confidence=0.8, blank=True)
    return Trouble(kind=TroubleKind.UNREADABLE, detail="data without a list of entries")


def _fields(records: Sequence[Record]) -> Fields | None:
    sample = records[:_SAMPLE]
    names = dict.fromkeys(name for record in sample for name in record)
    columns = {name: [record[name] for record in sample if name in record] for name in names}
    titles = {n: _title_worth(n, v, len(sample)) for n, v in columns.items()}
    urls = {n: _url_worth(n, v, len(sample)) for n, v in columns.items()}
    days = {n: _day_worth(n, v, len(sample)) for n, v in columns.items()}
    title = max(titles, key=lambda n: titles[n], default=None)
    if title is None or titles[title] < 0.2:
        return None
    url, day = max(urls, key=lambda n: urls[n]), max(days, key=lambda n: days[n])
    worth = (
        3 * titles[title]
        + 1.5 * max(0.0, urls[url])
        + 2 * max(0.0, days[day])
        + (0.6 * log2(min(len(records), 64)) if len(records) > 1 else -1.5)
    )
    return Fields(title, url if urls[url] > 0.4 else None, day if days[day] > 0.4 else None, worth, titles[title])


def _title_worth(name: str, values: Sequence[Value], count: int) -> float:
    """How like titles: wordy, unlike each other, also without their numbers ("S070313, Opinion" is a code)."""
    texts = [_plain(v) for v in values if isinstance(v, str) and not _IS_ADDRESS.fullmatch(v)]
    if not texts:
        return 0.0
    mean = sum(quality(t) for t in texts) / len(texts) * len(texts) / count
    short = 1.0 if sum(map(len, texts)) / len(texts) < 200 else 0.5
    worth = mean * short * (0.3 + 0.35 * (len(set(texts)) + len({_DIGITS.sub("", t) for t in texts})) / len(texts))
    return worth * (1.5 if _TITLE.search(name) else 1.0) * (0.75 if _POORER.search(name) else 1.0)


def _url_worth(name: str, values: Sequence[Value], count: int) -> float:
    found = [v for v in values if isinstance(v, str) and len(v) < 1000 and _IS_ADDRESS.fullmatch(v.strip())]
    if not found:
        return 0.0
    worth = len(found) / count * (0.2 + 0.8 * len(set(found)) / len(found))
    worth *= sum(_address_like(v) for v in found) / len(found)
    return worth * (1.2 if _ADDRESS.search(name) else 0.8) * (0.3 if _NO_ADDRESS.search(name) else 1.0)


def _address_like(value: str) -> float:
    """A bare file name says little; a document says more than a page about it."""
    if value.lower().endswith(".json"):
        return 0.0  # data for a script, and nobody's article
    document = 0.1 if value.lower().endswith((".pdf", ".html", ".htm", ".shtml", ".doc", ".docx")) else 0.0
    return (0.9 if value.startswith(("http", "/")) else 0.5) + document


def _day_worth(name: str, values: Sequence[Value], count: int) -> float:
    found = sum(1 for v in values if _is_day(name, v))
    named = 0.5 if _DAY.search(name) else 0.0
    return found / count * (1.0 + named - (0.5 if _OTHER_DAY.search(name) else 0.0))


def _is_day(name: str, value: Value) -> bool:
    if isinstance(value, str):
        seen = find(value) if len(value) < 60 else []
        return bool(seen) and seen[0].form in (Form.FULL, Form.EITHER, Form.COMPACT)
    return _stamp(value) is not None and bool(re.search(r"date|time|sj|rq|publ", name, re.IGNORECASE))


def _stamp(value: Value) -> datetime | None:
    """Seconds or milliseconds since 1970, if the number can be such."""
    if isinstance(value, str) or not (6e8 < value < 2.2e9 or 6e11 < value < 2.2e12):
        return None
    return datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC)


def _entries(page: Page, records: Sequence[Record], fields: Fields, today: date) -> tuple[Entry, ...]:
    raw = [record.get(fields.day) if fields.day else None for record in records[:_MOST_ENTRIES]]
    days = _days(raw, today)
    rows = zip(records, days, strict=False)
    return tuple(
        Entry(title=title, url=resolve(page.final_url, _text(record.get(fields.url or ""))), published=day)
        for record, day in rows
        if (title := _plain(record.get(fields.title, "")))
    )


def _text(value: Value | None) -> str | None:
    return written(value).strip() or None if isinstance(value, str) else None


def _days(values: Sequence[Value | None], today: date) -> list[date | None]:
    stamps = [_stamp(v) for v in values if v is not None and not isinstance(v, str)]
    shift = _midnight([s for s in stamps if s])
    seen = [find(v)[:1] if isinstance(v, str) else [] for v in values]
    order = order_of((s for found in seen for s in found), "")
    return [_one(v, found[0] if found else None, order, shift, today) for v, found in zip(values, seen, strict=True)]


def _one(value: Value | None, seen: object, order: Order, shift: timedelta, today: date) -> date | None:
    if isinstance(value, str):
        found = find(value)
        return resolved(found[0], order, today) if found else None
    stamp = _stamp(value) if value is not None else None
    return (stamp + shift).date() if stamp else None


def _midnight(stamps: Sequence[datetime]) -> timedelta:
    """Days kept as moments are midnights of the site's zone: in the east, one same hour of the day before."""
    hours = {(s.hour, s.minute) for s in stamps}
    if len(hours) == 1 and stamps and stamps[0].hour >= 12 and stamps[0].minute in (0, 30):
        return timedelta(hours=24 - stamps[0].hour)
    return timedelta(0)


def _plain(value: Value) -> str:
    text = str(value)
    if "<" in text or "&" in text:
        text = unescape(_TAGS.sub(" ", text))
    return " ".join(written(text).split())[:500]
