"""`lanmu explain`: what was seen of a column, which rule measures it, which day counts, and what would change it."""

from datetime import date
from pathlib import Path

import click

from cli.explain_text import explained_row, print_explained
from cli.moments import last_of
from cli.naming import of_site, watched_named
from cli.options import Day, config_option, environment, json_line, json_option, terminal, translated
from config.policy import policy_for
from config.problems import quoted
from monitor.model.mendable import Mendable, phrase
from monitor.workdays import local_day
from tasks.advice import advised
from tasks.clock import clock
from tasks.past import told
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
    moment = last_of(day, watched.timezone) if day else clock()
    past = here.store.pasts.before(watched.column_id, moment)
    if past is None:
        by = day or local_day(moment, watched.timezone)
        raise Mendable(phrase("{name} had not been looked at by {day}", name=quoted(watched.column), day=by))
    siblings = of_site(here.store.findings.watched(), watched.site)
    [advice] = [one for one in advised(here, siblings, moment=moment) if one.watched.column_id == watched.column_id]
    found, policy = told(here, past), policy_for(here.settings.preset)
    if as_json:
        click.echo(json_line(explained_row(watched, found, advice, policy)))
    else:
        print_explained(watched, found, advice, policy, terminal(), translated())
