"""The webhook: Telegram pushes an update, and hears 200 only when it is in the books."""

from __future__ import annotations

from typing import Final, Protocol

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.body import TooLarge, body_of, object_in
from bot.channels.telegram.door import Json
from bot.channels.webhook import Secret, passed_over, taken_in
from messages.channel import Receive

PATH: Final = "/telegram/webhook"
MOST_BYTES: Final = 2**20


class HandsIn(Protocol):
    """What takes the updates: the channel."""

    async def hand_in(self, update: Json, receive: Receive) -> None:
        """Hand in the message of one update; returns when it is in the books."""


def telegram_routes(channel: HandsIn, receive: Receive, secret: str) -> list[Route]:
    """The route that `TELEGRAM_WEBHOOK_URL` must lead to.

    `secret` is what setWebhook was given; ValueError when it is empty.
    """
    telegram = Secret("X-Telegram-Bot-Api-Secret-Token", secret)

    async def take(request: Request) -> Response:
        if not telegram.comes_with(request):
            return Response(status_code=403)
        try:
            update = object_in(await body_of(request, MOST_BYTES))
        except TooLarge:
            return Response(status_code=413)
        except ClientDisconnect:
            return Response(status_code=400)
        if update is None or not isinstance(update.get("update_id"), int):
            return passed_over("Telegram")
        return await taken_in(channel.hand_in(update, receive), f"update {update['update_id']}")

    return [Route(PATH, take, methods=["POST"])]
