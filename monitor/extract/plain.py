"""Texts that hold one date in one of the commonest forms, and no other number: one pattern reads them.

Most dates of listings are such. `dates` says the same of them in twice the time; whatever is less plain is left to it.
"""

import re
from collections.abc import Callable

from monitor.extract.forms import Form, Seen, either, either_of, full, yearless
from monitor.extract.months import MONTHS
from monitor.extract.named import LETTER

_OTHER = r"[^\dＲ]{0,60}+"  # no figures; a wide R makes `dates` read the whole text otherwise
_TWO, _CLOCK = r"([0-9][0-9]?)", r"[0-9][0-9]?:[0-9][0-9]"
_CLOSED = r"(?!\s?[号號期次])"
_NAME = rf"([{LETTER}]{{3,13}}+)"

# The first number, and by the character behind it what may follow: so each form that is not there costs next to
# nothing. The last group tells the form.
_PLAIN = re.compile(
    rf"""
    (?: {_NAME} \.?[ ] {_TWO} (?:st|nd|rd|th)? ,?[ ] ((?:19|20)[0-9][0-9])
      | {_OTHER} ([0-9]{{1,4}}+)
        (?: ([-./]) {_TWO} ([-./]) ([0-9]{{1,4}}) {_CLOSED}
          | \.[ ] {_TWO} \.[ ] {_TWO} {_CLOSED}
          | [年년][ ]? {_TWO} [月월][ ]? {_TWO} [日일]
          | [月월][ ]? {_TWO} [日일]
          | [-/] {_TWO} (?= [\])）】]? \Z | \s+ {_CLOCK} \Z )
          | [ .-][ ]? (?:de[ ])? {_NAME} \.? ,?[ -] (?:de[ ])? ((?:19|20)[0-9][0-9] | [0-9][0-9](?![:.hH]))
          | ([0-9][0-9]) ([0-9][0-9]) (?![A-Za-z_]) {_CLOSED}
        )
    )
    (?: \Z
      | (?: [ T]+ {_CLOCK} (?: :[0-9][0-9] (?:\.[0-9]{{1,9}})? )? (?: \s?[+-][0-9][0-9]:?[0-9][0-9] )? )? {_OTHER} \Z
    )
    """,
    re.VERBOSE,
)
_FIRST = 4  # the group of the first number
# To look up what so few texts mean takes less time than int().
_INT = {f"{n:0{width}}": n for width in (1, 2, 3) for n in range(200)}
_YEARS = {f"{n}": n for n in range(1900, 2100)}
_VERSION = frozenset("vV")
_ERA = frozenset("RHS")
_BRACKETS = frozenset("[(（【")
_JOINTS = frozenset(" \u00a0.,-")  # between the name of a month and its day
_WEEKDAYS = frozenset(
    f"{day}{joint} " for day in ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] for joint in (",", "")
)


def plain(text: str) -> Seen | None:
    """The date of a text that holds a plain one and no other number."""
    m = _PLAIN.match(text)
    return _READERS[m.lastindex or 0](m, text) if m else None


def _named(m: re.Match[str], _: str) -> Seen | None:
    """March 4, 2021."""
    month = MONTHS.get(m[1].lower())
    return full(m.start(1), m.end(3), _YEARS[m[3]], month, _INT[m[2]]) if month else None


def _parted(m: re.Match[str], text: str) -> Seen | None:
    """2021-03-04, 04/03/2021, 110.03.04."""
    a, mark, b, other, c = m[_FIRST], m[5], m[6], m[7], m[8]
    start, end = m.start(_FIRST), m.end(8)
    before = text[start - 1] if start else ""
    if len(a) == 4 and len(c) <= 2:
        year = _YEARS.get(a)
        return full(start, end, year, _INT[b], _INT[c]) if year and before not in _VERSION else None
    if mark != other:
        return None
    if len(a) <= 2 and c in _YEARS and before not in _ERA:
        return either_of(start, end, _INT[a], _INT[b], _YEARS[c])
    if "100" <= a < "120" and len(a) == 3 and len(b) == len(c) == 2:
        return full(start, end, 1911 + _INT[a], _INT[b], _INT[c])
    return None


def _spaced(m: re.Match[str], text: str) -> Seen | None:
    """2021. 3. 4."""
    year, start = _YEARS.get(m[_FIRST]), m.start(_FIRST)
    if not year or (start and text[start - 1] in _VERSION):
        return None
    return full(start, m.end(10), year, _INT[m[9]], _INT[m[10]])


def _eastern(m: re.Match[str], _: str) -> Seen | None:
    """2021年3月4日."""
    year = _YEARS.get(m[_FIRST])
    return full(m.start(_FIRST), m.end(12) + 1, year, _INT[m[11]], _INT[m[12]]) if year else None


def _month_day(m: re.Match[str], text: str) -> Seen | None:
    """3月4日, but not in 令和元年3月4日."""
    month, start = m[_FIRST], m.start(_FIRST)
    if len(month) > 2 or (start and text[:start].rstrip()[-1:] == "年"):
        return None
    return yearless(start, m.end(13) + 1, _INT[month], _INT[m[13]])


def _alone(m: re.Match[str], text: str) -> Seen | None:
    """03-04, [03-04]: a date only where nothing else stands beside it."""
    first, start = m[_FIRST], m.start(_FIRST)
    if len(first) > 2 or start > 1 or (start and text[0] not in _BRACKETS):
        return None
    one, other = _INT[first], _INT[m[14]]
    return Seen(Form.EITHER_YEARLESS, start, m.end(14), one, other, 0) if either(one, other) else None


def _day_first(m: re.Match[str], text: str) -> Seen | None:
    """4 March 2021; what stands before it must not be a month's name too."""
    day, year, start = m[_FIRST], m[16], m.start(_FIRST)
    if len(day) > 2 or (start and text[start - 1] in _JOINTS and text[:start] not in _WEEKDAYS):
        return None
    month = MONTHS.get(m[15].lower())
    return full(start, m.end(16), _YEARS.get(year) or 2000 + _INT[year], month, _INT[day]) if month else None


def _compact(m: re.Match[str], text: str) -> Seen | None:
    """20210304."""
    year, start = _YEARS.get(m[_FIRST]), m.start(_FIRST)
    if not year or start > 1 or (start and text[0] not in _BRACKETS):
        return None
    return full(start, m.end(18), year, _INT[m[17]], _INT[m[18]], Form.COMPACT)


_READERS: dict[int, Callable[[re.Match[str], str], Seen | None]] = {
    3: _named,
    8: _parted,
    10: _spaced,
    12: _eastern,
    13: _month_day,
    14: _alone,
    16: _day_first,
    18: _compact,
}
