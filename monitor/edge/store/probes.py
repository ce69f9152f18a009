"""Probes of home pages: which are due, and what came of them, one row a site and day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.edge.database import Database
from monitor.edge.store.rows import access_of, networks_of, weak_tls_of
from monitor.edge.tables import probe_day, site
from monitor.model.register import Access, Network, WeakTls

WEEK = 7  # days
_GOLDEN = 0.618_034  # its multiples are spread evenly over a circle, however many they are


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """A site whose home page is to be opened."""

    id: int
    name: str
    home: str
    timezone: str
    allow_networks: tuple[Network, ...]
    spacing: float
    weak_tls: WeakTls | None
    access: Access


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """The probes of a site over a week. `failures` are the local days and minutes of those that failed.

    `least` is the fewest of any of its seven days.
    """

    site: str
    probes: int
    failed: int
    failures: tuple[str, ...]
    least: int = 0

    @property
    def share(self) -> float | None:
        """The failed share, 0 to 1; None where nothing was probed."""
        return self.failed / self.probes if self.probes else None


class Probes:
    def __init__(self, database: Database) -> None:
        self.database = database

    def claim(self, *, now: datetime, following: datetime, limit: int) -> list[int]:
        """The sites whose probe is due, most overdue first; the next is due at `following`, whatever comes of it.

        New sites get a moment before `following`, each its own, so that a town is not probed all at once.
        """
        due = sa.and_(site.c.active, site.c.next_probe <= now)
        with self.database.writing() as connection:
            for id_ in connection.scalars(sa.select(site.c.id).where(site.c.active, site.c.next_probe.is_(None))).all():
                moment = now + (following - now) * (id_ * _GOLDEN % 1)
                connection.execute(sa.update(site).where(site.c.id == id_).values(next_probe=moment))
            query = sa.select(site.c.id).where(due).order_by(site.c.next_probe, site.c.id).limit(limit)
            ids = list(connection.scalars(query.with_for_update(skip_locked=True)))
            connection.execute(sa.update(site).where(site.c.id.in_(ids)).values(next_probe=following))
        return ids

    def sites(self, ids: Sequence[int]) -> list[Probed]:
        with self.database.reading() as connection:
            rows = connection.execute(sa.select(site).where(site.c.id.in_(ids), site.c.active).order_by(site.c.id))
            return [
                Probed(
                    id=row.id,
                    name=row.name,
                    home=row.home,
                    timezone=row.timezone,
                    allow_networks=networks_of(row.allow_networks),
                    spacing=row.spacing,
                    weak_tls=weak_tls_of(row),
                    access=access_of(row.access),
                )
                for row in rows
            ]

    def record(self, site_id: int, at: datetime, *, failed: bool) -> None:
        """Count a probe. `at` is local to the site."""
        upsert = self.database.insert(probe_day)
        minute = f"{at:%H:%M} " if failed else ""
        row = {"site_id": site_id, "day": at.date(), "probes": 1, "failed": int(failed), "minutes": minute}
        more = {
            "probes": probe_day.c.probes + 1,
            "failed": probe_day.c.failed + upsert.excluded.failed,
            "minutes": probe_day.c.minutes + upsert.excluded.minutes,
        }
        with self.database.writing() as connection:
            connection.execute(upsert.on_conflict_do_update(index_elements=["site_id", "day"], set_=more), [row])

    def week(self, until: date) -> list[Availability]:
        """Each watched site over the seven days that end with this one, the worst first."""
        within = sa.and_(
            probe_day.c.site_id == site.c.id, probe_day.c.day > until - timedelta(days=WEEK), probe_day.c.day <= until
        )
        query = (
            sa.select(site.c.name, probe_day.c.day, probe_day.c.probes, probe_day.c.failed, probe_day.c.minutes)
            .outerjoin(probe_day, within)
            .where(site.c.active)
            .order_by(site.c.name, probe_day.c.day)
        )
        with self.database.reading() as connection:
            rows: Sequence[Any] = connection.execute(query).all()
        days: dict[str, list[Any]] = {}
        for row in rows:
            days.setdefault(row.name, []).append(row)
        return sorted((_availability(*of_site) for of_site in days.items()), key=lambda one: -(one.share or 0))


def _availability(name: str, days: Sequence[Any]) -> Availability:
    probed = [row for row in days if row.day is not None]
    return Availability(
        site=name,
        probes=sum(row.probes for row in probed),
        failed=sum(row.failed for row in probed),
        failures=tuple(f"{row.day} {minute}" for row in probed for minute in row.minutes.split()),
        least=min(row.probes for row in probed) if len(probed) == WEEK else 0,
    )
