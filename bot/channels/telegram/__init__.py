"""Telegram, through python-telegram-bot's Bot and a polling loop and a webhook of our own."""

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.webhook import telegram_routes

__all__ = ["TelegramChannel", "telegram_routes"]
