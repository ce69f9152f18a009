"""A small register, and the few steps that tests of the store are made of."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from monitor.edge.store import Store
from monitor.edge.store.claims import Claim
from monitor.edge.store.looks import Look
from monitor.model.judging import Looked, Standing, Verdict, Why
from monitor.model.reading import Entry
from monitor.model.register import Column, Duty, DutyKind, Group, Officer, Period, Site, Unit, Window
from monitor.model.reminding import Finding

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
