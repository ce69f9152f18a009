"""Dates of Thailand: 13 มีนาคม 2569, 13 มี.ค. 69. Its years count from the Buddha's death, 543 before ours."""

import re

from monitor.extract.forms import Seen, full

BUDDHIST = 543  # years ahead of ours
_FULL = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"
_SHORT = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค."
_MONTHS = {name: month for names in (_FULL, _SHORT) for month, name in enumerate(names.split(), 1)}
_MONTH_YEAR = re.compile(
    rf"\s?(?:เดือน\s?)?({'|'.join(map(re.escape, _MONTHS))})\s?(?:พ\.?\s?ศ\.?\s?)?(\d{{4}}|\d\d)(?![\d:])"
)
_FIRST, _LAST = 2443, 2642  # years that can only be the Buddha's


def is_letter(c: str) -> bool:
    return "\u0e01" <= c <= "\u0e5b"


def of_day(text: str, start: int, end: int) -> Seen | None:
    """The date whose day is the number at `start`..`end`."""
    m = _MONTH_YEAR.match(text, end)
    if not m:
        return None
    year = int(m[2]) if len(m[2]) == 4 else 2500 + int(m[2])
    return full(start, m.end(), ours(year), _MONTHS[m[1]], int(text[start:end]))


def ours(year: int) -> int:
    """The year as others count it."""
    return year - BUDDHIST if _FIRST <= year <= _LAST else year
