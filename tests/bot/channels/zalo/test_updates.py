"""What Zalo's events become, whatever their shape."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.zalo.channel import bot_of
from bot.channels.zalo.updates import EventReader, Unreadable
from messages.channel import Address, MessageKind

NOW = datetime(2022, 3, 24, 1, 0, tzinfo=UTC)
READER = EventReader("77", lambda: NOW, lambda sent: sent)
TEXT = "message.text.received"


def event(name: str = TEXT, **content: object) -> dict[str, object]:
    message: dict[str, object] = {
        "from": {"id": "b7c0", "display_name": "Hoa", "is_bot": False},
        "chat": {"id": "b7c0", "chat_type": "PRIVATE"},
        "message_id": "2d758cb5e222177a4e35",
        "date": 1648083600123,
        "text": "kn Hoa",
    }
    return {"event_name": name, "message": {**message, **content}}


def kind(of: dict[str, object]) -> MessageKind:
    read = READER.read(of)
    assert read is not None
    return read.kind


@pytest.mark.parametrize("wrap", [lambda it: it, lambda it: {"ok": True, "result": it}])
def test_an_event_is_read_flat_and_in_its_envelope(wrap):
    read = READER.read(wrap(event()))
    assert read.sender == Address("zalo", "b7c0")
    assert (read.kind, read.text) == (MessageKind.TEXT, "kn Hoa")
    assert read.external_id == f"77:b7c0:2d758cb5e222177a4e35:{TEXT}"
    assert read.at == datetime(2022, 3, 24, 1, 0, 0, 123000, tzinfo=UTC)
    assert '"kn Hoa"' in read.raw


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("message.image.received", MessageKind.PICTURE),
        ("message.sticker.received", MessageKind.STICKER),
        ("message.voice.received", MessageKind.VOICE),
        ("message.unsupported.received", MessageKind.OTHER),
        ("message.location.received", MessageKind.OTHER),
    ],
)
def test_what_is_no_text_has_its_kind(name, expected):
    assert kind(event(name, text=None, photo="https://f20.example/x.jpg")) is expected


@pytest.mark.parametrize("field", ["photo", "photo_url"])
def test_a_picture_brings_its_caption(field):
    read = READER.read(
        event("message.image.received", text=None, caption="danh sách", **{field: "https://x"})
    )
    assert (read.kind, read.text) == (MessageKind.PICTURE, "danh sách")


@pytest.mark.parametrize("text", [None, 7, "", "  "])
def test_a_text_without_words_is_something_else(text):
    assert kind(event(text=text)) is MessageKind.OTHER


@pytest.mark.parametrize(
    "chat", [{"id": "g1", "chat_type": "GROUP"}, {"id": "g1"}, {"id": "b7c0", "chat_type": "group"}]
)
def test_a_group_is_told_by_its_type_or_by_its_not_being_the_sender(chat):
    assert kind(event(chat=chat)) is MessageKind.GROUP


def test_without_a_type_a_chat_with_the_sender_alone_is_private():
    assert kind(event(chat={"id": "b7c0"})) is MessageKind.TEXT


def test_another_program_is_told():
    assert kind(event(**{"from": {"id": "b7c0", "is_bot": True}})) is MessageKind.BOT


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"ok": True, "result": {}},
        {"ok": True},
        {"event_name": 7},
        {"event_name": "bot.added", "message": {}},
        {"event_name": "message.unsupported.received"},
        {"event_name": TEXT, "message": None},
    ],
)
def test_what_asks_for_nothing_is_passed_over(body):
    assert READER.read(body) is None


@pytest.mark.parametrize(
    "message", [7, [], {}, {"chat": 7}, {"chat": {}}, {"chat": {"id": "x y"}}, {"chat": {"id": True}}]
)
def test_where_no_chat_can_be_told_it_cannot_be_read(message):
    with pytest.raises(Unreadable):
        READER.read({"event_name": TEXT, "message": message})


@pytest.mark.parametrize("date", [None, "hôm qua", True, 1e30, float("nan"), 10**400, 0, -1, 253402300799000])
def test_a_time_that_cannot_be_is_now(date):
    assert READER.read(event(date=date)).at == NOW


def test_a_date_in_seconds_is_known_by_its_size():
    assert READER.read(event(date=1648080000)).at == NOW - timedelta(hours=1)


def test_the_time_that_counts_may_be_another_one():
    reader = EventReader("77", lambda: NOW, lambda sent: sent + timedelta(days=1))
    assert reader.read(event(date=1648083600000)).at == NOW + timedelta(days=1)


def test_the_same_message_has_the_same_key_and_another_event_another():
    first, again, other = (READER.read(event(name)) for name in (TEXT, TEXT, "message.voice.received"))
    assert first.external_id == again.external_id != other.external_id


def test_without_an_id_what_a_message_holds_is_its_key():
    keys = {READER.read(event(message_id=None, text=text)).external_id for text in ("a", "b", "a")}
    assert len(keys) == 2


def test_without_an_id_the_order_of_what_a_message_holds_is_no_matter():
    one = event(message_id=None)
    other = {**one, "message": dict(reversed(one["message"].items()))}
    assert READER.read(one).external_id == READER.read(other).external_id


@pytest.mark.parametrize("number", ["", "x" * 129, "a\x00b", "a\ud800", "a b", True, 1.5, {}])
def test_an_id_that_can_be_none_is_passed_over(number):
    keys = {READER.read(event(message_id=number, text=text)).external_id for text in ("a", "b", "a")}
    assert len(keys) == 2
    assert all(len(key) < 100 and key.isprintable() for key in keys)


def test_zero_bytes_and_half_characters_are_left_out():
    assert READER.read(event(text="a\x00b\ud800")).text == "ab?"


def test_a_bot_is_told_from_others_without_its_secret():
    assert bot_of("1459:geheim") == "1459"
    assert "geheim" not in bot_of("geheim")
