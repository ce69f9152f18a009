"""How fast: pages and feeds beside a bare parser in the same run, dates and declared charsets by themselves."""

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from statistics import median
from time import perf_counter
from timeit import timeit

import feedparser
from selectolax.lexbor import LexborHTMLParser

from bench.bars import Bar, Side, at, share
from bench.corpus import Sample
from monitor.extract import decode
from monitor.extract.again import read
from monitor.extract.around import walked
from monitor.extract.dates import find
from monitor.extract.html import SURE
from monitor.extract.learnt import Learnt
from monitor.extract.listing import extract_steadily
from monitor.extract.spans import starts_of
from monitor.model.reading import Listing, Page

ROUNDS = 7  # of each page, ours and the bare parser's by turns
DAYS = 120  # of each form of date: enough that no cache can answer for the reader
_ENGLISH_TEXT = "January February March April May June July August September October November December"
_GERMAN_TEXT = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
_SPELT_TEXT = "一 二 三 四 五 六 七 八 九 十 十一 十二"
_MONTHS, _GERMAN, _SPELT_MONTHS = _ENGLISH_TEXT.split(), _GERMAN_TEXT.split(), _SPELT_TEXT.split()
_HREF = re.compile(r"(\bhref=[\"'])([^\"'>]*?)((?:\.\w+)?(?:[?#][^\"'>]*)?(?=[\"']))", re.IGNORECASE)
_WORDS = re.compile(r"(?<=>)[^<>]*[^\W\d_][^<>]*(?=<)")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")

FORMS: dict[str, Callable[[date], str]] = {
    "2021-03-04": lambda d: f"{d:%Y-%m-%d}",
    "2021/3/4 10:20": lambda d: f"{d.year}/{d.month}/{d.day} 10:20",
    "2021.03.04": lambda d: f"{d:%Y.%m.%d}",
    "2021年3月4日": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "[2021-03-04]": lambda d: f"[{d:%Y-%m-%d}]",
    "03-04": lambda d: f"{d:%m-%d}",
    "[03-04]": lambda d: f"[{d:%m-%d}]",
    "3月4日": lambda d: f"{d.month}月{d.day}日",
    "发布时间：2021-03-04": lambda d: f"发布时间：{d:%Y-%m-%d}",
    "2021-03-04T10:20:30Z": lambda d: f"{d:%Y-%m-%d}T10:20:30Z",
    "2021年3월 4일": lambda d: f"{d.year}년 {d.month}월 {d.day}일",
    "民国110年3月4日": lambda d: f"民国{d.year - 1911}年{d.month}月{d.day}日",
    "110/03/04": lambda d: f"{d.year - 1911}/{d:%m/%d}",
    "令和3年3月4日": lambda d: f"令和{d.year - 2018}年{d.month}月{d.day}日",
    "二〇二一年三月四日": lambda d: f"{_spelt(d.year)}年{_SPELT_MONTHS[d.month - 1]}月四日",
    "20210304": lambda d: f"{d:%Y%m%d}",
    "04/03/2021": lambda d: f"{d:%d/%m/%Y}",
    "4.3.2021": lambda d: f"{d.day}.{d.month}.{d.year}",
    "4 March 2021": lambda d: f"{d.day} {_MONTHS[d.month - 1]} {d.year}",
    "March 4, 2021": lambda d: f"{_MONTHS[d.month - 1]} {d.day}, {d.year}",
    "Mar. 4, 2021": lambda d: f"{_MONTHS[d.month - 1][:3]}. {d.day}, {d.year}",
    "Thu, 04 Mar 2021 10:00:00 GMT": lambda d: f"Thu, {d.day:02} {_MONTHS[d.month - 1][:3]} {d.year} 10:00:00 GMT",
    "4. März 2021": lambda d: f"{d.day}. {_GERMAN[d.month - 1]} {d.year}",
    "3 hours ago": lambda d: f"{d.day % 23 + 1} hours ago",
    "3天前": lambda d: f"{d.day}天前",
    "昨天": lambda d: "昨天",
    "２０２１年３月４日": lambda d: f"{d.year}年{d.month}月{d.day}日".translate(_FULL_WIDTH),
    "R3.3.4": lambda d: f"R{d.year - 2018}.{d.month}.{d.day}",
    "2021. 3. 4.": lambda d: f"{d.year}. {d.month}. {d.day}.",
    "04-Mar-21": lambda d: f"{d.day:02}-{_MONTHS[d.month - 1][:3]}-{d:%y}",
    "vor 3 Tagen": lambda d: f"vor {d.day} Tagen",
    "发布时间:2021年3月4日 10:20 来源:县政府": lambda d: f"发布时间:{d.year}年{d.month}月{d.day}日 10:20 来源:县政府",
}


