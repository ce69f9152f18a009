"""How far back older pages are read: a year at first, to what is known where a gap was left, and never for ever."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.lookback import MOST_PAGES, after, begun, complete_from, older
from monitor.model.judging import KnownEntry
from monitor.model.reading import Entry, Listing
from monitor.model.watching import LookBack

TODAY = date(2026, 3, 18)
NEXT = "http://a.test/list_2.html"


def listing(*ages: int, following: str | None = NEXT) -> Listing:
    """A page of entries of so many days ago."""
    entries = tuple(
        Entry(title=f"第{age}天前的信息", url=f"http://a.test/{age}.html", published=TODAY - timedelta(days=age))
        for age in ages
    )
    return Listing(entries=entries, method="html", confidence=0.95, next_page=following)


def known(*ages: int) -> list[KnownEntry]:
    return [KnownEntry(entry=entry, first_seen=TODAY, readings=2) for entry in listing(*ages).entries]


@pytest.mark.parametrize(
    ("what", "page", "goes_on"),
    [
        ("a first page of last week", listing(1, 5, 7), True),
        ("a first page with one old entry", listing(1, 500), True),
        ("a first page that is the only one", listing(1, 5, following=None), False),
        ("a first page that begins a year ago", listing(366, 400), False),
        ("a first page that begins a year ago to the day", listing(365, 400), True),
        ("an empty first page", listing(), False),
    ],
)
def test_at_its_first_look_a_column_is_looked_back_over_for_a_year(what: str, page: Listing, goes_on: bool) -> None:
    back = begun(None, page, [], today=TODAY)
    assert (back.next_url is not None) is goes_on, what
    assert back.pages == 1


def test_where_only_a_browser_shows_the_list_nothing_beyond_the_first_page_is_called_seen() -> None:
    first = begun(None, listing(1, 5, 7, 9), [], today=TODAY, alone=True)
    assert (first.next_url, first.since) == (None, TODAY - timedelta(days=9))
    before = replace(first, next_url=NEXT)  # as an older program began it
    assert begun(before, listing(1, 5, 7, 9), known(1, 5), today=TODAY, alone=True).next_url is None
    gap = begun(first, listing(0, 1, 2, 3), known(20, 30), today=TODAY, alone=True)
    assert (gap.next_url, gap.since) == (None, TODAY - timedelta(days=3))


def test_it_ends_with_the_page_that_is_a_year_old() -> None:
    back = begun(None, listing(1, 100), [], today=TODAY)
    back = after(back, listing(120, 300, following="http://a.test/list_3.html"), [], today=TODAY)
    assert (back.next_url, back.pages) == ("http://a.test/list_3.html", 2)
    back = after(back, listing(380, 420, following="http://a.test/list_4.html"), [], today=TODAY)
    assert (back.next_url, back.pages, back.oldest) == (None, 3, TODAY - timedelta(days=380))


def test_it_ends_with_the_last_page_and_with_one_that_names_itself() -> None:
    back = LookBack(next_url=NEXT)
    assert after(back, listing(100, following=None), [], today=TODAY).next_url is None
    assert after(back, listing(100, following=NEXT), [], today=TODAY).next_url is None
    assert after(back, listing(), [], today=TODAY).next_url is None


def test_it_ends_after_so_many_pages_however_many_a_site_makes_up() -> None:
    back = begun(None, listing(1), [], today=TODAY)
    while back.next_url:
        back = after(back, listing(1, following=f"http://a.test/{back.pages}"), [], today=TODAY)
    assert back.pages == MOST_PAGES


def test_afterwards_the_first_page_alone_is_read_while_it_holds_something_known() -> None:
    over = LookBack(next_url=None, pages=4, since=TODAY)
    assert begun(over, listing(0, 1, 2), known(2, 3), today=TODAY) == over
    assert begun(over, listing(0, 1), [], today=TODAY) == over, "nothing is known, so nothing was missed"


def test_a_gap_is_closed_down_to_what_is_known() -> None:
    before = known(20, 21)
    back = begun(LookBack(next_url=None, pages=4), listing(0, 1), before, today=TODAY)
    assert (back.next_url, back.to_known) == (NEXT, True)
    back = after(back, listing(5, 9, following="http://a.test/list_3.html"), before, today=TODAY)
    assert back.next_url is not None
    assert after(back, listing(15, 20), before, today=TODAY).next_url is None


def test_one_that_was_broken_off_goes_on_where_it_stood() -> None:
    stands = LookBack(next_url="http://a.test/list_7.html", pages=7, since=TODAY)
    assert begun(stands, listing(0, 1), known(1), today=TODAY) == stands


def test_older_pages_add_no_guessed_years_and_no_undated_entries() -> None:
    sure, guessed = listing(30, 40).entries
    page = Listing(
        entries=(
            sure,
            Entry(title=guessed.title, url=guessed.url, published=guessed.published, year_inferred=True),
            Entry(title="未注明日期", url=None, published=None),
        ),
        method="html",
        confidence=0.95,
    )
    assert older(page) == (sure,)


def day(age: int) -> date:
    return TODAY - timedelta(days=age)


@pytest.mark.parametrize(
    ("what", "page", "complete"),
    [
        ("a page in order, down to the first of its last quarter", listing(1, 2, 3, 4, 5, 6, 7, 8), 7),
        ("five entries: two are its last quarter", listing(1, 2, 3, 40, 50), 40),
        ("one entry", listing(9), 9),
        ("a page that begins with the oldest says nothing before its newest", listing(8, 7, 6, 5), 5),
        ("an old one in the middle moves nothing", listing(1, 900, 2, 3, 4, 5, 6, 7), 6),
        ("an empty page", listing(), None),
    ],
)  # fmt: skip
def test_down_to_which_day_a_page_leaves_nothing_out(what: str, page: Listing, complete: int | None) -> None:
    assert complete_from(page) == (None if complete is None else day(complete)), what


def test_what_is_kept_at_the_top_says_nothing_and_an_unknown_day_says_that_nothing_is_sure() -> None:
    page = listing(1, 2, 3, 900)
    pinned = replace(page, entries=(*page.entries[:3], replace(page.entries[3], pinned=True)))
    assert complete_from(pinned) == day(3)
    undated = replace(page, entries=(*page.entries[:3], replace(page.entries[3], published=None)))
    guessed = replace(page, entries=(replace(page.entries[0], year_inferred=True), *page.entries[1:]))
    assert (complete_from(undated), complete_from(guessed)) == (None, None)


def test_the_history_is_complete_as_far_as_pages_were_read() -> None:
    back = begun(None, listing(1, 2, 3, 100), [], today=TODAY)
    assert back.since == day(100)
    back = after(back, listing(120, 140, 160, 180, following="http://a.test/3"), [], today=TODAY)
    assert back.since == day(180)
    assert after(back, listing(following=None), [], today=TODAY).since == day(180), "a page that could not be read"
    undated = Listing(entries=(Entry(title="x", url=None, published=None),), method="html", confidence=0.95)
    assert begun(None, undated, [], today=TODAY).since == TODAY, "from the first look on nothing is missed"
    assert after(back, undated, [], today=TODAY).since == day(180)


def test_a_gap_breaks_the_history_until_it_is_closed() -> None:
    over, before = LookBack(next_url=None, pages=4, since=day(360)), known(20, 21)
    back = begun(over, listing(0, 1), before, today=TODAY)
    assert (back.since, back.before_gap) == (day(1), day(360))
    back = after(back, listing(5, 9, following="http://a.test/list_3.html"), before, today=TODAY)
    assert back.since == day(9)
    assert after(back, listing(15, 20), before, today=TODAY).since == day(360)
    assert after(back, listing(), before, today=TODAY).since == day(9), "it ended before the gap was closed"


def test_where_an_older_program_kept_no_day_the_present_page_tells_one() -> None:
    assert begun(LookBack(next_url=None, pages=4), listing(1, 2), known(2), today=TODAY).since == day(2)
    assert begun(LookBack(next_url=NEXT, pages=4), listing(1, 2), known(2), today=TODAY).since == day(2)
