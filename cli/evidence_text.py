"""How `lanmu evidence` shows what is kept: all of it came from the web, so each text is made plain."""

from collections.abc import Sequence
from gettext import NullTranslations
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.edge.store.evidence import KeptLooks
from monitor.edge.store.findings import Watched
from monitor.model.evidence import BodyState, Evidence, Exhibit, Held, Shown
from monitor.model.reading import Entry
from texts.exhibits import body_text, kind_text
from texts.plain import plain
from texts.words import rule_text, standing_text, why_text

ADDRESS = 500  # characters of an address that are shown
ENTRIES = 10  # of the list; all are in the JSON


def evidence_row(watched: Watched, shown: Shown) -> dict[str, Any]:
    """One JSON object; `evidence` is null where the record cannot be read any more."""
    found = shown.evidence
    return {
        "site": watched.site,
        "column": watched.column,
        "at": shown.at.isoformat(),
        "intact": shown.intact,
        "evidence": found and _found_row(found),
        "exhibits": [_exhibit_row(one, held) for one, held in _exhibits(shown)],
    }


def _found_row(found: Evidence) -> dict[str, Any]:
    v = found.verdict
    return {
        "ground": found.ground.value,
        "standing": v.standing.value,
        "why": v.why.value,
        "rule": v.rule,
        "newest": v.newest and str(v.newest),
        "deadline": v.deadline and str(v.deadline),
        "days_over": v.days_over,
        "trouble": v.trouble and v.trouble.kind.value,
        "detail": v.trouble.detail if v.trouble else "",
        "method": found.method,
        "confidence": found.confidence,
        "entries": [
            {"title": e.title, "url": e.url, "published": e.published and str(e.published)} for e in found.entries
        ],
    }


def _exhibit_row(one: Exhibit, held: Held) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "url": one.url,
        "hops": list(one.hops),
        "final_url": one.final_url,
        "status": one.status,
        "headers": one.headers,
        "size": one.size,
        "sha256": one.sha256,
        "body": held.state.value,
    }


def _exhibits(shown: Shown) -> list[tuple[Exhibit, Held]]:
    return list(zip(shown.evidence.exhibits, shown.bodies, strict=True)) if shown.evidence else []


def print_evidence(watched: Watched, shown: Shown, kept: KeptLooks | None, out: Console, t: NullTranslations) -> None:
    zone = ZoneInfo(watched.timezone)
    at = shown.at.astimezone(zone).isoformat(timespec="seconds")
    out.print(Text(f"{plain(watched.site)}/{plain(watched.column)}  {at}", style="bold"))
    if not shown.intact:
        out.print(Text(t.gettext("The record is not as it was written: it was changed since."), style="bold red"))
    if shown.evidence:
        _print_verdict(shown.evidence, out, t)
        for n, (one, held) in enumerate(_exhibits(shown), 1):
            out.print()
            _print_exhibit(n, one, held, out, t)
        _print_entries(shown.evidence.entries, out, t)
    if kept:
        words = t.gettext("%(looks)d looks at this column are kept, from %(first)s to %(last)s; choose with --at")
        days = {"first": kept.first.astimezone(zone).date(), "last": kept.last.astimezone(zone).date()}
        out.print()
        out.print(words % {"looks": kept.looks, **days})


def _print_verdict(found: Evidence, out: Console, t: NullTranslations) -> None:
    rows = [
        (t.gettext("Standing"), standing_text(found.verdict.standing, t)),
        (t.gettext("Why"), why_text(found.verdict, t)),
        (t.gettext("Rule"), plain(rule_text(found.verdict.rule, t))),
        (t.gettext("Read as"), _read_as(found, t)),
    ]
    out.print(_pairs(rows))


def _read_as(found: Evidence, t: NullTranslations) -> str:
    if found.method is None or found.confidence is None:
        return "–"
    words = t.gettext("%(method)s, %(entries)d entries, confidence %(confidence).2f")
    return words % {"method": found.method, "entries": len(found.entries), "confidence": found.confidence}


def _print_exhibit(number: int, one: Exhibit, held: Held, out: Console, t: NullTranslations) -> None:
    state = Text(body_text(held.state, t), style="" if held.state is BodyState.INTACT else "bold red")
    out.print(Text(f"{number}. {kind_text(one.kind, t)}: ", style="bold").append(state))
    rows = [
        (t.gettext("Address"), plain(one.url, limit=ADDRESS)),
        *((t.gettext("redirected to"), plain(url, limit=ADDRESS)) for url in _onward(one)),
        (t.gettext("Status"), str(one.status)),
        (t.gettext("Size"), t.gettext("%(n)d bytes") % {"n": one.size}),
        ("SHA-256", plain(one.sha256)),
        *((plain(name), plain(value)) for name, value in one.headers.items()),
    ]
    out.print(_pairs(rows))


def _onward(one: Exhibit) -> tuple[str, ...]:
    return (*one.hops, one.final_url) if one.final_url != one.url else ()


def _print_entries(entries: Sequence[Entry], out: Console, t: NullTranslations) -> None:
    if not entries:
        return
    table = Table(header_style="bold", box=None, pad_edge=False)
    for head in (t.gettext("Published"), t.gettext("Title"), t.gettext("Address")):
        table.add_column(head, overflow="fold")
    for entry in entries[:ENTRIES]:
        address = Text(plain(entry.url or "–", limit=ADDRESS))
        table.add_row(str(entry.published or "–"), Text(plain(entry.title)), address)
    out.print()
    out.print(table)
    if len(entries) > ENTRIES:
        out.print(t.gettext("… and %(n)d more (--json shows all)") % {"n": len(entries) - ENTRIES})


def _pairs(rows: Sequence[tuple[str, str]]) -> Table:
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column()
    table.add_column(overflow="fold")
    for label, value in rows:
        table.add_row(Text(label), Text(value))
    return table
