"""`chibo plan`: bring a year's plan in, and look at it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli_words import Group, Trouble, example

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.plan_import import GivenTerms
    from domain.plan_changes import PlanChange
    from domain.plan_faults import PlanFault
    from domain.plan_table import PlanTable
    from storage.queries.plans import PlanImport

plan = Group(
    "plan",
    help="Nạp và xem kế hoạch kết nạp đảng viên của năm.\n\n"
    + example("chibo plan import chi-tieu-2022.csv", "chibo plan show", "chibo plan frame 2021-2025"),
    no_args_is_help=True,
    lazy={"frame": ("bot.cli_frame:frame", "Ghi và xem khung nhiều năm, mỗi năm đã dùng bao nhiêu.")},
)


@plan.command(
    name="import",
    short_help="Nạp biểu giao chỉ tiêu từ tệp csv hoặc xlsx.",
    help="Nạp biểu giao chỉ tiêu từ tệp csv hoặc xlsx.\n\n"
    "Cột: bieu, tt, don_vi, tong, quy_1 … quy_4, hoặc tiêu đề như trong biểu kèm kế hoạch. "
    "Mọi dòng, cột, Cộng và Tổng cộng đều được cộng lại; tệp sai thì từng lỗi được nêu và không ghi gì. "
    "Nạp lại đúng tệp cũ không làm thay đổi gì.\n\n"
    + example(
        "chibo plan import chi-tieu-2022.csv --check",
        "chibo plan import chi-tieu-2022.csv",
        "chibo plan import bieu.xlsx --year 2023 --number 80-KH/HU \\",
        "    --signed 2023-02-10 --pledged 210",
        'chibo plan import bieu-moi.xlsx --amend "Công văn số 15 ngày 01/06/2022"',
    ),
)
@click.argument("file", metavar="TỆP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--check", "only_check", is_flag=True, help="Chỉ kiểm tra tệp, không ghi và không cần cơ sở dữ liệu."
)
@click.option("--year", type=click.IntRange(2000, 2099), metavar="NĂM", help="Năm của kế hoạch.")
@click.option("--number", metavar="SỐ_KÝ_HIỆU", help="Số kế hoạch, ví dụ 72-KH/HU.")
@click.option("--signed", type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]), metavar="NGÀY", help="Ngày ký.")
@click.option("--pledged", type=click.IntRange(0, 100_000), metavar="SỐ", help="Mục tiêu ghi trong lời văn.")
@click.option("--amend", "reason", metavar="LÝ_DO", help="Điều chỉnh kế hoạch đã có, ghi rõ căn cứ.")
def import_file(
    file: Path,
    only_check: bool,
    year: int | None,
    number: str | None,
    signed: datetime | None,
    pledged: int | None,
    reason: str | None,
) -> None:
    """Bring a plan in, or only check its file."""
    from bot.plan_import import GivenTerms

    given = GivenTerms(
        year=year, number=number, signed_on=None if signed is None else signed.date(), pledged=pledged
    )
    table = _read(file)
    if only_check:
        _say_checked(table)
    else:
        _import(given, table, file, reason)


def _read(file: Path) -> PlanTable:
    """The table of a file in which everything adds up; Trouble with every fault otherwise."""
    from domain.plan_table import accepted_rows, check
    from domain.plan_units import units_named_twice
    from messages.figures.plan_file import UnreadableFile, read_plan_file
    from storage.data import shipped_units

    try:
        table = read_plan_file(file.read_bytes())
    except UnreadableFile as refused:
        raise Trouble(refused.reason) from None
    except OSError as error:
        raise Trouble(f"Không đọc được {file} ({error.strerror}); hãy kiểm tra đường dẫn.") from error
    _refuse(check(table))
    _refuse(units_named_twice(accepted_rows(table), shipped_units()))
    return table


def _refuse(faults: Iterable[PlanFault]) -> None:
    sentences = [fault.sentence for fault in faults]
    if sentences:
        raise Trouble("\n".join([*sentences, f"Tệp có {len(sentences)} lỗi; không ghi gì vào sổ."]))


def _say_checked(table: PlanTable) -> None:
    from domain.plan_table import accepted_rows

    rows = accepted_rows(table)
    quarters = [sum(row.quarters[n] for row in rows) for n in range(4)]
    click.echo(f"Tệp đúng: {len(rows)} đơn vị, giao {sum(row.total for row in rows)}.")
    click.echo("  Quý I {} · quý II {} · quý III {} · quý IV {}".format(*quarters))
    for block in sorted({row.block for row in rows}):
        own = [row for row in rows if row.block == block]
        click.echo(f"  Biểu {block}: {len(own)} đơn vị, giao {sum(row.total for row in own)}")
    click.echo("Chưa ghi gì vào sổ.")


def _import(given: GivenTerms, table: PlanTable, file: Path, reason: str | None) -> None:
    from bot.door import open_door
    from bot.plan_import import plan_for, year_of
    from domain.plan_table import accepted_rows
    from storage.queries.closings import lock_quarters
    from storage.queries.periods import after_words
    from storage.queries.plans import import_plan

    door = open_door()
    year = year_of(given, table, file.name, door.today)
    with door.books() as begin, begin() as session:
        terms = plan_for(given, table, year, session)
        if terms is None:
            raise Trouble(f"Chưa rõ kế hoạch năm {year}; hãy thêm --number SỐ_KÝ_HIỆU và --signed NGÀY_KÝ.")
        lock_quarters(session)  # what waited for a closing is written after it
        at = after_words(session, door.now())
        outcome = import_plan(session, terms, accepted_rows(table), at=at, reason=reason)
    _say_imported(outcome)


def _say_imported(outcome: PlanImport) -> None:
    from messages.figures.plan_text import plan_summary, plan_title
    from storage.queries.plans import ImportOutcome

    title = plan_title(outcome.plan)
    match outcome.outcome:
        case ImportOutcome.IMPORTED:
            click.echo(f"Đã nạp {title}.\n{plan_summary(outcome.plan)}")
            if outcome.new_units:
                click.echo(f"  Đơn vị mới trong sổ: {len(outcome.new_units)}")
        case ImportOutcome.UNCHANGED:
            click.echo(f"{title} đã có trong sổ, đúng như tệp; không có gì thay đổi.")
        case ImportOutcome.AMENDED:
            click.echo(f"Đã điều chỉnh {title}:\n{_listed(outcome.changes)}\n{plan_summary(outcome.plan)}")
        case ImportOutcome.DIFFERS:
            raise Trouble(
                f"{title} đã có trong sổ và khác với tệp:\n{_listed(outcome.changes)}\n"
                'Không ghi gì. Nếu đây là điều chỉnh, hãy thêm --amend "căn cứ điều chỉnh".'
            )
        case ImportOutcome.REFUSED:
            _refuse(outcome.faults)


def _listed(changes: Iterable[PlanChange]) -> str:
    return "\n".join(f"  {change.sentence}" for change in changes)


@plan.command(
    short_help="In kế hoạch đang có trong sổ.",
    help="In kế hoạch đang có trong sổ, từng đơn vị một dòng.\n\n"
    + example("chibo plan show", "chibo plan show --year 2022 --at 2022-03-31T17:00"),
)
@click.option(
    "--year", type=click.IntRange(2000, 2099), metavar="NĂM", help="Năm; mặc định là kế hoạch mới nhất."
)
@click.option("--at", "moment", metavar="LÚC", help="Như sổ đã ghi vào lúc ấy, ví dụ 2022-03-31T17:00.")
def show(year: int | None, moment: str | None) -> None:
    """Print a plan with every unit."""
    from bot.door import open_door, read_at
    from messages.figures.plan_text import plan_table
    from storage.queries.plans import plan_of, plan_years

    door = open_door()
    at = None if moment is None else read_at(moment, door.settings)
    with door.books() as begin, begin() as session:
        years = plan_years(session)
        found = plan_of(session, year or max(years, default=0), at)
    if found is None:
        raise Trouble(_no_plan(year, years))
    click.echo(plan_table(found))


def _no_plan(year: int | None, years: tuple[int, ...]) -> str:
    if years:
        return f"Sổ không có kế hoạch năm {year}; có: {', '.join(map(str, years))}."
    return "Sổ chưa có kế hoạch nào; hãy chạy: chibo plan import TỆP"
