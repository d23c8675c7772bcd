"""`chibo rollup`: how all units stand in a quarter, as text or as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from bot.cli_words import Command, Trouble, example

if TYPE_CHECKING:
    from domain.office import Office
    from domain.period import Quarter
    from domain.progress import RollUp
    from storage.session import Session


def _a_quarter(_ctx: click.Context, param: click.Parameter, said: str | None) -> Quarter | None:
    from domain.period import Quarter

    if said is None:
        return None
    try:
        return Quarter.parse(said.strip().upper())
    except ValueError:
        raise click.BadParameter("hãy ghi như 2022-Q1.", param=param) from None


@click.command(
    cls=Command,
    help="Tổng hợp toàn huyện: kết nạp so với chỉ tiêu, đơn vị nào đã báo, chưa báo, đạt, chưa đạt.\n\n"
    + example(
        "chibo rollup",
        "chibo rollup --quarter 2022-Q1",
        "chibo rollup --quarter 2022-Q1 --at 2022-03-31T17:00 --json",
    ),
)
@click.option(
    "--quarter",
    metavar="QUÝ",
    callback=_a_quarter,
    help="Quý, ví dụ 2022-Q1; mặc định là quý đang báo cáo.",
)
@click.option("--at", "moment", metavar="LÚC", help="Như sổ đã ghi vào lúc ấy, ví dụ 2022-03-31T17:00.")
@click.option("--json", "as_json", is_flag=True, help="In JSON cho chương trình khác đọc.")
def rollup(quarter: Quarter | None, moment: str | None, as_json: bool) -> None:
    """Print the roll-up of a quarter as the books stood at a moment."""
    from bot.door import open_door, read_at
    from domain.office import CountBy, Office

    door = open_door()
    as_of = door.now() if moment is None else read_at(moment, door.settings)
    office = Office(
        name=door.settings.office, timezone=door.settings.zone, count_by=CountBy(door.settings.count_by)
    )
    with door.books() as begin, begin() as session:
        found = _found(session, quarter, as_of, office)
    click.echo(_json(found, office) if as_json else _text(found, office))


def _found(session: Session, quarter: Quarter | None, as_of: datetime, office: Office) -> RollUp:
    from domain.deadline import reported_quarter
    from domain.errors import NoPlan
    from domain.period import Quarter
    from storage.queries.progress import grace_days_of
    from storage.queries.rollup import roll_up

    today = office.day_of(as_of)
    if quarter is None:
        quarter = reported_quarter(today, grace_days_of(session, Quarter.of(today).previous.year))
    try:
        return roll_up(session, quarter, as_of, office)
    except NoPlan as lacking:
        raise Trouble(
            f"Sổ chưa có kế hoạch năm {lacking.year}; hãy chạy: chibo plan import TỆP, "
            "hoặc chọn quý khác bằng --quarter."
        ) from None


def _json(found: RollUp, office: Office) -> str:
    import json

    from messages.figures.rollup_json import rollup_json

    return json.dumps(rollup_json(found, office.timezone), ensure_ascii=False, indent=2)


def _text(found: RollUp, office: Office) -> str:
    from domain.office import NamesShown
    from messages.rollup_words import rollup_words
    from messages.say import Hearer, render

    words = rollup_words(found, office.name, office.day_of(found.as_of))
    return render(words, Hearer(NamesShown.FULL, office.timezone, office.name))
