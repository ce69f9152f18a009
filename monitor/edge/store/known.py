"""Known entries: what was seen of columns before, as a look is handed it."""

from collections import defaultdict
from collections.abc import Mapping

import sqlalchemy as sa

from monitor.edge.store.rows import known_of
from monitor.edge.tables import column, entry
from monitor.model.judging import KNOWN, KnownEntry


def known_entries(connection: sa.Connection, timezones: Mapping[int, str]) -> dict[int, list[KnownEntry]]:
    """By column, whose time zone is given: the newest entries that were seen at its present address."""
    order = (entry.c.published.desc().nulls_last(), entry.c.key)
    rank = sa.func.row_number().over(partition_by=entry.c.column_id, order_by=order).label("rank")
    of_now = sa.and_(
        column.c.id == entry.c.column_id, column.c.url == entry.c.source
    )  # a corrected address begins anew
    ranked = sa.select(entry, rank).join(column, of_now).where(entry.c.column_id.in_(timezones)).subquery()
    known: dict[int, list[KnownEntry]] = defaultdict(list)
    for row in connection.execute(sa.select(ranked).where(ranked.c.rank <= KNOWN)):
        known[row.column_id].append(known_of(row, timezones[row.column_id]))
    return known
