"""The same pieces apart: a Valkey, a PostgreSQL, a beat and two workers, each started by itself, as on many machines.

What a killed worker had claimed comes back twice over: its columns are due again once their claim has run out, and the
queue hands its message to another worker once the visibility timeout has passed. Its places at the hosts are free once
their leases have ended. Nobody waits for any of these here: what stands for the moment is set back instead.
"""

import json
import re
import signal
import socket
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from redis import Redis
from redis.exceptions import ConnectionError as NoConnection

from monitor.edge.ledgers import free_places
from monitor.edge.store import open_store
from tasks.app import LOOK, QUEUE_LEASE, TICK, app
from tasks.clock import clock
from tasks.embedded import server_binary
from tests.journeys.lanmu import environment, is_alive, kill, lanmu, started, until
from tests.journeys.slow_sites import Shown, slow_sites, write_book

COLUMNS = 3
QUICK = range(1, 2 * COLUMNS + 1)  # the columns of the two sites that answer at once
ALL = range(1, 3 * COLUMNS + 1)
WORKERS = ("north", "south")


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """The pieces by name, and where the rest is. One site of three keeps its readers waiting until the gate is open."""

    broker: str
    database: str
    connection: psycopg.Connection
    folder: Path
    gate: threading.Event
    pieces: dict[str, "subprocess.Popen[str]"] = field(default_factory=dict)

    @property
    def environ(self) -> dict[str, str]:
        return environment(
            LANMU_BROKER_URL=self.broker, LANMU_DATABASE_URL=self.database, LANMU_CONFIG=str(self.folder)
        )

    def start(self, name: str, *arguments: str) -> None:
        self.pieces[name] = started(*arguments, env=self.environ, log=self.folder / f"{name}.log")

    def said(self, name: str, pattern: str) -> list[str]:
        return re.findall(pattern, (self.folder / f"{name}.log").read_text("utf-8"))

    def taken(self) -> dict[str, list[str]]:
        """The look tasks that each worker has received, in their order."""
        return {name: self.said(name, r"Task lanmu\.look\[([0-9a-f-]+)\] received") for name in WORKERS}

    def done(self) -> Counter[str]:
        """How often each look task has been done, by whichever worker."""
        return Counter(
            task for name in WORKERS for task in self.said(name, r"Task lanmu\.look\[([0-9a-f-]+)\] succeeded")
        )

    def takers(self, before: dict[str, list[str]]) -> list[str]:
        """The workers that have received a look since then."""
        return [name for name, tasks in self.taken().items() if len(tasks) > len(before[name])]

    def looks(self) -> Counter[int]:
        """How many looks at each column are recorded."""
        return Counter(column for (column,) in self.connection.execute("SELECT column_id FROM observation"))

    def status(self) -> dict[str, Any]:
        shown = lanmu("status", "--json", env=self.environ)
        assert shown.returncode == 0, shown.stderr
        return dict(json.loads(shown.stdout))

    def claim(self) -> str:
        """Claim all columns as a tick of tomorrow would; the batch's token."""
        store = open_store(self.database)
        now = clock()
        token = store.claims.claim(
            origin="apart", at=None, now=now + timedelta(days=1), wall=now, lease=QUEUE_LEASE, limit=300, per_host=50
        )
        store.database.close()
        assert token is not None
        return token

    def send(self, task: str, queue: str, *arguments: str) -> None:
        with app.connection_for_write(self.broker) as connection:
            app.send_task(task, arguments, queue=queue, connection=connection)

    def redeliver(self) -> None:
        """What workers do themselves every few seconds, as if 15 minutes had gone by."""
        with Redis.from_url(self.broker) as queue:
            for tag in queue.zrange("unacked_index", 0, -1):
                queue.zadd("unacked_index", {tag: 1})
        with app.connection_for_read(self.broker) as connection:
            channel: Any = connection.default_channel
            channel.qos.restore_visible()


