"""Known entries: what was seen of columns before, as a look is handed it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

import sqlalchemy as sa

from monitor.edge.page_tables import glance
from monitor.edge.store.glances import AGREED, SETTLED
from monitor.edge.store.rows import known_of
from monitor.edge.tables import column, entry, verdict
from monitor.model.judging import KNOWN, KnownEntry


def known_entries(connection: sa.Connection, timezones: Mapping[int, str]) -> dict[int, list[KnownEntry]]:
    """By column, whose time zone is given: the newest entries that were seen at its present address."""
    order = (entry.c.published.desc().nulls_last(), entry.c.key)
    rank = sa.func.row_number().over(partition_by=entry.c.column_id, order_by=order).label("rank")
    of_now = sa.and_(
        column.c.id == entry.c.column_id, column.c.url == entry.c.source
    )  # a corrected address begins anew
    ranked = (
        sa.select(entry, rank, SETTLED.label("settled"))
        .join(column, of_now)
        .outerjoin(glance, glance.c.column_id == entry.c.column_id)
        .outerjoin(verdict, verdict.c.id == glance.c.verdict_id)
        .where(entry.c.column_id.in_(timezones))
        .subquery()
    )
    known: dict[int, list[KnownEntry]] = defaultdict(list)
    for row in connection.execute(sa.select(ranked).where(ranked.c.rank <= KNOWN)):
        one = known_of(row, timezones[row.column_id])
        known[row.column_id].append(replace(one, readings=max(one.readings, AGREED)) if row.settled else one)
    return known
