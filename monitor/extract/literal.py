"""An array of objects as JavaScript writes it, where it is no JSON: keys without quotes, single quotes, comments.

Only what is plain data is read: names of values, calls and sums end it, and nothing of it is ever run.
"""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

_BEGINS = re.compile(r"\[\s{0,100}\{\s{0,100}(?:[A-Za-z_$][\w$]{0,60}|'[^'\\\n]{1,60}')\s{0,20}:")
_TOKEN = re.compile(
    r"""
      (?P<blank>  [\s\ufeff]++ | //[^\n]*+ | /\*(?:[^*]|\*(?!/))*+\*/ )
    | (?P<quoted> "(?:[^"\\\n]|\\.)*+" | '(?:[^'\\\n]|\\.)*+' )
    | (?P<key>    [A-Za-z_$][\w$]*+ (?= \s{0,20}: ) )
    | (?P<value>  true\b | false\b | null\b | undefined\b | -?\d++(?:\.\d++)?(?:[eE][+-]?\d++)? (?![\w.]) )
    | (?P<mark>   [\[\]{}:,] )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_LONGEST = 20_000  # characters of one word or comment
_WORK = 100  # characters that could be decoded elsewhere in the time of one word
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "\n": ""}


class Literal(NamedTuple):
    """The data, None where it is none; where it ends; and what it took to read, in characters decoded."""

    data: object
    end: int
    work: int


def literal(script: str, start: int, most: int) -> Literal | None:
    """The data that begins at a place of a script, read with so much work at most; None where nothing begins there."""
    if not _BEGINS.match(script, start):
        return None
    written: list[str] = []
    depth = work = 0
    for kind, word, end in _words(script, start):
        if word in ("]", "}") and written[-1:] == [","]:
            written.pop()  # a comma before the end counts for nothing there
        written.append(_as_json(kind, word))
        depth += (word in ("[", "{")) - (word in ("]", "}"))
        work += _WORK + len(word)
        if depth == 0:
            return Literal(_decoded("".join(written)), end, work)
        if work > most:
            break
    return Literal(None, start + 1, work)


def _decoded(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _words(script: str, start: int) -> Iterator[tuple[str, str, int]]:
    """Each word with its kind and end, as far as they are data."""
    at = start
    while m := _TOKEN.match(script, at, at + _LONGEST):
        at = m.end()
        if m.lastgroup and m.lastgroup != "blank":
            yield m.lastgroup, m[0], at


def _as_json(kind: str, word: str) -> str:
    if kind == "quoted":
        return json.dumps(_ESCAPED.sub(_sign, word[1:-1]))
    return json.dumps(word) if kind == "key" else "null" if word == "undefined" else word


def _sign(m: re.Match[str]) -> str:
    code = m[1] or m[2]
    return chr(int(code, 16)) if code else _SIGNS.get(m[3], m[3])
