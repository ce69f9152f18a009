"""`among(key, name)`: whether a key is one of many ids that are bound as one value.

SQLAlchemy's own `IN` binds each id by itself: for 200 of them that costs more than the statement that asks.
"""

import json
from collections.abc import Collection
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType


class _Ids(sa.types.TypeDecorator[Collection[int]]):
    """A list of JSON in SQLite, an array in PostgreSQL."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        kind = postgresql.ARRAY(sa.Integer) if dialect.name == "postgresql" else sa.Text()
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: Collection[int] | None, dialect: Dialect) -> str | list[int]:
        ids = list(value or ())
        return ids if dialect.name == "postgresql" else json.dumps(ids)


class _Among(FunctionElement[bool]):
    name = "among"
    type = sa.Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> Self:
        """It is a condition already: SQLAlchemy would ask SQLite whether it is 1, and no index answers that."""
        return self


def among(key: sa.Column[int], name: str = "ids") -> sa.ColumnElement[bool]:
    """The ids are given as the statement's parameter of this name, in any collection."""
    return _Among(key, sa.bindparam(name, type_=_Ids()))


@compiles(_Among, "sqlite")
def _in_json(element: _Among, compiler: SQLCompiler, **how: Any) -> str:
    key, ids = (compiler.process(clause, **how) for clause in element.clauses)
    return f"{key} IN (SELECT value FROM json_each({ids}))"  # noqa: S608 -- a column's name and a parameter's


@compiles(_Among, "postgresql")
def _in_array(element: _Among, compiler: SQLCompiler, **how: Any) -> str:
    key, ids = (compiler.process(clause, **how) for clause in element.clauses)
    return f"{key} = ANY({ids})"
