"""Zalo's events, read one by one from their JSON with no trust in its shape."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.channels.zalo.door import Json
from messages.channel import Address, IncomingMessage, MessageKind

CHANNEL: Final = "zalo"

_EVENT: Final = re.compile(r"message\.([a-z_]{1,40})\.received")
_KINDS: Final = {
    "text": MessageKind.TEXT,
    "image": MessageKind.PICTURE,
    "sticker": MessageKind.STICKER,
    "voice": MessageKind.VOICE,
}
_ID: Final = re.compile(r"[!-~]{1,128}")
_EARLIEST: Final = datetime(2015, 1, 1, tzinfo=UTC)
_AHEAD: Final = timedelta(days=1)
"""Before the one and beyond the other a date cannot be meant."""
_IN_SECONDS_BELOW: Final = 10**11
"""A date is in milliseconds; a number below this one would be of the year 1973, so it is in seconds."""


class Unreadable(Exception):
    """An event in which not even the chat can be told; `str` says what is odd."""


class EventReader:
    """Turns events of one bot into IncomingMessages.

    `now` stands in where an event carries no time that can be. `time_of` gives the time that counts for
    the time a message was sent: the same, unless the process's clock was set to another day.
    """

    def __init__(
        self, bot: str, now: Callable[[], datetime], time_of: Callable[[datetime], datetime]
    ) -> None:
        self._bot, self._now, self._time_of = bot, now, time_of

    def read(self, body: Json) -> IncomingMessage | None:
        """The message in an event, flat or wrapped in an envelope; None when it asks for nothing. Raises Unreadable."""
        event = event_in(body)
        name = event.get("event_name")
        found = _EVENT.fullmatch(name) if isinstance(name, str) else None
        if found is None or event.get("message") is None:
            return None  # of another kind; or, for reasons of privacy, without what was said and by whom
        return self._message(str(name), found[1], _object(event["message"]), event)

    def _message(self, name: str, what: str, content: Json, event: Json) -> IncomingMessage:
        chat = _id(_object(content.get("chat")))
        said = (content.get("text"), content.get("caption"))
        text = next((words for words in said if isinstance(words, str)), "")
        return IncomingMessage(
            channel=CHANNEL,
            external_id=f"{self._bot}:{chat}:{_message_id(content)}:{name}",
            sender=Address(CHANNEL, chat),
            kind=_kind(what, chat, content, text),
            at=self._sent_at(content.get("date")),
            text=_storable(text),
            raw=_storable(json.dumps(event, ensure_ascii=False, separators=(",", ":"))),
        )

    def _sent_at(self, date: object) -> datetime:
        if not isinstance(date, int | float) or isinstance(date, bool):
            return self._now()
        try:
            sent = datetime.fromtimestamp(date / 1000 if date >= _IN_SECONDS_BELOW else date, UTC)
        except (OverflowError, OSError, ValueError):
            return self._now()
        meant = self._time_of(sent)
        return meant if _EARLIEST <= meant <= self._now() + _AHEAD else self._now()


def event_in(body: Json) -> Json:
    """The event itself: documented is an envelope around it, and what comes has often none."""
    inner = body.get("result")
    return inner if "event_name" not in body and isinstance(inner, dict) else body


def _kind(what: str, chat: str, content: Json, text: str) -> MessageKind:
    sender = content.get("from")
    if isinstance(sender, dict) and sender.get("is_bot") is True:
        return MessageKind.BOT
    if not _is_private(chat, content):
        return MessageKind.GROUP
    kind = _KINDS.get(what, MessageKind.OTHER)
    return MessageKind.OTHER if kind is MessageKind.TEXT and not text.strip() else kind


def _is_private(chat: str, content: Json) -> bool:
    """Whether one person speaks with the bot; where the chat's type is not told, by the person's being the chat."""
    kind = _object(content.get("chat")).get("chat_type")
    if isinstance(kind, str):
        return kind.upper() == "PRIVATE"
    sender = content.get("from")
    return isinstance(sender, dict) and str(sender.get("id")) == chat


def _message_id(content: Json) -> str:
    """The message's own id; without one, or with one that no database would take, what tells it from others: everything that it holds."""
    number = content.get("message_id")
    if isinstance(number, str | int) and not isinstance(number, bool) and _ID.fullmatch(str(number)):
        return str(number)
    whole = json.dumps(content, sort_keys=True).encode()
    return hashlib.sha256(whole).hexdigest()[:32]


def _object(value: object) -> Json:
    if isinstance(value, dict):
        return value
    raise Unreadable(f"an object was expected, not {type(value).__name__}")


def _id(chat: Json) -> str:
    number = chat.get("id")
    if isinstance(number, str | int) and not isinstance(number, bool) and is_chat(str(number)):
        return str(number)
    raise Unreadable("the chat has no id")


def is_chat(value: str) -> bool:
    """Whether this can be the id of a chat."""
    return re.fullmatch(r"[0-9A-Za-z_.-]{1,128}", value) is not None


def _storable(text: str) -> str:
    """The text without what no database takes: zero bytes and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
