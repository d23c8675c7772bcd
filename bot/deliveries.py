"""The deliveries of a process: one for each channel, at its post while no other process holds it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from bot.clock import Clock
from bot.intake import Intake
from bot.line import Line
from bot.process_name import is_dead
from bot.receive import Reply
from bot.turns import Work, in_turn
from domain.deadline import Timetable
from domain.office import Office
from domain.quota import Quota
from messages.channel import Channel
from scheduler.alarm import Alarm
from scheduler.delivery import NOTICED, Delivery
from scheduler.enclosing import Enclosing
from scheduler.quota import Meter
from scheduler.rates import Rates
from scheduler.reminder_letters import afresh
from storage.posts import Post
from storage.session import Engine

UNHURRIED: Final = Rates.of(1000, 100)
"""The web chat is our own server: nobody asks us to be slow."""

EncloseOn = Callable[[Channel], Enclosing]
"""What gives the letters of a channel their files."""


class Deliveries:
    """Which channels this process delivers on now, by name; a channel is in it while its delivery is at work."""

    def __init__(
        self,
        engine: Engine,
        books: Intake,
        *,
        clock: Clock,
        process: str,
        office: Office,
        timetable: Timetable,
        enclose: EncloseOn,
    ) -> None:
        self._engine, self._books, self._clock = engine, books, clock
        self._process, self._office, self._enclose = process, office, enclose
        self._timetable = timetable
        self._at_work: dict[str, Delivery] = {}

    def __contains__(self, channel: str) -> bool:
        return channel in self._at_work

    def hand_over(self, replies: Sequence[Reply]) -> None:
        """Give replies that were committed just now to those who deliver them; may be called on any thread."""
        for delivery in list(self._at_work.values()):
            delivery.hand_over(replies)

    def look_now(self) -> None:
        """Something was put into the outbox; to be called on the event loop."""
        for delivery in self._at_work.values():
            delivery.look_now()

    def on_line(self, line: Line) -> Work:
        """The work of delivering over a messenger's line."""
        monthly = None if line.monthly is None else Quota(monthly=line.monthly)
        return self.on(line.channel, line.name, line.rates, monthly)

    def on(self, channel: Channel, line: str, rates: Rates, monthly: Quota | None = None) -> Work:
        """The work of delivering on a channel, whose post is known by the name of its line."""
        post = Post(self._engine, f"deliver {line}")

        async def deliver(stop: asyncio.Event) -> None:
            delivery = self._delivery(channel, rates, post, monthly)
            self._at_work[channel.name] = delivery
            try:
                await delivery.run(stop)
            finally:
                del self._at_work[channel.name]

        async def deliver_in_turn(stop: asyncio.Event) -> None:
            await in_turn(post, f"delivering to {line}", deliver, stop)

        return deliver_in_turn

    def _delivery(self, channel: Channel, rates: Rates, post: Post, monthly: Quota | None) -> Delivery:
        def is_gone(name: str, at_post: timedelta) -> bool:
            """Whoever held the post before us lives no more, or has lost it and stops as soon as it notices."""
            lost_it = post.is_shared and at_post >= NOTICED and name != self._process
            return lost_it or is_dead(name, self._process)

        return Delivery(
            channel=channel,
            books=self._books,
            rates=rates,
            afresh=lambda session, row, now: afresh(session, row, now, self._office),
            now=self._clock.now,
            process=self._process,
            enclose=self._enclose(channel),
            is_gone=is_gone,
            is_quiet=lambda now: not self._timetable.may_speak(now),
            alarm=Alarm(office=self._office),
            meter=None
            if monthly is None
            else Meter(channel=channel.name, quota=monthly, office=self._office),
        )
