"""The words of the call sheet: as many rows on a page as a message holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from domain.call_sheet import SheetRow
from domain.office import NamesShown
from domain.period import Quarter
from messages import labels
from messages.channel import Choice
from messages.say import LONGEST, Hearer, Say, render

MOST_ROWS: Final = 8
"""Rows on a page: as many as are read and called in one go, and as there are numbers of one digit with «Xem tiếp»."""
_BESIDE_A_LABEL: Final = 5
"""Characters that a choice has besides its label: «12. » and the end of the line."""
BEGUN: Final[Mapping[str, str]] = {
    "report_admission": "báo cáo kết nạp",
    "report_nil": "báo không phát sinh",
    "file_quarter": "chốt báo cáo quý",
    "heads": "báo trưởng thôn là đảng viên",
    "issue": "gửi vướng mắc",
    "lesson": "rút kinh nghiệm",
    "promise": "hẹn ngày báo cáo",
    "correct": "sửa báo cáo",
    "undo": "hoàn tác",
    "facts": "thêm thông tin người đã kết nạp",
    "candidate_list": "xem quần chúng ưu tú",
    "candidate_add": "thêm quần chúng ưu tú",
    "candidate_step": "ghi bước của quần chúng ưu tú",
    "candidate_back": "lùi bước của quần chúng ưu tú",
    "candidate_close": "đưa quần chúng ra khỏi danh sách",
    "candidate_work": "ghi nơi làm việc của quần chúng ưu tú",
    "strength": "báo số đảng viên",
    "add_cell": "thêm chi bộ",
    "invite": "mời người dùng",
    "hand_over": "bàn giao",
    "phone": "cho số điện thoại",
}
"""What somebody is in the midst of, by the name of the conversation; any other is «trả lời một câu hỏi»."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of the sheet: its words, the choices under it, and the codes of its units in the order of the rows."""

    facts: Mapping[str, object]
    choices: tuple[Choice, ...]
    codes: tuple[str, ...]
    seen: str = ""

    def say(self) -> Say:
        return Say("call_sheet/page", self.facts, self.choices, seen=self.seen)


def page(
    quarter: Quarter,
    whole: Sequence[SheetRow],
    left: Sequence[SheetRow],
    now: datetime,
    today: date,
    hearer: Hearer,
    *,
    is_first: bool,
) -> Page:
    """The page that begins with the first of the rows `left` of the `whole` sheet, as this hearer may be shown it."""
    facts = {
        "quarter": quarter,
        "now": now,
        "today": today,
        "owing": sum(row.progress is not None for row in whole),
        "missing": sum(row.missing for row in whole),
        "is_first": is_first,
        "names_hidden": hearer.names is NamesShown.CODE,
        "begun": BEGUN,
    }
    best = _page(facts, left, 1)
    for number in range(2, min(MOST_ROWS, len(left)) + 1):
        longer = _page(facts, left, number)
        if _length(longer, hearer) > LONGEST:
            break
        best = longer
    return best


def _page(facts: Mapping[str, object], left: Sequence[SheetRow], number: int) -> Page:
    rows = tuple(left[:number])
    further = (labels.FURTHER_CALLS,) if len(left) > number else ()
    return Page(
        facts={**facts, "rows": rows, "after": len(left) - number},
        choices=(*(labels.to_call(row.unit) for row in rows), *(further or (labels.MENU,))),
        codes=tuple(row.unit.code for row in rows),
    )


def _length(one: Page, hearer: Hearer) -> int:
    beside = sum(len(choice.label) + _BESIDE_A_LABEL for choice in one.choices)
    return len(render(one.say(), hearer)) + beside
