"""Books that are ready to use: made once by each worker of a run, and as good as new for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, text

from storage.schema import upgrade
from storage.session import Session, open_engine, unit_of_work
from tests.harness.plan import import_plan_of_2022
from tests.harness.postgresql import Server


def _plan_of_2022(engine: Engine) -> None:
    upgrade(engine)
    with unit_of_work(engine)() as session:
        import_plan_of_2022(session)


KINDS: Final[Mapping[str, Callable[[Engine], None]]] = {"empty": upgrade, "plan": _plan_of_2022}
"""What books may hold: nothing but `empty` tables, or the `plan` of 2022 with its units."""


def _write(url: str, kind: str, *statements: str) -> None:
    engine = open_engine(url)
    KINDS[kind](engine)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()  # the last one who leaves a SQLite file puts its journal into it


@contextmanager
def example(session: Session) -> Iterator[None]:
    """One example of many on the same books: what it writes is gone after it, however it ends."""
    with session.begin_nested() as part:
        try:
            yield
        finally:
            part.rollback()


class SqliteShelf:
    """Prepared books as files, to be copied."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def take(self, kind: str, path: Path) -> str:
        """The address of a copy of the books, at this path."""
        prepared = self._folder / f"{kind}.db"
        if not prepared.exists():
            _write(f"sqlite:///{prepared}", kind)
        shutil.copyfile(prepared, path)
        return f"sqlite:///{path}"


class PostgresqlShelf:
    """Prepared books as databases, each put back as it was: ten times as fast as a copy of a database."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._made: dict[str, str] = {}

    def take(self, kind: str) -> str:
        """The address of the books, in which is again what there was at first, and nobody else."""
        if kind in self._made:
            self._server.put_out_all(self._made[kind])
            self._server.say(_PUT_BACK, database=self._made[kind])
        else:
            self._made[kind] = self._server.create()
            _write(self._server.url(self._made[kind]), kind, _KEEP)
        return self._server.url(self._made[kind])


_KEEP: Final = """
DO $$ DECLARE t text;
BEGIN
    CREATE SCHEMA kept;
    FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', t, t);
    END LOOP;
    CREATE TABLE kept._sequences AS
        SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public';
END $$
"""

_PUT_BACK: Final = """
DO $$ DECLARE t text; s record;
BEGIN
    SET LOCAL session_replication_role = replica;  -- foreign keys need no checking here
    FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('DELETE FROM public.%I', t);
        EXECUTE format('INSERT INTO public.%I OVERRIDING SYSTEM VALUE TABLE kept.%I', t, t);
    END LOOP;
    FOR s IN SELECT * FROM kept._sequences LOOP
        PERFORM setval(format('public.%I', s.sequencename), coalesce(s.last_value, 1), s.last_value IS NOT NULL);
    END LOOP;
END $$
"""
