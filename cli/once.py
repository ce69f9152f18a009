"""`lanmu once`: one round at one moment, through real workers."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from cli.options import Instant, config_option, environment, in_zone, json_option, translated
from cli.status import print_status, status_row
from tasks.clock import clock
from tasks.once import Played, play
from tasks.running import Run, running
from tasks.wiring import SPOOL


@click.command()
@config_option
@click.option("--now", type=Instant(), help="The moment to play, such as 2026-03-18T09:00 [default: the clock's].")
@json_option
def once(config_dir: Path, now: datetime | None, as_json: bool) -> int:
    """Look at all that is due, send the open digests, and end.

    \b
    The first round finds the baseline and reminds nobody. To see a first digest:
      lanmu once --now 2026-03-18
      lanmu baseline release --all
      lanmu once --now 2026-03-19
    --now plays the clock alone: pages are read as they are today.
    A look that is put off (a site's pace or hours, a held round) is no failure.
    Exit code 1: a look failed through our own fault.
    """
    with ended_by_sigterm(), running(environment(config_dir), beat=False) as run:
        at = in_zone(now, run.book.settings.timezone) if now else clock()
        played = play_with_progress(run, at)
        figures = run.world.store.figures.status(now=at)
        if as_json:
            click.echo(status_row(figures, at=at, queues=None, more={"round": played_row(played)}))
        else:
            click.echo(
                translated().gettext("%(looks)d columns looked at, %(digests)d digests written")
                % {"looks": played.looks, "digests": played.digests}
            )
            if played.until:
                words = translated().gettext(
                    "%(n)d looks put off, the first until %(until)s: nothing is recorded of them"
                )
                until = played.until.astimezone(ZoneInfo(run.book.settings.timezone))
                click.echo(words % {"n": played.put_off, "until": until.strftime("%Y-%m-%d %H:%M")})
            if played.failed:
                words = translated().gettext("%(n)d looks failed through a fault of Lanmu's; see %(log)s")
                click.echo(words % {"n": played.failed, "log": run.log}, err=True)
            if run.world.channel == SPOOL:
                words = translated().gettext("dry run: digests are written to %(folder)s, and nobody is reminded")
                click.echo(words % {"folder": run.world.spool})
            print_status(figures, at=at)
    return 1 if played.failed else 0


def played_row(played: Played) -> dict[str, object]:
    return {
        "looks": played.looks,
        "put_off": played.put_off,
        "put_off_until": played.until and played.until.isoformat(),
        "failed": played.failed,
        "digests": played.digests,
    }


@contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end the block as an exception does, so that what it started is ended too."""

    def end(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_IGN)  # once is enough: the end takes its time
        sys.exit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def play_with_progress(run: Run, at: datetime) -> Played:
    """Play a round; on a terminal with a bar."""
    bar = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*bar, console=console, transient=True, disable=not console.is_terminal) as progress:
        looking = progress.add_task("looking", total=None)
        return play(run, at=at, progress=lambda done, total: progress.update(looking, completed=done, total=total))
