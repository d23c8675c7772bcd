from __future__ import annotations

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.plan import PlanRow
from domain.plan_table import accepted_rows, check
from messages.figures.plan_file import UnreadableFile, read_plan_file
from storage.data import shipped_plan_path
from tests.harness.plan_files import FLAT, annex_grid, as_csv, as_xlsx, flat_grid

SHIPPED = accepted_rows(read_plan_file(shipped_plan_path().read_bytes()))
names = st.lists(
    st.from_regex(r"Xã [BCDGHKLMN][aeiou]{2,6}", fullmatch=True), min_size=1, max_size=12, unique=True
)


@st.composite
def plans(draw: st.DrawFn) -> tuple[PlanRow, ...]:
    """Any plan that adds up, in one table or two."""
    units = draw(names)
    first_table = draw(st.integers(1, len(units)))
    rows = []
    for place, name in enumerate(units):
        block = 1 if place < first_table else 2
        quarters = draw(st.tuples(*[st.integers(0, 20)] * 4))
        rows.append(
            PlanRow(
                line=0,
                block=block,
                position=place + 1 if block == 1 else place + 1 - first_table,
                name=name,
                total=sum(quarters),
                quarters=quarters,
            )
        )
    return tuple(rows)


def sentences(content: bytes) -> list[str]:
    return [fault.sentence for fault in check(read_plan_file(content))]


def unplaced(rows: tuple[PlanRow, ...]) -> list[tuple[object, ...]]:
    """The rows without the numbers of their lines, which differ from file to file."""
    return [(row.block, row.position, row.name, row.total, row.quarters) for row in rows]


def test_the_shipped_plan_is_that_of_2022():
    assert len(SHIPPED) == 55
    assert sum(row.total for row in SHIPPED) == 220
    assert [sum(row.quarters[n] for row in SHIPPED) for n in range(4)] == [46, 71, 72, 31]
    assert [sum(row.total for row in SHIPPED if row.block == block) for block in (1, 2)] == [178, 42]
    assert [sum(row.quarters[n] == 0 for row in SHIPPED) for n in range(4)] == [26, 15, 14, 33]
    assert sum(row.total == 0 for row in SHIPPED) == 8


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_of_any_usual_kind_is_read(separator, encoding):
    content = as_csv(flat_grid(SHIPPED), separator, encoding)
    assert unplaced(accepted_rows(read_plan_file(content))) == unplaced(SHIPPED)


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_the_annex_as_it_is_printed_is_read(write):
    assert unplaced(accepted_rows(read_plan_file(write(annex_grid(SHIPPED))))) == unplaced(SHIPPED)


def test_numbers_that_excel_keeps_as_decimals_are_whole():
    grid = flat_grid(SHIPPED)
    grid[1][3] = 5.0
    assert sentences(as_xlsx(grid)) == []


def test_names_in_decomposed_vietnamese_are_composed():
    content = unicodedata.normalize("NFD", shipped_plan_path().read_text(encoding="utf-8")).encode()
    assert unplaced(accepted_rows(read_plan_file(content))) == unplaced(SHIPPED)


@settings(max_examples=40)  # four files each
@given(plans())
def test_any_plan_that_adds_up_passes_and_comes_back_from_csv_and_xlsx(rows):
    for content in (
        as_csv(flat_grid(rows)),
        as_xlsx(flat_grid(rows)),
        as_csv(annex_grid(rows), ";"),
        as_xlsx(annex_grid(rows)),
    ):
        assert unplaced(accepted_rows(read_plan_file(content))) == unplaced(rows)


@given(plans(), st.data())
def test_any_changed_figure_is_found_and_named(rows, data):
    grid = annex_grid(rows)
    places = [
        (line, column)
        for line, cells in enumerate(grid)
        for column, cell in enumerate(cells)
        if isinstance(cell, int)
    ]
    line, column = data.draw(st.sampled_from(places))
    before = grid[line][column]
    grid[line][column] = data.draw(st.integers(-5, 2000).filter(lambda figure: figure != before))
    faults = check(read_plan_file(as_csv(grid)))
    if column > 1:
        assert any(fault.line == line + 1 for fault in faults)
    else:
        assert any("TT" in fault.sentence for fault in faults)


