"""`chibo check`: whether everything is in order, and how it is mended where it is not."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from bot.cli_words import Command, example

if TYPE_CHECKING:
    from bot.door import Door
    from storage.session import Begin


@click.command(
    cls=Command,
    help="Kiểm tra cơ sở dữ liệu, kế hoạch, lịch nhắc và từng kênh: đã cấu hình chưa, có liên lạc được không, webhook có "
    "đúng không, còn bao nhiêu tin trong hạn mức, hoạt động gần nhất lúc nào. Có chỗ sai thì kết thúc với mã 1.\n\n"
    + example("chibo check"),
)
def check() -> None:
    """Print what was found, a line or two for each thing."""
    from bot.door import open_door

    door = open_door()
    with door.books() as begin:
        well = asyncio.run(_told(door, begin))
    if not well:
        raise SystemExit(1)


async def _told(door: Door, begin: Begin) -> bool:
    """Print each finding as it comes; answers whether nothing is wrong."""
    from bot.health import Verdict, findings

    well = True
    async for each in findings(door, begin):
        click.echo(f"{each.subject:<16} {each.verdict.value:<10} {each.words}")
        if each.mend:
            click.echo(f"{'':<27} → {each.mend}")
        well = well and each.verdict is not Verdict.WRONG
    return well
