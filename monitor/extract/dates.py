"""Every date form that listings use, found in a text: what is written, before anything is concluded from it."""

import re
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from monitor.extract.months import MONTHS


class Form(StrEnum):
    """How much a written date says."""

    FULL = "full"  # year, month, day
    EITHER = "either"  # two numbers and a year: the whole list tells which is the month
    YEARLESS = "yearless"  # month and day
    EITHER_YEARLESS = "either_yearless"  # two numbers alone
    MONTH = "month"  # year and month
    COMPACT = "compact"  # eight digits in a row: perhaps a number that is no date
    AGO = "ago"  # days before the reading day


class Seen(NamedTuple):
    """A date as written at `start`..`end` of its text. (A tuple: thousands are made a second.)

    The three numbers by form: year, month, day; for EITHER first, second, year; for AGO days, 0, 0.
    """

    form: Form
    start: int
    end: int
    a: int
    b: int
    c: int


_Y = r"((?:19|20)\d\d)"
_M = r"(1[0-2]|0?[1-9])"
_D = r"(3[01]|[12]\d|0?[1-9])"
_FREE = r"(?<![\d.,/:-])"  # no longer number begins before
_CLOSED = r"(?:(?=\d\d:\d\d)|(?![\d]|[-/]\d|[.,]\d|:\d))"  # none goes on behind; a glued time may
_NUMERAL = "〇○零Ｏ一二三四五六七八九十"

# Each alternative ends in an empty group that names it.
_NUMERIC = (
    ("ymd", rf"{_FREE}{_Y}\s?[-./–−‐]\s?{_M}\s?[-./–−‐]\s?{_D}{_CLOSED}"),
    ("ymd_cjk", rf"(?<!\d){_Y}\s?[年년]\s?{_M}\s?[月월]\s?{_D}(?!\d(?!\d?:))"),
    ("ym_cjk", rf"(?<!\d){_Y}\s?[年년]\s?{_M}\s?[月월]"),
    ("md_cjk", rf"(?<!\d){_M}\s?[月월]\s?{_D}\s?(?:[日号號일]|(?!\d))"),
    ("y2md", rf"(?<!\d)(\d\d)[年년]\s?{_M}[月월]\s?{_D}[日일]?"),
    ("era", rf"(民国|民國|令和|平成|昭和)\s?(\d{{1,3}}|元)\s?[年./-]\s?{_M}\s?[月./-]\s?{_D}"),
    ("roc", rf"{_FREE}(1[01]\d)(?P<sep>[-./])(1[0-2]|0[1-9])(?P=sep)(3[01]|[12]\d|0[1-9]){_CLOSED}"),
    ("aby", rf"{_FREE}(\d{{1,2}})\s?(?P<mark>[-./])\s?(\d{{1,2}})\s?(?P=mark)\s?((?:19|20)\d\d|\d\d){_CLOSED}"),
    ("compact", rf"(?<![\w.,/-]){_Y}(1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9])(?![\w]|[.,-]\d)"),
    ("run", r"(?<![\w.,/-])([0-3]\d)([0-3]\d)((?:19|20)\d\d)(?!\w|[.,-]\d)"),
    ("ym", rf"{_FREE}{_Y}[-./]{_M}{_CLOSED}"),
    ("spelt", rf"([{_NUMERAL}]{{4}})年([{_NUMERAL}]{{1,3}})月(?:([{_NUMERAL}]{{1,3}})[日号])?"),
)
_DATE = re.compile(
    r"(?=[\d民令平昭〇○零Ｏ一二])(?:" + "|".join(f"(?:{pattern}(?P<{name}>))" for name, pattern in _NUMERIC) + ")"
)

# By far the commonest: a date that stands alone, perhaps bracketed, perhaps with a time.
_PLAIN = re.compile(
    r"[\s\[(（【〔]*(?:"
    rf"(?P<iso>{_Y}[-/.年]{_M}[-/.月]{_D}日?)"
    r"|(?P<numbers>(\d{1,2})([-/.])(\d{1,2})\7((?:19|20)\d\d))"
    r"|(?P<month_day>([A-Za-z]{3,9})\.? (\d{1,2}), ((?:19|20)\d\d))"
    r"|(?P<day_month>(\d{1,2})\.? ([A-Za-z\u00aa-\u04ff]{3,9})\.? ((?:19|20)\d\d))"
    r")(?:[\sT]+\d{1,2}:\d\d(?::\d\d)?)?[\s\])）】〕]*"
)
_CJK_HINT = re.compile("年|[刚剛]|今[天日]|昨[天日]|前|方才|오늘|어제|방금|그저께")
_SHAPE = re.compile(rf"\d\s?[-./–−‐年月년월]\s?\d|\d{{8}}|[年月][{_NUMERAL}]|\. \d|元年")

