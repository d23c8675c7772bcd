"""What the books tell of whether people are reached: on each kind of database, in as many statements as it takes one unit."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, insert, text, update

from domain.contact import ContactState
from domain.matters import Promise, PromiseId
from domain.people import Role
from domain.period import Quarter
from domain.progress import Filed, FilingKind
from storage.queries import invitations, senders
from storage.queries.contacts import Asked, contacts_of
from storage.session import open_engine, unit_of_work
from storage.tables import addresses, dialogues, outbox, people
from tests.harness.district import JOINED, add_person, lay_down

NOW = datetime(2022, 3, 31, 10, tzinfo=UTC)
TODAY = date(2022, 3, 31)
DAY = timedelta(days=1)
NAMES = ("Biên Sơn", "Chũ", "Sa Lý", "Tân Mộc")


@pytest.fixture
def engine(books_url):
    engine = open_engine(books_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine):
    with unit_of_work(engine)() as session:
        yield session


@pytest.fixture
def ids(session):
    return lay_down(session, dict.fromkeys(NAMES, (1, 1, 1, 1)))


def asked(now=NOW, **said):
    facts = {"filed": {}, "promises": {}}
    since = datetime(2021, 12, 31, 17, tzinfo=UTC)
    return Asked(now=now, today=TODAY, since=since, quarter=Quarter(2022, 1), **facts | said)


def lead(session, unit, channels=("web",), role=Role.SECRETARY):
    return add_person(session, "Vi Văn Sơn", [(unit, role)], channels)


def put(session, person, at, state="sent", kind="reminder", channel="web", quarter="2022-Q1"):
    address = session.execute(
        addresses.select().where(addresses.c.person_id == person, addresses.c.channel == channel)
    ).one()
    session.execute(
        insert(outbox).values(
            address_id=address.id,
            kind=kind,
            text="x",
            choices=[],
            question="",
            about={"kind": kind, "quarter": quarter} if kind == "reminder" else None,
            created_at=at,
            due_at=at,
            expires_at=at + 3 * DAY,
            state=state,
            settled_at=None if state == "waiting" else at + timedelta(minutes=1),
        )
    )


def wrote(session, person, at, channel="web"):
    senders.lock_senders(session, [(channel, f"{channel}-{person}")], at, wrote=True)


def block(session, person, at, channel="web"):
    session.execute(
        update(addresses)
        .where(addresses.c.person_id == person, addresses.c.channel == channel)
        .values(blocked_at=at)
    )


def secretary_of(session, unit, **said):
    found = contacts_of(session, [unit], asked(**said))[unit]
    return next(one for one in found if one.role is Role.SECRETARY)


def standing(session, unit, **said):
    return secretary_of(session, unit, **said).standing


def test_who_has_no_address_was_never_linked(session, ids):
    lead(session, ids["Chũ"], ())
    one = secretary_of(session, ids["Chũ"])
    assert (one.standing.state, one.name) == (ContactState.NEVER_LINKED, "Vi Văn Sơn")


def test_a_unit_without_a_secretary_has_the_invitation_that_waits(session, ids):
    unit = ids["Chũ"]
    assert secretary_of(session, unit).standing.invited is None
    for name, phone, days in (("Lê Văn Một", None, 20), ("Lê Văn Hai", "0912345678", 10)):
        invitations.keep(
            session,
            code_hash=name,
            unit=unit,
            role=Role.SECRETARY,
            name=name,
            phone=phone,
            person=None,
            at=NOW - days * DAY,
            by=None,
            expires_at=NOW + days * DAY,
        )
    one = secretary_of(session, unit)
    assert (one.person, one.name, one.phone) == (None, "Lê Văn Hai", "0912345678")
    assert (one.standing.invited.at, one.standing.invited.until) == (NOW - 10 * DAY, NOW + 10 * DAY)


def test_who_is_blocked_at_all_addresses_is_blocked_since_the_last(session, ids):
    person = lead(session, ids["Chũ"], ("web", "zalo"))
    block(session, person, NOW - 5 * DAY)
    assert standing(session, ids["Chũ"]).state is ContactState.NOT_ASKED
    block(session, person, NOW - 2 * DAY, "zalo")
    found = standing(session, ids["Chũ"])
    assert (found.state, found.since) == (ContactState.BLOCKED, NOW - 2 * DAY)


@pytest.mark.parametrize(("state", "given_up"), [("failed", True), ("waiting", False)])
def test_the_last_message_tells_whether_it_got_there(session, ids, state, given_up):
    person = lead(session, ids["Chũ"])
    put(session, person, NOW - 3 * DAY)
    put(session, person, NOW - DAY, state)
    found = standing(session, ids["Chũ"])
    assert (found.state, found.since, found.given_up) == (ContactState.UNDELIVERED, NOW - DAY, given_up)
    put(session, person, NOW - DAY / 2)
    assert standing(session, ids["Chũ"]).state is ContactState.UNANSWERED


def test_a_receipt_that_was_given_up_tells_it_too_and_one_that_was_dropped_does_not(session, ids):
    person = lead(session, ids["Chũ"])
    put(session, person, NOW - DAY, "dropped")
    put(session, person, NOW - DAY, "waiting", kind="reply")
    assert standing(session, ids["Chũ"]).state is ContactState.NOT_ASKED
    put(session, person, NOW - DAY, "failed", kind="reply")
    assert standing(session, ids["Chũ"]).state is ContactState.UNDELIVERED


def test_who_says_nothing_after_reminders_is_unanswered_since_the_first(session, ids):
    person = lead(session, ids["Chũ"], ("web", "zalo"))
    put(session, person, NOW - 9 * DAY)
    wrote(session, person, NOW - 8 * DAY)
    put(session, person, NOW - 7 * DAY)
    put(session, person, NOW - 3 * DAY, channel="zalo")
    put(session, person, NOW - 2 * DAY, kind="notice")
    found = standing(session, ids["Chũ"])
    since = NOW - 7 * DAY + timedelta(minutes=1)
    assert (found.state, found.times, found.since) == (ContactState.UNANSWERED, 2, since)
    wrote(session, person, NOW - DAY, "zalo")
    found = standing(session, ids["Chũ"])
    assert (found.state, found.since) == (ContactState.ANSWERED, NOW - DAY)


def test_that_we_write_to_an_address_is_no_answer(session, ids):
    person = lead(session, ids["Chũ"])
    put(session, person, NOW - 7 * DAY)
    senders.lock_senders(session, [("web", f"web-{person}")], NOW)
    assert standing(session, ids["Chũ"]).state is ContactState.UNANSWERED


def test_reminders_of_another_quarter_do_not_count(session, ids):
    person = lead(session, ids["Chũ"])
    put(session, person, datetime(2021, 12, 20, tzinfo=UTC))
    assert standing(session, ids["Chũ"]).state is ContactState.NOT_ASKED


def test_who_is_in_the_midst_of_a_conversation_is_halfway_through_the_topmost(session, ids):
    person = lead(session, ids["Chũ"])
    put(session, person, NOW - 7 * DAY)
    frames = [{"script": "file_quarter", "answers": {}}, {"script": "heads", "answers": {}}]
    senders.keep_dialogue(session, person, {"frames": frames, "waiting": None, "put": 1}, NOW - DAY)
    found = standing(session, ids["Chũ"])
    assert (found.state, found.script, found.since) == (ContactState.HALFWAY, "heads", NOW - DAY)
    session.execute(update(dialogues).values(state={"frames": [], "waiting": None, "put": 1}))
    assert standing(session, ids["Chũ"]).state is ContactState.UNANSWERED


def test_what_the_unit_has_said_is_told_of_all_its_people(session, ids):
    unit = ids["Chũ"]
    lead(session, unit)
    lead(session, unit, role=Role.DEPUTY)
    promise = Promise(id=PromiseId(1), unit=unit, day=TODAY, by=None)
    found = contacts_of(session, [unit], asked(promises={unit: promise}))[unit]
    assert {one.standing.state for one in found} == {ContactState.PROMISED}
    over = Promise(id=PromiseId(1), unit=unit, day=TODAY - DAY, by=None)
    assert standing(session, unit, promises={unit: over}).state is ContactState.NOT_ASKED
    filed = {unit: Filed(kind=FilingKind.NIL, at=NOW)}
    assert standing(session, unit, filed=filed, promises={unit: promise}).state is ContactState.ANSWERED


def test_the_secretary_comes_first_with_the_phone_and_then_the_deputies_and_the_overseer(session, ids):
    unit = ids["Chũ"]
    lead(session, unit, role=Role.OVERSEER)
    lead(session, unit, role=Role.DEPUTY)
    person = lead(session, unit)
    lead(session, unit, role=Role.DEPUTY)
    session.execute(update(people).where(people.c.id == person).values(phone="0912345678"))
    found = contacts_of(session, [unit], asked())[unit]
    assert [one.role.value for one in found] == ["secretary", "deputy", "deputy", "overseer"]
    assert [one.phone for one in found] == ["0912345678", None, None, None]


def test_who_held_an_office_before_or_will_later_is_not_called(session, ids):
    person = lead(session, ids["Chũ"])
    session.execute(text("UPDATE appointments SET until = '2022-03-01'"))
    assert secretary_of(session, ids["Chũ"]).person is None
    assert person


def test_all_units_take_as_many_statements_as_one(engine, session, ids):
    for unit in ids.values():
        put(session, lead(session, unit), JOINED + DAY)
    counted = []
    event.listen(engine, "before_cursor_execute", lambda *said: counted.append(said[2]))
    contacts_of(session, [ids["Chũ"]], asked())
    alone = len(counted)
    found = contacts_of(session, list(ids.values()), asked())
    assert len(counted) == 2 * alone == 10
    assert set(found) == set(ids.values())


def test_more_units_than_a_statement_names_are_found_as_well(session, ids, monkeypatch):
    for unit in ids.values():
        put(session, lead(session, unit), JOINED + DAY)
    few = contacts_of(session, [ids["Chũ"], ids["Sa Lý"]], asked())
    monkeypatch.setattr("storage.queries.contacts._NARROW", 1)
    assert contacts_of(session, [ids["Chũ"], ids["Sa Lý"]], asked()) == few


def test_a_reminder_of_the_quarter_before_is_no_question_about_this_one(session, ids):
    person = lead(session, ids["Chũ"])
    put(session, person, NOW - 2 * DAY, quarter="2021-Q4")
    assert standing(session, ids["Chũ"]).state is ContactState.NOT_ASKED
    put(session, person, NOW - DAY)
    assert standing(session, ids["Chũ"]).times == 1
