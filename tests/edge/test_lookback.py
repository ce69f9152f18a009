"""Looking back over a column's older pages, by the look task: a year on day one, resumed by whichever task comes."""

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.edge import tables
from monitor.edge.store import Store, open_store
from monitor.model.reading import Page, Trouble, TroubleKind
from monitor.model.watching import LookBack
from tasks.look import begin, look_at
from tests.edge.stores import register, site
from tests.edge.worlds import MORNING, SmallWorld, small_world

LEASE = timedelta(minutes=20)
TODAY = date(2026, 3, 18)
A_PAGE = 12  # entries, a day apart
COLUMN = "http://财政局.example/0/"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path / 'lanmu.sqlite3'}", migrate=True)
    yield store
    store.database.close()


class Pages:
    """A column with an entry a day, 12 on a page. `ages` begins with the newest; some pages may be in trouble."""

    def __init__(self, *, newest: int = 0, pages: int = 100) -> None:
        self.newest = newest
        self.pages = pages
        self.trouble: dict[int, Trouble] = {}

    def __call__(self, url: str) -> Page | Trouble:
        end = url.rpartition("/")[2]
        number = int(end.removeprefix("index_").removesuffix(".html") or 0)
        if number in self.trouble:
            return self.trouble[number]
        first = self.newest + number * A_PAGE
        items = "".join(_item(TODAY - timedelta(days=age)) for age in range(first, first + A_PAGE))
        more = f'<a href="index_{number + 1}.html">下一页</a>' if number + 1 < self.pages else ""
        body = f'<meta charset="utf-8"><title>工作动态</title><ul>{items}</ul><div class="page">{more}</div>'
        return Page(url=url, final_url=url, status=200, headers={}, body=body.encode())


def _item(day: date) -> str:
    title = f"市财政局召开第{day.toordinal()}次工作推进会议"
    return f'<li><a href="/art/{day.toordinal()}.html">{title}</a><span>{day}</span></li>'


def watch(here: SmallWorld, hours: float) -> None:
    moment = MORNING + timedelta(hours=hours)
    token = here.store.claims.claim(
        origin="test", at=moment, now=moment, wall=moment, lease=LEASE, limit=100, per_host=50
    )
    assert token, "nothing was due"
    asyncio.run(look_at(here, token, *begin(here, token, until=moment + LEASE)))


def oldest(store: Store) -> tuple[int, int]:
    """How many entries are known, and of how many days ago the oldest is."""
    with store.database.reading() as connection:
        row = connection.execute(sa.select(sa.func.count(), sa.func.min(tables.entry.c.published))).one()
    return row[0], (TODAY - row[1]).days


def pages_asked(here: SmallWorld) -> list[str]:
    asked = [url.removeprefix(COLUMN) for url in here.web.asked]
    here.web.asked.clear()
    return asked


def test_a_year_is_covered_on_day_one_by_a_few_pages_after_each_look(store: Store, tmp_path: Path) -> None:
    register(store, site("财政局", columns=1))
    here = small_world(store, tmp_path, answer=Pages())
    watch(here, 0)
    assert pages_asked(here) == ["", *(f"index_{n}.html" for n in range(1, 11))]
    assert oldest(store) == (132, 131)
    assert store.look_backs.unfinished() == 1
    for quarter in range(1, 4):
        watch(here, quarter / 4)
    assert store.look_backs.unfinished() == 0
    assert oldest(store)[1] >= 365
    assert store.claims.outstanding(now=MORNING + timedelta(hours=20)) == 0, "the next look has its interval again"
    pages_asked(here)
    watch(here, 21)
    assert pages_asked(here) == [""], "afterwards the first page alone"


def test_it_goes_on_after_a_page_that_did_not_come(store: Store, tmp_path: Path) -> None:
    register(store, site("财政局", columns=1))
    pages = Pages(pages=6)
    pages.trouble[3] = Trouble(kind=TroubleKind.TIMEOUT)
    here = small_world(store, tmp_path, answer=pages)
    watch(here, 0)
    assert pages_asked(here) == ["", "index_1.html", "index_2.html", "index_3.html"]
    pages.trouble.clear()
    watch(here, 0.25)
    assert pages_asked(here) == ["", "index_3.html", "index_4.html", "index_5.html"]
    assert oldest(store) == (72, 71)


def test_it_ends_at_a_page_that_cannot_be_read(store: Store, tmp_path: Path) -> None:
    register(store, site("财政局", columns=1))
    pages = Pages()
    pages.trouble[2] = Trouble(kind=TroubleKind.GONE)
    here = small_world(store, tmp_path, answer=pages)
    watch(here, 0)
    assert store.look_backs.unfinished() == 0
    assert oldest(store) == (24, 23)


def test_when_nothing_on_the_first_page_is_known_the_gap_is_closed(store: Store, tmp_path: Path) -> None:
    register(store, site("财政局", columns=1))
    pages = Pages(newest=40, pages=2)
    here = small_world(store, tmp_path, answer=pages)
    watch(here, 0)
    assert oldest(store) == (24, 63)
    pages_asked(here)
    pages.newest, pages.pages = 0, 100
    watch(here, 20)
    assert pages_asked(here) == ["", "index_1.html", "index_2.html", "index_3.html"]
    assert oldest(store) == (64, 63), "entry by entry, without a gap"


def test_of_two_tasks_that_read_one_page_the_second_changes_nothing(store: Store, tmp_path: Path) -> None:
    register(store, site("财政局", columns=1))
    pages = Pages(pages=3)
    pages.trouble[1] = Trouble(kind=TroubleKind.TIMEOUT)
    watch(small_world(store, tmp_path, answer=pages), 0)
    was = LookBack(next_url=f"{COLUMN}index_1.html")
    now = LookBack(next_url=f"{COLUMN}index_2.html", pages=2)
    with store.database.reading() as connection:
        (column_id,) = connection.scalars(sa.select(tables.column.c.id))
    assert store.look_backs.went_on(column_id, COLUMN, was, now, (), at=MORNING)
    assert not store.look_backs.went_on(column_id, COLUMN, was, now, (), at=MORNING)
    assert not store.look_backs.went_on(column_id, "http://财政局.example/new/", now, was, (), at=MORNING)
