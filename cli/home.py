"""`lanmu home`: the lists of a home page, and how much of them is new."""

from datetime import date
from gettext import NullTranslations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.fetching import visiting
from cli.options import TIMEZONE, Day, config_option, environment, json_line, json_option, terminal, translated
from cli.trial_text import hint_text
from cli.unbroken import unbroken
from config.book import Book
from config.load import load
from config.problems import ConfigError, Problem, Wrong, did_you_mean, quoted
from monitor.edge.guard import check_url
from monitor.extract import new_entries, newest, read_home
from monitor.model.mendable import phrase
from monitor.model.reading import Home, Listing, Page, Trouble
from monitor.model.register import Site
from tasks.clock import clock
from texts.plain import ADDRESS, plain
from texts.troubles import trouble_text


@click.command()
@click.argument("source", metavar="SITE|URL")
@click.option("--today", type=Day(), help="The day of reading [default: today at the site].")
@config_option
@json_option
def home(source: str, today: date | None, config_dir: Path, as_json: bool) -> int:
    """Read a home page: its lists, and how much of them is new.

    \b
    SITE is the name of a site of the book. New is what was published in the last two weeks, each entry once;
    a day that the page does not show cannot be counted.
    Exit code: 3 when it could not be read, else 0.
    """
    book = None if "://" in source else load(config_dir, environment(config_dir))
    site = _named(source, book) if book else None
    url, zone = (site.home, site.timezone) if site else (source, TIMEZONE)
    if site is None and (reason := check_url(url)):
        raise click.BadParameter(f"{url}: {reason}", param_hint="URL")
    day = today or clock().astimezone(ZoneInfo(zone)).date()
    with visiting(book.settings if book else None) as visit:
        came = visit.fetch(url, site)
    read = unbroken(lambda: read_home(came, today=day)) if isinstance(came, Page) else came
    if as_json:
        click.echo(json_line({"url": url, **home_row(read, day)}))
    else:
        _print(url, read, day, terminal(), translated())
    return 3 if isinstance(read, Trouble) else 0


def _named(name: str, book: Book) -> Site:
    """The site of the book that is meant. Raises Mendable."""
    sites = {site.name: site for site in book.sites}
    if name in sites:
        return sites[name]
    wrong = Wrong(phrase("no site of the book has this name"), did_you_mean(name, list(sites)[:40]))
    raise ConfigError([Problem.of(quoted(name), wrong)])


def home_row(read: Home | Trouble, today: date) -> dict[str, Any]:
    """One object of JSON; `lists` and `new` are null where the page could not be read."""
    hints = [{"kind": hint.kind.value, "url": hint.url} for hint in read.hints]
    if isinstance(read, Trouble):
        unread = {"title": "", "navigation": False, "new": None, "lists": None, "hints": hints}
        return {**unread, "trouble": read.kind.value, "detail": read.detail}
    return {
        "title": read.title,
        "navigation": read.navigation,
        "new": new_entries(read.listings, today=today),
        "lists": [_list_row(listing, today) for listing in read.listings],
        "hints": hints,
        "trouble": None,
        "detail": "",
    }


def _list_row(listing: Listing, today: date) -> dict[str, Any]:
    top = newest(listing, today=today)
    return {
        "heading": listing.heading,
        "more": listing.more,
        "entries": len(listing.entries),
        "newest": top and str(top),
        "new": new_entries([listing], today=today),
        "confidence": listing.confidence,
    }


def _print(url: str, read: Home | Trouble, today: date, out: Console, t: NullTranslations) -> None:
    out.print(Text(plain((read.title if isinstance(read, Home) else "") or url, limit=ADDRESS), style="bold"))
    if isinstance(read, Trouble):
        out.print(Text(trouble_text(read, t), style="magenta"))
    elif read.navigation:
        out.print(t.gettext("this page only leads to other pages: it has no lists"))
    else:
        out.print(_lists(read, today, t))
        words = t.gettext("%(lists)d lists; %(new)d entries of the last two weeks, each counted once")
        out.print(words % {"lists": len(read.listings), "new": new_entries(read.listings, today=today)})
    for hint in read.hints:
        out.print(Text(hint_text(hint, t) % {"url": plain(hint.url, limit=ADDRESS)}))


def _lists(read: Home, today: date, t: NullTranslations) -> Table:
    table = Table(header_style="bold", pad_edge=False)
    for head in (t.gettext("List"), t.gettext("Entries"), t.gettext("New"), t.gettext("Newest"), t.gettext("More")):
        table.add_column(head, overflow="fold")
    for listing in read.listings:
        row = _list_row(listing, today)
        table.add_row(
            Text(plain(listing.heading or "–")),
            str(row["entries"]),
            str(row["new"]),
            row["newest"] or "–",
            Text(plain(listing.more or "–", limit=ADDRESS)),
        )
    return table
