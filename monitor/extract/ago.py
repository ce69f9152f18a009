"""Days told from the day of reading: 3 hours ago, 昨天, vor 3 Tagen."""

import re
from itertools import chain

from monitor.extract.forms import Form, Seen

_EAST = "\u2e80"
SHORT = 40  # characters: a longer text that says "today" is prose

_TODAY = """
刚刚 剛剛 刚才 剛才 今天 今日 方才 本日 たった今 today 오늘 방금 heute hoy hoje oggi avui vandaag dzisiaj dziś
dnes idag bugün σήμερα сегодня сьогодні tänään
"""
_YESTERDAY = """
昨天 昨日 きのう yesterday 어제 gestern hier ayer ontem ieri ahir gisteren wczoraj včera igår dün
tegnap χθες вчера вчора eilen
"""
_THE_DAY_BEFORE = "前天 一昨日 그저께 그제 vorgestern anteayer avant-hier eergisteren przedwczoraj позавчера"
_PHRASES = {"just now": 0, "moments ago": 0, "a moment ago": 0, "i dag": 0, "i går": 1, "hôm nay": 0, "hôm qua": 1,
            "aujourd'hui": 0, "aujourd’hui": 0, "半小时前": 0, "半小時前": 0}  # fmt: skip
_WORDS = (_TODAY, _YESTERDAY, _THE_DAY_BEFORE)
_DAYS = {word: days for days, words in enumerate(_WORDS) for word in words.split()} | _PHRASES

