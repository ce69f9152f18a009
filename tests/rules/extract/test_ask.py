"""What the days of a few articles prove of a list without dates."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from monitor.extract.ask import articles, joined, newest_first, sources, undated, with_days
from monitor.judge import judge
from monitor.model.judging import History, Standing
from monitor.model.reading import Entry, Hint, HintKind, Listing, Trouble, TroubleKind
from monitor.model.register import Duty, DutyKind, Period, Window
from monitor.workdays import china

TODAY = date(2026, 3, 18)
HERE = "http://a.example/col/index.html"
FRESH, OVERDUE, STALE, UNKNOWN = Standing.FRESH, Standing.OVERDUE, Standing.STALE, Standing.UNKNOWN


def listing(*numbers: int, confidence: float = 0.84) -> Listing:
    entries = [Entry(title=f"第{n}条", url=f"http://a.example/art_1_{n}.html", published=None) for n in numbers]
    return Listing(entries=tuple(entries), method="html", confidence=confidence)


def told(read: Listing, ages: Sequence[int | None]) -> Listing:
    """The list, with the ages in days of its first entries."""
    first = zip(read.entries, ages, strict=False)
    days = {e.url: TODAY - timedelta(days=age) for e, age in first if e.url and age is not None}
    return with_days(read, days, method="html+articles", today=TODAY)


def standing(read: Listing, min_items: int = 1) -> Standing:
    duty = Duty(kind=DutyKind.PERIODIC, window=Window(count=2, period=Period.WEEKS), source="D19", min_items=min_items)
    history = History(seen=read.entries, confidence=read.confidence, undated_until=read.undated_until)
    return judge(history, duty, china(), now=TODAY).standing


FALLING, MIXED = (309, 308, 307, 305, 301, 300), (305, 309, 300, 308, 301, 307)


@pytest.mark.parametrize(
    ("what", "numbers", "ages", "min_items", "found"),
    [
        ("a fresh day acquits, whatever the order", MIXED, [40, 3, 60], 1, FRESH),
        ("one fresh day alone acquits", FALLING, [None, 2], 1, UNKNOWN),
        ("two days, of which one is fresh, acquit", FALLING, [None, 2, 30], 1, FRESH),
        ("old days prove nothing where the order is open", MIXED, [40, 50, 60], 1, UNKNOWN),
        ("old days accuse where list and numbers fall together", FALLING, [20, 21, 26], 1, OVERDUE),
        ("very old ones too", FALLING, [300, 301, 350], 1, STALE),
        ("the first did not tell: it may be fresh", FALLING, [None, 40, 50], 1, UNKNOWN),
        ("days that do not fall with the numbers show that the order is another", FALLING, [50, 40, 60], 1, UNKNOWN),
        ("too few entries for numbers to say anything", (3, 2, 1, 0)[:3], [40, 50], 1, UNKNOWN),
        ("all entries told their day", (2, 1), [40, 50], 1, OVERDUE),
        ("fewer than asked for told their day, all in the window", FALLING, [3, 5, 7], 5, FRESH),
        ("too few in the window, and the others lie before it", FALLING, [3, 5, 40], 3, OVERDUE),
        ("nobody told a day", FALLING, [], 1, UNKNOWN),
        ("all told the day of reading: a clock", FALLING, [0, 0, 0], 1, UNKNOWN),
    ],
)  # fmt: skip
def test_what_days_of_articles_prove(
    what: str, numbers: tuple[int, ...], ages: list[int | None], min_items: int, found: Standing
) -> None:
    assert standing(told(listing(*numbers), ages), min_items) is found, what


def test_a_list_of_which_little_is_sure_stays_unsure() -> None:
    assert standing(told(listing(*FALLING, confidence=0.6), [1, 2, 3])) is UNKNOWN


def test_the_first_three_are_asked_once_and_on_the_own_host_only() -> None:
    away = Entry(title="t", url="http://b.example/1.html", published=None)
    read = Listing(entries=(away, *listing(*FALLING).entries), method="html", confidence=0.8)
    urls = [entry.url for entry in read.entries]
    assert articles(read, {}, HERE) == tuple(urls[1:3])
    assert articles(read, {str(urls[1]): TODAY}, HERE) == (urls[2],)


@pytest.mark.parametrize(
    ("what", "urls", "falling"),
    [
        ("falling", [f"/t{n}.html" for n in (9, 7, 5, 1)], True),
        ("rising", [f"/t{n}.html" for n in (1, 2, 3, 4)], False),
        ("the same twice", [f"/t{n}.html" for n in (9, 9, 5, 1)], False),
        ("made unlike", ["/t9.html", "/t8.html", "/news/7.html", "/t6.html"], False),
        ("without numbers", ["/a", "/b", "/c", "/d"], False),
        ("one without an address", ["/t9.html", None, "/t7.html", "/t6.html"], False),
        ("too few", ["/t9.html", "/t8.html"], False),
    ],
)  # fmt: skip
def test_running_numbers(what: str, urls: list[str | None], falling: bool) -> None:
    assert newest_first(Entry(title="t", url=url, published=None) for url in urls) is falling


HINTS = (
    Hint(kind=HintKind.FEED, url="http://a.example/feed"),
    Hint(kind=HintKind.DATA, url="http://b.example/api"),
    *(Hint(kind=HintKind.DATA, url=f"http://a.example/api{n}") for n in range(3)),
)


def test_two_sources_of_the_own_host_are_asked_calls_first() -> None:
    hidden = Trouble(kind=TroubleKind.NEEDS_SCRIPT, hints=HINTS)
    assert [hint.url for hint in sources(hidden, HERE)] == ["http://a.example/api0", "http://a.example/api1"]
    assert sources(Trouble(kind=TroubleKind.LOGIN, hints=HINTS), HERE) == ()
    assert (
        sources(told(Listing(entries=listing(2, 1).entries, method="html", confidence=1, hints=HINTS), [1, 2]), HERE)
        == ()
    )


@pytest.mark.parametrize(
    ("kind", "url", "sure"),
    [
        (HintKind.DATA, "http://a.example/api/list", True),
        (HintKind.FEED, "http://a.example/col/feed.xml", True),
        (HintKind.FEED, "http://a.example/feed.xml", False),
    ],
)  # fmt: skip
def test_a_feed_of_the_whole_site_proves_nothing_of_a_column(kind: HintKind, url: str, sure: bool) -> None:
    found, hint = told(listing(2, 1, confidence=0.97), [1, 2]), Hint(kind=kind, url=url)
    read = joined(Trouble(kind=TroubleKind.NEEDS_SCRIPT, hints=(hint,)), found, hint, HERE, today=TODAY)
    assert (read.confidence >= 0.9) is sure


def test_of_several_calls_none_is_surely_that_of_the_list() -> None:
    hidden = Trouble(kind=TroubleKind.NEEDS_SCRIPT, hints=HINTS)
    assert joined(hidden, told(listing(2, 1, confidence=0.97), [1, 2]), HINTS[2], HERE, today=TODAY).confidence < 0.9


def test_another_source_dates_the_entries_of_the_page_and_brings_no_others() -> None:
    page, feed = listing(*FALLING), told(listing(999, *FALLING[:2]), [0, 20, 21])
    read = joined(page, feed, HINTS[0], HERE, today=TODAY)
    assert undated(page)
    assert [entry.title for entry in read.entries] == [entry.title for entry in page.entries]
    assert (read.entries[0].published, read.undated_until) == (TODAY - timedelta(20), TODAY - timedelta(21))
