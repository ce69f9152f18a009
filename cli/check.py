"""`lanmu check`: any listing on the web, judged without configuration."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from gettext import NullTranslations
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.table import Table
from rich.text import Text

from cli.columns import COLOURS
from cli.fetching import UNGUESSED, claim_of, sight_of, visiting
from cli.options import TIMEZONE, Day, json_line, json_option, terminal, translated
from config.policy import categories
from monitor.category import guess_category
from monitor.edge.guard import check_url
from monitor.extract import title_of
from monitor.model.judging import Standing, Verdict
from monitor.model.reading import Entry
from tasks.clock import clock
from tasks.seeing import Eyes
from texts.plain import ADDRESS, plain
from texts.words import category_text, rule_text, standing_text, why_text

NARROW = 100  # columns of a terminal


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An address, what it was taken for, and how it stands."""

    url: str
    title: str
    category: str
    guessed: bool
    verdict: Verdict
    entries: tuple[Entry, ...]

    @property
    def newest(self) -> Entry | None:
        """The entry that carries the newest date of the verdict."""
        return next((e for e in self.entries if e.published and e.published == self.verdict.newest), None)


@click.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option(
    "--category", type=click.Choice(categories()), help="What the column is [default: guessed from its title]."
)
@click.option("--today", type=Day(), help="The day to judge on [default: today in China].")
@json_option
def check(urls: tuple[str, ...], category: str | None, today: date | None, as_json: bool) -> int:
    """Judge the listing at each URL by the official rules.

    \b
    The rules are those of the preset cn-2019.
    Exit code: 1 something is OVERDUE, STALE or BLANK; else 3 something is UNKNOWN; else 0.
    Example:   lanmu check https://www.example.com/news/ --category news
    """
    for url in urls:
        if reason := check_url(url):
            raise click.BadParameter(f"{url}: {reason}", param_hint="URL")
    day = today or clock().astimezone(ZoneInfo(TIMEZONE)).date()
    t = translated()
    with visiting() as visit:
        checked = visit.each(urls, lambda url: check_one(visit.eyes, url, category, day))
    if as_json:
        for one in checked:
            click.echo(json_line(as_row(one)))
    else:
        _print(checked, t)
    return exit_code([one.verdict.standing for one in checked])


async def check_one(eyes: Eyes, url: str, category: str | None, today: date) -> Checked:
    """Judge one page; without a category its title is asked, and without an answer it counts as `other`."""
    sight = await sight_of(eyes, claim_of(url, category or UNGUESSED), today=today)
    seen = sight.seen
    title = seen.title or title_of(sight.text)
    kind = category or guess_category(title) or UNGUESSED
    if not category and (read := seen.listing or seen.trouble):
        seen = eyes.observed(claim_of(url, kind), read, today=today)
    return Checked(
        url=url,
        title=title,
        category=kind,
        guessed=category is None,
        verdict=seen.verdict,
        entries=seen.listed,
    )


def exit_code(standings: Sequence[Standing]) -> int:
    if any(standing.accuses for standing in standings):
        return 1
    return 3 if Standing.UNKNOWN in standings else 0


def as_row(one: Checked) -> dict[str, Any]:
    v, entry = one.verdict, one.newest
    return {
        "url": one.url,
        "standing": v.standing.value,
        "newest": entry and {"title": entry.title, "url": entry.url, "published": str(entry.published)},
        "days_over": v.days_over,
        "deadline": v.deadline and str(v.deadline),
        "why": v.why.value,
        "rule": v.rule,
        "entries_found": len(one.entries),
        "trouble": v.trouble and v.trouble.kind.value,
        "detail": v.trouble.detail if v.trouble else "",
        "category": one.category,
        "category_guessed": one.guessed,
    }


def _print(checked: Sequence[Checked], t: NullTranslations) -> None:
    """A table; on a narrow terminal one below the other, since a column of six characters helps nobody."""
    heads = [
        t.gettext("Column"),
        t.gettext("Newest entry"),
        t.gettext("Days over"),
        t.gettext("Standing"),
        t.gettext("Deadline"),
        t.gettext("Why"),
    ]
    out = terminal()
    if out.width < NARROW:
        for one in checked:
            block = Table(show_header=False, box=None, pad_edge=False)
            for head, cell in zip(heads, _cells(one, t), strict=True):
                block.add_row(Text(head, style="dim"), cell)
            out.print(block, "")
        return
    table = Table(header_style="bold", show_lines=True)
    for head in heads:
        table.add_column(head, overflow="fold")
    for one in checked:
        table.add_row(*_cells(one, t))
    out.print(table)


def _cells(one: Checked, t: NullTranslations) -> list[Text]:
    v = one.verdict
    title = [Text(plain(one.title), style="bold")] if one.title else []
    return [
        Text("\n").join([*title, Text(plain(one.url, limit=ADDRESS)), Text(_kind(one, t), style="dim")]),
        _newest_cell(one),
        Text(str(v.days_over) if v.days_over else "–"),
        Text(standing_text(v.standing, t), style=COLOURS[v.standing]),
        Text(str(v.deadline or "–")),
        Text(f"{why_text(v, t)}\n{rule_text(v.rule, t)}"),
    ]


def _kind(one: Checked, t: NullTranslations) -> str:
    """The category, and whether it is a guess: an admin must see what the rule rests on."""
    name = category_text(one.category, t)
    if not one.guessed:
        return name
    if one.category == UNGUESSED:
        return t.gettext("%(category)s (the title does not say what it is)") % {"category": name}
    return t.gettext("%(category)s (guessed)") % {"category": name}


def _newest_cell(one: Checked) -> Text:
    entry = one.newest
    if entry is None:
        return Text("–")
    return Text("\n").join(
        [
            Text(plain(entry.title)),
            Text(str(entry.published), style="bold"),
            Text(plain(entry.url or "", limit=ADDRESS)),
        ]
    )
