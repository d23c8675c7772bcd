"""The strength of units from a file: every fault named, and what is there already is not written again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from domain.period import Quarter
from domain.strength import Strength
from storage.queries.strength import told_by
from storage.tables import audit, closings, member_counts, units


@pytest.fixture
def office(office):
    """An installation with the plan of 2022 and two cells of one name."""
    office.books(
        lambda session: [
            add_cell(session, code, parent) for code, parent in (("A1", "Chũ"), ("A2", "Trù Hựu"))
        ]
    )
    return office


def add_cell(session, code, parent):
    above = session.scalars(select(units.c.id).where(units.c.short == parent)).one()
    row = {"kind": "cell", "name": "Chi bộ Làng", "short": "Làng", "code": code, "parent_id": above}
    session.execute(insert(units).values(**row, aliases=[], block=0, position=0, valid_from=date(2022, 1, 1)))


def strength(office, code):
    def read(session):
        unit = session.scalars(select(units.c.id).where(units.c.code == code)).one()
        return told_by(session, unit).strength

    return office.books(read)


def given(text):
    Path("dang-so.csv").write_text(text, encoding="utf-8-sig")
    return "dang-so.csv"


GOOD = """don_vi,truc_thuoc,so_dang_vien,ket_nap_gan_nhat
Biên Sơn,,312,15/03/2022
Hạt Kiểm lâm,,7,3/2019
Làng,Chũ,5,2018
Làng,Trù Hựu,,2019-03-15
Quý Sơn,,,
"""


def test_a_file_is_checked_then_written_once(office):
    left = office("units", "import", given(GOOD), "--check")
    assert (left.code, left.out) == (0, "Tệp đúng: số liệu của 4 đơn vị.\nChưa ghi gì vào sổ.\n")
    assert not strength(office, "BS").is_known
    assert (
        office("units", "import", given(GOOD)).out
        == "Đã ghi số liệu của 4 đơn vị; 0 đơn vị không thay đổi.\n"
    )
    assert strength(office, "BS") == Strength(members=312, last_admission=date(2022, 3, 15))
    assert strength(office, "A1") == Strength(members=5, last_admission=date(2018, 12, 31))
    assert strength(office, "A2") == Strength(last_admission=date(2019, 3, 15))
    assert (
        office("units", "import", given(GOOD)).out
        == "Đã ghi số liệu của 0 đơn vị; 4 đơn vị không thay đổi.\n"
    )
    rows = office.books(lambda session: session.execute(select(member_counts)).all())
    assert len(rows) == 3
    assert {(row.by_person_id, row.inbox_id) for row in rows} == {(None, None)}
    acts = office.books(lambda session: session.scalars(select(audit.c.act)).all())
    assert list(acts).count("import strength") == 4


def test_a_new_figure_ends_the_one_before_and_an_empty_cell_leaves_it(office):
    office("units", "import", given(GOOD))
    office("units", "import", given("don_vi,so_dang_vien,ket_nap_gan_nhat\nBiên Sơn,320,\n"))
    assert strength(office, "BS") == Strength(members=320, last_admission=date(2022, 3, 15))
    rows = office.books(
        lambda session: session.execute(select(member_counts).order_by(member_counts.c.id)).all()
    )
    assert [(row.members, row.until_at is None) for row in rows if row.members > 300] == [
        (312, False),
        (320, True),
    ]


def test_what_waited_for_a_closing_is_written_after_it(office):
    """The roll-up that the closing keeps was made without it."""
    closed = datetime(2099, 4, 6, tzinfo=UTC)
    row = {"quarter": Quarter(2022, 1), "kind": "closed", "last_day": closed.date(), "from_at": closed}
    office.books(lambda session: session.execute(insert(closings).values(row)))
    office("units", "import", given(GOOD))
    told = office.books(lambda session: session.scalars(select(member_counts.c.from_at)).all())
    assert len(told) == 3
    assert min(told) > closed


def test_every_fault_is_named_with_its_line_and_nothing_is_written(office):
    text = """don_vi,so_dang_vien,ket_nap_gan_nhat
Biên Sơn,ba mươi,31/02/2019
Làng,5,
Qwerty,5,
,5,
Chũ,0,1/4/2022
Chũ,11,
Chũ,12,
Quý Sơn,10000,2023
"""
    left = office("units", "import", given(text))
    assert (left.code, left.out) == (1, "")
    assert left.err.splitlines() == [
        "Dòng 2: số đảng viên «ba mươi» phải là số từ 1 đến 9999.",
        "Dòng 2: «31/02/2019» không phải ngày đã qua; ghi như 15/03/2019, 3/2019 hoặc 2019.",
        "Dòng 3: có nhiều chi bộ «Làng»; hãy ghi đảng bộ vào cột truc_thuoc.",
        "Dòng 4: không rõ đơn vị «Qwerty». Xem các đơn vị: chibo plan show",
        "Dòng 5: thiếu tên đơn vị.",
        "Dòng 6: số đảng viên «0» phải là số từ 1 đến 9999.",
        "Dòng 6: ngày 1/4/2022 chưa đến.",
        "Dòng 8: Chũ đã có ở dòng 7.",
        "Dòng 9: số đảng viên «10000» phải là số từ 1 đến 9999.",
        "Dòng 9: «2023» không phải ngày đã qua; ghi như 15/03/2019, 3/2019 hoặc 2019.",
        "Tệp có 10 lỗi; không ghi gì vào sổ.",
    ]
    assert not strength(office, "BS").is_known


def test_a_file_without_any_figure_is_refused(office):
    left = office("units", "import", given("don_vi,so_dang_vien\nChũ,\n"))
    assert (left.code, "không có số liệu nào" in left.err) == (1, True)


def test_the_status_singles_out_what_was_imported(office):
    office("units", "import", given(GOOD))
    lines = office("rollup", "--at", "2022-03-25T08:00").out.splitlines()
    assert "Ít đảng viên (2): Làng (Chũ) 5, Hạt Kiểm lâm 7" in lines
    assert "Lâu chưa kết nạp (2): Làng (Chũ) từ 12/2018, Làng (Trù Hựu) từ 3/2019" in lines
    office.set(few_members="6", years_without_admission="0")
    lines = office("rollup", "--at", "2022-03-25T08:00").out.splitlines()
    assert "Ít đảng viên (1): Làng (Chũ) 5" in lines
    assert not any(line.startswith("Lâu chưa kết nạp") for line in lines)
