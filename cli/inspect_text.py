"""How `lanmu inspect` shows inspections, rankings, and what has changed since the period before."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from gettext import NullTranslations
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.inspection import rank
from monitor.model.inspecting import Comparison, Deducted, Inspection, Outcome, VetoSeen
from texts.inspections import change_lines, deducted_text, outcome_text, points_text, score_text, veto_text
from texts.plain import plain
from texts.words import group_text

COLOURS = {Outcome.HIT: "bold red", Outcome.WARNING: "yellow", Outcome.CLEAR: "green"}


def inspection_row(one: Inspection, *, since: date | None = None, change: Comparison | None = None) -> dict[str, Any]:
    """As an object of JSON. `since` is the day it is compared with; no change: nothing of the site was seen then."""
    row = _row(one)
    return row | {"compared": change and {"day": str(since), **_change_row(change)}} if since else row


def _change_row(change: Comparison) -> dict[str, Any]:
    return {
        "same_rules": change.same_rules,
        "late": change.late,
        "unseen": change.unseen,
        "score": change.score,
        "vetoes": [
            {
                "id": one.veto.id,
                "was": one.was.value,
                "now": one.now.value,
                "added": list(one.added),
                "cleared": list(one.cleared),
                "lost": list(one.lost),
            }
            for one in change.vetoes
        ],
    }


def _row(one: Inspection) -> dict[str, Any]:
    return {
        "site": one.site,
        "unit": one.unit,
        "group": one.group.value,
        "day": str(one.at),
        "policy": one.policy,
        "mode": one.mode.value,
        "unqualified": one.unqualified,
        "score": one.score,
        "no_score": one.no_score and one.no_score.value,
        "standings": dict(one.standings),
        "vetoes": [_veto_row(seen) for seen in one.vetoes],
        "deductions": [_deducted_row(line) for line in one.deducted],
    }


def _veto_row(seen: VetoSeen) -> dict[str, Any]:
    return {
        "id": seen.veto.id,
        "source": seen.veto.source,
        "outcome": seen.outcome.value,
        "measured": seen.measured,
        "line": seen.veto.at_least,
        "left": seen.left,
        "could": seen.could,
        "columns": list(seen.columns),
        "doubts": [asdict(doubt) for doubt in seen.doubts],
    }


def _deducted_row(line: Deducted) -> dict[str, Any]:
    return {
        "id": line.deduction.id,
        "source": line.deduction.source,
        "count": line.count,
        "points": line.points,
        "columns": list(line.columns),
        "doubts": [asdict(doubt) for doubt in line.doubts],
    }


def print_inspection(
    one: Inspection,
    out: Console,
    t: NullTranslations,
    *,
    since: date | None = None,
    change: Comparison | None = None,
) -> None:
    title = t.gettext("%(site)s, %(day)s, by %(policy)s") % {
        "site": plain(one.site),
        "day": one.at,
        "policy": one.policy,
    }
    out.print(Text(title, style="bold"))
    if one.unqualified:
        out.print(Text(t.gettext("unqualified"), style="bold red"))
    out.print(_vetoes(one, t))
    if one.deducted:
        out.print(_deductions(one, t))
    out.print(Text(t.gettext("Score: %s") % score_text(one, t)))
    if since:
        out.print(Text(t.gettext("Since %(day)s") % {"day": since}, style="bold"))
        for line in change_lines(change, t):
            out.print(Text(line))


def _vetoes(one: Inspection, t: NullTranslations) -> Table:
    table = _table("", t.gettext("Veto"), t.gettext("Outcome"), t.gettext("What was seen"), t.gettext("Rule"))
    for seen in one.vetoes:
        outcome = Text(outcome_text(seen.outcome, t), style=COLOURS.get(seen.outcome, "magenta"))
        table.add_row(seen.veto.id, seen.veto.zh, outcome, Text(veto_text(seen, t)), seen.veto.source)
    return table


def _deductions(one: Inspection, t: NullTranslations) -> Table:
    table = _table("", t.gettext("Deduction"), t.gettext("Points"), t.gettext("What was seen"), t.gettext("Rule"))
    for line in one.deducted:
        name, seen = Text(plain(line.deduction.zh)), Text(deducted_text(line, t))
        table.add_row(plain(line.deduction.id), name, points_text(line, t), seen, Text(plain(line.deduction.source)))
    return table


def print_ranking(
    made: Sequence[Inspection],
    out: Console,
    t: NullTranslations,
    *,
    since: date | None = None,
    changes: Mapping[str, Comparison] | None = None,
) -> None:
    """A table for each of the three groups."""
    for group, ranked in rank(made).items():
        heads = (t.gettext("Vetoes"), t.gettext("Warnings"), t.gettext("Late"), t.gettext("Not seen"))
        more = (t.gettext("Since %(day)s") % {"day": since},) if since else ()
        table = _table(t.gettext("Place"), t.gettext("Site"), *heads, t.gettext("Score"), *more)
        table.title, table.title_justify, table.title_style = Text(group_text(group, t)), "left", "bold"
        for place in ranked:
            one = place.inspection
            score = "–" if one.score is None else score_text(one, t)
            figures = (_ids(one, Outcome.HIT), _ids(one, Outcome.WARNING), str(one.late), str(one.unseen))
            told = (Text("\n".join(change_lines((changes or {}).get(one.site), t))),) if since else ()
            table.add_row(str(place.place), Text(plain(one.site)), *figures, score, *told)
        out.print(table)


def _ids(one: Inspection, outcome: Outcome) -> str:
    return " ".join(seen.veto.id for seen in one.vetoes if seen.outcome is outcome)


def _table(*heads: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    return table
