"""The web chat: the office's own channel, and the embedded default when nothing else is configured."""

from __future__ import annotations

from bot.channels.web.channel import WebChannel
from bot.channels.web.demo import DemoDesk, DemoPerson
from bot.channels.web.files import FileRoom
from bot.channels.web.routes import web_routes

__all__ = ["DemoDesk", "DemoPerson", "FileRoom", "WebChannel", "web_routes"]
