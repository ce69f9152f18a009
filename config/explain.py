"""Says what a failed validation means, where it stands and how to mend it."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from config.document import Document, Loc
from config.problems import Problem, Wrong, did_you_mean, listed, near, quoted
from monitor.model.mendable import Phrase, phrase

_SHAPES = {
    "dict_type": (phrase("keys with values are expected here"), phrase("write “key: value” lines, indented, below it")),
    "list_type": (phrase("a list is expected here"), phrase("write each item on a line that begins with “- ”")),
    "too_short": (phrase("the list is empty"), phrase("write at least one item on a line that begins with “- ”")),
    "int_type": (phrase("a whole number is expected here"), phrase("write digits, without quotes or unit")),
    "float_type": (phrase("a number is expected here"), phrase("write digits, without quotes or unit")),
    "date_type": (phrase("a date is expected here"), phrase("write year-month-day without quotes, such as 2026-03-18")),
    "finite_number": (phrase("a number is expected here"), phrase("write digits, without quotes or unit")),
    "none_required": (phrase("no value is expected here"), phrase("leave it empty")),
}
_SHAPES["model_type"] = _SHAPES["dict_type"]


def explained(document: Document, model: type[BaseModel], error: ValidationError) -> Iterator[Problem]:
    """The problems of one document, each at the key or the value that is wrong."""
    details = error.errors(include_url=False)
    misspelt = {_meant_at(detail, model) for detail in details if detail["type"] == "extra_forbidden"}
    for detail in details:
        loc = detail["loc"]
        if detail["type"] == "missing" and loc in misspelt:
            continue  # it is there, under the wrong name
        wrong = _wrong(detail, model)
        key = loc[-1:] == ("[key]",)  # pydantic's name for what is wrong with a key itself
        line, column = document.place(loc[:-1] if key else loc, of_key=key or detail["type"] == "extra_forbidden")
        yield Problem.of(document.file, wrong, line=line, column=column)


def _wrong(detail: ErrorDetails, model: type[BaseModel]) -> Wrong:
    context: dict[str, Any] = detail.get("ctx", {})
    match detail["type"], context.get("error"):
        case "value_error", Wrong() as wrong:
            return wrong
        case "extra_forbidden", _:
            key = str(detail["loc"][-1])
            return Wrong(phrase("unknown key {key}", key=quoted(key)), _meant_key(key, _keys(model, detail["loc"])))
        case "missing", _:
            key = str(detail["loc"][-1])
            return Wrong(phrase("key {key} is missing", key=quoted(key)), phrase("add a line “{key}: …”", key=key))
        case "literal_error", _:
            return _none_of(detail["input"], str(context["expected"]))
        case (("greater_than" | "greater_than_equal" | "less_than_equal"), _):
            return _out_of_range(detail["input"], context)
        case kind, _ if kind in _SHAPES:
            return Wrong(*_SHAPES[kind])
        case _:
            return Wrong(phrase("{reason}", reason=detail["msg"]), phrase("compare it with the commented example"))


def _meant_at(detail: ErrorDetails, model: type[BaseModel]) -> Loc:
    *parent, key = detail["loc"]
    return (*parent, near(key, _keys(model, detail["loc"])) or key)


def _meant_key(key: str, keys: tuple[str, ...]) -> Phrase:
    if key.casefold() in ("password", "passwd", "secret") and not near(key, keys):
        return phrase("remove it: the password is read from LANMU_SMTP_PASSWORD or LANMU_SMTP_PASSWORD_FILE")
    if meant := near(key, keys):
        return phrase("did you mean {word}?", word=quoted(meant))
    return phrase("remove it; the keys here are: {words}", words=listed(keys))


def _none_of(value: object, expected: str) -> Wrong:
    """`expected` is pydantic's list of the choices: 'a', 'b' or 'c'."""
    choices = expected.replace(" or ", ", ").replace("'", "").split(", ")
    return Wrong(phrase("unknown word {word}", word=quoted(value)), did_you_mean(value, choices))


def _out_of_range(value: object, context: dict[str, Any]) -> Wrong:
    if "ge" in context:
        return Wrong(
            phrase("{value} is too small", value=quoted(value)), phrase("write {least} or more", least=context["ge"])
        )
    if "gt" in context:
        return Wrong(
            phrase("{value} is too small", value=quoted(value)), phrase("write more than {least}", least=context["gt"])
        )
    return Wrong(
        phrase("{value} is too large", value=quoted(value)), phrase("write {most} or less", most=context["le"])
    )


def _keys(model: type[BaseModel], loc: Loc) -> tuple[str, ...]:
    """The keys that may stand beside the one at `loc`."""
    part = model
    for step in loc[:-1]:
        if isinstance(step, str):
            held = next(field for key, field in part.model_fields.items() if step in (key, field.alias))
            part = _part_in(held.annotation) or part
    return tuple(field.alias or key for key, field in part.model_fields.items())


def _part_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside an annotation such as `list[ColumnPart]` or `DutyPart | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _part_in(inner))), None)
