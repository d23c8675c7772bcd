"""All that the books hold, to compare: of a copy with what was copied, of before with after, of one way with another."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Engine, select

from storage.tables import metadata

_ON_THE_WAY: Final = {"inbox", "outbox", "addresses", "dialogues", "sent_counts", "failovers", "file_links"}
"""How something was said, and not what."""


def contents(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, in an order of its own."""
    with engine.execution_options(chibo_read_only=True).connect() as session:
        return {
            name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for name, table in metadata.tables.items()
        }


def facts(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """What people's words have come to, whichever channel they took: all but the talk itself, and what chance drew."""
    with engine.execution_options(chibo_read_only=True).connect() as session:
        found = {
            name: [dict(row) for row in session.execute(select(table)).mappings()]
            for name, table in metadata.tables.items()
            if name not in _ON_THE_WAY
        }
    for invitation in found["invitations"]:
        del invitation["code_hash"]
    for entry in found["audit"]:
        if entry["act"] == "join":
            del entry["subject"]
    return found
