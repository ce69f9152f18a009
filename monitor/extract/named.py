"""Dates whose month is a word: 4 March 2021, 4. März, 4 de marzo de 2021, 04-Mar-21, March 4, 2021, 2021. március 4."""

import re

from monitor.extract.forms import DAY, YEAR, Seen, full, of_year_month, yearless
from monitor.extract.months import MONTHS

LETTER = "A-Za-z\u00aa-\u04ff\u05d0-\u05ea\u0621-\u064a"  # with Hebrew and Arabic, without the figures of the latter
_LONGEST = 13  # letters of a month's name
_NEAR = 250  # characters in which such a date is looked for: beyond them is prose
_JOINTS = " .,-\u00a0"
_OF = frozenset(["de", "del"])

WORDS = re.compile(rf"[{LETTER}]+")
_ORDINALS = ("", "st", "nd", "rd", "th", "er")
NAMES = frozenset(f"{ordinal}{name}" for name in (*MONTHS, "tháng") for ordinal in _ORDINALS)  # 4thMarch
_WORD = re.compile(rf"[{LETTER}]+\Z")
_WORD_AFTER = re.compile(
    rf"(?:st|nd|rd|th|er|[.ºª°])?[\s-]{{0,3}}(?:de\s|d['’]\s?|of\s)?([{LETTER}]{{3,{_LONGEST}}})\.?"
)
_YEAR_AFTER = re.compile(
    r"[,،]?[\s.-]{0,3}(?:de\s|del\s|de\sl['’])?(?:((?:19|20)\d\d)(?!\d)|(?<=[\s-])['’]?(\d\d)(?![\d:.hH]))"
)
_DAY_YEAR = re.compile(rf"{DAY}(?:st|nd|rd|th)?(?!\d|[:.]\d)(?:\s?,?[\s-]{{0,3}}{YEAR}(?!\d))?")
_MONTH_DAY_AFTER = re.compile(
    rf"[\s.,-]{{1,3}}(?:gada\s{DAY}\.\s([{LETTER}]{{3,{_LONGEST}}})"
    rf"|(?:m\.\s)?([{LETTER}]{{3,{_LONGEST}}})\.?[\s.-]{{1,3}}{DAY}(?!\d))"
)  # 2021. gada 4. martā, 2021 m. kovo 4 d.
_THANG = re.compile(r"\stháng\s(\d{1,2})(?!\d)(?:,?\s(?:năm\s)?((?:19|20)\d\d))?")  # Vietnamese: 4 tháng 3 năm 2021


def of_small(text: str, start: int, end: int, after: int) -> Seen | None:
    """The date whose day is the number at `start`..`end`; the word of its month stands before or behind."""
    if start > _NEAR:
        return None
    month, at = _month_before(text, start, after) if start else (0, 0)
    if month and (m := _DAY_YEAR.match(text, start)):
        return _dated(at, m.end(), m[2], month, int(m[1]))
    word = _WORD_AFTER.match(text, end)
    if not word:
        return None
    month = MONTHS.get(word[1].lower(), 0)
    if not month:
        return _thang(text, start, end) if word[1] == "tháng" else None
    day = int(text[start:end])
    if m := _YEAR_AFTER.match(text, word.end()):
        return _dated(start, m.end(), m[1] or f"20{m[2]}", month, day)
    return _dated(start, word.end(), None, month, day)


def of_year(text: str, start: int, end: int, after: int) -> Seen | None:
    """2021 March 4, 2021. március 4., and a month alone: March 2021."""
    year = int(text[start:end])
    if start > _NEAR or not 1900 <= year < 2100:
        return None
    if (m := _MONTH_DAY_AFTER.match(text, end)) and (month := MONTHS.get((m[2] or m[3]).lower())):
        return full(start, m.end(), year, month, int(m[1] or m[4]))
    month, at = _month_before(text, start, after)
    return of_year_month(at, end, year, month) if month else None


def _month_before(text: str, start: int, after: int) -> tuple[int, int]:
    """The month whose name stands just before a number, and where the name begins; 0 where none does."""
    stop, start = _word_before(text, start, after)
    if start == stop:
        return 0, start
    if text[start:stop] in _OF:  # marzo de 2021
        stop, start = _word_before(text, start, after)
    return MONTHS.get(text[start:stop].lower(), 0), start


def _word_before(text: str, at: int, after: int) -> tuple[int, int]:
    """Where the word before a place ends, and where it begins."""
    if at <= after or text[at - 1] not in _JOINTS:
        return at, at
    stop = after + len(text[after:at].rstrip(_JOINTS))
    word = _WORD.search(text, max(after, stop - _LONGEST), stop)
    return stop, word.start() if word else stop


def _dated(start: int, end: int, year: str | None, month: int, day: int) -> Seen | None:
    return full(start, end, int(year), month, day) if year else yearless(start, end, month, day)


def _thang(text: str, start: int, end: int) -> Seen | None:
    m = _THANG.match(text, end)
    return _dated(start, m.end(), m[2], int(m[1]), int(text[start:end])) if m else None
