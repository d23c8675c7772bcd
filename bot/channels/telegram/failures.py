"""What follows from a call that failed: python-telegram-bot's errors as DeliveryFailed."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Final

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.channels.telegram.door import NotSent, ServerTrouble
from messages.channel import DeliveryFailed

_NOBODY_THERE: Final = ("chat not found", "peer_id_invalid", "user not found")


def failure_of(error: TelegramError) -> DeliveryFailed:
    """The decision that follows from an error of a send."""
    match error:
        case RetryAfter():
            seconds = seconds_to_wait(error)
            return DeliveryFailed(
                f"Telegram yêu cầu chờ {seconds:.0f} giây", retryable=True, retry_after=seconds
            )
        case ChatMigrated():
            return DeliveryFailed("nhóm đã đổi địa chỉ", retryable=True, moved_to=str(error.new_chat_id))
        case Forbidden():
            return DeliveryFailed(f"người nhận đã chặn hoặc rời bot ({error.message})", gone=True)
        case InvalidToken() | EndPointNotFound():
            return DeliveryFailed(
                "Telegram không nhận mã bot (TELEGRAM_TOKEN sai hoặc đã thu hồi)", closed=True
            )
        case BadRequest():
            return _refused(error)
        case _:
            return _broken(error)


def seconds_to_wait(error: RetryAfter) -> float:
    """How long Telegram asked us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _refused(error: BadRequest) -> DeliveryFailed:
    gone = any(words in error.message.lower() for words in _NOBODY_THERE)
    if gone:
        return DeliveryFailed(f"không còn ai ở địa chỉ này ({error.message})", gone=True)
    return DeliveryFailed(f"Telegram từ chối tin này ({error.message})")


def _broken(error: TelegramError) -> DeliveryFailed:
    """No word of Telegram on the call: all depends on whether it can have got through."""
    match error:
        case NotSent():
            return DeliveryFailed(f"không kết nối được tới Telegram ({error.message})", retryable=True)
        case ServerTrouble() if error.status != HTTPStatus.GATEWAY_TIMEOUT:
            return DeliveryFailed(f"máy chủ Telegram trục trặc ({error.message})", retryable=True)
        case Conflict():
            return DeliveryFailed(f"Telegram đang bận ({error.message})", retryable=True)
        case _:
            return DeliveryFailed(f"không rõ tin đã tới Telegram chưa ({error.message})", ambiguous=True)
