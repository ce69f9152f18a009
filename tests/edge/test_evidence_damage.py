"""Evidence that was changed by whoever can write the database, or is purged while it is read: never a fault of ours."""

import json
from gettext import NullTranslations
from hashlib import sha256
from io import StringIO

import sqlalchemy as sa
from rich.console import Console

from cli.evidence_text import evidence_row, print_evidence
from monitor.edge.evidence_tables import evidence
from monitor.edge.packing import pack, unpack
from monitor.edge.store import Store
from monitor.edge.store.purging import Purged
from tests.edge.stores import NOW, register, rows, site
from tests.edge.test_evidence_store import DAY, PAGE, first, look, purge, shown

DIRTY: tuple[object, ...] = (None, 5, "x", [], {}, [[]], {"kind": "page"}, "0" * 64, "\x00", "\ud800", True, 1e999)


def test_a_record_that_was_rewritten_under_its_own_seal_is_a_value_and_never_a_fault(store: Store) -> None:
    """Whoever can write the database can seal anew: each field of the record in turn becomes something else."""
    register(store, site(columns=1))
    look(store, PAGE, at=NOW)
    [row] = rows(store, evidence)
    record = json.loads(unpack(row.record, 10**6) or b"")
    watched = store.findings.watched()[0]
    for where in (record, record["verdict"], record["exhibits"][0]):
        for name, was in list(where.items()):
            for dirt in DIRTY:
                where[name] = dirt
                written = json.dumps(record).encode()
                forged = {"record": pack(written), "seal": sha256(written).hexdigest()}
                with store.database.writing() as connection:
                    connection.execute(sa.update(evidence).values(forged))
                found = shown(store)
                out = Console(file=StringIO(), width=200)
                print_evidence(watched, found, None, out, NullTranslations())
                json.dumps(evidence_row(watched, found))
            where[name] = was


def test_a_purge_that_takes_away_what_is_being_read_is_no_damage(store: Store) -> None:
    """It happens between the row and its bodies: what is shown is whole, or there is nothing."""
    register(store, site(columns=1))
    look(store, PAGE, at=NOW)
    purged: list[Purged] = []

    def race(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if "FROM evidence " in statement and not purged:
            purged.append(Purged())
            purged.append(purge(store, days=0, at=NOW + 10 * DAY))

    sa.event.listen(store.database.engine, "after_cursor_execute", race)
    found = store.evidence.shown(first(store))
    sa.event.remove(store.database.engine, "after_cursor_execute", race)
    assert purged[-1].looks == 1
    assert found is None or found.whole
    assert store.evidence.shown(first(store)) is None
