"""The steps from candidate to member in words: as something to be done, and as how far somebody has come."""

from __future__ import annotations

from typing import Final

from domain.candidate import Step

_NAMES: Final = {
    Step.LISTED: "đưa vào danh sách",
    Step.MENTORED: "phân công đảng viên giúp đỡ",
    Step.TRAINED: "bồi dưỡng nhận thức về Đảng",
    Step.APPLIED: "nộp đơn, lý lịch",
    Step.VETTED: "thẩm tra lý lịch",
    Step.RECOMMENDED: "lấy ý kiến nơi cư trú và đoàn thể",
    Step.CELL_RESOLVED: "nghị quyết chi bộ",
    Step.COMMITTEE_RESOLVED: "nghị quyết đảng ủy",
    Step.DECIDED: "quyết định kết nạp",
    Step.ADMITTED: "kết nạp",
    Step.CONFIRMED: "công nhận chính thức",
}
_DONE: Final = {
    Step.LISTED: "mới vào danh sách",
    Step.MENTORED: "đã có đảng viên giúp đỡ",
    Step.TRAINED: "đã học lớp bồi dưỡng",
    Step.APPLIED: "đã nộp đơn",
    Step.VETTED: "đã thẩm tra lý lịch",
    Step.RECOMMENDED: "đã được giới thiệu",
    Step.CELL_RESOLVED: "chi bộ đã có nghị quyết",
    Step.COMMITTEE_RESOLVED: "đảng ủy đã có nghị quyết",
    Step.DECIDED: "đã có quyết định",
    Step.ADMITTED: "đã kết nạp",
    Step.CONFIRMED: "đã công nhận chính thức",
}


def step_name(step: Step) -> str:
    """What is done in a step: «thẩm tra lý lịch»."""
    return _NAMES[step]


def step_done(step: Step) -> str:
    """How far somebody has come who has taken a step: «đã thẩm tra lý lịch»."""
    return _DONE[step]
