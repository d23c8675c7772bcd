"""What the webhooks of the messengers have in common: who may speak there, and when 200 is said."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

log = logging.getLogger(__name__)

RETRY_SECONDS: Final = 5


@dataclass(frozen=True, slots=True)
class Secret:
    """What a messenger was told at setWebhook, and the header in which it brings it back.

    ValueError when it is empty, for then anybody could speak as anyone.
    """

    header: str
    word: str

    def __post_init__(self) -> None:
        if not self.word:
            raise ValueError("a webhook needs a secret")

    def comes_with(self, request: Request) -> bool:
        """Whether a request brings it; takes equally long for each wrong one."""
        return hmac.compare_digest(request.headers.get(self.header, "").encode(), self.word.encode())


def passed_over(what: str) -> Response:
    """The answer to something that cannot be understood: a refusal would only bring it again."""
    log.warning("the webhook of %s was given something that it never sends", what)
    return Response()


async def taken_in(handing: Awaitable[None], what: str) -> Response:
    """The answer to a message: 200 once it is in the books, else a word on when to bring it again."""
    try:
        await handing
    except Exception:
        log.warning("%s could not be handed in", what, exc_info=True)
        return Response(status_code=503, headers={"Retry-After": str(RETRY_SECONDS)})
    return Response()
