"""Delivery: from the outbox to a channel, at least once, in order for each address, for three days."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from messages.channel import Channel, DeliveryFailed, OutgoingMessage
from scheduler.alarm import Alarm, Shut
from scheduler.letters import Handed, Letter, letter_of_reply, letter_of_row
from scheduler.lines import Lines
from scheduler.night import Night
from scheduler.offer import withdraw
from scheduler.quota import Meter
from scheduler.rates import Rates
from scheduler.recorder import Books, Recorder
from scheduler.retries import what_follows
from storage.queries import delivery
from storage.queries.delivery import Blocked, GivenUp, Leased, Lot, Outcome, Released, Sent
from storage.queries.outbox import is_courtesy
from storage.session import Session, savepoint

__all__ = ["Afresh", "Books", "Delivery", "Handed"]

log = logging.getLogger(__name__)

T = TypeVar("T")

LEASE: Final = timedelta(seconds=60)
MOST_IN_HAND: Final = 100
MOST_UNDER_WAY: Final = 64
LOOK: Final = timedelta(seconds=1)
"""How often the outbox is looked at when nobody says that something was put there."""
SWEEP: Final = timedelta(minutes=1)
REST: Final = timedelta(minutes=1)
"""How long a channel rests that takes nothing from us."""
GRACE_SECONDS: Final = 5.0
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)

NOTICED: Final = timedelta(seconds=15)
"""After so long at its post delivery looks a second time for leases of others: who lost the post has noticed by then."""

IsGone = Callable[[str, timedelta], bool]
"""Whether the process of this name surely sends no more, when this delivery has been at its post for so long."""

Afresh = Callable[[Session, Leased, datetime], Leased | None]
"""What a message says by now: the same, or other words, or nothing at all, for the report may have come meanwhile."""

IsQuiet = Callable[[datetime], bool]
"""Whether people are not to be spoken to unasked at a moment: what then tries again waits for the morning."""

Enclose = Callable[[Letter], Awaitable[OutgoingMessage]]
"""What leaves of a letter: its message, with the file that goes with it; raises DeliveryFailed."""


async def _as_it_is(letter: Letter) -> OutgoingMessage:
    return letter.message


class Delivery:
    """Brings the messages of one channel out.

    `process` names this process in leases; what another has leased that `is_gone` is taken over. `meter` counts
    where a channel takes only so many messages; `alarm` sees to one that takes nothing at all. `pause` waits for seconds
    of the clock that `now` shows. `spread` gives a number between 0.5 and 1.5 to scatter retries by.
    """

    def __init__(
        self,
        *,
        channel: Channel,
        books: Books,
        rates: Rates,
        afresh: Afresh,
        now: Callable[[], datetime],
        process: str,
        enclose: Enclose = _as_it_is,
        is_gone: IsGone = lambda _name, _at_post: False,
        is_quiet: IsQuiet = lambda _now: False,
        meter: Meter | None = None,
        alarm: Alarm | None = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        spread: Callable[[], float] = lambda: random.uniform(0.5, 1.5),  # noqa: S311 - no secret
    ) -> None:
        self._channel, self._books, self._afresh, self._enclose = channel, books, afresh, enclose
        self._now, self._process, self._pause, self._spread = now, process, pause, spread
        self._recorder = Recorder(
            books, by=process, now=now, pause=pause, written=self._written, meter=meter, alarm=alarm
        )
        self._is_gone, self._is_quiet, self._began = is_gone, is_quiet, now()
        self._night = Night(channel.name)
        self._seen_at = self._began
        self._meter, self._is_short = meter, False  # as far as was seen when the outbox was looked at last
        self._inherit_at = [self._began + NOTICED, self._began]
        self._lines = Lines(rates)
        self._in_hand: set[int] = set()  # until its outcome is in the books
        self._behind: dict[int, datetime] = {}  # addresses with messages put off, and until when strictly
        self._knows_who_waits = False
        self._more = False  # is due than there was room for
        self._slowed: dict[int, datetime] = {}
        self._shut_since: datetime | None = None  # when the channel began to take nothing from us
        self._rest_until = self._look_at = self._sweep_at = _LONG_AGO
        self._under_way: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop`; then let what is under way end, and free the rest for others."""
        stopped = asyncio.create_task(self._wake_at(stop))
        self._loop = asyncio.get_running_loop()
        await self._learn_who_waits(stop)
        while not stop.is_set():
            self._mind_the_clock()
            if self._now() >= self._look_at:
                await self._look()
            await self._sleep(min(self._dispatch(), (self._look_at - self._now()).total_seconds()))
        await stopped
        await self._close()

    def hand_over(self, replies: Sequence[Handed]) -> None:
        """Take over replies that were committed just now; may be called on any thread."""
        own = [reply for reply in replies if reply.channel == self._channel.name]
        if own and self._loop is not None:
            with suppress(RuntimeError):  # the loop has ended: the lease will, too
                self._loop.call_soon_threadsafe(self._take_over, own)

    def look_now(self) -> None:
        """Something was put into the outbox; to be called on the event loop."""
        self._look_at = _LONG_AGO
        self._night.wake()
        self._wake.set()

    def _mind_the_clock(self) -> None:
        """What was to be at a moment of a clock that has been set back since is to be now; it would be long in coming."""
        now = self._now()
        if now < self._seen_at - LOOK:
            self._look_at = self._sweep_at = self._rest_until = _LONG_AGO
            self._behind, self._slowed = dict.fromkeys(self._behind, _LONG_AGO), {}
            self._shut_since = None
            self._night.wake()
        self._seen_at = now

    # --- what comes in -------------------------------------------------------------------------

    async def _learn_who_waits(self, stop: asyncio.Event) -> None:
        """A reply must not overtake what waits since before this process began."""
        while not stop.is_set():
            waiting = await self._ask(lambda s: delivery.addresses_waited_for(s, self._channel.name))
            if waiting is not None:
                self._behind = dict.fromkeys(waiting, _LONG_AGO) | self._behind
                self._knows_who_waits = True
                return
            await self._sleep(LOOK.total_seconds())

    def _take_over(self, replies: Iterable[Handed]) -> None:
        now = self._now()
        for reply in replies:
            left_unsaid = self._is_short and reply.message.is_courtesy
            if self._knows_who_waits and reply.address_id not in self._behind and not left_unsaid:
                self._put_in_line(letter_of_reply(reply, now))
                continue
            if self._behind.setdefault(reply.address_id, _LONG_AGO) <= now:
                # The person is there: what waits for another try is tried now, and the reply after it.
                self._recorder.hasten(reply.address_id)
            self._recorder.note(Released(id=reply.outbox_id, due_at=now))
        self._go()

    def _put_in_line(self, letter: Letter) -> None:
        self._in_hand.add(letter.id)
        self._lines.add(letter)

    async def _look(self) -> None:
        """Lease what is due, as far as there is room in hand."""
        now = self._now()
        self._look_at = now + LOOK
        room = MOST_IN_HAND - len(self._lines)
        if now < self._rest_until or room < MOST_IN_HAND // 2:
            return
        if now >= self._sweep_at:
            self._lines.forget_idle_chats(now.timestamp())
        lot = await self._ask(lambda session: self._lease(session, now, room))
        if lot is None:
            return
        self._more = lot.more
        for address_id in lot.whole:
            self._behind.pop(address_id, None)
        for row in lot.rows:
            if row.id not in self._in_hand:
                self._put_in_line(letter_of_row(row, self._channel.name))

    def _lease(self, session: Session, now: datetime, most: int) -> Lot:
        self._sweep(session, now)
        self._inherit(session, now)
        quiet = self._is_quiet(now)
        if quiet and self._night.spares(session, now):
            return Lot(rows=(), whole=frozenset(), more=False)
        lot = delivery.lease(
            session,
            self._channel.name,
            by=self._process,
            now=now,
            until=now + LEASE,
            most=most,
            quiet=quiet,
        )
        if quiet and not lot.more:
            self._night.looked(session, now)
        self._is_short = self._meter is not None and self._meter.is_short(session, now)
        rows = tuple(self._leaving(session, row, now) if row.about else row for row in lot.rows)
        untrue = {row.id for row, now_said in zip(lot.rows, rows, strict=True) if now_said is None}
        if untrue:
            delivery.drop(session, untrue, now)
        return replace(lot, rows=tuple(row for row in rows if row is not None))

    def _inherit(self, session: Session, now: datetime) -> None:
        """Take over what was leased by processes that are gone."""
        if not self._inherit_at or now < self._inherit_at[-1]:
            return
        self._inherit_at.pop()
        at_post = now - self._began
        freed = delivery.free_leases(session, self._channel.name, lambda name: self._is_gone(name, at_post))
        if freed:
            self._night.wake()
            log.info("%d messages were taken over from a process that is gone", freed)

    def _sweep(self, session: Session, now: datetime) -> None:
        if now < self._sweep_at:
            return
        self._sweep_at = now + SWEEP
        if over := delivery.expire(session, self._channel.name, now):
            withdraw(session, over, now)
            log.warning("%d messages were given up: their time was over", len(over))

    def _leaving(self, session: Session, row: Leased, now: datetime) -> Leased | None:
        return None if self._is_short and is_courtesy(row.about) else self._said_now(session, row, now)

    def _said_now(self, session: Session, row: Leased, now: datetime) -> Leased | None:
        try:
            with savepoint(session):
                said = self._afresh(session, row, now)
                if said is not None and said != row:
                    delivery.reword(session, said)
                return said
        except Exception:
            log.exception("message %d: whether it is still true could not be told; it is sent", row.id)
            return row

    # --- what goes out -------------------------------------------------------------------------

    def _dispatch(self) -> float:
        """Start what may leave now; answers the seconds until there is more to start."""
        now = self._now()
        if now < self._rest_until:
            return (self._rest_until - now).total_seconds()
        while len(self._under_way) < MOST_UNDER_WAY:
            letter = self._lines.take(now.timestamp())
            if isinstance(letter, float):
                return letter
            if letter.leased_until <= now:
                self._forget(letter.address_id, now)
                continue
            task = asyncio.create_task(self._send(letter))
            self._under_way.add(task)
            task.add_done_callback(self._sent)
        return LOOK.total_seconds()

    def _go(self) -> None:
        if self._more and len(self._lines) <= MOST_IN_HAND // 2:
            self._more = False
            self.look_now()
        if self._dispatch() < LOOK.total_seconds():
            self._wake.set()  # so that the loop sleeps no longer than that

    async def _send(self, letter: Letter) -> None:
        try:
            receipt = await self._channel.send(letter.address, await self._enclose(letter))
        except DeliveryFailed as failed:
            self._failed(letter, failed)
        except Exception:
            log.exception("message %d: the channel has a fault", letter.id)
            self._failed(letter, DeliveryFailed("kênh gửi bị lỗi", ambiguous=True))
        else:
            self._recorder.note(Sent(id=letter.id, receipt=receipt.external_id, count=receipt.count))
            self._shut_since = None
            self._lines.finish(letter, self._now().timestamp())

    def _sent(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            self._go()

    def _failed(self, letter: Letter, failed: DeliveryFailed) -> None:
        now = self._now()
        outcome = what_follows(failed, letter, now=now, spread=self._spread())
        self._recorder.note(outcome)
        log.warning("message %d was not delivered (%s): %s", letter.id, type(outcome).__name__, failed.reason)
        if isinstance(outcome, GivenUp):
            self._lines.finish(letter, now.timestamp())
            return
        for behind in self._lines.clear(letter.address_id, now.timestamp())[1:]:
            self._recorder.note(Released(id=behind.id, due_at=now))
        strictly = failed.retry_after is not None
        self._behind[letter.address_id] = getattr(outcome, "due_at", _LONG_AGO) if strictly else _LONG_AGO
        self._slow_down(letter.address_id, failed, now)

    def _slow_down(self, address_id: int, failed: DeliveryFailed, now: datetime) -> None:
        """Rest when the channel asks two people's messages to wait at once, for then it means all; or is closed."""
        if failed.closed:
            self._rest_until, self._shut_since = now + REST, self._shut_since or now
            log.error("%s takes nothing from us: %s", self._channel.name, failed.reason)
            self._recorder.shut(
                Shut(channel=self._channel.name, since=self._shut_since, reason=failed.reason)
            )
            self._let_go(now)
        if failed.retry_after is None:
            return
        self._slowed = {slowed: until for slowed, until in self._slowed.items() if until > now}
        until = now + timedelta(seconds=failed.retry_after)
        if self._slowed.keys() - {address_id}:
            self._rest_until = max(self._rest_until, until)
        self._slowed[address_id] = until

    def _forget(self, address_id: int, now: datetime) -> None:
        """Let go of a line whose lease is over: others may have it by now."""
        for letter in self._lines.clear(address_id, now.timestamp()):
            self._recorder.note(Released(id=letter.id, due_at=now))
        self._behind[address_id] = _LONG_AGO

    def _let_go(self, now: datetime) -> None:
        """Let go of everything in line: what cannot go out here may go by another channel."""
        for letter in self._lines.clear_all(now.timestamp()):
            self._recorder.note(Released(id=letter.id, due_at=now))
            self._behind.setdefault(letter.address_id, _LONG_AGO)

    def _written(self, outcomes: Sequence[Outcome]) -> None:
        self._in_hand.difference_update(outcome.id for outcome in outcomes)
        if any(not isinstance(outcome, Sent | GivenUp | Blocked) for outcome in outcomes):
            self.look_now()

    # --- waiting and ending --------------------------------------------------------------------

    async def _ask(self, work: Callable[[Session], T]) -> T | None:
        """Work on the books; None, after a word in the log, when they cannot be reached."""
        try:
            return await self._books.run(work)
        except Exception:
            log.exception("the outbox cannot be read")
            return None

    async def _sleep(self, seconds: float) -> None:
        """Wait, unless woken before."""
        if seconds <= 0:
            return
        waits = [asyncio.ensure_future(self._wake.wait()), asyncio.ensure_future(self._pause(seconds))]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        self._wake.clear()

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._wake.set()

    async def _close(self) -> None:
        self._loop = None
        now = self._now()
        for letter in self._lines.clear_all(now.timestamp()):
            self._recorder.note(Released(id=letter.id, due_at=now))
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=GRACE_SECONDS)
            for task in late:
                task.cancel()
        await self._recorder.until_written()