BROKEN = [
    ("a total that is not the sum", (7, 3, 7), "Dòng 8, Giáp Sơn: tổng ghi 7 nhưng bốn quý cộng lại là 6."),
    ("a quarter changed", (7, 4, 0), "Dòng 8, Giáp Sơn: tổng ghi 6 nhưng bốn quý cộng lại là 5."),
    ("words for a number", (2, 5, "hai"), "Dòng 3, Biển Động, cột Quý II: «hai» không phải số nguyên."),
    ("half an admission", (2, 5, "2,5"), "Dòng 3, Biển Động, cột Quý II: «2,5» không phải số nguyên."),
    ("a negative", (2, 5, -2), "Dòng 3, Biển Động, cột Quý II: -2 là số âm."),
    ("an absurd figure", (4, 3, 11000), "Dòng 5, Chũ, cột Tổng: 11000 quá lớn (nhiều nhất 1000)."),
    ("an empty cell", (4, 7, ""), "Dòng 5, Chũ, cột Quý IV: ô trống (không có thì ghi 0)."),
    ("no name", (9, 2, ""), "Dòng 10: thiếu tên đơn vị."),
    ("a unit twice", (9, 2, "Chũ"), "Dòng 10, Chũ: đơn vị này đã có ở dòng 5."),
    ("a unit twice, unmarked", (9, 2, "CHU"), "Dòng 10, CHU: đơn vị này đã có ở dòng 5 («Chũ»)."),
    ("a number left out", (29, 1, 30), "Dòng 30, Trù Hựu: biểu 1 thiếu TT 29 trước dòng này."),
    ("a number twice", (29, 1, 28), "Dòng 30, Trù Hựu: TT 28 đã có ở dòng 29."),
    ("no number", (29, 1, "x"), "Dòng 30, Trù Hựu, cột TT: «x» không phải số nguyên."),
    ("an unknown heading", (0, 4, "thang_1"), "Dòng 1, cột 5: không hiểu tiêu đề «thang_1»."),
    ("a heading twice", (0, 5, "quy_1"), "Dòng 1, cột 6: tiêu đề «quy_1» có hai lần."),
]


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
@pytest.mark.parametrize(("change", "sentence"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_broken_cell_is_named(write, change, sentence):
    line, column, value = change
    grid = flat_grid(SHIPPED)
    grid[line][column] = value
    assert sentence in sentences(write(grid))


def test_what_cannot_be_read_is_one_fault_only():
    grid = annex_grid(SHIPPED)
    grid[4][3] = "một"
    assert sentences(as_csv(grid)) == ["Dòng 5, Biên Sơn, cột Quý I: «một» không phải số nguyên."]


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_a_group_total_and_the_grand_total_are_checked(write):
    grid = annex_grid(SHIPPED)
    group = next(number for number, line in enumerate(grid) if line[:1] == ["Cộng"])
    grid[group][4] = 55
    grid[-1][0] = "Tổng cộng: 221 đảng viên."
    assert sentences(write(grid)) == [
        f"Dòng {group + 1}, Cộng biểu 1, cột Quý II: ghi 55 nhưng các dòng cộng lại là 54.",
        f"Dòng {len(grid)}, Tổng cộng, cột Tổng: ghi 221 nhưng tất cả các dòng cộng lại là 220.",
    ]


@pytest.mark.parametrize("column", range(1, 8))
def test_a_missing_column_is_one_fault(column):
    grid = [line[:column] + line[column + 1 :] for line in flat_grid(SHIPPED)]
    heading = ["Biểu", "TT", "Tên đơn vị", "Tổng", "Quý I", "Quý II", "Quý III", "Quý IV"][column]
    assert sentences(as_csv(grid))[0] == f"Dòng 1: thiếu cột {heading}."


def test_tables_that_nothing_tells_apart_lack_the_column_that_does():
    assert sentences(as_csv([line[1:] for line in flat_grid(SHIPPED)])) == ["Dòng 1: thiếu cột Biểu."]


def test_one_table_needs_no_column_for_the_table():
    grid = [line[1:] for line in flat_grid([row for row in SHIPPED if row.block == 1])]
    assert sentences(as_csv(grid)) == []


def test_a_row_with_too_many_or_too_few_cells_is_named():
    grid = flat_grid(SHIPPED)
    grid[3].append("thừa")
    del grid[5][-2:]
    assert sentences(as_csv(grid)) == [
        "Dòng 4, Cẩm Sơn: thừa cột, có 9 ô mà tiêu đề có 8 cột.",
        "Dòng 6, Đồng Cốc: thiếu cột, có 6 ô mà tiêu đề có 8 cột.",
    ]


def test_a_row_outside_the_tables_is_not_passed_over():
    grid = annex_grid(SHIPPED)
    grid.append([30, "Tân Thêm", 1, 1, 0, 0, 0])
    assert sentences(as_csv(grid)) == [f"Dòng {len(grid)}: dòng «30 Tân Thêm 1 1 0 0 0» nằm ngoài biểu."]


def test_signatures_under_the_tables_are_passed_over():
    grid = [*annex_grid(SHIPPED), ["Nơi nhận:", "T/M BAN THƯỜNG VỤ"], ["- Lưu: Văn phòng Huyện ủy."]]
    assert sentences(as_csv(grid)) == []


def test_a_second_total_is_named():
    grid = annex_grid(SHIPPED)
    grid.append([*grid[-1]])
    assert sentences(as_csv(grid)) == [f"Dòng {len(grid)}, Tổng cộng: đã có dòng này ở dòng {len(grid) - 1}."]


def test_a_file_without_rows_or_without_a_heading_is_refused():
    assert sentences(as_csv([FLAT])) == ["Tệp không có dòng chỉ tiêu nào."]
    assert sentences(as_csv(flat_grid(SHIPPED)[1:]))[0].startswith("Không thấy dòng tiêu đề")
    assert sentences(as_xlsx([["Danh sách"]]))[0].startswith("Không thấy dòng tiêu đề")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "trống"),
        (b" \n", "trống"),
        (b"PK\x03\x04 no workbook", "hỏng"),
        (as_xlsx(flat_grid(SHIPPED))[:-300], "hỏng"),
        (b"\xd0\xcf\x11\xe0 old", "xls"),
        ("tt,đơn vị".encode("cp1258", "replace") + b"\xff\xfe", "UTF-8"),
        (b"tt\0\0", "csv"),
        (b"x" * 5_000_001, "5 MB"),
        (b"a\n" * 5_001, "5000 dòng"),
        (as_xlsx(flat_grid(SHIPPED), flat_grid(SHIPPED)), "nhiều trang"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(content, word):
    with pytest.raises(UnreadableFile) as refused:
        read_plan_file(content)
    assert word in refused.value.reason
    assert "\n" not in refused.value.reason


@given(st.binary(max_size=400))
def test_no_bytes_make_it_stumble(content):
    with suppress(UnreadableFile):
        assert check(read_plan_file(content))
