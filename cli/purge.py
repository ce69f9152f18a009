"""`lanmu purge`: takes away the evidence that nobody needs any more; the daemon does it every night."""

from pathlib import Path

import click

from cli.options import config_option, environment, json_line, json_option, translated
from monitor.edge.store.purging import Purged
from tasks.clock import clock
from tasks.evidence import MEGABYTE, purge_evidence
from tasks.wiring import build


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be taken away.")
@config_option
@json_option
def purge(dry_run: bool, config_dir: Path, as_json: bool) -> None:
    """Take away evidence that is too old or too much.

    `evidence:` in lanmu.yaml says how old it may be, and how much room it may take.

    What an open finding rests on stays. The daemon, and `lanmu once`, do the same by themselves.
    """
    here = build(environment(config_dir))
    here.store.database.check()
    done = purge_evidence(here, now=clock(), dry_run=dry_run)
    if as_json:
        click.echo(json_line({"dry_run": dry_run, **_row(done)}))
        return
    t = translated()
    words = {"looks": done.looks, "bodies": done.bodies, "freed": _mb(done.freed), "left": _mb(done.left)}
    if dry_run:
        click.echo(t.gettext("evidence of %(looks)d looks (%(bodies)d pages, %(freed)s MB) would be purged") % words)
    else:
        click.echo(t.gettext("evidence of %(looks)d looks (%(bodies)d pages, %(freed)s MB) is purged") % words)
    click.echo(t.gettext("%(left)s MB are left") % words)


def _row(done: Purged) -> dict[str, int]:
    return {"looks": done.looks, "bodies": done.bodies, "freed_bytes": done.freed, "left_bytes": done.left}


def _mb(size: int) -> str:
    return f"{size / MEGABYTE:.1f}"
