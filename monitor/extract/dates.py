"""Every date form that listings use, found in a text: what is written, before anything is concluded from it."""

import re

from monitor.extract.ago import SHORT, ago, hints
from monitor.extract.forms import DAY, MONTH, YEAR, Form, Seen, either, full, on
from monitor.extract.months import MONTHS
from monitor.extract.named import by_name

_FREE = r"(?<![\d.,/:-])"  # no longer number begins before
_CLOSED = r"(?:(?=\d\d:\d\d)|(?![\d]|[-/]\d|[.,]\d|:\d))"  # none goes on behind; a glued time may
_NUMERAL = "〇○零Ｏ一二三四五六七八九十"

# Each alternative ends in an empty group that names it.
_NUMERIC = (
    ("ymd", rf"{_FREE}{YEAR}\s?[-./–−‐]\s?{MONTH}\s?[-./–−‐]\s?{DAY}{_CLOSED}"),
    ("ymd_cjk", rf"(?<!\d){YEAR}\s?[年년]\s?{MONTH}\s?[月월]\s?{DAY}(?!\d(?!\d?:))"),
    ("ym_cjk", rf"(?<!\d){YEAR}\s?[年년]\s?{MONTH}\s?[月월]"),
    ("md_cjk", rf"(?<!\d){MONTH}\s?[月월]\s?{DAY}\s?(?:[日号號일]|(?!\d))"),
    ("y2md", rf"(?<!\d)(\d\d)[年년]\s?{MONTH}[月월]\s?{DAY}[日일]?"),
    ("era", rf"(民国|民國|令和|平成|昭和)\s?(\d{{1,3}}|元)\s?[年./-]\s?{MONTH}\s?[月./-]\s?{DAY}"),
    ("roc", rf"{_FREE}(1[01]\d)(?P<sep>[-./])(1[0-2]|0[1-9])(?P=sep)(3[01]|[12]\d|0[1-9]){_CLOSED}"),
    ("aby", rf"{_FREE}(\d{{1,2}})\s?(?P<mark>[-./])\s?(\d{{1,2}})\s?(?P=mark)\s?((?:19|20)\d\d|\d\d){_CLOSED}"),
    ("compact", rf"(?<![\w.,/-]){YEAR}(1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9])(?![\w]|[.,-]\d)"),
    ("run", r"(?<![\w.,/-])([0-3]\d)([0-3]\d)((?:19|20)\d\d)(?!\w|[.,-]\d)"),
    ("ym", rf"{_FREE}{YEAR}[-./]{MONTH}{_CLOSED}"),
    ("spelt", rf"([{_NUMERAL}]{{4}})年([{_NUMERAL}]{{1,3}})月(?:([{_NUMERAL}]{{1,3}})[日号])?"),
)
_DATE = re.compile(
    r"(?=[\d民令平昭〇○零Ｏ一二])(?:" + "|".join(f"(?:{pattern}(?P<{name}>))" for name, pattern in _NUMERIC) + ")"
)

# By far the commonest: a date that stands alone, perhaps bracketed, perhaps with a time.
_PLAIN = re.compile(
    r"[\s\[(（【〔]*(?:"
    rf"(?P<iso>{YEAR}[-/.年]{MONTH}[-/.月]{DAY}日?)"
    r"|(?P<numbers>(\d{1,2})([-/.])(\d{1,2})\7((?:19|20)\d\d))"
    r"|(?P<month_day>([A-Za-z]{3,9})\.? (\d{1,2}), ((?:19|20)\d\d))"
    r"|(?P<day_month>(\d{1,2})\.? ([A-Za-z\u00aa-\u04ff]{3,9})\.? ((?:19|20)\d\d))"
    r")(?:[\sT]+\d{1,2}:\d\d(?::\d\d)?)?[\s\])）】〕]*"
)
_SHAPE = re.compile(rf"\d\s?[-./–−‐年月년월]\s?\d|\d{{8}}|[年月][{_NUMERAL}]|\. \d|元年")

