"""Tells whether a value is what its type says: a row may have been changed by whoever can write the database."""

from dataclasses import is_dataclass
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints


def fits(value: object, kind: Any) -> bool:
    """Of the types that records of evidence are made of: words, numbers, days, enums, tuples, dicts, dataclasses."""
    parts = get_args(kind)
    if get_origin(kind) is UnionType:
        return any(fits(value, part) for part in parts)
    if get_origin(kind) is tuple:
        return isinstance(value, tuple) and all(fits(one, parts[0]) for one in value)
    if get_origin(kind) is dict:
        return isinstance(value, dict) and all(fits(k, parts[0]) and fits(v, parts[1]) for k, v in value.items())
    if kind is float:
        return isinstance(value, int | float)
    if not isinstance(value, kind):
        return False
    return not is_dataclass(kind) or all(fits(getattr(value, n), of) for n, of in get_type_hints(kind).items())
