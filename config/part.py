"""What every part of the admins' files is made of: a strict mapping, and values that are read from text."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, PlainValidator

from config import fields
from config.problems import Wrong
from monitor.model.mendable import phrase

Meant = TypeVar("Meant")


def text(reader: Callable[[str], Meant]) -> PlainValidator:
    """A value that must be written as text; `reader` says what it means."""

    def read(value: object) -> Meant:
        if isinstance(value, str):
            return reader(value)
        if value is None:
            raise Wrong(phrase("the value is missing"), phrase("write it after the colon"))
        if isinstance(value, dict | list):
            raise Wrong(phrase("one text is expected here, not a list"), phrase("write it on the line of the key"))
        raise Wrong(phrase("a text is expected here"), phrase("put the value into quotes"))

    return PlainValidator(read)


class Part(BaseModel):
    """A mapping in a file. An unknown key or a wrong type is a problem, never passed over."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


Name = Annotated[str, text(fields.name)]
