"""`lanmu baseline`: what was found on day one waits here until an admin lets it out."""

from datetime import datetime
from pathlib import Path

import click

from cli.options import config_option, environment, translated
from monitor.edge.store import Store
from monitor.remind import release
from tasks.clock import clock
from tasks.wiring import build


@click.group()
def baseline() -> None:
    """Release what was found on day one.

    Nobody is reminded of it before.
    """


@baseline.command("release")
@click.option("--all", "everything", is_flag=True, required=True, help="Release every finding of the baseline.")
@config_option
def release_command(everything: bool, config_dir: Path) -> None:
    """Release findings: they become reminders once two looks 20 hours apart agree."""
    here = build(environment(config_dir))
    here.store.database.check()
    released = release_all(here.store, at=clock())
    words = translated().ngettext("%(n)d finding released", "%(n)d findings released", released)
    click.echo(words % {"n": released})


def release_all(store: Store, *, at: datetime) -> int:
    """Release every finding of the baseline; how many there were."""
    waiting = store.findings.baseline()
    for id_, finding in waiting:
        store.findings.save(id_, release(finding, now=at), at=at, reason="released")
    return len(waiting)
