"""`chibo plan frame`: what is laid down for several years together, and what each of them has used of it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Final

import click

from bot.cli_words import Command, Trouble, example

if TYPE_CHECKING:
    from domain.frame import Frame
    from domain.office import Office
    from storage.session import Session

Years = tuple[int, int]
Used = tuple[int, int, int | None]
"""A year, what it has brought, and what was assigned to it where that is known."""
_YEARS: Final = re.compile(r"(20\d\d)[-–](20\d\d)")
_USED: Final = re.compile(r"(20\d\d)=(\d{1,6})(?:/(\d{1,6}))?")


def _years(_ctx: click.Context, param: click.Parameter, said: str) -> Years:
    found = _YEARS.fullmatch(said.strip())
    if found is None or found[1] > found[2]:
        raise click.BadParameter("hãy ghi như 2021-2025.", param=param)
    return int(found[1]), int(found[2])


def _used(_ctx: click.Context, param: click.Parameter, said: tuple[str, ...]) -> tuple[Used, ...]:
    found = [_USED.fullmatch(each.strip()) for each in said]
    if None in found:
        raise click.BadParameter("hãy ghi như 2021=215 hoặc 2021=215/210.", param=param)
    return tuple((int(each[1]), int(each[2]), int(each[3]) if each[3] else None) for each in found if each)


@click.command(
    cls=Command,
    name="frame",
    help="Ghi khung kết nạp của nhiều năm do cấp trên giao, và xem mỗi năm đã dùng bao nhiêu.\n\n"
    "Không có --admissions thì chỉ in khung đang có. Năm chưa có kế hoạch trong sổ thì ghi kết quả bằng --used.\n\n"
    + example(
        "chibo plan frame 2021-2025 --admissions 1100 --number 04-KH/BTCTU \\",
        "    --signed 2021-01-27 --used 2021=215/210",
        "chibo plan frame 2021-2025 --admissions 1150 --number 04-KH/BTCTU \\",
        '    --signed 2021-01-27 --amend "Công văn số 9"',
        "chibo plan frame 2021-2025",
    ),
)
@click.argument("years", metavar="NĂM-NĂM", callback=_years)
@click.option(
    "--admissions", type=click.IntRange(0, 1_000_000), metavar="SỐ", help="Số đảng viên giao cả giai đoạn."
)
@click.option("--number", metavar="SỐ_KÝ_HIỆU", help="Số kế hoạch giao, ví dụ 04-KH/BTCTU.")
@click.option("--signed", type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]), metavar="NGÀY", help="Ngày ký.")
@click.option(
    "--used",
    multiple=True,
    metavar="NĂM=SỐ[/GIAO]",
    callback=_used,
    help="Năm chưa có kế hoạch trong sổ: đã kết nạp, và chỉ tiêu giao nếu biết.",
)
@click.option("--amend", "reason", metavar="LÝ_DO", help="Thay khung đã có, ghi rõ căn cứ.")
def frame(
    years: Years,
    admissions: int | None,
    number: str | None,
    signed: datetime | None,
    used: tuple[Used, ...],
    reason: str | None,
) -> None:
    """Lay down a frame of several years, or only print it."""
    from bot.door import open_door
    from domain.office import CountBy, Office

    given = _given(years, admissions, number, signed)
    door = open_door()
    office = Office(
        name=door.settings.office, timezone=door.settings.zone, count_by=CountBy(door.settings.count_by)
    )
    with door.books() as begin, begin() as session:
        at = door.now()
        _must_fit(session, years, given, used, reason)
        _write(session, given, used, reason, at)
        click.echo(_framed(session, years, at, office))


def _given(years: Years, admissions: int | None, number: str | None, signed: datetime | None) -> Frame | None:
    from domain.frame import Frame

    if admissions is None:
        return None
    if number is None:
        raise click.UsageError("Khung cần --number SỐ_KÝ_HIỆU của kế hoạch giao.")
    day = None if signed is None else signed.date()
    return Frame(first=years[0], last=years[1], admissions=admissions, number=number, signed_on=day)


def _before(session: Session, years: Years) -> Frame | None:
    from storage.queries.frames import frames_of

    return next((each for each in frames_of(session) if (each.first, each.last) == years), None)


def _must_fit(
    session: Session, years: Years, given: Frame | None, used: tuple[Used, ...], reason: str | None
) -> None:
    """Refuse another frame for the same years without a reason, and what the books know of a year already."""
    from storage.queries.plan_terms import plan_terms

    name, before = f"{years[0]}-{years[1]}", _before(session, years)
    if given is None and before is None:
        raise Trouble(f"Sổ chưa có khung {name}; hãy thêm --admissions SỐ --number SỐ_KÝ_HIỆU.")
    if given is not None and before is not None and before != given and reason is None:
        raise Trouble(
            f"Khung {name} đã có trong sổ, giao {before.admissions}, khác với lần này; "
            'nếu đây là điều chỉnh, hãy thêm --amend "căn cứ điều chỉnh".'
        )
    for year, _, _ in used:
        if not years[0] <= year <= years[1]:
            raise Trouble(f"Năm {year} không nằm trong khung {name}; hãy bỏ --used {year}.")
        if plan_terms(session, year) is not None:
            raise Trouble(f"Sổ đã có kế hoạch năm {year}, số liệu lấy từ báo cáo; hãy bỏ --used {year}.")


def _write(
    session: Session, given: Frame | None, used: tuple[Used, ...], reason: str | None, at: datetime
) -> None:
    from storage.queries.frames import lay_down, tell_year

    if given is not None:
        lay_down(session, given, at, reason)
    for year, admitted, assigned in used:
        tell_year(session, year, assigned, admitted, at)


def _framed(session: Session, years: Years, at: datetime, office: Office) -> str:
    from domain.office import NamesShown
    from messages.frame_words import frame_words
    from messages.say import Hearer, render
    from storage.queries.frames import frame_use

    found = _before(session, years)
    if found is None:
        raise LookupError(f"no frame of {years}")
    words = frame_words(frame_use(session, found, at, office))
    return render(words, Hearer(NamesShown.FULL, office.timezone, office.name))
