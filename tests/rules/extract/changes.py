"""Pages as time changes them, for reading both ways: rows come and go, lists move, sites are rebuilt or hidden."""

import os
import random
import re
from collections.abc import Callable, Iterator
from datetime import date

Change = Callable[[str, random.Random], str | None]
_ROW = re.compile(r"<(li|tr|dd|article)\b[^>]*>(?:(?!<\1\b).)*?<a\b.*?</\1>\s*", re.DOTALL)
_DAY = re.compile(r"(20\d\d)-(\d\d)-(\d\d)")
_DATED = re.compile(r"\d[-/.年]\d")
_LIST = (
    "<ul>"
    + "".join(
        f'<li><a href="/n/{n}.html">市政府办公室关于印发第{n}号年度工作要点的通知</a><span>2027-01-{n:02}</span></li>'
        for n in range(1, 13)
    )
    + "</ul>"
)


def _rows(text: str) -> list[re.Match[str]]:
    """The dated rows of one kind of element, where there are such: most often the list."""
    found: dict[str, list[re.Match[str]]] = {}
    for m in _ROW.finditer(text):
        found.setdefault(m[1], []).append(m)
    dated = [kept for rows in found.values() if len(kept := [m for m in rows if _DATED.search(m[0])]) > 1]
    return max(dated or found.values(), key=len, default=[])


def _new(row: str, day: date, number: int) -> str:
    row = re.sub(r">([^<>]{8,})</a>", f">关于公布第{number}批年度重点项目安排情况的通知</a>", row, count=1)
    row = re.sub(r"title=\"[^\"]*\"", f'title="关于公布第{number}批年度重点项目安排情况的通知"', row, count=1)
    row = re.sub(r"href=\"([^\"]*?)(\d+)(\.\w+)\"", rf'href="\g<1>{9000 + number}\3"', row, count=1)
    return _DAY.sub(day.isoformat(), row)


def _row_on_top(text: str, dice: random.Random, *, day: date = date(2026, 3, 17), drop: bool = False) -> str | None:
    rows = _rows(text)
    if not rows:
        return None
    first = rows[0]
    added = text[: first.start()] + _new(first[0], day, dice.randint(10, 99)) + text[first.start() :]
    last = rows[-1][0]
    return added.replace(last, "", 1) if drop else added


def _rows_removed(text: str, dice: random.Random) -> str | None:
    for row in _rows(text)[: dice.choice((1, 2, 5, 30))]:
        text = text.replace(row[0], "", 1)
    return text


def _row_changed(text: str, dice: random.Random) -> str | None:
    rows = _rows(text)
    if not rows:
        return None
    row = dice.choice(rows)
    words = dice.choice(
        ("短", "更多", "2026", "截止2026-03-01的报名通知", "a &amp; b &lt;i&gt;", "&nbsp;", "x" * 700, "置顶通知")
    )
    changed = re.sub(r">([^<>]+)</a>", lambda m: f">{words}</a>", row[0], count=1)
    return text[: row.start()] + changed + text[row.end() :]


def _dates_swapped(text: str, dice: random.Random) -> str:
    return _DAY.sub(lambda m: f"{m[1]}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}", text)


def _attribute(text: str, dice: random.Random) -> str | None:
    rows = _rows(text)
    if not rows:
        return None
    row = dice.choice(rows)
    to = dice.choice(('href="?a=1&copy=2"', 'href="a.html&quot;x"', 'href="mailto:a@b.example"', 'href="#"', 'href=""'))
    return text[: row.start()] + re.sub(r'href="[^"]*"', to, row[0], count=1) + text[row.end() :]


def _swapped(text: str, dice: random.Random) -> str | None:
    rows = _rows(text)
    if len(rows) < 2:
        return None
    a, b = sorted(dice.sample(rows, 2), key=lambda m: m.start())
    return text[: a.start()] + b[0] + text[a.end() : b.start()] + a[0] + text[b.end() :]


def _of_another_make(text: str, dice: random.Random) -> str | None:
    rows = _rows(text)
    if not rows:
        return None
    row, old = _new(rows[0][0], date(2026, 3, 17), 77), rows[0].start()
    how = dice.choice(
        (
            lambda m: f"{m[1]}<b>{m[2]}</b></a>",
            lambda m: f"{m[1]}{m[2]}<br></a><em>新</em>",
            lambda m: f"<i>通知</i>{m[0]}",
            lambda m: f"{m[1]}{m[2]}</a><b>",  # never closed
            lambda m: f"{m[1]}{m[2]}</a></ul></table></div>",
            lambda m: f"{m[1]}{m[2]}</a><!-- ",
            lambda m: f"{m[1]}{m[2]}</a><a href='/x'>更多栏目内容的第二个链接</a>",
            lambda m: f"{m[1]}{m[2]}</a><span>截止日期：2026-04-01</span>",
        )
    )
    return text[:old] + re.sub(r"(<a\b[^>]*>)(.*?)</a>", how, row, count=1, flags=re.DOTALL) + text[old:]


_WORDS = (
    "短",
    "更多",
    "关于公布第三批年度重点项目安排情况的通知",
    "详情",
    "县政府办公室",
    "2026",
    "Notice of the meeting",
    "x" * 300,
)


def _of_other_words(text: str, dice: random.Random) -> str | None:
    """A row made as another is, but for what stands in it, addresses among that; its days stay."""
    rows = _rows(text)
    if not rows:
        return None
    old, at = dice.choice(rows)[0], dice.choice(rows[:3]).start()
    some = dice.random()

    def word(m: re.Match[str]) -> str:
        fixed = not m[1].strip() or _DATED.search(m[1]) or dice.random() > some
        return m[0] if fixed else f">{dice.choice(_WORDS)}<"

    new = re.sub(r">([^<>]*)<", word, old)
    new = re.sub(r'href="([^"]*)"', lambda m: f'href="{re.sub("[0-9]", str(dice.randint(0, 9)), m[1])}"', new)
    return text[:at] + new + text[at:]


