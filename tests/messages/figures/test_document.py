from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from hypothesis import given, settings

from domain.batch import Lesson
from domain.facts import Schooling
from domain.figures import Figures, OpenIssue
from domain.office import Office
from domain.period import Quarter
from domain.progress import Breakdown, FilingKind, HeadsRate
from domain.strength import FewMembers, LongWithout
from messages.figures.document import FORM, document
from messages.figures.document_facts import against
from tests.harness.figures import any_figures, figures

OFFICE = Office()
SOME = {"Biên Sơn": (2, 0, 0, 0), "Chũ": (2, 0, 0, 0), "Thanh Hải": (2, 0, 0, 0), "THPT số 3": (4, 0, 0, 0)}
FILED = {"Biên Sơn": FilingKind.FILED, "Chũ": FilingKind.FILED, "Kim Sơn": FilingKind.NIL}


def lines(all_of: Figures, office: Office = OFFICE) -> list[str]:
    """The report's paragraphs, without its tables."""
    return [each.text for each in Document(io.BytesIO(document(all_of, office))).paragraphs]


def tables(all_of: Figures) -> list[list[list[str]]]:
    found = Document(io.BytesIO(document(all_of, OFFICE))).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in found]


def test_it_has_the_form_of_a_party_office():
    head, signed, _ = tables(figures())
    assert head[0][0].splitlines() == ["HUYỆN ỦY LỤC NGẠN", "BAN TỔ CHỨC", "*", "Số         -BC/BTCHU"]
    assert head[0][1].splitlines() == ["ĐẢNG CỘNG SẢN VIỆT NAM", "", "Lục Ngạn, ngày 31 tháng 3 năm 2022"]
    assert lines(figures())[:3] == ["BÁO CÁO", "kết quả kết nạp đảng viên quý I năm 2022", "-----"]
    assert signed[0][0].splitlines()[0] == "Nơi nhận:"
    assert signed[0][0].splitlines()[-1] == "- Lưu: Ban Tổ chức."
    assert signed[0][1].split() == ["TRƯỞNG", "BAN"]


def test_a_committee_is_signed_for_on_its_behalf():
    found = Document(io.BytesIO(document(figures(), Office(name="Huyện ủy Lục Ngạn")))).tables[1]
    assert found.rows[0].cells[1].text.splitlines()[:2] == ["T/M BAN THƯỜNG VỤ", "BÍ THƯ"]


def test_the_schooling_is_told_where_any_was():
    told = {**dict.fromkeys(Schooling, 0), Schooling.UNIVERSITY: 6, Schooling.UPPER_SECONDARY: 2}
    said = lines(figures(SOME, breakdown=Breakdown(women=4, schooling=told)))
    assert "Trình độ học vấn: THPT 2 (20,0%); đại học 6 (60,0%); chưa rõ 2 (20,0%)." in said
    assert not any(line.startswith("Trình độ học vấn") for line in lines(figures(SOME)))


def test_its_parts_stand_in_the_order_of_a_report():
    numbered = [line for line in lines(figures()) if line[:2] in ("1.", "2.", "3.", "4.", "5.", "6.")]
    assert numbered == [
        "1. Kết quả kết nạp đảng viên",
        "2. Cơ cấu đảng viên mới kết nạp",
        "3. Tình hình thực hiện của các đơn vị",
        "4. Tỷ lệ trưởng thôn, tổ trưởng tổ dân phố là đảng viên",
        "5. Khó khăn, vướng mắc",
        "6. Nhiệm vụ thời gian tới",
    ]


