"""A small district on either database, for the tests of what happens by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.schema import upgrade
from storage.session import Begin, open_engine, unit_of_work


@pytest.fixture
def begin(database_url: str) -> Iterator[Begin]:
    """The unit of work on a fresh database with all tables."""
    engine = open_engine(database_url)
    upgrade(engine)
    yield unit_of_work(engine)
    engine.dispose()
