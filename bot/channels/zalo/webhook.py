"""The webhook: Zalo pushes an event, and hears 200 only when it is in the books."""

from __future__ import annotations

from typing import Final, Protocol

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.body import TooLarge, body_of, object_in
from bot.channels.webhook import Secret, passed_over, taken_in
from bot.channels.zalo.door import Json
from messages.channel import Receive

PATH: Final = "/zalo/webhook"
MOST_BYTES: Final = 2**18
"""Far more than any event: a message has 2,000 characters."""


class HandsIn(Protocol):
    """What takes the events: the channel."""

    async def hand_in(self, body: Json, receive: Receive) -> None:
        """Hand in the message of one event; returns when it is in the books."""


def zalo_routes(channel: HandsIn, receive: Receive, secret: str) -> list[Route]:
    """The route that the bot's webhook must lead to.

    `secret` is what setWebhook was given; ValueError when it is empty.
    """
    zalo = Secret("X-Bot-Api-Secret-Token", secret)

    async def take(request: Request) -> Response:
        may_speak = zalo.comes_with(request)
        try:
            body = await body_of(request, MOST_BYTES if may_speak else 0)
        except TooLarge:
            return Response(status_code=413 if may_speak else 403)
        except ClientDisconnect:
            return Response(status_code=400)
        if not body:
            return Response()  # somebody asks whether there is anybody here
        event = object_in(body)
        if event is None:
            return passed_over("Zalo")
        return await taken_in(channel.hand_in(event, receive), "an event of Zalo")

    return [Route(PATH, take, methods=["GET", "POST"])]
