"""The store, on SQLite and on PostgreSQL: the register, and the history that stays."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from monitor.edge import tables
from monitor.edge.database import Database, DatabaseDown
from monitor.edge.origins import host_of
from monitor.edge.store import Store, open_store
from monitor.edge.store.claims import Claim
from monitor.model.judging import Looked, Standing, Verdict, Why
from monitor.model.reading import Entry, Trouble, TroubleKind
from monitor.model.register import DutyKind, Recipe
from monitor.model.reminding import Finding
from tests.edge.stores import (
    DUTY,
    FRESH,
    LATE,
    NOW,
    begin,
    claim,
    look_at_all,
    register,
    rows,
    seen,
    site,
    undecided,
)


def test_the_migrations_make_the_tables_that_the_code_knows(store: Store) -> None:
    with store.database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})
        assert compare_metadata(context, tables.metadata) == []


def test_migrating_twice_changes_nothing(store: Store) -> None:
    register(store, site())
    store.database.migrate()
    assert store.figures.status(now=NOW).columns == 3


def test_an_address_that_names_no_host_is_kept_for_the_look_to_refuse(store: Store) -> None:
    odd = site(columns=1)
    odd = replace(odd, columns=(replace(odd.columns[0], url="http://财政_局.example/"),))
    register(store, odd)
    [claimed] = begin(store, claim(store))
    assert (claimed.host, claimed.column.url) == ("", "http://财政_局.example/")


def test_a_site_that_leaves_the_book_is_retired_and_keeps_its_history(store: Store) -> None:
    register(store, site("甲"), site("乙"))
    look_at_all(store, FRESH)
    register(store, site("甲", columns=2))
    status = store.figures.status(now=NOW)
    assert (status.sites, status.columns) == (1, 2)
    assert len(rows(store, tables.observation)) == 6


def test_a_column_that_comes_back_is_the_same_column(store: Store) -> None:
    register(store, site(columns=1))
    before = [row.id for row in rows(store, tables.column)]
    register(store)
    register(store, site(columns=1))
    assert [row.id for row in rows(store, tables.column)] == before
    assert store.figures.status(now=NOW).columns == 1


def test_a_duty_comes_back_from_the_store_as_it_went_in(store: Store) -> None:
    own = replace(DUTY, kind=DutyKind.DAILY, window=None, min_items=3, source="本单位清单")
    one = site(columns=1)
    register(store, replace(one, columns=(replace(one.columns[0], duty=own, opened=date(2026, 1, 5)),)))
    [back] = begin(store, claim(store))
    assert back.column.duty == own
    assert back.column.opened == date(2026, 1, 5)


def test_a_recipe_comes_back_from_the_store_as_it_went_in_and_goes_when_it_is_taken_out(store: Store) -> None:
    recipe = Recipe(record="div.list li", title="a@title", date="span", date_format="dd/mm/yyyy")
    one = site(columns=1)
    register(store, replace(one, columns=(replace(one.columns[0], recipe=recipe),)))
    token = claim(store)
    [cooked] = begin(store, token)
    assert cooked.column.recipe == recipe
    register(store, one)
    [plain] = begin(store, token)
    assert plain.column.recipe is None


def test_equal_verdicts_are_one_stretch_and_another_begins_a_new_one(store: Store) -> None:
    register(store, site(columns=1))
    for day, verdict in enumerate((LATE, replace(LATE, days_over=18), FRESH)):
        look_at_all(store, verdict, at=NOW + timedelta(days=day))
    late, fresh = rows(store, tables.verdict)
    assert (late.standing, late.looks, late.days_over) == ("OVERDUE", 2, 18)
    assert (late.first_at, late.last_at) == (NOW, NOW + timedelta(days=1))
    assert (fresh.standing, fresh.looks) == ("FRESH", 1)


def test_a_finding_sees_the_looks_of_its_column_with_the_present_one_last(store: Store) -> None:
    register(store, site(columns=1))
    given: list[tuple[list[Looked], bool]] = []

    def decide(
        _claim: Claim, finding: Finding | None, looks: Sequence[Looked], judged: bool
    ) -> tuple[Finding | None, str]:
        given.append((list(looks), judged))
        return finding, "nothing_found"

    for day in range(3):
        token = claim(store, now=NOW + timedelta(days=day))
        assert token
        verdict = replace(LATE, days_over=17 + day)
        store.looks.record(token, [seen(c, verdict, at=NOW + timedelta(days=day)) for c in begin(store, token)], decide)
    assert [judged for _, judged in given] == [False, True, True]
    assert [look.at for look in given[2][0]] == [NOW, NOW + timedelta(days=2)]
    assert given[2][0][-1].verdict.days_over == 19


def test_an_entry_seen_again_has_one_reading_more_and_another_date_is_another_row(store: Store) -> None:
    register(store, site(columns=1))
    old = Entry(title="关于报送材料的通知", url="http://财政局.example/a.html", published=date(2025, 6, 1))
    look_at_all(store, FRESH, old)
    look_at_all(store, FRESH, old, at=NOW + timedelta(days=1))
    look_at_all(store, FRESH, replace(old, published=date(2026, 3, 20)), at=NOW + timedelta(days=2))
    first, second = sorted(rows(store, tables.entry), key=lambda row: str(row.published))
    assert (first.readings, first.first_seen, first.last_seen) == (2, NOW, NOW + timedelta(days=1))
    assert second.identity == first.identity
    assert second.readings == 1
    [known] = [begin(store, claim(store, now=NOW + timedelta(days=3)))]
    assert [(k.entry.published, k.readings) for k in known[0].known] == [(date(2026, 3, 20), 1), (date(2025, 6, 1), 2)]


def test_what_a_wrong_address_showed_is_not_known_of_the_corrected_one(store: Store) -> None:
    register(store, site(columns=1))
    entry = Entry(title="别处的动态", url="http://财政局.example/c.html", published=date(2026, 3, 17))
    look_at_all(store, FRESH, entry)
    look_at_all(store, FRESH, entry, at=NOW + timedelta(days=1))
    right = site(columns=1)
    register(store, replace(right, columns=(replace(right.columns[0], url="http://财政局.example/right/"),)))
    token = claim(store, now=NOW + timedelta(days=2))
    assert token
    [back] = begin(store, token)
    assert back.known == ()
    store.looks.record(token, [seen(back, FRESH, entry, at=NOW + timedelta(days=2))], undecided)
    [known] = [k for c in begin(store, claim(store, now=NOW + timedelta(days=3))) for k in c.known]
    assert known.readings == 1


def test_an_entry_listed_twice_on_one_page_is_one_entry(store: Store) -> None:
    register(store, site(columns=1))
    twice = Entry(title="公告", url="http://财政局.example/b.html", published=date(2026, 3, 2))
    look_at_all(store, FRESH, twice, twice)
    assert [row.readings for row in rows(store, tables.entry)] == [1]


def test_a_trouble_is_kept_with_its_detail_and_counts_failures(store: Store) -> None:
    register(store, site(columns=1))
    trouble = Trouble(kind=TroubleKind.CONNECT, detail="connection refused")
    hidden = Verdict(standing=Standing.UNKNOWN, why=Why.NOT_SEEN, rule=DUTY.source, trouble=trouble)
    look_at_all(store, hidden)
    look_at_all(store, hidden, at=NOW + timedelta(days=1))
    assert {(row.trouble, row.detail, row.entries) for row in rows(store, tables.observation)} == {
        ("connect", "connection refused", None)
    }
    assert [row.failures for row in rows(store, tables.column)] == [2]
    [watched] = store.findings.watched()
    assert watched.latest
    assert watched.latest.verdict == hidden
    look_at_all(store, FRESH, at=NOW + timedelta(days=2))
    assert [row.failures for row in rows(store, tables.column)] == [0]


def test_a_verdict_under_a_changed_duty_is_a_first_one_though_the_document_is_the_same(store: Store) -> None:
    register(store, site(columns=1))
    judged: list[bool] = []

    def decide(
        _claim: Claim, finding: Finding | None, _looks: Sequence[Looked], ever: bool
    ) -> tuple[Finding | None, str]:
        judged.append(ever)
        return finding, "nothing_found"

    for day, duty in enumerate(("periodic 6 months", "periodic 6 months", "periodic 2 weeks")):
        at = NOW + timedelta(days=day)
        token = claim(store, now=at)
        assert token
        store.looks.record(token, [seen(c, replace(FRESH, duty=duty), at=at) for c in begin(store, token)], decide)
    assert judged == [False, True, False]
    assert [row.looks for row in rows(store, tables.verdict)] == [2, 1]


# --- opening ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "no address of a database"),
        ("oracle+nothing://x/y", "no address of a database"),
        ("sqlite:////nowhere/at/all/lanmu.sqlite3", "cannot be used"),
        ("postgresql+psycopg://lanmu:secret@127.0.0.1:1/lanmu?connect_timeout=2", "cannot be used"),
    ],
)
def test_a_database_that_cannot_be_had_is_one_clear_line_without_a_password(url: str, says: str) -> None:
    with pytest.raises(DatabaseDown, match=says) as caught:
        open_store(url, migrate=True)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_database_that_no_run_has_prepared_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(DatabaseDown, match="lanmu once"):
        Database(f"sqlite:///{tmp_path / 'new.sqlite3'}").check()


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://www.Example.com/a/", "www.example.com:80"),
        ("https://www.example.com/a/", "www.example.com:443"),
        ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
    ],
)
def test_a_host_is_a_name_and_a_port(url: str, host: str) -> None:
    assert host_of(url) == host