# Two numbers are a date only where nothing else stands beside them.
_ALONE = re.compile(r"[\s\[(（【〔|/-]*(\d{1,2})([-/.])(\d{1,2})\.?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?[\s\])）】〕|/]*")
_ERAS = {"民国": 1911, "民國": 1911, "令和": 2018, "平成": 1988, "昭和": 1925}
_VALUE = {
    c: v for v, cs in enumerate(("〇○零Ｏ", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十")) for c in cs
}
_MOST_DATES = 60  # of one text
_DIGIT = re.compile(r"\d")
_MOST_TEXT = 1_500  # characters: beyond them is prose

_GROUPS = {name: re.compile(pattern).groups for name, pattern in _NUMERIC}
_FIRST = {name: _DATE.groupindex[name] - count - 1 for name, count in _GROUPS.items()}


def find(text: str) -> list[Seen]:
    """The dates of a text in its order; those that overlap an earlier one are left out."""
    if not _DIGIT.search(text) and not (len(text) <= SHORT and hints(text)):
        return []
    if m := _PLAIN.fullmatch(text):
        seen = _plain(m)
        return [seen] if seen else []
    if len(text) > _MOST_TEXT:
        text = text[:_MOST_TEXT]
    found = [seen for m in _DATE.finditer(text) if (seen := _numeric(m))] if _SHAPE.search(text) else []
    found += by_name(text)
    if not found and len(text) <= SHORT:
        return _alone(text) or ago(text)
    return _apart(found)[:_MOST_DATES] if len(found) > 1 else found


def _plain(m: re.Match[str]) -> Seen | None:
    """The commonest forms, alone in their text."""
    start, end = m.span(m.lastgroup or 0)
    match m.lastgroup:
        case "iso":
            return full(start, end, int(m[2]), int(m[3]), int(m[4]))
        case "numbers":
            first, second = int(m[6]), int(m[8])
            return Seen(Form.EITHER, start, end, first, second, int(m[9])) if either(first, second) else None
        case "month_day":
            return _by_word(start, end, m[11], int(m[12]), int(m[13]))
        case _:
            return _by_word(start, end, m[16], int(m[15]), int(m[17]))


def _by_word(start: int, end: int, word: str, day: int, year: int) -> Seen | None:
    return full(start, end, year, MONTHS.get(word.lower(), 0), day)


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
    return full(start, end, int(g[0]), int(g[1]), int(g[2]))


def _ym(start: int, end: int, g: tuple[str, ...]) -> Seen | None:
    return Seen(Form.MONTH, start, end, int(g[0]), int(g[1]), 0)


def _md(start: int, end: int, g: tuple[str, ...]) -> Seen | None:
    return Seen(Form.YEARLESS, start, end, 0, int(g[0]), int(g[1])) if on(2000, int(g[0]), int(g[1])) else None


def _y2md(start: int, end: int, g: tuple[str, ...]) -> Seen | None:
    return full(start, end, 2000 + int(g[0]), int(g[1]), int(g[2]))


def _era(start: int, end: int, g: tuple[str, ...]) -> Seen | None:
    year = 1 if g[1] == "元" else int(g[1])
    return full(start, end, _ERAS[g[0]] + year, int(g[2]), int(g[3]))


def _roc(start: int, end: int, g: tuple[str, ...]) -> Seen | None:
    return full(start, end, 1911 + int(g[0]), int(g[2]), int(g[3]))


def _aby(start: int, end: int, g: tuple[str, ...]) -> Seen | None:
    first, second, year = int(g[0]), int(g[2]), int(g[3])
    if len(g[3]) == 4:
        return Seen(Form.EITHER, start, end, first, second, year) if either(first, second) else None
    if g[1] == "-" and first > 12 and 1 <= second <= 12:  # 21-03-04
        return full(start, end, 2000 + first, second, year)
    return (
        Seen(Form.EITHER, start, end, first, second, 2000 + year)
        if len(g[0] + g[2]) > 1 and either(first, second)
        else None
    )


def _compact(start: int, end: int, g: tuple[str, ...]) -> Seen | None:
    return full(start, end, int(g[0]), int(g[1]), int(g[2]), Form.COMPACT)


def _run(start: int, end: int, g: tuple[str, ...]) -> Seen | None:
    first, second = int(g[0]), int(g[1])
    return Seen(Form.EITHER, start, end, first, second, int(g[2])) if either(first, second) else None


def _spelt(start: int, end: int, g: tuple[str, ...]) -> Seen | None:
    year = int("".join(str(_VALUE[c] % 10) for c in g[0]))
    month, day = _spelt_number(g[1]), _spelt_number(g[2] or "")
    if not 1900 < year < 2100 or not 1 <= month <= 12:
        return None
    return full(start, end, year, month, day) if g[2] else Seen(Form.MONTH, start, end, year, month, 0)


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


def _alone(text: str) -> list[Seen]:
    m = _ALONE.fullmatch(text)
    if not m:
        return []
    first, second = int(m[1]), int(m[3])
    if m[2] == "." and not text.rstrip(" )]）】").endswith(".") and len(m[1] + m[3]) < 4:
        return []  # 2.5 is a number
    return [Seen(Form.EITHER_YEARLESS, m.start(1), m.end(3), first, second, 0)] if either(first, second) else []
