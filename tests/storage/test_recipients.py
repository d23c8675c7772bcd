"""Who can be spoken to: people in office, at the address they used last."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from domain.people import Role
from storage.queries.recipients import PAGE, recipient_pages, recipients, roles_reached
from storage.tables import addresses, appointments
from tests.harness.district import add_people, add_person, lay_down

TODAY = date(2022, 3, 24)
REPORTING = {Role.SECRETARY, Role.DEPUTY}


@pytest.fixture
def ids(session):
    return lay_down(session, {"Biên Sơn": (1, 0, 0, 0), "Chũ": (1, 0, 0, 0)})


def told(session, roles=REPORTING, units=None, on=TODAY):
    """Whom either way of asking answers."""
    found = recipients(session, roles, on, units)
    if units is None:
        assert tuple(one for page in recipient_pages(session, roles, on) for one in page) == found
        assert roles_reached(session, on) & {(r.unit, r.role) for r, _ in found} == {
            (unit, role) for unit, role in roles_reached(session, on) if role in roles
        }
    return [(r.person, r.unit, r.role, at.value) for r, at in found]


def test_people_come_one_after_another_with_their_units(session, ids):
    first, second = ids.values()
    a = add_person(session, "A", [(first, Role.SECRETARY), (second, Role.DEPUTY)])
    b = add_person(session, "B", [(first, Role.DEPUTY), (second, Role.OVERSEER)])
    assert told(session) == [
        (a, first, Role.SECRETARY, f"web-{a}"),
        (a, second, Role.DEPUTY, f"web-{a}"),
        (b, first, Role.DEPUTY, f"web-{b}"),
    ]
    assert [unit for _, unit, _, _ in told(session, units={second})] == [second]


def test_who_is_not_in_office_that_day_is_not_told(session, ids):
    add_person(session, "A", [(ids["Chũ"], Role.SECRETARY)])
    session.execute(update(appointments).values(until=TODAY))
    assert told(session) == []
    assert len(told(session, on=date(2022, 3, 23))) == 1
    assert told(session, on=date(2022, 2, 1)) == []


def test_who_has_no_address_or_blocked_it_is_not_among_them(session, ids):
    add_person(session, "A", [(ids["Chũ"], Role.SECRETARY)], ())
    b = add_person(session, "B", [(ids["Chũ"], Role.DEPUTY)])
    session.execute(
        update(addresses)
        .where(addresses.c.person_id == b)
        .values(blocked_at=datetime(2022, 3, 1, tzinfo=UTC))
    )
    assert told(session) == []


def test_the_address_used_last_is_taken(session, ids):
    a = add_person(session, "A", [(ids["Chũ"], Role.SECRETARY)], ("telegram", "web"))
    assert [value for *_, value in told(session)] == [f"web-{a}"]
    session.execute(
        update(addresses)
        .where(addresses.c.channel == "telegram")
        .values(last_used_at=datetime(2022, 3, 1, tzinfo=UTC))
    )
    assert [value for *_, value in told(session)] == [f"telegram-{a}"]


def test_of_more_people_than_a_page_holds_each_comes_once_with_all_appointments(session, ids):
    first, second = ids.values()
    add_people(session, PAGE - 1, first, Role.SECRETARY)
    both = add_person(session, "A", [(first, Role.DEPUTY), (second, Role.SECRETARY)])
    add_people(session, PAGE, second, Role.SECRETARY)
    found = told(session)
    assert len({person for person, *_ in found}) == 2 * PAGE
    assert [unit for person, unit, *_ in found if person == both] == [first, second]
    assert [len(page) for page in recipient_pages(session, REPORTING, TODAY)] == [PAGE + 1, PAGE]
