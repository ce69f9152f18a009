"""The sample municipality: what it holds, and that its truth speaks of the same columns."""

from collections import Counter
from datetime import date

import pytest

from sample.addresses import article_path
from sample.municipality import Column, Site
from sample.truth import truths
from tests.edge.test_sample import COLUMNS, REGISTER, TODAY, named


def test_has_eleven_sites_in_three_groups_sixty_four_columns_and_a_unit_without_a_site() -> None:
    groups = Counter(site.group for site in REGISTER.sites)
    assert groups == {"county_portal": 3, "department": 5, "affiliated_body": 3}
    assert len(COLUMNS) == 64
    assert len(REGISTER.units_without_site) == 1
    assert [site.answers for site in REGISTER.sites].count(False) == 1


def test_some_officers_answer_for_two_sites() -> None:
    sites = Counter(site.officer.email for site in REGISTER.sites)
    assert sorted(sites.values()) == [1, 1, 1, 1, 1, 2, 2, 2]
    assert all(email.endswith("@lanmu.example") for email in sites)


@pytest.mark.parametrize(("site", "column"), COLUMNS, ids=map(named, COLUMNS))
def test_no_column_repeats_a_title_or_an_address(site: Site, column: Column) -> None:
    titles = [entry.title(TODAY) for entry in column.entries]
    paths = [article_path(site, column, entry, TODAY) for entry in column.entries]
    assert len(set(titles)) == len(titles)
    assert len(set(paths)) == len(paths)
    assert not [title for title in titles if "{" in title]


@pytest.mark.parametrize(("site", "column"), COLUMNS, ids=map(named, COLUMNS))
def test_entries_stand_newest_first_but_for_pinned_and_coming_ones(site: Site, column: Column) -> None:
    ages = [entry.age for entry in column.entries if not entry.pinned]
    assert ages == sorted(ages)
    assert [entry.pinned for entry in column.entries] == sorted((e.pinned for e in column.entries), reverse=True)


def test_the_truth_speaks_of_each_column_once_in_the_same_order() -> None:
    rows = truths(TODAY)
    assert [(row.site, row.column) for row in rows] == [(site.name, column.name) for site, column in COLUMNS]


def test_the_truth_holds_every_standing() -> None:
    standings = Counter(row.standing for row in truths(TODAY))
    assert standings == {
        "FRESH": 33,
        "OVERDUE": 9,
        "STALE": 3,
        "UNKNOWN": 13,
        "BLANK": 2,
        "NOT_CONFIGURED": 2,
        "DUE_SOON": 1,
        "EXEMPT": 1,
    }


def test_the_truth_names_only_entries_that_exist() -> None:
    for row, (_, column) in zip(truths(TODAY), COLUMNS, strict=True):
        published = {entry.published(TODAY) for entry in column.shown(1)}
        assert row.newest is None or row.newest in published
        assert row.standing != "BLANK" or not published


def test_what_cannot_be_seen_has_a_trouble_and_nobody_is_mailed_for_it() -> None:
    rows = list(zip(truths(TODAY), COLUMNS, strict=True))
    assert {row.trouble for row, (site, _) in rows if not site.answers} == {"connect"}
    assert {column.family: row.trouble for row, (site, column) in rows if row.trouble and site.answers} == {
        "comment": "unreadable",
        "error": "error_page",
        "gone": "gone",
        "list_slashes": "robots",
        "login": "login",
        "maintenance": "maintenance",
        "moved": "moved",
        "script": "needs_script",
        "table_short": "undated",
        "waf": "blocked",
    }
    assert not any(row.mailed for row, _ in rows if row.trouble)
    assert all(bool(row.trouble) == (row.standing == "UNKNOWN") for row, _ in rows)


def test_the_truth_moves_with_the_first_morning() -> None:
    row = truths(date(2026, 5, 20))[2]
    assert (row.newest, row.deadline, row.days_over) == (date(2026, 5, 1), date(2026, 5, 15), 6)
