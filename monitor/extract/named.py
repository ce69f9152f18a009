"""Dates whose month is a word."""

import re

from monitor.extract.forms import DAY, Form, Seen, on
from monitor.extract.months import MONTHS

# A month by name: 4 March 2021, 4. März, 4 de marzo de 2021, 04-Mar-21, March 4, 2021, 2021 March 4, March 2021
LETTER = "A-Za-z\u00aa-\u04ff"
_WORD = rf"([{LETTER}]{{3,13}})\.?"
WORDS = re.compile(rf"[{LETTER}]{{3,}}")
_NAMED = re.compile(rf"\d[\s.,ºª'’a-z-]{{0,10}}[{LETTER}]{{3}}|[{LETTER}]{{3}}[\s.,-]{{0,4}}\d")
_DAY_MONTH = re.compile(
    rf"(?<![\d.,/-]){DAY}(?:st|nd|rd|th|er|[.ºª])?[\s-]{{0,3}}(?:de\s|d['’]\s?|of\s)?{_WORD}"
    r"(?:,?[\s-]{1,3}(?:de\s|del\s|de\sl['’])?((?:19|20)\d\d|['’]?\d\d(?![\d:.])))?"
)
_MONTH_DAY = re.compile(
    rf"(?<![{LETTER}]){_WORD}[\s-]{{1,3}}{DAY}(?:st|nd|rd|th)?(?!\d)(?:\s?,?[\s-]{{0,3}}((?:19|20)\d\d))?"
)
_MONTH_YEAR = re.compile(rf"(?<![{LETTER}]){_WORD},?[\s-]{{1,3}}(?:de\s)?((?:19|20)\d\d)(?!\d)")
_YEAR_MONTH = re.compile(rf"(?<!\d)((?:19|20)\d\d)[\s.,-]{{1,3}}{_WORD}[\s.-]{{1,3}}{DAY}(?!\d)")
_NEAR = 250  # characters in which such a date is looked for: beyond them is prose
_MONTHS = frozenset(MONTHS)
_MOST = 60  # of one text


def by_name(text: str) -> list[Seen]:
    """The dates of a text whose month is a word."""
    near = text[:_NEAR]
    if not _NAMED.search(near) or _MONTHS.isdisjoint(WORDS.findall(near.lower())):
        return []
    readers = ((_DAY_MONTH, _day_month), (_MONTH_DAY, _month_day), (_YEAR_MONTH, _year_month))
    found = [seen for pattern, read in readers for m in _matches(pattern, near) if (seen := read(m))]
    return found or [_month_year(m) for m in _matches(_MONTH_YEAR, near)]


def _matches(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Like finditer, but a match whose word is no month gives back all but its first number or word."""
    found: list[re.Match[str]] = []
    at = 0
    while len(found) < _MOST and (m := pattern.search(text, at)):
        if _month_of(m):
            found.append(m)
            at = m.end()
        else:
            at = m.end(1)
    return found


def _month_of(m: re.Match[str]) -> int | None:
    return next((MONTHS[w] for g in m.groups()[:2] if g and (w := g.lower()) in MONTHS), None)


def _day_month(m: re.Match[str]) -> Seen | None:
    return _named(m, m[3], int(m[1]))


def _month_day(m: re.Match[str]) -> Seen | None:
    return _named(m, m[3], int(m[2]))


def _year_month(m: re.Match[str]) -> Seen | None:
    return _named(m, m[1], int(m[3]))


def _named(m: re.Match[str], year: str | None, day: int) -> Seen | None:
    month = _month_of(m) or 0
    number = int(year.strip("'’")) if year else 0
    number += 2000 if year and number < 100 else 0
    if not on(number or 2000, month, day):
        return None
    return Seen(Form.FULL if year else Form.YEARLESS, m.start(), m.end(), number, month, day)


def _month_year(m: re.Match[str]) -> Seen:
    return Seen(Form.MONTH, m.start(), m.end(), int(m[2]), _month_of(m) or 1, 0)
