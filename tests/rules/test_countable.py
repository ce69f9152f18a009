"""What counts how often, where a duty asks for several entries: a text is one, whatever its address is now."""

from datetime import date

import pytest

from monitor.countable import weigh
from monitor.model.judging import KnownEntry
from monitor.model.reading import Entry

DAY, NOW = date(2026, 3, 2), date(2026, 3, 18)
EARLY, LATER = date(2026, 3, 3), date(2026, 3, 10)


def text(url: str | None, title: str = "在线访谈", *, year_inferred: bool = False) -> Entry:
    return Entry(title=title, url=url, published=DAY, year_inferred=year_inferred)


UNDATED = Entry(title="未注明日期", url="/2", published=None)


def known(entry: Entry, first_seen: date) -> KnownEntry:
    return KnownEntry(entry=entry, first_seen=first_seen, readings=2)


@pytest.mark.parametrize(
    ("what", "seen", "remembered", "count"),
    [
        ("one text", [text("/1")], [], 1),
        ("one text that was known", [text("/1")], [known(text("/1"), EARLY)], 1),
        ("two titles", [text("/1"), text("/2", "新闻发布会")], [], 2),
        ("two texts of one title, seen together", [text("/1"), text("/2")], [], 2),
        ("a text with a new address", [text("/new/1")], [known(text("/1"), EARLY)], 1),
        ("beside an entry without a day", [text("/new/1"), UNDATED], [known(text("/1"), EARLY)], 1),
        ("which is known too", [text("/new/1")], [known(text("/1"), EARLY), known(text("/new/1"), LATER)], 1),
        ("two of one title, both with new addresses", [text("/new/1"), text("/new/2")],
         [known(text("/1"), EARLY), known(text("/2"), EARLY)], 2),
        ("two of one title that were known together, one listed no more", [text("/1")],
         [known(text("/1"), EARLY), known(text("/2"), EARLY)], 2),
        ("two of one title in one folder, the first listed no more", [text("/a/2")],
         [known(text("/a/1"), EARLY), known(text("/a/2"), LATER)], 2),
        ("two of one title in one folder, read one after the other", [],
         [known(text("/a/1"), EARLY), known(text("/a/2"), LATER)], 2),
        ("which have new addresses", [text("/b/1"), text("/b/2")],
         [known(text("/a/1"), EARLY), known(text("/a/2"), LATER)], 2),
        ("the same text at a mirror", [text("http://www.a.gov.cn/a/1.html")],
         [known(text("https://a.gov.cn/a/1.html"), EARLY)], 1),
        ("listed twice, after a redesign", [text("/new/1"), text("/new/1")], [known(text("/1"), EARLY)], 1),
        ("without titles an address is a text", [text("/1", ""), text("/2", "")], [], 2),
        ("without addresses a title is one", [text(None)], [known(text(None), EARLY)], 1),
    ],
)  # fmt: skip
def test_a_text_counts_once(what: str, seen: list[Entry], remembered: list[KnownEntry], count: int) -> None:
    assert weigh(seen, remembered, now=NOW).sure == (DAY,) * count, what


def test_it_is_not_told_how_often_where_one_is_enough() -> None:
    assert set(weigh([text("/1"), text("/2")], [], now=NOW, least=1).sure) == {DAY}
