"""`lanmu explain`: what was seen of a column, which rule measures it, which day counts, and what would change it."""

from datetime import date
from pathlib import Path

import click

from cli.explain_text import explained_row, print_explained
from cli.naming import watched_named
from cli.options import Day, config_option, environment, json_line, json_option, terminal, translated
from config.policy import policy_for
from config.problems import quoted
from monitor.model.mendable import Mendable, phrase
from monitor.workdays import local_day
from tasks.clock import clock
from tasks.past import end_of, told
from tasks.wiring import build


@click.command()
@click.argument("column")
@click.option("--as-of", "day", type=Day(), help="As it stood at the end of that day [default: now].")
@config_option
@json_option
def explain(column: str, day: date | None, config_dir: Path, as_json: bool) -> None:
    """Explain how a column stands, and why.

    \b
    COLUMN is the column's name, or SITE/NAME where several sites have one so called.
    --as-of judges a past day again, by the duty that held then and by what had been seen.
    """
    here = build(environment(config_dir))
    here.store.database.check()
    watched = watched_named(here.store, column)
    today = local_day(clock(), watched.timezone)
    past = here.store.pasts.before(watched.column_id, end_of(not_ahead(day, today) or today, watched.timezone))
    if past is None:
        words = phrase("{name} had not been looked at by {day}", name=quoted(watched.column), day=day or today)
        raise Mendable(words)
    found, policy = told(here, past), policy_for(here.settings.preset)
    if as_json:
        click.echo(json_line(explained_row(watched, found, policy)))
    else:
        print_explained(watched, found, policy, terminal(), translated())


def not_ahead(day: date | None, today: date) -> date | None:
    """The day that was asked for, if it has come. Raises Mendable."""
    if day is not None and day > today:
        raise Mendable(phrase("{day} has not come yet", day=day))
    return day
