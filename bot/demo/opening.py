"""Opening the demo: its settings, its page, and what is printed for whoever started it."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import click
from pydantic import SecretStr

from bot.clock import ShiftedClock, read_moment
from bot.demo.books import books_in, open_demo
from bot.demo.desk import Desk
from bot.lines import Part
from bot.premises import Premises, office_of, timetable_in
from bot.settings import Settings
from bot.web_server import PortTaken
from storage.data import shipped_plan

START: Final = "2022-03-24T07:55"
_OTHER_PORTS: Final = 20
_DAYS: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@contextmanager
def in_folder(given: Path | None) -> Iterator[Path]:
    """The folder for the books: the one given, or a temporary one that is gone afterwards."""
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="chibo-demo-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How the demo was asked for; `at` is None for its usual hour."""

    settings: Settings
    folder: Path
    is_kept: bool
    at: datetime | None
    port: int
    other_port_will_do: bool

    async def run(self, stop_on: Callable[[], asyncio.Event]) -> None:
        """Set the stage, open the page, and play until told to stop."""
        office, zone = office_of(self.settings), self.settings.zone
        start = self.at or read_moment(START, zone)
        cast, start = await asyncio.to_thread(open_demo, self.folder, start, office)
        clock = ShiftedClock(start)

        async def beat() -> None:
            await premises.beat()

        desk = Desk(cast, clock, timetable_in(self.settings), shipped_plan(), beat)
        premises = self._premises(clock, desk)
        click.echo(self._welcome(premises.port or 0, clock.now().astimezone(zone)))
        await premises.run(stop_on())

    def _premises(self, clock: ShiftedClock, desk: Desk) -> Premises:
        ports = range(self.port, self.port + _OTHER_PORTS) if self.other_port_will_do else (self.port,)
        for port in ports:
            try:
                return Premises(
                    self._settings(port), clock, frozenset(Part) - {Part.TELEGRAM, Part.ZALO}, desk
                )
            except PortTaken:
                if port == ports[-1]:
                    raise
        raise AssertionError("there is at least one port")

    def _settings(self, port: int) -> Settings:
        """The settings of the demo: its own books, no channel but the web chat."""
        own = {
            "database_url": SecretStr(books_in(self.folder)),
            "telegram_token": None,
            "zalo_token": None,
            "web_port": port,
            "public_url": None,
        }
        return self.settings.model_copy(update=own)

    def _welcome(self, port: int, now: datetime) -> str:
        kept = (
            f"giữ tại {self.folder}"
            if self.is_kept
            else "trong thư mục tạm, xóa khi dừng (giữ lại: --data THƯ_MỤC)"
        )
        return "\n".join(
            [
                "",
                "  chibo · bản chạy thử · huyện Lục Ngạn, kế hoạch 72-KH/HU năm 2022",
                "",
                f"    Mở trình duyệt:  http://{self.settings.web_host}:{port}",
                f"    Đồng hồ:         {now:%H:%M} {_DAYS[now.weekday()]} {now.day}/{now.month}/{now.year}, chạy tiếp từ đó",
                f"    Dữ liệu:         {kept}",
                "",
                "  Thử lần lượt:",
                "    1. Đang cầm máy của bí thư Biên Sơn, nhắn một dòng:",
                "         kn dc Nguyen Thi Hoa nu sn 1999 ngay 15/3",
                "    2. Bấm «Dùng thử» ở đầu trang, chọn «Đến lần nhắc tới»:",
                "       đơn vị nào còn thiếu thì bí thư được nhắc lúc 08:00.",
                "    3. Đổi sang «cán bộ Ban Tổ chức», nhắn:  tinh hinh",
                "",
                "  Dừng: Ctrl+C",
                "",
            ]
        )
