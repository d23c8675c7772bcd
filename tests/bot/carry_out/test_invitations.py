"""Inviting by chat: who may, how often, and what becomes of the codes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.carry_out import Act, carry_out
from domain.commands import Invite
from domain.errors import NotYourUnit
from domain.invitation import shown
from domain.inviting import MOST_A_DAY, may_invite, roles_to_invite
from domain.links import Links
from domain.people import Role
from storage.queries import delivery, secret_words, senders
from storage.queries.delivery import GivenUp, Sent
from storage.tables import audit, dialogues, inbox, invitations, outbox

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")
CODE = re.compile(r"[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{3}")


def person_of(someone):
    with someone.stage.begin() as session:
        return senders.sender_of(session, someone.channel, someone.address, AT.date()).person


def invites_deputy(someone, name="Nguyễn Văn Bình"):
    """The code that a secretary is given for a deputy."""
    for line in (f"mời phó bí thư {name}", "1"):
        answer = someone.says(line, AT)
    return CODE.search(answer)[0]


def everything_kept(stage):
    with stage.begin() as session:
        rows = [session.execute(select(table)).all() for table in (outbox, dialogues, audit, invitations)]
        # What somebody sends is kept as it came.
        return str(rows), str(session.execute(select(inbox.c.text)).all())


def settle(stage, outcome):
    """Whatever waits in the outbox meets this outcome."""
    with stage.begin() as session:
        waiting = session.execute(select(outbox.c.id).where(outbox.c.state == "waiting")).scalars().all()
        delivery.record(session, [outcome(each) for each in waiting], by="stage", at=AT)


def sent(outbox_id):
    return Sent(id=outbox_id, receipt="1")


def given_up(outbox_id):
    return GivenUp(id=outbox_id, reason="never")


@pytest.mark.parametrize("outcome", [sent, given_up])
def test_a_code_is_nowhere_on_the_books_once_its_message_is_settled(stage, outcome):
    code = invites_deputy(stage.person("secretary", "Biên Sơn", "zalo"))
    assert code in everything_kept(stage)[0]
    settle(stage, outcome)
    kept, _ = everything_kept(stage)
    assert code not in kept
    assert code.replace("-", "") not in kept
    assert secret_words.FORGOTTEN in kept
    assert "Đồng chí kiểm tra giúp" in kept  # other messages keep their words


def test_the_web_chat_keeps_a_code_until_it_is_used(stage):
    code = invites_deputy(stage.person("secretary", "Biên Sơn", "web"))
    settle(stage, sent)
    assert code in everything_kept(stage)[0]
    assert "Chào đồng chí Nguyễn Văn Bình" in stage.stranger("web").says(code, AT)
    assert code not in everything_kept(stage)[0]


def test_the_web_chat_keeps_a_code_for_three_days_at_most(stage):
    code = invites_deputy(stage.person("secretary", "Biên Sơn", "web"))
    settle(stage, sent)
    for days, there in ((2, True), (4, False)):
        with stage.begin() as session:
            secret_words.forget_old(session, AT + timedelta(days=days))
        assert (code in everything_kept(stage)[0]) is there
    assert "Chào đồng chí" in stage.stranger("web").says(code, AT)


def test_a_code_that_was_taken_back_goes_out_no_more(stage):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    code = invites_deputy(secretary)
    for line in ("hoàn tác", "1"):
        secretary.says(line, AT)
    assert code not in everything_kept(stage)[0]
    with stage.begin() as session:
        assert session.execute(
            select(outbox.c.state).where(outbox.c.text == secret_words.FORGOTTEN)
        ).all() == [("dropped",)]
    assert "không dùng được" in stage.stranger("zalo").says(code, AT)


def test_an_invitation_that_was_used_is_not_taken_back(stage):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    stage.stranger("zalo").says(invites_deputy(secretary), AT)
    secretary.says("hoàn tác", AT)
    assert "đã có người dùng" in secretary.says("1", AT)


def test_inviting_the_same_again_makes_the_code_before_useless(stage):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    first, other, second = (
        invites_deputy(secretary, name) for name in ("Vi Văn An", "Lý Thị Nga", "vi van an")
    )
    assert "không dùng được" in stage.stranger("zalo").says(first, AT)
    assert "Chào" in stage.stranger("zalo").says(second, AT)
    assert "Chào" in stage.stranger("zalo").says(other, AT)


def test_a_person_makes_thirty_codes_a_day_and_the_next_day_more(stage):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    with stage.begin() as session:
        person = senders.sender_of(session, "zalo", secretary.address, AT.date()).person
        act = Act(person=person, inbox_id=None, said_at=AT, at=AT, office=stage.office)
        command = Invite(unit=person.appointments[0].unit, role=Role.DEPUTY)
        for number in range(MOST_A_DAY):
            carry_out(session, replace(command, name=f"Vi Văn {'A' * (number + 1)}"), act)
    for line in ("mời phó bí thư Lý Thị Nga", "1"):
        answer = secretary.says(line, AT)
    assert "30 mã mời" in answer
    for line in ("mời phó bí thư Lý Thị Nga", "1"):
        answer = secretary.says(line, AT + timedelta(days=1))
    assert CODE.search(answer)


def test_the_links_of_the_office_stand_with_the_code(stage):
    stage.house = replace(stage.house, links=lambda: Links("chibo_bot", "https://chibo.vn"))
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    for line in ("mời phó bí thư Nguyễn Văn Bình", "1"):
        answer = secretary.says(line, AT)
    plain = CODE.search(answer)[0].replace("-", "")
    assert f"https://t.me/chibo_bot?start={plain}" in answer
    assert f"https://chibo.vn/chat#{plain}" in answer


def test_each_invites_only_as_far_as_the_office_reaches(stage):
    stage.cell("thôn Hạ", "Biên Sơn")
    commune, cell, other = stage.unit("Biên Sơn"), stage.unit("thôn Hạ"), stage.unit("Kim Sơn")
    secretary = person_of(stage.person("secretary", "Biên Sơn"))
    deputy = person_of(stage.person("deputy", "Biên Sơn"))
    officer = person_of(stage.person("district", ""))
    admin = person_of(stage.person("admin", ""))
    leads = person_of(stage.person("cell_secretary", "thôn Hạ"))
    assert may_invite(secretary, Role.DEPUTY, commune)
    assert may_invite(secretary, Role.CELL_SECRETARY, cell)
    assert not may_invite(secretary, Role.SECRETARY, commune)
    assert not may_invite(secretary, Role.DEPUTY, other)
    assert not may_invite(secretary, Role.CELL_SECRETARY, commune)
    assert may_invite(deputy, Role.CELL_SECRETARY, cell)
    assert not may_invite(deputy, Role.DEPUTY, commune)
    assert may_invite(officer, Role.SECRETARY, other)
    assert may_invite(officer, Role.CELL_SECRETARY, cell)
    assert not may_invite(officer, Role.ADMIN, stage.district())
    assert may_invite(admin, Role.ADMIN, stage.district())
    assert roles_to_invite(leads) == ()


def test_a_command_beyond_that_is_refused(stage):
    secretary = stage.person("secretary", "Biên Sơn")
    act = Act(person=person_of(secretary), inbox_id=None, said_at=AT, at=AT, office=stage.office)
    command = Invite(unit=stage.unit("Biên Sơn"), role=Role.SECRETARY)
    with pytest.raises(NotYourUnit), stage.begin() as session:
        carry_out(session, command, act)


def test_undoing_a_cell_takes_back_the_invitation_of_its_secretary(stage):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    for line in ("thêm chi bộ thôn Hạ", "1", "1", "1", "1"):
        answer = secretary.says(line, AT)
    code = CODE.search(answer)[0]
    with stage.begin() as session:  # so that the cell is what was done last
        session.execute(update(audit).where(audit.c.act == "invite").values(act="invite before"))
    secretary.says("hoàn tác", AT)
    assert "Đã hoàn tác" in secretary.says("1", AT)
    assert "không dùng được" in stage.stranger("zalo").says(code, AT)


def test_a_code_is_shown_as_people_read_it():
    assert CODE.fullmatch(shown("7K3MQ9XT2P4HB"))


def test_on_zalo_the_bot_is_looked_for_and_the_code_typed(stage):
    stage.house = replace(stage.house, links=lambda: Links(zalo_name="bot.chibo"))
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    for line in ("mời phó bí thư Nguyễn Văn Bình", "1"):
        answer = secretary.says(line, AT)
    assert "Zalo: tìm «bot.chibo» rồi nhắn mã mời" in answer
    code = CODE.search(answer)[0]
    welcome = stage.stranger("zalo").says(code.lower().replace("-", " "), AT)
    assert "phó bí thư đảng ủy xã Biên Sơn" in welcome
