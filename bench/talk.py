"""How long a turn of a conversation spends in understanding and engine together, without the books.

Whole conversations are played on real books; what a turn spends in statements is taken off its time, which is that of
the processor, so that what else the machine does does not count.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bench.table import Row
from bot.carry_out import Act, carry_out
from bot.dialogue.desk import Desk
from bot.hearing import Hearing
from bot.new_books import create
from domain.candidate import Step
from domain.office import Office
from domain.people import Role
from messages.channel import Address, IncomingMessage, MessageKind
from messages.fold import fold
from scheduler.days_off import timetable_of
from storage.queries import candidates, invitations, people, senders
from storage.queries.admissions import Origin
from storage.queries.units import all_units
from storage.session import open_engine

AT: Final = datetime.fromisoformat("2022-03-28T08:00:00+07:00")
CONVERSATIONS: Final = (
    ("kn dc Tran Van Lam sn 1998 ngay 2/3", "1"),
    ("menu", "1", "1", "hôm qua", "2", "2", "27/3", "1"),
    ("kết nạp Hà Thị Bích", "còn thiếu mấy", "15/3", "16/3", "đúng"),
    ("quý này không có ai", "1", "chốt quý I", "tiến độ"),
    ("chào", "trời hôm nay đẹp", "trợ giúp", "hủy"),
    ("vướng ở khâu thẩm tra, ba hồ sơ gửi đi từ tháng trước chưa có trả lời", "hủy"),
)
TIMETABLE: Final = timetable_of(Office())
WARM_UP: Final = 3
TIMES: Final = 20


class Clocked:
    """A session that knows how long its statements took."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self.spent = 0.0

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._session, name)
        return self._clocked(found) if name in ("execute", "scalars", "scalar") else found

    def _clocked(self, statement: Any) -> Any:
        def call(*given: Any) -> Any:
            begun = time.thread_time()
            try:
                return statement(*given)
            finally:
                self.spent += time.thread_time() - begun

        return call


def played(folder: Path, times: int) -> Iterator[float]:
    """The seconds of each turn of all conversations, played so many times; nothing is kept of them."""
    engine, office = open_engine(f"sqlite:///{folder / 'talk.db'}"), Office()
    create(engine, AT - timedelta(days=40), with_plan=True)
    hearing = Hearing(office)
    with engine.begin() as session:
        hearing.refresh(session, AT.date())
        unit = next(unit for unit in all_units(session, AT.date()) if unit.short == "Biên Sơn")
        person = people.add(session, "Hoàng Văn Thắng", AT)
        people.appoint(session, person, unit.id, Role.SECRETARY, since=date(2022, 1, 1), at=AT)
        senders.lock_senders(session, [("web", "x")], AT)
        name, origin = "Lê Văn Cường", Origin(at=AT, said_at=AT, person=person)
        listed = candidates.list_candidate(session, unit.id, name, fold(name), AT)
        candidates.take_step(session, listed, Step.DECIDED, date(2022, 3, 16), origin)
        invitations.bind(session, senders.sender_of(session, "web", "x", AT.date()).address_id, person)
        speaker = senders.sender_of(session, "web", "x", AT.date()).person
    for _ in range(times):
        for texts in CONVERSATIONS:
            with engine.connect() as session, session.begin() as transaction:
                for text in texts:
                    yield turn(session, speaker, text, hearing, office)
                transaction.rollback()
    engine.dispose()


def turn(session: Any, person: Any, text: str, hear: Hearing, office: Office) -> float:
    """The seconds that understanding and engine take for one message."""
    message = IncomingMessage(
        channel="web",
        external_id="x",
        sender=Address("web", "x"),
        kind=MessageKind.TEXT,
        at=AT,
        text=text,
    )
    clocked = Clocked(session)
    desk = Desk(
        session=clocked,
        person=person,
        message=message,
        now=AT,
        office=office,
        hear=hear,
        timetable=TIMETABLE,
    )
    begun = time.thread_time()
    taken = desk.advance()
    spent = time.thread_time() - begun - clocked.spent
    if taken.command is not None:
        act = Act(person=person, inbox_id=None, said_at=AT, at=AT, office=office)
        taken = desk.carry_on(taken, carry_out(session, taken.command, act))
    desk.keep(taken)
    return spent


def measure_all(rounds: int, root: Path) -> list[Row]:
    """The middle and the slow end of all turns."""
    a_round = sum(map(len, CONVERSATIONS))
    each = list(played(root, WARM_UP + TIMES * rounds))[WARM_UP * a_round :]
    middle, slow = statistics.median(each), statistics.quantiles(each, n=20)[-1]
    remark = f"95 of 100 within {1e6 * slow:.0f} µs · aim: 1 ms"
    return [Row("a turn in understanding and engine", f"{1e6 * middle:.0f} µs", remark)]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        for row in measure_all(3, Path(name)):
            print(*row, sep=" | ")
