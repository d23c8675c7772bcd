"""What follows from a send that failed: the ways in which Zalo fails, as DeliveryFailed."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from bot.channels.zalo.door import NotSent, Refused, ServerTrouble, ZaloError
from messages.channel import DeliveryFailed

_NOBODY_THERE: Final = ("chat not found", "user not found", "chat_id", "blocked", "not interacted")
"""What stands in refusals that speak of the person; that the codes tell more is not documented."""


def failure_of(error: ZaloError, *, count: int = 0) -> DeliveryFailed:
    """The decision that follows from an error of a send before which `count` pieces of the message had gone out."""
    failed = _decided(error)
    failed.count = count
    return failed


def _decided(error: ZaloError) -> DeliveryFailed:
    match error:
        case Refused():
            return _refused(error)
        case NotSent():
            return DeliveryFailed(f"không kết nối được tới Zalo ({error})", retryable=True)
        case ServerTrouble() if error.status == HTTPStatus.TOO_MANY_REQUESTS:
            return _over_quota(str(error))
        case ServerTrouble() if error.status not in (HTTPStatus.GATEWAY_TIMEOUT, HTTPStatus.REQUEST_TIMEOUT):
            return DeliveryFailed(f"máy chủ Zalo trục trặc ({error})", retryable=True)
        case _:
            return DeliveryFailed(f"không rõ tin đã tới Zalo chưa ({error})", ambiguous=True)


def _refused(error: Refused) -> DeliveryFailed:
    # What is wrong with us, or with Zalo, comes first: its words may speak of a chat, and nobody there has gone.
    return _not_the_person_s(error) or _of_the_person(error)


def _not_the_person_s(error: Refused) -> DeliveryFailed | None:
    match error.code:
        case HTTPStatus.TOO_MANY_REQUESTS:
            return _over_quota(str(error))
        case HTTPStatus.REQUEST_TIMEOUT | HTTPStatus.GATEWAY_TIMEOUT:
            return DeliveryFailed(f"không rõ tin đã tới Zalo chưa ({error})", ambiguous=True)
        case code if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return DeliveryFailed(f"máy chủ Zalo trục trặc ({error})", retryable=True)
        case HTTPStatus.UNAUTHORIZED:
            return _closed()
        case _:
            return None


def _of_the_person(error: Refused) -> DeliveryFailed:
    words = error.description.lower()
    match error.code:
        case _ if any(nobody in words for nobody in _NOBODY_THERE):
            return DeliveryFailed(f"không gửi được cho người này qua Zalo ({error})", gone=True)
        case HTTPStatus.NOT_FOUND:
            return _closed()
        case HTTPStatus.FORBIDDEN if "internal" in words:
            return DeliveryFailed(f"máy chủ Zalo trục trặc ({error})", retryable=True)
        case HTTPStatus.FORBIDDEN:
            return DeliveryFailed(f"người nhận không cho bot gửi tin ({error})", gone=True)
        case _:
            return DeliveryFailed(f"Zalo từ chối tin này ({error})")


def _closed() -> DeliveryFailed:
    return DeliveryFailed("Zalo không nhận mã bot (ZALO_TOKEN sai hoặc đã thu hồi)", closed=True)


def _over_quota(what: str) -> DeliveryFailed:
    """The package is used up: each further try would be refused, and may be counted, too."""
    return DeliveryFailed(f"Zalo báo hết số tin được gửi ({what})", over_quota=True)
