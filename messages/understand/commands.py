"""The slash commands, each as the words it stands for, so that it is understood like them."""

from __future__ import annotations

import re
from typing import Final

_COMMAND: Final = re.compile(r"\s*/([A-Za-z_]+)(?:@\w+)?(?![\w/])")
_NEAR_START, _LONGEST = 4, 20
_WORDS: Final = {
    "menu": "menu",
    "start": "menu",
    "ketnap": "báo cáo kết nạp",
    "quanchung": "quần chúng ưu tú",
    "khong": "không phát sinh",
    "chot": "chốt báo cáo quý",
    "tiendo": "tiến độ đơn vị",
    "truongthon": "trưởng thôn là đảng viên",
    "vuongmac": "vướng mắc",
    "sua": "sửa báo cáo",
    "hoantac": "hoàn tác",
    "tinhhinh": "tình hình toàn huyện",
    "chuabao": "bảng gọi điện",
    "nhac": "nhắc ngay",
    "thongbao": "gửi thông báo",
    "chitieu": "điều chỉnh chỉ tiêu",
    "thoichuc": "kết thúc phân công",
    "xuatbieu": "xuất biểu",
    "moi": "mời người dùng",
    "kenh": "kênh của tôi",
    "dangxuat": "đăng xuất",
    "huy": "hủy",
    "cancel": "hủy",
    "trogiup": "trợ giúp",
    "help": "trợ giúp",
}
_ALSO_WITHOUT_SLASH: Final = frozenset(
    {
        "ketnap",
        "quanchung",
        "tiendo",
        "truongthon",
        "vuongmac",
        "hoantac",
        "tinhhinh",
        "chuabao",
        "xuatbieu",
        "trogiup",
    }
)


def in_words(text: str) -> str:
    """The text with a command at its start put into words; other texts come back as they are."""
    match = _COMMAND.match(text) if "/" in text[:_NEAR_START] else None
    if match and match[1].lower() in _WORDS:
        return f"{_WORDS[match[1].lower()]} {text[match.end() :].strip()}".strip()
    bare = text.strip().lower() if len(text) < _LONGEST else text
    return _WORDS[bare] if bare in _ALSO_WITHOUT_SLASH else text