def _spelt(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(c)] for c in str(number))


def page_bars(samples: Iterable[Sample]) -> list[Bar]:
    """First reading of an HTML page, decode to entries, as a multiple of a bare Lexbor parse of the same page."""
    ratios = {s.name: _ratio(s.read, _bare_parse(decode(s.page))) for s in samples}
    slow = tuple(f"{name} {ratio:.1f}" for name, ratio in _slowest(ratios) if ratio > 16)
    return [
        Bar(name="HTML page beside bare Lexbor, median", figure=at(ratios.values(), 0.5), limit=16,
            side=Side.AT_MOST, unit="×", note="aim 4 ×", pages=slow),
        Bar(name="HTML page beside bare Lexbor, 95th percentile", figure=at(ratios.values(), 0.95), limit=40,
            side=Side.AT_MOST, unit="×", pages=tuple(name for name in slow if float(name.split()[1]) > 40)),
    ]  # fmt: skip


def again_bars(samples: Iterable[Sample]) -> list[Bar]:
    """Reading a page again by what was learnt of it. A page that cannot be learnt counts with its full reading."""
    still: dict[str, float] = {}
    daily: dict[str, float] = {}
    by_rows: dict[str, float] = {}
    sure: dict[str, Learnt | None] = {}
    for s in samples:
        first = read(s.page, None, today=s.today)
        later = _with_news(s, first.learnt)
        still[s.name] = _ratio(_again(s.page, s.today, first.learnt), _bare_parse(decode(s.page)))
        daily[s.name] = _ratio(_again(later, s.today, first.learnt), _bare_parse(decode(later)))
        if first.learnt and first.learnt.rows:
            by_rows[s.name] = daily[s.name]
        if isinstance(first.result, Listing) and first.result.entries and first.result.confidence >= SURE:
            sure[s.name] = first.learnt
    known = f"{len(by_rows)} of {len(still)} pages by their rows"
    full = tuple(f"{name} {ratio:.1f}" for name, ratio in _slowest(daily) if ratio > 3)
    return [
        _again_bar("HTML page read again, unchanged, all pages, median", still, known),
        _again_bar(
            "HTML page read again, a row on top, all pages, median", daily, "else read in full, learnt anew", full
        ),
        _again_bar("HTML page read again, a row on top, those learnt by rows, median", by_rows),
        _learnt_bar(sure),
    ]


def _learnt_bar(sure: dict[str, Learnt | None]) -> Bar:
    """How many of the pages that are read surely are learnt by their rows; why the others are not."""
    others = {name: learnt.why if learnt else "" for name, learnt in sure.items() if not (learnt and learnt.rows)}
    reasons = (f"{count} {why}" for why, count in Counter(others.values()).most_common())
    return Bar(
        name="HTML pages read surely, learnt by their rows",
        figure=share(len(sure) - len(others), len(sure)),
        limit=80,
        side=Side.AT_LEAST,
        note=f"{len(sure) - len(others)} of {len(sure)}; else: {', '.join(reasons)}",
        pages=tuple(f"{name}: {why}" for name, why in others.items()),
    )


def _again_bar(name: str, ratios: dict[str, float], note: str = "", pages: tuple[str, ...] = ()) -> Bar:
    return Bar(name=name, figure=at(ratios.values(), 0.5), limit=3, side=Side.AT_MOST, unit="×", note=note, pages=pages)


def _again(page: Page, today: date, learnt: Learnt | None) -> Callable[[], object]:
    return lambda: read(page, learnt, today=today)


def _with_news(sample: Sample, learnt: Learnt | None) -> Page:
    """The page with a row more on top of its list, made of the first one; some other change where there is no list."""
    text = decode(sample.page)
    row = _first_row(sample, text, learnt)
    more = text[: row.start] + _another(text[row.start : row.stop]) + text[row.start :] if row else f"{text}<!-- -->"
    return replace(sample.page, body=more.encode("utf-8", "replace"))


