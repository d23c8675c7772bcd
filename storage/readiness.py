"""Whether the database is what this release expects, told without loading alembic."""

from __future__ import annotations

from enum import Enum, auto
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, inspect, text

_VERSIONS = Path(__file__).parent / "migrations" / "versions"


class Readiness(Enum):
    """How the books stand to this release."""

    READY = auto()
    EMPTY = auto()
    OLD = auto()
    NEWER = auto()


def readiness(engine: Engine) -> Readiness:
    """How the books of this engine stand; raises DatabaseFault when the database does not answer."""
    reading = engine.execution_options(chibo_read_only=True)
    with reading.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return Readiness.EMPTY
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision is None:
        return Readiness.EMPTY
    if revision not in revisions():
        return Readiness.NEWER
    return Readiness.READY if revision == revisions()[-1] else Readiness.OLD


@cache
def revisions() -> tuple[str, ...]:
    """The migrations in their order: the number that each file's name begins with is its revision."""
    return tuple(sorted(path.name.partition("_")[0] for path in _VERSIONS.glob("[0-9]*_*.py")))