# A month by name: 4 March 2021, 4. März, 4 de marzo de 2021, 04-Mar-21, March 4, 2021, 2021 March 4, March 2021
_LETTER = "A-Za-z\u00aa-\u04ff"
_WORD = rf"([{_LETTER}]{{3,13}})\.?"
_WORDS = re.compile(rf"[{_LETTER}]{{3,}}")
_NAMED = re.compile(rf"\d[\s.,ºª'’a-z-]{{0,10}}[{_LETTER}]{{3}}|[{_LETTER}]{{3}}[\s.,-]{{0,4}}\d")
_DAY_MONTH = re.compile(
    rf"(?<![\d.,/-]){_D}(?:st|nd|rd|th|er|[.ºª])?[\s-]{{0,3}}(?:de\s|d['’]\s?|of\s)?{_WORD}"
    r"(?:,?[\s-]{1,3}(?:de\s|del\s|de\sl['’])?((?:19|20)\d\d|['’]?\d\d(?![\d:.])))?"
)
_MONTH_DAY = re.compile(
    rf"(?<![{_LETTER}]){_WORD}[\s-]{{1,3}}{_D}(?:st|nd|rd|th)?(?!\d)(?:\s?,?[\s-]{{0,3}}((?:19|20)\d\d))?"
)
_MONTH_YEAR = re.compile(rf"(?<![{_LETTER}]){_WORD},?[\s-]{{1,3}}(?:de\s)?((?:19|20)\d\d)(?!\d)")
_YEAR_MONTH = re.compile(rf"(?<!\d)((?:19|20)\d\d)[\s.,-]{{1,3}}{_WORD}[\s.-]{{1,3}}{_D}(?!\d)")

# Two numbers are a date only where nothing else stands beside them.
_ALONE = re.compile(r"[\s\[(（【〔|/-]*(\d{1,2})([-/.])(\d{1,2})\.?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?[\s\])）】〕|/]*")
_AGO = re.compile(
    r"(?P<n>\d{1,3}|an?|one|une?|ein(?:er|em)?|一)\s?(?:(?P<hour>秒|分钟|分鐘|分|小时|小時|時間|시간|분|seconds?|sec"
    r"|minutes?|mins?|hours?|hrs?)"
    r"|(?P<day>天|日|일|days?)|(?P<week>周|週間|週|주|weeks?))\s?(?:之?前|전|ago)"
    r"|(?:vor|hace|il y a|fa)\s(?P<n2>\d{1,3}|einem|un|una)\s(?:(?P<hour2>Stunden?|Minuten?|horas?"
    r"|minutos?|heures?|minutes?|hores?)"
    r"|(?P<day2>Tag(?:en)?|días?|jours?|dies|dia)|(?P<week2>Wochen?|semanas?|semaines?))",
    re.IGNORECASE,
)
_WORDS_AGO = {
    0: "刚刚 剛剛 今天 今日 方才 today 오늘 방금 heute hoy oggi avui vandaag сегодня",
    1: "昨天 昨日 yesterday 어제 gestern hier ayer ieri ahir gisteren вчера",
    2: "前天 一昨日 그저께 vorgestern",
}
_HINT_WORDS = "today yesterday ago just heute gestern hier hoy ayer oggi ieri avui ahir vor hace сегодня вчера"
_HINTS = frozenset(_HINT_WORDS.split())
_DIGIT = re.compile(r"\d")
_DAYS_AGO = {word: days for days, words in _WORDS_AGO.items() for word in words.split()}
_AGO_HINT = re.compile(r"\d.{0,8}(?:前|전)|\bago\b|\bvor |\bhace |\bil y a |\bfa |^一.{1,3}前", re.IGNORECASE)
_GAPS = re.compile(r"[\s,:：|()（）\[\]]+")
_SHORT = 40  # characters: a longer text that says "today" is prose

