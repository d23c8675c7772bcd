"""A channel that was taken out of the settings: nobody is spoken to there, and it all works again with the token."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from domain.contact import ContactState
from domain.mailing import Audience
from domain.office import Office
from domain.people import Role
from messages.labels import MENU
from scheduler import channels_off
from scheduler.offer import offer, waits
from storage.queries import channels_off as channels_off_queries
from storage.queries import delivery, outbox, senders
from storage.queries.audience import reach
from storage.queries.channels import channels_of
from storage.queries.channels_off import ALIVE
from storage.queries.outbox import PATIENCE, Draft
from storage.queries.people import reached_at
from storage.queries.recipients import (
    recipient_pages,
    recipients,
    roles_reached,
    where_else_reached,
    where_reached,
)
from storage.session import open_engine, unit_of_work
from storage.tables import addresses, appointments
from storage.tables import channels_off as off
from storage.tables import outbox as rows
from tests.harness.district import add_person, lay_down
from tests.storage.queries.test_contacts import secretary_of

NOW = datetime(2022, 3, 31, 3, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ALL, WITHOUT_TELEGRAM = ("web", "telegram", "zalo"), ("web", "zalo")


class House:
    """Sơn leads Chũ on Telegram and, used before, on Zalo; Hoa leads Phượng Sơn on Telegram alone; Lan administers."""

    def __init__(self, session):
        self.session, self.units = (
            session,
            lay_down(session, {"Chũ": (1, 1, 1, 1), "Phượng Sơn": (1, 1, 1, 1)}),
        )
        self.people, self.at = {}, {}
        for name, role, unit, channels in (
            ("Sơn", Role.SECRETARY, "Chũ", ("telegram", "zalo")),
            ("Hoa", Role.SECRETARY, "Phượng Sơn", ("telegram",)),
            ("Lan", Role.ADMIN, "Chũ", ("telegram", "web")),
        ):
            self.people[name] = add_person(session, name, [(self.units[unit], role)], channels)
            for place, channel in enumerate(channels):
                own = (addresses.c.person_id == self.people[name]) & (addresses.c.channel == channel)
                used = NOW - (place + 1) * MINUTE
                session.execute(update(addresses).where(own).values(last_used_at=used))
                self.at[name, channel] = session.execute(select(addresses.c.id).where(own)).scalar_one()

    def tick(self, running, at=NOW):
        return channels_off.tick(self.session, running, at, Office())

    def put(self, name, channel, key=None, question=""):
        at = self.at[name, channel]
        draft = Draft(address_id=at, kind="reminder", text="Nhắc", key=key, question=question)
        return outbox.put(self.session, draft, NOW)

    def row(self, id_):
        return self.session.execute(select(rows).where(rows.c.id == id_)).one()

    def notices(self):
        told = select(rows.c.address_id, rows.c.text).where(rows.c.kind == "notice")
        return self.session.execute(told).all()

    def reached(self):
        """Where each secretary and administrator is spoken to, by every way that asks for it."""
        roles, day = (Role.SECRETARY, Role.ADMIN), NOW.date()
        ways = (
            recipients(self.session, roles, day),
            tuple(one for page in recipient_pages(self.session, roles, day) for one in page),
        )
        first, second = ({one.person: at.channel for one, at in way} for way in ways)
        singly = {
            person: at.channel
            for person in self.people.values()
            if (at := where_reached(self.session, person)) is not None
        }
        assert first == second == singly
        return {name: first[person] for name, person in self.people.items() if person in first}


@pytest.fixture
def house(books_url):
    engine = open_engine(books_url)
    with unit_of_work(engine)() as session:
        yield House(session)
    engine.dispose()


def test_nobody_is_spoken_to_on_a_channel_that_is_off_until_it_runs_again(house):
    house.tick(ALL)
    assert house.reached() == {"Sơn": "telegram", "Hoa": "telegram", "Lan": "telegram"}
    house.tick(WITHOUT_TELEGRAM, NOW + ALIVE)
    assert house.reached() == {"Sơn": "zalo", "Lan": "web"}
    assert {role for _, role in roles_reached(house.session, NOW.date())} == {Role.SECRETARY, Role.ADMIN}
    assert (house.units["Phượng Sơn"], Role.SECRETARY) not in roles_reached(house.session, NOW.date())
    assert where_else_reached(house.session, house.people["Sơn"], "zalo") is None
    assert reached_at(house.session, Role.ADMIN, NOW.date()) == ((house.at["Lan", "web"], "web"),)
    house.tick(ALL, NOW + 2 * ALIVE)
    assert house.reached() == {"Sơn": "telegram", "Hoa": "telegram", "Lan": "telegram"}


def test_a_channel_on_which_another_process_delivers_is_not_off(house):
    """Each of two processes may have the token of one messenger."""
    house.tick(("web", "telegram"))
    house.tick(("web", "zalo"), NOW + MINUTE)
    assert house.reached()["Hoa"] == "telegram"
    house.tick(("web", "telegram"), NOW + 3 * MINUTE)
    assert house.reached()["Sơn"] == "telegram"


def test_a_process_whose_clock_is_ahead_of_ours_delivers_all_the_same(house):
    house.tick(("web", "zalo"), NOW + MINUTE)
    house.tick(("web", "telegram"), NOW)
    assert house.reached()["Sơn"] == "telegram"
    assert where_else_reached(house.session, house.people["Sơn"], "telegram") is not None


def test_a_channel_on_which_strangers_alone_have_written_is_missed_by_nobody(house):
    senders.lock_senders(house.session, [("viber", "a stranger")], NOW)
    house.tick(ALL)
    assert (house.notices(), house.session.execute(select(off.c.channel)).all()) == ([], [])


def test_who_finds_out_second_that_a_channel_is_off_tells_nobody(house):
    """Two processes may look at once; only the row that went in first is news."""
    found = [channels_off_queries._put(house.session, "telegram", NOW + n * MINUTE) for n in range(2)]
    assert found == [True, False]


def test_what_waits_goes_by_the_other_channel_and_else_until_its_time_is_over(house):
    moved, alone = house.put("Sơn", "telegram"), house.put("Hoa", "telegram")
    house.tick(WITHOUT_TELEGRAM)
    assert house.row(moved).address_id == house.at["Sơn", "zalo"]
    assert (house.row(alone).state, house.row(alone).address_id) == ("waiting", house.at["Hoa", "telegram"])
    house.tick(WITHOUT_TELEGRAM, NOW + PATIENCE)
    assert (house.row(alone).state, house.row(alone).reason) == ("failed", "hết hạn gửi")


def test_what_still_waits_goes_out_when_the_token_is_back(house):
    alone = house.put("Hoa", "telegram")
    house.tick(WITHOUT_TELEGRAM)
    house.tick(ALL, NOW + 10 * MINUTE)
    at = NOW + 10 * MINUTE
    lot = delivery.lease(house.session, "telegram", by="here", now=at, until=at + MINUTE, most=5)
    assert [row.id for row in lot.rows] == [alone]


def test_the_choices_of_what_was_given_up_on_a_channel_that_is_off_wait_no_more(house):
    question, _ = offer(house.session, house.people["Hoa"], (MENU,), NOW, NOW + PATIENCE)
    house.put("Hoa", "telegram", question=question)
    house.tick(WITHOUT_TELEGRAM)
    assert waits(house.session, house.people["Hoa"], question)
    house.tick(WITHOUT_TELEGRAM, NOW + PATIENCE)
    assert not waits(house.session, house.people["Hoa"], question)


def test_a_message_is_not_moved_to_a_channel_that_is_off(house):
    house.tick(("web",))
    waits = house.put("Sơn", "zalo")
    house.tick(("web",), NOW + MINUTE)
    assert house.row(waits).address_id == house.at["Sơn", "zalo"]


def test_the_administrators_are_told_once_where_they_are_reached(house):
    for minute in range(3):
        house.tick(WITHOUT_TELEGRAM, NOW + minute * MINUTE)
    ((address, text),) = house.notices()
    assert address == house.at["Lan", "web"]
    assert text.startswith("Kênh Telegram không còn trong cấu hình")
    assert "1 người chỉ dùng Telegram" in text


def test_who_holds_no_office_any_more_is_not_counted_among_those_cut_off(house):
    held = update(appointments).where(appointments.c.person_id == house.people["Hoa"])
    house.session.execute(held.values(until=NOW.date()))
    house.tick(WITHOUT_TELEGRAM)
    ((_, text),) = house.notices()
    assert "không ai bị mất liên lạc" in text


def test_each_time_that_it_is_taken_out_they_are_told_anew(house):
    house.tick(WITHOUT_TELEGRAM)
    house.tick(ALL, NOW + MINUTE)
    house.tick(WITHOUT_TELEGRAM, NOW + MINUTE + ALIVE)
    assert len(house.notices()) == 2


def test_the_call_sheet_and_the_preview_of_a_mailing_say_so(house):
    house.tick(WITHOUT_TELEGRAM)
    standing = secretary_of(house.session, house.units["Phượng Sơn"]).standing
    assert (standing.state, standing.channel, standing.since) == (ContactState.CHANNEL_OFF, "telegram", NOW)
    other = secretary_of(house.session, house.units["Chũ"]).standing
    assert other.state is not ContactState.CHANNEL_OFF
    found = reach(house.session, Audience(roles=(Role.SECRETARY,)), NOW.date())
    assert (found.reached, found.off, found.blocked, found.people) == (1, 1, 0, 2)
    assert [(used.channel, used.off) for used in channels_of(house.session, house.people["Sơn"])] == [
        ("telegram", True),
        ("zalo", False),
    ]


def test_who_has_blocked_what_is_left_is_reached_nowhere_either(house):
    blocked = update(addresses).where(addresses.c.id == house.at["Sơn", "zalo"])
    house.session.execute(blocked.values(blocked_at=NOW - MINUTE))
    house.tick(WITHOUT_TELEGRAM)
    assert secretary_of(house.session, house.units["Chũ"]).standing.state is ContactState.CHANNEL_OFF


def test_of_two_channels_that_are_off_the_one_is_named_where_nobody_has_blocked_us(house):
    blocked = update(addresses).where(addresses.c.id == house.at["Sơn", "zalo"])
    house.session.execute(blocked.values(blocked_at=NOW - MINUTE))
    house.tick(WITHOUT_TELEGRAM)
    house.tick(("web",), NOW + ALIVE)
    standing = secretary_of(house.session, house.units["Chũ"]).standing
    assert (standing.state, standing.channel, standing.since) == (ContactState.CHANNEL_OFF, "telegram", NOW)
