"""`chibo run` and `chibo demo`: the processes that stay."""

from __future__ import annotations

import asyncio
import ctypes
import logging
import platform
import signal
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from bot.cli_words import Command, Trouble, example, given
from bot.collector import leave_alone_what_stays

if TYPE_CHECKING:
    from bot.door import Door
    from bot.lines import Part

_M_ARENA_MAX: Final = -8  # malloc.h
PARTS: Final = ("web", "telegram", "zalo", "scheduler", "delivery")


@click.command(
    cls=Command,
    help="Chạy các kênh đã cấu hình, lịch nhắc và việc gửi tin trong một tiến trình. Dừng: Ctrl+C.\n\n"
    "--only chia việc cho nhiều tiến trình dùng chung một cơ sở dữ liệu PostgreSQL.\n\n"
    + example("chibo run", "chibo run --only web,delivery", "chibo run --only telegram,scheduler"),
)
@click.option("--only", metavar="PHẦN,PHẦN…", help=f"Chỉ chạy một số phần: {', '.join(PARTS)}.")
def run(only: str | None) -> None:
    """Run the channels, the scheduler and delivery until the process is told to stop."""
    from bot import logs
    from bot.door import open_door

    names = _parts(only)
    door = open_door()
    if only is not None:
        _must_have_token("telegram" in names and door.settings.telegram_token is None, "CHIBO_TELEGRAM_TOKEN")
        _must_have_token("zalo" in names and door.settings.zalo_token is None, "CHIBO_ZALO_TOKEN")
    with door.books():
        pass  # they are there, and of this release
    logs.set_up(door.settings.log_format, door.settings.secrets)
    stay(lambda: _run(door, names))


def _must_have_token(is_missing: bool, setting: str) -> None:
    if is_missing:
        raise Trouble(f"Chưa có {setting}; hãy ghi vào .env rồi chạy lại.")


def _parts(only: str | None) -> tuple[str, ...]:
    if only is None:
        return PARTS
    names = tuple(name.strip() for name in only.split(",") if name.strip())
    unknown = [name for name in names if name not in PARTS]
    if unknown or not names:
        raise click.UsageError(f"--only nhận các phần: {', '.join(PARTS)}.")
    return names


async def _run(door: Door, names: tuple[str, ...]) -> None:
    from bot.lines import Part
    from bot.premises import Premises

    parts: frozenset[Part] = frozenset(Part(name) for name in names)
    premises = Premises(door.settings, door.clock, parts)
    leave_alone_what_stays()
    click.echo(_running(door, parts, premises.port))
    await premises.run(stop_on_signals())


def _running(door: Door, parts: frozenset[Part], port: int | None) -> str:
    from bot.lines import Part

    pieces = [f"web http://{door.settings.web_host}:{port}/chat"] if Part.WEB in parts else []
    if Part.TELEGRAM in parts and door.settings.telegram_token is not None:
        pieces.append("Telegram")
    if Part.ZALO in parts and door.settings.zalo_token is not None:
        pieces.append("Zalo")
    pieces += ["lịch nhắc"] if Part.SCHEDULER in parts else []
    pieces += ["gửi tin"] if Part.DELIVERY in parts else []
    return f"chibo đang chạy: {' · '.join(pieces)}. Dừng: Ctrl+C"


@click.command(
    cls=Command,
    help="Chạy thử toàn bộ trên trình duyệt: kế hoạch 2022 của Lục Ngạn, người dùng mẫu, đồng hồ chỉnh được.\n\n"
    "Không cần mã token, mạng hay cơ sở dữ liệu nào. Dừng: Ctrl+C.\n\n"
    + example("chibo demo", "chibo demo --at 2022-03-31T16:55 --port 9000", "chibo demo --data ./thu"),
)
@click.option("--at", metavar="LÚC", help="Đồng hồ bắt đầu từ lúc nào; mặc định 2022-03-24T07:55.")
@click.option("--port", type=click.IntRange(0, 65535), metavar="CỔNG", help="Cổng web; mặc định 8080.")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="THƯ_MỤC",
    help="Nơi giữ dữ liệu để lần sau chạy tiếp; mặc định là thư mục tạm, xóa khi dừng.",
)
@click.pass_context
def demo(ctx: click.Context, at: str | None, port: int | None, data: Path | None) -> None:
    """Play the whole product with made-up people."""
    from bot import logs
    from bot.demo.opening import Opening, in_folder
    from bot.door import open_door

    door = open_door(at)
    logs.set_up(door.settings.log_format, door.settings.secrets, level=logging.WARNING)
    wants_port = given(ctx, "port")
    with in_folder(data) as folder:
        opening = Opening(
            settings=door.settings,
            folder=folder,
            is_kept=data is not None,
            at=door.now() if at is not None or door.settings.clock_start is not None else None,
            port=port if port is not None else door.settings.web_port,
            other_port_will_do=not wants_port,
        )
        stay(lambda: opening.run(stop_on_signals))


def stay(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run an event loop until the work ends, the fast loop where there is one."""
    from bot.web_server import PortTaken
    from domain.reminder_rules import RulesFaulty

    _share_one_heap()
    try:
        with asyncio.Runner(loop_factory=_fast_loop()) as runner:
            runner.run(work())
    except RulesFaulty as faulty:
        faults = [f"CHIBO_REMINDERS: {fault}" for fault in faulty.faults]
        raise Trouble("\n".join(faults)) from faulty
    except PortTaken as taken:
        raise Trouble(
            f"Không mở được cổng {taken.port} tại {taken.host} ({taken.reason}); "
            "hãy chọn cổng khác: --port hoặc CHIBO_WEB_PORT."
        ) from taken


def _share_one_heap() -> None:
    """Spare some megabytes: glibc gives each thread a heap, of no use where one thread at a time can run."""
    if platform.libc_ver()[0] == "glibc":
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def stop_on_signals() -> asyncio.Event:
    """An event that is set when the process is told to stop; a second signal ends it at once."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _: _told(received, loop, stop))
    return stop


def _told(number: int, loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    signal.signal(number, signal.SIG_DFL)
    loop.call_soon_threadsafe(stop.set)
