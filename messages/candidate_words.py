"""The words on choices about candidates: people with how far they have come, steps, ways out, days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from domain.candidate import Candidate, Step, WayOut
from domain.candidate_limits import months_between
from messages.channel import Choice
from messages.step_words import step_done, step_name

WAYS_OUT: Final = {
    WayOut.MOVED: "chuyển đi nơi khác",
    WayOut.WITHDREW: "xin rút",
    WayOut.INELIGIBLE: "không đủ điều kiện",
    WayOut.DUPLICATE: "nhập trùng",
}
ANSWERS_FOR: Final = {
    Step.MENTORED: "Đảng viên giúp đỡ",
    Step.VETTED: "Người thẩm tra",
    Step.RECOMMENDED: "Nơi giới thiệu, nhận xét",
}
"""What whoever answers for a step is called."""
MORE: Final = Choice("more", "Xem tiếp")
SKIP: Final = Choice("skip", "Bỏ qua")
FROM_LIST: Final = Choice("list", "Chọn trong danh sách")
STEP: Final = Choice("step", "Ghi bước khác")
BACK: Final = Choice("back", "Xóa bước vừa ghi")
CLOSE: Final = Choice("close", "Đưa ra khỏi danh sách")
ADMIT: Final = Choice("admit", "Báo kết nạp")
WORKER: Final = Choice("worker", "Là lao động doanh nghiệp")
NO_WORKER: Final = Choice("no worker", "Không là lao động doanh nghiệp")


def candidate_choice(candidate: Candidate, name: str, cell: str, today: date) -> Choice:
    """Somebody to choose, under the name shown, with the furthest step; `cell` is empty where it need not be told."""
    where = f" · {cell}" if cell else ""
    return Choice(f"candidate:{candidate.id}", f"{name}{where} ({progress_words(candidate, today)})")


def progress_words(candidate: Candidate, today: date) -> str:
    """How far somebody has come, and for how long nothing has happened: «đã nộp đơn 2/3, im 13 tháng»."""
    last = candidate.last
    on = f"{last.on.day}/{last.on.month}" + (f"/{last.on.year}" if last.on.year != today.year else "")
    idle = 0 if candidate.is_admitted else months_between(last.on, today)
    return f"{step_done(last.step)} {on}" + (f", im {idle} tháng" if idle >= _TOLD_FROM else "")


_TOLD_FROM: Final = 3
"""Months of silence from which on they are told."""


def add_named(name: str) -> Choice:
    """To put somebody on the list whose name was typed."""
    return Choice("add", f"Thêm «{name}» vào danh sách")


def step_choice(step: Step) -> Choice:
    """A step to choose."""
    words = step_name(step)
    return Choice(step.value, words[:1].upper() + words[1:])


def next_step_choice(step: Step) -> Choice:
    """The step that comes next, to be written down."""
    return Choice(step.value, f"Ghi bước tiếp theo: {step_name(step)}")


def way_out_choice(way: WayOut) -> Choice:
    """A way out to choose."""
    words = WAYS_OUT[way]
    return Choice(way.value, words[:1].upper() + words[1:])


def recent_days(today: date) -> tuple[Choice, ...]:
    """Today and yesterday, with their dates; the values are in ISO form."""
    days = (("Hôm nay", today), ("Hôm qua", today - timedelta(days=1)))
    return tuple(Choice(day.isoformat(), f"{word} ({day.day}/{day.month})") for word, day in days)
