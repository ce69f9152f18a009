"""One run of bench.fetch, in a process of its own: looks at so many columns again and again, and what each pass cost.

It is the look task itself, from the claim to the last commit: register, claims, robots.txt, turns in Valkey, guard,
conditional request, decision, verdict and recording in SQLite, in batches of 200 columns.
"""

import argparse
import asyncio
import json
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from config.book import MailMode, MailSettings, Settings
from monitor.edge.guard import networks
from monitor.edge.store import open_store
from monitor.model.register import Column, Duty, DutyKind, Group, Officer, Period, Site, Unit, Window
from tasks.look import begin, look_at
from tasks.wiring import World

MOMENT = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)
LEASE = timedelta(minutes=20)
BATCH, HOSTS = 200, 100
_DUTY = Duty(kind=DutyKind.PERIODIC, window=Window(count=2, period=Period.MONTHS), source="bench")


def a_site(number: int, address: str, columns: int, kind: str) -> Site:
    """A site of so many columns, asked without spacing: only CPU is counted."""
    return Site(
        name=f"site {number}",
        home=f"http://{address}/",
        unit=f"unit {number}",
        group=Group.DEPARTMENT,
        officer=Officer(name="王丽", email="wang.li@lanmu.example"),
        timezone="Asia/Shanghai",
        spacing=0.0,
        columns=tuple(
            Column(name=f"column {n}", url=f"http://{address}/{kind}/{n}/", category="news", duty=_DUTY)
            for n in range(columns)
        ),
    )


def a_world(folder: Path, broker: str) -> World:
    mail = MailSettings(mode=MailMode.DRY_RUN, sender="lanmu@lanmu.example", host="mail.invalid")
    return World(
        settings=Settings(state=folder, mail=mail),
        store=open_store(f"sqlite:///{folder / 'lanmu.sqlite3'}", migrate=True),
        clock=lambda: MOMENT,
        allowed=networks("127.0.0.0/8"),
        origin="bench",
        broker=broker,
    )


def play(here: World, at: datetime) -> None:
    """The round of a day, batch by batch."""
    while token := here.store.claims.claim(
        origin="bench", at=at, now=at, wall=at, lease=LEASE, limit=BATCH, per_host=50
    ):
        asyncio.run(look_at(here, token, *begin(here, token, until=at + LEASE)))
        here.store.claims.give_back(token)


def ways(folder: Path, at: datetime) -> dict[str, int]:
    """How the columns were seen in that pass."""
    query = "SELECT status, way, count(*) FROM observation WHERE at = ? GROUP BY status, way"
    with closing(sqlite3.connect(folder / "lanmu.sqlite3")) as connection:
        found = connection.execute(query, (f"{at:%Y-%m-%d %H:%M:%S.%f}",)).fetchall()
    return {f"{status} {way}": count for status, way, count in found}


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.passes", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--columns", type=int, required=True)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--kind", choices=["tagged", "untagged"], default="tagged")
    parser.add_argument("--broker", required=True)
    asked = parser.parse_args()
    hosts = [f"127.{n // 250 + 1}.0.{n % 250 + 1}:{asked.port}" for n in range(HOSTS)]
    told = []
    with tempfile.TemporaryDirectory() as folder:
        here = a_world(Path(folder), asked.broker)
        sites = [a_site(n, host, asked.columns // HOSTS, asked.kind) for n, host in enumerate(hosts)]
        here.store.register.sync(sites, [Unit(name=s.unit, group=s.group, has_site=True) for s in sites])
        for number in range(asked.passes):
            at, began = MOMENT + timedelta(days=number), time.process_time()
            play(here, at)
            cost = 1000 * (time.process_time() - began) / asked.columns
            told.append({"cpu": cost, "ways": ways(Path(folder), at)})
        here.store.database.close()
    print(json.dumps({"passes": told}))


if __name__ == "__main__":
    main()
