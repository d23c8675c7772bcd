"""Transcripts through the fake Zalo: what is said goes over HTTP to the webhook, what is shown is what the phone got."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette

from bot.channels.zalo import ZaloChannel, zalo_routes
from messages.channel import Address, IncomingMessage, OutgoingMessage
from tests.harness.receiving import served
from tests.harness.stage import SETUP, Stage, read_back, with_choices
from tests.harness.transcripts import Exchange, Shown, Transcript
from tests.harness.troupe import Troupe
from tests.harness.zalo_server import ZaloServer

_SECRET = "mat-khau-dai"


class Theatre:
    """The fake Zalo, a bot on it, and the webhook that it pushes to, for one troupe after another."""

    def __init__(self, server: ZaloServer) -> None:
        self.server, self.now = server, SETUP
        self.channel = ZaloChannel(token=server.token, now=lambda: self.now, api_url=server.url)
        self._troupe: ZaloTroupe | None = None

    def troupe(self, stage: Stage, transcript: Transcript) -> ZaloTroupe:
        """The cast of a transcript, which plays from now on; every other one with events in their envelope."""
        self.server.wraps = not self.server.wraps
        self._troupe = ZaloTroupe(stage, transcript, self)
        return self._troupe

    async def receive(self, incoming: IncomingMessage) -> None:
        assert self._troupe is not None
        await self._troupe.receive(incoming)


@asynccontextmanager
async def open_theatre() -> AsyncIterator[Theatre]:
    """The theatre, while inside."""
    async with ZaloServer() as server:
        theatre = Theatre(server)
        routes = zalo_routes(theatre.channel, theatre.receive, _SECRET)
        async with served(Starlette(routes=routes)) as url:
            await theatre.channel.use_webhook(f"{url}/zalo/webhook", _SECRET)
            yield theatre
        await theatre.channel.close()


class ZaloTroupe(Troupe):
    """Everybody of a transcript, each with a phone on the fake Zalo."""

    def __init__(self, stage: Stage, transcript: Transcript, theatre: Theatre) -> None:
        super().__init__(stage, transcript, "zalo")
        self._server, self._zalo, self._theatre = theatre.server, theatre.channel, theatre
        self._answers: list[str] = []
        for someone in self._cast.values():
            phone = self._server.person(someone.address)
            phone.has_written = True
            phone.received.clear()

    async def receive(self, incoming: IncomingMessage) -> None:
        """What the webhook hands in to; the answer leaves over HTTP, too."""
        answer = self._stage.receive(incoming)
        if answer is not None:
            self._answers.append(await self._shown(incoming.sender.value, answer))

    async def perform(self, exchange: Exchange) -> list[Shown]:
        """What everybody's phone shows when this is said."""
        self._answers = []
        self._theatre.now = exchange.at  # what is said of a later day is not believed
        if exchange.said is None:
            self._stage.heartbeats(exchange.at)
        else:
            phone = self._server.person(self._cast[exchange.nickname].address)
            assert await phone.says(self._with_codes(exchange.said), date=exchange.at) == 200
        nicknames = {someone.address: nickname for nickname, someone in self._cast.items()}
        shown = [Shown(exchange.nickname, text) for text in self._answers]
        for address, message in self._stage.unasked():
            shown.append(Shown(nicknames[address], await self._shown(address, message), unasked=True))
        return shown

    def texts(self, nickname: str) -> list[str]:
        """What somebody's phone shows, from the first message on."""
        return [sent.text for sent in self._server.person(self._cast[nickname].address).received]

    async def _shown(self, address: str, message: OutgoingMessage) -> str:
        phone = self._server.person(address)
        before = len(phone.received)
        await self._zalo.send(Address("zalo", address), message)
        text, choices = read_back("\n".join(sent.text for sent in phone.received[before:]))
        if message.encloses is not None:
            text = f"{text}\n[tệp] {message.encloses.name}"
        return self._without_codes(with_choices(text, choices))
