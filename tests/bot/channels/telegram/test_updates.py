"""Reading updates: each kind, with no trust in its shape."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.updates import Unreadable, UpdateReader
from messages.channel import Address, IncomingMessage, MessageKind, Tap
from tests.harness.telegram_server import TelegramServer

SENT = datetime(2022, 3, 24, 1, 0, tzinfo=UTC)
NOW = SENT + timedelta(minutes=5)
READER = UpdateReader("70", lambda: NOW, lambda sent: sent)


@pytest.fixture
def server() -> TelegramServer:
    return TelegramServer(now=lambda: SENT)


def read(update: dict[str, Any]) -> IncomingMessage:
    incoming = READER.read(update)
    assert incoming is not None
    return incoming


def test_a_text_is_read_with_its_own_time(server: TelegramServer) -> None:
    update = server.person(5).says("kết nạp Hoa")
    incoming = read(update)
    assert incoming.sender == Address("telegram", "5")
    assert incoming.external_id == f"70:{update['update_id']}"
    assert (incoming.kind, incoming.text, incoming.at) == (MessageKind.TEXT, "kết nạp Hoa", SENT)
    assert json.loads(incoming.raw) == update


def test_an_invitation_in_a_link_stays_text(server: TelegramServer) -> None:
    assert read(server.person(5).says("/start ABCD-1234")).text == "/start ABCD-1234"


def test_a_tap_is_read_with_the_time_given(server: TelegramServer) -> None:
    incoming = read(server.person(5).taps_data("q7:3"))
    assert (incoming.kind, incoming.tap, incoming.at) == (
        MessageKind.CHOICE,
        Tap(question="q7", number=3),
        NOW,
    )


def test_the_times_of_messages_go_through_the_clock_in_force(server: TelegramServer) -> None:
    reader = UpdateReader("70", lambda: NOW, lambda _: NOW)
    incoming = reader.read(server.person(5).says("x"))
    assert incoming is not None
    assert incoming.at == NOW


def test_each_kind_of_message_is_told_apart(server: TelegramServer) -> None:
    person = server.person(5)
    kinds = {
        MessageKind.STICKER: person.sends_sticker(),
        MessageKind.PICTURE: person.sends_photo(),
        MessageKind.VOICE: person.sends_voice(),
        MessageKind.OTHER: person.sends_document(),
        MessageKind.EDIT: person.edits("mới"),
        MessageKind.BLOCKED: person.blocks(),
        MessageKind.UNBLOCKED: person.unblocks(),
        MessageKind.GROUP: server.group(-100).hears(person, "chào bot"),
    }
    assert {kind: read(update).kind for kind, update in kinds.items()} == {kind: kind for kind in kinds}


def test_an_edit_bears_the_id_of_the_message_that_it_changes(server: TelegramServer) -> None:
    person = server.person(5)
    first, second = read(person.says("một")), read(person.says("hai"))
    edit = read(person.edits("hai rưỡi"))
    assert first.message_ref != second.message_ref == edit.message_ref != ""
    assert edit.external_id != second.external_id
    assert (edit.kind, edit.text) == (MessageKind.EDIT, "hai rưỡi")


def test_a_place_that_moves_on_is_no_edit(server: TelegramServer) -> None:
    place = {"message_id": 3, "date": 1, "edit_date": 2, "chat": {"id": 5, "type": "private"}}
    assert READER.read({"update_id": 1, "edited_message": {**place, "location": {"latitude": 21}}}) is None


def test_a_group_is_answered_in_the_group(server: TelegramServer) -> None:
    assert read(server.group(-100).adds_bot(server.person(5))).sender.value == "-100"


def test_what_asks_for_nothing_is_nothing(server: TelegramServer) -> None:
    group = {"id": -100, "type": "group"}
    joined = {"message_id": 1, "date": 1, "chat": group, "new_chat_title": "Chi bộ"}
    assert READER.read({"update_id": 1, "message": joined}) is None
    assert READER.read({"update_id": 1, "edited_message": {**joined, "text": "x"}}) is None
    assert READER.read({"update_id": 1, "poll": {}}) is None


@pytest.mark.parametrize(
    "content",
    [
        {"message_id": "?", "date": "hôm qua", "chat": {"id": 5, "type": "private"}},
        {"message_id": 1, "date": 10**30, "chat": {"id": 5, "type": "private"}, "text": "x"},
        {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": ["x"]},
    ],
)
def test_a_poison_whose_chat_is_known_is_kept_raw(content: dict[str, Any]) -> None:
    incoming = read({"update_id": 9, "message": content})
    assert (incoming.kind, incoming.text, incoming.sender.value) == (MessageKind.OTHER, "", "5")
    assert json.loads(incoming.raw) == {"update_id": 9, "message": content}


@pytest.mark.parametrize(
    "content", [7, None, [], {}, {"chat": 5}, {"chat": {"id": "5", "type": "private"}, "date": 1}]
)
def test_a_poison_without_a_chat_is_unreadable(content: object) -> None:
    with pytest.raises(Unreadable):
        READER.read({"update_id": 9, "message": content})


def test_what_no_database_takes_is_left_out() -> None:
    chat = {"id": 5, "type": "private"}
    incoming = read({"update_id": 1, "message": {"date": 1, "chat": chat, "text": "a\x00b\ud800c"}})
    assert incoming.text == "ab?c"
    incoming.raw.encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["chat", "id", "date", "text", "from", "message", "type"]), inner)
    ),
    max_leaves=12,
)


@given(st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member"]), JSON)
def test_whatever_comes_is_a_message_nothing_or_unreadable(name: str, content: Any) -> None:
    with contextlib.suppress(Unreadable):
        READER.read({"update_id": 1, name: content})
