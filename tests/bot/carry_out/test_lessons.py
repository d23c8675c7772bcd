"""Lessons of batches: on the books, in the roll-up of their quarter, and taken back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.carry_out import Act, carry_out
from domain.commands import TellLesson
from domain.errors import NotYourUnit
from domain.period import Quarter
from domain.rollup_json import rollup_json
from storage.queries.rollup import roll_up
from storage.queries.senders import sender_of

AT = datetime.fromisoformat("2022-04-02T08:00:00+07:00")


@pytest.fixture
def tell(stage):
    def act(someone, batch, text, unit=None):
        with stage.begin() as session:
            person = sender_of(session, someone.channel, someone.address, AT.date()).person
            said = Act(person=person, inbox_id=None, said_at=AT, at=AT, office=stage.office)
            carry_out(session, TellLesson(unit=unit or someone.unit, batch=batch, text=text), said)

    return act


def taught(stage, quarter, at):
    with stage.begin() as session:
        return rollup_json(roll_up(session, quarter, at, stage.office), stage.office.timezone)["lessons"]


def test_the_roll_up_of_the_batchs_quarter_carries_it_and_replays_without_it(stage, tell):
    secretary = stage.person("secretary", "Biên Sơn")
    tell(secretary, date(2022, 3, 30), "Thẩm tra sớm hơn")
    tell(secretary, None, "Họp sớm hơn")
    name = secretary.unit.name
    q1, q2 = Quarter(2022, 1), Quarter(2022, 2)
    assert taught(stage, q1, AT) == [{"unit": name, "batch": "2022-03-30", "text": "Thẩm tra sớm hơn"}]
    assert taught(stage, q2, AT) == [{"unit": name, "batch": None, "text": "Họp sớm hơn"}]
    assert taught(stage, q1, AT - timedelta(seconds=1)) == []


def test_a_lesson_is_its_own_units(stage, tell):
    other = stage.person("secretary", "Trù Hựu")
    with pytest.raises(NotYourUnit):
        tell(other, None, "Họp sớm hơn", stage.unit("Biên Sơn"))
