"""Dates in the ways of East Asia: 2021年3月4日, 3월 4일, 民国110年, 令和3年, R3.3.4, 二〇二一年三月四日."""

import re

from monitor.extract.forms import DAY, MONTH, YEAR, Seen, full, of_year_month, yearless

YEAR_WORDS, MONTH_WORDS = frozenset("年년"), frozenset("月월")
_Y, _M = r"\s?[年년]\s?", r"\s?[月월]"
_OF_DAY = r"\s?[日号號일]"
_YMD = re.compile(rf"{YEAR}{_Y}{MONTH}{_M}(?:\s?{DAY}(?!\d(?!\d?:))(?:{_OF_DAY})?)?")
_MD = re.compile(rf"{MONTH}{_M}\s?{DAY}(?:{_OF_DAY}|(?!\d))")
_SHORT_YMD = re.compile(rf"(\d{{1,3}}){_Y}{MONTH}{_M}\s?{DAY}(?!\d(?!\d?:))(?:{_OF_DAY})?")
_BY_LETTER = re.compile(rf"(\d{{1,2}})([./-]){MONTH}\2{DAY}(?![\d./-])")

_ERAS = {"民国": 1911, "民國": 1911, "令和": 2018, "平成": 1988, "昭和": 1925}
_LETTERS = {"R": 2018, "H": 1988, "S": 1925}
_FIRST_ROC, _LAST_ROC = 100, 199  # years that stand without their era's name

_NUMERAL = "〇○零ＯO一二三四五六七八九十"
_SPELT = re.compile(
    rf"(?:([{_NUMERAL}]{{4}})|(民国|民國|令和|平成|昭和)([百{_NUMERAL}元]{{1,5}}))年([{_NUMERAL}]{{1,2}})月"
    rf"(?:([{_NUMERAL}]{{1,3}})[日号號])?"
)
_SPELT_DAY = re.compile(rf"[\s\[(（【]*([{_NUMERAL}]{{1,2}})月([{_NUMERAL}]{{1,3}})[日号號][\s\])）】]*")
_VALUE = {
    c: v for v, cs in enumerate(("〇○零ＯO", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十")) for c in cs
}


def of_year(text: str, start: int) -> Seen | None:
    """2021年3月4日, 2021년 3월 4일, 2021年3月."""
    m = _YMD.match(text, start)
    if not m:
        return None
    year, month, day = m.groups()
    if day is None:
        return of_year_month(start, m.end(), int(year), int(month))
    return full(start, m.end(), int(year), int(month), int(day))


def of_month(text: str, start: int) -> Seen | None:
    """3月4日, 3월 4일; 5月1日 in 令和元年5月1日."""
    m = _MD.match(text, start)
    if not m:
        return None
    head = text[max(0, start - 6) : start].rstrip()
    if head.endswith("元年"):
        era = _ERAS.get(head[:-2].rstrip()[-2:])
        return full(start, m.end(), era + 1, int(m[1]), int(m[2])) if era else None
    return yearless(start, m.end(), int(m[1]), int(m[2]))


def of_era(text: str, start: int) -> Seen | None:
    """令和3年3月4日, 民国110年3月4日, 110年3月4日, 21年3月4日."""
    m = _SHORT_YMD.match(text, start)
    if not m:
        return None
    year, era = int(m[1]), _ERAS.get(text[max(0, start - 3) : start].rstrip()[-2:])
    if era is None:
        era = 2000 if len(m[1]) == 2 else 1911 if _FIRST_ROC <= year <= _LAST_ROC else None
    return full(start, m.end(), era + year, int(m[2]), int(m[3])) if era else None


def of_letter(text: str, start: int) -> Seen | None:
    """R3.3.4: the era by the first letter of its name."""
    era = _LETTERS.get(text[start - 1 : start])
    if not era or (start > 1 and text[start - 2].isalnum() and text[start - 2].isascii()):
        return None
    m = _BY_LETTER.match(text, start)
    return full(start, m.end(), era + int(m[1]), int(m[3]), int(m[4])) if m else None


def spelt(text: str) -> list[Seen]:
    """The dates that are written in Chinese numerals; those without a year only where they stand alone."""
    found = [seen for m in _SPELT.finditer(text) if (seen := _spelt(m))]
    if not found and (m := _SPELT_DAY.fullmatch(text)):
        seen = yearless(m.start(1), m.end(2) + 1, _number(m[1]), _number(m[2]))
        return [seen] if seen else []
    return found


def _spelt(m: re.Match[str]) -> Seen | None:
    plain, era, of_era, month, day = m.groups()
    year = int("".join(str(_VALUE[c] % 10) for c in plain)) if plain else _ERAS[era] + _number(of_era)
    if not 1900 < year < 2100:
        return None
    if day:
        return full(m.start(), m.end(), year, _number(month), _number(day))
    return of_year_month(m.start(), m.end(), year, _number(month)) if 1 <= _number(month) <= 12 else None


def _number(text: str) -> int:
    """二十一 is 21, 十 is 10, 三 is 3, 一百一十 is 110, 元 the first."""
    if text == "元":
        return 1
    hundreds, hundred, rest = text.rpartition("百")
    if hundred:
        return _number(hundreds or "一") * 100 + _number(rest.lstrip("〇○零ＯO") or "〇")
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(_VALUE[c]) for c in text))
    return (_VALUE[tens] if len(tens) == 1 else 1) * 10 + (_VALUE[ones] if len(ones) == 1 else 0)
