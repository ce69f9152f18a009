"""Claims: who is due, and which batch has claimed the look. A claim that ran out is void, and the look is due again."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa

from monitor.edge.among import among
from monitor.edge.database import Database
from monitor.edge.store.known import known_entries
from monitor.edge.store.last_pages import last_pages_of
from monitor.edge.store.learnt import Kept, learnt_of
from monitor.edge.store.lookbacks import look_backs_of
from monitor.edge.store.rows import access_of, column_of, marks_of, networks_of, weak_tls_of
from monitor.edge.store.unseen import outages_of, unseen_of
from monitor.edge.tables import batch, column, site
from monitor.model.judging import KnownEntry
from monitor.model.register import Access, Column, Marks, Network, WeakTls
from monitor.model.watching import LastPage, LookBack, Outage, PutOff, Unseen

POOL = 20  # batches' worth of due columns among which a batch is picked


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A column to look at, with all that fetching and judging need."""

    id: int
    site: str
    home: str  # the site's home page
    column: Column
    host: str
    timezone: str
    allow_networks: tuple[Network, ...]
    spacing: float
    access: Access
    failures: int
    at: datetime | None  # the moment this look stands for; None: the clock's
    known: tuple[KnownEntry, ...]
    site_id: int = 0
    site_code: str | None = None
    weak_tls: WeakTls | None = None
    marks: Marks | None = None  # of the column's page, when it was last read at this address
    unseen: Unseen | None = None  # the stretch that lasts now
    outage: Outage | None = None  # of the site
    learnt: Kept | None = None  # of the page at this address, as the reader gave it
    last_page: LastPage | None = None  # that came whole at this address
    back: LookBack | None = None  # where the looking back at this address stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Columns whose looks are put off, by why. `until` is the first moment of those that no fault of ours keeps."""

    counts: dict[PutOff, int]
    until: datetime | None


class Claims:
    def __init__(self, database: Database) -> None:
        self.database = database

    def claim(
        self,
        *,
        origin: str,
        at: datetime | None,
        now: datetime,
        wall: datetime,
        lease: timedelta,
        limit: int,
        per_host: int,
    ) -> str | None:
        """Claim up to `limit` due columns, most overdue first, at most `per_host` of one host; the batch's token.

        `now` says what is due; `wall` is the clock by which the claim runs out. None when nothing is due.
        """
        token = uuid4().hex
        with self.database.writing() as connection:
            _void(connection, batch.c.until < wall)
            ids = _due(connection, now, limit, per_host)
            if not ids:
                return None
            connection.execute(sa.insert(batch).values(token=token, origin=origin, at=at, until=wall + lease))
            connection.execute(_LEASE, {"ids": ids, "held": token})
        return token

    def take_up(self, token: str, *, until: datetime) -> None:
        """A task has taken the batch up: its claim runs to `until` now."""
        with self.database.writing() as connection:
            connection.execute(sa.update(batch).where(batch.c.token == token).values(until=until))

    def begin(self, token: str, *, until: datetime) -> list[Claim]:
        """Take the batch up, with all its columns. Empty when it was voided or is done."""
        self.take_up(token, until=until)
        return self.held(token)

    def held(self, token: str, *, besides: Collection[int] = ()) -> list[Claim]:
        """The columns that the batch holds, but for some."""
        with self.database.reading() as connection:
            held = set(connection.scalars(sa.select(column.c.id).where(column.c.lease == token)))
        wanted = held.difference(besides)
        return self.some(token, wanted) if wanted else []

    def give_back(self, token: str) -> None:
        """What the batch has not recorded yet is due again at once."""
        with self.database.writing() as connection:
            _void(connection, batch.c.token == token)

    def put_off(self, token: str, *, until: datetime, why: PutOff) -> None:
        """What the batch has not recorded is looked at again then, not at once and for ever."""
        with self.database.writing() as connection:
            later = sa.update(column).where(column.c.lease == token).values(next_look=until, put_off=why.value)
            connection.execute(later)
            _void(connection, batch.c.token == token)

    def set_aside(self, token: str, until: Mapping[int, datetime]) -> None:
        """Columns of the batch whose turn has not come: each is looked at then, and nothing is said of it now."""
        with self.database.writing() as connection:
            connection.execute(_SET_ASIDE, [{"row_id": id_, "held": token, "next": at} for id_, at in until.items()])

    def hasten(self, moments: Mapping[int, datetime]) -> None:
        """Columns that are to be looked at by then; what is claimed or put off keeps its own moment."""
        if moments:
            with self.database.writing() as connection:
                connection.execute(_HASTEN, [{"row_id": id_, "sooner": at} for id_, at in moments.items()])

    def free(self, origin: str) -> None:
        """Void all claims of one run: its worker died, or it has ended. Their columns are due again."""
        with self.database.writing() as connection:
            _void(connection, batch.c.origin == origin)

    def outstanding(self, *, now: datetime) -> int:
        """How many columns are due or claimed at that moment."""
        with self.database.reading() as connection:
            return (
                connection.scalar(
                    sa.select(sa.func.count()).where(column.c.active, sa.or_(column.c.lease.is_not(None), _is_due(now)))
                )
                or 0
            )

    def waiting(self, *, now: datetime) -> Waiting:
        """The columns whose looks are put off beyond that moment."""
        later = sa.and_(column.c.active, column.c.put_off.is_not(None), column.c.next_look > now)
        query = sa.select(column.c.put_off, sa.func.count(), sa.func.min(column.c.next_look)).where(later)
        with self.database.reading() as connection:
            rows = connection.execute(query.group_by(column.c.put_off)).all()
        return Waiting(
            counts={PutOff(why): count for why, count, _ in rows},
            until=min((first for why, _, first in rows if why != PutOff.FAULT), default=None),
        )

    def some(self, token: str, ids: Collection[int]) -> list[Claim]:
        """Those of these columns that the batch still holds."""
        with self.database.reading() as connection:
            rows = connection.execute(_CLAIMED, {"token": token, "ids": list(ids)}).all()
            known = known_entries(connection, {row.id: row.timezone for row in rows})
            unseen = unseen_of(connection, [row.id for row in rows])
            learnt = learnt_of(connection, [row.id for row in rows])
            last_pages = last_pages_of(connection, [row.id for row in rows])
            backs = look_backs_of(connection, [row.id for row in rows])
            outages = outages_of(connection, {row.site_id for row in rows})
        return [
            Claim(
                id=row.id,
                site=row.site_name,
                home=row.home,
                column=column_of(row),
                host=row.host,
                timezone=row.timezone,
                allow_networks=networks_of(row.allow_networks),
                spacing=row.spacing,
                access=access_of(row.access),
                failures=row.failures,
                at=row.at,
                known=tuple(known[row.id]),
                site_id=row.site_id,
                site_code=row.site_code,
                weak_tls=weak_tls_of(row),
                marks=marks_of(row),
                unseen=unseen.get(row.id),
                outage=outages.get(row.site_id),
                learnt=learnt.get(row.id),
                last_page=last_pages.get(row.id),
                back=backs.get(row.id),
            )
            for row in rows
        ]


