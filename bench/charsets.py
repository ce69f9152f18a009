"""Chinese pages in their old encodings, declared rightly, wrongly and not at all: they must read the same."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from bench.bars import Bar, Side, share
from bench.corpus import Reading

ENCODINGS = ("gbk", "gb18030", "big5")
_WRONG = {"gbk": "big5", "gb18030": "iso-8859-1", "big5": "gb2312"}
_DECLARED = re.compile(
    r"(<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*|<\?xml\b[^>]{0,100}?encoding\s*=\s*[\"'])[\w.:-]{2,40}", re.IGNORECASE
)
_HEAD = re.compile(r"<head\b[^>]{0,300}>|<\?xml[^>]{0,200}\?>|(?=<)", re.IGNORECASE)
_FEWEST = 50  # foreign characters
_MOST_REFERENCES = 0.02  # of the foreign characters: a page with more of them does not fit


@dataclass(frozen=True, slots=True)
class Encoded:
    """A page's body in another encoding, and the content type that the server gives with it."""

    name: str  # the encoding and what header and page declare
    body: bytes
    content_type: str


def encodings_of(text: str) -> Iterator[Encoded]:
    """The page in each encoding that it fits, with every pair of declarations, of header and page."""
    for encoding in ENCODINGS:
        if (fitting := _fitting(text, encoding)) is None:
            continue
        for header, inside in product((encoding, _WRONG[encoding], "utf-8", None), repeat=2):
            body = _declaring(fitting, inside).encode(encoding)
            content_type = f"text/html; charset={header}" if header else "text/html"
            yield Encoded(f"{encoding} declared {header or '–'} / {inside or '–'}", body, content_type)


def _fitting(text: str, encoding: str) -> str | None:
    """The text with references for the few characters that the encoding has not, as a site writes them.

    None where it does not fit, because many are not there, or where there is too little to tell encodings by.
    """
    foreign = [c for c in text if c > "\x7f"]
    missing = [c for c in foreign if not _has(encoding, c)]
    if len(missing) > _MOST_REFERENCES * len(foreign) or len(foreign) < _FEWEST:
        return None
    return text.encode(encoding, "xmlcharrefreplace").decode(encoding)


def _has(encoding: str, character: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _declaring(text: str, encoding: str | None) -> str:
    """The text with this declaration for its own, or with none."""
    if encoding is None:
        return _DECLARED.sub(lambda m: m[0].replace("charset", "x").replace("encoding", "x"), text)
    if _DECLARED.search(text):
        return _DECLARED.sub(lambda m: m[1] + encoding, text)
    return _HEAD.sub(lambda m: f'{m[0]}<meta charset="{encoding}">', text, count=1)


@dataclass(frozen=True, slots=True)
class Subject:
    """A page to be read in every encoding: its text, what it gave as it is, and how it is read again."""

    name: str
    text: str
    reading: Reading
    read: Callable[[bytes, str], Reading]


def charset_bar(subjects: Iterable[Subject]) -> Bar:
    """The share of the encoded pages that read as the page itself does."""
    same, differing, fitting = 0, list[str](), dict.fromkeys(ENCODINGS, 0)
    for subject in subjects:
        for encoded in encodings_of(subject.text):
            fitting[encoded.name.split()[0]] += 1
            if subject.read(encoded.body, encoded.content_type) == subject.reading:
                same += 1
            else:
                differing.append(f"{subject.name} {encoded.name}")
    counts = ", ".join(f"{count} in {name}" for name, count in fitting.items())
    return Bar(
        name="Chinese pages in old encodings read identically",
        figure=share(same, same + len(differing)),
        limit=100,
        side=Side.AT_LEAST,
        note=counts,
        pages=tuple(differing),
    )
