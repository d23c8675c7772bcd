"""The line to Telegram as the settings have it: one bot, by polling or by a webhook."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from bot.clock import Clock
from bot.line import agreed
from bot.settings import Settings
from messages.channel import Receive
from scheduler.rates import Rates

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from bot.channels.telegram import TelegramChannel

log = logging.getLogger("chibo")


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramLine:
    """A bot's channel with what the settings say about it; `name` tells one bot's line from another's."""

    channel: TelegramChannel
    name: str
    rates: Rates
    webhook_url: str | None
    webhook_secret: str
    monthly: int | None = None

    @classmethod
    def of(cls, settings: Settings, clock: Clock) -> Self | None:
        """The line of these settings; None without a token."""
        if settings.telegram_token is None:
            return None
        from bot.channels.telegram import TelegramChannel

        token = settings.telegram_token.get_secret_value()
        proxy, secret = settings.telegram_proxy, settings.telegram_webhook_secret
        on_another_day = settings.starts_at is not None
        channel = TelegramChannel(
            token=token,
            now=clock.now,
            api_url=settings.telegram_api_url,
            proxy="" if proxy is None else proxy.get_secret_value(),
            time_of=lambda sent: clock.now() if on_another_day else sent,
        )
        return cls(
            channel=channel,
            name=f"telegram {token.partition(':')[0]}",
            rates=Rates.of(settings.telegram_rate, settings.telegram_chat_rate),
            webhook_url=settings.telegram_webhook_url,
            webhook_secret="" if secret is None else secret.get_secret_value(),
        )

    async def bot_name(self) -> str:
        """The name that people find the bot by; raises DeliveryFailed when Telegram does not answer."""
        return await self.channel.bot_name()

    @property
    def wanted_webhook(self) -> str | None:
        """Where Telegram is to bring updates; empty when they are asked for."""
        return self.webhook_url or ""

    async def webhook(self) -> str:
        """Where Telegram brings updates by now; raises DeliveryFailed."""
        return await self.channel.webhook()

    def routes(self, receive: Receive) -> Sequence[BaseRoute]:
        """Where Telegram brings its updates; none when they are asked for."""
        if self.webhook_url is None:
            return ()
        from bot.channels.telegram import telegram_routes

        return telegram_routes(self.channel, receive, self.webhook_secret)

    async def hear(self, receive: Receive, stop: asyncio.Event) -> None:
        """Have updates brought or ask for them, until `stop`; while Telegram is silent it tries again and again."""
        if not await agreed("telegram", self._agree, stop):
            return
        log.info("telegram: %s", "webhook" if self.webhook_url else "polling")
        if self.webhook_url is None:
            await self.channel.poll(receive, stop)
        else:
            await stop.wait()

    async def close(self) -> None:
        """Close the connections."""
        await self.channel.close()

    async def _agree(self) -> None:
        if self.webhook_url is None:
            await self.channel.use_polling()
        else:
            await self.channel.use_webhook(self.webhook_url, self.webhook_secret)
