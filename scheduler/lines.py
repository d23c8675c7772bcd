"""The letters that this process has in hand: one line for each address, and which may leave next."""

from __future__ import annotations

import heapq
from collections import deque
from math import inf

from scheduler.letters import Letter
from scheduler.rates import Bucket, Rates, Window


class Lines:
    """Letters by address: those to one address leave one after another, addresses never wait for each other.

    Replies leave before other letters. Times are seconds.
    """

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._overall, self._window = Bucket(rates.overall), Window(rates.most)
        self._chats: dict[int, Bucket] = {}
        self._lines: dict[int, deque[Letter]] = {}
        self._under_way: set[int] = set()
        self._ready: list[tuple[bool, int, int]] = []
        self._later: list[tuple[float, int]] = []
        self._number = 0  # of letters in all lines

    def add(self, letter: Letter) -> None:
        """Put a letter at the end of its line."""
        line = self._lines.setdefault(letter.address_id, deque())
        line.append(letter)
        self._number += 1
        # The first one inherits the hurry of a reply behind it. What stands in `_ready` may be out of
        # date by then; it is looked at again when its turn comes.
        self._make_ready(letter.address_id, is_reply=letter.is_reply)

    def take(self, now: float) -> Letter | float:
        """A letter that may leave now, its line waiting for `finish`; or the seconds until asking again."""
        while self._later and self._later[0][0] <= now:
            _, address_id = heapq.heappop(self._later)
            self._make_ready(address_id, is_reply=self._has_reply(address_id))
        while self._ready:
            if (wait := max(self._overall.wait(now), self._window.wait(now))) > 0:
                return wait
            _, _, address_id = heapq.heappop(self._ready)
            if address_id in self._under_way or not self._lines.get(address_id):
                continue
            chat = self._chats.setdefault(address_id, Bucket(self._rates.chat))
            if (wait := chat.wait(now)) > 0:
                heapq.heappush(self._later, (now + wait, address_id))
                continue
            self._overall.take(now)
            chat.take(now)
            self._window.start()
            self._under_way.add(address_id)
            return self._lines[address_id][0]
        return self._later[0][0] - now if self._later else inf

    def finish(self, letter: Letter, now: float) -> None:
        """The first letter of its line is settled: the next one may go."""
        self._end(letter.address_id, now)
        line = self._lines[letter.address_id]
        line.popleft()
        self._number -= 1
        if line:
            self._make_ready(letter.address_id, is_reply=self._has_reply(letter.address_id))
        else:
            del self._lines[letter.address_id]

    def clear(self, address_id: int, now: float) -> list[Letter]:
        """Give up a line: its letters, the one under way included."""
        self._end(address_id, now)
        given_up = list(self._lines.pop(address_id, ()))
        self._number -= len(given_up)
        return given_up

    def clear_all(self, now: float) -> list[Letter]:
        """Give up all lines but their letters under way."""
        left: list[Letter] = []
        for address_id in list(self._lines):
            if address_id not in self._under_way:
                left += self.clear(address_id, now)
                continue
            line = self._lines[address_id]
            behind = [line.pop() for _ in range(len(line) - 1)][::-1]
            self._number -= len(behind)
            left += behind
        return left

    def forget_idle_chats(self, now: float) -> None:
        """Forget what has left to whom where it counts no more."""
        self._chats = {chat: bucket for chat, bucket in self._chats.items() if not bucket.is_full(now)}

    def __len__(self) -> int:
        return self._number

    def _end(self, address_id: int, now: float) -> None:
        if address_id in self._under_way:
            self._under_way.remove(address_id)
            self._window.end(now)

    def _has_reply(self, address_id: int) -> bool:
        return any(letter.is_reply for letter in self._lines.get(address_id, ()))

    def _make_ready(self, address_id: int, *, is_reply: bool) -> None:
        line = self._lines.get(address_id)
        if line and address_id not in self._under_way:
            heapq.heappush(self._ready, (not is_reply, line[0].id, address_id))
