"""Ways in which the fake Zalo fails on demand, beside those that every server has (`telegram_faults`)."""

from __future__ import annotations

import json

from tests.harness.telegram_faults import Fault, cut_after, cut_before, held, proxy_page, server_error

__all__ = [
    "cut_after",
    "cut_before",
    "gone",
    "held",
    "proxy_page",
    "refused",
    "refused_in_words",
    "server_error",
    "timed_out",
]


def refused(code: int, description: str) -> Fault:
    """Zalo's own word, which the server wraps in an answer with HTTP status 200."""
    return Fault(status=code, description=description)


def refused_in_words(code: str, description: str) -> Fault:
    """The same with the number written as a text, which nothing in the documentation rules out."""
    return Fault(status=200, body=json.dumps({"ok": False, "error_code": code, "description": description}))


def gone() -> Fault:
    return refused(403, "Forbidden: user has blocked the bot")


def timed_out() -> Fault:
    return refused(408, "Request timeout")
