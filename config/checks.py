"""What must agree between the values of a site, and between the sites: names, addresses, units.

The checks take the plain data, not the validated model, so that they speak even where something else is wrong as well.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import time
from typing import cast
from urllib.parse import urlsplit

from config import addresses, fields
from config.document import Document, Loc
from config.problems import Problem, Wrong, quoted
from monitor.model.mendable import Phrase, phrase
from monitor.model.register import Group

Plain = Mapping[str, object]
Span = tuple[time, time]  # from, until


def without_site(document: Document) -> bool:
    """Whether the document tells of a unit that has no site: `site` is there, and empty."""
    data = document.data
    return isinstance(data, dict) and "site" in data and data["site"] is None


def column_problems(document: Document) -> Iterator[Problem]:
    """Columns of one site that share a name or an address, and addresses that are none."""
    names: dict[str, int] = {}
    addresses: dict[str, int] = {}
    for index, column in _columns(document):
        if name := _text(column, "name"):
            first = names.setdefault(name, index)
            if first != index:
                what = phrase("two columns of this site are called {name}", name=quoted(name))
                yield _problem(document, ("columns", index, "name"), what, _also_at(document, first, "name"))
        yield from _address_problems(document, index, column, addresses)


def calendar_problems(document: Document, known: Callable[[str], bool]) -> Iterator[Problem]:
    """Calendars that are neither a country's nor a file's."""
    data = document.data if isinstance(document.data, dict) else {}
    places: list[tuple[Loc, object]] = [((), data)]
    places += [(("columns", index, "duty"), column.get("duty")) for index, column in _columns(document)]
    duties = data.get("duties")
    places += [(("duties", key), duty) for key, duty in (duties if isinstance(duties, dict) else {}).items()]
    for loc, holder in places:
        if (name := _text(holder, "calendar")) and not known(name):
            what = phrase("unknown calendar {name}", name=quoted(name))
            mend = phrase("write a country such as CN, or add calendar/{name}.yaml", name=name)
            yield _problem(document, (*loc, "calendar"), what, mend)


def hour_problems(document: Document, hours: Span | None, sending: Span) -> Iterator[Problem]:
    """Hours of a site that leave no moment for the looks on which its reminders rest. The file has the right shape."""
    if hours and hours[0] < hours[1] and hours[0] >= sending[1]:
        what = phrase("nobody would be reminded: these hours begin when no mail is sent any more that day")
        mend = phrase("let them begin before {until}, or go on over midnight", until=f"{sending[1]:%H:%M}")
        yield _problem(document, ("look_hours", "from"), what, mend)


def _address_problems(document: Document, index: int, column: Plain, seen: dict[str, int]) -> Iterator[Problem]:
    written = _text(column, "url")
    if not written:
        return
    loc = ("columns", index, "url")
    try:
        address = _same(addresses.url_of_column(written, _home(document.data)))
    except Wrong as wrong:
        yield _problem(document, loc, wrong.what, wrong.mend)
        return
    first = seen.setdefault(address, index)
    if first != index:
        what = phrase("two columns of this site have one address")
        yield _problem(document, loc, what, _also_at(document, first, "url"))


def _home(data: object) -> str:
    """The home page, or a stand-in where it is wrong: that is a problem of its own, not one of each column."""
    with suppress(Wrong):
        return addresses.url(_text(data, "home"))
    return "https://www.example.com/"


def _also_at(document: Document, index: int, key: str) -> Phrase:
    line, _ = document.place(("columns", index, key))
    return phrase("change it, or remove the column here or on line {line}", line=line)


def _same(address: str) -> str:
    """One form for addresses that differ only in the letters of the host or in an empty path."""
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.casefold(), path=parts.path or "/").geturl()


@dataclass(slots=True)
class Agreement:
    """Names that must be unique, and units that must be one thing, over all files."""

    _sites: dict[str, str] = field(default_factory=dict)  # name → file:line
    _units: dict[str, tuple[Group | None, bool, str]] = field(default_factory=dict)  # group, has a site, file:line

    def problems(self, document: Document) -> Iterator[Problem]:
        """What in this document contradicts the ones before it."""
        if name := _text(document.data, "site"):
            here = _where(document, ("site",))
            there = self._sites.setdefault(name, here)
            if there != here:
                what = phrase("site {name} is already defined", name=quoted(name))
                mend = phrase("give it another name, or remove it here or at {there}", there=there)
                yield _problem(document, ("site",), what, mend)
        if unit := _text(document.data, "unit"):
            yield from self._unit_problems(document, unit)

    def _unit_problems(self, document: Document, unit: str) -> Iterator[Problem]:
        has_site = not without_site(document)
        group = _group(document.data)
        first_group, had_site, there = self._units.setdefault(unit, (group, has_site, _where(document, ("unit",))))
        if there == _where(document, ("unit",)):
            return
        if not (has_site and had_site):
            what = phrase("unit {unit} is already in the register, and one of the two has no site", unit=quoted(unit))
            mend = phrase("remove it here or at {there}", there=there)
            yield _problem(document, ("unit",), what, mend)
        if group and first_group and group is not first_group:
            what = phrase("unit {unit} stands in the group {group} elsewhere", unit=quoted(unit), group=first_group)
            yield _problem(document, ("group",), what, phrase("write the same group here and at {there}", there=there))


def _problem(document: Document, loc: Loc, what: Phrase, mend: Phrase) -> Problem:
    line, column = document.place(loc)
    return Problem(file=document.file, line=line, column=column, what=what, mend=mend)


def _where(document: Document, loc: Loc) -> str:
    return f"{document.file}:{document.place(loc)[0]}"


def _columns(document: Document) -> Iterator[tuple[int, Plain]]:
    columns = document.data.get("columns") if isinstance(document.data, dict) else None
    for index, column in enumerate(columns if isinstance(columns, list) else []):
        if isinstance(column, dict):
            yield index, column


def _text(data: object, key: str) -> str:
    """The text at a key, without blanks around it; nothing when there is none."""
    value = cast(Plain, data).get(key) if isinstance(data, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _group(data: object) -> Group | None:
    with suppress(Wrong):
        return fields.group(_text(data, "group"))
    return None
