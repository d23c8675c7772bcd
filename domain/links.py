"""The links that an invitation is opened with on a telephone."""

from __future__ import annotations

from dataclasses import dataclass

from domain.invitation import Code


@dataclass(frozen=True, slots=True)
class Links:
    """Where the bot is found: its names on Telegram and Zalo, and the web chat's address, as far as there are any."""

    bot_name: str = ""
    public_url: str = ""
    zalo_name: str = ""
    """What people look for on Zalo, where a link can carry no code: it is typed."""

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
