"""Reads a file of worlds, a JSON object a line: each is a world, or says where it is wrong and how to mend it."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from config.files import unreadable
from config.problems import ConfigError, Problem, Wrong, did_you_mean, quoted
from config.worlds import WorldLine, world_of
from monitor.model.mendable import phrase
from monitor.model.replaying import World

LONGEST_LINE = 32 << 20  # bytes
MOST_PROBLEMS = 100  # that are told at once

Loc = tuple[int | str, ...]


def worlds(path: Path) -> Iterator[World]:
    """The worlds of a file, one after the other. Raises ConfigError with all that is wrong with it, at its end."""
    problems: list[Problem] = []
    try:
        with path.open("rb") as file:
            for number, line in _lines(file):
                read = _read(line)
                if isinstance(read, World):
                    if not problems:
                        yield read
                    continue
                problems += [_problem(path, number, loc, wrong) for loc, wrong in read]
                if len(problems) >= MOST_PROBLEMS:
                    break
    except OSError as error:
        problems = [Problem.of(str(path), Wrong(unreadable(error), phrase("give another file")))]
    if problems:
        raise ConfigError(problems[:MOST_PROBLEMS])


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, with their numbers; of one that is too long, its beginning, and no more."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if line.strip():
            yield number, line
        if len(line) > LONGEST_LINE:
            return


def _read(line: bytes) -> World | list[tuple[Loc, Wrong]]:
    if len(line) > LONGEST_LINE:
        much = phrase("the line has more than {most} MiB", most=LONGEST_LINE >> 20)
        return [((), Wrong(much, phrase("leave out looks that change nothing")))]
    try:
        return world_of(WorldLine.model_validate_json(line))
    except ValidationError as error:
        return [(detail["loc"], _wrong(detail)) for detail in error.errors(include_url=False)]


def _problem(path: Path, number: int, loc: Loc, wrong: Wrong) -> Problem:
    steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}"[:80] for step in loc).removeprefix(".")
    return Problem.of(f"{path}:{number}{': ' if steps else ''}{steps}", wrong)


def _wrong(detail: ErrorDetails) -> Wrong:
    given = detail.get("ctx", {}).get("error")
    if isinstance(given, Wrong):
        return given
    if detail["type"] == "extra_forbidden":
        key = str(detail["loc"][-1])
        return Wrong(phrase("unknown key {key}", key=quoted(key)), did_you_mean(key, _keys(detail["loc"])))
    return Wrong(phrase("{reason}", reason=detail["msg"]), phrase("see docs/judge-batch.md"))


def _keys(loc: Loc) -> tuple[str, ...]:
    """The keys that may stand beside the one at `loc`."""
    part: type[BaseModel] = WorldLine
    for step in loc[:-1]:
        part = next(_parts(part.model_fields[step].annotation), part) if isinstance(step, str) else part
    return tuple(part.model_fields)


def _parts(annotation: object) -> Iterator[type[BaseModel]]:
    """The models within an annotation such as `list[LookLine] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _parts(inner)
