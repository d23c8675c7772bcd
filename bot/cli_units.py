"""`chibo units`: facts about units, from a file."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli_words import Group, example

units = Group(
    "units",
    help="Nạp số đảng viên và ngày kết nạp gần nhất của các đơn vị.\n\n"
    + example("chibo units import dang-so.csv --check"),
    no_args_is_help=True,
)


@units.command(
    name="import",
    short_help="Nạp số đảng viên, ngày kết nạp gần nhất từ tệp csv hoặc xlsx.",
    help="Nạp số đảng viên và ngày kết nạp gần nhất của đảng bộ, chi bộ từ tệp csv hoặc xlsx.\n\n"
    "Cột: don_vi, so_dang_vien, ket_nap_gan_nhat (15/03/2019, 3/2019 hoặc 2019); truc_thuoc là đảng bộ của chi bộ, "
    "cần khi nhiều chi bộ cùng tên. Ô để trống thì giữ số cũ. Tệp sai thì từng lỗi được nêu và không ghi gì. "
    "Nạp lại đúng tệp cũ không làm thay đổi gì.\n\n"
    + example("chibo units import dang-so.csv --check", "chibo units import dang-so.xlsx"),
)
@click.argument("file", metavar="TỆP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Chỉ kiểm tra tệp, không ghi.")
def import_file(file: Path, only_check: bool) -> None:
    """Bring in how strong units are, or only check the file."""
    from bot.cli_overseers import read_table, refuse
    from bot.door import open_door
    from bot.unit_import import COLUMNS, read_strengths, write_strengths

    rows, faults = read_table(file, COLUMNS)
    door = open_door()
    with door.books() as begin, begin() as session:
        lines, wrong = read_strengths(session, rows, door.today) if rows else ((), ())
        refuse([*faults, *wrong])
        if only_check:
            click.echo(f"Tệp đúng: số liệu của {len(lines)} đơn vị.\nChưa ghi gì vào sổ.")
            return
        done = write_strengths(session, lines, door.now())
    click.echo(f"Đã ghi số liệu của {done.changed} đơn vị; {done.same} đơn vị không thay đổi.")
