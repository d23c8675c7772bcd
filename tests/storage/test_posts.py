from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from storage.posts import Post
from storage.session import Engine, open_engine


@pytest.fixture
def engines(postgresql_url: str) -> Iterator[tuple[Engine, Engine]]:
    pair = (open_engine(postgresql_url), open_engine(postgresql_url))
    yield pair
    for engine in pair:
        engine.dispose()


def test_of_two_processes_one_holds_the_post_until_it_leaves(engines):
    ours, theirs = (Post(engine, "poll:telegram:1") for engine in engines)
    assert ours.take()
    assert not theirs.take()
    assert ours.is_held()
    assert not theirs.is_held()
    ours.leave()
    assert theirs.take()
    theirs.leave()


def test_posts_of_other_names_are_other_posts(engines):
    ours, theirs = Post(engines[0], "poll:telegram:1"), Post(engines[1], "poll:telegram:2")
    assert ours.take()
    assert theirs.take()
    ours.leave()
    theirs.leave()


def test_the_post_is_lost_with_its_connection(engines):
    ours, theirs = (Post(engine, "poll:telegram:1") for engine in engines)
    assert ours.take()
    with engines[1].connect() as other:
        other.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        )
    assert not ours.is_held()
    assert theirs.take()
    theirs.leave()


def test_on_sqlite_the_post_is_always_free(sqlite_url):
    engine = open_engine(sqlite_url)
    post = Post(engine, "poll:telegram:1")
    assert post.take()
    assert post.is_held()
    post.leave()
    engine.dispose()
