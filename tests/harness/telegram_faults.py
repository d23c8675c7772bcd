"""Faults that the fake Telegram server shows on demand: what goes wrong, where, how often."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One way to fail a call.

    `status` 0 cuts the connection without an answer. `after_effect`: the call is carried out first,
    so that the caller cannot know. `body` replaces the JSON of Telegram by text of some proxy between.
    `hold`: wait for `TelegramServer.let_go()` before going on; `seconds`: wait that long.
    """

    status: int = 0
    description: str = ""
    parameters: dict[str, int] = field(default_factory=dict)
    after_effect: bool = False
    body: str = ""
    hold: bool = False
    seconds: float = 0.0


def too_many_requests(retry_after: int) -> Fault:
    return Fault(
        status=429,
        description=f"Too Many Requests: retry after {retry_after}",
        parameters={"retry_after": retry_after},
    )


def blocked() -> Fault:
    return Fault(status=403, description="Forbidden: bot was blocked by the user")


def bad_request(what: str) -> Fault:
    return Fault(status=400, description=f"Bad Request: {what}")


def chat_not_found() -> Fault:
    return bad_request("chat not found")


def migrated(to: int) -> Fault:
    return Fault(
        status=400,
        description="Bad Request: group chat was upgraded to a supergroup chat",
        parameters={"migrate_to_chat_id": to},
    )


def server_error(status: int = 502, description: str = "Bad Gateway") -> Fault:
    return Fault(status=status, description=description)


def proxy_page(status: int = 502) -> Fault:
    """Something that is not Telegram answers, in HTML."""
    return Fault(status=status, body="<html><body>Bad Gateway</body></html>")


def not_found() -> Fault:
    return Fault(status=404, description="Not Found")


def unauthorized() -> Fault:
    return Fault(status=401, description="Unauthorized")


def cut_before() -> Fault:
    """The connection breaks before anything happened."""
    return Fault()


def cut_after() -> Fault:
    """The call takes effect, then the connection breaks: the caller cannot know."""
    return Fault(after_effect=True)


def held(*, after_effect: bool = False) -> Fault:
    """No answer until `TelegramServer.let_go()`; then the call is carried out (or was, before)."""
    return Fault(status=200, hold=True, after_effect=after_effect)


def slow(seconds: float) -> Fault:
    return Fault(status=200, seconds=seconds)


@dataclass(slots=True)
class _Rule:
    method: str
    fault: Fault
    times: float
    chat: int | None
    chance: float


class FaultScript:
    """Which calls fail and how: rules in the order they were given, each used up after `times` calls."""

    def __init__(self, seed: int = 1) -> None:
        self._rules: list[_Rule] = []
        self._random = random.Random(seed)

    def add(self, method: str, fault: Fault, *, times: float, chat: int | None, chance: float) -> None:
        self._rules.append(_Rule(method, fault, times, chat, chance))

    def clear(self) -> None:
        self._rules.clear()

    def take(self, method: str, params: dict[str, Any]) -> Fault | None:
        """The fault that this call must show, if any; uses it up by one."""
        for rule in self._matching(method, params):
            if rule.chance < 1 and self._random.random() >= rule.chance:
                continue
            rule.times -= 1
            if rule.times <= 0:
                self._rules.remove(rule)
            return rule.fault
        return None

    def _matching(self, method: str, params: dict[str, Any]) -> Iterator[_Rule]:
        for rule in list(self._rules):
            here = rule.chat is None or str(params.get("chat_id")) == str(rule.chat)
            if rule.method in ("*", method) and here:
                yield rule
