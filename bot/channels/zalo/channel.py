"""Zalo as a channel: bare text and pictures out through the Bot Platform, events in by a webhook or polling."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.channels.zalo.door import READ_SECONDS, Json, ZaloDoor, ZaloError
from bot.channels.zalo.failures import failure_of
from bot.channels.zalo.pieces import pieces_of
from bot.channels.zalo.polling import Pause, poll
from bot.channels.zalo.updates import CHANNEL, EventReader, Unreadable, is_chat
from messages.channel import Address, DeliveryFailed, OutgoingMessage, Receipt, Receive

log = logging.getLogger(__name__)

API_URL: Final = "https://bot-api.zaloplatforms.com"
_BEGUN: Final = 1000
"""So many messages are remembered of which only the first pieces went out."""
_CAPTION: Final = "Biểu đồ kết nạp"


def _as_sent(sent: datetime) -> datetime:
    return sent


class ZaloChannel:
    """One bot on Zalo.

    `now` is the clock for what carries no time of its own; `time_of` maps the time at which a message
    was sent to the time that counts. `pause` waits between tries, in seconds.
    """

    name = CHANNEL
    carries_files = False
    fetches_pictures = True

    def __init__(
        self,
        *,
        token: str,
        now: Callable[[], datetime],
        time_of: Callable[[datetime], datetime] = _as_sent,
        api_url: str = API_URL,
        pause: Pause = asyncio.sleep,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        self._door = ZaloDoor(token, api_url, read_seconds=read_seconds)
        self._reader = EventReader(bot_of(token), now, time_of)
        self._pause = pause
        self._begun: OrderedDict[tuple[str, str], int] = OrderedDict()

    async def close(self) -> None:
        """Close the connections."""
        await self._door.close()

    async def send(self, address: Address, message: OutgoingMessage) -> Receipt:
        """Send one message, in pieces where it is too long for one; raises DeliveryFailed and nothing else."""
        if not is_chat(address.value):
            raise DeliveryFailed("địa chỉ Zalo không hợp lệ")
        last, count = await self._send_pieces(address.value, message.as_plain_text())
        shown = message.picture_url != "" and await self._show_picture(address.value, message.picture_url)
        return Receipt(last, count=count + int(shown))

    async def _send_pieces(self, chat: str, text: str) -> tuple[str, int]:
        """The last piece's id and how many went out now; a try after a failure goes on where that one broke off."""
        pieces, key, last = pieces_of(text) or ("…",), (chat, text), ""
        first = self._begun.pop(key, 0)
        for number in range(first, len(pieces)):
            try:
                sent = await self._door.call("sendMessage", {"chat_id": chat, "text": pieces[number]})
            except ZaloError as error:
                failed = failure_of(error, count=number - first)
                if _is_tried_again(failed):
                    self._remember(key, number)
                raise failed from None
            last = str(sent.get("message_id", "")) if isinstance(sent, dict) else ""
        return last, len(pieces) - first

    def _remember(self, key: tuple[str, str], number: int) -> None:
        if number:
            self._begun[key] = number
            if len(self._begun) > _BEGUN:
                self._begun.popitem(last=False)

    async def _show_picture(self, chat: str, url: str) -> bool:
        """Show a picture that Zalo fetches itself, if it can be had: the words before it hold a link to it, too."""
        try:
            await self._door.call("sendPhoto", {"chat_id": chat, "photo": url, "caption": _CAPTION})
        except ZaloError as error:
            log.warning("a picture could not be shown on Zalo: %s", error)
            return False
        return True

    async def bot_name(self) -> str:
        """The name that people find the bot by; raises DeliveryFailed when Zalo or the token does not answer."""
        try:
            me = await self._door.call("getMe", {})
        except ZaloError as error:
            raise failure_of(error) from None
        return str(me.get("account_name", "")) if isinstance(me, dict) else ""

    async def webhook(self) -> str:
        """The URL that Zalo pushes events to; empty when they are asked for. Raises DeliveryFailed."""
        try:
            told = await self._door.call("getWebhookInfo", {})
        except ZaloError as error:
            raise failure_of(error) from None
        return str(told.get("url", "")) if isinstance(told, dict) else ""

    async def use_webhook(self, url: str, secret: str) -> None:
        """Have events pushed to this URL with this secret; raises DeliveryFailed."""
        await self._configure("setWebhook", {"url": url, "secret_token": secret})

    async def use_polling(self) -> None:
        """Have events kept until they are asked for; raises DeliveryFailed."""
        await self._configure("deleteWebhook", {})

    async def _configure(self, method: str, params: Json) -> None:
        try:
            await self._door.call(method, params)
        except ZaloError as error:
            raise failure_of(error) from None

    async def poll(self, receive: Receive, stop: asyncio.Event) -> None:
        """Ask for events and hand them in until `stop`."""

        async def take(event: Json) -> None:
            await self.hand_in(event, receive)

        await poll(self._door, take, stop, self._pause)

    async def hand_in(self, body: Json, receive: Receive) -> None:
        """Hand in the message of one event; returns when it is in the books, or was nothing."""
        try:
            incoming = self._reader.read(body)
        except Unreadable as error:
            log.warning("an event of Zalo cannot be read: %s", error)
            return
        if incoming is not None:
            await receive(incoming)


def bot_of(token: str) -> str:
    """What tells one bot from another and is no secret: the part of the token before the colon, or its digest."""
    number, colon, _ = token.partition(":")
    return number if colon else hashlib.sha256(token.encode()).hexdigest()[:12]


def _is_tried_again(failed: DeliveryFailed) -> bool:
    """Whether the same message comes once more; the same words of another one must not begin in its midst."""
    return failed.retryable or failed.ambiguous or failed.closed
