"""Edited messages: what they say takes the place of what they said, and is never counted twice or lost in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from messages.channel import MessageKind
from storage.tables import admissions, inbox, revisions

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")
HOA = "kn Nguyễn Thị Hoa 15/3"
TWO = "kn Vi Văn Toàn, Lý Thị Nga 20/3"


@pytest.fixture
def secretary(stage):
    return stage.person("secretary", "Biên Sơn", "telegram")


def says(someone, *lines, at=AT):
    """The answer to the last of these lines."""
    return [someone.says(line, at) for line in lines][-1]


def counted(stage):
    with stage.begin() as session:
        rows = session.execute(
            select(revisions).where(revisions.c.until_at.is_(None)).order_by(revisions.c.admission_id)
        ).all()
    return [(row.name, row.ceremony_on) for row in rows if not row.withdrawn]


def reported(stage):
    with stage.begin() as session:
        return session.scalar(select(func.count()).select_from(admissions))


def test_an_edit_before_the_yes_is_what_the_yes_is_to(stage, secretary):
    says(secretary, HOA)
    assert "Ngày: 16/3/2022" in secretary.edits(HOA, "kn Nguyễn Thị Hoa 16/3", AT)
    assert "Đã ghi nhận" in says(secretary, "1")
    assert counted(stage) == [("Nguyễn Thị Hoa", date(2022, 3, 16))]


def test_a_yes_to_what_stood_there_before_the_edit_does_nothing(stage, secretary):
    says(secretary, HOA)
    early_yes = secretary.message("1", AT)
    secretary.edits(HOA, "kn Nguyễn Thị Hoa 16/3", AT)
    assert secretary.hears(early_yes).startswith("Câu này đã qua")
    assert counted(stage) == []


def test_an_answer_given_later_stays_when_the_line_is_edited_for_something_else(secretary):
    says(secretary, HOA, "sửa ngày 17/3")
    answer = secretary.edits(HOA, "kn Nguyễn Thị Hòa 15/3", AT)
    assert "Kết nạp: Nguyễn Thị Hòa" in answer
    assert "Ngày: 17/3/2022" in answer


def test_what_the_edited_line_says_no_more_is_asked(secretary):
    says(secretary, HOA)
    assert "Lễ kết nạp ngày nào?" in secretary.edits(HOA, "kn Nguyễn Thị Hoa", AT)


def test_an_answer_can_be_edited_while_the_conversation_goes_on(secretary):
    says(secretary, "kn Nguyễn Thị Hoa", "15/3")
    assert "Ngày: 16/3/2022" in secretary.edits("15/3", "16/3", AT)


def test_an_answer_edited_into_none_is_asked_again(secretary):
    says(secretary, "kn Nguyễn Thị Hoa", "15/3")
    assert "Lễ kết nạp ngày nào?" in secretary.edits("15/3", "chưa nhớ", AT)


def test_a_line_edited_into_another_wish_begins_that_instead(stage, secretary):
    says(secretary, HOA)
    assert "không phát sinh" in secretary.edits(HOA, "quý này không có ai", AT)
    assert "Đã ghi nhận" in says(secretary, "1")
    assert reported(stage) == 0
    assert "Không có việc nào đang dở" in says(secretary, "hủy")


@pytest.mark.parametrize(
    ("edit", "shown"),
    [
        ("kn Nguyễn Thị Hoa 16/3", ["Ngày: 15/3/2022 → 16/3/2022"]),
        ("kn Nguyễn Thị Hòa 15/3", ["Họ tên: N.T.H. → Nguyễn Thị Hòa"]),
        ("kn Nguyễn Thị Hoan sn 1999 nữ 15/3", ["→ Nguyễn Thị Hoan", "chưa có → 1999", "chưa có → nữ"]),
        ("kn Lý Thị Nga 15/3", ["Họ tên: N.T.H. → Lý Thị Nga"]),
        ("kn Nguyễn Thị Hoa 15/3 qđ số 12-QĐ/HU", ["Số quyết định: chưa có → 12-QĐ/HU"]),
        ("kn nguyen thi hoa ngay 15/3", ["vẫn đúng như vậy"]),
        ("kn Nguyễn Thị Hoa", ["vẫn đúng như vậy"]),
        ("quý này không có ai", ["không làm thay đổi sổ", "BS-22-01", "«sửa BS-22-01»"]),
        ("hủy", ["không làm thay đổi sổ", "BS-22-01"]),
    ],
)
def test_an_edit_of_what_was_recorded_offers_the_differences(stage, secretary, edit, shown):
    says(secretary, HOA, "1")
    answer = secretary.edits(HOA, edit, AT)
    for words in shown:
        assert words in answer
    assert reported(stage) == 1
    assert counted(stage) == [("Nguyễn Thị Hoa", date(2022, 3, 15))], "only a yes amends"


def test_one_yes_amends_and_the_way_back_is_an_edit_too(stage, secretary):
    says(secretary, HOA, "1")
    secretary.edits(HOA, "kn Nguyễn Thị Hoa 16/3", AT)
    assert "Đã ghi nhận" in says(secretary, "1")
    assert "16/3/2022 → 15/3/2022" in secretary.edits("kn Nguyễn Thị Hoa 16/3", HOA, AT)
    says(secretary, "1")
    assert counted(stage) == [("Nguyễn Thị Hoa", date(2022, 3, 15))]


def test_a_second_edit_takes_the_place_of_the_first_that_waits(stage, secretary):
    says(secretary, HOA, "1")
    secretary.edits(HOA, "kn Nguyễn Thị Hoa 16/3", AT)
    answer = secretary.edits("kn Nguyễn Thị Hoa 16/3", "kn Nguyễn Thị Hoa 17/3", AT)
    assert "15/3/2022 → 17/3/2022" in answer
    assert "mở" not in says(secretary, "1")
    assert counted(stage) == [("Nguyễn Thị Hoa", date(2022, 3, 17))]
    assert "Không có việc nào đang dở" in says(secretary, "hủy")


def test_what_was_changed_at_the_confirmation_is_not_changed_back_by_an_edit_of_the_name(secretary):
    says(secretary, HOA, "sửa ngày 17/3", "1")
    answer = secretary.edits(HOA, "kn Nguyễn Thị Hòa 15/3", AT)
    assert "Họ tên" in answer
    assert "Ngày" not in answer


def test_of_several_people_each_is_told_apart(stage, secretary):
    says(secretary, TWO, "1")
    answer = secretary.edits(TWO, "kn Vi Văn Toản, Lý Thị Nga 21/3", AT)
    assert answer.count("20/3/2022 → 21/3/2022") == 2
    assert answer.count("Họ tên") == 1
    says(secretary, "1")
    assert counted(stage) == [("Vi Văn Toản", date(2022, 3, 21)), ("Lý Thị Nga", date(2022, 3, 21))]


def test_somebody_left_out_is_withdrawn_and_somebody_added_is_reported(stage, secretary):
    says(secretary, TWO, "1")
    left_out = "kn Vi Văn Toàn 20/3"
    assert "Rút báo cáo BS-22-02" in secretary.edits(TWO, left_out, AT)
    says(secretary, "1")
    answer = secretary.edits(left_out, "kn Vi Văn Toàn, Hoàng Văn Sơn 20/3", AT)
    assert "Kết nạp: Hoàng Văn Sơn" in answer
    assert "Toàn" not in answer.replace("đã đọc lại", "")
    assert "BS-22-03" in says(secretary, "1")
    assert [name for name, _ in counted(stage)] == ["Vi Văn Toàn", "Hoàng Văn Sơn"]


def test_the_same_edit_that_comes_twice_is_answered_once(stage, secretary):
    says(secretary, HOA, "1")
    ref = next(iter(secretary.typed))
    edit = secretary.message("kn Nguyễn Thị Hoa 16/3", AT)
    edit = replace(edit, kind=MessageKind.EDIT, message_ref=ref)
    assert secretary.hears(edit) is not None
    assert secretary.hears(edit) is None
    with stage.begin() as session:
        assert session.scalar(select(func.count()).select_from(inbox).where(inbox.c.kind == "edit")) == 1


def test_yesterday_goes_on_meaning_the_day_before_the_message_was_sent(secretary):
    line = "kn Nguyễn Thị Hoa hôm qua"
    says(secretary, line, "1")
    answer = secretary.edits(line, "kn Nguyễn Thị Hoan hôm qua", AT + timedelta(hours=20))
    assert "Họ tên" in answer
    assert "Ngày" not in answer


def test_a_day_that_has_come_since_can_be_named_in_an_edit(secretary):
    says(secretary, HOA, "1")
    answer = secretary.edits(HOA, "kn Nguyễn Thị Hoa 29/3", AT + timedelta(hours=20))
    assert "15/3/2022 → 29/3/2022" in answer


@pytest.mark.parametrize(
    ("after", "taken"), [(timedelta(days=1), True), (timedelta(days=1, minutes=1), False)]
)
def test_a_day_later_an_edit_amends_nothing(secretary, after, taken):
    says(secretary, HOA, "1")
    answer = secretary.edits(HOA, "kn Nguyễn Thị Hoa 16/3", AT + after)
    assert ("→ 16/3/2022" in answer) is taken
    assert ("quá một ngày" in answer) is not taken


def test_an_edit_of_what_was_undone_or_withdrawn_brings_nothing_back(stage, secretary):
    says(secretary, HOA, "1", "hoàn tác", "1")
    assert "không làm thay đổi sổ" in secretary.edits(HOA, "kn Nguyễn Thị Hoa 16/3", AT)
    assert counted(stage) == []


def test_an_edited_correction_corrects_anew(stage, secretary):
    line = "nhầm, ngày 16/3 mới đúng"
    says(secretary, HOA, "1", line, "1")
    assert "16/3/2022 → 17/3/2022" in secretary.edits(line, "nhầm, ngày 17/3 mới đúng", AT)
    says(secretary, "1")
    assert counted(stage) == [("Nguyễn Thị Hoa", date(2022, 3, 17))]


def test_what_nothing_came_of_stays_so(stage, secretary):
    says(secretary, "tình hình đơn vị", HOA)
    answer = secretary.edits("tình hình đơn vị", "kn Lý Thị Nga 15/3", AT)
    assert answer.startswith("Sửa tin này không làm thay đổi sổ")
    assert "Kết nạp: Nguyễn Thị Hoa" in answer, "what waits comes again"
    assert reported(stage) == 0


def test_an_edit_of_a_message_that_never_came_is_told_so(secretary):
    secretary.typed["lost"] = "kn Lý Thị Nga 15/3"
    assert "không làm thay đổi sổ" in secretary.edits("kn Lý Thị Nga 15/3", "kn Lý Thị Nga 16/3", AT)


def test_the_messages_of_another_person_are_not_touched(stage, secretary):
    deputy = stage.person("deputy", "Biên Sơn", "telegram")
    says(secretary, HOA, "1")
    deputy.typed = dict(secretary.typed)
    assert "không làm thay đổi sổ" in deputy.edits(HOA, "kn Nguyễn Thị Hoa 16/3", AT)


def test_a_number_of_an_identity_card_is_refused_in_an_edit_too(secretary):
    says(secretary, HOA)
    answer = secretary.edits(HOA, "kn Nguyễn Thị Hoa 15/3, số 001099012345", AT)
    assert "→" not in answer
    assert "Kết nạp" not in answer
