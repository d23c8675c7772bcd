"""The engine, and the unit of work: `with begin() as session`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import URL, Connection
from sqlalchemy.orm import Session, sessionmaker

__all__ = ["Begin", "Engine", "Session", "open_engine", "savepoint", "unit_of_work"]

Begin = Callable[[], AbstractContextManager[Session]]
"""Opens a unit of work: commits when the block ends well, else rolls back."""


def open_engine(url: str) -> Engine:
    """The engine for a database's URL; `postgresql://` means psycopg 3."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    return create_engine(parsed, pool_pre_ping=True)


def unit_of_work(engine: Engine) -> Begin:
    """The one way to open a session."""
    return sessionmaker(engine, expire_on_commit=False).begin


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _prepare(connection: SqliteConnection, _record: object) -> None:
        # pysqlite begins transactions by itself and too late for savepoints: BEGIN is ours.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A transaction that starts as a reader and then writes cannot wait for another writer.
        options: dict[str, Any] = dict(connection.get_execution_options())
        connection.exec_driver_sql("BEGIN" if options.get("chibo_read_only") else "BEGIN IMMEDIATE")

    return engine


@contextmanager
def savepoint(session: Session) -> Iterator[None]:
    """A part of the transaction that can fail by itself; for statements, not for ORM objects."""
    with session.connection().begin_nested():
        yield
