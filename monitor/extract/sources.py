"""The tags of a page's source, one after another, and the texts between them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

TAG = re.compile(
    r"<!--.*?-->|<(script|style|textarea|title|iframe|noframes|xmp)\b[^>]*>.*?</\1"
    r"|<(/?)([a-zA-Z][^\s/>]*)((?:[^>\"']|\"[^\"]{0,4000}\"|'[^']{0,4000}'){0,2000})>",
    re.DOTALL | re.IGNORECASE,
)
_VALUE = r"\s{}\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))"
_HREF = re.compile(_VALUE.format("href"), re.IGNORECASE)
_DATETIME = re.compile(_VALUE.format("datetime"), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of the source: li, /li."""

    name: str
    attributes: str

    @property
    def href(self) -> str | None:
        return _value(_HREF, self.attributes)


def tags_of(text: str) -> list[Tag]:
    """The tags from first to last, without those in comments and scripts."""
    return [Tag(m[2] + m[3].lower(), m[4]) for m in TAG.finditer(text) if m[3]]


def line_of(tags: Sequence[Tag]) -> str:
    """The names of tags, each between two blanks of its own."""
    return "".join(f" {tag.name} " for tag in tags)


def texts_of(text: str) -> Iterator[str]:
    """The texts between the tags, and the days that attributes hold."""
    at = 0
    for m in TAG.finditer(text):
        if words := unescape(text[at : m.start()]).strip():
            yield words
        if m[3] and (stamp := _value(_DATETIME, m[4])):
            yield stamp
        at = m.end()


def _value(pattern: re.Pattern[str], attributes: str) -> str | None:
    m = pattern.search(attributes)
    return unescape(m[1] or m[2] or m[3] or "").strip() if m else None
