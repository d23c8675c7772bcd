"""The line to Zalo as the settings have it: one bot, by a webhook, or by polling for trying things out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from bot.clock import Clock
from bot.line import agreed
from bot.settings import Settings
from messages.channel import Receive
from scheduler.rates import Rates

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from bot.channels.zalo import ZaloChannel

log = logging.getLogger("chibo")

RATES: Final = Rates.of(10, 1)
"""What Zalo allows in a second is not documented: this is as fast as a district of 55 units needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZaloLine:
    """A bot's channel with what the settings say about it; `webhook_url` is empty where nobody can be told of it."""

    channel: ZaloChannel
    name: str
    webhook_url: str
    webhook_secret: str
    monthly: int | None
    rates: Rates

    @classmethod
    def of(cls, settings: Settings, clock: Clock) -> Self | None:
        """The line of these settings; None without a token."""
        if settings.zalo_token is None:
            return None
        from bot.channels.zalo import ZaloChannel
        from bot.channels.zalo.channel import bot_of
        from bot.channels.zalo.webhook import PATH

        token, secret = settings.zalo_token.get_secret_value(), settings.zalo_webhook_secret
        on_another_day = settings.starts_at is not None
        channel = ZaloChannel(
            token=token,
            now=clock.now,
            api_url=settings.zalo_api_url,
            time_of=lambda sent: clock.now() if on_another_day else sent,
        )
        return cls(
            channel=channel,
            name=f"zalo {bot_of(token)}",
            webhook_url=f"{settings.public_url.rstrip('/')}{PATH}" if settings.public_url else "",
            webhook_secret="" if secret is None else secret.get_secret_value(),
            rates=RATES,
            monthly=settings.zalo_monthly_quota,
        )

    async def bot_name(self) -> str:
        """The name that people find the bot by; raises DeliveryFailed when Zalo does not answer."""
        return await self.channel.bot_name()

    @property
    def wanted_webhook(self) -> str | None:
        """Where Zalo is to bring events; empty when they are asked for, None where the webhook is set by hand."""
        if not self.webhook_secret:
            return ""
        return self.webhook_url or None

    async def webhook(self) -> str:
        """Where Zalo brings events by now; raises DeliveryFailed."""
        return await self.channel.webhook()

    def routes(self, receive: Receive) -> Sequence[BaseRoute]:
        """Where Zalo brings its events; none without the secret by which they are known to be Zalo's."""
        if not self.webhook_secret:
            return ()
        from bot.channels.zalo import zalo_routes

        return zalo_routes(self.channel, receive, self.webhook_secret)

    async def hear(self, receive: Receive, stop: asyncio.Event) -> None:
        """Have events brought, or ask for them, until `stop`; while Zalo is silent it tries again and again."""
        if self.webhook_secret and not self.webhook_url:
            log.warning("zalo: without CHIBO_PUBLIC_URL the webhook has to be set by hand")
        elif not await agreed("zalo", self._agree, stop):
            return
        log.info("zalo: %s", "webhook" if self.webhook_secret else "polling")
        if self.webhook_secret:
            await stop.wait()
        else:
            await self.channel.poll(receive, stop)

    async def close(self) -> None:
        """Close the connections."""
        await self.channel.close()

    async def _agree(self) -> None:
        if self.webhook_secret:
            await self.channel.use_webhook(self.webhook_url, self.webhook_secret)
        else:
            await self.channel.use_polling()
