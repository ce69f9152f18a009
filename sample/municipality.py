"""The sample municipality as data: units, sites, columns and their entries, read from two YAML files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FOLDER = Path(__file__).parent

DATA = {  # the families that are no pages: template and content type
    "feed": ("families/feed.xml", "application/rss+xml"),
    "atom": ("families/atom.xml", "application/atom+xml"),
    "jpage_data": ("families/jpage.xml", "text/xml; charset=utf-8"),
    "json": ("families/list.json", "application/json; charset=utf-8"),
}
HIDDEN = ("script", "waf", "login", "maintenance", "error", "moved", "gone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A published item. `age` counts days before the first morning; `appears` is the first morning that shows it."""

    number: int
    wording: str
    age: int
    appears: int
    pinned: bool

    def published(self, first: date) -> date:
        return first - timedelta(days=self.age)

    def title(self, first: date) -> str:
        published = self.published(first)
        before = published.replace(day=1) - timedelta(days=1)
        period = f"{before.year}年{before.month}月"
        return self.wording.replace("{year}", str(published.year)).replace("{period}", period)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column page. `path` has no leading slash; `family` names the form of its list."""

    number: int
    name: str
    path: str
    category: str
    family: str
    entries: tuple[Entry, ...]

    @property
    def is_data(self) -> bool:
        """Served as data, with no page around it."""
        return self.family in DATA

    @property
    def is_hidden(self) -> bool:
        """What stands at its address shows none of its entries."""
        return self.family in HIDDEN

    def shown(self, morning: int) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.appears <= morning)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A website and how it is built. `meta_charset` and `header_charset` are what it declares, None for silence."""

    key: str
    name: str
    unit: str
    group: str
    officer: Officer
    place: str
    code: str
    domain: str
    look: str
    accent: str
    addresses: str
    columns: tuple[Column, ...]
    encoding: str = "utf-8"
    meta_charset: str | None = "utf-8"
    header_charset: str | None = None
    answers: bool = True
    forbids: str = ""  # the path that its robots.txt keeps all robots from


@dataclass(frozen=True, slots=True, kw_only=True)
class SitelessUnit:
    key: str
    unit: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """All units of the municipality, with and without a site."""

    name: str
    sites: tuple[Site, ...]
    units_without_site: tuple[SitelessUnit, ...]


def read_yaml(name: str) -> Any:
    """The parsed content of a YAML file of the sample."""
    return YAML(typ="safe").load(FOLDER / name)


@cache
def load() -> Register:
    """The whole municipality; columns are numbered through all sites in the order of the file."""
    data = read_yaml("municipality.yaml")
    pools = read_yaml("titles.yaml")
    officers = {key: Officer(**row) for key, row in data["officers"].items()}
    numbers = count(1)
    return Register(
        name=data["name"],
        sites=tuple(_site(row, officers, pools, numbers) for row in data["sites"]),
        units_without_site=tuple(SitelessUnit(**row) for row in data["units_without_site"]),
    )


def _site(
    row: dict[str, Any], officers: Mapping[str, Officer], pools: Mapping[str, Sequence[str]], numbers: "count[int]"
) -> Site:
    kept = {key: value for key, value in row.items() if key not in ("site", "officer", "columns")}
    columns = tuple(_column(column, next(numbers), pools, row["place"]) for column in row["columns"])
    return Site(name=row["site"], officer=officers[row["officer"]], columns=columns, **kept)


def _column(row: dict[str, Any], number: int, pools: Mapping[str, Sequence[str]], place: str) -> Column:
    pool = pools[row["titles"]]
    entries = tuple(
        _entry(item, number * 1000 + position, pool[(number * 5 + position) % len(pool)].replace("{place}", place))
        for position, item in enumerate(row["entries"])
    )
    kept = {key: row[key] for key in ("name", "path", "category", "family")}
    return Column(number=number, entries=entries, **kept)


def _entry(item: int | dict[str, Any], number: int, wording: str) -> Entry:
    fields: dict[str, Any] = item if isinstance(item, dict) else {"age": item}
    return Entry(
        number=number,
        wording=fields.get("title", wording),
        age=fields["age"],
        appears=fields.get("appears", 0),
        pinned=fields.get("pinned", False),
    )
