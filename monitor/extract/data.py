"""Lists that come as data: JSON found by its shape, and Hanweb jpage records."""

import json
import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

_RECORD = re.compile(r"<record\b[^<>]{0,200}>", re.IGNORECASE)
_MOST_RECORDS = 5000
_CALLBACK = re.compile(r"\s*[\w.$]{1,60}\s*\(\s*(?=[\[{])")
_MOST_VISITED = 200_000
_MOST_FIELDS = 200
_DEPTH = 8

Value = str | int | float
Record = dict[str, Value]


def records_of_jpage(text: str) -> str | None:
    """The records of a jpage answer, joined into a list of HTML."""
    starts = [m.end() for m in _RECORD.finditer(text)][: _MOST_RECORDS + 1]
    rows = [_content(text[start:stop]) for start, stop in pairwise([*starts, len(text)])]
    return "<ul>" + "".join(rows) + "</ul>" if rows else None


def _content(piece: str) -> str:
    """What stands before the record's end, out of its CDATA."""
    piece = piece.partition("</record>")[0].strip()
    return piece.removeprefix("<![CDATA[").removesuffix("]]>")


def parsed(text: str) -> object | None:
    """The data of a JSON or JSONP answer; None where it is none."""
    text = text.strip("\ufeff \t\r\n")
    if call := _CALLBACK.match(text):
        text = text[call.end() :].rstrip("); \r\n\t")
    try:
        found: object = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return found


def lists_in(data: object) -> Iterator[list[Record]]:
    """Every array of records, each record flattened to `a.b` names; rows of a table get their column as name."""
    for values in _arrays(data):
        if sum(1 for v in values if isinstance(v, dict)) * 2 > len(values):
            yield [_flat(v) for v in values if isinstance(v, dict)]


def html_in(data: object) -> str | None:
    """HTML that stands inside the data: rows of cells as a table, or the longest text that holds links."""
    for values in _arrays(data):
        rows = [v for v in values if isinstance(v, list) and v and all(isinstance(c, Value) for c in v)]
        if len(rows) * 2 > len(values) and any("<a " in str(c) for row in rows for c in row):
            return _table(rows)
    texts = [v for v in _walk(data) if isinstance(v, str) and v.count("href=") > 1]
    return max(texts, key=len, default=None)


def _table(rows: Sequence[Sequence[Value]]) -> str:
    cells = ("".join(f"<td>{c if '<' in str(c) else escape(str(c))}</td>" for c in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def _arrays(data: object) -> Iterator[list[object]]:
    yield from (v for v in _walk(data) if isinstance(v, list) and v)
    for v in _walk(data):
        if isinstance(v, dict) and len(v) > 2 and all(isinstance(x, dict) for x in v.values()):
            yield list(v.values())


def _walk(data: object) -> Iterator[object]:
    """Every value, outermost first, without recursion."""
    waiting = [data]
    for _ in range(_MOST_VISITED):
        if not waiting:
            return
        value = waiting.pop()
        yield value
        if isinstance(value, dict):
            waiting.extend(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extend(reversed(value))


def _flat(record: dict[str, object]) -> Record:
    """A record's fields by dotted names; lists give their first value, and key-value pairs their key as name."""
    flat: Record = {}
    waiting: list[tuple[str, object, int]] = [("", record, 0)]
    while waiting and len(flat) < _MOST_FIELDS:
        name, value, depth = waiting.pop()
        if isinstance(value, bool) or value is None:
            continue
        if isinstance(value, Value):
            flat.setdefault(name, value)
        elif depth < _DEPTH and isinstance(value, dict):
            waiting.extend((f"{name}.{k}".lstrip("."), v, depth + 1) for k, v in reversed(value.items()))
        elif depth < _DEPTH and isinstance(value, list):
            waiting.extend((f"{name}.{key}", v, depth + 1) for key, v in _pairs(value))
    return flat


def _pairs(values: list[object]) -> list[tuple[str, object]]:
    """[{key: Title, value: …}, …] by its keys; another list by its first item."""
    named = [
        (str(k), low.get("value"))
        for v in values[:_MOST_FIELDS]
        if isinstance(v, dict) and "value" in (low := {str(n).lower(): x for n, x in v.items()})
        if isinstance(k := low.get("key") or low.get("label") or low.get("field"), str)
    ]
    return named[::-1] or [("0", values[0])] if values else []
