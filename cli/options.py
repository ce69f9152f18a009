"""Options that several commands share, and the environment that they make."""

import json
import os
import unicodedata
from datetime import date, datetime
from gettext import NullTranslations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.console import Console

from texts.catalogue import language_of, translations

TIMEZONE = "Asia/Shanghai"  # of pages that belong to no configured site
PIPE = 110  # columns of text when the output is no terminal
MORNING = 9  # o'clock: what a bare date means when a round is played
YEARS = range(1990, 2101)  # within which a day is no slip of the keyboard
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # categories of signs that steer a terminal or hide in it

config_option = click.option(
    "--config",
    "config_dir",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="LANMU_CONFIG",
    default=Path(),
    help="The admins' folder, with lanmu.yaml and sites/ [default: LANMU_CONFIG, else here].",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


class Day(click.ParamType[date]):
    """A date such as 2026-03-18."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return day_of(value)
        except ValueError:
            self.fail(f"{value!r} is no date from 1990 to 2100; write it like 2026-03-18", param, ctx)


class Instant(click.ParamType[datetime]):
    """A moment such as 2026-03-18T09:00, with or without a zone; a bare date means nine in the morning."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
            day_of(str(moment.date()))
        except ValueError:
            words = f"{value!r} is no moment from 1990 to 2100; write it like 2026-03-18 or 2026-03-18T09:00+08:00"
            self.fail(words, param, ctx)
        return moment.replace(hour=MORNING) if len(value) <= len("2026-03-18") else moment


def day_of(text: str) -> date:
    """The day that is written, within the years that can be meant. Raises ValueError."""
    day = date.fromisoformat(text)
    if day.year not in YEARS:
        raise ValueError(f"{text!r} is not a day from 1990 to 2100")
    return day


def in_zone(moment: datetime, timezone: str) -> datetime:
    """An aware moment; one without a zone is local to the watch."""
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(timezone))


def environment(config_dir: Path) -> dict[str, str]:
    """The environment with the chosen folder, for this process and those it starts."""
    return {**os.environ, "LANMU_CONFIG": str(config_dir.absolute())}


def terminal() -> Console:
    """Where tables are printed: nothing in them is taken for markup, and a pipe is as wide as a good terminal."""
    here = Console(highlight=False, markup=False, emoji=False)
    return here if here.is_terminal else Console(highlight=False, markup=False, emoji=False, width=PIPE)


def json_line(value: Any) -> str:
    """JSON in one line for people and programs: letters as they are, what would steer a terminal as \\uXXXX."""
    text = json.dumps(value, ensure_ascii=False)
    for sign in set(text):
        if unicodedata.category(sign) in HIDDEN:
            text = text.replace(sign, json.dumps(sign)[1:-1])
    return text


def translated() -> NullTranslations:
    """The catalogue of the terminal's language."""
    return translations(language_of(os.environ))
