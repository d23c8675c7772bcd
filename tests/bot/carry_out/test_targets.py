"""Amending what a unit is assigned: from when on it holds, who is told, and that the sums stay sums."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.dialogue import amend_target
from domain.office import Office
from domain.period import Quarter
from storage.queries.plans import plan_of
from storage.queries.rollup import roll_up
from storage.tables import targets

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")
LINE = "điều chỉnh chỉ tiêu Tân Hoa quý 3 thành 5 theo quyết định 35-QĐ/HU ngày 25/3, lý do nguồn thay đổi"
Q1, Q3 = Quarter(2022, 1), Quarter(2022, 3)


@pytest.fixture
def officer(stage):
    return stage.person("district", "", "zalo", "Lê Thị Lan")


def say_all(someone, *lines, at=AT):
    for line in lines:
        answer = someone.says(line, at)
    return answer


def assigned(stage, short="Tân Hoa"):
    with stage.begin() as session:
        plan = plan_of(session, 2022)
    return next(each.quarters for each in plan.targets if each.unit.short == short), plan.assigned


def rolled(stage, at, quarter=Q3):
    with stage.begin() as session:
        return roll_up(session, quarter, at, Office())


def test_the_year_is_the_sum_of_its_quarters_and_the_whole_that_of_its_units(stage, officer):
    assert assigned(stage) == ((2, 1, 2, 1), 220)
    answer = say_all(officer, LINE, "1")
    assert "Quý III/2022: 2 → 5\nCả năm: 9" in answer
    assert assigned(stage) == ((2, 1, 5, 1), 223)
    assert rolled(stage, AT).assigned == 223


def test_another_quarter_takes_the_difference_and_the_year_stays(stage, officer):
    shown = say_all(officer, "điều chỉnh chỉ tiêu Tân Hoa quý 3 thành 1", "4", "1", "1")
    assert "Cả năm: giữ 6 = 2 + 1 + 1 + 2" in shown
    assert "Toàn huyện cả năm: giữ 220" in shown
    officer.says("1", AT)
    assert assigned(stage) == ((2, 1, 1, 2), 220)


def test_the_quarters_are_offered_in_their_order_whatever_order_the_books_give_them_in(
    stage, officer, monkeypatch
):
    given = amend_target.targets.assigned_to
    monkeypatch.setattr(
        amend_target.targets, "assigned_to", lambda *asked: dict(sorted(given(*asked).items(), reverse=True))
    )
    officer.says("điều chỉnh chỉ tiêu Tân Hoa quý 3 thành 1", AT)
    assert [choice.label for choice in officer.last.choices] == [
        "Cả năm đổi 6 → 5",
        "Giữ cả năm 6, quý I 2 → 3",
        "Giữ cả năm 6, quý II 1 → 2",
        "Giữ cả năm 6, quý IV 1 → 2",
    ]


def test_the_old_figure_holds_for_every_moment_before(stage, officer):
    say_all(officer, LINE, "1")
    unit = stage.unit("Tân Hoa").id
    with stage.begin() as session:
        rows = session.execute(
            select(targets).where(targets.c.quarter == Q3, targets.c.unit_id == unit)
        ).all()
    old, new = sorted(rows, key=lambda row: row.from_at)
    assert (old.assigned, old.until_at, new.assigned, new.until_at) == (2, new.from_at, 5, None)
    assert (new.decision_no, f"{new.decision_on}", new.reason) == ("35-QĐ/HU", "2022-03-25", "nguồn thay đổi")
    assert new.by_person_id == officer.id
    assert rolled(stage, AT - timedelta(seconds=1)).assigned == 220


def test_the_unit_s_people_are_told_and_nobody_else(stage, officer):
    heads = [stage.person(role, "Tân Hoa", "zalo") for role in ("secretary", "deputy")]
    stage.person("secretary", "Tân Sơn", "zalo")
    say_all(officer, LINE, "1")
    told = stage.unasked()
    assert sorted(address for address, _ in told) == sorted(one.address for one in heads)
    assert all("Theo quyết định 35-QĐ/HU" in message.text for _, message in told)


def test_undone_the_figure_from_before_is_assigned_anew(stage, officer):
    head = stage.person("secretary", "Tân Hoa", "zalo")
    say_all(officer, LINE, "1")
    stage.unasked()
    assert "quý III/2022: 2 → 5" in officer.says("hoàn tác", AT)
    assert "Đã hoàn tác" in officer.says("1", AT)
    assert assigned(stage) == ((2, 1, 2, 1), 220)
    assert [address for address, _ in stage.unasked()] == [head.address]


def test_what_was_amended_again_is_not_undone(stage, officer):
    say_all(officer, LINE, "1")
    other = stage.person("district", "", "zalo")
    say_all(other, "điều chỉnh chỉ tiêu Tân Hoa quý 3 thành 4", "1", "1", "1", "1")
    assert "đã có thay đổi sau đó" in say_all(officer, "hoàn tác", "1")
    assert assigned(stage)[0] == (2, 1, 4, 1)


def test_of_two_officers_the_second_is_shown_the_figure_of_the_first(stage, officer):
    other = stage.person("district", "", "zalo")
    for each in (officer, other):
        each.says(LINE, AT)
    officer.says("1", AT)
    assert "Chỉ tiêu hiện đã là 5" in other.says("1", AT)


def test_a_closed_quarter_is_refused_and_the_running_one_taken(stage, officer):
    later = AT + timedelta(days=14)
    assert "đã khóa sổ" in officer.says("điều chỉnh chỉ tiêu Tân Hoa quý 1 thành 3", later)
    answer = officer.says("điều chỉnh chỉ tiêu Tân Hoa quý 2 thành 3", later)
    assert "quý I " not in answer
    assert "Cả năm đổi 6 → 8" in answer


@pytest.mark.parametrize("role", ["secretary", "overseer"])
def test_others_are_refused_in_words(stage, role):
    someone = stage.person(role, "Tân Hoa", "zalo")
    assert "không thuộc phần việc" in someone.says(LINE, AT)
    assert assigned(stage)[1] == 220


def test_a_zero_ends_the_nagging(stage, officer):
    say_all(officer, "điều chỉnh chỉ tiêu Tân Hoa quý 1 xuống 0", "1", "1", "1", "1")
    states = {row.unit.short: row.filing.value for row in rolled(stage, AT, Q1).units}
    assert states["Tân Hoa"] == "not_due"


def test_two_amendments_are_undone_one_after_the_other(stage, officer):
    minute = timedelta(minutes=1)
    say_all(officer, LINE, "1", "1")
    say_all(officer, LINE.replace("thành 5", "thành 7"), "1", "1", at=AT + minute)
    for number, left in ((2, 5), (3, 2)):
        say_all(officer, "hoàn tác", "1", at=AT + number * minute)
        assert assigned(stage)[0][2] == left
