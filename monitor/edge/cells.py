"""What a cell of a table may hold besides what every database knows."""

import json
import zlib
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware UTC datetime. SQLite keeps no zone, so both databases store naive UTC."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


class Packed(sa.types.TypeDecorator[dict[str, Any]]):
    """An object of JSON that is never searched: packed it takes a quarter, and there may be one for each column."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> bytes | None:
        return None if value is None else zlib.compress(json.dumps(value, ensure_ascii=False).encode("utf-8"))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> dict[str, Any] | None:
        return None if value is None else dict(json.loads(zlib.decompress(value)))
