"""Handing an office over: who decides, when it happens, and that the unit is never without a secretary."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from storage.queries.people import held_on
from storage.tables import appointments, hand_overs, invitations, outbox

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")
CODE = re.compile(r"[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{3}")
DAY = AT.date()


@pytest.fixture
def secretary(stage):
    return stage.person("secretary", "Biên Sơn", "zalo", "Vi Văn Toàn")


@pytest.fixture
def officer(stage):
    return stage.person("district", "", "zalo", "Lê Thị Lan")


def say_all(someone, *lines, at=AT):
    for line in lines:
        answer = someone.says(line, at)
    return answer


def leads(stage, unit, day=DAY):
    """Who are the secretaries of a unit."""
    with stage.begin() as session:
        return [
            one.name for one in held_on(session, day) if one.unit.short == unit and one.role == "secretary"
        ]


def under_way(stage):
    with stage.begin() as session:
        return session.execute(select(hand_overs).where(hand_overs.c.until_at.is_(None))).all()


def moves_to(stage, someone, role, unit):
    """Somebody leaves all their offices for another one."""
    with stage.begin() as session:
        session.execute(update(appointments).where(appointments.c.person_id == someone.id).values(until=DAY))
    stage.appoint(someone, role, unit)


def consent_to(officer, number=1):
    return CODE.search(say_all(officer, f"BG-{number}", "1"))[0]


def test_the_unit_has_a_secretary_at_every_moment(stage, secretary, officer):
    say_all(secretary, "bàn giao cho đồng chí Nguyễn Văn Bình", "1")
    assert leads(stage, "Biên Sơn") == ["Vi Văn Toàn"]
    code = consent_to(officer)
    assert leads(stage, "Biên Sơn") == ["Vi Văn Toàn"]
    assert "kiểm tra" in secretary.says("kn Lý Thị Nga ngày 20/3", AT)
    stage.stranger("zalo").says(code, AT)
    assert leads(stage, "Biên Sơn") == ["Nguyễn Văn Bình"]
    assert "Đồng chí đã bàn giao nhiệm vụ" in secretary.says("menu", AT)


def test_only_one_of_two_officers_decides(stage, secretary, officer):
    other = stage.person("district", "", "zalo")
    say_all(secretary, "bàn giao cho đồng chí Nguyễn Văn Bình", "1")
    officer.says("BG-1", AT)
    other.says("BG-1", AT)
    officer.says("1", AT)
    assert "đã được đồng ý" in other.says("1", AT)
    with stage.begin() as session:
        assert len(session.execute(select(invitations.c.id)).all()) == 1


def test_a_code_made_anew_hands_over_as_the_first_one_would(stage, secretary, officer):
    say_all(secretary, "bàn giao cho đồng chí Nguyễn Văn Bình", "1")
    lost = consent_to(officer)
    code = CODE.search(say_all(officer, "mời bí thư Biên Sơn, đồng chí Nguyễn Văn Bình", "1"))[0]
    newcomer = stage.stranger("zalo")
    assert "không dùng được" in newcomer.says(lost, AT)
    newcomer.says(code, AT)
    assert leads(stage, "Biên Sơn") == ["Nguyễn Văn Bình"]


@pytest.mark.parametrize("name", ["Nguyễn Văn Bình", "Lý Thị Nga"])
@pytest.mark.parametrize("days", [2, 31])
def test_whoever_is_invited_to_an_office_that_is_handed_over_takes_it_over(
    stage, secretary, officer, name, days
):
    say_all(secretary, "bàn giao cho đồng chí Nguyễn Văn Bình", "1")
    lost, later = consent_to(officer), AT + timedelta(days=days)
    stage.now = later
    code = CODE.search(say_all(officer, f"mời bí thư Biên Sơn, đồng chí {name}", "1", at=later))[0]
    assert [(row.successor, row.agreed) for row in under_way(stage)] == [(name, True)]
    assert "không dùng được" in stage.stranger("zalo").says(lost, later)
    stage.stranger("zalo").says(code, later)
    assert leads(stage, "Biên Sơn", later.date()) == [name]
    assert under_way(stage) == []


def test_where_the_successor_s_code_is_useless_another_wish_takes_its_place(stage, secretary, officer):
    say_all(secretary, "bàn giao cho đồng chí Nguyễn Văn Bình", "1")
    consent_to(officer)
    later = AT + timedelta(days=31)
    stage.now = later
    assert "Đã ghi nhận" in say_all(secretary, "bàn giao cho đồng chí Lý Thị Nga", "1", at=later)
    assert [(row.successor, row.agreed) for row in under_way(stage)] == [("Lý Thị Nga", None)]


def test_consent_is_taken_back_though_the_code_made_anew_was_taken_back_before(stage, secretary, officer):
    say_all(secretary, "bàn giao cho đồng chí Nguyễn Văn Bình", "1")
    consent_to(officer)
    say_all(officer, "mời bí thư Biên Sơn, đồng chí Nguyễn Văn Bình", "1")
    for _ in range(2):
        assert "Đã hoàn tác" in say_all(officer, "hoàn tác", "1")
    assert [row.agreed for row in under_way(stage)] == [None]


def test_whoever_leaves_cannot_use_the_successor_s_code(stage, secretary, officer):
    say_all(secretary, "bàn giao cho đồng chí Nguyễn Văn Bình", "1")
    assert "không dùng được" in secretary.says(consent_to(officer), AT)
    assert leads(stage, "Biên Sơn") == ["Vi Văn Toàn"]


def test_a_deputy_who_takes_over_stays_the_same_person(stage, secretary, officer):
    deputy = stage.person("deputy", "Biên Sơn", "zalo", "Nguyễn Văn Bình")
    say_all(secretary, "bàn giao cho đồng chí Nguyễn Văn Bình", "1")
    assert "Chào đồng chí Nguyễn Văn Bình, bí thư" in deputy.says(consent_to(officer), AT)
    with stage.begin() as session:
        held = [
            (one.person_id, one.role.value) for one in held_on(session, DAY) if one.unit.short == "Biên Sơn"
        ]
    assert sorted(held) == [(deputy.id, "deputy"), (deputy.id, "secretary")]


def test_consent_that_is_undone_makes_the_code_useless_and_the_wish_wait(stage, secretary, officer):
    say_all(secretary, "bàn giao cho đồng chí Nguyễn Văn Bình", "1")
    code = consent_to(officer)
    assert "Đã hoàn tác" in say_all(officer, "hoàn tác", "1")
    assert "không dùng được" in stage.stranger("zalo").says(code, AT)
    assert "Nguyễn Văn Bình" in officer.says("BG-2", AT).replace("N.V.B.", "Nguyễn Văn Bình")
    with stage.begin() as session:
        kept = str(session.execute(select(outbox)).all())
    assert code not in kept


def test_a_decided_wish_is_not_withdrawn(stage, secretary, officer):
    say_all(secretary, "bàn giao cho đồng chí Nguyễn Văn Bình", "1")
    consent_to(officer)
    assert "đã có thay đổi" in say_all(secretary, "hoàn tác", "1")
    assert "đã được đồng ý" in secretary.says("bàn giao cho đồng chí Lý Thị Nga", AT)


def test_a_wish_that_waits_anew_is_withdrawn_by_undoing_it(stage, secretary, officer):
    say_all(secretary, "bàn giao cho đồng chí Nguyễn Văn Bình", "1")
    consent_to(officer)
    say_all(officer, "hoàn tác", "1")
    assert "Đã hoàn tác" in say_all(secretary, "hoàn tác", "1")
    assert "không có đề nghị" in officer.says("duyệt bàn giao", AT).lower()
    assert under_way(stage) == []


def test_a_wish_that_was_consented_to_anew_is_not_withdrawn(stage, secretary, officer):
    say_all(secretary, "bàn giao cho đồng chí Nguyễn Văn Bình", "1")
    consent_to(officer)
    say_all(officer, "hoàn tác", "1")
    consent_to(officer, 2)
    assert "BG-2 đã được đồng ý" in say_all(secretary, "hoàn tác", "1")
    assert [row.agreed for row in under_way(stage)] == [True]


def test_a_wish_in_its_place_is_not_withdrawn_by_undoing_the_one_before(stage, secretary):
    for name in ("Nguyễn Văn Bình", "Lý Thị Nga"):
        say_all(secretary, f"bàn giao cho đồng chí {name}", "1")
    assert "Đã hoàn tác" in say_all(secretary, "hoàn tác", "1")
    assert "Không có đề nghị BG-1" in say_all(secretary, "hoàn tác", "1")


@pytest.mark.parametrize("said", [("BG-1", "1"), ("BG-1", "2", "1")])
def test_whoever_is_an_officer_no_more_takes_no_word_back(stage, secretary, officer, said):
    say_all(secretary, "bàn giao cho đồng chí Nguyễn Văn Bình", "1")
    say_all(officer, *said)
    before = under_way(stage)
    moves_to(stage, officer, "secretary", "Trù Hựu")
    assert "không thuộc phần việc" in say_all(officer, "hoàn tác", "1")
    assert under_way(stage) == before


def test_the_wish_of_whoever_left_the_office_is_not_withdrawn_any_more(stage, secretary):
    say_all(secretary, "bàn giao cho đồng chí Nguyễn Văn Bình", "1")
    moves_to(stage, secretary, "secretary", "Trù Hựu")
    assert "không phụ trách Biên Sơn" in say_all(secretary, "hoàn tác", "1")
    assert len(under_way(stage)) == 1


def test_an_invitation_is_not_taken_back_by_whoever_may_not_make_it_any_more(stage, officer):
    code = CODE.search(say_all(officer, "mời bí thư Biên Sơn, đồng chí Nguyễn Văn Bình", "1"))[0]
    moves_to(stage, officer, "secretary", "Trù Hựu")
    assert "không phụ trách Biên Sơn" in say_all(officer, "hoàn tác", "1")
    stage.stranger("zalo").says(code, AT)
    assert leads(stage, "Biên Sơn") == ["Nguyễn Văn Bình"]


def test_what_was_declined_is_not_reconsidered_once_another_wish_is_there(stage, secretary, officer):
    say_all(secretary, "bàn giao cho đồng chí Nguyễn Văn Bình", "1")
    say_all(officer, "BG-1", "2", "1")
    say_all(secretary, "bàn giao cho đồng chí Lý Thị Nga", "1")
    assert "đã có thay đổi" in say_all(officer, "hoàn tác", "1")


def test_without_an_officer_the_administrators_are_told(stage, secretary):
    admin = stage.person("admin", "", "zalo")
    say_all(secretary, "bàn giao cho đồng chí Nguyễn Văn Bình", "1")
    told = stage.unasked()
    assert [address for address, message in told if "BG-1" in message.text] == [admin.address]
    assert consent_to(admin)


def test_an_office_that_ended_is_not_handed_over_any_more(stage, secretary, officer):
    say_all(secretary, "bàn giao cho đồng chí Nguyễn Văn Bình", "1")
    code = consent_to(officer)
    stage.stranger("zalo").says(code, AT)
    with stage.begin() as session:
        row = session.execute(select(hand_overs)).one()
    assert row.agreed
    assert row.until_at is not None
    later = stage.person("district", "", "zalo")
    assert "đã được đồng ý" in later.says("BG-1", AT + timedelta(days=2))


def test_the_office_is_asked_for_where_somebody_holds_several(stage, secretary):
    stage.cell("thôn Hạ", "Biên Sơn")
    stage.appoint(secretary, "cell_secretary", "thôn Hạ")
    answer = secretary.says("bàn giao cho đồng chí Nguyễn Văn Bình", AT)
    assert "[1. Bí thư đảng ủy xã Biên Sơn] [2. Bí thư chi bộ thôn Hạ]" in answer
    assert "Bàn giao: bí thư chi bộ thôn Hạ" in secretary.says("2", AT)


def test_a_unit_named_settles_which_office(stage, secretary):
    stage.cell("thôn Hạ", "Biên Sơn")
    stage.appoint(secretary, "cell_secretary", "thôn Hạ")
    answer = secretary.says("bàn giao chi bộ thôn Hạ cho đồng chí Nguyễn Văn Bình", AT)
    assert "Bàn giao: bí thư chi bộ thôn Hạ" in answer