def children(process: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def kill_all(process: int) -> None:
    below = children(process)
    for one in (process, *below):
        kill(one)


@contextmanager
def valkey(folder: Path) -> Iterator[str]:
    """The address of a real Valkey or Redis server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [server_binary(), "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder)]
    with (
        subprocess.Popen(command, stdout=subprocess.DEVNULL) as server,
        Redis(host="127.0.0.1", port=port) as client,
    ):
        try:
            until(lambda: answers(client), "the queue")
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()


def answers(client: Redis) -> bool:
    try:
        return bool(client.ping())
    except NoConnection:
        return False


@pytest.fixture
def watch(database_url: str, tmp_path: Path) -> Iterator[Watch]:
    gate = threading.Event()
    shown = Shown(newest=clock().date() - timedelta(days=300))
    with valkey(tmp_path) as broker, slow_sites((0.0, 0.0, gate), shown) as homes:
        write_book(tmp_path / "watch", homes, COLUMNS)
        with psycopg.connect(database_url.replace("+psycopg", ""), autocommit=True) as connection:
            folder = tmp_path / "watch"
            watch = Watch(broker=broker, database=database_url, connection=connection, folder=folder, gate=gate)
            yield watch
        gate.set()
        for piece in watch.pieces.values():
            if piece.poll() is None:
                kill_all(piece.pid)
            piece.wait()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_worker_that_comes_before_the_database_is_prepared_says_so(watch: Watch) -> None:
    ended = lanmu("worker", env=watch.environ)
    assert ended.returncode == 2
    assert "is empty; begin with" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_workers_record_each_look_once_whatever_dies(watch: Watch) -> None:
    watch.start("beat", "beat")
    until(lambda: bool(watch.said("beat", "beat: Starting")), "the beat, which prepares the database")
    for name in WORKERS:
        watch.start(name, "worker", "--concurrency", "1")
    the_task_of_a_killed_process_is_run_again_at_once(watch)
    the_status_shows_both_workers_and_the_queue(watch)
    the_same_task_twice_records_each_look_once(watch)
    killed = a_worker_finishes_what_a_killed_one_left(watch)
    both_end_when_told_to(watch, killed)


def the_task_of_a_killed_process_is_run_again_at_once(watch: Watch) -> None:
    """The beat's first tick sends it."""
    until(lambda: watch.looks().keys() == set(QUICK), "the first looks, of the sites that answer")
    (holder,) = watch.takers({name: [] for name in WORKERS})
    for process in children(watch.pieces[holder].pid):
        kill(process)
    free_places(watch.broker)
    watch.gate.set()
    until(lambda: watch.done().total() == 1, "the end of the task")
    assert Counter(task for tasks in watch.taken().values() for task in tasks) == dict.fromkeys(watch.done(), 2)
    assert watch.looks() == dict.fromkeys(ALL, 1)


def the_status_shows_both_workers_and_the_queue(watch: Watch) -> None:
    seen = watch.status()
    assert seen["standings"] == {"STALE": len(ALL)}
    assert [worker["alive"] for worker in seen["workers"]] == [True, True]
    assert seen["queues"].keys() == {"tick", "look", "remind"}
    assert seen["queues"]["look"] == 0


def the_same_task_twice_records_each_look_once(watch: Watch) -> None:
    """Side by side: whoever comes second has nothing to record."""
    watch.gate.clear()
    before, token = watch.taken(), watch.claim()
    watch.send("lanmu.look", LOOK, token)
    watch.send("lanmu.look", LOOK, token)
    until(lambda: watch.takers(before) == list(WORKERS), "both workers at the same batch")
    watch.gate.set()
    until(lambda: watch.done().total() == 3, "both ends")
    assert watch.looks() == dict.fromkeys(ALL, 2)


def a_worker_finishes_what_a_killed_one_left(watch: Watch) -> str:
    """The columns are due again once the claim has run out; the message, when it comes back, finds nothing to do."""
    watch.gate.clear()
    before = watch.taken()
    watch.send("lanmu.look", LOOK, watch.claim())
    until(lambda: all(watch.looks()[column] == 3 for column in QUICK), "the third looks, of the sites that answer")
    (holder,) = watch.takers(before)
    lost = watch.taken()[holder][-1]
    kill_all(watch.pieces[holder].pid)
    free_places(watch.broker)
    watch.gate.set()
    watch.connection.execute("UPDATE batch SET until = until - interval '1 day'")
    watch.connection.execute("""UPDATE "column" SET next_look = NULL WHERE lease IS NOT NULL""")
    watch.send("lanmu.tick", TICK)
    until(lambda: all(watch.looks()[column] == 3 for column in ALL), "the looks that the killed worker left")
    assert lost not in watch.done()
    watch.redeliver()
    until(lambda: watch.done()[lost] == 1, "the end of the task that was handed out again")
    assert watch.looks() == dict.fromkeys(ALL, 3)
    return holder


def both_end_when_told_to(watch: Watch, killed: str) -> None:
    """The worker that ends as it should says goodbye; the killed one still shows."""
    ending = [watch.pieces[name] for name in watch.pieces if name != killed]
    processes = [process for piece in ending for process in (piece.pid, *children(piece.pid))]
    for piece in ending:
        piece.send_signal(signal.SIGTERM)
    assert [piece.wait() for piece in ending] == [0, 0]
    assert not any(is_alive(process) for process in processes)
    assert [worker["name"] for worker in watch.status()["workers"]] == watch.said(killed, r"(worker-\S+) ready")
