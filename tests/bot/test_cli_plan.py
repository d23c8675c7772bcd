from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, insert, select

from bot.plan_import import shipped_rows
from domain.period import Quarter
from storage.data import shipped_plan_path
from storage.queries.plans import plan_of
from storage.schema import upgrade
from storage.session import open_engine, unit_of_work
from storage.tables import closings, targets
from tests.harness.plan_files import annex_grid, as_csv, as_xlsx, flat_grid

MADE = "Đã nạp Kế hoạch 72-KH/HU năm 2022."


@pytest.fixture
def books(tmp_path, chibo):
    """Empty books in the folder in which the commands run."""
    engine = open_engine(f"sqlite:///{tmp_path / 'chibo.db'}")
    upgrade(engine)
    yield unit_of_work(engine)
    engine.dispose()


def assigned(books, year=2022) -> int | None:
    with books() as session:
        plan = plan_of(session, year)
    return None if plan is None else plan.assigned


def test_the_shipped_file_is_imported_with_both_denominators(chibo, books):
    left = chibo("plan", "import", str(shipped_plan_path()))
    assert (left.code, left.err) == (0, "")
    assert left.out.splitlines()[:3] == [
        MADE,
        "  Mục tiêu 200 · giao 220 · 55 đơn vị",
        "  Quý I 46 · quý II 71 · quý III 72 · quý IV 31",
    ]
    assert assigned(books) == 220


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bieu.xlsx", as_xlsx(annex_grid(shipped_rows()))),
        ("bieu.csv", as_csv(annex_grid(shipped_rows()), ";", "utf-8-sig")),
        ("ke-hoach.xlsx", as_xlsx(flat_grid(shipped_rows()))),
    ],
)
def test_the_same_figures_in_any_file_are_the_same_plan(chibo, books, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert chibo("plan", "import", name).out.startswith(MADE)
    again = chibo("plan", "import", str(shipped_plan_path()))
    assert (again.code, "không có gì thay đổi" in again.out) == (0, True)


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
@pytest.mark.parametrize("option", [[], ["--check"]])
def test_a_file_that_does_not_add_up_is_refused_with_every_fault_on_its_line(
    chibo, books, tmp_path, write, option
):
    grid = flat_grid(shipped_rows())
    grid[4][3], grid[7][4] = "x", 0
    (tmp_path / "sai.file").write_bytes(write(grid))
    left = chibo("plan", "import", "sai.file", *option)
    assert (left.code, left.out) == (1, "")
    assert left.err.splitlines() == [
        "Dòng 5, Chũ, cột Tổng: «x» không phải số nguyên.",
        "Dòng 8, Giáp Sơn: tổng ghi 6 nhưng bốn quý cộng lại là 5.",
        "Tệp có 2 lỗi; không ghi gì vào sổ.",
    ]
    assert assigned(books) is None


def test_a_check_needs_no_database_and_writes_none(chibo, tmp_path):
    left = chibo("plan", "import", str(shipped_plan_path()), "--check")
    assert left.code == 0
    assert left.out.startswith("Tệp đúng: 55 đơn vị, giao 220.")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_table_is_refused_in_one_line(chibo, books, tmp_path):
    (tmp_path / "anh.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    left = chibo("plan", "import", "anh.xlsx")
    assert (left.code, left.out, left.err.count("\n")) == (1, "", 1)


def changed(folder) -> str:
    """The shipped plan with one figure less."""
    text = shipped_plan_path().read_text(encoding="utf-8")
    less = text.replace("Sơn,6,1,2,2,1", "Sơn,5,1,2,2,0", 1)
    (folder / "moi-2022.csv").write_text(less, encoding="utf-8")
    return "moi-2022.csv"


def test_what_waited_for_a_closing_is_written_after_it(chibo, books, tmp_path):
    """The roll-up that the closing keeps was made without it."""
    chibo("plan", "import", str(shipped_plan_path()))
    closed = datetime(2099, 4, 6, tzinfo=UTC)
    row = {"quarter": Quarter(2022, 1), "kind": "closed", "last_day": closed.date(), "from_at": closed}
    with books() as session:
        session.execute(insert(closings).values(row))
    assert chibo("plan", "import", changed(tmp_path), "--amend", "Công văn 15").code == 0
    with books() as session:
        assert session.execute(select(func.max(targets.c.from_at))).scalar() > closed


def test_a_changed_file_needs_a_reason(chibo, books, tmp_path):
    changed(tmp_path)
    chibo("plan", "import", str(shipped_plan_path()))
    refused = chibo("plan", "import", "moi-2022.csv")
    assert refused.code == 1
    assert "  Giáp Sơn, quý IV: đang giao 1, tệp ghi 0." in refused.err.splitlines()
    assert assigned(books) == 220
    amended = chibo("plan", "import", "moi-2022.csv", "--amend", "Công văn 15")
    assert (amended.code, assigned(books)) == (0, 219)


def test_another_years_plan_needs_its_number_and_date(chibo, books, tmp_path):
    shutil.copy(shipped_plan_path(), tmp_path / "chi-tieu-2023.csv")
    refused = chibo("plan", "import", "chi-tieu-2023.csv")
    assert (refused.code, refused.err.count("\n"), assigned(books, 2023)) == (1, 1, None)
    left = chibo("plan", "import", "chi-tieu-2023.csv", "--number", "80-KH/HU", "--signed", "10/02/2023")
    assert left.out.startswith("Đã nạp Kế hoạch 80-KH/HU năm 2023.\n  Mục tiêu 220 · giao 220")


def test_the_terms_are_read_from_the_titles(chibo, books, tmp_path):
    note = ["(kèm theo Kế hoạch số 81-KH/HU ngày 12/02/2024 của Ban Thường vụ Huyện uỷ, chỉ tiêu năm 2024)"]
    (tmp_path / "bieu.xlsx").write_bytes(as_xlsx([note, *flat_grid(shipped_rows())]))
    assert chibo("plan", "import", "bieu.xlsx", "--pledged", "200").out.startswith(
        "Đã nạp Kế hoạch 81-KH/HU năm 2024.\n  Mục tiêu 200 · giao 220"
    )


def test_two_names_of_one_unit_are_refused(chibo, books, tmp_path):
    text = shipped_plan_path().read_text(encoding="utf-8").replace("Biển Động", "xã Biên Sơn")
    (tmp_path / "hai-2022.csv").write_text(text, encoding="utf-8")
    left = chibo("plan", "import", "hai-2022.csv", "--check")
    assert (left.code, left.err.splitlines()[0]) == (
        1,
        "Dòng 3, xã Biên Sơn: đơn vị này đã có ở dòng 2 («Biên Sơn»).",
    )


def test_the_plan_is_shown_in_eighty_columns(chibo, books):
    chibo("plan", "import", str(shipped_plan_path()))
    left = chibo("plan", "show")
    assert left.code == 0
    lines = left.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert len(lines) == 64
    assert lines[-1].split() == ["Tổng", "cộng", "220", "46", "71", "72", "31"]
    assert lines[13].split() == ["9", "Hộ", "Đáp", "HD", "6", "1", "1", "3", "1"]


def test_a_plan_that_is_not_there_is_told(chibo, books):
    assert chibo("plan", "show").err == "Sổ chưa có kế hoạch nào; hãy chạy: chibo plan import TỆP\n"
    chibo("plan", "import", str(shipped_plan_path()))
    assert chibo("plan", "show", "--year", "2023").err == "Sổ không có kế hoạch năm 2023; có: 2022.\n"
