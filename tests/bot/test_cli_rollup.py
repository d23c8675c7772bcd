"""`chibo rollup`: text, JSON, files, and what it says when there is nothing to roll up."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select

from domain.facts import Schooling
from storage.session import open_engine, unit_of_work
from storage.tables import units
from tests.harness.district import admit, file_quarter


@pytest.fixture
def books(chibo, tmp_path):
    """The shipped plan, and two reports of the first quarter."""
    chibo.set(clock_start="2022-03-24T07:55")
    assert chibo("init").code == 0
    engine = open_engine(f"sqlite:///{tmp_path / 'chibo.db'}")
    with unit_of_work(engine)() as session:
        ids = {row.name: row.id for row in session.execute(select(units.c.id, units.c.name))}
        at = datetime(2022, 3, 20, 2, tzinfo=UTC)
        admit(session, ids["Biên Sơn"], date(2022, 3, 15), at=at, gender="nữ")
        admit(session, ids["Biên Sơn"], date(2022, 3, 16), at=at, gender="nam")
        file_quarter(session, ids["Biên Sơn"], _q1(), "filed", at)
    engine.dispose()


def _q1():
    from domain.period import Quarter

    return Quarter(2022, 1)


def test_the_text_is_what_the_district_reads(chibo, books):
    left = chibo("rollup")
    assert (left.code, left.err) == (0, "")
    lines = left.out.splitlines()
    assert lines[0] == "KẾT NẠP ĐẢNG VIÊN QUÝ I/2022 · Lục Ngạn"
    assert lines[1].startswith("Tính đến 07:55 ngày 24/3/2022")
    assert lines[2] == "Kết nạp: 2/46 chỉ tiêu quý (4,3%)"
    assert "Từ đầu năm: 2/220 chỉ tiêu giao (0,9%) · 2/200 mục tiêu (1,0%)" in lines
    assert "Báo cáo: 1/29 đơn vị có chỉ tiêu đã chốt" in lines
    assert "Vượt (1): Biên Sơn 2/1" in lines
    assert "Không có chỉ tiêu quý I: 26 đơn vị" in lines


def test_the_json_holds_every_unit_and_totals_that_are_their_sums(chibo, books):
    left = chibo("rollup", "--quarter", "2022-Q1", "--at", "2022-03-31T17:00", "--json")
    assert left.code == 0
    found = json.loads(left.out)
    assert found["as_of"] == "2022-03-31T17:00:00+07:00"
    assert found["plan"] == {"year": 2022, "number": "72-KH/HU", "pledged": 200, "assigned": 220}
    assert len(found["units"]) == 55
    assert found["units"][0]["unit"] == "Biên Sơn"
    assert found["units"][0]["admitted"] == {"quarter": 2, "to_date": 2, "year": 2}
    for span in ("quarter", "to_date", "year"):
        for what in ("target", "admitted"):
            assert found["totals"][span][what] == sum(unit[what][span] for unit in found["units"])
    assert found["filings"] == {"not_due": 26, "silent": 28, "draft": 0, "nil": 0, "filed": 1}
    assert found["breakdown"]["women"] == 1
    assert set(found["breakdown"]["schooling"]) == set(Schooling)


def test_the_books_are_read_as_they_stood(chibo, books):
    found = json.loads(chibo("rollup", "--quarter", "2022-Q1", "--at", "2022-03-19", "--json").out)
    assert found["totals"]["quarter"] == {"target": 46, "admitted": 0}


def test_each_quarter_has_its_target(chibo, books):
    targets = [
        json.loads(chibo("rollup", "--quarter", f"2022-q{n}", "--json").out)["totals"]["to_date"]["target"]
        for n in (1, 2, 3, 4)
    ]
    assert targets == [46, 117, 189, 220]


def test_a_quarter_that_is_none_is_bad_usage(chibo):
    left = chibo("rollup", "--quarter", "quý một")
    assert left.code == 2
    assert left.err.splitlines() == [
        "Tùy chọn --quarter không dùng được: hãy ghi như 2022-Q1. Xem: chibo rollup --help"
    ]


def test_a_year_without_a_plan_is_said_to_have_none(chibo, books):
    left = chibo("rollup", "--quarter", "2023-Q1")
    assert (left.code, left.out) == (1, "")
    assert left.err.startswith("Sổ chưa có kế hoạch năm 2023; hãy chạy: chibo plan import")


def test_the_files_hold_the_figures_of_the_json(chibo, books, tmp_path):
    asked = ("--quarter", "2022-Q1", "--at", "2022-03-31T17:00")
    files = ("--xlsx", "bieu.xlsx", "--docx", "bao-cao.docx", "--png", "bieu-do.png")
    left = chibo("rollup", *asked, *files, "--json")
    assert (left.code, left.err) == (0, "")
    totals = json.loads(left.out)["totals"]
    table = load_workbook(tmp_path / "bieu.xlsx", data_only=True).worksheets[0]
    grand = next(row for row in table.iter_rows(values_only=True) if row[0] == "TỔNG CỘNG")
    assert grand[2:4] == (totals["year"]["target"], totals["year"]["admitted"])
    assert grand[6:8] == (totals["quarter"]["target"], totals["quarter"]["admitted"])
    report = "\n".join(each.text for each in Document(str(tmp_path / "bao-cao.docx")).paragraphs)
    assert "toàn Đảng bộ kết nạp 2 đảng viên, đạt 4,3% chỉ tiêu quý (46 đảng viên)" in report
    assert (tmp_path / "bieu-do.png").read_bytes().startswith(b"\x89PNG")


def test_the_table_for_the_rating_is_of_the_whole_year(chibo, books, tmp_path):
    left = chibo(
        "rollup", "--quarter", "2022-Q1", "--at", "2022-04-20T08:00", "--rating", "xep-loai.xlsx", "--json"
    )
    assert (left.code, left.err) == (0, "")
    totals = json.loads(left.out)["totals"]
    table = load_workbook(tmp_path / "xep-loai.xlsx", data_only=True).worksheets[0]
    grand = next(row for row in table.iter_rows(values_only=True) if row[0] == "TỔNG CỘNG")
    assert grand[2:4] == (totals["year"]["target"], totals["year"]["admitted"])
    assert grand[5] == 29


def test_the_text_says_which_files_were_written(chibo, books, tmp_path):
    left = chibo("rollup", "--png", "bieu-do.png")
    assert left.out.splitlines()[0] == "KẾT NẠP ĐẢNG VIÊN QUÝ I/2022 · Lục Ngạn"
    assert left.out.splitlines()[-1] == "Đã ghi: bieu-do.png"


def test_a_file_that_cannot_be_written_is_one_line(chibo, books):
    left = chibo("rollup", "--xlsx", "khong-co/bieu.xlsx")
    assert (left.code, left.out) == (1, "")
    assert left.err.startswith("Không ghi được tệp «khong-co/bieu.xlsx»")
    assert len(left.err.splitlines()) == 1


def test_what_draws_files_is_loaded_only_when_one_is_asked_for():
    look = (
        "import sys, bot.cli, bot.cli_rollup, bot.premises, messages.figures.outputs;"
        "print({'xlsxwriter', 'docxtpl', 'docx', 'lxml', 'PIL', 'openpyxl'} & set(sys.modules))"
    )
    seen = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "set()"


def test_the_help_has_an_example(chibo):
    assert "chibo rollup --quarter 2022-Q1 --at 2022-03-31T17:00 --json" in chibo("rollup", "--help").out
