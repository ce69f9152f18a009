"""`lanmu extract`: what is read from a listing, without judging it."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click
from rich.table import Table
from rich.text import Text

from cli.options import TIMEZONE, Day, day_of, json_line, json_option, terminal, translated
from cli.unbroken import unbroken
from monitor.edge.guard import check_url
from monitor.extract import extract as read
from monitor.extract import newest
from monitor.model.reading import Listing, Page, Trouble, TroubleKind
from tasks.clock import clock
from texts.plain import ADDRESS, plain
from texts.words import trouble_text

if TYPE_CHECKING:
    from cli.fetching import Visit

Row = dict[str, Any]


class BadRequest(click.ClickException):
    """A line of a batch that is no request."""


@click.command()
@click.argument("source", required=False, metavar="FILE|URL")
@click.option("--url", "base", help="The address that a file was saved from; links are resolved against it.")
@click.option("--today", type=Day(), help="The day of reading [default: today in China].")
@click.option("--batch", type=click.Path(path_type=Path, dir_okay=False), help="Requests, a JSON object a line.")
@json_option
def extract(source: str | None, base: str | None, today: date | None, batch: Path | None, as_json: bool) -> int:
    """Read the entries of a listing: title, address and date.

    \b
    With --batch each line is {"id", "file", "url", "today"}, and each gives one line of JSON, whatever happens:
    {"id", "entries", "newest", "method", "confidence", "blank", "trouble", "ms"}.
    Exit code: 3 when no list could be read, else 0.
    """
    if (source is None) == (batch is None):
        raise click.UsageError("give either one FILE or URL, or --batch FILE")
    day = today or clock().astimezone(ZoneInfo(TIMEZONE)).date()
    if batch is not None:
        for row in _batch(batch, day):
            click.echo(json_line(row))
        return 0
    row = _row(source or "", base, day)
    if as_json:
        click.echo(json_line(row))
    else:
        _print(row)
    return 3 if row["trouble"] else 0


def _row(source: str, base: str | None, today: date) -> Row:
    """The result line of a page of the disk or of the web. Raises a usage error when it is neither."""
    if "://" in source:
        if reason := check_url(source):
            raise click.BadParameter(f"{source}: {reason}", param_hint="URL")
        with _web() as visit:
            return timed(lambda: _seen(visit, source, today), today)
    try:
        page = saved_page(Path(source), base or "")
    except OSError as error:
        raise click.BadParameter(f"{source} cannot be read: {error.strerror}", param_hint="FILE") from error
    return timed(lambda: read(page, today=today), today)


def _web() -> "AbstractContextManager[Visit]":
    from cli.fetching import visiting  # the web's half of the program, which saved pages do without

    return visiting()


def _seen(visit: "Visit", url: str, today: date) -> Listing | Trouble:
    """What a look would read there."""
    seen = visit.see(url, today=today).seen
    found = seen.listing or seen.trouble
    assert found is not None  # a look sees a list or says why not
    return found


def saved_page(path: Path, url: str) -> Page:
    return Page(url=url, final_url=url, status=200, headers={}, body=path.read_bytes())


def timed(reading: Callable[[], Listing | Trouble], today: date) -> Row:
    """The result line of one page; `ms` is the time that it took, and of a page of the web that of fetching too."""
    start = time.perf_counter()
    found = unbroken(reading)
    ms = (time.perf_counter() - start) * 1000
    return {**(_trouble_row(found) if isinstance(found, Trouble) else _listing_row(found, today)), "ms": round(ms, 3)}


def _listing_row(listing: Listing, today: date) -> Row:
    top = newest(listing, today=today)
    return {
        "entries": [
            {"title": e.title, "url": e.url, "published": e.published and str(e.published)} for e in listing.entries
        ],
        "newest": top and str(top),
        "method": listing.method,
        "confidence": round(listing.confidence, 3),
        "blank": listing.blank,
        "trouble": None,
        "detail": "",
    }


def _trouble_row(trouble: Trouble) -> Row:
    nothing: Row = {"entries": [], "newest": None, "method": None, "confidence": 0.0, "blank": False}
    return {**nothing, "trouble": trouble.kind.value, "detail": trouble.detail}


def _batch(path: Path, today: date) -> Iterator[Row]:
    """Read every request before the first answer, so that a bad line stops nothing half way."""
    with ExitStack() as stack:
        visit: Visit | None = None
        for request in _requests(path):
            day = day_of(request["today"]) if request.get("today") else today
            if not request.get("file"):
                visit = visit or stack.enter_context(_web())
            yield {"id": request["id"], **timed(partial(_requested, request, visit, day), day)}


def _requested(request: Row, visit: "Visit | None", today: date) -> Listing | Trouble:
    url = request.get("url") or ""
    if visit and not request.get("file"):
        return _seen(visit, url, today)
    try:
        page = saved_page(Path(request["file"]), url)
    except OSError as error:
        return Trouble(kind=TroubleKind.UNREADABLE, detail=f"{request['file']}: {error.strerror}")
    return read(page, today=today)


def _requests(path: Path) -> list[Row]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise click.BadParameter(f"{path} cannot be read: {error}", param_hint="--batch") from error
    return [_request(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _request(path: Path, number: int, line: str) -> Row:
    try:
        row = json.loads(line)
        if not isinstance(row, dict) or "id" not in row or not (row.get("file") or row.get("url")):
            raise ValueError('a request is {"id", "file" or "url", "today"}')
        _see_texts(row)
        if row.get("today"):
            day_of(row["today"])
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"{path}:{number}: {error}") from error
    return row


def _see_texts(row: Row) -> None:
    """Raises ValueError unless what names a place or a day is text that the system takes."""
    for name in ("file", "url", "today"):
        text = row.get(name) or ""
        if not isinstance(text, str):
            raise ValueError(f'"{name}" is no text')
        if b"\0" in os.fsencode(text):
            raise ValueError(f'"{name}" holds a NUL')


def _print(row: Row) -> None:
    t = translated()
    console = terminal()
    if row["trouble"]:
        trouble = Trouble(kind=TroubleKind(row["trouble"]), detail=row["detail"])
        console.print(Text(trouble_text(trouble, t), style="magenta"))
        return
    table = Table(header_style="bold", pad_edge=False)
    for head in (t.gettext("Published"), t.gettext("Title"), t.gettext("Address")):
        table.add_column(head, overflow="fold")
    for entry in row["entries"]:
        table.add_row(
            entry["published"] or "–", Text(plain(entry["title"])), Text(plain(entry["url"] or "–", limit=ADDRESS))
        )
    console.print(table)
    words = t.gettext("%(entries)d entries, newest %(newest)s, read as %(method)s with confidence %(confidence).2f")
    known = {**row, "entries": len(row["entries"]), "newest": row["newest"] or "–"}
    console.print(t.gettext("the list is blank") if row["blank"] else words % known)
