"""All conversations together."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.dialogue.scripts import ALL, BY_INTENT, questions_without_words
from messages import labels

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")


def test_every_question_has_words():
    assert questions_without_words() == ()


def test_no_two_conversations_open_on_the_same_intent_or_share_a_name():
    assert len({script.opens_on for script in ALL}) == len({script.name for script in ALL}) == len(ALL)
    assert all(BY_INTENT[script.opens_on] is script for script in ALL)


@pytest.mark.parametrize(
    "roles",
    [
        ("secretary",),
        ("cell_secretary",),
        ("district",),
        ("district", "secretary"),
        ("overseer",),
        ("secretary", "overseer"),
    ],
)
def test_every_choice_of_a_menu_begins_what_its_label_says(stage, roles):
    begins = {
        labels.ADMISSION: "Báo cáo kết nạp. ",
        labels.CANDIDATES: "Danh sách quần chúng ưu tú của đơn vị chưa có ai.",
        labels.NIL: "không phát sinh kết nạp trong quý I",
        labels.FILE: "chốt là không phát sinh?",
        labels.PROGRESS: "Còn thiếu 1 đồng chí",
        labels.HEADS: "bao nhiêu trưởng thôn",
        labels.ISSUE: "vướng mắc cần huyện tháo gỡ",
        labels.ISSUES: "Không có vướng mắc nào đang mở",
        labels.CORRECT: "chưa có báo cáo kết nạp nào để sửa",
        labels.UNDO: "Không có việc nào để hoàn tác",
        labels.CALL_SHEET: "BẢNG GỌI ĐIỆN QUÝ I/2022",
        labels.CLOSINGS: "khóa sổ hay mở lại quý nào",
        labels.ROLLUP: "KẾT NẠP ĐẢNG VIÊN QUÝ I/2022",
        labels.EXPORT: "Đồng chí cần tệp nào của quý I/2022?",
        labels.UNIT: "TỪNG ĐƠN VỊ QUÝ I/2022",
        labels.CLUSTER: "KẾT NẠP ĐẢNG VIÊN QUÝ I/2022 · Cụm Biên Sơn",
        labels.INVITE: "Đồng chí mời ai tham gia?",
        labels.CONSENT: "không có đề nghị bàn giao nào",
        labels.MORE: "Đồng chí muốn làm gì?",
        labels.HELP: "Đồng chí nhắn như nói chuyện",
    }
    someone = stage.person(roles[0], "Biên Sơn", "zalo")
    for role in roles[1:]:
        stage.appoint(someone, role, "Biên Sơn")
    someone.says("menu", AT)
    shown = [choice.label for choice in someone.last.choices]
    intents = [labels.OPENS[choice.value] for choice in someone.last.choices]
    for number, label in enumerate(shown, 1):
        if intents[number - 1] not in BY_INTENT:
            continue
        answer = someone.says(str(number), AT)
        assert next(words for choice, words in begins.items() if choice.label == label) in answer
        someone.says("hủy", AT)
        someone.says("menu", AT)
        assert [choice.label for choice in someone.last.choices] == shown
