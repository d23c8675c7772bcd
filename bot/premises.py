"""The premises: everything that runs in one process, wired together, and stopped in order."""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
from collections.abc import Collection, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot import heartbeats
from bot.clock import Clock
from bot.deliveries import UNHURRIED, Deliveries
from bot.dialogue.scripts import questions_without_words
from bot.hearing import Hearing
from bot.intake import Intake
from bot.line import Line
from bot.lines import Part, is_called, lines_of
from bot.links import KnownLinks
from bot.opened import Opener
from bot.process_name import new_name
from bot.receive import House, Reply
from bot.settings import Settings
from bot.turns import Work, in_turn
from bot.web_server import WebServer, listen_at
from bot.workshop import Workshop
from domain.deadline import Timetable
from domain.file_link import Linking
from domain.office import CountBy, NamesShown, Office
from messages.channel import Channel
from scheduler.alarm import Alarm
from scheduler.clockwork import Clockwork, Heartbeat
from scheduler.days_off import timetable_of
from scheduler.enclosing import Enclosing
from scheduler.reminder_file import rules_in
from storage.posts import Post
from storage.session import open_engine, reading, unit_of_work

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from bot.channels.web import DemoDesk, WebChannel

log = logging.getLogger("chibo")


def office_of(settings: Settings) -> Office:
    """What the rules need to know of the settings."""
    return Office(
        name=settings.office,
        timezone=settings.zone,
        count_by=CountBy(settings.count_by),
        names=NamesShown(settings.names),
        remind_again_hours=settings.remind_again_hours,
        few_members=settings.few_members,
        years_without=settings.years_without_admission,
    )


def timetable_in(settings: Settings) -> Timetable:
    """When people are spoken to unasked, by the office's own rules or those shipped; raises RulesFaulty."""
    rules = None if settings.reminders is None else rules_in(settings.reminders)
    return timetable_of(office_of(settings), rules)


