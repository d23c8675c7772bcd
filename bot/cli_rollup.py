"""`chibo rollup`: how all units stand in a quarter, as text, as JSON, and as files that people open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli_words import Command, Trouble, example

if TYPE_CHECKING:
    from domain.figures import Figures
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


_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(
    cls=Command,
    help="Tổng hợp toàn huyện: kết nạp so với chỉ tiêu, đơn vị nào đã báo, chưa báo, đạt, chưa đạt.\n\n"
    + example(
        "chibo rollup",
        "chibo rollup --quarter 2022-Q1",
        "chibo rollup --quarter 2022-Q1 --at 2022-03-31T17:00 --json",
        "chibo rollup --xlsx bieu.xlsx --docx bao-cao.docx --png bieu-do.png",
        "chibo rollup --quarter 2022-Q4 --rating xep-loai.xlsx",
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
@click.option("--xlsx", metavar="TỆP", type=_FILE, help="Ghi biểu tổng hợp (Excel) vào tệp này.")
@click.option("--docx", metavar="TỆP", type=_FILE, help="Ghi báo cáo (Word) vào tệp này.")
@click.option("--png", metavar="TỆP", type=_FILE, help="Ghi biểu đồ (hình) vào tệp này.")
@click.option(
    "--rating", metavar="TỆP", type=_FILE, help="Ghi bảng đánh giá, xếp loại của cả năm (Excel) vào tệp này."
)
def rollup(
    quarter: Quarter | None,
    moment: str | None,
    as_json: bool,
    xlsx: Path | None,
    docx: Path | None,
    png: Path | None,
    rating: Path | None,
) -> None:
    """Print the roll-up of a quarter as the books stood at a moment, and write the files asked for."""
    from bot.door import open_door, read_at
    from domain.office import CountBy, Office

    door = open_door()
    as_of = door.now() if moment is None else read_at(moment, door.settings)
    office = Office(
        name=door.settings.office,
        timezone=door.settings.zone,
        count_by=CountBy(door.settings.count_by),
        few_members=door.settings.few_members,
        years_without=door.settings.years_without_admission,
    )
    asked = (("xlsx", xlsx), ("docx", docx), ("png", png), ("rating", rating))
    wanted = {kind: path for kind, path in asked if path}
    with door.books() as begin, begin() as session:
        found = _found(session, quarter, as_of, office)
        figures = _figures(session, found, office, rated=rating is not None) if wanted else None
    if figures is not None:
        _write(wanted, figures, office)
    click.echo(_json(found, office) if as_json else _text(found, office))
    if wanted and not as_json:
        click.echo("\nĐã ghi: " + ", ".join(str(path) for path in wanted.values()))


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


def _figures(session: Session, found: RollUp, office: Office, *, rated: bool) -> Figures:
    from storage.queries.figures import figures_of

    return figures_of(session, found, office, rated=rated)


def _write(wanted: Mapping[str, Path], figures: Figures, office: Office) -> None:
    """Write the files, all or, where one cannot be drawn, none."""
    from domain.enclosure import Output
    from messages.figures.outputs import drawn

    drawings = [(path, drawn(Output(kind), figures, office)) for kind, path in wanted.items()]
    for path, content in drawings:
        try:
            path.write_bytes(content)
        except OSError as fault:
            raise Trouble(
                f"Không ghi được tệp «{path}» ({fault.strerror}); hãy kiểm tra thư mục, hoặc đóng tệp nếu đang mở."
            ) from None


def _json(found: RollUp, office: Office) -> str:
    import json

    from domain.rollup_json import rollup_json

    return json.dumps(rollup_json(found, office.timezone), ensure_ascii=False, indent=2)


def _text(found: RollUp, office: Office) -> str:
    from domain.office import NamesShown
    from messages.rollup_words import rollup_words
    from messages.say import Hearer, render

    words = rollup_words(found, office.name)
    return render(words, Hearer(NamesShown.FULL, office.timezone, office.name))
