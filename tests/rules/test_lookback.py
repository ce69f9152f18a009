"""How far back older pages are read: a year at first, to what is known where a gap was left, and never for ever."""

from datetime import date, timedelta

import pytest

from monitor.lookback import MOST_PAGES, after, begun, older
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
    over = LookBack(next_url=None, pages=4)
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
    stands = LookBack(next_url="http://a.test/list_7.html", pages=7)
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