class Premises:
    """One process of chibo; create it on a running event loop, and then `run` it."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        parts: Collection[Part] = frozenset(Part),
        demo: DemoDesk | None = None,
    ) -> None:
        self._settings, self._clock, self._parts, self._demo = settings, clock, frozenset(parts), demo
        _must_have_words()
        self._timetable = timetable_in(settings)
        self._listening = self._listen()  # first of all: it is what may fail
        self._process = new_name()
        self._engine = open_engine(settings.database)
        self._office = office_of(settings)
        self._hearing = Hearing(self._office)
        self._workshop = Workshop(reading(self._engine), self._office)
        self._linking = Linking(
            public_url=settings.public_url or "",
            lasts=timedelta(hours=settings.file_link_hours),
            new_token=partial(secrets.token_urlsafe, 32),
        )
        house = House(
            office=self._office,
            hear=self._hearing,
            now=clock.now,
            process=self._process,
            delivers=lambda channel: channel in self._deliveries,
            links=lambda: self._links.links,
            timetable=self._timetable,
        )
        self._links = KnownLinks(settings.public_url or "")
        self._intake = Intake(unit_of_work(self._engine), house, self._handed)
        self._deliveries = Deliveries(
            self._engine,
            self._intake,
            clock=clock,
            process=self._process,
            office=self._office,
            timetable=self._timetable,
            enclose=self._enclosing,
        )
        self._loop = asyncio.get_running_loop()
        self._web = self._open_web()
        self._lines = lines_of(settings, clock)
        self._server = self._open_server()
        self._beats_before_all = self._first_beats()
        self._beats = [*self._beats_before_all, *self._other_beats()]

    @property
    def port(self) -> int | None:
        """The port of the web server; None where this process has none."""
        return None if self._server is None else self._server.port

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop`, or until a part fails; then finish what is in hand, in order."""
        self._intake.start()
        clockwork = Clockwork(self._beats, self._clock.now)
        leaving, last = asyncio.Event(), asyncio.Event()
        going_out: list[asyncio.Task[None]] = []
        coming_in: list[asyncio.Task[None]] = []
        try:
            for beat in self._beats_before_all:
                await beat.tick(self._clock.now())
            clockwork.start()
            going_out += [_begin(name, work, last) for name, work in self._outgoing()]
            coming_in += [_begin(name, work, leaving) for name, work in self._incoming()]
            await _until(stop, [*coming_in, *going_out])
        finally:
            log.info("stopping")
            clockwork.stop()
            self._close_pages()
            leaving.set()
            await asyncio.gather(*coming_in, return_exceptions=True)
            last.set()
            await asyncio.gather(*going_out, return_exceptions=True)
            await self._close()

    async def beat(self) -> None:
        """Let everything that happens by itself happen now; what it says is in the outbox afterwards."""
        for heartbeat in self._beats:
            await heartbeat.tick(self._clock.now())

    # --- what this process is made of ------------------------------------------------------------

    def _open_web(self) -> WebChannel | None:
        if Part.WEB not in self._parts and Part.DELIVERY not in self._parts:
            return None
        from bot.channels.web import WebChannel

        return WebChannel()

    def _listen(self) -> socket.socket | None:
        if not any(is_called(self._settings, part) for part in self._parts):
            return None
        return listen_at(self._settings.web_host, self._settings.web_port)

    def _open_server(self) -> WebServer | None:
        if self._listening is None:
            return None
        return WebServer(
            [*self._chat_routes(), *self._webhook_routes()],
            self._listening,
            proxies=self._settings.web_proxies,
        )

    def _chat_routes(self) -> Sequence[BaseRoute]:
        if Part.WEB not in self._parts or self._web is None:
            return ()
        from bot.channels.web import FileRoom, web_routes

        files = FileRoom(
            read=reading(self._engine),
            books=self._intake,
            make=self._workshop.make,
            linking=self._linking,
            office=self._office,
            now=self._clock.now,
        )
        return web_routes(
            receive=self._intake.receive,
            read=reading(self._engine),
            channel=self._web,
            now=self._clock.now,
            office=self._settings.office,
            zone=self._settings.zone,
            public_url=self._settings.public_url,
            demo=self._demo,
            files=files,
            opened=Opener(self._office, self._timetable, self._web.name),
        )

    def _webhook_routes(self) -> list[BaseRoute]:
        heard = [line for part, line in self._lines.items() if part in self._parts]
        return [route for line in heard for route in line.routes(self._intake.receive)]

    def _first_beats(self) -> list[Heartbeat]:
        """What has to be known before anybody is heard or spoken to: the units' names, and which channels run."""
        beats = [heartbeats.listening(self._intake, self._hearing, self._office)]
        if Part.DELIVERY in self._parts and self._web is not None:
            running = {self._web.name, *(line.channel.name for line in self._lines.values())}
            put = self._deliveries.look_now
            beats.append(heartbeats.rostering(self._intake, running, self._office, put))
        return beats

    def _other_beats(self) -> list[Heartbeat]:
        alarm = Alarm(office=self._office)
        beats = [
            heartbeats.finding(self._intake, self._links, part, line, alarm)
            for part, line in self._lines.items()
        ]
        if Part.SCHEDULER in self._parts:
            beats.append(heartbeats.forgetting(self._intake))
            beats.append(heartbeats.keeping(self._intake, self._office))
            beats += heartbeats.speaking(
                self._intake, self._office, self._timetable, self._deliveries.look_now
            )
        return beats

    def _incoming(self) -> list[tuple[str, Work]]:
        work: list[tuple[str, Work]] = []
        if self._server is not None:
            work.append(("web server", self._server.run))
        for part, line in self._lines.items():
            if part in self._parts:
                work.append((part.value, self._hearer(line)))
        return work

    def _outgoing(self) -> list[tuple[str, Work]]:
        if Part.DELIVERY not in self._parts:
            return []
        work: list[tuple[str, Work]] = []
        if self._web is not None:
            work.append(("delivery to web", self._deliveries.on(self._web, "web", UNHURRIED)))
        for part, line in self._lines.items():
            work.append((f"delivery to {part.value}", self._deliveries.on_line(line)))
        return work

    # --- work that one process does at a time ----------------------------------------------------

    def _hearer(self, line: Line) -> Work:
        async def hear(stop: asyncio.Event) -> None:
            await line.hear(self._intake.receive, stop)

        async def hear_in_turn(stop: asyncio.Event) -> None:
            await in_turn(Post(self._engine, f"hear {line.name}"), f"hearing {line.name}", hear, stop)

        return hear_in_turn

    def _enclosing(self, channel: Channel) -> Enclosing:
        return Enclosing(
            channel=channel,
            books=self._intake,
            make=self._workshop.make,
            linking=self._linking,
            office=self._office,
            now=self._clock.now,
        )

    # --- between the parts -----------------------------------------------------------------------

    def _handed(self, replies: Sequence[Reply]) -> None:
        """Called on the intake's thread with replies that were committed."""
        self._deliveries.hand_over(replies)
        web = self._web
        if web is not None and web.name not in self._deliveries:
            for address in {reply.address for reply in replies if reply.channel == web.name}:
                self._loop.call_soon_threadsafe(web.ring, address)

    def _close_pages(self) -> None:
        if self._web is not None:
            self._web.close()

    async def _close(self) -> None:
        await asyncio.to_thread(self._intake.stop)
        for line in self._lines.values():
            await line.close()
        self._engine.dispose()


def _must_have_words() -> None:
    """Refuse to start with a question that could not be asked."""
    if missing := questions_without_words():
        raise LookupError(f"no words for {', '.join(missing)}")


def _begin(name: str, work: Work, stop: asyncio.Event) -> asyncio.Task[None]:
    async def go() -> None:
        await work(stop)

    return asyncio.create_task(go(), name=name)


async def _until(stop: asyncio.Event, tasks: Sequence[asyncio.Task[None]]) -> None:
    """Wait for `stop`; a part that ends before has failed, and its fault is raised."""
    stopping = asyncio.ensure_future(stop.wait())
    done, _ = await asyncio.wait({stopping, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    for task in tasks:
        if task in done:
            task.result()
