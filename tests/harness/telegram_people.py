"""People and groups on the fake Telegram: what they say and tap, and what the bot has sent them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.harness.patience import WITHIN

if TYPE_CHECKING:
    from tests.harness.telegram_server import TelegramServer

Update = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that was uploaded: its name, its media type, its bytes, and how the phone shows it."""

    name: str
    media_type: str
    content: bytes
    shown_as: str = ""


@dataclass(slots=True)
class Sent:
    """A message that the bot has sent: as the phone shows it, with the call's parameters.

    The text of a message with a file is what stands under the file.
    """

    message_id: int
    chat_id: int
    text: str
    keyboard: list[list[dict[str, Any]]]
    params: dict[str, Any]
    date: int
    file: SentFile | None = None

    @property
    def labels(self) -> list[str]:
        """The words on the buttons, in the order in which they are numbered."""
        return [button["text"] for row in self.keyboard for button in row]

    def button(self, which: str | int) -> dict[str, Any]:
        """The button with this label (or whose label begins so), or with this number from 1."""
        buttons = [button for row in self.keyboard for button in row]
        if isinstance(which, int):
            return buttons[which - 1]
        named = [b for b in buttons if b["text"] == which] or [
            b for b in buttons if b["text"].startswith(which)
        ]
        if not named:
            raise LookupError(f"no button {which!r} under {self.text!r}; there are {self.labels}")
        return named[0]

    def as_json(self, bot: dict[str, Any]) -> dict[str, Any]:
        shape = {
            "message_id": self.message_id,
            "from": bot,
            "chat": {"id": self.chat_id, "type": "private" if self.chat_id > 0 else "supergroup"},
            "date": self.date,
            **self._content(),
        }
        return {**shape, "reply_markup": {"inline_keyboard": self.keyboard}} if self.keyboard else shape

    def _content(self) -> dict[str, Any]:
        if self.file is None:
            return {"text": self.text}
        under = {"caption": self.text} if self.text else {}
        shape = {**_FILE, "file_size": len(self.file.content)}
        if self.file.shown_as == "photo":
            return {**under, "photo": [{**shape, "width": 90, "height": 90}]}
        return {
            **under,
            "document": {**shape, "file_name": self.file.name, "mime_type": self.file.media_type},
        }


