"""The store, on SQLite and on PostgreSQL: claims, looks recorded once, the history that stays, the outbox's marker."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from monitor.edge import tables
from monitor.edge.database import Database, DatabaseDown
from monitor.edge.guard import host_of
from monitor.edge.store import Store, open_store
from monitor.edge.store.claims import Claim
from monitor.edge.store.looks import Look
from monitor.edge.store.outbox import Change, ClaimLost, OutboxState, Planned, PlannedLine
from monitor.model.judging import Looked, Standing, Verdict, Why
from monitor.model.reading import Entry, Trouble, TroubleKind
from monitor.model.register import Column, Duty, DutyKind, Group, Officer, Period, Site, Unit, Window
from monitor.model.reminding import Finding, FindingState, LineKind, Role

NOW = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
LEASE = timedelta(minutes=20)
DUTY = Duty(kind=DutyKind.PERIODIC, window=Window(count=2, period=Period.WEEKS), source="国办秘函〔2019〕19号")
FRESH = Verdict(standing=Standing.FRESH, why=Why.IN_TIME, rule=DUTY.source, newest=date(2026, 3, 10))
LATE = replace(FRESH, standing=Standing.OVERDUE, why=Why.DEADLINE_PASSED, deadline=date(2026, 3, 1), days_over=17)
OFFICER = Officer(name="王丽", email="wang.li@lanmu.example")


def site(name: str = "财政局", columns: int = 3) -> Site:
    return Site(
        name=name,
        home=f"http://{name}.example/",
        unit=name,
        group=Group.DEPARTMENT,
        officer=OFFICER,
        timezone="Asia/Shanghai",
        columns=tuple(
            Column(name=f"栏目{n}", url=f"http://{name}.example/{n}/", category="news", duty=DUTY)
            for n in range(columns)
        ),
    )


def units(*sites: Site) -> list[Unit]:
    return [Unit(name=s.unit, group=s.group, has_site=True) for s in sites]


def register(store: Store, *sites: Site) -> None:
    store.register.sync(sites, units(*sites))


def claim(
    store: Store, *, now: datetime = NOW, wall: datetime = NOW, limit: int = 100, per_host: int = 50
) -> str | None:
    return store.claims.claim(origin="test", at=now, now=now, wall=wall, lease=LEASE, limit=limit, per_host=per_host)


def begin(store: Store, token: str | None) -> list[Claim]:
    assert token is not None
    return store.claims.begin(token, until=NOW + LEASE)


def seen(of: Claim, verdict: Verdict = FRESH, *entries: Entry, at: datetime = NOW) -> Look:
    return Look(
        claim=of, at=at, verdict=verdict, entries=entries, trouble=verdict.trouble, next_look=at + timedelta(hours=20)
    )


def undecided(
    _claim: Claim, finding: Finding | None, _looks: Sequence[Looked], _judged: bool
) -> tuple[Finding | None, str]:
    return finding, "nothing_found"


def look_at_all(store: Store, verdict: Verdict, *entries: Entry, at: datetime = NOW) -> None:
    token = claim(store, now=at)
    assert token
    store.looks.record(token, [seen(c, verdict, *entries, at=at) for c in begin(store, token)], undecided)


def rows(store: Store, table: sa.Table) -> list[sa.Row[tuple[object, ...]]]:
    with store.database.reading() as connection:
        return list(connection.execute(sa.select(table)))


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


def test_everything_is_due_at_first_and_claimed_by_one_batch_alone(store: Store) -> None:
    register(store, site())
    assert len(begin(store, claim(store))) == 3
    assert claim(store) is None


def test_the_most_overdue_columns_are_claimed_first(store: Store) -> None:
    register(store, site())
    token = claim(store)
    assert token
    hours = iter((5, 9, 1))
    looks = [replace(seen(c), next_look=NOW + timedelta(hours=next(hours))) for c in begin(store, token)]
    store.looks.record(token, looks, undecided)
    later = NOW + timedelta(days=1)
    [first] = begin(store, claim(store, now=later, limit=1))
    assert first.column.name == "栏目2"


def test_one_host_does_not_fill_a_batch(store: Store) -> None:
    register(store, site("大站", columns=9), site("小站", columns=1))
    hosts = [c.host for c in begin(store, claim(store, per_host=2))]
    big, small = host_of("http://大站.example/"), host_of("http://小站.example/")
    assert sorted(hosts) == sorted([big, big, small])


def test_a_look_is_recorded_once_however_often_its_task_runs(store: Store) -> None:
    register(store, site())
    token = claim(store)
    assert token
    looks = [seen(c) for c in begin(store, token)]
    assert store.looks.record(token, looks, undecided) == 3
    assert store.looks.record(token, looks, undecided) == 0
    assert len(rows(store, tables.observation)) == 3


def test_a_claim_that_ran_out_is_taken_by_another_and_the_late_look_is_dropped(store: Store) -> None:
    register(store, site())
    slow = claim(store)
    assert slow
    late = [seen(c) for c in begin(store, slow)]
    quick = claim(store, wall=NOW + LEASE + timedelta(seconds=1))
    assert len(begin(store, quick)) == 3
    assert store.looks.record(slow, late, undecided) == 0


def test_what_a_dead_run_had_claimed_is_due_again(store: Store) -> None:
    register(store, site())
    claim(store)
    store.claims.free("another run")
    assert claim(store) is None
    store.claims.free("test")
    assert len(begin(store, claim(store))) == 3


def test_claims_from_many_threads_never_share_a_column(store: Store) -> None:
    register(store, *(site(f"站{n}", columns=10) for n in range(8)))
    tokens: list[str] = []

    def work() -> None:
        while token := claim(store, limit=7):
            tokens.append(token)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    claimed = [c.id for token in tokens for c in begin(store, token)]
    assert len(claimed) == len(set(claimed)) == 80


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


# --- findings and the outbox ------------------------------------------------------------------------------------------

FOUND = Finding(
    state=FindingState.BASELINE, rule=DUTY.source, episode=1, opened=NOW, since=NOW, newest=date(2026, 2, 15)
)


def found(store: Store, finding: Finding = FOUND) -> int:
    """A column with a finding; the finding's id."""
    register(store, site(columns=1))
    token = claim(store)
    assert token
    store.looks.record(token, [seen(c, LATE) for c in begin(store, token)], lambda *_: (finding, "first_verdict"))
    [watched] = store.findings.watched()
    assert watched.finding == finding
    assert watched.finding_id
    return watched.finding_id


