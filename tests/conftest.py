"""What every test may ask for: an empty database of either kind, and a browser."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy.engine import make_url

from storage.schema import upgrade
from storage.session import open_engine
from tests.harness import browser
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
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with every table and no row, to be copied: migrating each test's own takes a second on a busy machine."""
    file = tmp_path_factory.mktemp("template") / "chibo.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: Server) -> Iterator[str]:
    """The name of a database with every table and no row."""
    with postgresql_server.new_database() as url:
        _migrate(url)
        yield str(make_url(url).database)


@pytest.fixture
def sqlite_books_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Empty books on SQLite: every table, no row."""
    shutil.copy(sqlite_template, tmp_path / "books.db")
    return f"sqlite:///{tmp_path / 'books.db'}"


@pytest.fixture
def postgresql_books_url(postgresql_server: Server, postgresql_template: str) -> Iterator[str]:
    """Empty books on PostgreSQL: every table, no row."""
    with postgresql_server.new_database(like=postgresql_template) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def books_url(request: pytest.FixtureRequest) -> str:
    """Empty books, every table and no row; the test runs once on each kind of database."""
    url: str = request.getfixturevalue(f"{request.param}_books_url")
    return url


def _migrate(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The system's Chromium; without it the test is skipped, but fails where CI=true."""
    return browser.chromium(browser.NAMES, ci=os.environ.get("CI") == "true")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` writes the golden transcripts anew instead of comparing them."""
    parser.addoption("--update", action="store_true", help="write the golden transcripts anew")
