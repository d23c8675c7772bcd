"""What travels between the page and the server."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web.guard import Rejected
from bot.channels.web.wire import Reading, client_id, incoming, mark_text, read_mark
from messages.channel import IncomingMessage
from storage.queries.timeline import TAIL, Line, Mark, Page

NOW = datetime(2022, 3, 24, 1, 0, tzinfo=UTC)
ids = st.integers(1, 10**15)
marks = st.builds(
    Mark,
    st.integers(0, 10**15),
    st.lists(ids, unique=True, max_size=TAIL).map(lambda found: tuple(sorted(found))),
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(marks)
def test_a_mark_comes_back_as_it_went(mark):
    assert read_mark(mark_text(mark)) == mark


@given(st.text())
def test_any_text_is_a_mark_or_none(text):
    assert read_mark(text) is None or isinstance(read_mark(text), Mark)


@given(st.uuids(), st.text(alphabet="0123456789abcdef", min_size=32, max_size=32))
def test_the_page_gets_its_own_id_back(key, address):
    message = incoming({"id": str(key), "text": "một"}, address, NOW)
    assert client_id(message.external_id) == str(key)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "id": st.just(str(uuid.UUID(int=1))) | anything,
            "text": anything,
            "tap": st.fixed_dictionaries({}, optional={"question": anything, "number": anything}) | anything,
            "age": anything,
        },
    )
)
def test_whatever_is_sent_becomes_a_message_that_a_database_can_keep_or_is_rejected(body):
    try:
        message = incoming(body, "a", NOW)
    except Rejected:
        return
    assert isinstance(message, IncomingMessage)
    assert message.at <= NOW
    for text in (message.text, message.raw, message.external_id):
        assert "\0" not in text
        text.encode()


def test_nothing_was_written_longer_ago_than_a_month():
    body = {"id": str(uuid.UUID(int=1)), "text": "một", "age": 3600 * 24 * 400}
    assert incoming(body, "a", NOW).at == NOW - timedelta(days=30)


@pytest.mark.parametrize(
    ("own", "text", "secret", "is_told"),
    [
        (True, "7K3MQ-9XT2P-4HB", False, True),
        (True, "kn Vi Văn Toàn 10/3", False, False),
        (False, "Mã: 7K3MQ-9XT2P-4HB", True, True),
        (False, "Đã ghi nhận", False, False),
    ],
)
def test_a_page_is_told_which_lines_show_a_code(own, text, secret, is_told):
    line = Line(key="l1", own=own, at=NOW, text=text, external_id="a/1", secret=secret)
    (told,) = Reading(Page((line,), Mark()), None).as_dict()["lines"]
    assert told.get("secret", False) is is_told
