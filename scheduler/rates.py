"""How fast messages may leave: a bucket of tokens and a window, with the time as an argument.

Times are seconds of a clock; one that is set back costs no more than the usual wait.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class Rate:
    """So many messages a second in the long run, and at most `burst` at one moment."""

    per_second: float
    burst: int = 1

    def __post_init__(self) -> None:
        if self.per_second <= 0 or self.burst < 1:
            raise ValueError(f"a rate lets something through: {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """What a channel allows in all and to one chat; `most` messages reach it within any second, come what may."""

    overall: Rate
    chat: Rate
    most: int

    @classmethod
    def of(cls, overall: float, chat: float) -> Rates:
        """The rates for so many messages a second in all and to one chat, with short bursts.

        In all a fifth of a second's worth, to make up for what a busy machine was late with: with 25 a second, no
        second sees more than 30 leave, nor, whatever a network delays and then brings at once, more than 30 arrive,
        which is what Telegram bears.
        """
        burst = max(1, round(overall / 5))
        return cls(overall=Rate(overall, burst), chat=Rate(chat, 3), most=max(burst + 1, int(1.2 * overall)))


class Bucket:
    """Lets messages through at a rate."""

    __slots__ = ("_every", "_full_at", "_slack")

    def __init__(self, rate: Rate) -> None:
        self._every = 1.0 / rate.per_second
        self._slack = (rate.burst - 1) * self._every
        self._full_at = float("-inf")

    def wait(self, now: float) -> float:
        """The seconds until the next message may pass; 0 when it may now."""
        return min(self._every, max(0.0, self._full_at - self._slack - now))

    def take(self, now: float) -> None:
        """Let one message pass."""
        self._full_at = max(self._full_at, now) + self._every

    def is_full(self, now: float) -> bool:
        """Whether nothing has passed for so long that it does not count any more."""
        return self._full_at <= now


class Window:
    """Lets so many messages arrive within any second, though nobody can tell when between its start and its end one does.

    What has not ended may arrive now; what ended a second ago or before has arrived before that second.
    """

    __slots__ = ("_ended", "_most", "_under_way")

    SPAN: float = 1.0

    def __init__(self, most: int) -> None:
        self._most, self._under_way, self._ended = most, 0, deque[float]()

    def wait(self, now: float) -> float:
        """The seconds until the next message may start; 0 when it may now, endless when others have to end first."""
        while self._ended and not now - self.SPAN < self._ended[0] <= now:
            self._ended.popleft()
        beyond = self._under_way + len(self._ended) - self._most
        if beyond < 0:
            return 0.0
        return self._ended[beyond] + self.SPAN - now if beyond < len(self._ended) else inf

    def start(self) -> None:
        self._under_way += 1

    def end(self, now: float) -> None:
        """One has arrived by now, or never will."""
        self._under_way -= 1
        self._ended.append(now)