def _pinned(text: str, dice: random.Random) -> str | None:
    rows = _rows(text)
    if not rows:
        return None
    row = dice.choice(rows)
    sign = dice.choice(("【置顶】", "<i>顶</i>", "<img src=/images/top.gif>", "<em class=zd></em>"))
    return text[: row.start()] + re.sub(r"(<a\b[^>]*>)", rf"{sign}\1", row[0], count=1) + text[row.end() :]


def _within_body(text: str, more: str) -> str:
    return re.sub(r"<body\b[^>]*>", lambda m: m[0] + more, text, count=1)


def furnished(text: str, day: date, number: int) -> str:
    """The page with all that is new at each look around many lists, as it is at look `number`."""
    weekday = "一二三四五六日"[day.weekday()]
    token, script = f"{number * 7919:x}", f"var t = {number * 31};"
    head = f'<meta name="csrf-token" content="{token}"><script nonce="{token}">{script}</script>'
    top = f"<div class=top><span>今天是{day.year}年{day.month}月{day.day}日 星期{weekday}</span></div>"
    foot = (
        f'<form><input type=hidden name=k value="{number * 104729:x}"></form><!-- made in {number} ms -->'
        f"<p>您是第 {10000 + 37 * number} 位访问者</p><script>send({{'at': {number}, 'of': 5}})</script>"
    )
    text = _within_body(text.replace("</head>", head + "</head>", 1), top)
    return text.replace("</body>", foot + "</body>", 1)


_TITLES = (
    *("短", "更多", "2026", "截止2026-03-01的报名通知", "关于2026年3月1日会议的通知", "a &amp; b &lt;i&gt;", "&nbsp;"),
    *("x" * 700, "【置顶】通知公告", "关于优化\u3000营商环境   的若干\r\n措施", "&#x5173;&#20110;开展检查&copy的通知"),
)

CHANGES: dict[str, Change] = {
    "nothing": lambda t, d: t,
    "a row on top": _row_on_top,
    "a row on top, one off below": lambda t, d: _row_on_top(t, d, drop=True),
    "a row of a day to come": lambda t, d: _row_on_top(t, d, day=date(2026, 5, 1)),
    "an old row on top": lambda t, d: _row_on_top(t, d, day=date(2019, 1, 2)),
    "rows removed": _rows_removed,
    "a row changed": _row_changed,
    "an odd address": _attribute,
    "other days": _dates_swapped,
    "dates in another form": lambda t, d: _DAY.sub(r"\1/\2/\3", t),
    "dates without a year": lambda t, d: _DAY.sub(r"\2-\3", t),
    "days and months in doubt": lambda t, d: _DAY.sub(r"\3/\2/\1", t),
    "dates gone": lambda t, d: _DAY.sub("", t),
    "rows swapped": _swapped,
    "a row of another make": _of_another_make,
    "a row of other words": _of_other_words,
    "a pinned row": _pinned,
    "a banner": lambda t, d: _within_body(t, "<div class=banner><a href='/zt/'>专题：学习贯彻会议精神</a></div>"),
    "the page's name changed": lambda t, d: re.sub(r"<title>[^<]*</title>", "<title>政策解读</title>", t, count=1),
    "the list moved": lambda t, d: re.sub(r"<body\b[^>]*>", lambda m: m[0] + "<div><div>新闻</div>", t, count=1),
    "a newer list before it": lambda t, d: re.sub(r"<body\b[^>]*>", lambda m: m[0] + _LIST, t, count=1),
    "a newer table after it": lambda t, d: t.replace("</body>", _LIST.replace("li>", "tr>") + "</body>"),
    "a newer list after it": lambda t, d: t.replace("</body>", _LIST + "</body>"),
    "the list emptied": lambda t, d: t[: r[0].start()] + t[r[-1].end() :] if (r := _rows(t)) else None,
    "classes renamed": lambda t, d: re.sub(r'class="', 'class="x', t),
    "a counter outside": lambda t, d: t.replace("</body>", f"<p>访问量：{d.randint(1, 10**6)}</p></body>"),
    "a login": lambda t, d: "<html><title>登录</title><body><form>请先登录<input type=password></form></body></html>",
    "a firewall": lambda t, d: "<html><title>安全验证</title><body>请完成安全验证 captcha</body></html>",
    "cut short": lambda t, d: t[: len(t) * 2 // 3],
    "cut in a row": lambda t, d: t[: r[-1].start() + 20] if (r := _rows(t)) else None,
    "a row's markup broken": lambda t, d: t.replace("</li>", "", 1),
    "a comment around rows": lambda t, d: t[: r[0].start()] + "<!--" + t[r[0].start() :] if (r := _rows(t)) else None,
}


ROLLS = int(os.environ.get("LANMU_ROLLS", "1"))  # of what is done by chance; a long run takes a few hundred
OFTEN = frozenset(
    {
        "a row changed",
        "a row of another make",
        "a row of other words",
        "a pinned row",
        "rows swapped",
        "an odd address",
        "rows removed",
        "a row on top, one off below",
    }
)


def changed(text: str) -> Iterator[tuple[str, str]]:
    """The page as each change leaves it, where it changes anything."""
    for name, change in CHANGES.items():
        for roll in range(ROLLS if name in OFTEN else 1):
            after = change(text, random.Random(f"{name} {roll}"))
            if after is not None:
                yield f"{name} #{roll}" if roll else name, after
