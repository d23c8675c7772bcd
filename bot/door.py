"""What every command starts from: the settings, the clock, and the books once they are asked for."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.cli_words import Trouble
from bot.clock import Clock, open_clock, read_moment
from bot.settings import Settings, SettingsFaulty, load

if TYPE_CHECKING:
    from storage.readiness import Readiness
    from storage.session import Begin, DatabaseFault

below: Callable[[int], int] = secrets.randbelow
"""Numbers for codes that nobody can foresee."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """The settings and the clock of this process."""

    settings: Settings
    clock: Clock

    def now(self) -> datetime:
        """This moment, in UTC."""
        return self.clock.now()

    @property
    def today(self) -> date:
        """The day at the office."""
        return self.clock.now().astimezone(self.settings.zone).date()

    def day_of(self, at: str) -> date:
        """The day at the office of a moment that somebody wrote."""
        return read_at(at, self.settings).astimezone(self.settings.zone).date()

    @contextmanager
    def books(self) -> Iterator[Begin]:
        """The books, ready for use; Trouble when there are none, or they are out of reach."""
        from storage.readiness import readiness
        from storage.session import DatabaseFault, open_engine, unit_of_work

        engine = open_engine(self.settings.database)
        try:
            must_be_ready(readiness(engine))
            yield unit_of_work(engine)
        except DatabaseFault as fault:
            raise out_of_reach(fault) from fault
        finally:
            engine.dispose()


def open_door(at: str | None = None) -> Door:
    """Read the settings and set the clock, by `--at` before CLOCK_START."""
    try:
        settings = load()
    except SettingsFaulty as faulty:
        raise Trouble("\n".join(faulty.faults)) from faulty
    start = settings.starts_at if at is None else read_at(at, settings)
    return Door(settings=settings, clock=open_clock(start))


def read_at(text: str, settings: Settings) -> datetime:
    """The moment given with `--at`."""
    try:
        return read_moment(text, settings.zone)
    except ValueError:
        raise Trouble(f"Không đọc được thời điểm «{text}»; hãy ghi như 2022-03-24T07:55.") from None


def must_be_ready(state: Readiness) -> None:
    """Trouble unless the books can be used as they are."""
    from storage.readiness import Readiness

    match state:
        case Readiness.EMPTY:
            raise Trouble("Chưa có cơ sở dữ liệu; hãy chạy: chibo init")
        case Readiness.OLD:
            raise Trouble("Cơ sở dữ liệu thuộc bản chibo cũ; hãy sao lưu rồi chạy: chibo init")
        case Readiness.NEWER:
            raise Trouble("Cơ sở dữ liệu thuộc bản chibo mới hơn; hãy cài bản chibo mới nhất.")
        case Readiness.READY:
            return


def out_of_reach(fault: DatabaseFault) -> Trouble:
    """The trouble of a database that does not answer, or refuses."""
    from bot.logs import redact

    reason = redact(str(getattr(fault, "orig", None) or fault)).strip().splitlines()
    return Trouble(
        f"Không dùng được cơ sở dữ liệu ({reason[0] if reason else type(fault).__name__}); "
        "hãy kiểm tra CHIBO_DATABASE_URL."
    )
