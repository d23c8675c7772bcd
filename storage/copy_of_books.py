"""A copy of the books in memory: to try out on it what would happen, while the books stay as they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.request import pathname2url

from sqlalchemy import JSON, Column, Engine, Table, Text, bindparam, cast, insert, select, text

from storage.session import Session, open_engine
from storage.tables import metadata

_LOT: Final = 2000
"""Rows that are on their way at once."""


class NoBooks(Exception):
    """There is no file where the books should be, or (`is_there`) it cannot be read; the words say why."""

    def __init__(self, why: str, *, is_there: bool) -> None:
        super().__init__(why)
        self.is_there = is_there


@contextmanager
def copy_of(engine: Engine) -> Iterator[Engine]:
    """An engine of its own on a copy of these books, in the memory of this process, gone afterwards.

    The books are only read, as they are at one moment; a file of SQLite is opened so that it cannot be written.
    Whatever they are kept in, the copy is SQLite. Raises DatabaseFault where they are out of reach, NoBooks.
    """
    copy = open_engine("sqlite://")
    try:
        _relax(copy)
        if is_file(engine):
            _copy_file(Path(str(engine.url.database or "")), copy)
        else:
            _copy_tables(engine, copy)
        yield copy
    finally:
        copy.dispose()


def is_file(engine: Engine) -> bool:
    """Whether books are kept in a file: it is copied as it is, before one knows what it holds."""
    return engine.dialect.name == "sqlite"


def _relax(copy: Engine) -> None:
    """Check no references: what the books hold was checked there, and of the copy parts are taken away."""
    _driver_of(copy).execute("PRAGMA foreign_keys=OFF")


def _driver_of(copy: Engine) -> sqlite3.Connection:
    """The one connection that a database in memory has."""
    pooled = copy.raw_connection()
    try:
        driver: Any = pooled.driver_connection
    finally:
        pooled.close()
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError(f"a copy is kept by SQLite, not by {type(driver)}")
    return driver


def _copy_file(path: Path, copy: Engine) -> None:
    """SQLite's own copying takes also what is still in its journal, while others write."""
    if not path.is_file():
        raise NoBooks(str(path), is_there=False)
    # Without a journal nobody has the file open: reading it so leaves nothing beside it.
    mode = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "immutable=1"
    try:
        source = sqlite3.connect(f"file:{pathname2url(str(path.resolve()))}?{mode}", uri=True)
        try:
            source.backup(_driver_of(copy))
        finally:
            source.close()
    except sqlite3.Error as fault:
        raise NoBooks(str(fault), is_there=True) from fault


def _copy_tables(engine: Engine, copy: Engine) -> None:
    reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with reading.begin() as books, copy.begin() as session:
        metadata.create_all(session)
        session.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        for revision in books.execute(text("SELECT version_num FROM alembic_version")).scalars():
            session.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": revision})
        for table in metadata.tables.values():
            _copy_table(books, session, table)


def _copy_table(books: Session, copy: Session, table: Table) -> None:
    # JSON goes as its text, for of a value that was read one cannot tell whether it was NULL or null.
    read = [cast(column, Text).label(column.name) if _is_json(column) else column for column in table.c]
    given = {
        each.name: bindparam(each.name, type_=Text() if _is_json(each) else each.type) for each in table.c
    }
    found = books.execute(select(*read), execution_options={"yield_per": _LOT})
    for lot in found.mappings().partitions():
        copy.execute(insert(table).values(given), [dict(row) for row in lot])


def _is_json(column: Column[Any]) -> bool:
    return isinstance(column.type, JSON)
