"""`lanmu suspicions`: signs that dates may not be honest, and what a person decides of them."""

from collections.abc import Sequence
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.options import config_option, environment, json_line, json_option, terminal, translated
from monitor.edge.store.suspicions import Decision, Suspected
from monitor.model.mendable import Mendable, phrase
from monitor.model.reading import Entry
from tasks.clock import clock
from tasks.wiring import build
from texts.honesty import decision_text, sign_text
from texts.plain import ADDRESS, plain

LAST = 2**31 - 1  # number that every database can hold
SHOWN = 5  # entries of a suspicion that the table names; all are in the JSON


class NoSuspicion(Mendable):
    """There is none of that number."""


@click.group(invoke_without_command=True)
@click.option("--all", "everything", is_flag=True, help="Those that were decided too.")
@config_option
@json_option
@click.pass_context
def suspicions(ctx: click.Context, everything: bool, config_dir: Path, as_json: bool) -> None:
    """List dates that may not be honest, for a person to check.

    None of them changes a verdict before a person confirms it. A confirmed day no longer counts; a dismissed suspicion
    is not raised again.

    \b
    lanmu suspicions --config DIR
    lanmu suspicions confirm 12 --reason "the text is of 2019" --config DIR
    """
    if ctx.invoked_subcommand:
        return
    here = build(environment(config_dir))
    here.store.database.check()
    found = here.store.suspicions.of(*(Decision if everything else [Decision.OPEN]))
    if as_json:
        for one in found:
            click.echo(json_line(suspicion_row(one)))
    else:
        print_suspicions(found, terminal(), translated())


@suspicions.command()
@click.argument("number", type=click.IntRange(1, LAST))
@click.option("--reason", required=True, help="Why, for whoever asks later.")
@config_option
def confirm(number: int, reason: str, config_dir: Path) -> None:
    """The dates are false: they no longer count."""
    _decide(number, Decision.CONFIRMED, reason, config_dir)


@suspicions.command()
@click.argument("number", type=click.IntRange(1, LAST))
@click.option("--reason", required=True, help="Why, for whoever asks later.")
@config_option
def dismiss(number: int, reason: str, config_dir: Path) -> None:
    """The dates are right: they count, and this is not raised again."""
    _decide(number, Decision.DISMISSED, reason, config_dir)


def _decide(number: int, decision: Decision, reason: str, folder: Path) -> None:
    if not plain(reason).strip():
        raise Mendable(phrase("the reason is blank; say why, for whoever asks later"))
    here = build(environment(folder))
    here.store.database.check()
    if not here.store.suspicions.decide(number, decision, reason=plain(reason).strip(), at=clock()):
        raise NoSuspicion(phrase("there is no suspicion {n}; list them with: lanmu suspicions --all", n=number))
    click.echo(decision_text(decision.value, translated()))


def suspicion_row(one: Suspected) -> dict[str, Any]:
    sign = one.suspicion
    return {
        "id": one.id,
        "site": one.site,
        "column": one.column,
        "url": one.url,
        "sign": sign.sign.value,
        "noticed": sign.noticed.isoformat(),
        "entries": [
            {"title": e.title, "url": e.url, "published": e.published and e.published.isoformat()} for e in sign.entries
        ],
        "known": [day.isoformat() for day in sign.known],
        "decision": one.decision.value,
        "reason": one.reason,
    }


def print_suspicions(found: Sequence[Suspected], out: Console, t: NullTranslations) -> None:
    if not found:
        out.print(t.gettext("nothing: no date gives cause for doubt"))
        return
    table = Table(header_style="bold", pad_edge=False)
    for head in ("", t.gettext("Column"), t.gettext("Sign"), t.gettext("Entries")):
        table.add_column(head, overflow="fold")
    for one in found:
        of = Text("\n").join(
            [Text(plain(f"{one.site} · {one.column}")), Text(plain(one.url, limit=ADDRESS), style="dim")]
        )
        sign = Text("\n").join(
            [Text(sign_text(one.suspicion, t)), Text(decision_text(one.decision.value, t), style="dim")]
        )
        shown = [_entry(entry) for entry in one.suspicion.entries[:SHOWN]]
        table.add_row(str(one.id), of, sign, Text("\n").join(shown))
    out.print(table)


def _entry(entry: Entry) -> Text:
    return Text(f"{entry.published or ''} {plain(entry.title)}")
