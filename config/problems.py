"""What is wrong in the admins' files: where it stands, what it is, and how to mend it."""

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from monitor.model.mendable import Mendable, Phrase, as_written, phrase

LONGEST_QUOTE = 80  # characters of an admin's value that a message repeats


def quoted(value: object) -> str:
    """A value of a file as a message may repeat it: short, in quotes, nothing that moves a terminal's cursor."""
    text = str(value)
    short = text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"
    return '"' + "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in short) + '"'


def listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def near(word: object, choices: Iterable[str], *, alike: float = 0.6) -> str | None:
    """The choice that was probably meant, or None. `alike` is difflib's ratio, 0..1."""
    by_case = {choice.casefold(): choice for choice in choices}
    written = str(word).casefold()[:LONGEST_QUOTE]
    begun = [choice for choice in by_case if len(written) > 1 and choice.startswith(written)]
    found = begun if len(begun) == 1 else difflib.get_close_matches(written, by_case, n=1, cutoff=alike)
    return by_case[found[0]] if found else None


def did_you_mean(word: object, choices: Sequence[str]) -> Phrase:
    """How to mend a word that is none of the choices."""
    if meant := near(word, choices):
        return phrase("did you mean {word}?", word=quoted(meant))
    return phrase("write one of: {words}", words=listed(choices))


class Wrong(ValueError):
    """A value that cannot be accepted. pydantic carries it to `config.explain`, which knows where the value stands."""

    def __init__(self, what: Phrase, mend: Phrase) -> None:
        super().__init__(f"{what.said()}; {mend.said()}")
        self.what = what
        self.mend = mend


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake. `file` is relative to the admins' folder; `line` and `column` count from 1, or are 0."""

    file: str
    line: int
    column: int
    what: Phrase
    mend: Phrase

    @classmethod
    def of(cls, file: str, wrong: Wrong, *, line: int = 0, column: int = 0) -> Self:
        return cls(file=file, line=line, column=column, what=wrong.what, mend=wrong.mend)

    def said(self, gettext: Callable[[str], str] = as_written) -> str:
        """The mistake in one line, in the language of `gettext`."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        line = phrase(
            "{place}: {what}; {mend}", place=place, what=self.what.said(gettext), mend=self.mend.said(gettext)
        )
        return line.said(gettext)

    def __str__(self) -> str:
        return self.said()


class ConfigError(Mendable):
    """The admins' folder cannot be used; `problems` says all that is wrong with it, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(*self.problems)
