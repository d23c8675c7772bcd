"""The writer of the books checks what it is told against the books as they are by then."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from bot.carry_out import Act, carry_out
from domain.commands import FileQuarter
from domain.errors import FiguresChanged
from domain.period import Quarter
from storage.queries.senders import sender_of
from storage.tables import filings

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")


def test_a_quarter_is_not_filed_with_another_number_than_was_confirmed(stage):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    for name in ("Vi Văn Toàn 10/3/2022", "Lê Thị Hạ 11/3/2022"):
        stage.prepare("admitted", name, secretary, AT)
    confirmed = FileQuarter(unit=secretary.unit, quarter=Quarter(2022, 1), admitted=1)
    with stage.begin() as session:
        person = sender_of(session, secretary.channel, secretary.address, AT.date()).person
        act = Act(person=person, inbox_id=None, said_at=AT, at=AT, office=stage.office)
        with pytest.raises(FiguresChanged) as refused:
            carry_out(session, confirmed, act)
        assert refused.value.admitted == 2
        assert session.execute(select(filings)).all() == []
