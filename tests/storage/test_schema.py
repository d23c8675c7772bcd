"""The migrations against the tables that the code believes in."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from storage.models import Base
from storage.schema import _config, downgrade, upgrade
from storage.session import open_engine


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
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()
