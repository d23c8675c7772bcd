"""What every test may ask for: books on either kind of database, empty or prepared, and a browser."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, settings

from storage.session import Begin, Session, open_engine, unit_of_work
from tests.harness import browser
from tests.harness.books import PostgresqlShelf, SqliteShelf
from tests.harness.postgresql import Server

# No test depends on speed: a busy machine fails none.
settings.register_profile("chibo", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("chibo")

_FOLDER: Final = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """One folder for the PostgreSQL server of this run, made by the process that hands out the tests."""
    given = getattr(config, "workerinput", {}).get("postgresql_folder")
    config.stash[_FOLDER] = Path(given or tempfile.mkdtemp(prefix="chibo-tests-"))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist where the one server lives."""
    node.workerinput["postgresql_folder"] = str(node.config.stash[_FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that made the folder takes it away, after all workers are gone."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(config.stash[_FOLDER], ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_server(pytestconfig: pytest.Config) -> Iterator[Server]:
    """A running PostgreSQL, shared by all workers."""
    server = Server.join(pytestconfig.stash[_FOLDER] / "pgdata")
    yield server
    server.leave()


@pytest.fixture
def postgresql_url(postgresql_server: Server) -> Iterator[str]:
    """A fresh, empty PostgreSQL database, gone after the test."""
    with postgresql_server.new_database() as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A fresh, empty SQLite database, in a file as in use."""
    return f"sqlite:///{tmp_path / 'chibo.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, empty database as CHIBO_DATABASE_URL names it; the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def sqlite_shelf(tmp_path_factory: pytest.TempPathFactory) -> SqliteShelf:
    """Where prepared books on SQLite come from."""
    return SqliteShelf(tmp_path_factory.mktemp("books"))


@pytest.fixture(scope="session")
def postgresql_shelf(postgresql_server: Server) -> PostgresqlShelf:
    """Where prepared books on PostgreSQL come from."""
    return PostgresqlShelf(postgresql_server)


@pytest.fixture
def sqlite_books_url(sqlite_shelf: SqliteShelf, tmp_path: Path) -> str:
    """Empty books on SQLite: every table, no row."""
    return sqlite_shelf.take("empty", tmp_path / "books.db")


@pytest.fixture
def postgresql_books_url(postgresql_shelf: PostgresqlShelf) -> str:
    """Empty books on PostgreSQL: every table, no row."""
    return postgresql_shelf.take("empty")


@pytest.fixture(params=["sqlite", "postgresql"])
def books_url(request: pytest.FixtureRequest) -> str:
    """Empty books, every table and no row; the test runs once on each kind of database."""
    url: str = request.getfixturevalue(f"{request.param}_books_url")
    return url


@pytest.fixture
def begin(books_url: str) -> Iterator[Begin]:
    """The unit of work over empty books; the test runs once on each kind of database."""
    engine = open_engine(books_url)
    yield unit_of_work(engine)
    engine.dispose()


@pytest.fixture
def session(begin: Begin) -> Iterator[Session]:
    """A transaction on empty books, kept when the test ends well; once on each kind of database."""
    with begin() as session:
        yield session


@pytest.fixture
def sqlite_plan_url(sqlite_shelf: SqliteShelf, tmp_path: Path) -> str:
    """Books on SQLite that hold the plan of 2022 and its units."""
    return sqlite_shelf.take("plan", tmp_path / "plan.db")


@pytest.fixture
def postgresql_plan_url(postgresql_shelf: PostgresqlShelf) -> str:
    """Books on PostgreSQL that hold the plan of 2022 and its units."""
    return postgresql_shelf.take("plan")


@pytest.fixture(params=["sqlite", "postgresql"])
def plan_url(request: pytest.FixtureRequest) -> str:
    """Books that hold the plan of 2022 and its units; the test runs once on each kind of database."""
    url: str = request.getfixturevalue(f"{request.param}_plan_url")
    return url


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The system's Chromium; without it the test is skipped, but fails where CI=true."""
    return browser.chromium(browser.NAMES, ci=os.environ.get("CI") == "true")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` writes the golden transcripts anew instead of comparing them."""
    parser.addoption("--update", action="store_true", help="write the golden transcripts anew")