def planned(finding_id: int, key: str = "k" * 64) -> Planned:
    line = PlannedLine(column_id=1, kind=LineKind.NEW, finding_id=finding_id, episode=1, step=1)
    return Planned(key=key, recipient=OFFICER, role=Role.OFFICER, slot=date(2026, 3, 18), channel="mail", lines=(line,))


def take(store: Store, wall: datetime = NOW) -> tuple[int, str]:
    [claimed] = store.outbox.claim(origin="test", now=wall, wall=wall, lease=LEASE, limit=10)
    return claimed


def test_every_transition_of_a_finding_is_kept_with_its_reason(store: Store) -> None:
    id_ = found(store)
    assert store.findings.baseline() == [(id_, FOUND)]
    store.findings.save(id_, replace(FOUND, released=True), at=NOW, reason="released")
    assert store.findings.baseline() == []
    assert [(e.state, e.reason) for e in rows(store, tables.finding_event)] == [
        ("baseline", "first_verdict"),
        ("baseline", "released"),
    ]


def test_a_new_episode_leaves_the_old_one_as_it_was(store: Store) -> None:
    found(store, replace(FOUND, state=FindingState.RESOLVED))
    again = replace(FOUND, episode=2, state=FindingState.DETECTED)
    token = claim(store, now=NOW + timedelta(days=1))
    assert token
    looks = [seen(c, LATE, at=NOW + timedelta(days=1)) for c in begin(store, token)]
    store.looks.record(token, looks, lambda *_: (again, "two_looks_agree"))
    assert [(f.episode, f.state) for f in rows(store, tables.finding)] == [(1, "resolved"), (2, "detected")]
    [watched] = store.findings.worth_telling()
    assert watched.finding == again


def test_only_the_latest_finding_of_a_watched_column_is_counted(store: Store) -> None:
    found(store, replace(FOUND, state=FindingState.RESOLVED))
    again = replace(FOUND, episode=2, state=FindingState.DETECTED)
    token = claim(store, now=NOW + timedelta(days=1))
    looks = [seen(c, LATE, at=NOW + timedelta(days=1)) for c in begin(store, token)]
    assert token
    store.looks.record(token, looks, lambda *_: (again, "two_looks_agree"))
    assert store.figures.status(now=NOW).findings == {"detected": 1}
    register(store, site("改名后", columns=1))
    assert store.figures.status(now=NOW).findings == {}
    assert len(rows(store, tables.finding)) == 2


