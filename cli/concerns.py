"""`lanmu concerns`: columns that cannot be seen and sites that do not answer, for their technical contacts."""

from collections.abc import Sequence
from datetime import datetime
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.options import config_option, environment, json_line, json_option, terminal, translated
from monitor.edge.store.unseen import Hidden
from monitor.model.reading import Trouble, TroubleKind
from monitor.model.watching import Concern, Outage
from tasks.wiring import build
from texts.plain import ADDRESS, plain
from texts.troubles import trouble_text

Down = tuple[str, Outage]


@click.command()
@config_option
@json_option
def concerns(config_dir: Path, as_json: bool) -> None:
    """List what the technical contacts of the sites must see to.

    Sites that do not answer, and columns that have not been seen for more than 5 working days, or whose pages are
    gone. None of it is held against an officer. With --json: an object a line.
    """
    here = build(environment(config_dir))
    here.store.database.check()
    down, hidden = here.store.unseen.down(), here.store.unseen.concerns()
    if as_json:
        for row in (*map(down_row, down), *map(hidden_row, hidden)):
            click.echo(json_line(row))
    else:
        print_concerns(down, hidden, terminal(), translated())


def down_row(down: Down) -> dict[str, Any]:
    """`looks` counts rounds for a site."""
    site, outage = down
    stretch = _stretch(outage.since, outage.last_at, outage.rounds, outage.trouble)
    return {"concern": "down", "site": site, "column": None, "url": None, **stretch}


def hidden_row(hidden: Hidden) -> dict[str, Any]:
    unseen = hidden.unseen
    concern = unseen.concern and unseen.concern.value
    stretch = _stretch(unseen.since, unseen.last_at, unseen.looks, unseen.trouble)
    return {"concern": concern, "site": hidden.site, "column": hidden.column, "url": hidden.url, **stretch}


def _stretch(since: datetime, last_at: datetime, looks: int, trouble: TroubleKind) -> dict[str, Any]:
    return {"since": since.isoformat(), "last": last_at.isoformat(), "looks": looks, "trouble": trouble.value}


def print_concerns(down: Sequence[Down], hidden: Sequence[Hidden], out: Console, t: NullTranslations) -> None:
    if not down and not hidden:
        out.print(t.gettext("nothing: every site answers, and every column was seen lately"))
        return
    table = Table(header_style="bold", pad_edge=False)
    for head in (t.gettext("Site"), t.gettext("Column"), t.gettext("Since"), t.gettext("What to do")):
        table.add_column(head, overflow="fold")
    for site, outage in down:
        what = Text(t.gettext("does not answer"), style="magenta")
        table.add_row(Text(plain(site)), what, _since(outage.since, outage.rounds), _advice(outage.trouble, t))
    for one in hidden:
        of = Text("\n").join([Text(plain(one.column)), Text(plain(one.url, limit=ADDRESS), style="dim")])
        what = Text("\n").join([Text(_concern(one.unseen.concern, t), style="magenta"), _advice(one.unseen.trouble, t)])
        table.add_row(Text(plain(one.site)), of, _since(one.unseen.since, one.unseen.looks), what)
    out.print(table)


def _since(since: datetime, looks: int) -> Text:
    return Text(f"{since.isoformat(sep=' ', timespec='minutes')} ×{looks}")


def _advice(trouble: TroubleKind, t: NullTranslations) -> Text:
    return Text(trouble_text(Trouble(kind=trouble), t))


def _concern(concern: Concern | None, t: NullTranslations) -> str:
    match concern:
        case Concern.LASTING:
            return t.gettext("not seen for more than 5 working days")
        case Concern.GONE:
            return t.gettext("the page is gone")
        case None:
            return ""
