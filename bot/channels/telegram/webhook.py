"""The webhook: Telegram pushes an update, and hears 200 only when it is in the books."""

from __future__ import annotations

import hmac
import json
import logging
from typing import Final, Protocol

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.telegram.door import Json
from messages.channel import Receive

log = logging.getLogger(__name__)

PATH: Final = "/telegram/webhook"
MOST_BYTES: Final = 2**20
RETRY_SECONDS: Final = 5


class HandsIn(Protocol):
    """What takes the updates: the channel."""

    async def hand_in(self, update: Json, receive: Receive) -> None:
        """Hand in the message of one update; returns when it is in the books."""


class _TooLarge(Exception):
    """The body is larger than any update."""


def telegram_routes(channel: HandsIn, receive: Receive, secret: str) -> list[Route]:
    """The route that `TELEGRAM_WEBHOOK_URL` must lead to.

    `secret` is what setWebhook was given; ValueError when it is empty, for then anybody could speak as anyone.
    """
    if not secret:
        raise ValueError("a webhook needs a secret")

    async def take(request: Request) -> Response:
        if not _knows_secret(request, secret):
            return Response(status_code=403)
        try:
            update = _update_in(await _body(request))
        except _TooLarge:
            return Response(status_code=413)
        except ClientDisconnect:
            return Response(status_code=400)
        return await _answer(channel, update, receive)

    return [Route(PATH, take, methods=["POST"])]


async def _answer(channel: HandsIn, update: Json | None, receive: Receive) -> Response:
    if update is None:
        log.warning("the webhook of Telegram was given something that is no update")
        return Response()  # a refusal would only bring it again, and hold up what is behind it
    try:
        await channel.hand_in(update, receive)
    except Exception:
        log.warning("update %s could not be handed in", update.get("update_id"), exc_info=True)
        return Response(status_code=503, headers={"Retry-After": str(RETRY_SECONDS)})
    return Response()


def _knows_secret(request: Request, secret: str) -> bool:
    given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
    return hmac.compare_digest(given.encode(), secret.encode())


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise _TooLarge
    return bytes(body)


def _update_in(body: bytes) -> Json | None:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return update if isinstance(update, dict) and isinstance(update.get("update_id"), int) else None
