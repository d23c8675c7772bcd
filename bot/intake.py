"""The thread that groups and commits: every write of this process goes through it, in order."""

from __future__ import annotations

import asyncio
import logging
import queue
import secrets
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

from bot.dialogue.desk import forget
from bot.notice import tell_administrators
from bot.receive import House, Reply, arrival, put_reply, receive, whose
from messages.channel import IncomingMessage, MessageKind
from messages.say import Hearer, Say, say
from storage.faults import Unavailable, is_collision, is_unavailable
from storage.queries import inbox, senders
from storage.queries.senders import Sender
from storage.session import Begin, Session

T = TypeVar("T")
log = logging.getLogger("chibo.intake")
MOST_AT_ONCE: Final = 100
TRIES: Final = 3
"""How often a group is begun again after a collision with another process."""


@dataclass(frozen=True, slots=True)
class _Job:
    """A piece of work for the thread; `incoming` when it is a message."""

    work: Callable[[Session], Any]
    done: asyncio.Future[Any]
    incoming: IncomingMessage | None = None

    def tell(self, outcome: Any) -> None:
        """Hand the outcome to whoever waits; somebody who gave up waiting is told nothing, and what was done stays."""
        if self.done.done():
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
        await self._put(lambda session: receive(session, incoming, self._house), incoming)

    async def run(self, work: Callable[[Session], T]) -> T:
        """Do other work on the books, in the same order and the same groups; its fault is raised here."""
        return cast(T, await self._put(work))

    def _put(
        self, work: Callable[[Session], Any], incoming: IncomingMessage | None = None
    ) -> asyncio.Future[Any]:
        done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._jobs.put(_Job(work, done, incoming))
        return done

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
            _tell_all(group, [_Fault(Unavailable(type(fault).__name__))] * len(group))
            return
        replies = [outcome for outcome in outcomes if isinstance(outcome, Reply)]
        if replies:
            self._hand_over(replies)
        _tell_all(group, outcomes)

    def _hand_over(self, replies: Sequence[Reply]) -> None:
        """Tell of committed replies; whoever cannot take them finds them in the outbox when their lease is over."""
        try:
            self._handed(replies)
        except Exception:
            log.exception("%d replies could not be handed over", len(replies))

    def _commit_together(self, group: list[_Job]) -> list[Any]:
        """The outcomes of a group, in one transaction; where one of several fails, each has a transaction of its own."""
        for attempt in range(1, TRIES + 1):
            try:
                with self._begin() as session:
                    _lock(session, group, self._house)
                    return [job.work(session) for job in group]
            except Exception as fault:
                if is_collision(fault) and attempt < TRIES:
                    continue
                if is_collision(fault) or is_unavailable(fault):
                    raise
                if len(group) == 1:
                    return [self._put_aside(group[0], fault)]
                break
        return [outcome for job in group for outcome in self._commit_together([job])]

    def _put_aside(self, job: _Job, fault: Exception) -> Any:
        """What becomes of a job that met a fault of its own: a message is parked, other work hands the fault back."""
        if job.incoming is None:
            return _Fault(fault)
        with self._begin() as session:
            _lock(session, [job], self._house)
            return self._park(session, job.incoming, fault)

    def _park(self, session: Session, incoming: IncomingMessage, fault: Exception) -> Reply | None:
        """Put a message that met a fault aside with its trace, and say sorry to its sender."""
        trace_id = secrets.token_hex(4)
        log.error("message parked", extra={"trace_id": trace_id}, exc_info=fault)
        sender = whose(session, incoming, self._house)
        kept = arrival(incoming, sender.address_id, self._house.now())
        trace = "".join(traceback.format_exception(fault))
        inbox_id = inbox.park(session, kept, trace_id, trace)
        if inbox_id is None:
            return None
        hearer = Hearer.on(sender.channel, self._house.office)
        tell_administrators(session, sender, fault, trace_id, self._house)
        afresh = self._begun_afresh(session, sender, inbox_id)
        sorry = say([Say("problems/fault", {"trace_id": trace_id, "afresh": afresh})], hearer)
        return put_reply(session, sorry, sender, inbox_id, self._house)

    def _begun_afresh(self, session: Session, sender: Sender, inbox_id: int) -> bool:
        """Whether the dialogue was begun afresh: the second fault in a row may be of what is under way in it."""
        if sender.person is None or inbox.parked_in_a_row(session, sender.address_id) < 2:
            return False
        if not (senders.dialogue_of(session, sender.person.id) or {}).get("frames"):
            return False
        forget(session, sender.person.id, self._house.now(), inbox_id)
        return True


@dataclass(frozen=True, slots=True)
class _Fault:
    error: Exception


def _tell_all(group: Sequence[_Job], outcomes: Sequence[Any]) -> None:
    """Tell everybody who waits, with one call into each event loop; a loop that is gone has nobody who waits."""
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[_Job, Any]]] = {}
    for job, outcome in zip(group, outcomes, strict=True):
        by_loop.setdefault(job.done.get_loop(), []).append((job, outcome))
    for loop, told in by_loop.items():
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_tell, told)


def _tell(told: Sequence[tuple[_Job, Any]]) -> None:
    for job, outcome in told:
        job.tell(outcome)


def _lock(session: Session, group: Sequence[_Job], house: House) -> None:
    """Lock everybody who wrote, in one order, before anything is done for anybody."""
    came = [job.incoming for job in group if job.incoming]
    if came:
        writing = {_address(one) for one in came if one.kind is not MessageKind.BLOCKED}
        all_of_them = [_address(one) for one in came]
        silent = frozenset(all_of_them) - writing
        senders.lock_senders(session, all_of_them, house.now(), wrote=True, silent=silent)


def _address(incoming: IncomingMessage) -> tuple[str, str]:
    return incoming.sender.channel, incoming.sender.value
