"""The Bot API's methods as the fake server answers them, with Telegram's checks and words."""

from __future__ import annotations

import json
import re
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tests.harness.telegram_people import Sent, SentFile
from tests.harness.telegram_queue import Refusal

if TYPE_CHECKING:
    from tests.harness.telegram_server import TelegramServer

Params = dict[str, Any]


def bad(what: str) -> Refusal:
    return Refusal(400, f"Bad Request: {what}")


def whole(params: Params, name: str, default: int) -> int:
    try:
        return int(params.get(name, default))
    except (TypeError, ValueError):
        raise bad(f"field {name} must be a number") from None


def parsed(params: Params, name: str) -> Any:
    """A parameter that is JSON, whether it came as text or inside a JSON body."""
    value = params.get(name)
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad(f"can't parse {name} JSON object") from None


def truth(value: Any) -> bool:
    return value is True or str(value).lower() in ("true", "1")


@dataclass(frozen=True, slots=True)
class Limits:
    """Telegram's send limits, each as (messages, seconds)."""

    overall: tuple[int, float] = (30, 1.0)
    chat: tuple[int, float] = (3, 3.0)
    group: tuple[int, float] = (20, 60.0)


class Meter:
    """Counts what was sent, against the limits; `clock` gives seconds."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self._limits, self._clock = limits, clock
        self._sent: dict[str, deque[float]] = defaultdict(deque)

    def count(self, chat: int) -> None:
        """Let one message pass, or refuse it with the seconds to wait."""
        now = self._clock()
        windows = {"": self._limits.overall, str(chat): self._limits.group if chat < 0 else self._limits.chat}
        for name, (most, seconds) in windows.items():
            sent = self._sent[name]
            while sent and sent[0] <= now - seconds:
                sent.popleft()
            if len(sent) >= most:
                wait = max(1, round(sent[0] + seconds - now))
                raise Refusal(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        for name in windows:
            self._sent[name].append(now)


def checked_text(params: Params) -> str:
    text = str(params.get("text", "")).strip()
    if not text:
        raise bad("message text is empty")
    if len(text) > 4096:
        raise bad("message is too long")
    return text


def checked_caption(params: Params) -> str:
    caption = str(params.get("caption", "")).strip()
    if len(caption.encode("utf-16-le")) // 2 > 1024:
        raise bad("message caption is too long")
    return caption


def checked_file(params: Params, name: str, most: int) -> SentFile:
    file = params.get(name)
    if not isinstance(file, SentFile):
        raise bad(f"there is no {name} in the request")
    if not file.content:
        raise bad("file must be non-empty")
    if len(file.content) > most:
        raise Refusal(413, "Request Entity Too Large")
    return replace(file, shown_as=name)


def checked_picture(file: SentFile) -> SentFile:
    """A PNG within Telegram's measures; the fake server knows no other pictures."""
    if not file.content.startswith(b"\x89PNG\r\n\x1a\n"):
        raise bad("IMAGE_PROCESS_FAILED")
    sides = [int.from_bytes(file.content[at : at + 4], "big") for at in (16, 20)]
    if sum(sides) > 10_000 or max(sides) > 20 * min(sides):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return file


def checked_keyboard(params: Params) -> list[list[dict[str, Any]]]:
    markup = parsed(params, "reply_markup")
    if not markup:
        return []
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad("object expected as reply markup")
    for row in rows:
        for button in row:
            _check_button(button)
    return [row for row in rows if row]


