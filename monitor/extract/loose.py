"""What may change around a list and can change no reading of it: tokens, counters, clocks, scripts, comments.

Each is a gap in the source. What fills it is checked before it is passed over; what must stay of it, such as the words
around a number, is kept with all that stays.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from html import unescape

from monitor.extract.dates import find
from monitor.extract.forms import Form, Seen
from monitor.extract.headings import YEAR_ALONE
from monitor.extract.learnt import Unfit
from monitor.extract.marks import PIECE
from monitor.extract.nolist import EMPTY
from monitor.extract.tree import BLANKS


class Kind(StrEnum):
    """What a gap is: it says where it ends, and what may stand in it."""

    SCRIPT = "s"
    COMMENT = "c"
    VALUE = "v"  # of an attribute that nobody reads
    TEXT = "t"  # words that stay, with numbers that count something or tell the day and hour of reading


@dataclass(frozen=True, slots=True)
class Gap:
    """Where in the source something stands that may change."""

    start: int
    stop: int
    kind: Kind


MOST = 200  # gaps of a page
_MOST_TEXT = 80  # characters
_ENDS = {Kind.SCRIPT: "</script", Kind.COMMENT: "-->", Kind.VALUE: '"', Kind.TEXT: "<"}
_LONGEST = {Kind.SCRIPT: 4_000, Kind.COMMENT: 4_000, Kind.VALUE: 1_000, Kind.TEXT: _MOST_TEXT}
_PLACE = re.compile(
    r"<!--(?P<c>.*?)-->"
    r"|<script\b(?:[^<>]*?\snonce=\"(?P<n>[^\"<>]*)\")?[^<>]*>(?P<s>.*?)</script"
    r"|<(?:style|textarea|title|iframe|noframes|xmp)\b[^>]*>.*?</(?:style|textarea|title|iframe|noframes|xmp)"
    r"|<input\b(?=[^<>]*\btype=[\"']?hidden)[^<>]*?\svalue=\"(?P<v>[^\"<>]*)\""
    r"|<meta\b(?=[^<>]*\bname=\"?[\w-]*(?:csrf|token|nonce|time))[^<>]*?\scontent=\"(?P<m>[^\"<>]*)\""
    r"|>(?P<t>[^<>]*\d[^<>]*)(?=<)",
    re.DOTALL | re.IGNORECASE,
)
_GROUPS = {"c": Kind.COMMENT, "n": Kind.VALUE, "s": Kind.SCRIPT, "v": Kind.VALUE, "m": Kind.VALUE, "t": Kind.TEXT}
# What is looked for in the source itself, be it in a script or a comment.
_READ = re.compile(r"onclick|reatePage|<[a-z!/?]|--!>", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_WEEKDAY = re.compile(
    r"(?<=星期|礼拜)[一二三四五六日天]|(?<=周)[一二三四五六日]"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b",
    re.IGNORECASE,
)
_PAGED = re.compile(r"\D{0,2}\d{1,4}\D{0,3}")  # perhaps the number of this page in its pager


def gaps_in(text: str, loose: Collection[str], *, today: date) -> list[Gap]:
    """The gaps of a page; `loose` are the texts of the page that may change at all."""
    found: list[Gap] = []
    for m in _PLACE.finditer(text):
        for name in _GROUPS:
            if m.start(name) < 0 or (name == Kind.TEXT and _worded(m[name]) not in loose):
                continue
            gap = Gap(m.start(name), m.end(name), _GROUPS[name])
            if _is_open(text, gap, today):
                found.append(gap)
    return found[:MOST]


def _is_open(text: str, gap: Gap, today: date) -> bool:
    """Whether a gap would pass as it stands."""
    try:
        filled(text, gap.start, gap.stop, gap.kind, today)
        return end_of(text, gap.start, gap.kind) == gap.stop
    except Unfit:
        return False


def end_of(text: str, at: int, kind: Kind) -> int:
    """Where a gap ends."""
    end = text.find(_ENDS[kind], at, at + _LONGEST[kind] + len(_ENDS[kind]))
    if end < 0:
        raise Unfit("something changed outside the list")
    return end


def filled(text: str, start: int, stop: int, kind: Kind, today: date) -> str:
    """What must stay of what fills a gap; Unfit where it could change a reading."""
    value = text[start:stop]
    match kind:
        case Kind.SCRIPT:
            fits = not _READ.search(value)
        case Kind.COMMENT:
            fits = not _READ.search(value) and not value.startswith((">", "->")) and "href" not in value.lower()
        case Kind.VALUE:
            fits = "<" not in value and ">" not in value
        case Kind.TEXT:
            return _of_text(_worded(value), today)
    if not fits:
        raise Unfit("something changed outside the list")
    return ""


def _of_text(words: str, today: date) -> str:
    if not may_change(words, today):
        raise Unfit("words that tell something else")
    return f"{_still(words)} {len(find(words))}"


def _still(words: str) -> str:
    """What of a text stays as it is."""
    return _WEEKDAY.sub("?", _DIGITS.sub("0", words))


def may_change(words: str, today: date) -> bool:
    """Whether a text counts something or tells the day of reading, and nothing of what is read hangs on its numbers."""
    if len(words) > _MOST_TEXT or ">" in words or EMPTY.search(words):
        return False
    if any(whole.fullmatch(words) for whole in (PIECE, _PAGED, YEAR_ALONE)):
        return False
    return all(_told(s, today) for s in find(words))


def _told(seen: Seen, today: date) -> bool:
    """Whether a date is that of the reading, or of the day before, where the page was made."""
    if seen.form is Form.FULL:
        return date(seen.a, seen.b, seen.c) in (today, today - timedelta(days=1))
    return seen.form is Form.AGO and seen.a == 0


def _worded(value: str) -> str:
    """A text as the tree holds it."""
    value = (unescape(value) if "&" in value else value).strip()
    return BLANKS.sub(" ", value) if "  " in value or not value.isprintable() else value


def loose_texts(texts: Sequence[str], held: Collection[int], names: Collection[str], *, today: date) -> set[str]:
    """The texts of a page that may change, wherever they stand; `held` are the places of those that are read."""
    fixed = {_still(texts[t]) for t in held} | set(map(_still, names))
    numbered = {text for text in texts if _DIGITS.search(text)}
    return {text for text in numbered if _still(text) not in fixed and may_change(text, today)}