def _is_due(now: datetime | sa.BindParameter[datetime]) -> sa.ColumnElement[bool]:
    return sa.or_(column.c.next_look.is_(None), column.c.next_look <= now)


_FREE = sa.and_(column.c.active, column.c.lease.is_(None), _is_due(sa.bindparam("now", type_=column.c.next_look.type)))
# To sort out all that is due would hold the write lock for a second when a nation is due; the most overdue suffice.
_POOL = (
    sa.select(column.c.id, column.c.host)
    .where(_FREE)
    .order_by(column.c.next_look.asc().nulls_first(), column.c.id)
    .limit(sa.bindparam("most"))
)
_LOCK = sa.select(column.c.id).where(among(column.c.id), _FREE).with_for_update(skip_locked=True)
_LEASE = sa.update(column).where(among(column.c.id)).values(lease=sa.bindparam("held"))
_SET_ASIDE = (
    sa.update(column)
    .where(column.c.id == sa.bindparam("row_id"), column.c.lease == sa.bindparam("held"))
    .values(lease=None, next_look=sa.bindparam("next"), put_off=PutOff.TURN.value)
)
_HASTEN = (
    sa.update(column)
    .where(
        column.c.id == sa.bindparam("row_id"),
        column.c.lease.is_(None),
        column.c.put_off.is_(None),
        column.c.next_look > sa.bindparam("sooner"),
    )
    .values(next_look=sa.bindparam("sooner"))
)
_CLAIMED = (
    sa.select(
        column,
        site.c.name.label("site_name"),
        site.c.home,
        site.c.timezone,
        site.c.allow_networks,
        site.c.spacing,
        site.c.site_code,
        site.c.weak_tls,
        site.c.access,
        batch.c.at,
    )
    .join(site, site.c.id == column.c.site_id)
    .join(batch, batch.c.token == column.c.lease)
    .where(column.c.lease == sa.bindparam("token"), column.c.id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(column.c.host, column.c.id)
)


def _void(connection: sa.Connection, which: sa.ColumnElement[bool]) -> None:
    tokens = connection.scalars(sa.select(batch.c.token).where(which)).all()
    if tokens:
        connection.execute(sa.update(column).where(column.c.lease.in_(tokens)).values(lease=None))
        connection.execute(sa.delete(batch).where(batch.c.token.in_(tokens)))


def _due(connection: sa.Connection, now: datetime, limit: int, per_host: int) -> list[int]:
    """Due columns, locked. Those of a host are counted here: to rank them in the database takes three times as long."""
    counts: Counter[str] = Counter()
    ids: list[int] = []
    with connection.execute(_POOL, {"now": now, "most": limit * POOL}) as rows:
        for id_, host in rows:
            if counts[host] < per_host:
                counts[host] += 1
                ids.append(id_)
            if len(ids) == limit:
                break
    return list(connection.scalars(_LOCK, {"ids": ids, "now": now})) if ids else []
