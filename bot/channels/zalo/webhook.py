"""The webhook: Zalo pushes an event, and hears 200 only when it is in the books."""

from __future__ import annotations

import hmac
import json
import logging
from typing import Final, Protocol

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.zalo.door import Json
from messages.channel import Receive

log = logging.getLogger(__name__)

PATH: Final = "/zalo/webhook"
MOST_BYTES: Final = 2**18
"""Far more than any event: a message has 2,000 characters."""
RETRY_SECONDS: Final = 5


class HandsIn(Protocol):
    """What takes the events: the channel."""

    async def hand_in(self, body: Json, receive: Receive) -> None:
        """Hand in the message of one event; returns when it is in the books."""


class _TooLarge(Exception):
    """The body is larger than any event."""


def zalo_routes(channel: HandsIn, receive: Receive, secret: str) -> list[Route]:
    """The route that the bot's webhook must lead to.

    `secret` is what setWebhook was given; ValueError when it is empty, for then anybody could speak as anyone.
    """
    if not secret:
        raise ValueError("a webhook needs a secret")

    async def take(request: Request) -> Response:
        try:
            body = await _body(request, MOST_BYTES if _knows_secret(request, secret) else 0)
        except _TooLarge:
            return Response(status_code=413 if _knows_secret(request, secret) else 403)
        except ClientDisconnect:
            return Response(status_code=400)
        if not body:
            return Response()  # somebody asks whether there is anybody here
        return await _answer(channel, _object_in(body), receive)

    return [Route(PATH, take, methods=["GET", "POST"])]


async def _answer(channel: HandsIn, body: Json | None, receive: Receive) -> Response:
    if body is None:
        log.warning("the webhook of Zalo was given something that is no event")
        return Response()  # a refusal would only bring it again
    try:
        await channel.hand_in(body, receive)
    except Exception:
        log.warning("an event of Zalo could not be handed in", exc_info=True)
        return Response(status_code=503, headers={"Retry-After": str(RETRY_SECONDS)})
    return Response()


def _knows_secret(request: Request, secret: str) -> bool:
    given = request.headers.get("X-Bot-Api-Secret-Token", "")
    return hmac.compare_digest(given.encode(), secret.encode())


async def _body(request: Request, most: int) -> bytes:
    """The body; raises _TooLarge as soon as it has more than so many bytes, and reads no further."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise _TooLarge
    return bytes(body)


def _object_in(body: bytes) -> Json | None:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None
