"""Overseers from a file: every fault named, nothing written unless all is right, and the same file twice is once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from openpyxl import Workbook

from bot.access.enrol import Enrolled, enrol
from domain.people import Role
from storage.queries import people
from storage.queries.senders import lock_senders, sender_of

NOW = datetime(2022, 3, 24, 1, 0, tzinfo=UTC)
GOOD = """ho_ten,don_vi,so_dien_thoai
Giáp Văn Tiến,Biên Sơn; Chũ,0912 345 678
Vi Thị Hạ,tan moc,
Giáp Văn Tiến,Tân Sơn,
"""


def held(office):
    found = office.books(lambda session: people.held_on(session, NOW.date()))
    return sorted((one.name, one.unit.short, one.phone) for one in found if one.role is Role.OVERSEER)


def given(text, name="phu-trach.csv", encoding="utf-8"):
    from pathlib import Path

    Path(name).write_text(text, encoding=encoding)
    return name


def test_a_file_is_checked_and_nothing_is_written(office):
    left = office("overseers", "import", given(GOOD), "--check")
    assert (left.code, left.err) == (0, "")
    assert left.out.splitlines()[0] == "Tệp đúng: 2 ủy viên phụ trách 4 đơn vị; 2 người chưa có trong sổ."
    assert "Chưa có người phụ trách: 51 đơn vị (Biển Động, " in left.out
    assert left.out.splitlines()[-1] == "Chưa ghi gì vào sổ."
    assert held(office) == []


def test_a_file_is_written_and_the_same_file_again_changes_nothing(office):
    first = office("overseers", "import", given(GOOD))
    assert (first.code, first.err) == (0, "")
    assert "Đã ghi 4 phân công phụ trách mới, 0 phân công đã có từ trước." in first.out
    assert "Người mới trong sổ: Giáp Văn Tiến, Vi Thị Hạ" in first.out
    assert "Chưa tham gia: Giáp Văn Tiến, Vi Thị Hạ." in first.out
    rows = [
        ("Giáp Văn Tiến", "Biên Sơn", "0912345678"),
        ("Giáp Văn Tiến", "Chũ", "0912345678"),
        ("Giáp Văn Tiến", "Tân Sơn", "0912345678"),
        ("Vi Thị Hạ", "Tân Mộc", None),
    ]
    assert held(office) == rows
    again = office("overseers", "import", given(GOOD))
    assert "Đã ghi 0 phân công phụ trách mới, 4 phân công đã có từ trước." in again.out
    assert held(office) == rows
    shown = office("overseers", "show").out.splitlines()
    assert shown[0].strip() == "1  Giáp Văn Tiến: Biên Sơn, Chũ, Tân Sơn"
    assert shown[-1].startswith("Chưa có người phụ trách (51): ")


def test_every_fault_is_named_with_its_line_and_nothing_is_written(office):
    text = """tt;ho_ten;don_vi;so_dien_thoai;ghi chú
