"""How alembic reaches the books: on the connection that `storage.schema` opened."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.types import TypeDecorator

from storage.tables import metadata


def plain_types(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our own column types as the database's, so that old migrations never depend on today's code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=plain_types,
)
with context.begin_transaction():
    context.run_migrations()
