"""`chibo rehearse`: a period played on a copy of the books, and what would be sent to whom, with nothing sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from bot.cli_words import Command, Trouble, example

if TYPE_CHECKING:
    from bot.door import Door
    from bot.rehearsal.people_file import Entry
    from bot.rehearsal.play import Span
    from domain.deadline import Timetable
    from domain.office import Office
    from storage.session import Session

LONGEST: Final = timedelta(days=3 * 366)
_DAY: Final = timedelta(days=1)
_A_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@click.command(
    cls=Command,
    help="Diễn tập lịch nhắc: đồng hồ giả chạy qua một khoảng thời gian trên bản sao của sổ, in ra chibo sẽ nhắn ai, "
    "lúc nào, nội dung gì. Không gửi tin nào, không sửa gì trong sổ thật.\n\n"
    "Không ghi --from, --to thì diễn tập kỳ đang tới: từ bây giờ đến khi huyện nhận tổng hợp sau khóa sổ.\n\n"
    "Sổ chưa có ai tham gia thì mỗi đơn vị tạm có một bí thư, huyện có một cán bộ; hoặc lấy người từ tệp --people: "
    "tệp csv có dòng tên cột, mỗi dòng một người (hoặc JSON như «chibo people invite --json» in ra). Vai trò: "
    "secretary, deputy, cell_secretary, overseer, district hoặc bí thư, phó bí thư…; cùng họ tên là cùng một người.\n\n"
    + example(
        "chibo rehearse",
        "chibo rehearse --from 2022-01-01 --to 2022-12-31",
        "chibo rehearse --from 2022-03-24T07:00 --to 2022-04-06 --people nguoi.csv",
        "",
        "nguoi.csv:",
        "  don_vi,vai_tro,ho_ten",
        "  Biên Sơn,secretary,Vi Văn Sơn",
        "  Biên Sơn,phó bí thư,Lục Thị Mai",
        "  Biên Sơn,overseer,Giáp Văn Tiến",
        "  ,district,Đỗ Thị Minh Châu",
    ),
)
@click.option("--from", "begins", metavar="LÚC", help="Từ lúc nào, ví dụ 2022-01-01 hoặc 2022-03-24T07:55.")
@click.option("--to", "ends", metavar="LÚC", help="Đến lúc nào; chỉ ghi ngày thì tính hết ngày ấy.")
@click.option(
    "--people",
    metavar="TỆP",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Người nhận lấy từ tệp này.",
)
@click.option(
    "--full", is_flag=True, help="In nguyên văn tin của từng người, không gộp những tin giống nhau."
)
def rehearse(begins: str | None, ends: str | None, people: Path | None, full: bool) -> None:
    """Print what would be said to whom in a period."""
    from bot.door import open_door
    from bot.rehearsal.people_file import read_people

    entries = None if people is None else read_people(people)
    door = open_door()
    now = door.now()
    since = now if begins is None else _moment(begins, door, ends_day=False)
    until = None if ends is None else _moment(ends, door, ends_day=True)
    _check(since, until)
    office, timetable = _rules(door)
    with _copy(door) as session:
        span = _span(session, since, until, timetable)
        _print(session, now, span, office, timetable, entries, full)


def _check(since: datetime, until: datetime | None) -> None:
    if until is not None and until <= since:
        raise click.UsageError("--to phải sau --from.")
    if until is not None and until - since > LONGEST:
        raise click.UsageError("Mỗi lần diễn tập nhiều nhất 3 năm; hãy chọn --from, --to gần nhau hơn.")


def _rules(door: Door) -> tuple[Office, Timetable]:
    from bot.premises import office_of, timetable_in
    from domain.reminder_rules import RulesFaulty

    try:
        return office_of(door.settings), timetable_in(door.settings)
    except RulesFaulty as faulty:
        raise Trouble("\n".join(f"CHIBO_REMINDERS: {fault}" for fault in faulty.faults)) from faulty


@contextmanager
def _copy(door: Door) -> Iterator[Session]:
    """A copy of the books in memory, in a transaction that nobody keeps."""
    from bot.door import must_be_ready, out_of_reach
    from storage.copy_of_books import NoBooks, copy_of, is_file
    from storage.readiness import readiness
    from storage.session import DatabaseFault, open_engine

    engine = open_engine(door.settings.database)
    try:
        if not is_file(engine):
            must_be_ready(readiness(engine))
        with copy_of(engine) as copy:
            must_be_ready(readiness(copy))
            with copy.connect() as session:
                yield session
    except NoBooks as fault:
        raise Trouble(
            f"Không đọc được sổ ({fault}); hãy kiểm tra CHIBO_DATABASE_URL và quyền đọc tệp."
            if fault.is_there
            else "Chưa có cơ sở dữ liệu; hãy chạy: chibo init"
        ) from fault
    except DatabaseFault as fault:
        raise out_of_reach(fault) from fault
    finally:
        engine.dispose()


def _moment(text: str, door: Door, *, ends_day: bool) -> datetime:
    """A moment as written; a day alone means its beginning, or that of the day after, so that it is played whole."""
    from bot.door import read_at

    at = read_at(text, door.settings)
    if not (ends_day and _A_DAY.fullmatch(text.strip())):
        return at
    local = at.astimezone(door.settings.zone).date() + _DAY
    return datetime.combine(local, time(), door.settings.zone).astimezone(at.tzinfo)


def _span(session: Session, begins: datetime, until: datetime | None, timetable: Timetable) -> Span:
    from bot.rehearsal.play import Span, coming_period, must_have_plan
    from domain.errors import NoPlan
    from storage.queries.plans import plan_years

    try:
        ends = coming_period(session, begins, timetable) if until is None else until
        must_have_plan(session, begins, ends, timetable)
    except NoPlan as lacking:
        known = ", ".join(str(year) for year in plan_years(session)) or "chưa có năm nào"
        raise Trouble(
            f"Sổ chưa có kế hoạch năm {lacking.year} (đang có: {known}); hãy chọn khoảng khác, "
            "ví dụ: chibo rehearse --from 2022-01-01 --to 2022-12-31"
        ) from None
    return Span(since=begins, until=ends)


def _print(
    session: Session,
    now: datetime,
    span: Span,
    office: Office,
    timetable: Timetable,
    entries: tuple[Entry, ...] | None,
    full: bool,
) -> None:
    from bot.heartbeats import all_ticks
    from bot.rehearsal.cast import from_books, from_file, prepare
    from bot.rehearsal.page import Page
    from bot.rehearsal.play import play, unreached

    first = office.day_of(span.since)
    prepare(session, span.since, now, office)
    cast = (
        from_books(session, first, span.since)
        if entries is None
        else from_file(session, entries, first, span.since)
    )
    page = Page(zone=office.timezone, in_full=full)
    _echo(page.heading(office.name, span, cast))
    for scene in play(session, span, office, timetable, all_ticks().values()):
        _echo(page.scene(scene))
    _echo(page.summary(unreached(session, span, office)))


def _echo(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(line)
