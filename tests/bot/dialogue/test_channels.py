"""Where somebody writes from: a code for a further channel, and the end of the sessions on the web."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from storage.queries.channels import standing_of
from storage.tables import addresses, appointments, audit
from tests.harness.stage import Stage

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")


@pytest.fixture
def stage(plan_url: str):
    stage = Stage(plan_url)
    yield stage
    stage.engine.dispose()


@pytest.fixture
def secretary(stage):
    return stage.person("secretary", "Biên Sơn", "telegram")


def code_in(text: str) -> str:
    return re.search(r"Mã nối kênh của đồng chí: (\S+)", text)[1]


def test_the_code_makes_another_address_ones_own_and_appoints_nobody_anew(stage, secretary):
    code = code_in(secretary.says("nối thêm kênh", AT))
    elsewhere = stage.stranger("zalo")
    assert "Kênh này đã nối với tài khoản sẵn có" in elsewhere.says(code, AT + timedelta(minutes=5))
    assert "Biên Sơn" in elsewhere.says("tiến độ", AT + timedelta(minutes=6))
    with stage.begin() as session:
        assert len(session.execute(select(appointments)).all()) == 1
    shown = secretary.says("kênh của tôi", AT + timedelta(minutes=7))
    assert "Telegram" in shown
    assert "Zalo" in shown


def test_the_code_serves_once_and_not_for_long(stage, secretary):
    code = code_in(secretary.says("nối thêm kênh", AT))
    late = stage.stranger("zalo")
    assert "tài khoản sẵn có" not in (late.says(code, AT + timedelta(minutes=31)) or "")
    code = code_in(secretary.says("nối thêm kênh", AT + timedelta(hours=1)))
    first, second = stage.stranger("zalo"), stage.stranger("zalo")
    assert "tài khoản sẵn có" in first.says(code, AT + timedelta(minutes=70))
    assert "tài khoản sẵn có" not in (second.says(code, AT + timedelta(minutes=71)) or "")


def test_somebody_else_cannot_use_it(stage, secretary):
    other = stage.person("secretary", "Chũ", "zalo")
    other.says(code_in(secretary.says("nối thêm kênh", AT)), AT)
    with stage.begin() as session:
        owner = session.execute(
            select(addresses.c.person_id).where(addresses.c.value == other.address)
        ).scalar()
    assert owner == other.id


def test_signing_out_takes_every_page_and_leaves_the_other_channels(stage, secretary):
    page = stage.stranger("web")
    page.says(code_in(secretary.says("nối thêm kênh", AT)), AT)
    assert "kênh khác" in secretary.says("đăng xuất", AT + timedelta(minutes=1))
    assert "Đã đăng xuất trang chat" in secretary.says("1", AT + timedelta(minutes=2))
    with stage.begin() as session:
        assert standing_of(session, page.address).left
        owned = session.execute(select(addresses.c.channel).where(addresses.c.person_id == secretary.id))
        assert owned.scalars().all() == ["telegram"]
        assert session.execute(select(audit.c.act).where(audit.c.act == "sign out")).all()
    assert "Biên Sơn" not in (page.says("tiến độ", AT + timedelta(minutes=3)) or "")
    assert "không mở trang chat" in secretary.says("đăng xuất", AT + timedelta(minutes=4))


def test_whoever_has_the_web_alone_is_told_what_it_takes_to_come_back(stage):
    alone = stage.person("secretary", "Chũ", "web")
    assert "xin Ban Tổ chức Huyện ủy Lục Ngạn mã mới" in alone.says("đăng xuất", AT)
    assert "Đã đăng xuất" in alone.says("1", AT + timedelta(minutes=1))
