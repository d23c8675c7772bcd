"""Telegram as a channel: messages out through the Bot API, updates in by polling or a webhook."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Final

from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.door import AiohttpRequest, Json, open_door
from bot.channels.telegram.failures import failure_of
from bot.channels.telegram.files import UPLOAD_SECONDS, fits_as_caption, is_picture, method_of
from bot.channels.telegram.keyboard import keyboard_of
from bot.channels.telegram.polling import Pause, poll
from bot.channels.telegram.updates import ALLOWED_UPDATES, CHANNEL, Unreadable, UpdateReader, callback_id_of
from messages.channel import Address, DeliveryFailed, File, OutgoingMessage, Receipt, Receive

log = logging.getLogger(__name__)

_CHAT: Final = re.compile(r"-?[0-9]{1,19}")


def _as_sent(sent: datetime) -> datetime:
    return sent


class TelegramChannel:
    """One bot on Telegram.

    `now` is the clock for what carries no time of its own; `time_of` maps the time at which a message
    was sent to the time that counts (give `lambda sent: now()` where the process's clock was set to
    another day). `proxy`: http://… or socks5://…, or empty. `pause` waits between tries, in seconds.
    """

    name = CHANNEL
    carries_files = True
    fetches_pictures = False

    def __init__(
        self,
        *,
        token: str,
        now: Callable[[], datetime],
        time_of: Callable[[datetime], datetime] = _as_sent,
        api_url: str = "https://api.telegram.org",
        proxy: str = "",
        pause: Pause = asyncio.sleep,
        read_seconds: float = 20.0,
    ) -> None:
        self._request = AiohttpRequest(proxy, read_seconds=read_seconds)
        self._door = open_door(token, api_url, self._request)
        self._reader = UpdateReader(token.partition(":")[0], now, time_of)
        self._pause = pause
        self._aside: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Let go of what is under way on the side, and close the connections."""
        for task in self._aside:
            task.cancel()
        await asyncio.gather(*self._aside, return_exceptions=True)
        await self._request.shutdown()

    async def send(self, address: Address, message: OutgoingMessage) -> Receipt:
        """Send one message; raises DeliveryFailed and nothing else."""
        if _CHAT.fullmatch(address.value) is None:
            raise DeliveryFailed("địa chỉ Telegram không phải là một con số")
        try:
            sent = await self._send(address, message)
        except TelegramError as error:
            raise failure_of(error) from None
        return Receipt(str(sent.get("message_id", "")) if isinstance(sent, dict) else "")

    async def _send(self, address: Address, message: OutgoingMessage) -> object:
        if message.file is None:
            return await self._door.call("sendMessage", _message_params(address, message))
        # Not protected: whoever has asked for a file prints it and hands it on.
        where: Json = {"chat_id": int(address.value)}
        words = _words_params(message)
        text = str(words.pop("text"))
        if fits_as_caption(text):
            return await self._send_file({**where, **words, "caption": text}, message.file)
        await self._send_file(where, message.file)
        return await self._door.call("sendMessage", _message_params(address, message))

    async def _send_file(self, params: Json, file: File) -> object:
        """Send a file; a picture that Telegram does not take as one goes as a document."""
        if is_picture(file):
            try:
                return await self._upload(params, file, as_picture=True)
            except BadRequest as refused:
                if "photo" not in refused.message.lower():
                    raise
        return await self._upload(params, file, as_picture=False)

    async def _upload(self, params: Json, file: File, *, as_picture: bool) -> object:
        method, enclosed = method_of(file, as_picture=as_picture)
        return await self._door.call(method, params | enclosed, read_seconds=UPLOAD_SECONDS)

    async def show_typing(self, address: Address) -> None:
        """Show «đang soạn tin» for some seconds, if it can be had."""
        self._on_the_side("sendChatAction", {"chat_id": int(address.value), "action": "typing"})

    async def bot_name(self) -> str:
        """The bot's username, for links; raises DeliveryFailed when Telegram or the token does not answer."""
        try:
            me = await self._door.call("getMe", {})
        except TelegramError as error:
            raise failure_of(error) from None
        return str(me.get("username", "")) if isinstance(me, dict) else ""

    async def webhook(self) -> str:
        """The URL that Telegram pushes updates to; empty when they are asked for. Raises DeliveryFailed."""
        try:
            told = await self._door.call("getWebhookInfo", {})
        except TelegramError as error:
            raise failure_of(error) from None
        return str(told.get("url", "")) if isinstance(told, dict) else ""

    async def use_webhook(self, url: str, secret: str) -> None:
        """Have updates pushed to this URL with this secret; raises DeliveryFailed."""
        params: Json = {"url": url, "secret_token": secret, "allowed_updates": list(ALLOWED_UPDATES)}
        await self._configure("setWebhook", params)

    async def use_polling(self) -> None:
        """Have updates kept until they are asked for; what is pending stays. Raises DeliveryFailed."""
        await self._configure("deleteWebhook", {})

    async def _configure(self, method: str, params: Json) -> None:
        try:
            await self._door.call(method, params)
        except TelegramError as error:
            raise failure_of(error) from None

    async def poll(self, receive: Receive, stop: asyncio.Event) -> None:
        """Ask for updates and hand them in until `stop`; confirms only what `receive` has returned from."""

        async def take(update: Json) -> None:
            await self.hand_in(update, receive)

        await poll(self._door, take, stop, self._pause)

    async def hand_in(self, update: Json, receive: Receive) -> None:
        """Hand in the message of one update; returns when it is in the books, or was nothing."""
        try:
            incoming = self._reader.read(update)
        except Unreadable as error:
            log.warning("update %s of Telegram cannot be read: %s", update.get("update_id"), error)
            return
        if (callback_id := callback_id_of(update)) is not None:
            self._on_the_side("answerCallbackQuery", {"callback_query_id": callback_id})
        if incoming is not None:
            await receive(incoming)

    def _on_the_side(self, method: str, params: Json) -> None:
        """Make a call that nobody waits for and whose failure changes nothing."""
        task = asyncio.create_task(self._try(self._door.call(method, params)))
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)

    async def _try(self, call: Coroutine[object, object, object]) -> None:
        try:
            await call
        except TelegramError as error:
            log.debug("a call on the side failed: %s", error.message)


def _message_params(address: Address, message: OutgoingMessage) -> Json:
    return {
        "chat_id": int(address.value),
        "protect_content": True,
        "link_preview_options": {"is_disabled": True},
        **_words_params(message),
    }


def _words_params(message: OutgoingMessage) -> Json:
    """The text, with its choices as buttons, or as numbered lines where no tap could be told."""
    if message.choices and message.question:
        return {"text": message.text, "reply_markup": keyboard_of(message.question, message.choices)}
    return {"text": message.as_plain_text()}
