"""`chibo check`: whether everything is in order, and how it is mended where it is not."""

from __future__ import annotations

import asyncio
import textwrap
from typing import TYPE_CHECKING, Final

import click

from bot.cli_words import Command, example

if TYPE_CHECKING:
    from bot.door import Door
    from bot.health import Finding
    from storage.session import Begin


_WIDTH: Final = 80
_ASIDE: Final = 28
"""The columns that the subject and the verdict take."""


@click.command(
    cls=Command,
    help="Kiểm tra cơ sở dữ liệu, kế hoạch, lịch nhắc và từng kênh: đã cấu hình chưa, có liên lạc được không, webhook có "
    "đúng không, còn bao nhiêu tin trong hạn mức, hoạt động gần nhất lúc nào. Có chỗ sai thì kết thúc với mã 1.\n\n"
    + example("chibo check"),
)
def check() -> None:
    """Print what was found, a few lines for each thing."""
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
        click.echo(printed(each))
        well = well and each.verdict is not Verdict.WRONG
    return well


def printed(finding: Finding) -> str:
    """A finding in lines of 80 columns: what it is about and how it is, and beside them what was found."""
    aside = f"{finding.subject:<16} {finding.verdict.value:<10} "
    told = [finding.words, finding.used, f"→ {finding.mend}" if finding.mend else ""]
    lines = [line for words in told for line in _wrapped(words)]
    return "\n".join(f"{aside if number == 0 else '':<{_ASIDE}}{line}" for number, line in enumerate(lines))


def _wrapped(words: str) -> list[str]:
    """The words in lines; an address stays whole, so that it can be copied."""
    width = _WIDTH - _ASIDE
    return textwrap.wrap(words, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
