"""`lanmu try`: what a recipe gives of a page, beside what is read without it; and a recipe to begin with."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from cli.fetching import visiting
from cli.naming import one_named
from cli.options import TIMEZONE, Day, config_option, environment, json_line, json_option, terminal, translated
from cli.trial import trial_of
from cli.trial_text import print_trial, trial_row
from config.book import Book
from config.load import load, load_recipe
from monitor.edge.guard import check_url
from monitor.model.reading import Trouble
from monitor.model.register import Column, Rendering, Site
from tasks.clock import clock


@click.command("try")
@click.argument("source", metavar="COLUMN|URL")
@click.option("--recipe", "file", type=click.Path(path_type=Path), help="A YAML file with the lines of a recipe.")
@click.option("--browser", is_flag=True, help="Let a browser build the page, as `render: browser` does.")
@click.option("--today", type=Day(), help="The day of reading [default: today at the site].")
@config_option
@json_option
def try_(source: str, file: Path | None, browser: bool, today: date | None, config_dir: Path, as_json: bool) -> int:
    """Read a page by a recipe and without one, side by side.

    \b
    COLUMN is the name of a column of the book, or SITE/NAME where several sites have one so called.
    --recipe FILE tries a recipe before it goes into the site file. It holds the same lines:
      recipe:
        record: div.list li
    Exit code: 3 when no list could be read, else 0.
    """
    recipe = load_recipe(file) if file else None
    if "://" in source:
        if reason := check_url(source):
            raise click.BadParameter(f"{source}: {reason}", param_hint="URL")
        url, zone, site, settings, rendering = source, TIMEZONE, None, None, None
    else:
        book = load(config_dir, environment(config_dir))
        settings = book.settings
        site, column = _named(source, book)
        url, zone, recipe, rendering = column.url, site.timezone, recipe or column.recipe, column.render
    with visiting(settings) as visit:
        came = visit.fetch(url, site, rendering or (Rendering() if browser else None))
    trial = trial_of(came, recipe, today=today or clock().astimezone(ZoneInfo(zone)).date())
    if as_json:
        click.echo(json_line(trial_row(url, trial, recipe)))
    else:
        print_trial(url, trial, terminal(), translated())
    return 3 if isinstance(trial.read, Trouble) else 0


def _named(name: str, book: Book) -> tuple[Site, Column]:
    """The one column of the book that is meant, and its site. Raises Mendable."""
    return one_named(name, [(site.name, column.name, (site, column)) for site in book.sites for column in site.columns])
