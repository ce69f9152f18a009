"""`lanmu columns`: how each column stands, and why; also what the demo prints."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from gettext import NullTranslations
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.moments import moments
from cli.options import Day, config_option, environment, json_line, json_option, terminal, translated
from monitor.edge.store.figures import RECENT
from monitor.edge.store.findings import Watched
from monitor.model.judging import Standing
from tasks.clock import clock
from tasks.past import stood_on
from tasks.wiring import build
from texts.plain import plain
from texts.words import redesigned_text, standing_text, weak_tls_text, why_text

COLOURS = {
    Standing.FRESH: "green",
    Standing.DUE_SOON: "yellow",
    Standing.OVERDUE: "red",
    Standing.STALE: "bold red",
    Standing.BLANK: "bold red",
    Standing.UNKNOWN: "magenta",
    Standing.NOT_CONFIGURED: "cyan",
    Standing.EXEMPT: "cyan",
}


@click.command()
@click.option("--standing", type=click.Choice([s.value for s in Standing], case_sensitive=False), help="Only these.")
@click.option("--as-of", "day", type=Day(), help="As they stood at the end of that day [default: now].")
@config_option
@json_option
def columns(standing: str | None, day: date | None, config_dir: Path, as_json: bool) -> None:
    """List the watched columns, with their standing and why.

    With --json: an object a line, as in the summary.json of the demo, and when its page was last found redesigned
    within a week.
    """
    here = build(environment(config_dir))
    here.store.database.check()
    watched = here.store.findings.watched()
    if day:
        watched = [one for _, rows in moments(watched, day) for one in stood_on(here, rows, day)]
    shown = [w for w in watched if standing in (None, _standing(w))]
    redesigned = {} if day else here.store.redesigns.since(clock() - RECENT)
    if as_json:
        for one in shown:
            found = redesigned.get(one.column_id)
            click.echo(json_line(column_row(one) | {"redesigned": found and found.isoformat()}))
    else:
        print_columns(shown, terminal(), translated(), redesigned=redesigned)


def _standing(watched: Watched) -> str | None:
    return watched.latest.verdict.standing.value if watched.latest else None


def column_row(watched: Watched) -> dict[str, Any]:
    """A column as an object of JSON; what is not known yet is null."""
    v = watched.latest.verdict if watched.latest else None
    return {
        "site": watched.site,
        "column": watched.column,
        "standing": v and v.standing.value,
        "newest": v and v.newest and str(v.newest),
        "deadline": v and v.deadline and str(v.deadline),
        "days_over": v and v.days_over,
        "why": v and v.why.value,
        "trouble": v and v.trouble and v.trouble.kind.value,
        "weak_tls": watched.weak_tls and watched.weak_tls.reason,
        "finding": watched.finding and watched.finding.state.value,
    }


def print_columns(
    watched: Sequence[Watched], out: Console, t: NullTranslations, *, redesigned: Mapping[int, datetime] | None = None
) -> None:
    """A table for each site. `redesigned`: by id, when a column's page was found to be built in another way."""
    found = redesigned or {}
    for (site, unit, authority), of_site in groupby(watched, key=lambda w: (w.site, w.unit, w.authority)):
        rows = list(of_site)
        name = plain(site) if site == unit else f"{plain(site)}（{plain(unit)}）"
        title = Text(name, style="bold")
        if weak := rows[0].weak_tls:
            title.append(f"\n{weak_tls_text(weak, t)}", style="yellow")
        table = Table(title=title, title_justify="left", box=None, pad_edge=False)
        table.add_column(t.gettext("Column"), min_width=16)
        table.add_column(t.gettext("Standing"), min_width=12)
        table.add_column(t.gettext("Why"), overflow="fold")
        for one in rows:
            standing, why = _cells(one, t)
            if at := found.get(one.column_id):
                why.append(f"\n{redesigned_text(at.astimezone(ZoneInfo(one.timezone)).date(), t)}", style="dim")
            table.add_row(Text(plain(one.column)), standing, why)
        if authority:
            words = t.gettext("robots.txt is not asked for, on the admin's authority: %(why)s")
            table.caption = Text(words % {"why": plain(authority)})
        out.print()
        out.print(table)


def _cells(one: Watched, t: NullTranslations) -> tuple[Text, Text]:
    if one.latest is None:
        return Text(t.gettext("not looked at yet")), Text("")
    v = one.latest.verdict
    return Text(standing_text(v.standing, t), style=COLOURS[v.standing]), Text(why_text(v, t))
