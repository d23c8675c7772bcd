"""The links of this installation, with the names that messengers know its bots by."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.lines import Part, lines_of
from bot.settings import Settings
from domain.links import Links
from messages.channel import DeliveryFailed

if TYPE_CHECKING:
    from bot.line import Line

_PATIENCE = 10.0  # seconds: a command must not hang on a blocked Telegram
_MISSING: Final[Mapping[Part, str]] = {
    Part.TELEGRAM: "Chưa hỏi được tên bot từ Telegram ({}); mã vẫn dùng được, chỉ thiếu đường dẫn t.me.",
    Part.ZALO: "Chưa hỏi được tên bot từ Zalo ({}); mã vẫn dùng được, chỉ thiếu tên bot.",
}


class KnownLinks:
    """The links of a running process, which learns the bots' names when their messengers answer."""

    def __init__(self, public_url: str) -> None:
        self.links = Links(public_url=public_url)

    async def find(self, part: Part, ask: Callable[[], Awaitable[str]]) -> DeliveryFailed | None:
        """Ask for a bot's name if it is not known yet; while its messenger is silent the links do without.

        Answers how it failed.
        """
        if name_in(self.links, part):
            return None
        try:
            async with asyncio.timeout(_PATIENCE):
                self.links = named(self.links, part, await ask())
        except DeliveryFailed as failed:
            return failed
        except TimeoutError:
            pass
        return None


def named(links: Links, part: Part, name: str) -> Links:
    """The links with the name of the bot on a messenger."""
    return replace(links, zalo_name=name) if part is Part.ZALO else replace(links, bot_name=name)


def name_in(links: Links, part: Part) -> str:
    """The name of the bot on a messenger; empty while it is not known."""
    return links.zalo_name if part is Part.ZALO else links.bot_name


def links_of(settings: Settings, warn: Callable[[str], None]) -> Links:
    """The links of this installation; asks messengers for the bots' names, and warns and does without if one is silent."""
    links = Links(public_url=settings.public_url or "")
    if settings.telegram_token is None and settings.zalo_token is None:
        return links
    return asyncio.run(_ask_all(settings, links, warn))


async def _ask_all(settings: Settings, links: Links, warn: Callable[[str], None]) -> Links:
    from bot.clock import SystemClock

    for part, line in lines_of(settings, SystemClock()).items():
        try:
            links = named(links, part, await _ask(line))
        except DeliveryFailed as failed:
            warn(_MISSING[part].format(failed.reason))
        except TimeoutError:
            warn(_MISSING[part].format("quá lâu không trả lời"))
    return links


async def _ask(line: Line) -> str:
    try:
        async with asyncio.timeout(_PATIENCE):
            return await line.bot_name()
    finally:
        await line.close()
