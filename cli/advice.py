"""`lanmu advice`: which columns to keep, update, merge or close, with the figures for and against."""

from datetime import date
from pathlib import Path

import click

from cli.advice_text import advised_row, print_advised
from cli.moments import moments
from cli.naming import of_site
from cli.options import Day, config_option, environment, json_line, json_option, terminal, translated
from monitor.model.advising import Act
from tasks.advice import advised
from tasks.wiring import build


@click.command()
@click.argument("site", required=False)
@click.option("--all", "everything", is_flag=True, help="Those that are kept, too.")
@click.option("--as-of", "day", type=Day(), help="As it would have been at the end of that day [default: now].")
@config_option
@json_option
def advice(site: str | None, everything: bool, day: date | None, config_dir: Path, as_json: bool) -> None:
    """Advise on columns: update, merge or close.

    Of SITE, or of all sites. A committee decides; this brings before it what has been dead for long, and what speaks
    for each column. What was not seen is kept, and what nobody read is not called missed. With --json: an object a
    column.
    """
    here = build(environment(config_dir))
    here.store.database.check()
    watched = of_site(here.store.findings.watched(), site)
    found = [one for moment, rows in moments(watched, day) for one in advised(here, rows, moment=moment)]
    made = [one for one in found if everything or one.advice.act is not Act.KEEP]
    if as_json:
        for one in made:
            click.echo(json_line(advised_row(one)))
    else:
        print_advised(made, sum(not one.is_seen for one in found), terminal(), translated())
