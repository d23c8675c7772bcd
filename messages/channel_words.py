"""What people call the channels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CHANNELS: Final[Mapping[str, str]] = {"telegram": "Telegram", "zalo": "Zalo", "web": "trang chat"}


def channel_name(channel: str) -> str:
    """What people call a channel; its own name where they call it nothing else."""
    return CHANNELS.get(channel, channel)
