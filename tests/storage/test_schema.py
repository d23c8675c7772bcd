"""The migrations against the tables that the code believes in."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from storage.schema import _config, downgrade, upgrade
from storage.session import open_engine
from storage.tables import metadata


def test_each_migration_goes_up_and_down_and_up_again(database_url):
    engine = open_engine(database_url)
    revisions = [
        script.revision
        for script in reversed(list(ScriptDirectory.from_config(_config(None)).walk_revisions()))
    ]
    assert revisions
    before = "base"
    for revision in revisions:
        upgrade(engine, revision)
        downgrade(engine, before)
        upgrade(engine, revision)
        before = revision
    downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()


def test_the_migrations_build_what_the_models_say(database_url):
    engine = open_engine(database_url)
    upgrade(engine)
    with engine.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_a_candidate_who_left_is_kept_when_the_books_are_brought_up_and_down(database_url):
    engine = open_engine(database_url)
    upgrade(engine, "0001")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO units (id, kind, name, short, code, aliases, block, position, valid_from)"
            " VALUES (1, 'grassroots', 'Chũ', 'Chũ', 'CH', '[]', 1, 1, '2022-01-01')"
        )
        connection.exec_driver_sql(
            "INSERT INTO candidates (id, unit_id, name, folded, created_at, closed_on, closed_because)"
            " VALUES (1, 1, 'Vi Văn Hai', 'vi van hai', '2022-01-01 00:00:00', '2022-03-01', 'moved')"
        )
        connection.exec_driver_sql(
            "INSERT INTO candidate_steps (candidate_id, step, taken_on, from_at)"
            " VALUES (1, 'listed', '2022-01-05', '2022-01-05 00:00:00')"
        )
    upgrade(engine)
    with engine.begin() as connection:
        closing = connection.exec_driver_sql("SELECT candidate_id, because FROM candidate_closings").all()
    assert [tuple(row) for row in closing] == [(1, "moved")]
    downgrade(engine, "0001")
    with engine.begin() as connection:
        left = connection.exec_driver_sql("SELECT closed_because, CAST(closed_on AS TEXT) FROM candidates")
        assert [tuple(row) for row in left] == [("moved", "2022-03-01")]
    engine.dispose()
