"""All that the books hold, to compare: of a copy with what was copied, or of before with after."""

from __future__ import annotations

from sqlalchemy import Engine, select

from storage.tables import metadata


def contents(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, in an order of its own."""
    with engine.execution_options(chibo_read_only=True).connect() as session:
        return {
            name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for name, table in metadata.tables.items()
        }
