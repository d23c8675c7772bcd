"""Files on their way: made when their message leaves, sent as their channel can, and never in anybody's way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from domain.enclosure import Enclosure, Output
from domain.file_link import digest
from domain.people import PersonId, Role
from domain.period import Quarter
from messages.channel import Address, DeliveryFailed, File, OutgoingMessage, Receipt
from scheduler.letters import letter_of_reply
from storage.queries import file_links
from storage.queries.people import appoint
from storage.session import Begin
from storage.tables import addresses, people
from storage.tables import file_links as links
from tests.harness import telegram_faults as faults
from tests.harness.delivering import Office, Reply, delivering, no_files, open_office
from tests.harness.district import add_unit
from tests.harness.wording import holds

WHAT = Enclosure(output=Output.XLSX, quarter=Quarter(2022, 1), as_of=datetime(2022, 3, 28, 10, tzinfo=UTC))
TABLE = File(name=WHAT.name, media_type="application/x-table", content=b"PK\x03\x04")


@dataclass
class Maker:
    """Makes the file at once, or when `gate` is opened, and counts."""

    made: list[Enclosure] = field(default_factory=list)
    gate: asyncio.Event | None = None

    async def __call__(self, enclosure: Enclosure) -> File:
        self.made.append(enclosure)
        if self.gate is not None:
            await self.gate.wait()
        return TABLE


@dataclass
class Bare:
    """A channel that carries words alone."""

    name: str = "bare"
    carries_files: bool = False
    fetches_pictures: bool = False
    sent: list[OutgoingMessage] = field(default_factory=list)

    async def send(self, address: Address, message: OutgoingMessage) -> Receipt:
        self.sent.append(message)
        return Receipt("1")


@pytest.fixture
async def office(begin: Begin) -> AsyncIterator[Office]:
    async with open_office(begin) as office:
        office.make = Maker()
        yield office


async def test_a_file_leaves_with_its_message_and_its_size_is_noted(office: Office) -> None:
    id_ = office.put(5, "Biểu quý I", encloses=WHAT, choices=(("m", "Menu"),), question="q1")
    async with delivering(office):
        await office.until_row(id_, state="sent")
    sent = office.server.person(5).last
    assert sent.file is not None
    assert (sent.file.name, sent.file.content, sent.text) == (WHAT.name, TABLE.content, "Biểu quý I")
    assert sent.labels == ["Menu"]
    assert office.row(id_)["encloses"]["size"] == len(TABLE.content)
    assert office.make.made == [WHAT]


async def test_the_books_hold_what_a_file_is_made_from_and_not_its_bytes(office: Office) -> None:
    id_ = office.put(5, "Biểu quý I", encloses=WHAT)
    assert office.row(id_)["encloses"] == {
        "output": "xlsx",
        "quarter": "2022-Q1",
        "as_of": "2022-03-28T10:00:00+00:00",
    }


async def test_a_reply_that_was_handed_over_brings_its_file(office: Office) -> None:
    async with delivering(office) as delivery:
        reply = office.answer(5, "Biểu quý I")
        delivery.hand_over([Reply(**{**vars(reply), "message": OutgoingMessage(text="Biểu", encloses=WHAT)})])
        await office.until_row(reply.outbox_id, state="sent")
    assert office.server.person(5).last.file is not None


async def test_nobody_waits_for_the_file_of_somebody_else(office: Office) -> None:
    office.make = maker = Maker(gate=asyncio.Event())
    slow = office.put(5, "Biểu quý I", encloses=WHAT)
    behind = office.put(5, "sau biểu")
    quick = office.put(6, "nhắc")
    async with delivering(office):
        await office.until_row(quick, state="sent")
        assert office.texts(5) == []
        assert maker.gate is not None
        maker.gate.set()
        await office.until_row(behind, state="sent")
    assert office.texts(5) == ["Biểu quý I", "sau biểu"]
    assert office.row(slow)["state"] == "sent"


async def test_a_file_is_sent_again_after_the_wait_that_telegram_asks_for(office: Office) -> None:
    office.server.fails("sendDocument", faults.too_many_requests(30))
    id_ = office.put(5, "Biểu quý I", encloses=WHAT)
    async with delivering(office):
        await office.until_row(id_, reason="Telegram yêu cầu chờ 30 giây")
        await office.clock.advance(31)
        await office.until_row(id_, state="sent")
    assert office.server.person(5).count == 1


async def test_a_file_in_doubt_is_sent_again(office: Office) -> None:
    office.server.fails("sendDocument", faults.cut_after())
    id_ = office.put(5, "Biểu quý I", encloses=WHAT)
    async with delivering(office):
        await office.until_row(id_, attempts=1)
        await office.clock.advance(31)
        await office.until_row(id_, state="sent")
    assert [sent.file is not None for sent in office.server.person(5).received()] == [True, True]


async def test_a_file_that_cannot_be_made_is_answered_once_and_the_text_stays(office: Office) -> None:
    office.make = no_files
    id_ = office.put(5, "Biểu quý I", encloses=WHAT)
    async with delivering(office):
        await office.until_row(id_, state="sent")
    (sent,) = office.server.person(5).received()
    assert sent.file is None
    assert sent.text.startswith("Biểu quý I\n\n")
    assert holds(sent.text, "files/not_made")
    assert (office.row(id_)["text"], office.row(id_)["encloses"]) == (sent.text, None)


async def test_while_the_books_are_closed_a_file_waits(office: Office) -> None:
    bare, letter = Bare(), _letter(office, OutgoingMessage(text="Biểu", encloses=WHAT))
    office.books.closed = 1
    with pytest.raises(DeliveryFailed) as failed:
        await office.enclosing(bare)(letter)
    assert (failed.value.retryable, failed.value.ambiguous) == (True, False)


def _letter(office: Office, message: OutgoingMessage):
    reply = office.answer(5, message.text)
    handed = Reply(**{**vars(reply), "message": message})
    return letter_of_reply(handed, office.clock.now())


def _make_somebodys(office: Office, chat: int) -> int:
    """Let the address of a chat be somebody's; answers whose."""
    with office.books.begin() as session:
        office.address_of(session, chat)
        row = {"name": "Trần Thị Bình", "created_at": office.clock.now()}
        person = session.execute(insert(people).values(row).returning(people.c.id)).scalar_one()
        session.execute(update(addresses).where(addresses.c.value == str(chat)).values(person_id=person))
    return person


