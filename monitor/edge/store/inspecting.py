"""What an inspection asks of the register besides verdicts: the group of each column's unit, its category, its duty."""

from dataclasses import dataclass

import sqlalchemy as sa

from monitor.edge.database import Database
from monitor.edge.store.rows import duty_of
from monitor.edge.tables import column, site
from monitor.model.register import Duty, Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A watched column as the register has it now."""

    group: Group
    category: str
    duty: Duty
    first_level: bool | None


class Inspecting:
    def __init__(self, database: Database) -> None:
        self.database = database

    def registered(self) -> dict[int, Registered]:
        """Every watched column, by its id."""
        with self.database.reading() as connection:
            return {
                row.id: Registered(
                    group=Group(row.group),
                    category=row.category,
                    duty=duty_of(row.duty),
                    first_level=row.first_level,
                )
                for row in connection.execute(_REGISTERED)
            }


_REGISTERED = (
    sa.select(column.c.id, site.c.group, column.c.category, column.c.duty, column.c.first_level)
    .join(site, site.c.id == column.c.site_id)
    .where(column.c.active)
)
