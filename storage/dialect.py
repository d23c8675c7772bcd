"""What is spelt by dialect: an insert that may meet a row that is there, and many rows or numbers in one statement.

They go to PostgreSQL as one value, which it takes apart by itself: a statement with a place for each figure of each
row is longer than they are, and takes psycopg as long to read as all the rest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, TypeAlias

from sqlalchemy import (
    JSON,
    ColumnElement,
    Dialect,
    Integer,
    Table,
    Text,
    TypeDecorator,
    any_,
    bindparam,
    cast,
    column,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage.session import Session

Upsert: TypeAlias = postgresql.Insert | sqlite.Insert


def dialect_of(session: Session) -> str:
    """The name of the session's kind of database: `sqlite` or `postgresql`."""
    return session.dialect.name


def insert_for(dialect: str, table: Table) -> Upsert:
    """An insert that knows `on_conflict_do_nothing` and `on_conflict_do_update`, for a kind of database."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def insert_or(session: Session, table: Table) -> Upsert:
    """The same for the session's database."""
    return insert_for(dialect_of(session), table)


class _Numbers(TypeDecorator[Sequence[int]]):
    """Numbers as PostgreSQL writes an array of them; psycopg would look at each for its kind."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> str | None:
        return None if value is None else f"{{{','.join(map(str, value))}}}"


def one_of(dialect: str, of: ColumnElement[int], name: str) -> ColumnElement[bool]:
    """Whether a number is one of a list that the statement is given by this name."""
    if dialect == "postgresql":
        return of == any_(cast(bindparam(name, type_=_Numbers), postgresql.ARRAY(Integer)))
    return of.in_(bindparam(name, expanding=True))


Rows: TypeAlias = Sequence[Mapping[str, object]]


def insert_many(dialect: str, table: Table, names: Sequence[str], alike: Sequence[str] = ()) -> Upsert:
    """An insert of these columns of as many rows as `as_given` puts before it; what is `alike` in all is given once."""
    if dialect != "postgresql":
        return insert_for(dialect, table)
    rows = func.json_to_recordset(cast(bindparam("rows", type_=Text), JSON))
    given = rows.table_valued(*(column(name, table.c[name].type) for name in names), name="given")
    once = [bindparam(_once(name), type_=table.c[name].type) for name in alike]
    return insert_for(dialect, table).from_select(
        [*names, *alike], select(*given.render_derived(with_types=True).c, *once)
    )


def as_given(dialect: str, rows: Rows, alike: Mapping[str, object]) -> Rows | Mapping[str, object]:
    """Rows, and what is alike in all of them, in the form in which `insert_many` takes them.

    They have the columns that it was told of.
    """
    if dialect != "postgresql":
        return [{**row, **alike} for row in rows]
    return {"rows": _as_json(rows), **{_once(name): value for name, value in alike.items()}}


def _once(name: str) -> str:
    """The name under which a figure of all rows is given: not that of its column, which an insert keeps for itself."""
    return f"once_{name}"


_as_json: Final = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":"), default=datetime.isoformat
).encode
"""Letters as they are: escaped, ours take three times their room in the statement and in the row."""
