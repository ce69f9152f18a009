"""`lanmu probes`: how often each home page did not open in the last seven days."""

from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from cli.options import config_option, environment, json_line, json_option, terminal, translated
from monitor.edge.store.probes import Availability
from tasks.clock import clock
from tasks.wiring import build
from texts.plain import plain

SHOWN = 5  # failures of a site that the table names; all are in the JSON


@click.command()
@config_option
@json_option
def probes(config_dir: Path, as_json: bool) -> None:
    """Show how often each home page did not open in seven days."""
    here = build(environment(config_dir))
    here.store.database.check()
    week = here.store.probes.week(clock().date())
    if as_json:
        for one in week:
            click.echo(json_line(probe_row(one)))
    else:
        print_probes(week)


def probe_row(one: Availability) -> dict[str, object]:
    return {
        "site": one.site,
        "probes": one.probes,
        "failed": one.failed,
        "failed_share": one.share,
        "failures": list(one.failures),
    }


def print_probes(week: list[Availability]) -> None:
    t = translated()
    table = Table(box=None, pad_edge=False)
    for head in (t.gettext("Site"), t.gettext("Probes"), t.gettext("Failed"), t.gettext("Share"), t.gettext("When")):
        table.add_column(head, overflow="fold")
    for one in week:
        share = "–" if one.share is None else f"{one.share:.1%}"
        when = ", ".join(one.failures[-SHOWN:])
        table.add_row(Text(plain(one.site)), str(one.probes), str(one.failed), share, Text(when))
    terminal().print(table)
