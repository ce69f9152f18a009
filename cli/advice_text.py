"""How advice is shown: what is advised, and the figures for it and against it."""

from collections.abc import Sequence
from gettext import NullTranslations
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.advice_row import advice_row
from monitor.model.advising import Act, Figure
from tasks.advice import Advised
from texts.advice import advice_text, figure_text
from texts.plain import plain
from texts.words import standing_text

COLOURS = {Act.KEEP: "green", Act.UPDATE: "yellow", Act.MERGE: "bold red", Act.CLOSE: "bold red"}


def advised_row(one: Advised) -> dict[str, Any]:
    v = one.kin.verdict
    return {
        "site": one.watched.site,
        "column": one.watched.column,
        "standing": v.standing.value,
        "newest": v.newest and str(v.newest),
        "days_over": v.days_over,
        **advice_row(one.advice, one.into),
    }


def advice_lines(one: Advised, t: NullTranslations) -> list[str]:
    """The advice, and the figures, each side in a line of its own."""
    if not one.is_seen:
        return [_said(one, t)]
    sides = ((t.gettext("for it: %s"), one.advice.speaks_for), (t.gettext("against it: %s"), one.advice.speaks_against))
    return [
        _said(one, t),
        *(words % figures_text(figures, t) for words, figures in sides if figures),
    ]


def _said(one: Advised, t: NullTranslations) -> str:
    return advice_text(one.advice, t, into=one.into or "") if one.is_seen else t.gettext("none: it was not seen lately")


def figures_text(figures: Sequence[Figure], t: NullTranslations) -> str:
    return t.gettext("; ").join(figure_text(figure, t) for figure in figures)


def print_advised(made: Sequence[Advised], unseen: int, out: Console, t: NullTranslations) -> None:
    """A table for each site, and of how many columns nothing can be said."""
    if not made and not unseen:
        out.print(t.gettext("nothing: no column is to be updated, merged or closed"))
    sides = (t.gettext("For it"), t.gettext("Against it"))
    heads = (t.gettext("Column"), t.gettext("Standing"), t.gettext("Advice"), *sides)
    for site, rows in groupby(made, key=lambda one: one.watched.site):
        table = Table(title=Text(plain(site), style="bold"), title_justify="left", box=None, pad_edge=False)
        for head in heads:
            table.add_column(head, overflow="fold")
        for one in rows:
            table.add_row(
                Text(plain(one.watched.column)),
                Text(standing_text(one.kin.verdict.standing, t)),
                Text(_said(one, t), style=COLOURS[one.advice.act]),
                Text(figures_text(one.advice.speaks_for, t)),
                Text(figures_text(one.advice.speaks_against, t)),
            )
        out.print(table)
    if unseen:
        words = t.ngettext(
            "nothing can be advised of %(n)d column: it was not seen lately",
            "nothing can be advised of %(n)d columns: they were not seen lately",
            unseen,
        )
        out.print(words % {"n": unseen})
