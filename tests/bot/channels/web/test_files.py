"""Files of the web chat: a card in the chat, and links that serve one person for one downloading."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from urllib.parse import unquote

import httpx
import pytest
from sqlalchemy import insert, select
from starlette.applications import Starlette

from bot.channels.web import FileRoom, WebChannel, web_routes
from domain.enclosure import Enclosure, Output
from domain.file_link import AGAIN, Linking
from domain.office import Office
from domain.people import PersonId, Role
from domain.period import Quarter
from messages.channel import File, NotMade
from storage.queries import file_links, invitations, outbox, people, senders
from storage.queries.outbox import Draft
from storage.session import Begin, open_engine, unit_of_work
from storage.tables import audit, units
from storage.tables import file_links as links
from storage.tables import outbox as messages

NOW = datetime(2022, 3, 28, 10, tzinfo=UTC)
WHAT = Enclosure(output=Output.XLSX, quarter=Quarter(2022, 1), as_of=NOW)
LASTS = timedelta(hours=24)
SINCE = date(2022, 1, 1)


@dataclass
class Place:
    """A site that hands out files, its books, its clock, and whether files can be made."""

    begin: Begin
    now: datetime = NOW
    broken: bool = False
    closed: bool = False
    tokens: count = field(default_factory=lambda: count(1))

    async def run(self, work):
        if self.closed:
            raise ConnectionError("the database is down")
        with self.begin() as session:
            return work(session)

    async def make(self, enclosure: Enclosure) -> File:
        if self.broken:
            raise NotMade(enclosure.subject)
        return File(name=enclosure.name, media_type="application/x-table", content=b"PK\x03\x04")

    def token(self) -> str:
        return f"{next(self.tokens):043}"

    def link(self, person: PersonId) -> str:
        """A link that was sent to somebody on a channel without files; answers its path."""
        token = self.token()
        with self.begin() as session:
            file_links.put_link(session, token, person, WHAT, at=self.now, until=self.now + LASTS)
        return f"/files/{token}"

    def opened(self) -> list[tuple[int | None, str | None]]:
        """Who opened what, as the log has it."""
        with self.begin() as session:
            found = session.execute(
                select(audit.c.person_id, audit.c.subject).where(audit.c.act == "open file")
            )
            return [tuple(row) for row in found]


@pytest.fixture
def place(books_url: str):
    engine = open_engine(books_url)
    yield Place(unit_of_work(engine))
    engine.dispose()


@pytest.fixture
async def client(place: Place) -> AsyncIterator[httpx.AsyncClient]:
    room = FileRoom(
        read=place.begin,
        books=place,
        make=place.make,
        linking=Linking(public_url="", lasts=LASTS, new_token=place.token),
        office=Office(),
        now=lambda: place.now,
    )
    routes = web_routes(
        receive=lambda _: asyncio.sleep(0),
        read=place.begin,
        channel=WebChannel(),
        now=lambda: place.now,
        office="Ban Tổ chức Huyện ủy Lục Ngạn",
        zone=Office().timezone,
        files=room,
    )
    transport = httpx.ASGITransport(Starlette(routes=routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://chibo.test") as client:
        await client.get("/chat")
        yield client


def somebody(place: Place, role: Role = Role.DISTRICT) -> PersonId:
    with place.begin() as session:
        unit = {
            "kind": "district",
            "name": f"Đảng bộ {role}",
            "short": role.value,
            "code": role.value,
            "aliases": [],
            "block": 0,
            "position": 0,
            "valid_from": SINCE,
        }
        unit_id = session.execute(insert(units).values(unit).returning(units.c.id)).scalar_one()
        person = people.add(session, "Trần Thị Bình", NOW)
        people.appoint(session, person, unit_id, role, since=SINCE, at=NOW)
    return person


def address_of(client: httpx.AsyncClient) -> str:
    from bot.channels.web.visitor import COOKIE, address_of

    return address_of(client.cookies[COOKIE])


def line(place: Place, client: httpx.AsyncClient, person: PersonId, state: str = "sent") -> str:
    """The answer with a file that somebody at this page has got; answers the line's key."""
    with place.begin() as session:
        address = address_of(client)
        senders.lock_senders(session, [("web", address)], NOW)
        own = senders.sender_of(session, "web", address, SINCE).address_id
        invitations.bind(session, own, person)
        draft = Draft(address_id=own, kind="reply", text="Biểu quý I", encloses=WHAT)
        id_ = outbox.put(session, draft, NOW)
        outbox.note_made(session, id_, 42_000)
        session.execute(messages.update().where(messages.c.id == id_).values(state=state))
    return f"o{id_}"


async def test_a_line_shows_the_name_and_size_of_its_file(place, client):
    line(place, client, somebody(place))
    (shown,) = (await client.get("/chat/messages")).json()["lines"]
    assert shown["file"] == {"name": "Biểu kết nạp quý I-2022.xlsx", "kind": "xlsx", "size": 42_000}


async def test_a_line_is_shown_once_its_file_is_made(place, client):
    line(place, client, somebody(place), state="waiting")
    assert (await client.get("/chat/messages")).json()["lines"] == []


async def test_a_card_leads_to_a_link_of_its_own_each_time(place, client):
    person = somebody(place)
    key = line(place, client, person)
    first = await client.get(f"/chat/files/{key}")
    second = await client.get(f"/chat/files/{key}")
    assert first.status_code == second.status_code == 303
    assert first.headers["location"] != second.headers["location"]
    file = await client.get(first.headers["location"])
    assert (file.status_code, file.content) == (200, b"PK\x03\x04")
    assert place.opened() == [(person, "xlsx 2022-Q1")]


