"""The thread that groups and commits: every write of this process goes through it, in order."""

from __future__ import annotations

import asyncio
import logging
import queue
import secrets
import threading
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

from bot.notice import tell_administrators
from bot.receive import House, Reply, arrival, put_reply, receive, whose
from messages.channel import IncomingMessage
from messages.say import Hearer, Say, say
from storage.faults import Unavailable, is_collision, is_unavailable
from storage.queries import inbox, senders
from storage.session import Begin, Session, savepoint

T = TypeVar("T")
log = logging.getLogger("chibo.intake")
MOST_AT_ONCE: Final = 100
TRIES: Final = 3
"""How often a group is begun again after a collision with another process."""


@dataclass(frozen=True, slots=True)
class _Job:
    """A piece of work for the thread; `incoming` when it is a message."""

    work: Callable[[Session], Any]
    done: Future[Any]
    incoming: IncomingMessage | None = None

    def tell(self, outcome: Any) -> None:
        """Hand the outcome to whoever waits; somebody who gave up waiting is told nothing, and what was done stays."""
        if not self.done.set_running_or_notify_cancel():
            return
        if isinstance(outcome, _Fault):
            self.done.set_exception(outcome.error)
        else:
            self.done.set_result(outcome)


class Intake:
    """Takes messages and other work to the books: what gathered while it was busy is committed together.

    `handed` is called on the thread with the replies of a group once they are committed.
    """

    def __init__(self, begin: Begin, house: House, handed: Callable[[Sequence[Reply]], None]) -> None:
        self._begin = begin
        self._house = house
        self._handed = handed
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="intake", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what was handed in, then end; blocks until it has."""
        self._jobs.put(None)
        self._thread.join()

    async def receive(self, incoming: IncomingMessage) -> None:
        """Hand a message over; returns when it is in the books. Raises Unavailable when they cannot be reached."""
        job = _Job(lambda session: receive(session, incoming, self._house), Future(), incoming)
        self._jobs.put(job)
        await asyncio.wrap_future(job.done)

    async def run(self, work: Callable[[Session], T]) -> T:
        """Do other work on the books, in the same order and the same groups; its fault is raised here."""
        job = _Job(work, Future())
        self._jobs.put(job)
        return cast(T, await asyncio.wrap_future(job.done))

    def _run(self) -> None:
        while (first := self._jobs.get()) is not None:
            group = [first]
            ending = False
            while len(group) < MOST_AT_ONCE and not self._jobs.empty():
                job = self._jobs.get()
                if job is None:
                    ending = True
                    break
                group.append(job)
            self._settle(group)
            if ending:
                return

    def _settle(self, group: list[_Job]) -> None:
        """Do a group and tell everybody who waits for it."""
        try:
            outcomes = self._commit_together(group)
        except Exception as fault:
            log.exception("the books could not be written")
            for job in group:
                job.tell(_Fault(Unavailable(type(fault).__name__)))
            return
        replies = [outcome for outcome in outcomes if isinstance(outcome, Reply)]
        if replies:
            self._hand_over(replies)
        for job, outcome in zip(group, outcomes, strict=True):
            job.tell(outcome)

    def _hand_over(self, replies: Sequence[Reply]) -> None:
        """Tell of committed replies; whoever cannot take them finds them in the outbox when their lease is over."""
        try:
            self._handed(replies)
        except Exception:
            log.exception("%d replies could not be handed over", len(replies))

    def _commit_together(self, group: list[_Job]) -> list[Any]:
        for attempt in range(1, TRIES + 1):
            try:
                with self._begin() as session:
                    _lock(session, group, self._house)
                    return [self._do(session, job) for job in group]
            except Exception as fault:
                if attempt == TRIES or not is_collision(fault):
                    raise
        raise AssertionError("unreachable")

    def _do(self, session: Session, job: _Job) -> Any:
        """One job under its own savepoint: its fault is its own, unless the books themselves are at fault."""
        try:
            with savepoint(session):
                return job.work(session)
        except Exception as fault:
            if is_collision(fault) or is_unavailable(fault):
                raise
            if job.incoming is None:
                return _Fault(fault)
            return self._park(session, job.incoming, fault)

    def _park(self, session: Session, incoming: IncomingMessage, fault: Exception) -> Reply | None:
        """Put a message that met a fault aside with its trace, and say sorry to its sender."""
        trace_id = secrets.token_hex(4)
        log.error("message parked", extra={"trace_id": trace_id}, exc_info=fault)
        with savepoint(session):
            sender = whose(session, incoming, self._house)
            kept = arrival(incoming, sender.address_id, self._house.now())
            trace = "".join(traceback.format_exception(fault))
            inbox_id = inbox.park(session, kept, trace_id, trace)
            if inbox_id is None:
                return None
            hearer = Hearer.on(sender.channel, self._house.office)
            tell_administrators(session, sender, fault, trace_id, self._house)
            sorry = say([Say("problems/fault", {"trace_id": trace_id})], hearer)
            return put_reply(session, sorry, sender, inbox_id, self._house)


@dataclass(frozen=True, slots=True)
class _Fault:
    error: Exception


def _lock(session: Session, group: Sequence[_Job], house: House) -> None:
    """Lock everybody who wrote, in one order, before anything is done for anybody."""
    writing = [(job.incoming.sender.channel, job.incoming.sender.value) for job in group if job.incoming]
    if writing:
        senders.lock_senders(session, writing, house.now())
