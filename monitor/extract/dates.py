"""Every date form that listings use, found in a text: what is written, before anything is concluded from it.

Each number of the text is looked at once, and by its length and the character behind it goes to the one reader that
could make a date of it: most texts hold none, and must cost next to nothing.
"""

import re

from monitor.extract import eastern, named, thai
from monitor.extract.ago import CJK_UNIT, MARKS, SHORT, counted, told
from monitor.extract.forms import DAY, MONTH, YEAR, Form, Seen, either, either_of, full, of_year_month
from monitor.extract.plain import plain

# A number that no longer number holds. The charset in front lets the engine skip all other characters at once.
_NUMBER = re.compile(r"[0-9](?<![0-9][.,/:-].)[0-9]*+")
_WIDE = re.compile(r"[０-９٠-٩۰-۹๐-๙Ｒ]")
_NARROW = str.maketrans(
    "０１２３４５６７８９－／．：（）［］　٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹๐๑๒๓๔๕๖๗๘๙Ｒ",
    "0123456789-/.:()[] 012345678901234567890123456789R",
)
_MOST_DATES = 60  # of one text
_MOST_NUMBERS = 400
_MOST_TEXT = 1_500  # characters: beyond them is prose

_CLOSED = r"(?:(?=\d\d:\d\d)|(?!\d|[-/]\d|[.,]\d|:\d|\s?[号號期次]))"  # nothing goes on behind; a glued time may
_YMD = re.compile(rf"{YEAR}\s?[-./–−‐]\s?{MONTH}(?:\s?[-./–−‐]\s?{DAY})?{_CLOSED}")
_ABY = re.compile(rf"(\d{{1,2}})\s?([-./])\s?(\d{{1,2}})\s?\2\s?((?:19|20)\d\d|25[4-9]\d|\d\d){_CLOSED}")
_ROC = re.compile(rf"(1[01]\d)([-./])(1[0-2]|0[1-9])\2(3[01]|[12]\d|0[1-9]){_CLOSED}")
_ROC_ALONE = re.compile(
    rf"[\[(（【]?(1[01]\d)([-./]){MONTH}\2{DAY}[\])）】]?"
)  # 115.3.6 within a text numbers a section
_EIGHT = re.compile(r"(?<![A-Za-z_.,/-])(?<!号)(?<!号[:：])(?:(\d{4})(\d\d)(\d\d))(?![A-Za-z_]|[.,-]\d|\s?[号號期次])")
_TIME = re.compile(r"日?[\sT,|]*(?:at\s|à\s|um\s)?\d\d?[:：hH]\d\d(?:[:：]\d\d(?:[.,]\d{1,9})?)?(?:\s?[+-]\d\d:?\d\d)?")
# A text that has neither such figures nor one of these words holds no date with a number in it.
_SECOND = r"\d{1,2}(?:(?!\d)|(?=\d\d:))"
_NUMERIC = re.compile(
    rf"\d(?:[ \u00a0]?(?:[-./–−‐]\s?{_SECOND}|[年년月월])|\s?[ก-๛]|\s?(?:{CJK_UNIT})\s?(?:之?前|以前|전)|[0-9]{{7}})"
)
_NUMERIC_ASCII = re.compile(rf"[0-9](?: ?[-./]\s?{_SECOND}|[0-9]{{7}})")  # the same, in a fifth of the time
_TELLING = named.NAMES | MARKS
_SEPARATORS = frozenset("-./–−‐")
_BLANKS = frozenset(" \u00a0")

_VERSION = frozenset("vV")  # v2021.3.4
_EAST = "\u0700"  # letters from here on name no month

# Two numbers are a date only where nothing else stands beside them.
_ALONE = re.compile(r"[\s\[(（【〔「|/-]*(\d{1,2})([-/.])(\d{1,2})\.?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?[\s\])）】〕」|/]*")
_LONGEST_ALONE = 24


def find(text: str) -> list[Seen]:
    """The dates of a text in its order; those that overlap an earlier one are left out."""
    only = plain(text)
    return [only] if only else searched(text)


def searched(text: str) -> list[Seen]:
    """The same by way of each number, whatever the forms are."""
    text = text[:_MOST_TEXT]
    if not text.isascii() and _WIDE.search(text):
        text = text.translate(_NARROW)
    m = _NUMBER.search(text)
    if m is None or not _could_tell(text):
        return _without_numbers(text)
    first = m.end()
    found: list[Seen] = []
    after = 0
    for _ in range(_MOST_NUMBERS):
        start, end = m.span()
        if seen := _at(text, start, end, after):
            found.append(seen)
            after = end = seen.end
            if end == len(text):
                break
        m = _NUMBER.search(text, end)
        if m and seen and (time := _TIME.match(text, end)):
            m = _NUMBER.search(text, time.end())
        if m is None or len(found) >= _MOST_DATES:
            break
    return found or _of_the_whole(text, first)