def test_it_holds_the_figures():
    said = lines(figures(SOME, filed=FILED, breakdown=Breakdown(women=4, minority=3)))
    assert (
        "Trong quý I, toàn Đảng bộ kết nạp 10 đảng viên, đạt 21,7% chỉ tiêu quý (46 đảng viên). Từ đầu năm "
        "đến nay kết nạp 10 đảng viên, đạt 4,5% chỉ tiêu giao cả năm (220 đảng viên) và 5,0% mục tiêu của "
        "Kế hoạch (từ 200 đảng viên trở lên)."
    ) in said
    assert "Trong số 10 đảng viên kết nạp trong quý có: nữ 4 (40,0%); dân tộc thiểu số 3 (30,0%)." in said
    assert "- Vượt chỉ tiêu (2 đơn vị): Biên Sơn 2/1, THPT số 3: 4/3." in said
    assert "- Đạt chỉ tiêu (1 đơn vị): Chũ 2/2." in said
    assert "- Chưa đạt chỉ tiêu (1 đơn vị): Thanh Hải 2/3." in said
    assert "- Báo cáo không phát sinh (1 đơn vị): Kim Sơn." in said
    assert "- Không có chỉ tiêu trong quý (26 đơn vị)." in said
    assert any(line.startswith("- Chưa báo cáo (25 đơn vị): Biển Động, Cẩm Sơn") for line in said)
    assert (
        "- Chỉ tiêu giao quý II là 71 đảng viên; để đạt lũy kế 117 đảng viên vào cuối quý II, "
        "toàn Đảng bộ cần kết nạp thêm 107 đảng viên."
    ) in said


def test_what_is_asked_of_the_units_below_target_says_whom_it_counts():
    said = lines(figures(SOME, filed=FILED))
    asked = "- 26 đơn vị chưa đạt chỉ tiêu quý I (kể cả 25 đơn vị chưa báo cáo) rà soát nguồn"
    assert any(line.startswith(asked) for line in said)


def test_a_unit_that_reports_without_a_target_still_counts_as_one_without_a_target():
    said = lines(figures({**SOME, "Kim Sơn": (1, 0, 0, 0)}))
    assert any("Kim Sơn 1/0" in line for line in said if line.startswith("- Vượt"))
    assert any(line.startswith("Có 29/55 đơn vị được giao chỉ tiêu") for line in said)
    assert "- Không có chỉ tiêu trong quý (26 đơn vị)." in said


def test_the_village_heads_and_what_they_lack_are_told():
    whole = figures()
    whole = replace(whole, roll_up=replace(whole.roll_up, heads=HeadsRate(members=250, total=289)))
    assert (
        "Có 250/289 trưởng thôn, tổ trưởng tổ dân phố là đảng viên, đạt 86,5%; mục tiêu của Kế hoạch từ 90% "
        "trở lên, còn thiếu 11 đồng chí."
    ) in lines(whole)
    assert "Chưa có số liệu báo cáo; mục tiêu của Kế hoạch từ 90% trở lên." in lines(figures())


def test_obstacles_are_told_as_they_were_written():
    issues = (OpenIssue(unit="Sa Lý", text="Thiếu nguồn & chưa có lớp <bồi dưỡng>"),)
    said = lines(replace(figures(), issues=issues))
    assert "Có 1 vướng mắc chưa được giải quyết:" in said
    assert "- Sa Lý: Thiếu nguồn & chưa có lớp <bồi dưỡng>." in said
    assert "- Xem xét, trả lời 1 vướng mắc nêu trên." in said
    assert "Không có vướng mắc chưa giải quyết." in lines(figures())


def test_what_units_have_learnt_is_told_with_the_day_of_its_batch():
    whole = figures()
    unit = whole.roll_up.units[0].unit
    learnt = Lesson(
        unit=unit.id, batch=date(2022, 3, 11), told_on=date(2022, 3, 15), text="Thẩm tra sớm & đủ"
    )
    said = lines(replace(whole, roll_up=replace(whole.roll_up, lessons=(learnt,))))
    assert f"- {unit.short} (11/3): Thẩm tra sớm & đủ." in said
    assert not any("rút kinh nghiệm" in line for line in lines(whole))


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (10, 8, "tăng 2 đảng viên (25,0%)"),
        (8, 10, "giảm 2 đảng viên (20,0%)"),
        (8, 8, "bằng cùng kỳ"),
        (2, 0, "tăng 2 đảng viên"),
    ],
)
def test_the_same_period_is_compared(now, before, words):
    assert against(now, before) == words


