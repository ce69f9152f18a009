"""Opens the files of the admins' folder: their text, their documents, their validated shape, or what is wrong."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from config.document import Document, parse
from config.explain import explained
from config.problems import Problem, Wrong
from monitor.model.mendable import Phrase, phrase

LARGEST = 5_000_000  # bytes of one file
MOST_PROBLEMS = 500  # of one file: whoever has more made one mistake many times

File = TypeVar("File", bound=BaseModel)


def text_of(path: Path) -> str:
    """The text of a file in UTF-8, with or without a byte order mark. Raises Wrong."""
    if path.exists() and not path.is_file():  # a folder, or a pipe that would never end
        raise Wrong(phrase("this is not a file"), phrase("remove or rename it"))
    try:
        with path.open("rb") as source:
            body = source.read(LARGEST + 1)
    except OSError as error:
        raise Wrong(unreadable(error), phrase("check its name and who may read it")) from None
    if len(body) > LARGEST:
        most = LARGEST // 1_000_000
        raise Wrong(phrase("the file is larger than {most} MB", most=most), phrase("split it into several files"))
    return body.decode("utf-8-sig")


def unreadable(error: OSError) -> Phrase:
    return phrase("it cannot be read ({reason})", reason=error.strerror or type(error).__name__)


def documents_of(path: Path, file: str) -> tuple[list[Document], list[Problem]]:
    """The YAML documents of a file that the problems call `file`."""
    try:
        return parse(file, text_of(path))
    except Wrong as wrong:
        return [], [Problem.of(file, wrong)]
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line, column = before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode()) + 1
        encoding = Wrong(phrase("the file is not in UTF-8"), phrase("save it as UTF-8 (it may be in GBK now)"))
        return [], [Problem.of(file, encoding, line=line, column=column)]


def validated(document: Document, model: type[File]) -> tuple[File | None, list[Problem]]:
    """The document in the shape of `model`."""
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        return None, list(explained(document, model, error))


def tidied(reading: Sequence[Problem], values: Sequence[Problem]) -> list[Problem]:
    """The problems of one file in the order of its lines, each once, and not too many.

    What is wrong with a value that could not even be read is left out: its reading is the cause.
    """
    unread = {(problem.line, problem.column) for problem in reading}
    causes = [*reading, *(problem for problem in values if (problem.line, problem.column) not in unread)]
    kept = sorted(dict.fromkeys(causes), key=lambda problem: (problem.line, problem.column))
    if len(kept) <= MOST_PROBLEMS:
        return kept
    what = phrase("this file has {count} more problems", count=len(kept) - MOST_PROBLEMS)
    more = Problem.of(kept[0].file, Wrong(what, phrase("mend the first ones, then check again")))
    return [*kept[:MOST_PROBLEMS], more]
