"""Who tells a unit's strength, what is kept of it, and how it is taken back."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select

from bot.carry_out import Act, carry_out
from domain.commands import RecordStrength
from domain.errors import NotYourUnit
from storage.queries.senders import sender_of
from storage.queries.strength import told_by
from storage.tables import last_admissions, member_counts

AT = datetime.fromisoformat("2022-03-24T08:00:00+07:00")


def do(stage, someone, command):
    with stage.begin() as session:
        person = sender_of(session, someone.channel, someone.address, AT.date()).person
        act = Act(person=person, inbox_id=None, said_at=AT, at=AT, office=stage.office)
        return carry_out(session, command, act)


def strength_of(stage, short):
    unit = stage.unit(short)
    with stage.begin() as session:
        return told_by(session, unit.id).strength


def test_only_who_reports_for_a_unit_tells_its_strength(stage):
    command = RecordStrength(unit=stage.unit("Biên Sơn"), members=12)
    for role, unit in (("secretary", "Trù Hựu"), ("overseer", "Biên Sơn"), ("district", "")):
        with pytest.raises(NotYourUnit):
            do(stage, stage.person(role, unit, "zalo"), command)
    do(stage, stage.person("deputy", "Biên Sơn", "zalo"), command)


def test_a_commune_tells_that_of_its_cell(stage):
    stage.cell("Thôn Hạ", under="Biên Sơn")
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    assert "Đơn vị: Thôn Hạ" in secretary.says("chi bộ Thôn Hạ có 7 đảng viên", AT)
    assert "Đã ghi nhận" in secretary.says("1", AT)
    assert strength_of(stage, "Thôn Hạ").members == 7
    assert not strength_of(stage, "Biên Sơn").is_known


def test_a_row_says_by_whom_and_by_which_message_it_came(stage):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    secretary.says("chi bộ có 12 đảng viên, lần kết nạp gần nhất 15/3/2019", AT)
    secretary.says("1", AT)
    with stage.begin() as session:
        for table, told in ((member_counts, 12), (last_admissions, date(2019, 3, 15))):
            (row,) = session.execute(select(table)).all()
            assert row[2] == told
            assert row.by_person_id == secretary.id
            assert row.inbox_id is not None
            assert row.until_at is None


def test_undone_what_was_told_before_is_in_force_and_the_rest_is_untouched(stage):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    for line in ("đảng bộ có 300 đảng viên, lần kết nạp gần nhất 15/3/2019", "đảng bộ có 312 đảng viên"):
        secretary.says(line, AT)
        assert "Đã ghi nhận" in secretary.says("1", AT)
    secretary.says("hoàn tác", AT)
    assert "Đã hoàn tác" in secretary.says("1", AT)
    told = strength_of(stage, "Biên Sơn")
    assert (told.members, told.last_admission) == (300, date(2019, 3, 15))
    with stage.begin() as session:
        assert len(session.execute(select(member_counts)).all()) == 3
        assert len(session.execute(select(last_admissions)).all()) == 1


def test_what_was_the_first_word_leaves_nothing_when_it_is_undone(stage):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    secretary.says("đảng bộ có 300 đảng viên, lần kết nạp gần nhất 15/3/2019", AT)
    secretary.says("1", AT)
    secretary.says("hoàn tác", AT)
    secretary.says("1", AT)
    assert not strength_of(stage, "Biên Sơn").is_known
