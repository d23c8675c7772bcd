"""The product without its doors: the books, the route of a message, and people who write."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import count

from sqlalchemy import insert, select, update

from bot.hearing import Hearing
from bot.receive import House, receive
from domain.candidate import Step
from domain.commands import NewMember
from domain.frame import Frame
from domain.office import NamesShown, Office
from domain.organisation import Unit
from domain.people import PersonId, Role
from messages.channel import Address, Choice, IncomingMessage, MessageKind, OutgoingMessage, Tap
from messages.fold import fold
from messages.understand.units import UnitNames
from scheduler import batches, class_list, digest, limits, mailings, periods, reminders, roll_up
from scheduler.days_off import timetable_of
from storage.enclosures import from_stored
from storage.queries import admissions, candidates, frames, invitations, people, senders
from storage.queries.admissions import Entry, Origin
from storage.queries.units import all_units
from storage.session import Session, open_engine, unit_of_work
from storage.tables import addresses, outbox, units
from tests.harness.transcripts import a_date

TICKS = tuple(
    each.tick for each in (periods, mailings, reminders, roll_up, limits, digest, class_list, batches)
)
SETUP = datetime.fromisoformat("2022-02-15T08:00:00+07:00")
learn = lru_cache(UnitNames)
"""The same names of the same units, learnt once for all stages: that is half of what a start costs."""


class Stage:
    """Books that hold the plan of 2022 (the fixture `plan_url`), and the route of a message over them."""

    def __init__(self, url: str, names: NamesShown = NamesShown.INITIALS) -> None:
        self.url = url
        self.now = SETUP
        self.office = Office(names=names)
        self._numbers = count(1)
        self._looked_at = 0
        self.engine = open_engine(url)
        self.begin = unit_of_work(self.engine)
        self.restart()

    def restart(self) -> None:
        """Forget all that is not in the books, as a process does that is killed and started again."""
        self.engine.dispose()
        hearing = Hearing(self.office, learn)
        with self.begin() as session:
            hearing.refresh(session, date(2022, 3, 1))
        self.house = House(office=self.office, hear=hearing, now=lambda: self.now, process="stage")

    def unit(self, short: str) -> Unit:
        with self.begin() as session:
            return next(unit for unit in all_units(session, date(2022, 3, 1)) if unit.short == short)

    def person(self, role: str, unit: str, channel: str = "web", name: str = "Hoàng Văn Thắng") -> Someone:
        """Somebody appointed to a role at a unit, at an address of theirs."""
        where = self.district() if role in ("district", "admin") else self.unit(unit)
        address = f"{channel}-{next(self._numbers)}"
        with self.begin() as session:
            person = people.add(session, name, SETUP)
            people.appoint(session, person, where.id, Role(role), since=date(2022, 1, 1), at=SETUP)
            senders.lock_senders(session, [(channel, address)], SETUP)
            bind_address(session, channel, address, person)
        return Someone(self, channel, address, person, where)

    def appoint(self, someone: Someone, role: str, unit: str) -> None:
        """A further appointment of somebody who is there already."""
        where = self.unit(unit)
        with self.begin() as session:
            people.appoint(session, someone.id, where.id, Role(role), since=date(2022, 1, 1), at=SETUP)

    def cell(self, name: str, under: str) -> str:
        """A cell below a grassroots organisation; answers its short name."""
        parent = self.unit(under)
        with self.begin() as session:
            session.execute(
                insert(units).values(
                    kind="cell",
                    name=f"Chi bộ {name}",
                    short=name,
                    code=f"{parent.code}C{next(self._numbers)}",
                    parent_id=parent.id,
                    aliases=[],
                    block=0,
                    position=0,
                    valid_from=date(2022, 1, 1),
                )
            )
        return name

    def district(self) -> Unit:
        with self.begin() as session:
            return next(u for u in all_units(session, date(2022, 3, 1)) if u.kind == "district")

    def stranger(self, channel: str) -> Someone:
        """Somebody who has not joined, at an address that the books do not know."""
        return Someone(self, channel, f"{channel}-{next(self._numbers)}", PersonId(0), self.district())

    def receive(self, message: IncomingMessage) -> OutgoingMessage | None:
        """Take one message the whole route, committed."""
        with self.begin() as session:
            return self.take(session, message)

    def take(self, session: Session, message: IncomingMessage) -> OutgoingMessage | None:
        """Take one message the whole route in a transaction."""
        self.now = max(self.now, message.at)
        wrote = message.kind is not MessageKind.BLOCKED
        senders.lock_senders(session, [(message.sender.channel, message.sender.value)], self.now, wrote=wrote)
        reply = receive(session, message, self.house)
        bring(session)
        return reply.message if reply else None

    def heartbeats(self, at: datetime) -> None:
        """Let what happens by itself happen at this moment."""
        self.now = max(self.now, at)
        timetable = timetable_of(self.office)
        with self.begin() as session:
            for tick in TICKS:
                tick(session, self.now, self.office, timetable)
            bring(session)

    def unasked(self) -> list[tuple[str, OutgoingMessage]]:
        """What was put for anybody, and answers nothing, since this was asked last: the address and the message."""
        query = select(outbox, addresses.c.value).join(addresses, addresses.c.id == outbox.c.address_id)
        with self.begin() as session:
            rows = session.execute(query.where(outbox.c.id > self._looked_at).order_by(outbox.c.id)).all()
            if rows:
                sent = update(outbox).where(outbox.c.id.in_([row.id for row in rows]))
                session.execute(sent.values(state="sent", settled_at=self.now))
        self._looked_at = max([self._looked_at, *(row.id for row in rows)])
        return [
            (row.value, _outgoing(row.text, row.choices, row.question, row.encloses))
            for row in rows
            if row.kind != "reply"
        ]

    def prepare(self, what: str, words: str, someone: Someone, at: datetime) -> None:
        """Put into the books what a transcript says is there."""
        origin = Origin(at=SETUP, said_at=SETUP, person=someone.id)
        words, _, where = words.partition(" at ")
        unit = self.unit(where) if where else someone.unit
        with self.begin() as session:
            if what == "admitted":
                name, day = words.rsplit(" ", 1)
                serial = admissions.last_serial(session, unit.id, 2022) + 1
                entry = Entry(
                    unit=unit.id,
                    cell=None,
                    year=2022,
                    serial=serial,
                    member=NewMember(name=name, ceremony_on=a_date(day)),
                    folded=fold(name),
                    decision_no=None,
                )
                admissions.record(session, entry, origin)
            elif what == "candidate":
                name, step, day = words.rsplit(" ", 2)
                listed = candidates.list_candidate(session, unit.id, name, fold(name), SETUP)
                candidates.take_step(session, listed, Step(step), a_date(day), origin)
            elif what == "frame":
                years, number, document, day = words.split()
                first, last = years.split("-")
                frame = Frame(
                    first=int(first),
                    last=int(last),
                    admissions=int(number),
                    number=document,
                    signed_on=a_date(day),
                )
                frames.lay_down(session, frame, SETUP)
            else:
                raise ValueError(f"what is «{what}»?")


def _outgoing(
    text: str, choices: list[list[str]], question: str, encloses: dict[str, str] | None
) -> OutgoingMessage:
    shown = tuple(Choice(*each) for each in choices)
    return OutgoingMessage(text=text, choices=shown, question=question, encloses=from_stored(encloses))


def bring(session: Session) -> None:
    """Let what waits to be sent be on its way: people answer what they have seen."""
    session.execute(update(outbox).where(outbox.c.state == "waiting").values(attempts=outbox.c.attempts + 1))


def bind_address(session: Session, channel: str, value: str, person: PersonId) -> None:
    """Make an address on the books somebody's."""
    address = senders.sender_of(session, channel, value, SETUP.date())
    invitations.bind(session, address.address_id, person)