# Months and years are left out: "1 month ago" is no day, it may have been 59 days ago.
_MINUTES = """
秒 秒钟 秒鐘 分钟 分鐘 分 초 분 second seconds sec secs minute minutes min mins minute minuten
sekunden minuto minutos minutes minuti minuut minuten minut minuty минуту минуты минут
хвилин хвилини minutter minuuttia minutami λεπτά dakika perce phút
"""
_HOURS = """
小时 小時 个小时 個小時 時間 시간 hour hours hr hrs h stunde stunden hora horas heure heures hores ore
ora uur uren godzinę godziny godzin час часа часов години годин година timmar timme
timer time tuntia hodin hodinami hodinou ώρες ώρα saat órája giờ
"""
_OF_DAYS = """
天 日 일 day days d tag tage tagen día días dia dias jour jours dies giorno giorni dag
dagen dage dager dagar dzień dni день дня дней дні днів dny dnem päivää päivä ημέρες
μέρες ημέρα gün napja ngày
"""
_WEEKS = """
周 週 週間 星期 个星期 個星期 주 주일 week weeks w woche wochen semana semanas semaine semaines setmana
setmanes settimana settimane weken tydzień tygodnie tygodni неделю недели недель тиждень
тижні veckor vecka uger uge uker uke viikkoa týdny εβδομάδες hafta tuần
"""
_UNITS = ((0, _MINUTES), (1, _HOURS), (24, _OF_DAYS), (168, _WEEKS))
_LASTS = {unit: hours for hours, units in _UNITS for unit in units.split()}
CJK_UNIT = "|".join(sorted((u for u in _LASTS if u > _EAST), key=len, reverse=True))
# 请提前3天前往: there the word goes on
_CJK_AFTER = re.compile(rf"\s?({CJK_UNIT})\s?(?:之?前|以前|전)(?![往来來台后後期提进進夕方任面线沿])")
_CJK_ONE = re.compile(rf"[一两兩半](?=\s?(?:{CJK_UNIT})\s?之?前)")
_UNIT = re.compile(r"\s?([^\W\d_]{1,12})")
_AGO = re.compile(r"\s(?:ago|fa|geleden|temu|назад|тому|sedan|siden|sitten|önce|trước|atrás|atras)(?!\w)")
_BEFORE = re.compile(r"(?<!\w)(?:vor|hace|il\sy\sa|fa|há|před|πριν|πριν\sαπό)\s\Z")
_ONE = re.compile(r"(?<!\w)(?:an?|one|une?|una|uno|eine[mrs]?|een|egy|jeden|jedną|et|ett|één|uma?)(?=\s)")
_MARKS_TEXT = "ago fa geleden temu назад тому sedan siden sitten önce trước atrás atras vor hace há před πριν"
_COUNTING = frozenset(["il", *_MARKS_TEXT.split()])
MARKS = _COUNTING | {"trư"}  # trước, as far as it is written in letters that names of months have too
_HINTS = frozenset([*(words.split()[-1] for words in _DAYS), *_MARKS_TEXT.split()])
_CJK_HINT = re.compile("[年月前전刚剛今昨]|方才|本日|きのう|오늘|어제|방금|그저께|그제")
_EDGES = " \u00a0\t[]()（）【】〔〕|,，·-–"
_WORD = re.compile(rf"[^\s:：{re.escape(_EDGES)}]+")
_LABEL = re.compile(r"[^:：\d]{0,24}[:：]\s?(?!\d)")
_CLOCK = re.compile(r"\d[:：]\d\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_TIME = re.compile(r"[\s,]*(?:at|um|à|alle|в|o)?\s?\d{1,2}[:：]\d\d(?:[:：]\d\d)?\s?(?:am|pm)?\Z")


def hints(text: str) -> bool:
    """Whether a text could tell a day without figures: a first look, cheap and generous."""
    low = text.lower()
    if not low.isascii() and _CJK_HINT.search(low):
        return True
    return not _HINTS.isdisjoint(_WORD.findall(low)) or "il y a" in low


def counted(text: str, start: int, end: int, count: int | None = None) -> Seen | None:
    """The day that a number of hours, days or weeks tells: the number at `start`..`end`, or the word for `count`."""
    m = _UNIT.match(text, end)
    if not m:
        return None
    number = int(text[start:end]) if count is None else count
    if m[1] >= _EAST:
        m = _CJK_AFTER.match(text, end)
        if not m or text[max(0, start - 2) : start] == "提前":
            return None
        stop = m.end()
    elif ago := _AGO.match(text.lower(), m.end()):
        stop = ago.end()
    elif before := _BEFORE.search(text.lower(), max(0, start - 10), start):
        start, stop = before.start(), m.end()
    else:
        return None
    hours = _LASTS.get(m[1].lower())
    if hours is None:
        return None
    return Seen(Form.AGO, start, stop, number * hours // 24, 0, 0)


def told(text: str) -> list[Seen]:
    """The day that a text tells in words alone, perhaps behind a label or before a time: 昨天, Today 10:20, 一天前."""
    low = text.lower()
    word = low.strip(_EDGES)
    days = _DAYS.get(word)
    if days is None and (":" in low or "：" in low) and len(low) == len(text):
        return _told_beside(low)
    if days is None:
        return _told_of_one(low) if not word or word[:2] in _FIRST_OF_ONE else []
    at = low.find(word)
    return [Seen(Form.AGO, at, at + len(word), days, 0, 0)]


def _told_beside(low: str) -> list[Seen]:
    """Between a label and a time."""
    start = m.end() if (m := _LABEL.match(low)) else 0
    stop = m.start() if _CLOCK.search(low, start) and (m := _TIME.search(low, start)) else len(low)
    word = low[start:stop].strip(_EDGES)
    days = _DAYS.get(word)
    if days is None:
        return _told_of_one(low)
    at = low.find(word, start)
    return [Seen(Form.AGO, at, at + len(word), days, 0, 0)]


def _told_of_one(low: str) -> list[Seen]:
    """An hour ago, vor einem Tag, 一天前."""
    if "前" not in low and "전" not in low and _COUNTING.isdisjoint(_LETTERS.findall(low)):
        return []
    ones = chain(_ONE.finditer(low), _CJK_ONE.finditer(low))
    found = (counted(low, m.start(), m.end(), 2 if m[0] in "两兩" else 1) for m in ones)
    return [seen for seen in found if seen][:1]


# How a text begins that counts without figures: an hour ago, vor einem Tag, il y a une heure, 一天前.
_BEGINNINGS = "a |an|on|un|um|ei|ee|eg|je|et|éé|vo|ha|il|fa|há|př|πρ"
_FIRST_OF_ONE = frozenset(_BEGINNINGS.split("|")) | {
    f"{n}{unit[0]}" for n in "一两兩" for unit in _LASTS if unit > _EAST
}
