"""The engine, and the unit of work: `with begin() as session`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from sqlite3 import Connection as SqliteConnection
from typing import Any, Final, TypeAlias

from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import SQLAlchemyError

__all__ = [
    "Begin",
    "DatabaseFault",
    "Engine",
    "Session",
    "answers",
    "open_engine",
    "reading",
    "savepoint",
    "unit_of_work",
]

Session: TypeAlias = Connection
"""One unit of work on the books. It is SQLAlchemy's Connection: every statement is one of Core, for the ORM's
session costs half as much again for each."""

Begin = Callable[[], AbstractContextManager[Session]]
"""Opens a unit of work: commits when the block ends well, else rolls back."""

DatabaseFault = SQLAlchemyError
"""What a session raises when the database cannot be reached, or refuses."""


LOCK_PATIENCE: Final = "5s"
"""How long a statement waits for a lock on PostgreSQL."""
PATIENCE: Final = "30s"
"""How long a statement may take there."""


def open_engine(url: str) -> Engine:
    """The engine for a database's URL; `postgresql://` means psycopg 3.

    What a statement was given is not told by its fault: faults are logged, and names of people are no one's there.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    engine = create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
    event.listen(engine, "connect", _be_impatient)
    return engine


def _be_impatient(connection: Any, _record: object) -> None:
    """Let nothing wait for ever: a lock that does not come free is a collision, to be tried again."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{LOCK_PATIENCE}'; SET statement_timeout = '{PATIENCE}'")
    connection.commit()


def unit_of_work(engine: Engine) -> Begin:
    """The one way to open a session."""
    return engine.begin


def reading(engine: Engine) -> Begin:
    """A session that only reads: on SQLite it neither waits for the writer nor holds it up."""
    return unit_of_work(engine.execution_options(chibo_read_only=True))


def answers(begin: Begin) -> bool:
    """Whether the database can be reached and answers."""
    try:
        with begin() as session:
            return session.execute(text("SELECT 1")).scalar() == 1
    except DatabaseFault:
        return False


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": 30}, hide_parameters=True)

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
    """A part of the transaction that can fail by itself."""
    session.exec_driver_sql("SAVEPOINT part")
    try:
        yield
    except BaseException:
        session.exec_driver_sql("ROLLBACK TO SAVEPOINT part")
        session.exec_driver_sql("RELEASE SAVEPOINT part")
        raise
    session.exec_driver_sql("RELEASE SAVEPOINT part")
