"""Days told from the day of reading: 3 hours ago, 昨天, vor 3 Tagen."""

import re

from monitor.extract.forms import Form, Seen

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
_DAYS_AGO = {word: days for days, words in _WORDS_AGO.items() for word in words.split()}
_MARKS = ("前", "전", "ago", "vor ", "hace ", "il y a ", "fa ")
_GAPS = re.compile(r"[\s,:：|()（）\[\]]+")
SHORT = 40  # characters: a longer text that says "today" is prose
_CJK = re.compile("年|[刚剛]|今[天日]|昨[天日]|前|方才|오늘|어제|방금|그저께")


def hints(text: str) -> bool:
    """Whether a short text without digits could tell a day all the same."""
    return not _HINTS.isdisjoint(text.lower().split()) or bool(not text.isascii() and _CJK.search(text))


def ago(text: str) -> list[Seen]:
    """The day that a short text tells by its distance from the day of reading."""
    low = text.lower()
    if any(mark in low for mark in _MARKS) and (m := _AGO.search(text)):
        n = m["n"] or m["n2"]
        number = int(n) if n.isdecimal() else 1
        days = 0 if m["hour"] or m["hour2"] else number * (7 if m["week"] or m["week2"] else 1)
        return [Seen(Form.AGO, m.start(), m.end(), days, 0, 0)]
    for word in _GAPS.split(low):
        if word in _DAYS_AGO:
            at = low.find(word)
            return [Seen(Form.AGO, at, at + len(word), _DAYS_AGO[word], 0, 0)]
    return []