def _check_button(button: Any) -> None:
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad("can't parse inline keyboard button: Text must be non-empty")
    known = [key for key in ("callback_data", "url", "switch_inline_query", "copy_text") if key in button]
    if len(known) != 1:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if known == ["callback_data"] and not 1 <= len(str(button["callback_data"]).encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")


class Methods:
    """One function per method; `answer` finds it by name."""

    def __init__(self, server: TelegramServer) -> None:
        self._server = server
        self._known = {name.replace("_", ""): getattr(self, name) for name in METHODS}

    async def answer(self, method: str, params: Params) -> Any:
        """The `result` of a call; raises Refusal."""
        function = self._known.get(method.lower())
        if function is None:
            raise Refusal(404, "Not Found: method not found")
        return await function(params)

    async def get_me(self, _: Params) -> Any:
        return {**self._server.bot, "can_join_groups": True, "can_read_all_group_messages": False}

    async def get_updates(self, params: Params) -> Any:
        if self._server.webhook.url:
            raise Refusal(409, _WEBHOOK_ACTIVE)
        if (allowed := parsed(params, "allowed_updates")) is not None:
            self._server.queue.allowed = frozenset(allowed) or None
        return await self._server.queue.poll(
            offset=whole(params, "offset", 0),
            limit=min(100, max(1, whole(params, "limit", 100))),
            seconds=min(50, max(0, whole(params, "timeout", 0))),
        )

    async def set_webhook(self, params: Params) -> Any:
        secret = str(params.get("secret_token", ""))
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise bad("secret token contains unallowed characters")
        url = str(params.get("url", ""))
        if url and not re.match(r"https://|http://127\.0\.0\.1", url):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if (allowed := parsed(params, "allowed_updates")) is not None:
            self._server.queue.allowed = frozenset(allowed) or None
        await self._server.point_webhook(url, secret, whole(params, "max_connections", 40))
        self._drop_pending_if_asked(params)
        return True

    async def delete_webhook(self, params: Params) -> Any:
        await self._server.point_webhook("", "", 40)
        self._drop_pending_if_asked(params)
        return True

    def _drop_pending_if_asked(self, params: Params) -> None:
        if truth(params.get("drop_pending_updates")):
            self._server.queue.clear()

    async def get_webhook_info(self, _: Params) -> Any:
        hook = self._server.webhook
        info = {
            "url": hook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._server.queue.waiting),
            "max_connections": hook.max_connections,
        }
        return {**info, "last_error_message": hook.last_error_message} if hook.last_error_message else info

    async def send_message(self, params: Params) -> Any:
        chat = whole(params, "chat_id", 0)
        self._server.check_reachable(chat)
        text, keyboard = checked_text(params), checked_keyboard(params)
        self._server.meter_message(chat)
        sent = Sent(self._server.next_message_id(), chat, text, keyboard, params, self._server.date())
        self._server.put_on_phone(sent)
        return sent.as_json(self._server.bot)

    async def send_document(self, params: Params) -> Any:
        return self._send_file(params, checked_file(params, "document", 50 * 2**20))

    async def send_photo(self, params: Params) -> Any:
        return self._send_file(params, checked_picture(checked_file(params, "photo", 10 * 2**20)))

    def _send_file(self, params: Params, file: SentFile) -> Any:
        chat = whole(params, "chat_id", 0)
        self._server.check_reachable(chat)
        caption, keyboard = checked_caption(params), checked_keyboard(params)
        self._server.meter_message(chat)
        number, date = self._server.next_message_id(), self._server.date()
        sent = Sent(number, chat, caption, keyboard, params, date, file)
        self._server.put_on_phone(sent)
        return sent.as_json(self._server.bot)

    async def edit_message_reply_markup(self, params: Params) -> Any:
        sent, keyboard = self._to_edit(params), checked_keyboard(params)
        if sent.keyboard == keyboard:
            raise bad("message is not modified")
        sent.keyboard = keyboard
        return sent.as_json(self._server.bot)

    async def edit_message_text(self, params: Params) -> Any:
        sent, text, keyboard = self._to_edit(params), checked_text(params), checked_keyboard(params)
        if (sent.text, sent.keyboard) == (text, keyboard):
            raise bad("message is not modified")
        sent.text, sent.keyboard = text, keyboard
        return sent.as_json(self._server.bot)

    def _to_edit(self, params: Params) -> Sent:
        chat, number = whole(params, "chat_id", 0), whole(params, "message_id", 0)
        self._server.check_reachable(chat)
        for sent in self._server.sent:
            if (sent.chat_id, sent.message_id) == (chat, number):
                return sent
        raise bad("message to edit not found")

    async def answer_callback_query(self, params: Params) -> Any:
        if not self._server.use_callback(str(params.get("callback_query_id", ""))):
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if len(str(params.get("text", ""))) > 200:
            raise bad("MESSAGE_TOO_LONG")
        return True

    async def send_chat_action(self, params: Params) -> Any:
        self._server.check_reachable(whole(params, "chat_id", 0))
        if params.get("action") not in ("typing", "upload_document", "upload_photo"):
            raise bad("wrong parameter action in request")
        return True


METHODS = [name for name in vars(Methods) if re.fullmatch(r"[a-z]+_\w+", name)]
_WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