@dataclass(slots=True)
class Person:
    """Somebody with a phone, in a private chat with the bot; chat id and user id are the same."""

    server: TelegramServer
    chat_id: int
    name: str = "Nguyễn Văn A"
    has_blocked: bool = False
    _sent: list[Sent] = field(default_factory=list)
    _awaited: int = 0
    _last_said: int = 0
    _dates: dict[int, int] = field(default_factory=dict)

    @property
    def user(self) -> dict[str, Any]:
        return {"id": self.chat_id, "is_bot": False, "first_name": self.name, "language_code": "vi"}

    @property
    def chat(self) -> dict[str, Any]:
        return {"id": self.chat_id, "type": "private", "first_name": self.name}

    def says(self, text: str) -> Update:
        """Send a text; a leading slash makes it a command, as on the phone."""
        content: dict[str, Any] = {"text": text}
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            content["entities"] = [{"offset": 0, "length": length, "type": "bot_command"}]
        return self.sends(content)

    def sends(self, content: dict[str, Any]) -> Update:
        """Send a message with this content, in the Bot API's own words."""
        message = {**self._frame(), **content}
        self._last_said = message["message_id"]
        self._dates[self._last_said] = message["date"]
        return self.server.feed("message", message)

    def sends_sticker(self) -> Update:
        sticker = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
        return self.sends({"sticker": {**_FILE, **sticker, "emoji": "👍"}})

    def sends_photo(self, caption: str = "") -> Update:
        photo = {"photo": [{**_FILE, "width": 90, "height": 90, "file_size": 1024}]}
        return self.sends({**photo, "caption": caption} if caption else photo)

    def sends_voice(self) -> Update:
        return self.sends({"voice": {**_FILE, "duration": 3, "mime_type": "audio/ogg"}})

    def sends_document(self) -> Update:
        return self.sends({"document": {**_FILE, "file_name": "danh-sach.xlsx"}})

    def sends_location(self) -> Update:
        return self.sends({"location": {"latitude": 21.37, "longitude": 106.59}})

    def edits(self, text: str, message_id: int | None = None) -> Update:
        """Change a message that was sent before, the last one where none is named."""
        frame, which = self._frame(), message_id or self._last_said
        sent = {"message_id": which, "date": self._dates.get(which, frame["date"])}
        return self.server.feed("edited_message", {**frame, **sent, "text": text, "edit_date": frame["date"]})

    def taps(self, which: str | int, message: Sent | None = None) -> Update:
        """Tap a button by its label or its number, under the newest message that has any."""
        under = message or next((sent for sent in reversed(self._sent) if sent.keyboard), None)
        if under is None:
            raise LookupError(f"no message with buttons was sent to {self.chat_id}")
        return self.taps_data(under.button(which)["callback_data"], under)

    def taps_data(self, callback_data: str, message: Sent | None = None) -> Update:
        """Tap a button with this data, also one that was never shown."""
        query = {"id": self.server.next_callback_id(), "from": self.user, "data": callback_data}
        under = message.as_json(self.server.bot) if message else {**self._frame(), "date": 0}
        instance = str(self.chat_id)
        return self.server.feed("callback_query", {**query, "message": under, "chat_instance": instance})

    def blocks(self) -> Update:
        self.has_blocked = True
        return self._membership("member", "kicked")

    def unblocks(self) -> Update:
        self.has_blocked = False
        return self._membership("kicked", "member")

    def _membership(self, old: str, new: str) -> Update:
        return self.server.feed("my_chat_member", membership(self.server, self.chat, self.user, old, new))

    def _frame(self) -> dict[str, Any]:
        frame = {"message_id": self.server.next_message_id(), "date": self.server.date()}
        return {**frame, "from": self.user, "chat": self.chat}

    def received(self) -> list[Sent]:
        """Everything that the bot has sent here, oldest first."""
        return list(self._sent)

    @property
    def count(self) -> int:
        """How many messages the bot has sent here."""
        return len(self._sent)

    @property
    def last(self) -> Sent:
        """The newest message from the bot."""
        return self._sent[-1]

    async def next_answer(self, within: float = WITHIN) -> Sent:
        """The next message that was not yet awaited; waits for it, at most `within` seconds."""
        await self.server.until(lambda: len(self._sent) > self._awaited, within=within)
        self._awaited += 1
        return self._sent[self._awaited - 1]

    async def asks(self, text: str, within: float = WITHIN) -> Sent:
        """Say something and return the answer to it, passing over what was not awaited before."""
        self._awaited = len(self._sent)
        self.says(text)
        return await self.next_answer(within)

    def take(self, sent: Sent) -> None:
        """Called by the server: a message has reached this phone."""
        self._sent.append(sent)


@dataclass(slots=True)
class Group:
    """A group chat; its id is below zero."""

    server: TelegramServer
    chat_id: int
    title: str = "Chi bộ thôn"

    @property
    def chat(self) -> dict[str, Any]:
        return {"id": self.chat_id, "type": "supergroup", "title": self.title}

    def hears(self, person: Person, text: str) -> Update:
        """Somebody writes into the group, so that the bot reads it."""
        frame = {"message_id": self.server.next_message_id(), "date": self.server.date()}
        return self.server.feed("message", {**frame, "from": person.user, "chat": self.chat, "text": text})

    def adds_bot(self, person: Person) -> Update:
        change = membership(self.server, self.chat, person.user, "left", "member")
        return self.server.feed("my_chat_member", change)


def membership(
    server: TelegramServer, chat: dict[str, Any], by: dict[str, Any], old: str, new: str
) -> dict[str, Any]:
    """The content of a `my_chat_member` update."""

    def member(status: str) -> dict[str, Any]:
        until = {"until_date": 0} if status == "kicked" else {}
        return {"user": server.bot, "status": status, **until}

    change = {"old_chat_member": member(old), "new_chat_member": member(new)}
    return {"chat": chat, "from": by, "date": server.date(), **change}


_FILE = {"file_id": "AgACAgUAAx", "file_unique_id": "AQADx"}


async def gather_answers(people: list[Person]) -> list[Sent]:
    """The next answer of each of these people."""
    return list(await asyncio.gather(*(person.next_answer() for person in people)))