@dataclass
class Someone:
    """A person at an address, who sees messages as their channel shows them."""

    stage: Stage
    channel: str
    address: str
    id: PersonId
    unit: Unit
    last: OutgoingMessage | None = None
    sent: Callable[[], int] = field(default_factory=lambda: count(1).__next__)
    typed: dict[str, str] = field(default_factory=dict)

    def says(self, text: str, at: datetime) -> str | None:
        """Type a text, or, where there are buttons, press the one of this number; answers what is shown then."""
        return self.hears(self.message(text, at))

    def edits(self, old: str, new: str, at: datetime) -> str | None:
        """Change the latest text that was typed so, as Telegram alone lets one do."""
        ref = next(ref for ref, text in reversed(self.typed.items()) if text == old)
        self.typed[ref] = new
        edit = replace(self.message(new, at), kind=MessageKind.EDIT, text=new, tap=None, message_ref=ref)
        return self.hears(edit)

    def hears(self, message: IncomingMessage) -> str | None:
        if message.kind is MessageKind.TEXT:
            self.typed[message.message_ref] = message.text
        answer = self.stage.receive(message)
        if answer is None:
            return None
        self.last = answer
        return shown_on(self.channel, answer)

    def message(self, text: str, at: datetime) -> IncomingMessage:
        number = int(text) if re.fullmatch(r"[0-9]{1,3}", text) else 0
        tapping = self.channel != "zalo" and self.last and 0 < number <= len(self.last.choices)
        key = f"{self.address}:{self.sent()}"
        return IncomingMessage(
            channel=self.channel,
            external_id=key,
            message_ref="" if tapping else key,
            sender=Address(self.channel, self.address),
            kind=MessageKind.CHOICE if tapping else MessageKind.TEXT,
            at=at,
            text="" if tapping else text,
            tap=Tap(question=self.last.question, number=number) if tapping and self.last else None,
        )


def shown_on(channel: str, message: OutgoingMessage) -> str:
    """What a channel shows, in the one form of transcripts: the text, then the choices in brackets."""
    text, choices = message.text, message.choices
    if channel == "zalo":
        text, choices = read_back(message.as_plain_text())
    if message.encloses is not None:
        text = f"{text}\n[tệp] {message.encloses.name}"
    return with_choices(text, choices)


def with_choices(text: str, choices: tuple[Choice, ...]) -> str:
    """A text with its choices in brackets under it, as transcripts write them."""
    buttons = " ".join(f"[{number}. {choice.label}]" for number, choice in enumerate(choices, 1))
    return f"{text}\n{buttons}" if buttons else text


def read_back(plain: str) -> tuple[str, tuple[Choice, ...]]:
    """A person's reading of a plain message: its last lines that are numbered 1, 2, 3 … are choices."""
    lines = plain.splitlines()
    numbered: list[Choice] = []
    for start in range(len(lines), -1, -1):
        tail = lines[start:]
        if tail and all(re.match(rf"{n}\. ", line) for n, line in enumerate(tail, 1)):
            numbered = [Choice("", line.split(". ", 1)[1]) for line in tail]
    return "\n".join(lines[: len(lines) - len(numbered)]), tuple(numbered)
