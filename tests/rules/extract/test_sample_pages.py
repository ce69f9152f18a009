"""Each page of the sample municipality is read as its truth says: surely and rightly, or with what hides it."""

from datetime import date, timedelta

import pytest

from monitor.extract import extract, newest
from monitor.model.reading import Listing, Page, Trouble
from sample.addresses import page_path
from sample.municipality import Column, Site, load
from sample.pages import Edition, documents
from sample.truth import truths

FIRST = date(2026, 3, 18)
COLUMNS = [(site, column) for site in load().sites for column in site.columns]
SURE = [(site, column) for site, column in COLUMNS if not column.is_hidden and column.family != "comment"]
TROUBLES = {(truth.site, truth.column): truth.trouble for truth in truths(FIRST)}
HIDDEN = [(site, column) for site, column in COLUMNS if column.is_hidden and column.family not in ("moved", "gone")]


def named(pair: tuple[Site, Column]) -> str:
    return f"{pair[0].name}-{pair[1].name}"


def read(site: Site, column: Column, morning: int) -> Listing | Trouble:
    path = page_path(column, 1)
    document = documents(Edition(site=site, first=FIRST, morning=morning))[path]()
    url = f"http://127.0.0.1:8000/{path}"
    page = Page(url=url, final_url=url, status=200, headers={"content-type": document.content_type}, body=document.body)
    return extract(page, today=FIRST + timedelta(days=morning))


@pytest.mark.parametrize(("site", "column"), SURE, ids=map(named, SURE))
@pytest.mark.parametrize("morning", [0, 1])
def test_a_column_of_the_sample_is_read_surely_and_rightly(site: Site, column: Column, morning: int) -> None:
    found, today = read(site, column, morning), FIRST + timedelta(days=morning)
    assert isinstance(found, Listing)
    assert found.confidence >= 0.9
    shown = column.shown(morning)
    on_page = shown[:12] if not column.is_data else shown
    assert [(e.title, e.published) for e in found.entries] == [(e.title(FIRST), e.published(FIRST)) for e in on_page]
    days = [entry.published(FIRST) for entry in shown]
    assert newest(found, today=today) == max((day for day in days if day <= today + timedelta(days=1)), default=None)


@pytest.mark.parametrize(("site", "column"), HIDDEN, ids=map(named, HIDDEN))
def test_a_hidden_column_of_the_sample_says_what_hides_it(site: Site, column: Column) -> None:
    found = read(site, column, 0)
    assert isinstance(found, Trouble)
    assert found.kind == TROUBLES[site.name, column.name]


def test_a_list_in_a_comment_gives_its_entries_but_is_never_sure() -> None:
    site, column = next(pair for pair in COLUMNS if pair[1].family == "comment")
    found = read(site, column, 0)
    assert isinstance(found, Listing)
    assert [entry.title for entry in found.entries] == [entry.title(FIRST) for entry in column.shown(0)]
    assert found.confidence < 0.9
