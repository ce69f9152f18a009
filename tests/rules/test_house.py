"""What the import contracts cannot see: who reads a clock, and what a rule takes from a module that it may import."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import COMMANDS, lanmu

ROOT = Path(__file__).parents[2]
ROOMS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["root_packages"]
EDGE = ROOT / "monitor" / "edge"

CLOCKS = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "email.utils.localtime",
    "sqlalchemy.func.current_date",
    "sqlalchemy.func.current_timestamp",
    "sqlalchemy.func.now",
    "time.ctime",
    "time.gmtime",
    "time.localtime",
    "time.time",
    "time.time_ns",
}
DOORS = {"io.open", "io.open_code", "open", "urllib.request"}  # to the world, from modules that a rule may import


def files(*folders: Path) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def named(source: str) -> Iterator[tuple[int, str]]:
    """Each name that the source uses, called or handed on, with its line; in full, whatever it was imported as."""
    tree = ast.parse(source)
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            known |= {a.asname: a.name for a in node.names if a.asname}
        elif isinstance(node, ast.ImportFrom):
            known |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            first, dot, rest = ast.unparse(node).partition(".")
            yield node.lineno, known.get(first, first) + dot + rest


def uses(source: str, forbidden: set[str]) -> set[int]:
    """The lines that use a forbidden name, or what lies in it."""
    return {line for line, name in named(source) if any(f"{name}.".startswith(f"{taboo}.") for taboo in forbidden)}


def found(paths: list[Path], forbidden: set[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{line}"
        for path in paths
        for line in sorted(uses(path.read_text(encoding="utf-8"), forbidden))
    ]


def test_the_time_is_read_in_one_file() -> None:
    readers = {place.partition(":")[0] for place in found(files(*(ROOT / room for room in ROOMS)), CLOCKS)}
    assert readers == {"tasks/clock.py"}


def test_no_rule_opens_a_file_or_an_address() -> None:
    rules = [path for path in files(ROOT / "monitor") if not path.is_relative_to(EDGE)]
    assert ROOT / "monitor" / "judge.py" in rules
    assert found(rules, DOORS) == []


@pytest.mark.parametrize(
    ("what", "source"),
    [
        ("the plain call", "from datetime import datetime\nat = datetime.now()"),
        ("with a zone", "from datetime import UTC, datetime\nat = datetime.now(UTC)"),
        ("the old one", "import datetime\nat = datetime.datetime.utcnow()"),
        ("the module by another name", "import datetime as dt\nday = dt.date.today()"),
        ("the class by another name", "from datetime import date as day\nat = day.today()"),
        ("today of a moment", "from datetime import datetime\nday = datetime.today().date()"),
        ("handed on, not called", "from datetime import datetime\ngive(factory=datetime.now)"),
        ("seconds", "import time\nat = time.time()"),
        ("seconds by their bare name", "from time import time\nat = time()"),
        ("inside a function", "def f():\n    from time import time_ns as t\n    return t()"),
        ("the clock of the database", "import sqlalchemy as sa\nat = sa.func.now()"),
    ],
)
def test_a_clock_is_seen_however_it_is_spelt(what: str, source: str) -> None:
    assert uses(source, CLOCKS), what


@pytest.mark.parametrize(
    ("what", "source"),
    [
        ("a stopwatch", "import time\nbegan = time.monotonic()"),
        ("the clock of the loop", "import asyncio\nat = asyncio.get_running_loop().time()"),
        ("the time of day of a moment", "from datetime import datetime\ndef f(at: datetime): return at.time()"),
        ("a clock that is given", "at = self.now()"),
        ("the type of a time of day", "from datetime import time\nnoon = time(12)"),
    ],
)
def test_what_reads_no_clock_passes(what: str, source: str) -> None:
    assert not uses(source, CLOCKS), what


@pytest.mark.parametrize(
    ("what", "source"),
    [
        ("the module in full", "import urllib.request\nurllib.request.urlopen(url)"),
        ("the module from its package", "from urllib import request\nrequest.urlopen(url)"),
        ("the module by another name", "import urllib.request as web\nweb.urlopen(url)"),
        ("the function by another name", "from urllib.request import urlopen as go\ngo(url)"),
        ("a file", "with open(path) as file:\n    pass"),
        ("a file by way of io", "import io\nio.open(path)"),
    ],
)
def test_a_door_to_the_world_is_seen(what: str, source: str) -> None:
    assert uses(source, DOORS), what


def test_the_short_help_of_each_command_fits_into_80_columns() -> None:
    shown = CliRunner().invoke(lanmu, ["--help"], terminal_width=80)
    listed = shown.output.partition("Commands:")[2].strip().splitlines()
    assert [line.split()[0] for line in listed] == list(COMMANDS), "one line each"
    assert not any(line.endswith("...") for line in listed)


def test_each_decision_has_a_number_of_its_own_which_its_title_bears() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    titles = [decision.read_text(encoding="utf-8").partition(" ")[2].partition(".")[0] for decision in decisions]
    assert [f"{int(title):04}" for title in titles] == [decision.name[:4] for decision in decisions]
    assert len(set(titles)) == len(titles)


def test_the_map_of_the_reader_shows_every_room() -> None:
    reading = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    rooms = [path.stem for path in (ROOT / "monitor" / "extract").glob("[!_]*.py")]
    assert [room for room in rooms if f"`{room}`" not in reading] == []


@pytest.mark.parametrize(
    "room",
    ["advising", "cadence", "explaining", "honesty", "inspecting", "judging", "policy", "replaying", "reminding"],
)
def test_each_word_of_the_rules_is_explained(room: str) -> None:
    words = (ROOT / "docs" / "words.md").read_text("utf-8")
    tree = ast.parse((ROOT / "monitor" / "model" / f"{room}.py").read_text("utf-8"))
    names = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert [name for name in names if not re.search(rf"`[^`]*\b{name}\b", words)] == []
