"""Posts that one process at a time may hold, such as asking Telegram for updates: advisory locks of PostgreSQL."""

from __future__ import annotations

import threading
from contextlib import suppress
from hashlib import blake2b

from sqlalchemy import Connection, Engine, text

from storage.session import DatabaseFault


class Post:
    """One such post, by its name. SQLite serves one process: there the post is always free.

    Its calls wait for the database and may come from any thread.
    """

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._key = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True)
        self._connection: Connection | None = None
        self._one_at_a_time = threading.Lock()

    @property
    def is_shared(self) -> bool:
        """Whether whoever holds the post can be sure that no other process does."""
        return self._engine.dialect.name == "postgresql"

    def take(self) -> bool:
        """Take the post if nobody holds it; raises DatabaseFault."""
        if not self.is_shared:
            return True
        with self._one_at_a_time:
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            if connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": self._key}).scalar():
                self._connection = connection
                return True
            connection.close()
            return False

    def is_held(self) -> bool:
        """Whether the post is still ours: it is lost with the connection that it was taken on."""
        if not self.is_shared:
            return True
        with self._one_at_a_time:
            if self._connection is None:
                return False
            try:
                self._connection.execute(text("SELECT 1"))
            except DatabaseFault:
                self._let_go()
                return False
            return True

    def leave(self) -> None:
        """Give the post up, so that another process can take it."""
        with self._one_at_a_time:
            self._let_go()

    def _let_go(self) -> None:
        if self._connection is None:
            return
        with suppress(
            DatabaseFault
        ):  # so that another can take the post at once, and not when the session is gone
            self._connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": self._key})
        # The lock lives as long as the server's session: closing must not put the session back into the pool.
        self._connection.invalidate()
        self._connection.close()
        self._connection = None
