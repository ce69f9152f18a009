"""Which addresses belong to a column's own page, and what it casts in doubt where the entries' do not."""

from datetime import date, timedelta

import pytest

from monitor.extract import extract
from monitor.extract.kin import folder_of, kin_of
from monitor.model.reading import Listing, Page
from tests.rules.extract.rows import ROWS, TITLES, TODAY, URL, listed, whole

HOST = "http://www.qinghe.example"


@pytest.mark.parametrize(
    ("here", "url", "is_kin"),
    [
        ("/zwgk/tzgg/index.html", "/zwgk/tzgg/202603/t20260316_1.html", True),
        ("/zwgk/tzgg/", "/xwzx/yw/202603/t20260316_1.html", False),
        ("/gzdt.html", "/gzdt/2026/03/16/5.html", True),
        ("/news/releases", "/news/releases/spring-grants", True),
        ("/courts/opinions", "/courts/judges", False),  # a page without a suffix is a folder, and these its neighbours
        ("/col/col3312/index.html", "/art/2026/3/16/art_3312_71000.html", True),
        ("/col/col3312/index.html", "/art/2026/3/16/art_3313_71000.html", False),
        ("/list?columnId=771", "/show?columnId=771&id=5", True),
        ("/news/2026/", "/other/2026/5.html", False),  # a year is no column's number
        ("/", "/a/1.html", False),
        ("/zwgk/tzgg/", "/zwgk/tzgg/", False),
        ("/zwgk/tzgg/", "/zwgk/tzgg/?year=2024", False),
        ("/zwgk/tzgg/", "/zwgk/tzgg/#y2024", False),
    ],
)
def test_kin_lies_in_the_columns_folder_or_bears_its_number(here: str, url: str, is_kin: bool) -> None:
    kin = kin_of(HOST + here)
    assert kin.holds(HOST + url) is is_kin
    assert (kin.may_hold(url) and kin.may_hold(HOST + url) and kin.may_hold("./1.html")) or not is_kin


def test_an_address_of_another_host_or_none_at_all_is_no_kin() -> None:
    kin = kin_of(f"{HOST}/tzgg/")
    assert not any(map(kin.holds, ["http://www.other.example/tzgg/1.html", "http://[/tzgg/", "", None]))
    assert not kin_of("http://[/tzgg/")


@pytest.mark.parametrize(
    "url", ["/yw/202603/t20260316_1.html", "/yw/2026/03/16/1.html", "/yw/2026-03/1.html", "/yw/1.html"]
)
def test_years_and_months_part_no_columns(url: str) -> None:
    assert folder_of(HOST + url) == "www.qinghe.example/yw/"


def addressed(folder: str, days: list[date]) -> str:
    """A list that shows no days; its addresses tell them."""
    rows = (f"<li><a href='{folder}t{d:%Y%m%d}_{i}.html'>{TITLES[i]}</a></li>" for i, d in enumerate(days))
    return whole(f"<ul>{''.join(rows)}</ul>")


FALLING = [day for _, _, day in ROWS]


def test_a_list_whose_own_addresses_tell_its_days_in_order_is_sure() -> None:
    found = listed(addressed("./202603/", FALLING))
    assert [entry.published for entry in found.entries] == FALLING
    assert found.confidence >= 0.9


@pytest.mark.parametrize(
    ("folder", "days"),
    [("/xw/", FALLING), ("./", FALLING[1::2] + FALLING[::2]), ("./", FALLING[:1] * 8), ("./", FALLING[:4])],
    ids=["of another column", "out of order", "all of one day", "too few"],
)
def test_other_lists_that_show_no_days_are_not_sure(folder: str, days: list[date]) -> None:
    assert listed(addressed(folder, days)).confidence < 0.9


def box(folder: str, newest: date, count: int = 8, *, tag: str = "ul", style: str = "") -> str:
    days = [newest - timedelta(days=3 * i) for i in range(count)]
    rows = (
        f"<li><a href='{folder}{100 + i}.html'>{title}（{folder[-3:]}）</a><span>{days[i]}</span></li>"
        for i, title, _ in ROWS[:count]
    )
    return f"<div class='box'><{tag} {style}>{''.join(rows)}</{tag}></div>"


OLD = TODAY - timedelta(days=900)


@pytest.mark.parametrize("own_first", [True, False])
@pytest.mark.parametrize("count", [2, 4, 8])
def test_a_dead_list_beside_a_fresh_one_of_another_column_never_passes_for_alive(count: int, own_first: bool) -> None:
    boxes = [box("./", OLD, count), box("/xw/yw/", TODAY)]
    found = listed(whole("".join(boxes if own_first else reversed(boxes))))
    newest = max(entry.published for entry in found.entries if entry.published)
    assert newest == OLD or found.confidence < 0.9


def test_only_the_boxes_of_the_columns_own_entries_are_read() -> None:
    found = listed(whole(box("./", OLD) + box("/xw/yw/", TODAY)))
    assert {entry.published for entry in found.entries if entry.published and entry.published > OLD} == set()
    assert len(found.entries) == len(ROWS)


def test_tabs_with_a_column_each_are_not_surely_one_list() -> None:
    hidden = "style='display: none'"
    found = listed(whole(box("yw/", TODAY, style=hidden) + box("gg/", OLD) + box("wj/", OLD, style=hidden)))
    assert found.confidence < 0.9


def test_boxes_of_one_column_are_one_list() -> None:
    found = listed(whole(box("./", TODAY) + box("./a/../", TODAY - timedelta(days=60))))
    assert len(found.entries) == 2 * len(ROWS)


BANNER = "<script>var banner=[" + ",".join(
    f'{{"title":"{title}","url":"/%s/{i}.html","date":"{day}"}}' for i, title, day in ROWS
)
CALL = "];</script><ul id=list></ul><script>$.ajax({url:'/api/list?cat=7',success:fill})</script>"


@pytest.mark.parametrize(("folder", "sure"), [("xw", False), ("tzgg", True)])
def test_data_in_a_page_that_fetches_its_list_is_sure_only_as_the_columns_own(folder: str, sure: bool) -> None:
    page = Page(
        url=URL, final_url=URL, status=200, headers={}, body=whole(BANNER.replace("%s", folder) + CALL).encode()
    )
    found = extract(page, today=TODAY)
    assert isinstance(found, Listing)
    assert (found.confidence >= 0.9) is sure


def test_one_day_over_all_entries_is_sure_where_their_addresses_tell_it_too() -> None:
    def under(day: str) -> Listing:
        rows = (f"<li><a href='{day}/{i}.html'>{title}</a></li>" for i, title, _ in ROWS)
        return listed(whole(f"<div><h3>2026年3月16日</h3><ul>{''.join(rows)}</ul></div>"))

    assert under("2026/03/16").confidence >= 0.9 > under("2026").confidence
