"""A notice to very many is one statement."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, insert, select

from domain.mailing import Audience, MailingKind
from domain.people import Role
from storage.queries import mailings
from storage.queries.admissions import Origin
from storage.queries.audience import put_notice, reach
from storage.session import open_engine, unit_of_work
from storage.tables import addresses, appointments, outbox, people, units

AT = datetime(2022, 3, 10, 1, tzinfo=UTC)
DAY = date(2022, 3, 10)
MANY = 5000


@pytest.fixture
def begin(plan_url):
    engine = open_engine(plan_url)
    yield unit_of_work(engine)
    engine.dispose()


def fill(session):
    """So many secretaries, each with two addresses, the second of which was used last."""
    unit = session.execute(select(units.c.id).where(units.c.short == "Chũ")).scalar_one()
    numbers = range(1, MANY + 1)
    session.execute(insert(people), [{"id": n, "name": f"Người {n}", "created_at": AT} for n in numbers])
    session.execute(
        insert(appointments),
        [
            {
                "person_id": n,
                "unit_id": unit,
                "role": "secretary",
                "since": date(2022, 1, 1),
                "created_at": AT,
            }
            for n in numbers
        ],
    )
    session.execute(
        insert(addresses),
        [
            {
                "channel": "telegram",
                "value": f"{n}-{turn}",
                "person_id": n,
                "created_at": AT,
                "last_used_at": AT.replace(hour=turn),
            }
            for n in numbers
            for turn in (0, 1)
        ],
    )


def test_each_gets_it_once_where_they_wrote_last_and_a_second_time_it_is_harmless(begin):
    with begin() as session:
        fill(session)
        audience = Audience(roles=(Role.SECRETARY,))
        details = {"words": "Họp", "audience": audience.as_json()}
        mailing = mailings.put(session, MailingKind.NOTICE, details, AT, Origin(at=AT, said_at=AT))
        assert reach(session, audience, DAY).reached == MANY
        put_notice(session, mailing, "Họp", DAY, AT)
        put_notice(session, mailing, "Họp", DAY, AT)
        got = (
            session.execute(select(addresses.c.value).join(outbox, outbox.c.address_id == addresses.c.id))
            .scalars()
            .all()
        )
        assert len(got) == MANY
        assert all(value.endswith("-1") for value in got)
        assert session.execute(select(func.count()).where(outbox.c.text == "Họp")).scalar_one() == MANY
