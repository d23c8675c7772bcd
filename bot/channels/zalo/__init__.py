"""Zalo, through the Bot Platform's HTTP interface: a webhook in, bare text and pictures out."""

from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.webhook import zalo_routes

__all__ = ["ZaloChannel", "zalo_routes"]
