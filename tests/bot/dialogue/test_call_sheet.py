"""The call sheet as it is asked for, and what came of calls as it is told."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.access.invite import invite
from bot.dialogue.scripts import ALL
from domain.invitation import shown
from domain.office import NamesShown
from domain.people import Role
from domain.period import Quarter
from domain.policy import Action
from messages.call_words import BEGUN
from messages.say import LONGEST
from storage.queries import people as books_of_people
from storage.queries.promises import promise_of
from storage.tables import addresses, audit, call_notes, issues, people, units

AT = datetime.fromisoformat("2022-03-28T14:05:00+07:00")
MINUTE = timedelta(minutes=1)
Q1 = Quarter(2022, 1)
LONG = "Nguyễn Hoàng Thị Phương Thảo"


@pytest.fixture
def officer(stage):
    return stage.person("district", "", "web", "Đỗ Thị Minh Châu")


@pytest.fixture
def overseer(stage):
    someone = stage.person("overseer", "Biên Sơn", "web", "Thân Văn Khải")
    stage.appoint(someone, "overseer", "Chũ")
    return someone


def notes(stage):
    with stage.begin() as session:
        query = select(call_notes, units.c.short).join(units, units.c.id == call_notes.c.unit_id)
        return session.execute(query.where(call_notes.c.until_at.is_(None)).order_by(call_notes.c.id)).all()


def numbered(sheet):
    """The units of a page by their numbers."""
    heads = [line for line in sheet.splitlines() if line.split(".")[0].isdigit()]
    return {int(head.split(".")[0]): head.split(". ")[1].split(" 0/")[0].split(" · ")[0] for head in heads}


def test_who_is_silent_after_a_reminder_with_some_reported_is_told_to_have_begun(stage, overseer):
    secretary = stage.person("secretary", "Chũ", "web")
    reported = datetime.fromisoformat("2022-03-10T08:00:00+07:00")
    for line in ("kn Lý Thị Nga nữ 1999 ngày 8/3", "1"):
        secretary.says(line, reported)
    stage.heartbeats(datetime.fromisoformat("2022-03-24T08:00:00+07:00"))
    stage.unasked()
    sheet = overseer.says("bảng gọi điện", AT)
    assert "Chũ 1/2 · đã có số, chưa chốt" in sheet
    assert "đã nhắc 24/3, chưa trả lời" in sheet


def test_the_sheet_of_a_district_with_the_longest_names_fits_page_by_page_and_shows_each_unit_once(
    stage, officer
):
    for unit in ("Thanh Hải", "THPT số 3", "Chũ", "Đồng Cốc", "Đèo Gia", "Hồng Giang", "Phong Minh"):
        for role in ("secretary", "deputy", "overseer"):
            stage.person(role, unit, "web", LONG)
    with stage.begin() as session:
        session.execute(update(units).where(units.c.block > 0).values(short=units.c.short + " " + "W" * 32))
        session.execute(update(people).values(phone="02043888999"))
    found, page = [], officer.says("bảng gọi điện", AT)
    while "Xem tiếp" in page:
        assert len(officer.last.as_plain_text()) <= LONGEST
        found += numbered(page).values()
        page = officer.says("xem tiếp", AT)
    found += numbered(page).values()
    assert len(found) == len(set(found)) == 29


def test_an_overseer_sees_the_own_cluster_alone_and_is_not_on_the_sheet(stage, overseer):
    stage.person("overseer", "Chũ", "web", "Hà Đức Anh")
    sheet = overseer.says("chuabao", AT)
    assert set(numbered(sheet).values()) == {"Biên Sơn", "Chũ"}
    assert "Hà Đức Anh" in sheet
    assert "Thân Văn Khải" not in sheet


def test_an_overseer_notes_no_call_to_a_unit_of_others(stage, overseer):
    overseer.says("bảng gọi điện", AT)
    assert "không phụ trách" in overseer.says("Trù Hựu không nghe máy", AT)
    assert notes(stage) == []


@pytest.mark.parametrize("text", ["bảng gọi điện", "1 đã gọi, hẹn mai"])
def test_a_secretary_is_refused(stage, text):
    secretary = stage.person("secretary", "Biên Sơn", "web")
    assert "không thuộc phần việc" in secretary.says(text, AT)


@pytest.mark.parametrize(
    ("names", "channel", "seen", "hidden"),
    [
        (NamesShown.FULL, "zalo", ["Vi Văn Sơn", "0912 345 678"], []),
        (NamesShown.INITIALS, "zalo", ["V.V.S.", "0912 345 678"], ["Vi Văn Sơn"]),
        (NamesShown.CODE, "zalo", ["Bí thư", "trang chat"], ["Vi Văn Sơn", "V.V.S.", "0912"]),
        (NamesShown.CODE, "web", ["Vi Văn Sơn", "0912 345 678"], []),
    ],
)
def test_names_and_phones_go_through_a_foreign_messenger_as_the_office_has_set(
    stage, names, channel, seen, hidden
):
    stage.office = type(stage.office)(names=names)
    stage.restart()
    secretary = stage.person("secretary", "Biên Sơn", "web", "Vi Văn Sơn")
    secretary.says("0912345678", AT)
    one = stage.person("overseer", "Biên Sơn", channel, "Thân Văn Khải")
    sheet = one.says("bảng gọi điện", AT)
    assert all(words in sheet for words in seen)
    assert not any(words in sheet for words in hidden)


def test_each_page_that_is_shown_is_in_the_log(stage, overseer):
    overseer.says("bảng gọi điện", AT)
    with stage.begin() as session:
        seen = session.scalars(select(audit.c.subject).where(audit.c.act == "see")).all()
    assert seen == ["call sheet 2022-Q1 1: CHU BS"]


def test_a_number_is_that_of_the_sheet_as_it_was_shown_whatever_has_changed_since(stage, overseer):
    sheet = numbered(overseer.says("bảng gọi điện", AT))
    assert sheet == {1: "Chũ", 2: "Biên Sơn"}
    chu = stage.person("secretary", "Chũ", "web")
    chu.says("quý này không có ai", AT)
    chu.says("1", AT)
    stage.restart()
    overseer.says("menu", AT)
    assert "Đã gọi Biên Sơn" in overseer.says("2 không nghe máy", AT + MINUTE)
    overseer.says("1", AT + 2 * MINUTE)
    assert [(note.short, note.result) for note in notes(stage)] == [("Biên Sơn", "no_answer")]


def test_a_number_on_the_second_page_is_a_row_of_that_page(stage, officer):
    officer.says("bảng gọi điện", AT)
    second = numbered(officer.says("xem tiếp", AT))
    assert f"Đã gọi {second[3]}:" in officer.says("3 không nghe máy", AT)


def test_a_number_that_no_sheet_was_shown_for_is_asked_about(stage, officer):
    answer = officer.says("3 đã gọi, hẹn mai", AT)
    assert "chưa xem bảng gọi điện" in answer
    assert "Hẹn báo cáo thứ Ba 29/3/2022" in officer.says("Biên Sơn", AT)


@pytest.mark.parametrize(
    ("said", "result", "day", "words"),
    [
        ("1 đã gọi, hẹn mai", "promised", 29, ""),
        ("1 gọi rồi, sẽ báo chiều nay", "promised", 28, ""),
        ("1 đã gọi, không nghe máy", "no_answer", None, ""),
        ("1 bị ốm", "hindered", None, "bị ốm"),
        ("1 đã gọi, bí thư đi công tác", "hindered", None, "bí thư đi công tác"),
        ("1 đã gặp", "reached", None, ""),
        ("1 vướng mắc: lớp bồi dưỡng chưa mở", "issue", None, "lớp bồi dưỡng chưa mở"),
        ("Chũ hẹn thứ 5", "promised", 31, ""),
    ],
)
def test_what_came_of_a_call_is_read_back_and_noted(stage, overseer, said, result, day, words):
    overseer.says("bảng gọi điện", AT)
    assert "Đã gọi Chũ" in overseer.says(said, AT + MINUTE)
    assert notes(stage) == []
    assert "Đã ghi nhận lúc 14:07" in overseer.says("đúng", AT + 2 * MINUTE)
    (note,) = notes(stage)
    assert (note.short, note.result, note.text) == ("Chũ", result, words)
    assert (note.promised_on.day if note.promised_on else None) == day
    unit = stage.unit("Chũ")
    with stage.begin() as session:
        raised = session.scalars(select(issues.c.text)).all()
        promise = promise_of(session, unit.id, Q1)
    assert raised == (["lớp bồi dưỡng chưa mở"] if result == "issue" else [])
    assert (promise.day.day if promise else None) == day


def test_a_called_unit_says_so_on_the_next_sheet(stage, overseer):
    overseer.says("bảng gọi điện", AT)
    overseer.says("1 đã gọi, hẹn mai", AT)
    overseer.says("1", AT)
    sheet = overseer.says("bảng gọi điện", AT)
    assert numbered(sheet) == {1: "Biên Sơn", 2: "Chũ"}
    assert "Chũ 0/2 · đã gọi 14:05, hẹn mai" in sheet


def test_words_that_answer_what_came_of_it_are_what_hinders(stage, overseer):
    overseer.says("bảng gọi điện", AT)
    overseer.says("1", AT)
    assert "Bí thư đang nằm viện" in overseer.says("Bí thư đang nằm viện", AT)
    overseer.says("1", AT)
    assert [note.text for note in notes(stage)] == ["Bí thư đang nằm viện"]


def test_another_row_in_the_midst_of_a_note_is_a_note_of_its_own_and_the_first_one_comes_back(
    stage, overseer
):
    overseer.says("bảng gọi điện", AT)
    assert "Đã gọi Chũ" in overseer.says("1 không nghe máy", AT)
    assert "Đã gọi Biên Sơn" in overseer.says("2 hẹn mai", AT)
    assert "Đã gọi Chũ:" in overseer.says("1", AT)
    overseer.says("1", AT)
    assert [note.short for note in notes(stage)] == ["Biên Sơn", "Chũ"]


def test_a_day_after_the_last_one_for_reports_is_asked_anew(stage, overseer):
    overseer.says("bảng gọi điện", AT)
    assert "chỉ nhận đến hết thứ Ba 5/4/2022" in overseer.says("1 đã gọi, hẹn 20/4", AT)


def test_a_unit_that_has_filed_need_not_promise(stage, overseer):
    chu = stage.person("secretary", "Chũ", "web")
    overseer.says("bảng gọi điện", AT)
    assert "Hẹn báo cáo" in overseer.says("Chũ hẹn mai", AT)
    chu.says("quý này không có ai", AT)
    chu.says("1", AT)
    assert "Chũ không còn phải báo quý này" in overseer.says("1", AT)
    assert notes(stage) == []


def test_who_wishes_to_be_called_comes_first_though_the_unit_owes_nothing(stage, officer):
    secretary = stage.person("secretary", "Kim Sơn", "web", "Vi Thị Mai")
    secretary.says("gọi lại cho tôi", AT)
    sheet = officer.says("bảng gọi điện", AT)
    assert "1. Kim Sơn · nhờ gọi lại\n– Bí thư Vi Thị Mai (chưa có số): nhờ gọi lại lúc 14:05" in sheet
    assert "Hẹn ngày" not in officer.says("1", AT)
    officer.says("1", AT)
    assert "Việc nhờ gọi lại (1) được ghi là đã xong" in str(officer.last)
    officer.says("1", AT)
    assert "Kim Sơn" not in officer.says("bảng gọi điện", AT)


def test_a_wish_of_somebody_who_did_not_answer_is_still_to_be_seen_to(stage, officer):
    secretary = stage.person("secretary", "Chũ", "web", "Vi Thị Mai")
    secretary.says("gọi lại cho tôi", AT)
    officer.says("bảng gọi điện", AT)
    officer.says("1 không nghe máy", AT + MINUTE)
    officer.says("1", AT + MINUTE)
    assert "Vi Thị Mai" in officer.says("vướng mắc đang mở", AT + MINUTE)


def test_who_blocked_us_is_told_from_who_does_not_answer(stage, overseer):
    secretary = stage.person("secretary", "Chũ", "web")
    with stage.begin() as session:
        blocked = update(addresses).where(addresses.c.value == secretary.address)
        session.execute(blocked.values(blocked_at=AT - timedelta(days=3)))
    sheet = overseer.says("bảng gọi điện", AT)
    assert "Chũ 0/2 · tin nhắn không đến được ai" in sheet
    assert "đã chặn tin nhắn từ 25/3" in sheet


def test_every_conversation_that_a_unit_may_leave_half_way_has_a_name():
    of_units = {Action.REPORT, Action.FILE, Action.ADD_CELL, Action.HAND_OVER, Action.INVITE}
    asking = {script.name for script in ALL if script.asks and script.needs in of_units}
    assert asking <= set(BEGUN)
    assert set(BEGUN) <= {script.name for script in ALL}


def test_a_number_told_by_somebody_is_theirs_and_is_told_anew(stage):
    secretary = stage.person("secretary", "Chũ", "web")
    assert "số điện thoại để huyện gọi" in secretary.says("số điện thoại", AT)
    assert "chưa nhận ra số" in secretary.says("12345", AT)
    assert "0912 345 678" in secretary.says("0912 345 678", AT)
    assert "0987 654 321" in secretary.says("sđt 0987654321", AT)
    with stage.begin() as session:
        held = books_of_people.held_on(session, AT.date())
        logged = session.execute(select(audit).where(audit.c.act == "tell phone")).all()
    assert [one.phone for one in held if one.person_id == secretary.id] == ["0987654321"]
    assert not any("0987" in str(entry) or "0912" in str(entry) for entry in logged)


def test_the_number_of_an_invitation_is_that_of_whoever_joins(stage, officer):
    unit = stage.unit("Chũ")
    with stage.begin() as session:
        made = invite(
            session,
            unit,
            Role.SECRETARY,
            now=AT,
            below=secrets.randbelow,
            name="Vi Thị Mai",
            phone="0912345678",
        )
    assert "Bí thư Vi Thị Mai 0912 345 678: chưa tham gia, mã mời gửi 28/3 chưa dùng" in _all_pages(officer)
    stage.stranger("web").says(shown(made.code), AT)
    assert "Bí thư Vi Thị Mai 0912 345 678: chưa đến lượt nhắc" in _all_pages(officer)


def _all_pages(someone):
    pages = [someone.says("bảng gọi điện", AT)]
    while "Xem tiếp" in pages[-1]:
        pages.append(someone.says("xem tiếp", AT))
    return "\n".join(pages)