def test_the_year_before_is_told_where_the_books_have_it():
    assert "So với cùng kỳ năm 2021 (8 đảng viên): tăng 2 đảng viên (25,0%)." in lines(
        replace(figures(SOME), year_before=8)
    )
    assert "Sổ theo dõi chưa có số liệu năm 2021 để so sánh với cùng kỳ." in lines(figures(SOME))


def test_after_the_last_quarter_the_year_is_reckoned_up():
    said = lines(figures(SOME, quarter=Quarter(2022, 4)))
    assert (
        "- So với chỉ tiêu giao cả năm (220 đảng viên), toàn Đảng bộ còn thiếu 210 đảng viên; các cấp ủy rà soát "
        "nguồn, xây dựng kế hoạch kết nạp đảng viên năm 2023."
    ) in said


def test_the_table_has_every_unit_and_sums():
    *_, table = tables(figures(SOME, filed=FILED))
    assert len(table) == 2 + 2 + 55 + 2 + 1
    assert table[3] == ["1", "Biên Sơn", "1", "2", "200,0%", "5", "2", "40,0%", "đã chốt"]
    assert [row[2:8] for row in table if row[0] in ("Cộng", "TỔNG CỘNG")] == [
        ["41", "6", "14,6%", "178", "6", "3,4%"],
        ["5", "4", "80,0%", "42", "4", "9,5%"],
        ["46", "10", "21,7%", "220", "10", "4,5%"],
    ]


@settings(max_examples=10)
@given(any_figures())
def test_any_figures_fill_the_form_and_leave_no_mark(all_of):
    found = Document(io.BytesIO(document(all_of, OFFICE)))
    words = " ".join(
        [each.text for each in found.paragraphs]
        + [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    )
    assert not {"{{", "}}", "{%", "%}"} & set(words.split())
    assert "None" not in words
    assert str(all_of.roll_up.admitted.year) in words


def test_the_form_names_nobody_who_made_it():
    properties = Document(str(FORM)).core_properties
    assert (properties.author, properties.last_modified_by) == ("{{ office }}", "")


def test_the_same_figures_are_the_same_file():
    assert document(figures(SOME), OFFICE) == document(figures(SOME), OFFICE)


def test_units_with_few_members_or_long_without_an_admission_are_named_where_the_units_stand():
    known = {row.unit.short: row.unit for row in figures().roll_up.units}
    cell = replace(known["Chũ"], short="Thôn 3")
    weak = replace(
        figures(),
        roll_up=replace(
            figures().roll_up,
            few_members=(
                FewMembers(unit=cell, members=5, above="Chũ"),
                FewMembers(unit=known["THPT số 3"], members=7),
            ),
            long_without=(LongWithout(unit=known["THPT số 3"], since=date(2018, 3, 26)),),
        ),
    )
    said = lines(weak)
    first = said.index("Các đơn vị, chi bộ cần tập trung tạo nguồn:")
    assert said[first + 1 : first + 3] == [
        "- Dưới 9 đảng viên (2): Thôn 3 (Chũ) 5, THPT số 3: 7.",
        "- Từ 3 năm trở lên chưa kết nạp được đảng viên, lần gần nhất (1): THPT số 3 từ 3/2018.",
    ]
    heads = said.index("4. Tỷ lệ trưởng thôn, tổ trưởng tổ dân phố là đảng viên")
    assert said.index("3. Tình hình thực hiện của các đơn vị") < first < heads
    assert any("ở 2 đơn vị, chi bộ ít đảng viên hoặc lâu chưa kết nạp" in line for line in said)
    assert not any("tạo nguồn" in line for line in lines(figures()))
