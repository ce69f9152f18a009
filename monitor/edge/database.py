"""Opening the database: SQLite (WAL) by default, PostgreSQL for more; the schema is brought up to date by Alembic."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from monitor.model.mendable import Mendable, phrase

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 30  # how long a writer waits for SQLite's one write lock
WRITES = {"lanmu_writes": True}


class DatabaseDown(Mendable):
    """The database cannot be opened; the text says what to do about it."""


class Database:
    """An engine, and the two ways into it: `reading()` and `writing()`.

    A writing transaction takes SQLite's write lock at once (BEGIN IMMEDIATE): a deferred one that reads first and then
    writes fails with "locked" whenever another writer came between.
    """

    def __init__(self, url: str) -> None:
        try:
            address = sa.make_url(url)
            _refuse_memory(address)
            self.engine = sa.create_engine(address, pool_pre_ping=address.get_backend_name() != "sqlite")
        except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ModuleNotFoundError, ValueError) as error:
            words = phrase(
                "LANMU_DATABASE_URL is no address of a database that Lanmu knows; "
                "use sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME"
            )
            raise DatabaseDown(words) from error
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        with self._mended(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        with self._mended(), self.engine.execution_options(**WRITES).begin() as connection:
            yield connection

    @contextmanager
    def _mended(self) -> Iterator[None]:
        """A database that has gone, is locked or full, or is none of ours, is a failure of the world with a text."""
        try:
            yield
        except (sa.exc.IntegrityError, sa.exc.DataError):
            raise  # our own fault
        except sa.exc.DBAPIError as error:
            words = phrase("the database {url} cannot be used: {reason}", url=self.shown, reason=_reason(error))
            raise DatabaseDown(words) from error

    def insert(self, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that knows ON CONFLICT."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    def migrate(self) -> None:
        """Bring the schema to the present version; a newer one than this program knows is refused."""
        # Imported here: it costs every other command a third of its start.
        from alembic import command
        from alembic.config import Config
        from alembic.util.exc import CommandError

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        try:
            with self.writing() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except CommandError as error:
            raise _newer(str(error)) from error

    def check(self) -> None:
        """Raises DatabaseDown when there is nothing that we can read.

        It does not answer, no run has prepared it yet, or a newer Lanmu than this did.
        """
        revisions = self._revisions()
        if strange := sorted(revisions - known_revisions()):
            raise _newer(", ".join(strange))
        if not revisions:
            words = phrase(
                "the database {url} is empty; begin with: lanmu once, lanmu run or lanmu beat", url=self.shown
            )
            raise DatabaseDown(words)

    def _revisions(self) -> set[str]:
        """What Alembic noted in it; nothing where no run has prepared it."""
        if self.is_sqlite and not Path(self.engine.url.database or "").exists():
            return set()  # and it is not made by asking
        with self.reading() as connection:
            if not sa.inspect(connection).has_table("alembic_version"):
                return set()
            return {str(row[0]) for row in connection.execute(sa.text("SELECT version_num FROM alembic_version"))}

    @property
    def shown(self) -> str:
        """The address without its password."""
        return self.engine.url.render_as_string(hide_password=True)

    def forget_connections(self) -> None:
        """In a forked child: drop the parent's connections without closing them (they are still the parent's)."""
        self.engine.dispose(close=False)

    def close(self) -> None:
        self.engine.dispose()


def known_revisions() -> set[str]:
    """The versions of the schema that this program knows, by the names of their files: to ask Alembic takes long."""
    return {path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py")}


def _newer(reason: str) -> DatabaseDown:
    return DatabaseDown(phrase("the database was made by a newer Lanmu ({reason}); upgrade the program", reason=reason))


def _refuse_memory(url: sa.URL) -> None:
    """Several processes work on one database, and each would have a memory of its own."""
    name = url.database or ":memory:"
    if url.get_backend_name() == "sqlite" and (":memory:" in name or url.query.get("mode") == "memory"):
        raise DatabaseDown(
            phrase("LANMU_DATABASE_URL: processes cannot share a database in memory; use sqlite:///FILE")
        )


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    assert isinstance(connection, sqlite3.Connection)
    connection.isolation_level = None  # transactions are begun below, not by the driver's guess
    for pragma in (
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("lanmu_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _reason(error: sa.exc.DBAPIError) -> str:
    return str(error.orig).strip().splitlines()[0] if error.orig else "no reason given"
