"""`lanmu evidence`: what came when a column was looked at, what was read of it, and whether it is as it came."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from cli.evidence_text import evidence_row, print_evidence
from cli.naming import watched_named
from cli.options import Day, config_option, environment, json_line, json_option, terminal, translated
from cli.saving import save
from config.problems import quoted
from monitor.edge.store import Store
from monitor.edge.store.findings import Watched
from monitor.model.evidence import BodyState, Shown
from monitor.model.mendable import Mendable, phrase
from tasks.past import end_of
from tasks.wiring import build


@click.command()
@click.argument("column")
@click.option("--at", "day", type=Day(), help="The latest that was kept up to the end of that day [default: of all].")
@click.option("--save", "file", type=click.Path(path_type=Path), help="Write the page, as it came, into this file.")
@click.option("--part", type=click.IntRange(1), default=1, show_default=True, help="Which of the answers to save.")
@click.option("--force", is_flag=True, help="Save over a file that is there.")
@config_option
@json_option
def evidence(
    column: str, day: date | None, file: Path | None, part: int, force: bool, config_dir: Path, as_json: bool
) -> int:
    """Show what a verdict on a column rests on.

    The page and what was followed with it, and what was read of them.

    \b
    COLUMN is the column's name, or SITE/NAME where several sites have one so called.
    A saved page is what a server sent, and may hold anything: look at it in an editor, not in a browser.
    Exit code: 1 when something is not as it came.
    """
    here = build(environment(config_dir))
    here.store.database.check()
    watched = watched_named(here.store, column)
    zone = ZoneInfo(watched.timezone)
    shown = here.store.evidence.shown(watched.column_id, before=end_of(day, watched.timezone) if day else None)
    if shown is None:
        raise _nothing(here.store, watched, day, zone)
    if file is not None:
        save(file, _body(shown, part), force=force)  # first: where it fails, that is all there is to say
    if as_json:
        click.echo(json_line(evidence_row(watched, shown)))
    else:
        kept = here.store.evidence.kept(watched.column_id)
        print_evidence(watched, shown, kept, terminal(), translated())
    return 0 if shown.whole else 1


def _nothing(store: Store, watched: Watched, day: date | None, zone: ZoneInfo) -> Mendable:
    kept = store.evidence.kept(watched.column_id)
    if kept is None or day is None:
        return Mendable(
            phrase(
                "no evidence of {name} is kept: it is where a column is late or due soon, or cannot be seen",
                name=quoted(watched.column),
            )
        )
    first = kept.first.astimezone(zone).date()
    return Mendable(phrase("no evidence of {name} is kept up to {day}; the first is of {first}",
                           name=quoted(watched.column), day=day, first=first))  # fmt: skip


def _body(shown: Shown, part: int) -> bytes:
    """The answer that is to be saved. What is not as it came is given to nobody."""
    if shown.evidence is None:
        raise Mendable(phrase("the record of this look cannot be read any more: it was changed since"))
    if part > len(shown.bodies):
        raise Mendable(phrase("there is no part {part}; there are {count}", part=part, count=len(shown.bodies)))
    held = shown.bodies[part - 1]
    if held.body is None:
        match held.state:
            case BodyState.NOT_KEPT:
                raise Mendable(phrase("part {part} was too large to be kept (evidence.page_kb)", part=part))
            case BodyState.INTACT | BodyState.MISSING | BodyState.ALTERED:
                raise Mendable(phrase("part {part} is not saved: it is not what came", part=part))
    return held.body
