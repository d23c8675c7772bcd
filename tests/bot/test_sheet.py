"""The sheet of invitations says where a code can be typed."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime

import pytest

from bot.access.invite import invite
from bot.sheet import sheet_of
from domain.links import Links
from domain.office import VIETNAM
from domain.people import Role
from storage.queries.units import all_units
from storage.session import open_engine, unit_of_work

AT = datetime(2022, 3, 24, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("links", "step"),
    [
        (Links("chibo_bot"), "Hoặc tìm <b>@chibo_bot</b> trên Telegram rồi nhắn mã dưới đây."),
        (
            Links("chibo_bot", zalo_name="bot.chibo"),
            "Hoặc tìm <b>@chibo_bot</b> trên Telegram hoặc tìm <b>bot.chibo</b> trên Zalo rồi nhắn mã dưới đây.",
        ),
        (Links(zalo_name="bot.chibo"), "<li>Tìm <b>bot.chibo</b> trên Zalo rồi nhắn mã dưới đây.</li>"),
        (Links(), "<li>Mở kênh báo cáo của cơ quan rồi nhắn mã dưới đây.</li>"),
    ],
)
def test_the_sheet_says_where_the_code_can_be_typed(sqlite_plan_url, links, step):
    engine = open_engine(sqlite_plan_url)
    with unit_of_work(engine)() as session:
        unit = all_units(session, date(2022, 3, 1))[1]
        made = invite(session, unit, Role.SECRETARY, now=AT, below=secrets.randbelow)
    engine.dispose()
    assert step in sheet_of([made], links, office="Ban Tổ chức", zone=VIETNAM)