async def test_where_files_cannot_go_the_words_hold_a_link_and_the_books_only_its_digest(
    office: Office,
) -> None:
    person = _make_somebodys(office, 5)
    message = await office.enclosing(Bare())(_letter(office, OutgoingMessage(text="Biểu", encloses=WHAT)))
    assert "Biểu\n\nTải tệp Bieu-ket-nap-quy-I-2022.xlsx: https://chibo.test/files/T1\n" in message.text
    assert message.file is None
    with office.books.begin() as session:
        assert session.execute(select(links.c.digest, links.c.person_id)).all() == [(digest("T1"), person)]
        link = file_links.link_of(session, "T1")
    assert link is not None
    assert (link.encloses, link.expires_at - office.clock.now()) == (WHAT, timedelta(hours=24))


@pytest.mark.parametrize(("role", "is_told"), [(Role.ADMIN, True), (Role.DISTRICT, False)])
async def test_without_an_address_of_its_own_who_can_set_it_is_told_what_and_others_where_to_go(
    office: Office, role: Role, is_told: bool
) -> None:
    person = _make_somebodys(office, 5)
    with office.books.begin() as session:
        unit = add_unit(session, "Lục Ngạn", kind="district")
        today = office.clock.now().date()
        appoint(session, PersonId(person), unit, role, since=today, at=office.clock.now())
    enclose = office.enclosing(Bare(), public_url="")
    message = await enclose(_letter(office, OutgoingMessage(text="Biểu", encloses=WHAT)))
    assert holds(message.text, "files/no_place")
    assert ("CHIBO_PUBLIC_URL" in message.text) is is_told


async def test_where_nobody_is_known_at_the_address_no_setting_is_named(office: Office) -> None:
    enclose = office.enclosing(Bare(), public_url="")
    message = await enclose(_letter(office, OutgoingMessage(text="Biểu", encloses=WHAT)))
    assert "CHIBO_" not in message.text


async def test_a_message_without_a_file_passes_as_it_is(office: Office) -> None:
    letter = _letter(office, OutgoingMessage(text="Chào đồng chí"))
    assert await office.enclosing(Bare())(letter) is letter.message
