"""`lanmu demo`: two simulated mornings of the sample municipality, through real workers."""

import json
import os
import shutil
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from gettext import NullTranslations
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.baseline import release_all
from cli.check import COLOURS
from cli.once import play_with_progress
from cli.options import Day, translated
from monitor.edge.store.findings import Watched
from monitor.model.judging import Standing
from monitor.workdays import calendar_for
from sample.serve import Municipality
from tasks.running import Run, locked, running
from texts.words import standing_text, why_text

TIMEZONE = "Asia/Shanghai"
NINE = time(9, 5)
NARROWEST = 110  # columns of text when the output is no terminal
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
def demo(today: date, folder: Path) -> None:
    """Play two mornings of a made-up municipality: baseline, its release, second looks, digests.

    Everything is real but the pages and the clock: queue, workers, database, mails (as .eml files).
    """
    _check_days(today)
    t = translated()
    out = Console(highlight=False, width=None if Console().is_terminal else NARROWEST)
    with locked(folder):
        _clear(folder)
    with Municipality(today=today) as town:
        town.write_config(folder / "config")
        with running(_environment(folder), beat=False) as run:
            watched = _play(run, town, today, out, t)
    rows = [summary_row(w) for w in watched]
    (folder / "summary.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _print_columns(watched, out, t)
    _print_end(watched, folder, out, t)


def _check_days(today: date) -> None:
    calendar = calendar_for(TIMEZONE)
    for day in (today, today + timedelta(days=1)):
        if not calendar.is_working(day):
            raise click.BadParameter(
                f"{day} is no working day in China, and nobody is reminded then; "
                "choose a working day that another one follows, such as 2026-03-18",
                param_hint="--today",
            )


def _clear(folder: Path) -> None:
    for name in OURS:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _environment(folder: Path) -> dict[str, str]:
    """The demo is its own world: nothing of a real watch's environment may reach it, or be reached by it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LANMU_")}
    folder = folder.absolute()
    return {**kept, "LANMU_CONFIG": str(folder / "config"), "LANMU_STATE": str(folder)}


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
    return run.world.store.findings.watched()


def summary_row(watched: Watched) -> dict[str, Any]:
    """A column as summary.json shows it."""
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
        "finding": watched.finding and watched.finding.state.value,
    }


def _print_columns(watched: Sequence[Watched], out: Console, t: NullTranslations) -> None:
    for site, columns in groupby(watched, key=lambda w: (w.site, w.unit)):
        table = Table(
            title=f"{site[0]}（{site[1]}）", title_justify="left", title_style="bold", box=None, pad_edge=False
        )
        table.add_column(t.gettext("Column"), min_width=16)
        table.add_column(t.gettext("Standing"), min_width=12)
        table.add_column(t.gettext("Why"), overflow="fold")
        for one in columns:
            if one.latest:
                v = one.latest.verdict
                table.add_row(one.column, Text(standing_text(v.standing, t), style=COLOURS[v.standing]), why_text(v, t))
        out.print()
        out.print(table)


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
    out.print("  lanmu check https://www.example.com/news/")
    out.print(f"  lanmu status --config {folder / 'config'}   (LANMU_STATE={folder})", soft_wrap=True)
    out.print("  lanmu init my-watch && lanmu once --config my-watch")
