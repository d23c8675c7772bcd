"""`chibo rehearse`: what it prints, of whom, and what it says when it cannot."""

from __future__ import annotations

import json

import pytest

YEAR = ("--from", "2022-01-01", "--to", "2022-12-31")
PEOPLE = """don_vi,vai_tro,ho_ten
Biên Sơn,secretary,Vi Văn Sơn
Bien Son,phó bí thư,Lục Thị Mai
Biên Sơn,overseer,Giáp Văn Tiến
Chũ,ủy viên phụ trách,Giáp Văn Tiến
,district,Đỗ Thị Minh Châu
"""


@pytest.fixture
def books(chibo):
    chibo.set(clock_start="2022-03-24T07:00")
    assert chibo("init").code == 0


def test_without_people_each_unit_has_a_stand_in_and_nothing_is_written(chibo, books, tmp_path):
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    left = chibo("rehearse")
    assert (left.code, left.err) == (0, "")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    lines = left.out.splitlines()
    assert lines[1] == "Từ 07:00 thứ Năm 24/3/2022 đến trước 00:00 thứ Năm 7/4/2022."
    assert "Sổ chưa có ai tham gia: tạm cho mỗi đơn vị một bí thư, huyện một cán bộ." in lines
    assert "── 08:00 thứ Năm 24/3/2022 ".ljust(80, "─") in lines
    assert "Nhắc báo cáo quý → bí thư Biên Sơn" in lines
    assert "    [4. Vướng mắc]" in lines
    assert "Sổ quý I/2022 khóa." in lines
    assert lines[-5:-1] == [
        "    175 tin  Nhắc báo cáo quý, cho 30 đồng chí",
        "      8 tin  Tổng hợp cho huyện, cho 1 đồng chí",
        "      2 tin  Tin tuần, cho 1 đồng chí",
        "    185 tin  trong 9 lúc, cho 30 đồng chí",
    ]


def test_a_whole_year_fits_on_eighty_columns(chibo, books):
    lines = chibo("rehearse", *YEAR).out.splitlines()
    assert max(map(len, lines)) <= 80
    assert "── 17:00 thứ Bảy 31/12/2022 ".ljust(80, "─") in lines
    assert lines[-2].strip().startswith("975 tin  trong 82 lúc")


def test_people_may_come_from_a_file_in_place_of_those_on_the_books(chibo, books, tmp_path):
    (tmp_path / "nguoi.csv").write_text(PEOPLE, encoding="utf-8-sig")
    out = chibo("rehearse", "--people", "nguoi.csv").out
    assert "Người nhận: theo tệp đã cho, thay cho phân công trong sổ." in out
    assert "Nhắc báo cáo quý → phó bí thư Biên Sơn" in out
    assert "Nhắc báo cáo quý → ủy viên phụ trách Biên Sơn, Chũ" in out
    assert "bí thư Chũ" not in out.partition("Tổng cộng")[0]
    assert "Giáp Văn Tiến" not in out
    summary = " ".join(out.partition("Tổng cộng")[2].split())
    assert "đơn vị có chỉ tiêu, vì chưa có bí thư, phó bí thư nào tham gia: Biển Động, Cẩm Sơn" in summary


def test_the_file_may_be_what_invite_has_printed(chibo, books, tmp_path):
    rows = [{"unit": "Biên Sơn", "role": "secretary", "name": None, "code": "ABCD"}]
    (tmp_path / "nguoi.json").write_text(json.dumps(rows))
    assert "Nhắc báo cáo quý → bí thư Biên Sơn" in chibo("rehearse", "--people", "nguoi.json").out


def test_every_message_can_be_seen_in_full(chibo, books):
    brief, full = chibo("rehearse").out, chibo("rehearse", "--full").out
    assert "Cũng vậy, mỗi đồng chí về đơn vị mình (28): bí thư Biển Động, Cẩm Sơn" in " ".join(brief.split())
    assert "Cũng vậy" not in full
    assert full.count("Nhắc báo cáo quý → bí thư Chũ") == 6


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("Biên Sơn,secretary\n", "Dòng đầu của «nguoi.csv» phải là tên cột: don_vi,vai_tro,ho_ten."),
        ("don_vi,vai_tro\n", "Tệp «nguoi.csv» chưa có ai"),
        ("don_vi;vai_tro\nBiên Sơn;vua\n", "nguoi.csv, dòng 2: vai trò «vua» phải là một trong:"),
        ("don_vi,vai_tro\nTan,secretary\n", "nguoi.csv, dòng 2: Không rõ đơn vị «Tan». Có phải: Tân Hoa"),
        ("don_vi,vai_tro\n,secretary\n", "nguoi.csv, dòng 2: thiếu đơn vị."),
        ("[1]", "Tệp «nguoi.csv»: mục 1 phải như"),
        ("[{", "Tệp «nguoi.csv» không đúng dạng JSON"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_one_line(chibo, books, tmp_path, content, fault):
    (tmp_path / "nguoi.csv").write_text(content, encoding="utf-8")
    left = chibo("rehearse", "--people", "nguoi.csv")
    assert (left.code, left.out) == (1, "")
    assert left.err.startswith(fault)
    assert left.err.count("\n") == 1


@pytest.mark.parametrize(
    ("asked", "code", "fault"),
    [
        (("--from", "mai"), 1, "Không đọc được thời điểm «mai»"),
        (("--from", "2022-03-02", "--to", "2022-03-01"), 2, "--to phải sau --from."),
        (("--from", "2010-01-01", "--to", "2022-01-01"), 2, "Mỗi lần diễn tập nhiều nhất 3 năm"),
        (("--from", "2025-02-01"), 1, "Sổ chưa có kế hoạch năm 2025 (đang có: 2022)"),
        (("--people", "khong-co.csv"), 1, "Không mở được tệp «khong-co.csv»"),
    ],
)
def test_what_cannot_be_played_is_told_in_one_line(chibo, books, asked, code, fault):
    left = chibo("rehearse", *asked)
    assert (left.code, left.out) == (code, "")
    assert left.err.startswith(fault)
    assert left.err.count("\n") == 1


def test_without_books_it_says_how_to_make_them(chibo, tmp_path):
    left = chibo("rehearse")
    assert (left.code, left.err) == (1, "Chưa có cơ sở dữ liệu; hãy chạy: chibo init\n")
    assert not list(tmp_path.iterdir())


def test_a_span_of_years_without_a_plan_is_said_to_have_none(chibo, books):
    left = chibo("rehearse", "--from", "2019-01-01", "--to", "2019-12-31")
    assert left.code == 1
    assert left.err.startswith("Sổ chưa có kế hoạch năm 2019 (đang có: 2022)")


def test_it_plays_on_postgresql_too(chibo, postgresql_plan_url):
    chibo.set(clock_start="2022-03-24T07:00", database_url=postgresql_plan_url)
    left = chibo("rehearse")
    assert (left.code, left.err) == (0, "")
    assert "    185 tin  trong 9 lúc, cho 30 đồng chí" in left.out.splitlines()
