"""Date formats of recipes, as in a spreadsheet: yyyy-mm-dd, dd/mm/yyyy, yy.mm.dd, mm月dd日; or an order alone."""

import re
from dataclasses import dataclass
from functools import lru_cache

from monitor.extract.forms import Seen, full, yearless
from monitor.extract.years import Order

LONGEST = 40  # characters of a format
_LETTERS = re.compile(r"(y+|m+|d+)")
_PARTS = {
    "yyyy": r"(?P<y>(?:19|20)\d\d)",
    "yy": r"(?P<y>\d\d)",
    **dict.fromkeys(("mm", "m"), r"(?P<m>\d\d?)"),
    **dict.fromkeys(("dd", "d"), r"(?P<d>\d\d?)"),
}
_ORDERS = {"dmy": Order.DAY_FIRST, "mdy": Order.MONTH_FIRST, "ymd": None}
_BY_YEAR = re.compile(r"(?<!\d)(?P<y>(?:19|20)?\d\d)[-./年\s]+(?P<m>\d\d?)[-./月\s]+(?P<d>\d\d?)(?!\d)")


class BadFormat(ValueError):
    """No format of dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFormat:
    """How the dates of a list are written: by an exact `pattern`, or in any way with day or month first by `order`."""

    pattern: re.Pattern[str] | None = None
    order: Order | None = None


@lru_cache(maxsize=256)
def date_format(text: str) -> DateFormat:
    """What a format means; none where the text is empty. Raises BadFormat."""
    plain = text.strip().lower()
    if not plain:
        return DateFormat()
    if plain in _ORDERS:
        order = _ORDERS[plain]
        return DateFormat(order=order, pattern=None if order else _BY_YEAR)
    return DateFormat(pattern=_pattern(plain))


def _pattern(plain: str) -> re.Pattern[str]:
    pieces = _LETTERS.split(plain)
    parts, between = pieces[1::2], pieces[::2]
    kinds = [part[0] for part in parts]
    known = len(plain) <= LONGEST and all(part in _PARTS for part in parts)
    if not known or len(set(kinds)) != len(kinds) or not {"m", "d"} <= set(kinds):
        raise BadFormat(plain)
    if any(c.isalnum() and c.isascii() for c in "".join(between)):
        raise BadFormat(plain)
    solid = not any(between[1:-1])
    written = [re.escape(between[0])]
    for part, after in zip(parts, between[1:], strict=True):
        group = _PARTS[part].replace(r"\d\d?", r"\d\d") if solid else _PARTS[part]
        written += [group, _loose(after) if after else ""]
    return re.compile(rf"(?<!\d){''.join(written)}(?!\d)")


def _loose(between: str) -> str:
    """What stands between two numbers, with or without blanks around it."""
    sign = between.strip()
    return rf"\s*{re.escape(sign)}\s*" if sign else r"\s+"


def dated_as(text: str, pattern: re.Pattern[str]) -> Seen | None:
    """The first date in a text that is written so."""
    for m in pattern.finditer(text[:500]):
        held = m.groupdict()
        month, day = int(held["m"]), int(held["d"])
        if held.get("y"):
            year = int(held["y"])
            seen = full(*m.span(), year if year > 99 else 2000 + year, month, day)
        else:
            seen = yearless(*m.span(), month, day)
        if seen:
            return seen
    return None
