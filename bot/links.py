"""The links that an invitation is opened with on a telephone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.settings import Settings
from domain.invitation import Code
from messages.channel import DeliveryFailed

_PATIENCE = 10.0  # seconds: a command must not hang on a blocked Telegram


@dataclass(frozen=True, slots=True)
class Links:
    """Where the bot is found: its name on Telegram, and the web chat's address, as far as there are any."""

    bot_name: str = ""
    public_url: str = ""

    @property
    def chat(self) -> str:
        """The address of the web chat; empty where nobody outside of this machine can open it."""
        return f"{self.public_url.rstrip('/')}/chat" if self.public_url else ""

    def telegram(self, code: Code) -> str | None:
        """The deep link that starts the bot with this code."""
        return f"https://t.me/{self.bot_name}?start={code}" if self.bot_name else None

    def web(self, code: Code) -> str | None:
        """The web chat, opened with this code; behind the #, so that no server's log keeps it."""
        return f"{self.chat}#{code}" if self.chat else None


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
