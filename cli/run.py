"""`lanmu run`: the daemon, all its parts under one parent; and the parts apart, `lanmu worker` and `lanmu beat`."""

import os
import signal
import threading
from contextlib import closing
from pathlib import Path

import click

from cli.options import config_option, environment
from config.load import load
from monitor.model.mendable import phrase
from tasks.app import QUEUES, app, use_broker
from tasks.board import check_broker
from tasks.embedded import BrokerDown
from tasks.parent import end_with_parent
from tasks.running import node_name, running
from tasks.state import private, writable
from tasks.wiring import build, config_folder

WATCH_SECONDS = 0.5


@click.command()
@config_option
def run(config_dir: Path) -> None:
    """Watch until told to stop: queue, worker and beat in one.

    SIGTERM or Ctrl-C ends the daemon within 10 seconds; unfinished looks are due again at the next start.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with running(environment(config_dir), beat=True, aloud=True) as here:
        click.echo(f"lanmu: watching {len(here.book.sites)} sites; stop with Ctrl-C", err=True)
        while not stop.wait(WATCH_SECONDS):
            here.parent.watch()
    click.echo("lanmu: stopped", err=True)


@click.command()
@config_option
@click.option("--concurrency", type=click.IntRange(1, 64), help="Processes [default: workers in lanmu.yaml].")
@click.option("--queues", default=",".join(QUEUES), show_default=True, help="Which queues to take tasks from.")
@click.option(
    "--events/--no-events", default=True, show_default=True, help="Tell monitors such as Flower that it lives."
)
@private()
def worker(config_dir: Path, concurrency: int | None, queues: str, events: bool) -> int:
    """Work on the tasks of the broker at LANMU_BROKER_URL.

    Exit code 1: it could not begin, or had to give up.
    """
    os.environ.update(environment(config_dir))
    end_with_parent(os.environ)
    here = build(os.environ)
    _use_broker()
    with closing(here.store.database) as database:  # only to see that everything can be had
        database.check()
    processes = app.Worker(
        hostname=node_name(os.getpid()),
        loglevel="INFO",
        without_mingle=True,
        without_gossip=not events,
        without_heartbeat=not events,
        concurrency=concurrency or here.settings.workers,
        queues=queues,
    )
    processes.start()
    return int(processes.exitcode or 0)


@click.command()
@config_option
@click.option("--register/--no-register", default=True, help="Bring the book into the store first.", show_default=True)
@private()
def beat(config_dir: Path, register: bool) -> None:
    """Tick for the workers of the broker at LANMU_BROKER_URL. Run one."""
    os.environ.update(environment(config_dir))
    end_with_parent(os.environ)
    _use_broker()
    if register:
        book = load(config_folder(os.environ), os.environ)
        with writable(book.settings.state):
            book.settings.state.mkdir(parents=True, exist_ok=True)
        here = build(os.environ, migrate=True)
        here.store.register.sync(book.sites, book.units)
        here.store.database.close()
    app.Beat(loglevel="INFO", scheduler="celery.beat:Scheduler").run()


def _use_broker() -> None:
    url = os.environ.get("LANMU_BROKER_URL")
    if not url:
        raise BrokerDown(
            phrase("LANMU_BROKER_URL is not set; set it to redis://HOST:6379/0, or start everything with: lanmu run")
        )
    use_broker(url)
    check_broker()
