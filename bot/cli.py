"""`chibo`, the command: the doors that people at the office open. Each command loads only what it needs."""

from __future__ import annotations

from typing import Final

from bot.cli_words import Group, example, run

_COMMANDS: Final = {
    "demo": ("bot.cli_run:demo", "Chạy thử toàn bộ trên trình duyệt, với kế hoạch 2022 và người dùng mẫu."),
    "run": ("bot.cli_run:run", "Chạy các kênh, lịch nhắc và việc gửi tin."),
    "init": ("bot.cli_init:init", "Tạo hoặc nâng cấp cơ sở dữ liệu, nạp kế hoạch 2022."),
    "plan": ("bot.cli_plan:plan", "Nạp và xem kế hoạch."),
    "people": ("bot.cli_people:people", "Mời, xem và kết thúc phân công."),
    "overseers": ("bot.cli_overseers:overseers", "Nạp và xem phân công ủy viên phụ trách cụm."),
    "units": ("bot.cli_units:units", "Nạp số đảng viên, ngày kết nạp gần nhất của đơn vị."),
    "understand": ("bot.cli_understand:understand", "Cho biết một tin nhắn được hiểu thế nào (JSON)."),
    "rehearse": ("bot.cli_rehearse:rehearse", "Diễn tập lịch nhắc: sẽ nhắn ai, lúc nào; không gửi gì."),
    "check": ("bot.cli_check:check", "Kiểm tra cấu hình, các kênh và cách sửa chỗ sai."),
    "rollup": ("bot.cli_rollup:rollup", "Tổng hợp toàn huyện."),
}

chibo = Group(
    "chibo",
    lazy=_COMMANDS,
    help="chibo: báo cáo, nhắc hạn và tổng hợp công tác kết nạp đảng viên.\n\n"
    + example("chibo demo", "chibo init && chibo run"),
    no_args_is_help=True,
)


def main() -> None:
    """The entry point of the installed command."""
    run(chibo)
