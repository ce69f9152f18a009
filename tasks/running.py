"""A run: one state folder, its lock, its queue, its store brought up to date, and its processes under one parent."""

import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from config.book import Book
from config.load import load
from monitor.edge.ledgers import free_places
from monitor.model.mendable import phrase
from tasks.app import use_broker
from tasks.board import check_broker, depths
from tasks.embedded import BrokerDown, Embedded
from tasks.logs import logged
from tasks.parent import Child, Parent
from tasks.state import locked, private, writable
from tasks.wiring import World, build, config_folder

STOP_SECONDS = 8.0  # of the ten that a daemon has to end
START_SECONDS = 10.0
BROKER_FILE = "broker.url"  # tells other commands where the embedded queue is


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run works with while it lasts."""

    book: Book
    world: World
    parent: Parent
    log: Path
    own_queue: str | None  # its address, where no other run's workers use it

    def free(self) -> None:
        """What this run's processes had claimed is due again, and their places at the hosts are empty."""
        self.world.store.claims.free(self.world.origin)
        self.world.store.outbox.free(self.world.origin)
        if self.own_queue:
            free_places(self.own_queue)


@contextmanager
def running(environ: Mapping[str, str], *, beat: bool, aloud: bool = False) -> Iterator[Run]:
    """Start everything, and end everything at the way out. The first problem is raised before anything has started.

    The log goes to the state folder, and `aloud` to standard error too.
    """
    book = load(config_folder(environ), environ)
    state = book.settings.state
    with private(), locked(state), logged(state, aloud=aloud) as log:
        environ = {**environ, "LANMU_ORIGIN": f"{socket.gethostname()}:{state}", "REMAP_SIGTERM": "SIGQUIT"}
        parent = Parent(environ)
        embedded = None if environ.get("LANMU_BROKER_URL") else Embedded(state / "queue")
        try:
            url = environ.get("LANMU_BROKER_URL") or _start_queue(parent, embedded)
            use_broker(url)
            check_broker()
            parent.environ["LANMU_BROKER_URL"] = url
            world = build(environ, migrate=True)
            run = Run(book=book, world=world, parent=parent, log=log, own_queue=url if embedded else None)
            run.world.store.register.sync(book.sites, book.units)
            run.free()
            for child in parent.children:
                child.on_death = run.free  # a queue that is killed may lose the last second's tasks
            with writable(state / BROKER_FILE):
                (state / BROKER_FILE).write_text(url, encoding="utf-8")
            _start_workers(run, beat=beat)
            try:
                yield run
            finally:
                workers = parent.processes("worker")
                parent.stop(STOP_SECONDS)
                run.free()
                for process in workers:  # ended by us, it has no time to say farewell itself
                    run.world.store.figures.farewell(node_name(process))
        finally:
            parent.stop(STOP_SECONDS)
            with suppress(OSError):  # it may be none of ours
                (state / BROKER_FILE).unlink()
            if embedded:
                embedded.forget()


def _start_queue(parent: Parent, embedded: Embedded | None) -> str:
    assert embedded is not None
    with writable(embedded.folder):
        embedded.prepare()
    parent.start(Child(name="queue", command=embedded.command()))
    until = time.monotonic() + START_SECONDS
    while not embedded.socket.exists():
        parent.watch()
        if time.monotonic() > until:
            raise BrokerDown(phrase("the embedded queue did not start within {n} s; see the log", n=int(START_SECONDS)))
        time.sleep(0.02)
    return embedded.url


def _start_workers(run: Run, *, beat: bool) -> None:
    lanmu = [sys.executable, "-P", "-m", "cli.main"]
    # With events a worker that ends after its queue, as when the parent was killed, hangs on telling the queue of it.
    run.parent.start(Child(name="worker", command=[*lanmu, "worker", "--no-events"], on_death=run.free))
    if beat:
        run.parent.start(Child(name="beat", command=[*lanmu, "beat", "--no-register"]))


def node_name(process: int) -> str:
    """The name of a worker: several may work on one host."""
    return f"worker-{process}@{socket.gethostname()}"


def queue_depths(environ: Mapping[str, str], state: Path) -> dict[str, int] | None:
    """How many tasks wait in each queue; None where no queue is configured and no daemon runs here.

    Raises BrokerDown when a configured broker does not answer.
    """
    configured = environ.get("LANMU_BROKER_URL")
    embedded = state / BROKER_FILE
    if not configured and not embedded.is_file():
        return None
    use_broker(configured or embedded.read_text("utf-8", errors="replace"))
    try:
        check_broker()
    except BrokerDown:
        if configured:
            raise
        return None  # left behind by a daemon that was killed
    return depths()
