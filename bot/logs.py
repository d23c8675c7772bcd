"""Logging: one line an event, as text or as JSON, and never a token in it."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable
from typing import Final, Literal, TextIO

_HIDDEN: Final = "***"
_TOKENS: Final = re.compile(
    r"\d{5,}:[A-Za-z0-9_-]{20,}|(?<=/bot)[^/\s\"']+|(?<=://)[^/@\s:]*:[^/@\s]+(?=@)|(?<=DETAIL:  )[^\n\\]+"
)
"""A Telegram token, whatever follows `/bot` in a URL, the name and password in a URL, and the row of the books
that PostgreSQL quotes when it refuses one."""
_TALKATIVE: Final = (
    "httpx",
    "httpcore",
    "aiohttp.access",
    "uvicorn",
    "telegram",
    "apscheduler",
    "alembic",
    "asyncio",
)
_LINE: Final = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


def set_up(
    form: Literal["text", "json"],
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
    level: int = logging.INFO,
) -> None:
    """Send what this process logs, from a level on, to `stream` (standard error by default), secrets hidden."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Redacting(_formatter(form), secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """The text with `***` in place of the given secrets and of everything that looks like a token."""
    for secret in secrets:
        text = text.replace(secret, _HIDDEN)
    return _TOKENS.sub(_HIDDEN, text)


class Redacting(logging.Formatter):
    """Formats by another formatter and hides the secrets in the finished line, traces included."""

    def __init__(self, under: logging.Formatter, secrets: Iterable[str]) -> None:
        super().__init__()
        self._under = under
        # The longest first: a short secret may be a part of a longer one.
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        return redact(self._under.format(record), self._secrets)


def _formatter(form: Literal["text", "json"]) -> logging.Formatter:
    if form == "text":
        return logging.Formatter(_LINE)
    from pythonjsonlogger.json import (
        JsonFormatter,
    )  # only where it is asked for: it costs start-up time

    names = {"asctime": "time", "levelname": "level", "name": "logger"}
    return JsonFormatter(_LINE, rename_fields=names, json_ensure_ascii=False)
