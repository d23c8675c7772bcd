"""How long it takes to understand one line, and how many lines of the corpora are understood.

The time is that of `chibo understand --lines` on many lines less that on one, which leaves out the interpreter's start.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

from bench import understanding
from bench.contestants import chibo
from bench.table import Row

TYPED: Final = (
    ("secretary", "kn dc Tran Van Lam sn 1998 ngay 2/3"),
    ("secretary", "Hôm qua chi bộ thôn Đồng Giao kết nạp chị Hà Thị Bích, sinh năm 2001, QĐ số 118-QĐ/HU"),
    ("secretary", "ket nap 3 dong chi trong thang 2: Vi Van Ba 1995, Ly Thi Sen 2000, Giap Van Tu 1997"),
    ("secretary", "quy nay ko co ai"),
    ("secretary", "chot q1 nhe"),
    ("secretary", "don vi toi con thieu may nguoi"),
    ("secretary", "xin hẹn thứ sáu tuần này tôi báo"),
    ("secretary", "qc ut nguyen thi thuy sn 2002 da hoc lop cam tinh"),
    ("secretary", "vướng ở khâu thẩm tra, ba hồ sơ gửi đi từ tháng trước chưa có trả lời"),
    ("secretary", "thôn tôi trưởng thôn đã là đảng viên"),
    ("secretary", "dạ vâng ạ"),
    ("secretary", "sửa lại ngày kết nạp đồng chí Lâm là 5/3"),
    ("district", "tinh hinh quy I"),
    ("district", "xa Phuong Son bao chua"),
    ("district", "những đơn vị nào chưa báo cáo"),
    ("district", "xuất biểu quý 1 năm 2022"),
)
LINES: Final = 1600


def seconds(lines: int, folder: Path) -> float:
    """How long one run of the command on so many lines takes, its start included."""
    file = folder / f"{lines}.jsonl"
    asked = [{"text": text, "unit": "Biên Sơn", "role": role} for role, text in TYPED]
    file.write_text(
        "".join(json.dumps(asked[n % len(asked)], ensure_ascii=False) + "\n" for n in range(lines)),
        encoding="utf-8",
    )
    begun = time.perf_counter()
    answers = chibo(folder, "understand", "--lines", str(file)).splitlines()
    if len(answers) != lines:
        raise RuntimeError(f"{lines} lines asked, {len(answers)} answered")
    return time.perf_counter() - begun


def measure_all(rounds: int, root: Path) -> list[Row]:
    """Microseconds a line; and a row for each corpus."""
    each = [(seconds(LINES, root) - seconds(1, root)) / (LINES - 1) for _ in range(rounds)]
    middle = statistics.median(each)
    return [
        Row(
            "understand one line", f"{1e6 * middle:.0f} µs", f"{1 / middle:.0f} lines/s · aim: 3,000 lines/s"
        ),
        *understanding.measure_all(rounds, root),
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for row in measure_all(3, Path(folder)):
            print(*row, sep=" | ")
