"""Every listing of the sample municipality is read surely, and gives the newest date that was put on it."""

from datetime import date, timedelta

import pytest

from monitor.extract import extract, newest
from monitor.model.reading import Listing, Page
from sample.addresses import page_path
from sample.municipality import Column, Site, load
from sample.pages import Edition, documents

FIRST = date(2026, 3, 18)
COLUMNS = [(site, column) for site in load().sites for column in site.columns]


@pytest.mark.parametrize(("site", "column"), COLUMNS, ids=[f"{site.name}-{column.name}" for site, column in COLUMNS])
@pytest.mark.parametrize("morning", [0, 1])
def test_a_column_of_the_sample_is_read_surely_and_rightly(site: Site, column: Column, morning: int) -> None:
    path = page_path(column, 1)
    document = documents(Edition(site=site, first=FIRST, morning=morning))[path]()
    url = f"http://127.0.0.1:8000/{path}"
    page = Page(url=url, final_url=url, status=200, headers={"content-type": document.content_type}, body=document.body)
    today = FIRST + timedelta(days=morning)
    read = extract(page, today=today)
    assert isinstance(read, Listing)
    assert read.confidence >= 0.9
    shown = [entry.published(FIRST) for entry in column.shown(morning)]
    assert newest(read, today=today) == max((day for day in shown if day <= today + timedelta(days=1)), default=None)