def _first_row(sample: Sample, text: str, learnt: Learnt | None) -> range | None:
    """Where the first row of the list stands in the source, be it learnt or not."""
    if learnt and learnt.rows and learnt.rows.known:
        at = walked(text, 0, learnt.rows.before, sample.today)
        return range(at, at + learnt.rows.known[0].length)
    result, basis = extract_steadily(sample.page, text, today=sample.today)
    if basis is None or not isinstance(result, Listing) or len(basis.best.candidate.records) < 2:
        return None
    starts = starts_of(text, basis.parser, basis.seen.tree, basis.best.candidate.records[:2])
    return range(*starts) if starts else None


def _another(row: str) -> str:
    """A row made as another is, with a title and addresses of its own."""
    row = _HREF.sub(lambda m: f"{m[1]}{m[2]}7{m[3]}", row)
    words = max(_WORDS.findall(row), key=len, default="")
    return row.replace(words, f"{words} (2)") if words else row


def feed_bar(samples: Iterable[Sample]) -> Bar:
    """A feed as a multiple of feedparser alone."""
    ratios = {s.name: _ratio(s.read, _bare_feedparser(s.page.body)) for s in samples}
    return Bar(
        name="Feed beside feedparser alone, median",
        figure=at(ratios.values(), 0.5),
        limit=1.5,
        side=Side.AT_MOST,
        unit="×",
        note=f"worst {max(ratios.values(), default=0):.2f} ×",
        pages=tuple(f"{name} {ratio:.2f}" for name, ratio in _slowest(ratios) if ratio > 1.5),
    )


def _slowest(ratios: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(ratios.items(), key=lambda item: -item[1])


def _bare_parse(text: str) -> Callable[[], object]:
    return lambda: LexborHTMLParser(text)


def _bare_feedparser(body: bytes) -> Callable[[], object]:
    return lambda: feedparser.parse(io.BytesIO(body))


def _ratio(ours: Callable[[], object], bare: Callable[[], object]) -> float:
    """Ours as a multiple of the bare parser's time, run by turns so that both meet the same machine."""
    pairs = [(_seconds(ours), _seconds(bare)) for _ in range(ROUNDS)]
    return median(a for a, _ in pairs) / median(b for _, b in pairs)


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def date_bar() -> Bar:
    """Microseconds to read a date string, the median over all forms."""
    days = [date(2021, 3, 4) + timedelta(days=11 * i) for i in range(DAYS)]
    each = {name: _date_us([write(day) for day in days]) for name, write in FORMS.items()}
    unread = [name for name, write in FORMS.items() if not find(write(days[0]))]
    note = f"{len(FORMS)} forms, slowest {max(each.values()):.1f} µs" + (f"; not read: {unread}" if unread else "")
    return Bar(
        name="A date string, median over all forms",
        figure=at(each.values(), 0.5),
        limit=3,
        side=Side.AT_MOST,
        unit="µs",
        note=note,
        pages=tuple(f"{name} {us:.1f}" for name, us in _slowest(each) if us > 3),
    )


def _date_us(texts: Sequence[str]) -> float:
    return 1e6 * median(_seconds(lambda: [find(text) for text in texts]) for _ in range(ROUNDS)) / len(texts)


def charset_pace_bar(text: str) -> Bar:
    """Microseconds that finding a declared encoding adds to the bare decoding of the same bytes."""
    each = {name: _charset_us(text, name) for name in ("utf-8", "gbk", "gb18030")}
    return Bar(
        name="A declared charset, beyond the bare decoding, worst",
        figure=max(each.values()),
        limit=10,
        side=Side.AT_MOST,
        unit="µs",
        note=f"{len(text)} characters; " + ", ".join(f"{name} {us:.1f}" for name, us in each.items()),
    )


def _charset_us(text: str, encoding: str) -> float:
    body = text.encode(encoding, "xmlcharrefreplace")
    headers = {"content-type": f"text/html; charset={encoding}"}
    page = Page(url="http://a.example/", final_url="http://a.example/", status=200, headers=headers, body=body)
    rounds = []
    for _ in range(25):  # in batches, by turns: a clock's own step, and a neighbour's noise, are as large as one call
        ours, bare = (timeit(work, number=200) / 200 for work in (lambda: decode(page), lambda: body.decode(encoding)))
        rounds.append(ours - bare)
    return 1e6 * max(0.0, median(rounds))