_ERAS = {"民国": 1911, "民國": 1911, "令和": 2018, "平成": 1988, "昭和": 1925}
_VALUE = {
    c: v for v, cs in enumerate(("〇○零Ｏ", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十")) for c in cs
}
_MOST_DATES = 60  # of one text
_NEAR = 250  # characters in which a month by name is looked for
_MONTHS = frozenset(MONTHS)
_MOST_TEXT = 1_500  # characters: beyond them is prose

_GROUPS = {name: re.compile(pattern).groups for name, pattern in _NUMERIC}
_FIRST = {name: _DATE.groupindex[name] - count - 1 for name, count in _GROUPS.items()}


def find(text: str) -> list[Seen]:
    """The dates of a text in its order; those that overlap an earlier one are left out."""
    if not _DIGIT.search(text) and not (len(text) <= _SHORT and _hints(text)):
        return []
    if m := _PLAIN.fullmatch(text):
        seen = _plain(m)
        return [seen] if seen else []
    if len(text) > _MOST_TEXT:
        text = text[:_MOST_TEXT]
    found = [seen for m in _DATE.finditer(text) if (seen := _numeric(m))] if _SHAPE.search(text) else []
    near = text[:_NEAR]
    if _NAMED.search(near) and not _MONTHS.isdisjoint(_WORDS.findall(near.lower())):
        found += _by_name(near)
    if not found and len(text) <= _SHORT:
        return _alone(text) or _ago(text)
    return _apart(found)[:_MOST_DATES] if len(found) > 1 else found


def _hints(text: str) -> bool:
    """Whether a short text without digits could tell a day all the same."""
    return not _HINTS.isdisjoint(text.lower().split()) or bool(not text.isascii() and _CJK_HINT.search(text))


def _plain(m: re.Match[str]) -> Seen | None:
    """The commonest forms, alone in their text."""
    start, end = m.span(m.lastgroup or 0)
    match m.lastgroup:
        case "iso":
            return _full(start, end, int(m[2]), int(m[3]), int(m[4]))
        case "numbers":
            first, second = int(m[6]), int(m[8])
            return Seen(Form.EITHER, start, end, first, second, int(m[9])) if _either(first, second) else None
        case "month_day":
            return _by_word(start, end, m[11], int(m[12]), int(m[13]))
        case _:
            return _by_word(start, end, m[16], int(m[15]), int(m[17]))


def _by_word(start: int, end: int, word: str, day: int, year: int) -> Seen | None:
    return _full(start, end, year, MONTHS.get(word.lower(), 0), day)


def _apart(found: list[Seen]) -> list[Seen]:
    kept: list[Seen] = []
    for seen in sorted(found, key=lambda s: (s.start, -s.end)):
        if not kept or seen.start >= kept[-1].end:
            kept.append(seen)
    return kept


def _numeric(m: re.Match[str]) -> Seen | None:
    name = m.lastgroup or ""
    first = _FIRST[name]
    return _READ[name](m.start(), m.end(), m.groups()[first : first + _GROUPS[name]])


def _ymd(start: int, end: int, g: tuple[str, ...]) -> Seen | None:
    return _full(start, end, int(g[0]), int(g[1]), int(g[2]))


def _full(start: int, end: int, year: int, month: int, day: int, form: Form = Form.FULL) -> Seen | None:
    return Seen(form, start, end, year, month, day) if on(year, month, day) else None


def _ym(start: int, end: int, g: tuple[str, ...]) -> Seen | None:
    return Seen(Form.MONTH, start, end, int(g[0]), int(g[1]), 0)


def _md(start: int, end: int, g: tuple[str, ...]) -> Seen | None:
    return Seen(Form.YEARLESS, start, end, 0, int(g[0]), int(g[1])) if on(2000, int(g[0]), int(g[1])) else None


def _y2md(start: int, end: int, g: tuple[str, ...]) -> Seen | None:
    return _full(start, end, 2000 + int(g[0]), int(g[1]), int(g[2]))


def _era(start: int, end: int, g: tuple[str, ...]) -> Seen | None:
    year = 1 if g[1] == "元" else int(g[1])
    return _full(start, end, _ERAS[g[0]] + year, int(g[2]), int(g[3]))


def _roc(start: int, end: int, g: tuple[str, ...]) -> Seen | None:
    return _full(start, end, 1911 + int(g[0]), int(g[2]), int(g[3]))


def _aby(start: int, end: int, g: tuple[str, ...]) -> Seen | None:
    first, second, year = int(g[0]), int(g[2]), int(g[3])
    if len(g[3]) == 4:
        return Seen(Form.EITHER, start, end, first, second, year) if _either(first, second) else None
    if g[1] == "-" and first > 12 and 1 <= second <= 12:  # 21-03-04
        return _full(start, end, 2000 + first, second, year)
    return (
        Seen(Form.EITHER, start, end, first, second, 2000 + year)
        if len(g[0] + g[2]) > 1 and _either(first, second)
        else None
    )


def _compact(start: int, end: int, g: tuple[str, ...]) -> Seen | None:
    return _full(start, end, int(g[0]), int(g[1]), int(g[2]), Form.COMPACT)


def _run(start: int, end: int, g: tuple[str, ...]) -> Seen | None:
    first, second = int(g[0]), int(g[1])
    return Seen(Form.EITHER, start, end, first, second, int(g[2])) if _either(first, second) else None


def _spelt(start: int, end: int, g: tuple[str, ...]) -> Seen | None:
    year = int("".join(str(_VALUE[c] % 10) for c in g[0]))
    month, day = _spelt_number(g[1]), _spelt_number(g[2] or "")
    if not 1900 < year < 2100 or not 1 <= month <= 12:
        return None
    return _full(start, end, year, month, day) if g[2] else Seen(Form.MONTH, start, end, year, month, 0)


def _spelt_number(text: str) -> int:
    """二十一 is 21, 十 is 10, 三 is 3."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(_VALUE[c]) for c in text) or "0")
    return (_VALUE[tens] if len(tens) == 1 else 1) * 10 + (_VALUE[ones] if len(ones) == 1 else 0)


_READ = {
    "ymd": _ymd,
    "ymd_cjk": _ymd,
    "ym_cjk": _ym,
    "md_cjk": _md,
    "y2md": _y2md,
    "era": _era,
    "roc": _roc,
    "aby": _aby,
    "compact": _compact,
    "run": _run,
    "ym": _ym,
    "spelt": _spelt,
}


def _either(first: int, second: int) -> bool:
    return 1 <= min(first, second) <= 12 and max(first, second) <= 31


def _by_name(text: str) -> list[Seen]:
    readers = ((_DAY_MONTH, _day_month), (_MONTH_DAY, _month_day), (_YEAR_MONTH, _year_month))
    found = [seen for pattern, read in readers for m in _matches(pattern, text) if (seen := read(m))]
    return found or [_month_year(m) for m in _matches(_MONTH_YEAR, text)]


def _matches(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Like finditer, but a match whose word is no month gives back all but its first number or word."""
    found: list[re.Match[str]] = []
    at = 0
    while len(found) < _MOST_DATES and (m := pattern.search(text, at)):
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


def _alone(text: str) -> list[Seen]:
    m = _ALONE.fullmatch(text)
    if not m:
        return []
    first, second = int(m[1]), int(m[3])
    if m[2] == "." and not text.rstrip(" )]）】").endswith(".") and len(m[1] + m[3]) < 4:
        return []  # 2.5 is a number
    return [Seen(Form.EITHER_YEARLESS, m.start(1), m.end(3), first, second, 0)] if _either(first, second) else []


def _ago(text: str) -> list[Seen]:
    if _AGO_HINT.search(text) and (m := _AGO.search(text)):
        n = m["n"] or m["n2"]
        number = int(n) if n.isdecimal() else 1
        days = 0 if m["hour"] or m["hour2"] else number * (7 if m["week"] or m["week2"] else 1)
        return [Seen(Form.AGO, m.start(), m.end(), days, 0, 0)]
    for word in _GAPS.split(text.lower()):
        if word in _DAYS_AGO:
            at = max(0, text.lower().find(word))
            return [Seen(Form.AGO, at, at + len(word), _DAYS_AGO[word], 0, 0)]
    return []


def on(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
