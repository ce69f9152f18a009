"""`lanmu judge`: worlds that others saw or made, judged by the rules of the watch (docs/judge-batch.md)."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from cli.advice_row import advice_row
from cli.options import json_line, json_option, terminal, translated
from config.world_file import worlds
from monitor.advise import advise
from monitor.model.advising import Advice, Kin
from monitor.model.honesty import Suspicion
from monitor.model.judging import Verdict
from monitor.model.replaying import Course, World
from monitor.replay import accused_on, kin, replay, signs
from monitor.workdays import calendar_for
from texts.plain import plain
from texts.words import standing_text, why_text

BROKEN = 1  # the exit code where a world could not be judged
LINE = 500  # characters of what is said of one


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said of a world. `mailed` are the days on which a mail called the column overdue, stale or blank."""

    id: str
    verdict: Verdict
    finding: str
    mail: bool
    mailed: tuple[str, ...]
    suspicions: tuple[Suspicion, ...]
    place: tuple[str, date]  # the site and the day: columns that share them are siblings
    kin: Kin
    advice: Advice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A world on which a rule broke."""

    id: str
    error: str

    def said(self, t: NullTranslations) -> str:
        text = t.gettext("the world {id} could not be judged: a fault of the program ({error}); please report it")
        return text.format(id=self.id, error=self.error)


@click.command()
@click.option("--batch", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Worlds, one a line.")
@json_option
def judge(batch: Path, as_json: bool) -> None:
    """Judge columns by looks that others made.

    \b
    Each line is a column with its duty, its looks and the day, as docs/judge-batch.md says, and gives one answer:
    its standing, the signs of dishonest dates, and whether its officer would be mailed on that day.
    All lines are read before the first answer; no page is fetched and nothing is kept. The exit code is 1 where a
    world could not be judged; the others are.
    """
    tried = [_tried(world) for world in worlds(batch)]
    answers = advised([one for one in tried if isinstance(one, Answer)])
    if as_json:
        for one in answers:
            click.echo(json_line(answer_row(one)))
    else:
        _print(answers)
    broken = [one for one in tried if isinstance(one, Broken)]
    for world in broken:
        click.echo(f"lanmu: {plain(world.said(translated()), limit=LINE)}", err=True)
    if broken:
        click.get_current_context().exit(BROKEN)


def _tried(world: World) -> Answer | Broken:
    """The answer; a world on which a rule breaks is our bug, and no reason to leave the others without theirs."""
    try:
        return answer(world)
    except Exception as error:  # noqa: BLE001 - it is told below, world by world, and the exit code says so
        return Broken(id=world.id, error=f"{type(error).__name__}: {error}")


def answer(world: World) -> Answer:
    calendar = calendar_for(world.calendar)
    course = replay(world, calendar)
    mailed = accused_on(course)
    return Answer(
        id=world.id,
        verdict=course.verdict,
        finding=_finding(course),
        mail=world.day in mailed,
        mailed=tuple(map(str, mailed)),
        suspicions=signs(world, course, calendar),
        place=(world.site, world.day),
        kin=kin(world, course, calendar),
    )


def advised(answers: list[Answer]) -> list[Answer]:
    """The answers with their advice. A column without a site has no siblings."""
    siblings: dict[tuple[str, date], list[Kin]] = defaultdict(list)
    for one in answers:
        siblings[one.place].append(one.kin)
    return [replace(one, advice=_advice(one, siblings[one.place])) for one in answers]


def _advice(one: Answer, siblings: list[Kin]) -> Advice:
    site, day = one.place
    return advise(one.kin, siblings if site else (), now=day)


def _finding(course: Course) -> str:
    return course.findings[-1][1].state.value if course.findings else "none"


def answer_row(one: Answer) -> dict[str, Any]:
    v = one.verdict
    return {
        "id": one.id,
        "standing": v.standing.value,
        "why": v.why.value,
        "trouble": v.trouble and v.trouble.kind.value,
        "newest": v.newest and str(v.newest),
        "deadline": v.deadline and str(v.deadline),
        "days_over": v.days_over,
        "advice": one.advice and advice_row(one.advice, one.advice.into),
        "suspicions": [
            {"sign": s.sign.value, "titles": [entry.title for entry in s.entries], "noticed": str(s.noticed)}
            for s in one.suspicions
        ],
        "finding": one.finding,
        "mail": one.mail,
        "mailed": list(one.mailed),
    }


def _print(answers: list[Answer]) -> None:
    t = translated()
    table = Table(header_style="bold", pad_edge=False)
    for head in (t.gettext("World"), t.gettext("Standing"), t.gettext("Why"), t.gettext("Mailed on")):
        table.add_column(head, overflow="fold")
    for one in answers:
        table.add_row(*_cells(one, t))
    terminal().print(table)


def _cells(one: Answer, t: NullTranslations) -> list[Text]:
    standing = standing_text(one.verdict.standing, t)
    return [
        Text(plain(one.id)),
        Text(standing),
        Text(plain(why_text(one.verdict, t))),
        Text(", ".join(one.mailed) or "–"),
    ]
