"""What a user can mend: sentences with gaps, and the root of every exception that ends a command with one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


def as_written(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """An English sentence with gaps, and what fills them. The sentence is the msgid of the catalogues."""

    text: str
    values: tuple[tuple[str, str], ...] = ()

    def said(self, gettext: Callable[[str], str] = as_written) -> str:
        """The sentence in the language of `gettext`."""
        return gettext(self.text).format_map(dict(self.values)) if self.text else ""


def phrase(text: str, /, **values: object) -> Phrase:
    """Mark `text` for the catalogues, and fill its gaps."""
    return Phrase(text=text, values=tuple((name, str(value)) for name, value in values.items()))


class Sayable(Protocol):
    """A line for people."""

    def said(self, gettext: Callable[[str], str] = ...) -> str: ...


class Mendable(Exception):
    """Says in one line a problem what is wrong and what to do, without secrets; the exit code is 2."""

    def __init__(self, *lines: Sayable) -> None:
        self.lines = lines
        super().__init__(self.said())

    def said(self, gettext: Callable[[str], str] = as_written) -> str:
        """The text in the language of `gettext`."""
        return "\n".join(line.said(gettext) for line in self.lines)
