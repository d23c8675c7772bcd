"""What somebody posts to us: a body of moderate size, with one JSON object in it."""

from __future__ import annotations

import json

from starlette.requests import Request


class TooLarge(Exception):
    """The body is larger than anything that is sent there."""


async def body_of(request: Request, most: int) -> bytes:
    """The body; raises TooLarge as soon as it has more than `most` bytes, and reads no further.

    Raises ClientDisconnect when the rest never comes.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise TooLarge
    return bytes(body)


def object_in(body: bytes) -> dict[str, object] | None:
    """The JSON object that a body is; None where it is anything else."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None