def _could_tell(text: str) -> bool:
    """Whether a short text with numbers could hold a date made of them: a first look, cheap and generous."""
    if len(text) > SHORT or (_NUMERIC_ASCII if text.isascii() else _NUMERIC).search(text):
        return True
    return not _TELLING.isdisjoint(named.WORDS.findall(text.lower()))


def _without_numbers(text: str) -> list[Seen]:
    """The days of a text that has no figures: 二〇二一年三月四日, or a day told from today."""
    if not text.isascii() and "月" in text and (found := eastern.spelt(text)):
        return found
    return told(text) if len(text) <= SHORT else []


def _of_the_whole(text: str, first: int) -> list[Seen]:
    """What only the whole of a text can say, where none of its numbers is a date; the first of them ends at `first`."""
    if len(text) <= _LONGEST_ALONE and text[first : first + 1] in _SEPARATORS and (seen := _alone(text)):
        return [seen]
    return _without_numbers(text)


def _at(text: str, start: int, end: int, after: int) -> Seen | None:
    """The date that begins with, or has as its day, the number at `start`..`end`; nothing before `after` is its own.

    `behind` is the next character that is no blank: by it the readers part.
    """
    length = end - start
    behind = text[end : end + 1]
    if behind in _BLANKS:
        behind = text[end + 1 : end + 2]
    if length == 4:
        return _of_year(text, start, end, behind, after)
    if length <= 2:
        return _of_small(text, start, end, behind, after)
    if length == 3:
        return _of_three(text, start, end, behind)
    return _eight(text, start) if length == 8 else None


def _of_year(text: str, start: int, end: int, behind: str, after: int) -> Seen | None:
    """2021-03-04, 2021. 3. 4., 2021-03, 2021年3月4日, 2021. március 4., March 2021."""
    if behind in _SEPARATORS and (m := _YMD.match(text, start)) and text[start - 1 : start] not in _VERSION:
        year, month, day = m.groups()
        if day is not None:
            return full(start, m.end(), int(year), int(month), int(day))
        if text[start + 4] in _SEPARATORS:
            return of_year_month(start, m.end(), int(year), int(month))
    if behind in eastern.YEAR_WORDS:
        return eastern.of_year(text, start)
    return named.of_year(text, start, end, after)


def _of_small(text: str, start: int, end: int, behind: str, after: int) -> Seen | None:
    """04/03/2021, 4.3.21, R3.3.4, 3月4日, 21年3月4日, 4 March 2021, March 4, 3 hours ago."""
    if behind in _SEPARATORS:
        if seen := eastern.of_letter(text, start):
            return seen
        if m := _ABY.match(text, start):
            return _aby(start, m)
    elif behind >= _EAST:
        if behind in eastern.MONTH_WORDS:
            return eastern.of_month(text, start)
        if behind in eastern.YEAR_WORDS:
            return eastern.of_era(text, start)
        if thai.is_letter(behind):
            return thai.of_day(text, start, end)
        return counted(text, start, end) if len(text) <= SHORT else None
    if seen := named.of_small(text, start, end, after):
        return seen
    return counted(text, start, end) if len(text) <= SHORT and behind.isalpha() else None


def _of_three(text: str, start: int, end: int, behind: str) -> Seen | None:
    """110/03/04, 民国110年3月4日, 120 days ago."""
    if behind in _SEPARATORS:
        m = _ROC.match(text, start) or _ROC_ALONE.fullmatch(text)
        return full(start, m.end(4), 1911 + int(m[1]), int(m[3]), int(m[4])) if m else None
    if behind in eastern.YEAR_WORDS:
        return eastern.of_era(text, start)
    return counted(text, start, end) if len(text) <= SHORT and behind.isalpha() else None


def _aby(start: int, m: re.Match[str]) -> Seen | None:
    first, mark, second, year = m.groups()
    if len(year) == 4:
        return either_of(start, m.end(), int(first), int(second), thai.ours(int(year)))
    if mark == "-" and int(first) > 12:  # 21-03-04
        return full(start, m.end(), 2000 + int(first), int(second), int(year))
    if len(first + second) < 3:
        return None  # 1.2.21 is rather a number of a section
    return either_of(start, m.end(), int(first), int(second), 2000 + int(year))


def _eight(text: str, start: int) -> Seen | None:
    """20210304, or 04032021."""
    m = _EIGHT.match(text, start)
    if not m:
        return None
    head, month, day = int(m[1]), int(m[2]), int(m[3])
    if 1900 <= head < 2100 and (seen := full(start, m.end(), head, month, day, Form.COMPACT)):
        return seen
    year = month * 100 + day
    return either_of(start, m.end(), head // 100, head % 100, year) if 1900 <= year < 2100 else None


def _alone(text: str) -> Seen | None:
    m = _ALONE.fullmatch(text)
    if not m:
        return None
    first, second = int(m[1]), int(m[3])
    if m[2] == "." and not text.rstrip(" )]）】").endswith(".") and len(m[1] + m[3]) < 4:
        return None  # 2.5 is a number
    return Seen(Form.EITHER_YEARLESS, m.start(1), m.end(3), first, second, 0) if either(first, second) else None
