"""Evidence in the store: each body once, verified when it is shown, and purged only where nothing rests on it."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256

import pytest
import sqlalchemy as sa

from monitor.edge.evidence_tables import evidence, evidence_body, kept_body
from monitor.edge.packing import pack, unpack
from monitor.edge.store import Store
from monitor.edge.store.evidence import Kept
from monitor.edge.store.findings import save_finding
from monitor.edge.store.purging import Purged
from monitor.edge.store.unseen import save_unseen
from monitor.edge.tables import column
from monitor.evidence import LEAST_NEEDED_FIRST
from monitor.model.evidence import BodyState, Evidence, Exhibit, ExhibitKind, Ground, Shown
from monitor.model.judging import Standing, Verdict, Why
from monitor.model.reading import Entry, Trouble, TroubleKind
from monitor.model.reminding import ENDED, Finding, FindingState
from monitor.model.watching import Concern, Unseen
from tests.edge.stores import DUTY, LATE, NOW, begin, claim, register, rows, seen, site, undecided

DAY = timedelta(days=1)
PAGE = "<ul><li>某某市财政局工作动态</li></ul>".encode() * 50
ENTRIES = (Entry(title="半\ud800个\x00字", url="http://财政局.example/1", published=date(2026, 2, 1), pinned=True),)
HIDDEN = Trouble(kind=TroubleKind.BLOCKED, detail="\x1b[31m")
BLIND = Verdict(standing=Standing.UNKNOWN, why=Why.NOT_SEEN, rule=DUTY.source, trouble=HIDDEN)


def kept(*bodies: bytes, at: datetime, ground: Ground = Ground.ACCUSED, verdict: Verdict = LATE) -> Kept:
    exhibits = tuple(
        Exhibit(
            kind=ExhibitKind.PAGE if n == 0 else ExhibitKind.DATA,
            url="http://财政局.example/0/",
            hops=("https://财政局.example/0/",),
            final_url="https://财政局.example/0/index.html",
            status=200,
            headers={"date": at.isoformat()},
            sha256=sha256(body).hexdigest(),
            size=len(body),
            kept=True,
        )
        for n, body in enumerate(bodies)
    )
    found = Evidence(
        ground=ground, at=at, verdict=verdict, exhibits=exhibits, entries=ENTRIES, method="html", confidence=0.95
    )
    return Kept(evidence=found, bodies={sha256(body).hexdigest(): (len(body), pack(body)) for body in bodies})


def look(store: Store, *bodies: bytes, at: datetime, ground: Ground = Ground.ACCUSED, verdict: Verdict = LATE) -> Kept:
    """A look at every column, with this evidence."""
    one = kept(*bodies, at=at, ground=ground, verdict=verdict)
    claimed = begin(store, claim(store, now=at))
    assert claimed
    looks = [replace(seen(c, verdict, at=at), kept=one) for c in claimed]
    token = str(rows(store, column)[0].lease)
    store.looks.record(token, looks, undecided)
    return one


def first(store: Store) -> int:
    return store.findings.watched()[0].column_id


def shown(store: Store, before: datetime | None = None) -> Shown:
    found = store.evidence.shown(first(store), before=before)
    assert found is not None
    return found


def test_evidence_comes_back_as_it_went_in_whatever_the_page_wrote(store: Store) -> None:
    register(store, site(columns=1))
    one = look(store, PAGE, b'[{"title": "x"}]', at=NOW)
    back = shown(store)
    assert (back.intact, back.evidence, back.at) == (True, one.evidence, NOW)
    assert [held.body for held in back.bodies] == [PAGE, b'[{"title": "x"}]']


def test_a_trouble_comes_back_with_what_was_sent_in_place_of_the_page(store: Store) -> None:
    register(store, site(columns=1))
    look(store, b"", at=NOW, ground=Ground.DOUBT, verdict=BLIND)
    back = shown(store)
    assert back.evidence
    assert back.evidence.verdict.trouble == HIDDEN
    assert back.bodies[0].body == b""


def test_an_unchanged_page_is_stored_once_over_all_looks(store: Store) -> None:
    register(store, site(columns=2))
    for n in range(10):
        look(store, PAGE, at=NOW + n * DAY)
    assert len(rows(store, evidence)) == 20
    assert len(rows(store, kept_body)) == 2, "the page, and the list that was read of it"
    span = store.evidence.kept(first(store))
    assert span is not None
    assert (span.looks, span.first, span.last) == (10, NOW, NOW + 9 * DAY)


def test_the_latest_look_before_a_moment_is_shown(store: Store) -> None:
    register(store, site(columns=1))
    for n in range(3):
        look(store, PAGE + bytes([n]), at=NOW + n * DAY)
    assert shown(store).at == NOW + 2 * DAY
    assert shown(store, before=NOW + 2 * DAY).at == NOW + DAY
    assert store.evidence.shown(first(store), before=NOW) is None
    assert store.evidence.kept(99) is None


PAGES = kept_body.c.size == len(PAGE)
SPOILT: list[tuple[str, sa.Update, bool, BodyState | None]] = [
    (
        "another page in place of the one that came",
        sa.update(kept_body).where(PAGES).values(packed=pack(b"<p>all is well</p>")),
        True,
        BodyState.ALTERED,
    ),
    (
        "what is no packed page at all",
        sa.update(kept_body).where(PAGES).values(packed=b"\x00" * 9),
        True,
        BodyState.ALTERED,
    ),
    (
        "a bomb",
        sa.update(kept_body).where(PAGES).values(packed=pack(bytes(64 * 1024 * 1024))),
        True,
        BodyState.ALTERED,
    ),
    (
        "another list than was read",
        sa.update(kept_body).where(~PAGES).values(packed=pack(b"[]")),
        False,
        BodyState.INTACT,
    ),
    ("another moment", sa.update(evidence).values(at=NOW - DAY), False, BodyState.INTACT),
    ("another ground", sa.update(evidence).values(ground="doubt"), False, BodyState.INTACT),
    ("another seal", sa.update(evidence).values(seal="0" * 64), False, BodyState.INTACT),
    ("a record that is none", sa.update(evidence).values(record=pack(b'{"at": 3}')), False, None),
    ("a record that nests for ever", sa.update(evidence).values(record=pack(b"[" * 100_000)), False, None),
    ("a record that is a list", sa.update(evidence).values(record=pack(b"[1]")), False, None),
    ("a record that is noise", sa.update(evidence).values(record=b"noise"), False, None),
]


def test_what_was_changed_since_is_said_so(store: Store) -> None:
    register(store, site(columns=1))
    for n, (what, spoil, intact, state) in enumerate(SPOILT):
        with store.database.writing() as connection:
            for table in (evidence_body, evidence, kept_body):
                connection.execute(sa.delete(table))
        look(store, PAGE, at=NOW + n * DAY)
        with store.database.writing() as connection:
            connection.execute(spoil)
        back = shown(store)
        assert back.intact is intact, what
        assert [held.state for held in back.bodies] == ([state] if state else []), what
        assert all((held.body == PAGE) is (held.state is BodyState.INTACT) for held in back.bodies), what


def test_evidence_of_one_column_is_not_that_of_another(store: Store) -> None:
    register(store, site(columns=2))
    look(store, PAGE, at=NOW)
    with store.database.writing() as connection:
        connection.execute(sa.delete(evidence_body).where(evidence_body.c.evidence_id == 1))
        connection.execute(sa.delete(evidence).where(evidence.c.id == 1))
        connection.execute(sa.update(evidence).values(column_id=first(store)))
    assert shown(store).intact is False


def test_a_body_that_is_gone_is_missing(store: Store) -> None:
    register(store, site(columns=1))
    look(store, PAGE, at=NOW)
    with store.database.writing() as connection:
        connection.execute(sa.delete(evidence_body))
        connection.execute(sa.delete(kept_body).where(kept_body.c.size == len(PAGE)))
    assert [held.state for held in shown(store).bodies] == [BodyState.MISSING]


def test_what_is_unpacked_is_bounded() -> None:
    packed = pack(bytes(1000))
    assert unpack(packed, 1000) == bytes(1000)
    assert unpack(packed, 999) is None
    assert unpack(b"<html>", 1000) is None


def purge(store: Store, *, days: int, at: datetime, most: int = 10**9, dry_run: bool = False) -> Purged:
    kept_from = dict.fromkeys(Ground, at - days * DAY)
    return store.purging.purge(kept_from, most=most, least_needed_first=LEAST_NEEDED_FIRST, now=at, dry_run=dry_run)


def moments(store: Store) -> list[datetime]:
    return sorted(row.at for row in rows(store, evidence))


def test_what_is_old_goes_with_the_bodies_that_nothing_else_has(store: Store) -> None:
    register(store, site(columns=1))
    for n in range(4):
        look(store, PAGE + bytes([n // 2]), at=NOW + n * DAY)
    later = NOW + 10 * DAY
    dry = purge(store, days=9, at=later, dry_run=True)
    assert len(rows(store, evidence)) == 4, "a dry run changes nothing"
    assert purge(store, days=9, at=later) == dry
    assert (dry.looks, dry.bodies) == (1, 0), "its page is that of the second look too"
    assert purge(store, days=8, at=later).bodies == 1
    assert moments(store) == [NOW + 2 * DAY, NOW + 3 * DAY]
    done = purge(store, days=0, at=later)
    assert (done.looks, done.bodies, done.left) == (2, 2, 0)
    assert purge(store, days=0, at=later) == Purged()


def test_a_body_that_came_within_a_day_stays_since_a_look_may_be_about_to_rest_on_it(store: Store) -> None:
    register(store, site(columns=1))
    look(store, PAGE, at=NOW)
    assert purge(store, days=0, at=NOW + DAY / 2).bodies == 0
    assert rows(store, evidence) == []
    assert purge(store, days=0, at=NOW + 2 * DAY).bodies == 2


def test_what_an_open_finding_rests_on_is_never_purged(store: Store) -> None:
    """The looks since the finding before ended; what came earlier was about that one."""
    register(store, site(columns=len(FindingState)))
    for n in range(4):
        look(store, PAGE + bytes([n]), at=NOW + n * DAY)
    states = dict(zip([w.column_id for w in store.findings.watched()], FindingState, strict=True))
    first = Finding(
        state=FindingState.RESOLVED, rule=DUTY.source, episode=1, opened=NOW, since=NOW + 2 * DAY, newest=None
    )
    with store.database.writing() as connection:
        for id_, state in states.items():
            save_finding(connection, None, id_, first, at=first.since, reason="test")
            second = replace(first, state=state, episode=2, opened=NOW + 3 * DAY, since=NOW + 3 * DAY)
            save_finding(connection, None, id_, second, at=second.since, reason="test")
    purge(store, days=0, at=NOW + 2000 * DAY, most=0)
    left = {(states[row.column_id], row.at) for row in rows(store, evidence)}
    assert left == {(state, NOW + n * DAY) for state in FindingState if state not in ENDED for n in (2, 3)}


@pytest.mark.parametrize("ended", [False, True])
def test_what_a_lasting_concern_rests_on_is_not_purged(ended: bool, store: Store) -> None:
    register(store, site(columns=1))
    look(store, PAGE, at=NOW, ground=Ground.DOUBT, verdict=BLIND)
    stretch = Unseen(since=NOW, last_at=NOW, looks=1, trouble=TroubleKind.BLOCKED, concern=Concern.LASTING)
    with store.database.writing() as connection:
        save_unseen(connection, store.database, {first(store): replace(stretch, ended=NOW + DAY if ended else None)})
    purge(store, days=0, at=NOW + 200 * DAY)
    assert len(rows(store, evidence)) == (0 if ended else 1)


def test_when_there_is_too_much_the_least_needed_goes_first_and_the_oldest_of_it(store: Store) -> None:
    register(store, site(columns=6))
    dice = random.Random(3)
    for n, ground in enumerate((Ground.ACCUSED, Ground.DUE_SOON, Ground.DOUBT, Ground.DATED)):
        look(store, dice.randbytes(10_000), at=NOW + n * DAY, ground=ground)
    total = sum(row.taken for row in rows(store, kept_body))
    done = purge(store, days=900, at=NOW + 50 * DAY, most=total - 25_000)
    assert (done.looks, done.bodies) == (20, 3), "a step takes twenty: all but four accusations, which have one page"
    assert {row.ground for row in rows(store, evidence)} == {"accused"}
