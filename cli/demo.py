"""`lanmu demo`: two simulated mornings of the sample municipality, through real workers."""

import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from gettext import NullTranslations
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from rich.console import Console

from cli.baseline import release_all
from cli.columns import column_row, print_columns
from cli.once import ended_by_sigterm, play_with_progress
from cli.options import Day, terminal, translated
from monitor.edge.store.findings import Watched
from monitor.model.judging import Standing
from monitor.model.mendable import Mendable, phrase
from monitor.workdays import calendar_for
from sample.serve import Municipality
from tasks.running import Run, running
from tasks.state import locked, private, writable
from texts.words import standing_text

TIMEZONE = "Asia/Shanghai"
NINE = time(9, 5)
MARKER = ".lanmu-demo"  # stands in a folder that a demo made, and may clear
OURS = (
    "config",
    "queue",
    "mail",
    "summary.json",
    "lanmu.sqlite3",
    "lanmu.sqlite3-wal",
    "lanmu.sqlite3-shm",
    "lanmu.log",
)


class NotOurs(Mendable):
    """The folder holds what no demo made."""


@click.command()
@click.option("--today", type=Day(), default="2026-03-18", show_default=True, help="The first of the two mornings.")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("var/demo"),
    show_default=True,
    help="Where mails, database and summary.json are written; an earlier demo there is replaced.",
)
@private()
def demo(today: date, folder: Path) -> None:
    """Play two mornings of a made-up municipality, digests and all.

    The first finds the baseline, which an admin then releases; the second confirms it and writes the digests.
    Everything is real but the pages and the clock: queue, workers, database, mails (as .eml files).
    """
    t = translated()
    out = terminal()
    _see_ours(folder)
    with locked(folder), writable(folder):
        (folder / MARKER).touch()
        _clear(folder)
    with ended_by_sigterm(), Municipality(today=today) as town:
        _write_config(town, folder / "config")
        with running(_environment(folder), beat=False) as run:
            watched = _play(run, town, today, out, t)
    rows = [column_row(w) for w in watched]
    (folder / "summary.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print_columns(watched, out, t)
    _print_end(watched, folder, out, t)


def _write_config(town: Municipality, folder: Path) -> None:
    """The admins' folder of the demo; its state lies beside it, so that other commands need only --config."""
    town.write_config(folder)
    with (folder / "lanmu.yaml").open("a", encoding="utf-8") as settings:
        settings.write("state: ..\n")


def _see_ours(folder: Path) -> None:
    """Raises NotOurs where things stand that no demo made: none of them may be lost."""
    with writable(folder):
        if folder.is_dir() and not (folder / MARKER).is_file() and any(folder.iterdir()):
            raise NotOurs(
                phrase(
                    "{folder} holds what no demo made, and a demo replaces what it finds; "
                    "say a new or an empty folder with --dir",
                    folder=folder,
                )
            )


def _clear(folder: Path) -> None:
    for name in OURS:
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _environment(folder: Path) -> dict[str, str]:
    """The demo is its own world: nothing of a real watch's environment may reach it, or be reached by it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LANMU_")}
    return {**kept, "LANMU_CONFIG": str((folder / "config").absolute())}


def _play(run: Run, town: Municipality, today: date, out: Console, t: NullTranslations) -> list[Watched]:
    zone = ZoneInfo(TIMEZONE)
    first, second = (datetime.combine(today + timedelta(days=n), NINE, zone) for n in (0, 1))
    words = t.gettext("%(day)s: %(looks)d columns looked at, %(digests)d digests written")

    played = play_with_progress(run, first)
    out.print(words % {"day": first.date(), "looks": played.looks, "digests": played.digests})
    released = release_all(run.world.store, at=first)
    out.print(t.gettext("the admin releases the baseline: %(n)d findings") % {"n": released})
    town.morning = 1
    played = play_with_progress(run, second)
    out.print(words % {"day": second.date(), "looks": played.looks, "digests": played.digests})
    if not calendar_for(TIMEZONE).is_working(second.date()):
        words = t.gettext("%(day)s is no working day in China: nobody is reminded then, and digests wait for the next")
        out.print(words % {"day": second.date()}, style="yellow")
    return run.world.store.findings.watched()


def _print_end(watched: Sequence[Watched], folder: Path, out: Console, t: NullTranslations) -> None:
    counts = Counter(w.latest.verdict.standing for w in watched if w.latest)
    shown = t.gettext(", ").join(f"{standing_text(s, t)} {counts[s]}" for s in Standing if counts[s])
    mails = sorted((folder / "mail").glob("*.eml")) if (folder / "mail").is_dir() else []
    out.print()
    out.print(t.gettext("%(n)d columns: %(shown)s") % {"n": len(watched), "shown": shown})
    out.print(
        t.gettext("%(n)d digests in %(folder)s, everything that was found in %(summary)s")
        % {"n": len(mails), "folder": folder / "mail", "summary": folder / "summary.json"}
    )
    out.print(t.gettext("Try next:"))
    called = Path(sys.argv[0])  # as it can be called again from here, where it is not on the PATH
    lanmu = called.as_posix() if called.name == "lanmu" and not shutil.which("lanmu") else "lanmu"
    out.print(f"  {lanmu} columns --config {folder / 'config'} --standing OVERDUE", soft_wrap=True)
    out.print(f"  {lanmu} check https://www.example.com/news/", soft_wrap=True)
    out.print(f"  {lanmu} init my-watch", soft_wrap=True)
