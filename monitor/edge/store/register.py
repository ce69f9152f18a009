"""The admins' book in the store: what leaves the book stays as history, but is no longer looked at."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from monitor.edge.database import Database
from monitor.edge.origins import host_of
from monitor.edge.page_tables import glance
from monitor.edge.store.glances import drop_glances
from monitor.edge.store.learnt import forget_elsewhere
from monitor.edge.store.rows import access_row, duty_row
from monitor.edge.tables import column, site, unit
from monitor.model.register import Column, Site, Unit


class Register:
    def __init__(self, database: Database) -> None:
        self.database = database

    def sync(self, sites: Sequence[Site], units: Iterable[Unit]) -> None:
        """Make the register what the book says, in one transaction. Names are the keys of sites and columns."""
        with self.database.writing() as connection:
            connection.execute(sa.delete(unit))
            rows = [{"name": u.name, "group": u.group.value, "has_site": u.has_site} for u in units]
            if rows:
                connection.execute(sa.insert(unit), rows)
            ids, changed = _sync_sites(connection, sites)
            columns = _sync_columns(connection, [(ids[s.name], c) for s in sites for c in s.columns])
            drop_glances(connection, glance.c.column_id.in_(columns))
            drop_glances(
                connection, glance.c.column_id.in_(sa.select(column.c.id).where(column.c.site_id.in_(changed)))
            )
            forget_elsewhere(connection)


def _sync_sites(connection: sa.Connection, sites: Sequence[Site]) -> tuple[dict[str, int], list[int]]:
    """The ids of the watched sites by name, and of those that were changed."""
    wanted = {(s.name,): _site_row(s) for s in sites}
    changed = _sync(connection, site, ("name",), wanted)
    ids = connection.execute(sa.select(site.c.id, site.c.name).where(site.c.active))
    return {name: id_ for id_, name in ids}, changed


def _sync_columns(connection: sa.Connection, columns: Iterable[tuple[int, Column]]) -> list[int]:
    return _sync(connection, column, ("site_id", "name"), {(id_, c.name): _column_row(id_, c) for id_, c in columns})


def _sync(
    connection: sa.Connection, table: sa.Table, key: tuple[str, ...], wanted: dict[tuple[Any, ...], dict[str, Any]]
) -> list[int]:
    """Insert what is new, update what differs, retire what is gone; the ids of what was changed or retired."""
    keys = [table.c[name] for name in key]
    fields = list(next(iter(wanted.values()))) if wanted else []
    present = {tuple(row[: len(key)]): row for row in connection.execute(sa.select(*keys, table))}
    new = [row for k, row in wanted.items() if k not in present]
    if new:
        connection.execute(sa.insert(table), new)
    changed = [
        {"row_id": present[k].id, **row}
        for k, row in wanted.items()
        if k in present and any(present[k]._mapping[table.c[f]] != row[f] for f in fields)
    ]
    if changed:
        values: dict[str, Any] = {f: sa.bindparam(f) for f in fields}
        connection.execute(sa.update(table).where(table.c.id == sa.bindparam("row_id")).values(values), changed)
    gone = [{"row_id": row.id} for k, row in present.items() if k not in wanted and row._mapping[table.c.active]]
    if gone:
        retire = sa.update(table).where(table.c.id == sa.bindparam("row_id")).values(active=False)
        connection.execute(retire, gone)
    return [row["row_id"] for row in (*changed, *gone)]


def _site_row(s: Site) -> dict[str, Any]:
    return {
        "name": s.name,
        "home": s.home,
        "unit": s.unit,
        "group": s.group.value,
        "officer_name": s.officer.name,
        "officer_email": s.officer.email,
        "language": s.officer.language,
        "timezone": s.timezone,
        "allow_networks": ",".join(map(str, s.allow_networks)),
        "spacing": s.spacing,
        "weak_tls": asdict(s.weak_tls) if s.weak_tls else None,
        "site_code": s.site_code,
        "access": access_row(s.access),
        "active": True,
    }


def _column_row(site_id: int, c: Column) -> dict[str, Any]:
    return {
        "site_id": site_id,
        "name": c.name,
        "url": c.url,
        "host": host_of(c.url),
        "category": c.category,
        "duty": duty_row(c.duty),
        "opened": c.opened,
        "first_level": c.first_level,
        "recipe": asdict(c.recipe) if c.recipe else None,
        "render": {"hosts": list(c.render.hosts), "without": list(c.render.without)} if c.render else None,
        "active": True,
    }
