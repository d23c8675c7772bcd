"""Telegram's updates, read one by one from their JSON with no trust in its shape."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from bot.channels.telegram.door import Json
from bot.channels.telegram.keyboard import tap_of
from messages.channel import Address, IncomingMessage, MessageKind, Tap

CHANNEL: Final = "telegram"
ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")

_KINDS: Final = {
    "text": MessageKind.TEXT,
    "sticker": MessageKind.STICKER,
    "dice": MessageKind.STICKER,
    "photo": MessageKind.PICTURE,
    "video": MessageKind.PICTURE,
    "animation": MessageKind.PICTURE,
    "voice": MessageKind.VOICE,
    "audio": MessageKind.VOICE,
    "video_note": MessageKind.VOICE,
}
_AWAY: Final = ("kicked", "left")

_Reader = Callable[[Json, Json], IncomingMessage | None]


class Unreadable(Exception):
    """An update in which even the chat cannot be told; `reason` says what is odd."""


class UpdateReader:
    """Turns updates of one bot into IncomingMessages.

    `now` stands in where an update carries no time (a tap). `time_of` gives the time that counts for
    the time a message was sent: the same, unless the process's clock was set to another day.
    """

    def __init__(
        self, bot_id: str, now: Callable[[], datetime], time_of: Callable[[datetime], datetime]
    ) -> None:
        self._bot_id, self._now, self._time_of = bot_id, now, time_of
        self._readers: dict[str, _Reader] = {
            "message": self._read_message,
            "edited_message": self._read_edit,
            "callback_query": self._read_tap,
            "my_chat_member": self._read_membership,
        }

    def read(self, update: Json) -> IncomingMessage | None:
        """The message in an update; None when it asks for nothing. Raises Unreadable."""
        for name, read in self._readers.items():
            if name in update:
                return self._read_safely(update, name, read)
        return None

    def _read_safely(self, update: Json, name: str, read: _Reader) -> IncomingMessage | None:
        content = update[name]
        try:
            return read(update, _object(content))
        except Unreadable:
            chat = _chat_anyhow(content)
            if chat is None:
                raise
            return self._message(update, chat, MessageKind.OTHER, self._now())

    def _read_message(self, update: Json, content: Json) -> IncomingMessage | None:
        chat = _object(content.get("chat"))
        at = self._sent_at(content, "date")
        if chat.get("type") != "private":
            if "text" not in content and "caption" not in content:
                return None  # somebody joined, left, renamed the group, …
            return self._message(update, _chat_id(chat), MessageKind.GROUP, at, text=_words(content))
        if _by_a_program(content):
            return self._message(update, _chat_id(chat), MessageKind.BOT, at, text=_words(content))
        kind = next((kind for key, kind in _KINDS.items() if key in content), MessageKind.OTHER)
        ref = self._ref(content)
        return self._message(update, _chat_id(chat), kind, at, text=_words(content), ref=ref)

    def _read_edit(self, update: Json, content: Json) -> IncomingMessage | None:
        chat = _object(content.get("chat"))
        if chat.get("type") != "private" or ("text" not in content and "caption" not in content):
            return None  # a place that goes on moving has no words
        at = self._sent_at(content, "edit_date" if "edit_date" in content else "date")
        kind = MessageKind.BOT if _by_a_program(content) else MessageKind.EDIT
        ref = self._ref(content)
        return self._message(update, _chat_id(chat), kind, at, text=_words(content), ref=ref)

    def _read_tap(self, update: Json, content: Json) -> IncomingMessage | None:
        under = content.get("message")
        chat = _object(_object(under).get("chat")) if under is not None else _object(content.get("from"))
        tap = tap_of(str(content.get("data", "")))
        return self._message(update, _chat_id(chat), MessageKind.CHOICE, self._now(), tap=tap)

    def _read_membership(self, update: Json, content: Json) -> IncomingMessage | None:
        chat = _object(content.get("chat"))
        before, after = _status(content, "old_chat_member"), _status(content, "new_chat_member")
        at = self._sent_at(content, "date")
        if after in _AWAY:
            return self._message(update, _chat_id(chat), MessageKind.BLOCKED, at)
        if before not in _AWAY:
            return None  # only its rights in the group have changed
        kind = MessageKind.UNBLOCKED if chat.get("type") == "private" else MessageKind.GROUP
        return self._message(update, _chat_id(chat), kind, at)

    def _sent_at(self, content: Json, field: str) -> datetime:
        try:
            return self._time_of(datetime.fromtimestamp(_whole(content.get(field)), UTC))
        except (OverflowError, OSError, ValueError):
            raise Unreadable(f"{field} is no time") from None

    def _ref(self, content: Json) -> str:
        """The message by its number in the chat with this bot; an edit bears the same."""
        number = content.get("message_id")
        return f"{self._bot_id}:{number}" if isinstance(number, int) else ""

    def _message(
        self,
        update: Json,
        chat: int,
        kind: MessageKind,
        at: datetime,
        *,
        text: str = "",
        tap: Tap | None = None,
        ref: str = "",
    ) -> IncomingMessage:
        return IncomingMessage(
            channel=CHANNEL,
            external_id=f"{self._bot_id}:{update.get('update_id')}",
            sender=Address(CHANNEL, str(chat)),
            kind=kind,
            at=at,
            text=_storable(text),
            tap=tap,
            message_ref=ref,
            raw=_storable(json.dumps(update, ensure_ascii=False, separators=(",", ":"))),
        )


def update_id_of(update: object) -> int | None:
    """The update's number; None when it has none."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) else None


def chat_of(update: Json) -> int | None:
    """The chat whose order an update keeps; None where it cannot be told."""
    return next((_chat_anyhow(update[name]) for name in ALLOWED_UPDATES if name in update), None)


def callback_id_of(update: Json) -> str | None:
    """The id to answer a tap by; None when the update is no tap."""
    query = update.get("callback_query")
    number = query.get("id") if isinstance(query, dict) else None
    return number if isinstance(number, str) else None


def _object(value: object) -> Json:
    if isinstance(value, dict):
        return value
    raise Unreadable(f"an object was expected, not {type(value).__name__}")


def _whole(value: object) -> int:
    if isinstance(value, int):
        return value
    raise Unreadable(f"a number was expected, not {type(value).__name__}")


def _chat_id(chat: Json) -> int:
    return _whole(chat.get("id"))


def _by_a_program(content: Json) -> bool:
    """Whether another bot wrote it, or wrote it for the person."""
    sender = content.get("from")
    return "via_bot" in content or (isinstance(sender, dict) and sender.get("is_bot") is True)


def _status(content: Json, which: str) -> str:
    return str(_object(content.get(which)).get("status", ""))


def _words(content: Json) -> str:
    words = content.get("text", content.get("caption", ""))
    if isinstance(words, str):
        return words
    raise Unreadable("the text is none")


def _chat_anyhow(content: object) -> int | None:
    """The chat of an update whose rest cannot be read."""
    holder = content.get("message", content) if isinstance(content, dict) else None
    chat = holder.get("chat") if isinstance(holder, dict) else None
    number = chat.get("id") if isinstance(chat, dict) else None
    return number if isinstance(number, int) else None


def _storable(text: str) -> str:
    """The text without what no database takes: zero bytes and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
