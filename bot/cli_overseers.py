"""`chibo overseers`: who answers for which units, from a file and as the books have it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli_words import Group, Trouble, example

if TYPE_CHECKING:
    from bot.door import Door
    from bot.overseer_import import Imported, Reading
    from messages.figures.office_table import Columns, Row, TableFault

overseers = Group(
    "overseers",
    help="Nạp và xem phân công ủy viên phụ trách cụm.\n\n"
    + example("chibo overseers import phu-trach.csv --check", "chibo overseers show"),
    no_args_is_help=True,
)


@overseers.command(
    name="import",
    short_help="Nạp phân công phụ trách từ tệp csv hoặc xlsx.",
    help="Nạp phân công ủy viên phụ trách từ tệp csv hoặc xlsx.\n\n"
    "Cột: ho_ten, don_vi (nhiều đơn vị thì cách nhau bằng dấu chấm phẩy), so_dien_thoai và so_nguoi nếu cần. "
    "so_nguoi là số trong «chibo people list», hoặc «mới» khi trùng họ tên với người khác. "
    "Tệp sai thì từng lỗi được nêu và không ghi gì. Nạp lại đúng tệp cũ không làm thay đổi gì.\n\n"
    + example(
        "chibo overseers import phu-trach.csv --check",
        "chibo overseers import phu-trach.csv --sheet phieu-moi.html",
        "chibo overseers import phu-trach.csv --end-others",
    ),
)
@click.argument("file", metavar="TỆP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Chỉ kiểm tra tệp, không ghi.")
@click.option("--end-others", is_flag=True, help="Kết thúc các phân công phụ trách không có trong tệp.")
@click.option(
    "--sheet",
    type=click.Path(dir_okay=False),
    metavar="TỆP.html",
    help="Ghi phiếu mời A4 cho những người phụ trách chưa tham gia.",
)
def import_file(file: Path, only_check: bool, end_others: bool, sheet: str | None) -> None:
    """Bring in who oversees which units, or only check the file."""
    from bot.door import below, open_door
    from bot.overseer_import import COLUMNS, read_charges, write_charges

    if sheet is not None and not sheet.endswith((".html", ".htm")):
        raise click.UsageError("--sheet cần một tệp .html.")
    rows, faults = read_table(file, COLUMNS)
    door = open_door()
    with door.books() as begin, begin() as session:
        reading = read_charges(session, rows, door.today)
        refuse([*faults, *reading.faults])
        if only_check:
            _say_checked(reading)
            return
        done = write_charges(
            session,
            reading.charges,
            now=door.now(),
            today=door.today,
            end_others=end_others,
            below=None if sheet is None else below,
        )
    _say_imported(done, reading)
    if sheet is not None:
        _write(sheet, done, door)


def read_table(file: Path, columns: Columns) -> tuple[tuple[Row, ...], tuple[TableFault, ...]]:
    """The rows of a file and what is wrong with its headings; Trouble when it cannot be read."""
    from messages.figures.office_table import read_office_table
    from messages.figures.plan_file import UnreadableFile

    try:
        return read_office_table(file.read_bytes(), columns)
    except UnreadableFile as refused:
        raise Trouble(refused.reason) from None
    except OSError as error:
        raise Trouble(f"Không đọc được {file} ({error.strerror}); hãy kiểm tra đường dẫn.") from error


def refuse(faults: Iterable[TableFault]) -> None:
    """Trouble that names every fault, in the order of the lines, where there is any."""
    sentences = [fault.sentence for fault in sorted(faults, key=lambda fault: fault.line)]
    if sentences:
        raise Trouble("\n".join([*sentences, f"Tệp có {len(sentences)} lỗi; không ghi gì vào sổ."]))


def _say_checked(reading: Reading) -> None:
    people = {charge.who for charge in reading.charges}
    new = {charge.who for charge in reading.charges if charge.person is None}
    units = {charge.unit.id for charge in reading.charges}
    click.echo(
        f"Tệp đúng: {len(people)} ủy viên phụ trách {len(units)} đơn vị; {len(new)} người chưa có trong sổ."
    )
    for note in reading.notes:
        click.echo(f"  {note}")
    click.echo("Chưa ghi gì vào sổ.")


def _say_imported(done: Imported, reading: Reading) -> None:
    click.echo(f"Đã ghi {len(done.added)} phân công phụ trách mới, {done.kept} phân công đã có từ trước.")
    if done.new_people:
        click.echo(f"  Người mới trong sổ: {', '.join(done.new_people)}")
    if done.ended:
        click.echo(f"  Đã kết thúc {done.ended} phân công không có trong tệp.")
    elif done.others:
        named = ", ".join(f"{name} ({unit})" for name, unit in done.others)
        click.echo(f"  Trong sổ còn, không có trong tệp: {named}. Muốn kết thúc, thêm --end-others.")
    for note in reading.notes:
        click.echo(f"  {note}")
    if done.waiting and not done.invited:
        click.echo(f"  Chưa tham gia: {', '.join(done.waiting)}. In phiếu mời: thêm --sheet phieu-moi.html")


def _write(sheet: str, done: Imported, door: Door) -> None:
    from bot.cli_people import write_sheet
    from bot.links import links_of

    links = links_of(door.settings, lambda words: click.echo(words, err=True))
    write_sheet(sheet, door, done.invited, links)
    click.echo(f"Đã tạo {len(done.invited)} mã mời, in tại: {sheet}")


@overseers.command(
    help="In các cụm: ai phụ trách những đơn vị nào, và đơn vị nào chưa có người phụ trách.\n\n"
    + example("chibo overseers show")
)
def show() -> None:
    """Print the clusters."""
    from bot.door import open_door
    from domain.organisation import UnitKind
    from storage.queries.people import overseers_on
    from storage.queries.units import all_units

    door = open_door()
    with door.books() as begin, begin() as session:
        held = overseers_on(session, door.today)
        units = {u.id: u.short for u in all_units(session, door.today) if u.kind is UnitKind.GRASSROOTS}
    clusters: dict[tuple[int, str], list[str]] = {}
    for person, name, unit in held:
        if unit in units:
            clusters.setdefault((person, name), []).append(units[unit])
    for (person, name), shorts in clusters.items():
        click.echo(f"{person:>5}  {name}: {', '.join(shorts)}")
    cared_for = {unit for _, _, unit in held}
    alone = [short for unit, short in units.items() if unit not in cared_for]
    if alone:
        click.echo(f"Chưa có người phụ trách ({len(alone)}): {', '.join(alone)}")
