"""What is in time: a report counts as said when it was sent, whenever it comes in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from domain.office import CountBy
from storage.tables import admissions, revisions

LAST_DAY = datetime.fromisoformat("2022-03-31T22:00:00+07:00")
CLOSES = datetime.fromisoformat("2022-04-05T23:50:00+07:00")
AFTER_CLOSE = datetime.fromisoformat("2022-04-06T08:00:00+07:00")
LINE = "kn Nguyễn Thị Hoa nữ sn 1999 ngày 15/3"


@pytest.fixture
def secretary(stage):
    return stage.person("secretary", "Biên Sơn", "zalo")


@pytest.mark.parametrize("arrives", ["2022-04-01T07:00:00+07:00", "2022-04-08T07:00:00+07:00"])
def test_what_was_sent_on_the_last_day_and_comes_in_later_was_sent_in_time(stage, secretary, arrives):
    stage.now = datetime.fromisoformat(arrives)
    assert "tính vào quý I/2022" in secretary.says(LINE, LAST_DAY)
    assert secretary.says("1", LAST_DAY).startswith(
        "Đã ghi nhận lúc 22:00 ngày 31/3/2022 · mã BS-22-01\nKết nạp: Nguyễn Thị Hoa (15/3)\nQuý I: 1/1"
    )
    with stage.begin() as session:
        reported_at, entered = session.execute(
            select(admissions.c.reported_at, revisions.c.from_at).join_from(admissions, revisions)
        ).one()
    assert (reported_at, entered) == (LAST_DAY, stage.now)


def test_a_yes_that_comes_soon_after_the_close_is_to_what_was_said_before_it(secretary):
    secretary.says(LINE, CLOSES)
    assert "Quý I: 1/1" in secretary.says("1", AFTER_CLOSE)


def test_a_yes_that_comes_long_after_the_close_comes_too_late(secretary):
    secretary.says(LINE, CLOSES)
    assert "đã khóa sổ" in secretary.says("1", AFTER_CLOSE.replace(day=9))


def test_what_is_said_after_the_close_is_not_in_time_though_it_was_begun_before(secretary):
    secretary.says("kn Nguyễn Thị Hoa", CLOSES)
    assert "đã khóa sổ" in secretary.says("15/3", AFTER_CLOSE)


@pytest.fixture
def by_decision(stage):
    stage.office = replace(stage.office, count_by=CountBy.DECISION)
    stage.restart()
    return stage


def dates(stage):
    with stage.begin() as session:
        return session.execute(select(revisions.c.ceremony_on, revisions.c.decision_on)).all()


def test_where_decisions_count_the_decisions_day_is_asked_and_the_ceremonys_is_kept(by_decision):
    secretary = by_decision.person("secretary", "Biên Sơn", "zalo")
    at = AFTER_CLOSE.replace(month=4, day=3)
    assert "Quyết định kết nạp ký ngày nào?" in secretary.says("kn Nguyễn Thị Hoa ngày 1/4", at)
    confirm = secretary.says("28/3", at)
    assert "Ngày quyết định: 28/3/2022 → tính vào quý I/2022\nLễ kết nạp: 1/4/2022" in confirm
    assert "Quý I: 1/1" in secretary.says("1", at)
    assert [tuple(map(str, row)) for row in dates(by_decision)] == [("2022-04-01", "2022-03-28")]


def test_where_decisions_count_a_decided_candidates_day_is_known(by_decision):
    secretary = by_decision.person("secretary", "Biên Sơn", "zalo")
    by_decision.prepare("candidate", "Nguyễn Thị Hoa decided 16/3/2022", secretary, LAST_DAY)
    assert "Ngày quyết định: 16/3/2022" in secretary.says("kn Nguyễn Thị Hoa 20/3", LAST_DAY)
    secretary.says("1", LAST_DAY)
    assert [tuple(map(str, row)) for row in dates(by_decision)] == [("2022-03-20", "2022-03-16")]


def test_where_ceremonies_count_a_decided_candidates_day_is_kept_beside(stage, secretary):
    stage.prepare("candidate", "Nguyễn Thị Hoa decided 16/3/2022", secretary, LAST_DAY)
    secretary.says("kn Nguyễn Thị Hoa 20/3", LAST_DAY)
    secretary.says("1", LAST_DAY)
    assert [tuple(map(str, row)) for row in dates(stage)] == [("2022-03-20", "2022-03-16")]
