"""`chibo understand`: what a message means, as JSON; it needs no database."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import islice
from typing import IO, TYPE_CHECKING

import click

from bot.cli_words import Command, Trouble, example
from bot.collector import leave_alone_what_stays

if TYPE_CHECKING:
    from messages.understand import Heard

_AT_ONCE = 1000
"""Answers that are printed together."""
_DISTRICT_ROLES = ("district", "admin", "overseer")


@click.command(
    cls=Command,
    help="In ra (JSON) một tin nhắn được hiểu thế nào. Không cần cơ sở dữ liệu.\n\n"
    "Với --lines, mỗi dòng của tệp là một đối tượng JSON có «text», và có thể có «unit», «role», «at»; "
    "mỗi dòng in ra một kết quả.\n\n"
    + example(
        'chibo understand "kn dc Nguyen Thi Hoa nu sn 1999 ngay 15/3" --at 2022-03-28',
        'chibo understand "tinh hinh bien son" --role district',
        "chibo understand --lines tin-nhan.jsonl",
    ),
)
@click.argument("text", required=False, metavar="TIN_NHẮN")
@click.option("--unit", "unit_name", metavar="ĐƠN_VỊ", help="Đơn vị của người nhắn.")
@click.option(
    "--role", default="secretary", metavar="VAI_TRÒ", help="Vai trò của người nhắn, ví dụ district."
)
@click.option("--at", metavar="LÚC", help="Thời điểm nhắn, ví dụ 2022-03-24T08:00.")
@click.option("--lines", type=click.File(encoding="utf-8"), metavar="TỆP.jsonl", help="Đọc nhiều tin từ tệp.")
def understand(
    text: str | None, unit_name: str | None, role: str, at: str | None, lines: IO[str] | None
) -> None:
    """Print the meaning of a message, or of every line of a file."""
    if (text is None) == (lines is None):
        raise click.UsageError("Cần một TIN_NHẮN hoặc --lines TỆP.jsonl.")
    hear = _hearing(at)
    if lines is None:
        click.echo(_as_json(hear(text or "", unit_name, role, None), indent=2))
        return
    leave_alone_what_stays()
    numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    while some := list(islice(numbered, _AT_ONCE)):
        _print_all(hear, some)


def _print_all(hear: _Hear, lines: list[tuple[int, str]]) -> None:
    """Print the meanings of several lines together, also those before one that cannot be used."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    meant: list[str] = []
    try:
        for number, line in lines:
            meant.append(encode(_hear_line(hear, line, number).as_json()))
    finally:
        if meant:
            click.echo("\n".join(meant))


_Hear = Callable[[str, str | None, str, str | None], "Heard"]


def _hearing(at: str | None) -> _Hear:
    """Understanding with the shipped units; a line may carry a time of its own."""
    from bot.door import open_door
    from bot.find_unit import find_unit
    from messages.understand import UnitNames
    from messages.understand import understand as understood
    from storage.data import shipped_units

    door = open_door(at)
    units = shipped_units()
    names, now = UnitNames(units), door.today

    known: set[str] = set()

    def hear(text: str, unit_name: str | None, role: str, line_at: str | None) -> Heard:
        if unit_name and unit_name not in known:
            find_unit(units, unit_name)  # the sender's own unit: it has to exist, and changes nothing
            known.add(unit_name)
        today = now if line_at is None else door.day_of(line_at)
        return understood(text, today=today, units=names, district=role in _DISTRICT_ROLES)

    return hear


def _hear_line(hear: _Hear, line: str, number: int) -> Heard:
    try:
        said = json.loads(line)
        text, unit, role, at = said["text"], said.get("unit"), said.get("role"), said.get("at")
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Trouble(f'Dòng {number} không dùng được; hãy ghi như {{"text": "chốt quý 1"}}.') from None
    return hear(str(text), unit, role or "secretary", at)


def _as_json(heard: Heard, indent: int | None = None) -> str:
    return json.dumps(heard.as_json(), ensure_ascii=False, indent=indent)
