from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from bot.access.enrol import Enrolled, Quiet, enrol, greet
from bot.access.invite import end_appointment, invite, revoke
from domain.errors import CodeNotGood, TooManyCodes
from domain.invitation import LIFETIME, new_code, shown
from domain.organisation import Unit, UnitKind
from domain.people import Role
from storage.queries import people
from storage.queries.channels import Standing, standing_of
from storage.queries.senders import lock_senders, sender_of
from storage.queries.units import unit_by_id
from storage.session import Session
from storage.tables import audit, units

NOW = datetime(2022, 3, 1, 2, 0, tzinfo=UTC)
TODAY = NOW.date()


def _add_unit(session: Session, name: str, code: str, position: int) -> Unit:
    row = {
        "kind": UnitKind.GRASSROOTS.value,
        "name": name,
        "short": name,
        "code": code,
        "parent_id": None,
        "aliases": [f"xã {name}"],
        "block": 1,
        "position": position,
        "valid_from": datetime(2000, 1, 1, tzinfo=UTC).date(),
        "valid_to": None,
    }
    made = session.execute(insert(units).values(row).returning(units.c.id))
    return unit_by_id(session, made.scalar_one())


@pytest.fixture
def unit(session: Session) -> Unit:
    return _add_unit(session, "Biên Sơn", "BS", 1)


def _say(session, text, *, at=NOW, address="100", channel="telegram"):
    lock_senders(session, [(channel, address)], at)
    sender = sender_of(session, channel, address, at.date())
    return enrol(session, sender, text, now=at, today=at.date())


def _person(session, address="100", channel="telegram"):
    return sender_of(session, channel, address, TODAY).person


def _invite(session, unit, **facts):
    role = facts.pop("role", Role.SECRETARY)
    return shown(invite(session, unit, role, now=NOW, below=secrets.randbelow, **facts).code)


def test_a_code_makes_an_appointment_and_binds_the_address(session, unit):
    code = _invite(session, unit, name="Vi Văn Sơn")
    joined = _say(session, f"/start {code}")
    assert isinstance(joined, Enrolled)
    assert (joined.name, joined.title, joined.is_new) == ("Vi Văn Sơn", "bí thư đảng ủy xã Biên Sơn", True)
    person = _person(session)
    assert person is not None
    assert [(a.role, a.unit.short) for a in person.appointments] == [(Role.SECRETARY, "Biên Sơn")]
    acts = [row.act for row in session.execute(select(audit).order_by(audit.c.id))]
    assert acts == ["invite", "join"]


def test_an_invitation_without_a_name_calls_the_person_by_title(session, unit):
    joined = _say(session, _invite(session, unit))
    assert joined.name == "bí thư đảng ủy xã Biên Sơn"


def test_a_code_is_good_once_only(session, unit):
    code = _invite(session, unit)
    assert isinstance(_say(session, code), Enrolled)
    assert isinstance(_say(session, code, address="200"), CodeNotGood)
    assert _person(session, "200") is None


def test_a_second_tap_on_the_same_link_is_welcome_and_changes_nothing(session, unit):
    code = _invite(session, unit)
    first = _say(session, code)
    again = _say(session, code)
    assert isinstance(again, Enrolled)
    assert (again.person, again.is_new) == (first.person, False)
    assert len(people.held_on(session, TODAY)) == 1


@pytest.mark.parametrize("how", ["unknown", "expired", "revoked", "used"])
def test_a_bad_code_gets_the_same_answer_whatever_is_wrong_with_it(session, unit, how):
    code = _invite(session, unit)
    at = NOW
    if how == "unknown":
        code = shown(new_code(secrets.randbelow))
    if how == "expired":
        at = NOW + LIFETIME
    if how == "revoked":
        assert revoke(session, code.replace("-", ""), now=NOW) is not None
    if how == "used":
        _say(session, code, address="300")
    refusal = _say(session, code, at=at)
    assert type(refusal) is CodeNotGood
    assert vars(refusal) == {}


def test_after_five_wrong_codes_even_a_good_one_has_to_wait_an_hour(session, unit):
    code = _invite(session, unit)
    answers = [_say(session, shown(new_code(secrets.randbelow))) for _ in range(5)]
    assert [type(answer) for answer in answers] == [CodeNotGood] * 4 + [TooManyCodes]
    assert isinstance(_say(session, code, at=NOW + timedelta(minutes=59)), TooManyCodes)
    assert isinstance(_say(session, code, at=NOW + timedelta(minutes=60)), Enrolled)


def test_the_rest_is_one_address_s_own(session, unit):
    code = _invite(session, unit)
    for _ in range(5):
        _say(session, shown(new_code(secrets.randbelow)))
    assert isinstance(_say(session, code, address="200"), Enrolled)


def test_during_the_rest_the_answer_is_not_repeated_to_a_machine_that_goes_on(session, unit):
    for _ in range(5):
        _say(session, shown(new_code(secrets.randbelow)))
    code = shown(new_code(secrets.randbelow))
    answers = [_say(session, code, at=NOW + timedelta(seconds=n)) for n in range(1, 20)]
    assert [type(answer) for answer in answers] == [TooManyCodes] + [Quiet] * 18
    later = _say(session, code, at=NOW + timedelta(minutes=30))
    assert (type(later), later.minutes) == (TooManyCodes, 30)


