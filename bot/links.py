"""The links of this installation, with the name that Telegram knows its bot by."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from bot.settings import Settings
from domain.links import Links
from messages.channel import DeliveryFailed

_PATIENCE = 10.0  # seconds: a command must not hang on a blocked Telegram


class KnownLinks:
    """The links of a running process, which learns the bot's name when Telegram answers."""

    def __init__(self, public_url: str) -> None:
        self.links = Links(public_url=public_url)

    async def find(self, ask: Callable[[], Awaitable[str]]) -> None:
        """Ask for the bot's name if it is not known yet; while Telegram is silent the links do without."""
        if self.links.bot_name:
            return
        with suppress(DeliveryFailed, TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                self.links = replace(self.links, bot_name=await ask())


def links_of(settings: Settings, warn: Callable[[str], None]) -> Links:
    """The links of this installation; asks Telegram for the bot's name, and warns and does without if it is silent."""
    return Links(bot_name=_bot_name(settings, warn), public_url=settings.public_url or "")


def _bot_name(settings: Settings, warn: Callable[[str], None]) -> str:
    if settings.telegram_token is None:
        return ""
    try:
        return asyncio.run(_ask_telegram(settings, settings.telegram_token.get_secret_value()))
    except DeliveryFailed as failed:
        reason = failed.reason
    except TimeoutError:
        reason = "quá lâu không trả lời"
    warn(f"Chưa hỏi được tên bot từ Telegram ({reason}); mã vẫn dùng được, chỉ thiếu đường dẫn t.me.")
    return ""


async def _ask_telegram(settings: Settings, token: str) -> str:
    from bot.channels.telegram import TelegramChannel
    from bot.clock import SystemClock

    proxy = settings.telegram_proxy
    channel = TelegramChannel(
        token=token,
        now=SystemClock().now,
        api_url=settings.telegram_api_url,
        proxy="" if proxy is None else proxy.get_secret_value(),
    )
    try:
        async with asyncio.timeout(_PATIENCE):
            return await channel.bot_name()
    finally:
        await channel.close()
