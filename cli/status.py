"""`lanmu status`: how the watch stands, read from the store."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from cli.options import config_option, environment, json_line, json_option, terminal, translated
from monitor.edge.store.figures import Status
from monitor.edge.store.probes import Availability
from monitor.model.holding import Hold, HoldReason
from monitor.model.judging import Standing
from tasks.clock import clock
from tasks.heartbeat import SILENT
from tasks.morning import awaiting
from tasks.running import queue_depths
from tasks.wiring import SPOOL, World, build
from texts.plain import plain
from texts.words import standing_text

NOVEMBER = 11  # from here on the next year's holidays should be known
NAMED = 5  # sites; `lanmu probes` has them all
Rows = Sequence[tuple[str, Any]]


@click.command()
@config_option
@json_option
def status(config_dir: Path, as_json: bool) -> None:
    """Show the figures of the watch: columns, queue, outbox."""
    environ = environment(config_dir)
    here = build(environ)
    here.store.database.check()
    now = clock()
    queues = queue_depths(environ, here.settings.state)
    figures = here.store.figures.status(now=now)
    if as_json:
        more = {
            "home_pages_failing": {one.site: one.share for one in _failing(here, now)},
            "reminders_awaiting_look": _awaiting(here, now),
        }
        click.echo(status_row(figures, at=now, queues=queues, hold=here.store.holds.current(), more=more))
    else:
        print_status(figures, at=now, more=_engine(here, figures, now, queues))


def _engine(here: World, figures: Status, now: datetime, queues: dict[str, int] | None) -> Rows:
    """What a daemon adds to the store's figures."""
    t = translated()
    dry = t.gettext("dry run: digests are written to %(folder)s, and nobody is reminded")
    alive = [name for name, seen in figures.workers.items() if now - seen < SILENT]
    return [
        (t.gettext("Queue"), _counts(queues) if queues is not None else t.gettext("no daemon is running here")),
        (t.gettext("Workers seen"), ", ".join(alive) or "–"),
        (t.gettext("Home pages that did not always open in 7 days"), _shares(_failing(here, now))),
        (t.gettext("Reminders that wait for a look of today"), _awaiting(here, now)),
        *_hold(here),
        *unsettled(here, now),
        (t.gettext("Mail"), dry % {"folder": here.spool} if here.channel == SPOOL else here.settings.mail.host),
    ]


def _awaiting(here: World, now: datetime) -> int:
    """Columns whose reminder of this day is put off until they are looked at."""
    return sum(1 for _ in awaiting(here, now=now))


def _failing(here: World, now: datetime) -> list[Availability]:
    """The sites of which a probe failed in the last seven days, the worst first."""
    return [one for one in here.store.probes.week(now.date()) if one.failed]


def _shares(failing: Sequence[Availability]) -> str:
    first = ", ".join(f"{plain(one.site)} {one.share or 0:.1%}" for one in failing[:NAMED])
    return f"{first}, … ({len(failing)})" if len(failing) > NAMED else first or "–"


def _hold(here: World) -> Rows:
    """A run of held rounds, while it lasts: what is shown may be old."""
    t = translated()
    hold = here.store.holds.current()
    if hold is None:
        return []
    words = {"since": hold.since.isoformat(timespec="minutes"), "looks": hold.looks}
    match hold.reason:
        case HoldReason.OFFLINE:
            what = t.gettext("our own network is down since %(since)s; %(looks)d looks put off")
        case HoldReason.MOST_SILENT:
            what = t.gettext("most hosts are silent at once since %(since)s; %(looks)d looks put off")
    return [(t.gettext("Held"), what % words)]


def unsettled(here: World, now: datetime) -> Rows:
    """Calendars whose working days of this year, or from November on of the next, are not officially settled."""
    t = translated()
    year = now.year + (now.month >= NOVEMBER)
    zones = [zone for zone in here.store.figures.timezones() if here.calendar(zone).provisional(year)]
    if not zones:
        return []
    what = t.gettext("working days of %(year)d are provisional for %(zones)s; write them into the folder calendar")
    return [(t.gettext("Calendar"), what % {"year": year, "zones": ", ".join(zones)})]


def status_row(
    figures: Status,
    *,
    at: datetime,
    queues: dict[str, int] | None,
    hold: Hold | None = None,
    more: dict[str, Any] | None = None,
) -> str:
    """One JSON object. `queues` is null where no broker runs; ages are in seconds."""
    return json_line(
        {
            **(more or {}),
            "sites": figures.sites,
            "units_without_site": figures.units_without_site,
            "columns": figures.columns,
            "unseen": figures.unseen,
            "standings": figures.by_standing,
            "unseen_concerns": figures.concerns,
            "sites_down": list(figures.down),
            "redesigned": figures.redesigned,
            "weak_tls": figures.weak_tls,
            "findings": figures.findings,
            "outbox": figures.outbox,
            "looks_due": figures.due,
            "looks_claimed": figures.claimed,
            "oldest_overdue_look_seconds": _age(figures, at),
            "held": hold and {"reason": hold.reason.value, "since": hold.since.isoformat(), "looks": hold.looks},
            "queues": queues,
            "workers": [
                {"name": name, "seen": seen.isoformat(), "alive": at - seen < SILENT}
                for name, seen in figures.workers.items()
            ],
        }
    )


def _age(figures: Status, at: datetime) -> int | None:
    return max(0, int((at - figures.oldest_due).total_seconds())) if figures.oldest_due else None


def print_status(figures: Status, *, at: datetime, more: Rows = ()) -> None:
    """What the store holds, and `more` rows below."""
    t = translated()
    table = Table(show_header=False, box=None, pad_edge=False)
    rows: Rows = [
        (t.gettext("Sites"), figures.sites),
        (t.gettext("Units without a site"), figures.units_without_site),
        (t.gettext("Columns"), figures.columns),
        *((f"  {standing_text(Standing(name), t)}", count) for name, count in figures.by_standing.items()),
        (f"  {t.gettext('not looked at yet')}", figures.unseen),
        (t.gettext("Columns unseen for long, or gone"), _counts(figures.concerns)),
        (t.gettext("Sites that do not answer"), ", ".join(map(plain, figures.down)) or "–"),
        (t.gettext("Pages redesigned in the last week"), figures.redesigned),
        *((t.gettext("HTTPS checked less strictly"), _weak(site, why)) for site, why in figures.weak_tls.items()),
        (t.gettext("Findings"), _counts(figures.findings)),
        (t.gettext("Outbox"), _counts(figures.outbox)),
        (t.gettext("Looks due"), figures.due),
        (t.gettext("Looks claimed"), figures.claimed),
        (t.gettext("Oldest overdue look, seconds"), _shown(_age(figures, at))),
    ]
    for label, value in (*rows, *more):
        table.add_row(label, str(value))
    terminal().print(table)


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items()) or "–"


def _weak(site: str, reason: str) -> str:
    return f"{plain(site)}: {plain(reason)}"


def _shown(number: int | None) -> str:
    return "–" if number is None else str(number)