def test_a_code_for_somebody_known_opens_a_second_channel(session, unit):
    person = _say(session, _invite(session, unit, name="Vi Văn Sơn")).person
    second = _invite(session, unit, person=person)
    joined = _say(session, second, channel="web", address="abc")
    assert isinstance(joined, Enrolled)
    assert (joined.person, joined.is_new, joined.name) == (person, False, "Vi Văn Sơn")
    assert _person(session, "abc", "web") == _person(session)
    assert [one.channels for one in people.held_on(session, TODAY)] == [("telegram", "web")]


def test_somebody_who_joined_may_take_a_second_post(session, unit):
    other = _add_unit(session, "Chũ", "CHU", 2)
    first = _say(session, _invite(session, unit))
    second = _say(session, _invite(session, other, role=Role.DEPUTY))
    assert (second.person, second.is_new) == (first.person, False)
    assert [a.unit.short for a in _person(session).appointments] == ["Biên Sơn", "Chũ"]


def test_another_person_s_code_tapped_by_mistake_is_not_used_up(session, unit):
    _say(session, _invite(session, unit, name="Vi Văn Sơn"))
    code = _invite(session, unit, name="Lê Thị Hạ", role=Role.DEPUTY)
    assert isinstance(_say(session, code), CodeNotGood)
    assert isinstance(_say(session, code, address="200"), Enrolled)


def test_a_further_channel_of_somebody_is_opened_by_nobody_else_in_office(session, unit):
    owner = _say(session, _invite(session, unit, name="Vi Văn Sơn")).person
    other = _say(session, _invite(session, unit, role=Role.DEPUTY), address="200").person
    code = _invite(session, unit, person=owner)
    assert isinstance(_say(session, code, address="200"), CodeNotGood)
    assert _person(session, "200").id == other
    assert _say(session, code, address="300").person == owner


def test_a_successor_on_the_same_telephone_is_somebody_else(session, unit):
    first = _say(session, _invite(session, unit, name="Vi Văn Sơn"))
    (held,) = people.held_on(session, TODAY)
    ended = end_appointment(session, held.id, now=NOW, today=TODAY)
    assert ended is not None
    assert _person(session) is None
    joined = _say(session, _invite(session, unit, name="Lê Thị Hạ"))
    assert joined.is_new
    assert joined.person != first.person
    assert _person(session).name == "Lê Thị Hạ"


def test_a_successor_at_the_same_page_begins_a_session_that_shows_nothing_of_before(session, unit):
    first = _say(session, _invite(session, unit, name="Vi Văn Sơn"), address="a", channel="web")
    (held,) = people.held_on(session, TODAY)
    end_appointment(session, held.id, now=NOW, today=TODAY)
    code = _invite(session, unit, name="Lê Thị Mai")
    assert isinstance(_say(session, code, address="a", channel="web"), Quiet)
    assert standing_of(session, "a") == Standing(left=True)
    joined = _say(session, code, address="b", channel="web")
    assert isinstance(joined, Enrolled)
    assert (joined.name, joined.person == first.person) == ("Lê Thị Mai", False)


def test_who_comes_back_to_the_same_page_goes_on_there(session, unit):
    first = _say(session, _invite(session, unit, name="Vi Văn Sơn"), address="a", channel="web")
    (held,) = people.held_on(session, TODAY)
    end_appointment(session, held.id, now=NOW, today=TODAY)
    back = _say(session, _invite(session, unit, name="Vi Văn Sơn"), address="a", channel="web")
    assert isinstance(back, Enrolled)
    assert back.person == first.person


def test_somebody_who_comes_back_under_the_same_name_is_the_same_person(session, unit):
    first = _say(session, _invite(session, unit, name="Vi Văn Sơn"))
    (held,) = people.held_on(session, TODAY)
    end_appointment(session, held.id, now=NOW, today=TODAY)
    assert _say(session, _invite(session, unit, name="Vi van Son")).person == first.person


def test_ending_what_nobody_holds_is_told(session, unit):
    assert end_appointment(session, 4711, now=NOW, today=TODAY) is None


def test_a_stranger_may_send_the_code_among_words_and_somebody_known_may_not(session, unit):
    code = _invite(session, unit)
    assert isinstance(_say(session, f"Mã của tôi là {code} ạ"), Enrolled)
    assert _say(session, f"Mã {_invite(session, unit)} không dùng được") is None


def test_a_code_that_is_a_character_short_is_answered_as_a_wrong_one_and_counted(session, unit):
    short = _invite(session, unit)[:-1]
    answers = [type(_say(session, short)) for _ in range(5)]
    assert answers == [CodeNotGood] * 4 + [TooManyCodes]


def test_words_are_not_taken_for_a_code(session, unit):
    assert _say(session, "xin chào") is None
    assert _say(session, "/start") is None


def test_a_stranger_is_greeted_once_in_five_minutes(session):
    lock_senders(session, [("telegram", "100")], NOW)
    sender = sender_of(session, "telegram", "100", TODAY)
    assert greet(session, sender, NOW)
    assert not any(greet(session, sender, NOW + timedelta(minutes=n)) for n in (1, 3, 4))
    assert greet(session, sender, NOW + timedelta(minutes=6))