async def test_a_file_has_a_name_is_for_saving_and_is_kept_nowhere(place, client):
    file = await client.get(place.link(somebody(place)) + f"/{WHAT.name}")
    ascii_name, full_name = file.headers["content-disposition"].split("; ")[1:]
    assert ascii_name == 'filename="Bieu-ket-nap-quy-I-2022.xlsx"'
    assert unquote(full_name.removeprefix("filename*=UTF-8''")) == "Biểu kết nạp quý I-2022.xlsx"
    assert file.headers["content-disposition"].startswith("attachment; ")
    assert file.headers["content-type"] == "application/x-table"
    assert file.headers["cache-control"] == "no-store, private"
    assert file.headers["referrer-policy"] == "no-referrer"
    assert file.headers["x-content-type-options"] == "nosniff"


async def test_looking_at_a_link_does_not_use_it_up(place, client):
    path = place.link(somebody(place))
    page = await client.get(path)
    assert page.status_code == 200
    assert "Biểu kết nạp quý I-2022.xlsx" in page.text
    assert "17:00 ngày 29/3/2022" in page.text
    assert f'href="{path}/{WHAT.name}"' in page.text
    assert (await client.head(f"{path}/{WHAT.name}")).status_code == 200
    place.now += AGAIN
    assert (await client.get(f"{path}/{WHAT.name}")).status_code == 200
    assert len(place.opened()) == 1


async def test_a_link_serves_one_downloading_and_then_no_more(place, client):
    path = f"{place.link(somebody(place))}/{WHAT.name}"
    assert (await client.get(path)).status_code == 200
    place.now += AGAIN - timedelta(seconds=1)
    assert (await client.get(path)).status_code == 200  # a phone that fetches twice
    place.now += timedelta(seconds=1)
    gone = await client.get(path)
    assert (gone.status_code, "đã dùng rồi" in gone.text) == (410, True)


async def test_a_link_that_nobody_used_expires(place, client):
    path = place.link(somebody(place))
    place.now += LASTS
    for each in (path, f"{path}/{WHAT.name}"):
        gone = await client.get(each)
        assert (gone.status_code, "hết hạn" in gone.text) == (410, True)
    assert place.opened() == []


@pytest.mark.parametrize("token", ["x", "0" * 43, "A" * 44, "../../etc/passwd", "%00" * 43])
async def test_a_link_that_never_was_leads_nowhere(place, client, token):
    assert (await client.get(f"/files/{token}")).status_code == 404


@pytest.mark.parametrize("path", ["/files/{0}", "/files/{0}/x.xlsx", "/chat/files/o1"])
async def test_who_tries_too_many_links_has_to_wait(impatient, place, client, path):
    statuses = [(await client.get(path.format(number * 43))).status_code for number in "abc"]
    assert statuses == [404, 404, 429]


async def test_a_link_leads_to_its_own_file_alone(place, client):
    assert (await client.get(f"{place.link(somebody(place))}/other.xlsx")).status_code == 404


async def test_who_holds_no_office_any_more_gets_nothing(place, client):
    person = somebody(place)
    path = f"{place.link(person)}/{WHAT.name}"
    key = line(place, client, person)
    with place.begin() as session:
        people.end(session, 1, date(2022, 3, 28))
    assert (await client.get(path)).status_code == 403
    assert (await client.get(f"/chat/files/{key}")).status_code == 403
    assert place.opened() == []


async def test_who_may_not_ask_for_files_is_not_given_any(place, client):
    secretary = somebody(place, Role.SECRETARY)
    assert (await client.get(f"/chat/files/{line(place, client, secretary)}")).status_code == 403
    path = place.link(secretary)  # as when the office was another one while the link was made
    assert (await client.get(path)).status_code == 403
    assert (await client.get(f"{path}/{WHAT.name}")).status_code == 403
    assert place.opened() == []


async def test_the_file_of_somebody_elses_chat_is_none_of_ones_own(place, client):
    key = line(place, client, somebody(place))
    client.cookies.clear()
    assert (await client.get(f"/chat/files/{key}")).status_code == 401
    await client.get("/chat")
    assert (await client.get(f"/chat/files/{key}")).status_code == 404


@pytest.mark.parametrize("key", ["o0", "o999999999999999999", "i1", "x", "o-1"])
async def test_a_line_without_a_file_leads_nowhere(place, client, key):
    assert (await client.get(f"/chat/files/{key}")).status_code == 404


async def test_what_fails_does_not_use_the_link_up(place, client):
    path = f"{place.link(somebody(place))}/{WHAT.name}"
    place.broken = True
    assert (await client.get(path)).status_code == 503
    place.broken, place.closed = False, True
    assert (await client.get(path)).status_code == 503
    place.closed = False
    place.now += AGAIN
    assert (await client.get(path)).status_code == 200
    assert len(place.opened()) == 1


async def test_old_links_are_forgotten(place, client):
    path = place.link(somebody(place))
    with place.begin() as session:
        file_links.forget_old_links(session, NOW + LASTS + timedelta(days=29))
        assert len(session.execute(select(links)).all()) == 1
        file_links.forget_old_links(session, NOW + LASTS + timedelta(days=31))
    assert (await client.get(path)).status_code == 404