def test_a_slot_has_one_digest_ever_and_the_second_plan_changes_nothing(store: Store) -> None:
    id_ = found(store, replace(FOUND, state=FindingState.DETECTED))
    now = replace(FOUND, state=FindingState.QUEUED)
    change = Change(finding_id=id_, was=replace(FOUND, state=FindingState.DETECTED), now=now, reason="planned")
    assert store.outbox.plan(planned(id_), [change], at=NOW)
    assert not store.outbox.plan(planned(id_), [replace(change, was=now, now=FOUND)], at=NOW)
    assert [f.state for f in rows(store, tables.finding)] == ["queued"]
    assert len(rows(store, tables.outbox)) == 1


def test_a_transition_decided_on_an_old_state_of_the_finding_is_not_made(store: Store) -> None:
    id_ = found(store, replace(FOUND, state=FindingState.RESOLVED))
    change = Change(finding_id=id_, was=FOUND, now=replace(FOUND, state=FindingState.QUEUED), reason="planned")
    assert store.outbox.plan(planned(id_), [change], at=NOW)
    assert [f.state for f in rows(store, tables.finding)] == ["resolved"]


def test_a_message_comes_back_from_the_outbox_as_it_was_planned(store: Store) -> None:
    was = planned(found(store))
    store.outbox.plan(was, [], at=NOW)
    id_, lease = take(store)
    assert store.outbox.take(id_, lease) == replace(was, id=id_)
    assert store.outbox.take(id_, "another lease") is None


def test_a_worker_that_dies_before_the_marker_leaves_the_message_to_another(store: Store) -> None:
    store.outbox.plan(planned(found(store)), [], at=NOW)
    dead, lease = take(store)
    id_, again = take(store, NOW + LEASE + timedelta(seconds=1))
    assert id_ == dead
    assert store.outbox.take(id_, again)
    with pytest.raises(ClaimLost):
        store.outbox.mark(dead, lease, wall=NOW)


def test_a_worker_that_dies_after_the_marker_leaves_it_to_a_person(store: Store) -> None:
    store.outbox.plan(planned(found(store)), [], at=NOW)
    id_, lease = take(store)
    store.outbox.mark(id_, lease, wall=NOW)
    assert store.outbox.take(id_, lease) is None
    store.outbox.free("test")
    assert [m.state for m in rows(store, tables.outbox)] == ["unknown"]
    assert store.outbox.claim(origin="test", now=NOW, wall=NOW, lease=LEASE, limit=10) == []


def test_a_message_is_marked_once_though_its_task_was_delivered_twice(store: Store) -> None:
    store.outbox.plan(planned(found(store)), [], at=NOW)
    id_, lease = take(store)
    store.outbox.mark(id_, lease, wall=NOW)
    with pytest.raises(ClaimLost):
        store.outbox.mark(id_, lease, wall=NOW)


def test_a_message_to_be_tried_later_waits_until_then(store: Store) -> None:
    store.outbox.plan(planned(found(store)), [], at=NOW)
    id_, lease = take(store)
    store.outbox.mark(id_, lease, wall=NOW)
    later = NOW + timedelta(minutes=5)
    assert store.outbox.settle(id_, lease, OutboxState.PENDING, at=NOW, detail="451", next_try=later)
    assert store.outbox.waiting(now=NOW) == 0
    assert store.outbox.claim(origin="test", now=NOW, wall=NOW, lease=LEASE, limit=10) == []
    again, lease = take(store, later)
    message = store.outbox.take(again, lease)
    assert message
    assert message.attempts == 1


def test_a_receipt_settles_the_message_and_its_findings_together_and_once(store: Store) -> None:
    queued = replace(FOUND, state=FindingState.QUEUED)
    finding = found(store, queued)
    store.outbox.plan(planned(finding), [], at=NOW)
    id_, lease = take(store)
    told = Change(
        finding_id=finding,
        was=queued,
        now=replace(queued, state=FindingState.REMINDED, step=1, told=NOW),
        reason="told",
    )
    assert store.outbox.settle(id_, lease, OutboxState.SENT, at=NOW, changes=[told])
    assert not store.outbox.settle(id_, lease, OutboxState.REFUSED, at=NOW)
    [message] = rows(store, tables.outbox)
    assert (message.state, message.sent) == ("sent", NOW)
    assert [(f.state, f.step, f.told) for f in rows(store, tables.finding)] == [("reminded", 1, NOW)]


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
