"""`lanmu inspect`: a site by the official tables, or all sites ranked within their groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from cli.inspect_text import inspection_row, print_inspection, print_ranking
from cli.moments import moments
from cli.naming import of_site
from cli.options import Day, config_option, environment, json_line, json_option, terminal, translated
from config.load import load_policy
from config.problems import did_you_mean, quoted
from monitor.edge.store.findings import Watched
from monitor.model.inspecting import Inspection
from monitor.model.mendable import Mendable, phrase
from monitor.model.policy import Policy, ScoreMode
from monitor.model.register import Group
from tasks.clock import clock
from tasks.inspecting import compared, inspections
from tasks.past import stood_on
from tasks.wiring import World, build, config_folder


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
@click.option("--no-services", is_flag=True, help="With SITE: it offers the public no services (2019: 75 × 4/3).")
@click.option("--as-of", "day", type=Day(), help="As it stood at the end of that day [default: now].")
@click.option("--compare", "before", type=Day(), help="With how it stood at the end of that day (上期).")
@config_option
@json_option
def inspect(
    site: str | None,
    group: str | None,
    mode: str,
    found: tuple[tuple[str, int], ...],
    no_services: bool,
    day: date | None,
    before: date | None,
    config_dir: Path,
    as_json: bool,
) -> None:
    """Inspect SITE by the official tables, or rank all sites.

    What was not seen counts for nobody; it is said wherever it could turn a line. With --json: an object a site.
    --compare tells what has changed since a past day: what counts now, what no longer does, what is out of sight.

    \b
    lanmu inspect 财政局 --found 19-V1=0 --found 19-V5b=0
    lanmu inspect --as-of 2026-03-31 --compare 2025-12-31
    """
    if (found or no_services) and site is None:
        raise click.UsageError(f"{'--found' if found else '--no-services'} needs a SITE")
    if before and before >= (day or clock().date()):
        raise Mendable(phrase("{before} is not before {day}", before=before, day=day or clock().date()))
    environ = environment(config_dir)
    here, policy = build(environ), load_policy(config_folder(environ), environ)
    here.store.database.check()
    watched = of_site(here.store.findings.watched(), site)
    asked = _Asked(here=here, watched=watched, policy=policy, mode=ScoreMode(mode), group=group, serves=not no_services)
    made = asked.made(day, by_hand=_known(policy, dict(found)))
    changes = compared(made, asked.made(before)) if before else {}
    if as_json:
        for one in made:
            click.echo(json_line(inspection_row(one, since=before, change=changes.get(one.site))))
    elif site is not None:
        for one in made:
            print_inspection(one, terminal(), translated(), since=before, change=changes.get(one.site))
    else:
        print_ranking(made, terminal(), translated(), since=before, changes=changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is inspected, and how."""

    here: World
    watched: Sequence[Watched]
    policy: Policy
    mode: ScoreMode
    group: str | None
    serves: bool

    def made(self, day: date | None, *, by_hand: Mapping[str, int] | None = None) -> list[Inspection]:
        """The inspections now, or at the end of a past day."""
        return [
            one
            for now, rows in moments(self.watched, day)
            for one in inspections(
                self.here,
                stood_on(self.here, rows, day) if day else rows,
                self.policy,
                mode=self.mode,
                now=now,
                by_hand=by_hand,
                serves=self.serves,
            )
            if self.group in (None, one.group.value)
        ]


def _known(policy: Policy, by_hand: dict[str, int]) -> dict[str, int]:
    lines = [*(veto.id for veto in policy.vetoes), *(line.id for line in policy.deductions)]
    for id_ in by_hand:
        if id_ not in lines:
            mend = did_you_mean(id_, lines).said()
            raise Mendable(phrase("the tables have no line {id}; {mend}", id=quoted(id_), mend=mend))
    return by_hand
