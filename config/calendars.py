"""The calendars of the admins' folder (`calendar/NAME.yaml`): working days that no table knows, or knows otherwise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from config import fields
from config.files import documents_of, tidied, validated
from config.part import Part, text
from config.problems import Problem, Wrong
from monitor.model.mendable import phrase
from monitor.workdays import Calendar, calendar_for, is_calendar

FOLDER = "calendar"


class CalendarFile(Part):
    """What differs from the calendar it is based on, and the years that are officially settled by it."""

    base: Annotated[str, text(fields.calendar_name)] = "weekdays"
    holidays: Annotated[list[date], Field(default_factory=list)]
    working_days: Annotated[list[date], Field(default_factory=list)]  # make-up days (调休)
    settled: Annotated[list[int], Field(default_factory=list)]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        both = sorted({*self.holidays} & {*self.working_days})
        if both:
            raise Wrong(
                phrase("{day} is a holiday and a working day", day=both[0]), phrase("remove it from one of the lists")
            )
        if self.base != "weekdays" and not is_calendar(self.base):
            raise Wrong(
                phrase("there is no calendar {name} to begin with", name=self.base),
                phrase("write a country of ISO 3166, such as CN, or weekdays"),
            )
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendars:
    """The working days by name: the admins' own first, then those of a country or a time zone.

    `digest` is that of the admins' own files: another one, other verdicts.
    """

    own: Mapping[str, Calendar] = field(default_factory=dict)
    digest: str = ""

    def named(self, name: str) -> Calendar:
        """A file's name, a country, or a time zone; those of mainland China are all CN."""
        usual = calendar_for(name)
        if name in self.own:
            return self.own[name]
        return self.own.get("CN", usual) if usual is calendar_for("CN") else usual

    def knows(self, name: str) -> bool:
        return name in self.own or is_calendar(name)


def load_calendars(folder: Path) -> tuple[Calendars, list[Problem]]:
    """The calendars of the admins' folder, which may hold none, and all that is wrong with them."""
    own: dict[str, Calendar] = {}
    problems: list[Problem] = []
    place, digest = folder / FOLDER, sha256()
    for path in sorted(place.glob("*.y*ml")) if place.is_dir() else []:
        file, wrong = _read(path)
        problems += wrong
        if file:
            own[path.stem] = _calendar(file)
            digest.update(f"{path.stem} {file.model_dump_json()}\n".encode())
    return Calendars(own=own, digest=digest.hexdigest()), problems


def _read(path: Path) -> tuple[CalendarFile | None, list[Problem]]:
    name = f"{FOLDER}/{path.name}"
    documents, problems = documents_of(path, name)
    if len(documents) != 1 or documents[0].data is None:
        wrong = Wrong(
            phrase("the file holds no calendar, or several"), phrase("write one calendar in it, or remove it")
        )
        return None, problems or [Problem.of(name, wrong, line=1, column=1)]
    file, more = validated(documents[0], CalendarFile)
    return file, tidied(problems, more)


def _calendar(file: CalendarFile) -> Calendar:
    base = calendar_for(file.base)
    free, working, settled = frozenset(file.holidays), frozenset(file.working_days), frozenset(file.settled)

    def rule_of(_year: int) -> Callable[[date], bool]:
        return lambda day: day in working or (day not in free and base.is_working(day))

    return Calendar(rule_of, known=lambda year: year in settled or not base.provisional(year))
