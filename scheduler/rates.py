"""How fast messages may leave: a bucket of tokens, with the time as an argument."""

from __future__ import annotations

from dataclasses import dataclass


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
    """What a channel allows in all and to one chat."""

    overall: Rate
    chat: Rate

    @classmethod
    def of(cls, overall: float, chat: float) -> Rates:
        """The rates for so many messages a second in all and to one chat, with short bursts.

        In all a tenth of a second's worth: with 25 a second, no second ever sees more than 27, which leaves
        room below Telegram's 30 for what a network delays and then brings at once.
        """
        return cls(overall=Rate(overall, max(1, round(overall / 10))), chat=Rate(chat, 3))


class Bucket:
    """Lets messages through at a rate; times are seconds of any clock that does not run back."""

    __slots__ = ("_every", "_full_at", "_slack")

    def __init__(self, rate: Rate) -> None:
        self._every = 1.0 / rate.per_second
        self._slack = (rate.burst - 1) * self._every
        self._full_at = float("-inf")

    def wait(self, now: float) -> float:
        """The seconds until the next message may pass; 0 when it may now."""
        return max(0.0, self._full_at - self._slack - now)

    def take(self, now: float) -> None:
        """Let one message pass."""
        self._full_at = max(self._full_at, now) + self._every

    def is_full(self, now: float) -> bool:
        """Whether nothing has passed for so long that it does not count any more."""
        return self._full_at <= now
