"""The lines to the messengers of an installation, and whether they take this process to listen at an address."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.clock import Clock
from bot.settings import Settings
from bot.telegram_line import TelegramLine
from bot.zalo_line import ZaloLine

if TYPE_CHECKING:
    from bot.line import Line


class Part(StrEnum):
    """What a process can be told to do; the values are those of `chibo run --only`."""

    WEB = "web"
    TELEGRAM = "telegram"
    ZALO = "zalo"
    SCHEDULER = "scheduler"
    DELIVERY = "delivery"


def lines_of(settings: Settings, clock: Clock) -> Mapping[Part, Line]:
    """The lines of these settings, by the part that hears at each."""
    telegram, zalo = TelegramLine.of(settings, clock), ZaloLine.of(settings, clock)
    found: dict[Part, Line | None] = {Part.TELEGRAM: telegram, Part.ZALO: zalo}
    return {part: line for part, line in found.items() if line is not None}


def is_called(settings: Settings, part: Part) -> bool:
    """Whether a messenger brings its messages to us, so that the process of this part has to listen."""
    match part:
        case Part.TELEGRAM:
            return settings.telegram_webhook_url is not None
        case Part.ZALO:
            return settings.zalo_token is not None and settings.zalo_webhook_secret is not None
        case _:
            return part is Part.WEB