1;Giáp Văn Tiến;Biên Sơn;0912345678;
2;;Chũ;;
3;Tiến;Chũ;;
4;Vi Thị Hạ;Tan;12;
5;Vi Thị Hạ;;;
6;Giáp Văn Tiến;bien son;0987654321;
7;Vi Thị Hạ;Qwerty;;
8;Vi Thị Hạ;Lục Ngạn;;
"""
    left = office("overseers", "import", given(text))
    assert (left.code, left.out) == (1, "")
    assert left.err.splitlines() == [
        "Dòng 1: không có cột «ghi chú».",
        "Dòng 3: thiếu họ tên.",
        "Dòng 4: «Tiến» không phải họ tên đầy đủ.",
        "Dòng 5: «12» không phải số điện thoại.",
        "Dòng 5: không rõ đơn vị «Tan». Có phải: Tân Hoa, Tân Mộc, Tân Lập, Tân Quang, Tân Sơn?",
        "Dòng 6: thiếu đơn vị.",
        "Dòng 7: Giáp Văn Tiến phụ trách Biên Sơn đã có ở dòng 2.",
        "Dòng 7: Giáp Văn Tiến có số điện thoại khác ở dòng 2.",
        "Dòng 8: không rõ đơn vị «Qwerty». Xem các đơn vị: chibo plan show",
        "Dòng 9: Lục Ngạn không phải đảng bộ, chi bộ cơ sở; ủy viên phụ trách các tổ chức cơ sở.",
        "Tệp có 10 lỗi; không ghi gì vào sổ.",
    ]
    assert held(office) == []


@pytest.mark.parametrize("text", ["", "Biên Sơn,Giáp Văn Tiến\n", "ho_ten,don_vi\n"])
def test_a_file_that_is_no_table_is_refused_in_words(office, text):
    left = office("overseers", "import", given(text))
    assert (left.code, left.out) == (1, "")
    assert left.err.startswith(("Tệp trống", "Thiếu dòng tên cột", "Tệp không có dòng nào"))


def test_somebody_of_the_same_name_on_the_books_is_asked_about_and_never_guessed(office):
    office.books(
        lambda session: people.appoint(
            session,
            people.add(session, "Vi Thị Hạ", NOW),
            next(iter(people_units(session, "Chũ"))),
            Role.SECRETARY,
            since=NOW.date(),
            at=NOW,
        )
    )
    left = office("overseers", "import", given(GOOD))
    assert left.code == 1
    assert left.err.splitlines()[0] == (
        "Dòng 3: trong sổ đã có Vi Thị Hạ: số 1 (bí thư Chũ). "
        "Ghi số ấy vào cột so_nguoi, hoặc ghi «mới» nếu là người khác."
    )
    head = "ho_ten,don_vi,so_nguoi\nVi Thị Hạ,Tân Mộc,"
    assert "số 7" in office("overseers", "import", given(f"{head}7\n")).err
    assert office("overseers", "import", given(f"{head}1\n")).code == 0
    assert len(office.books(lambda session: people.everybody(session, NOW.date()))) == 1
    assert office("overseers", "import", given(f"{head}mới\n")).code == 0
    assert len(office.books(lambda session: people.everybody(session, NOW.date()))) == 2


def people_units(session, short):
    from storage.queries.units import all_units

    return [unit.id for unit in all_units(session, NOW.date()) if unit.short == short]


def test_others_are_named_and_end_only_when_that_is_said(office):
    office("overseers", "import", given(GOOD))
    less = given("ho_ten,don_vi\nGiáp Văn Tiến,Biên Sơn\n")
    kept = office("overseers", "import", less)
    assert (
        "không có trong tệp: Giáp Văn Tiến (Chũ), Vi Thị Hạ (Tân Mộc), Giáp Văn Tiến (Tân Sơn)." in kept.out
    )
    assert len(held(office)) == 4
    ended = office("overseers", "import", less, "--end-others")
    assert "Đã kết thúc 3 phân công không có trong tệp." in ended.out
    assert [(name, unit) for name, unit, _ in held(office)] == [("Giáp Văn Tiến", "Biên Sơn")]


def test_one_code_opens_all_the_units_of_an_overseer(office, tmp_path):
    left = office("overseers", "import", given(GOOD), "--sheet", "phieu.html")
    assert "Đã tạo 2 mã mời, in tại: phieu.html" in left.out
    page = (tmp_path / "phieu.html").read_text(encoding="utf-8")
    assert "Giáp Văn Tiến" in page
    import re

    code = re.findall(r"[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{3}", page)[0]

    def join(session):
        lock_senders(session, [("telegram", "1")], NOW)
        sender = sender_of(session, "telegram", "1", NOW.date())
        return enrol(session, sender, code, now=NOW, today=NOW.date())

    joined = office.books(join)
    assert isinstance(joined, Enrolled)
    assert joined.name == "Giáp Văn Tiến"
    mine = office.books(lambda session: people.person_on(session, joined.person, NOW.date()))
    assert [each.unit.short for each in mine.appointments] == ["Biên Sơn", "Chũ", "Tân Sơn"]
    assert "Chưa tham gia: Vi Thị Hạ." in office("overseers", "import", given(GOOD)).out


def test_a_workbook_and_the_headings_of_an_office_do_as_well(office):
    book = Workbook()
    sheet = book.active
    sheet.append(["Phân công phụ trách"])
    sheet.append(["TT", "Họ và tên", "Đơn vị phụ trách"])
    sheet.append([1, "Giáp Văn Tiến", "Biên Sơn, Chũ"])
    book.save("phu-trach.xlsx")
    assert office("overseers", "import", "phu-trach.xlsx").code == 0
    assert [unit for _, unit, _ in held(office)] == ["Biên Sơn", "Chũ"]


def test_a_unit_of_two_overseers_is_worth_knowing_and_no_fault(office):
    text = "ho_ten,don_vi\nGiáp Văn Tiến,Biên Sơn\nVi Thị Hạ,Biên Sơn\n"
    left = office("overseers", "import", given(text), "--check")
    assert left.code == 0
    assert "Biên Sơn có nhiều người phụ trách: Giáp Văn Tiến, Vi Thị Hạ." in left.out
