"""`lanmu inspect`: a site by the official tables, or all sites ranked within their groups."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from gettext import NullTranslations
from itertools import groupby
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.options import Day, config_option, environment, json_line, json_option, terminal, translated
from config.load import load_policy
from config.problems import did_you_mean, quoted
from monitor.edge.store.findings import Watched
from monitor.inspection import rank
from monitor.model.inspecting import Deducted, Inspection, Outcome, VetoSeen
from monitor.model.judging import Standing
from monitor.model.mendable import Mendable, phrase
from monitor.model.policy import Policy, ScoreMode
from monitor.model.register import Group
from tasks.clock import clock
from tasks.inspecting import inspections
from tasks.past import end_of, watched_on
from tasks.wiring import build, config_folder
from texts.inspections import deducted_text, outcome_text, points_text, score_text, veto_text
from texts.plain import plain
from texts.words import group_text

COLOURS = {Outcome.HIT: "bold red", Outcome.WARNING: "yellow", Outcome.CLEAR: "green"}


class Found(click.ParamType[tuple[str, int]]):
    """What a person has found of a line, such as 19-V1=0."""

    name = "line=n"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        if isinstance(value, tuple):
            return value
        line, _, count = str(value).partition("=")
        if not count.isdecimal() or len(count) > len("100000"):
            self.fail(f"{value!r} is no finding; write the line and how often, like 19-V1=0", param, ctx)
        return line, int(count)


@click.command()
@click.argument("site", required=False)
@click.option("--group", type=click.Choice([group.value for group in Group]), help="Only the sites of this group.")
@click.option(
    "--mode",
    type=click.Choice([mode.value for mode in ScoreMode]),
    default=ScoreMode.OF_HUNDRED.value,
    help="How points become a score [default: of_hundred].",
)
@click.option("--found", multiple=True, type=Found(), help="With SITE: how often a person found what a line counts.")
@click.option("--as-of", "day", type=Day(), help="As it stood at the end of that day [default: now].")
@config_option
@json_option
def inspect(
    site: str | None,
    group: str | None,
    mode: str,
    found: tuple[tuple[str, int], ...],
    day: date | None,
    config_dir: Path,
    as_json: bool,
) -> None:
    """Inspect SITE by the official tables, or rank all sites.

    What was not seen counts for nobody; it is said wherever it could turn a line. With --json: an object a site.

    \b
    lanmu inspect 财政局 --found 19-V1=0 --found 19-V5b=0
    lanmu inspect --as-of 2026-03-31
    """
    environ = environment(config_dir)
    here, policy = build(environ), load_policy(config_folder(environ), environ)
    here.store.database.check()
    watched = watched_on(here, day, site=site) if day else here.store.findings.watched()
    if found and site is None:
        raise click.UsageError("--found needs a SITE")
    if site is not None:
        watched = [one for one in watched if one.site == site] or _unknown(site, sorted({w.site for w in watched}))
    by_hand = _known(policy, dict(found))
    made = [
        one
        for now, sites in _moments(watched, day)
        for one in inspections(here, sites, policy, mode=ScoreMode(mode), now=now, by_hand=by_hand)
        if group in (None, one.group.value)
    ]
    if as_json:
        for one in made:
            click.echo(json_line(inspection_row(one)))
    elif site is not None:
        for one in made:
            print_inspection(one, terminal(), translated())
    else:
        print_ranking(made, terminal(), translated())


def _moments(watched: Sequence[Watched], day: date | None) -> Iterator[tuple[datetime, list[Watched]]]:
    """The moment at which sites are inspected: now, or the last one of that day where they are."""
    if day is None:
        yield clock(), list(watched)
        return
    for zone, sites in groupby(sorted(watched, key=lambda one: one.timezone), key=lambda one: one.timezone):
        yield end_of(day, zone) - timedelta(microseconds=1), list(sites)


def _unknown(site: str, names: Sequence[str]) -> Any:
    raise Mendable(
        phrase("no site {name} is watched; {mend}", name=quoted(site), mend=did_you_mean(site, names).said())
    )


def _known(policy: Policy, by_hand: dict[str, int]) -> dict[str, int]:
    lines = [*(veto.id for veto in policy.vetoes), *(line.id for line in policy.deductions)]
    for id_ in by_hand:
        if id_ not in lines:
            mend = did_you_mean(id_, lines).said()
            raise Mendable(phrase("the tables have no line {id}; {mend}", id=quoted(id_), mend=mend))
    return by_hand


def inspection_row(one: Inspection) -> dict[str, Any]:
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


def print_inspection(one: Inspection, out: Console, t: NullTranslations) -> None:
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


def print_ranking(made: Sequence[Inspection], out: Console, t: NullTranslations) -> None:
    """A table for each of the three groups."""
    for group, ranked in rank(made).items():
        heads = (t.gettext("Vetoes"), t.gettext("Warnings"), t.gettext("Late"), t.gettext("Not seen"))
        table = _table(t.gettext("Place"), t.gettext("Site"), *heads, t.gettext("Score"))
        table.title, table.title_justify, table.title_style = Text(group_text(group, t)), "left", "bold"
        for place in ranked:
            one = place.inspection
            score = "–" if one.score is None else score_text(one, t)
            figures = (_ids(one, Outcome.HIT), _ids(one, Outcome.WARNING), str(one.late), str(_unseen(one)))
            table.add_row(str(place.place), Text(plain(one.site)), *figures, score)
        out.print(table)


def _ids(one: Inspection, outcome: Outcome) -> str:
    return " ".join(seen.veto.id for seen in one.vetoes if seen.outcome is outcome)


def _unseen(one: Inspection) -> int:
    return dict(one.standings).get(Standing.UNKNOWN.value, 0)


def _table(*heads: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    return table
