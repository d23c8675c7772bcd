"""What has no place here: numbers of identity cards, other programs, and a dialogue that no release can read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select, update

from messages.channel import MessageKind
from storage.tables import admissions, audit, dialogues, inbox, outbox

AT = datetime.fromisoformat("2022-03-28T08:00:00+07:00")
NUMBERS = ("024 199 001 234", "024199001234")


@pytest.fixture
def secretary(stage):
    return stage.person("secretary", "Biên Sơn", "telegram")


def rows(stage, table):
    with stage.begin() as session:
        return session.execute(select(table).order_by(table.c[table.primary_key.columns.keys()[0]])).all()


@pytest.mark.parametrize("kind", [MessageKind.TEXT, MessageKind.EDIT])
@pytest.mark.parametrize("number", NUMBERS)
def test_the_number_of_an_identity_card_is_refused_and_not_kept(stage, secretary, kind, number):
    secretary.says("kn Nguyễn Thị Hoa 15/3", AT)
    before = rows(stage, dialogues)
    text = f"kn Nguyễn Thị Hoa cccd {number} ngày 15/3"
    raw = json.dumps({"message": {"chat": {"id": 100000000001}, "text": text, "reply": [text]}})
    answer = secretary.hears(replace(secretary.message(text, AT), kind=kind, raw=raw))
    assert answer.startswith("Đồng chí đừng gửi số căn cước")
    assert rows(stage, dialogues) == before
    kept = rows(stage, inbox)[-1]
    assert kept.text == "kn Nguyễn Thị Hoa cccd … ngày …/…"
    assert json.loads(kept.raw) == {
        "message": {"chat": {"id": 100000000001}, "text": kept.text, "reply": [kept.text]}
    }
    assert all("1234" not in str(row) for table in (inbox, outbox, audit) for row in rows(stage, table))
    assert "Đã ghi nhận" in secretary.says("1", AT)


def test_a_caption_with_such_a_number_is_not_kept(stage, secretary):
    raw = json.dumps({"photo": [], "caption": f"căn cước {NUMBERS[0]}"}, ensure_ascii=False)
    secretary.hears(replace(secretary.message("", AT), kind=MessageKind.PICTURE, raw=raw))
    assert "199" not in rows(stage, inbox)[-1].raw


def test_such_a_number_of_a_stranger_or_in_a_parked_message_is_not_kept(stage, secretary):
    stranger = stage.stranger("zalo")
    stranger.hears(replace(stranger.message(NUMBERS[0], AT), raw=f"not json {NUMBERS[1]}"))
    kept = rows(stage, inbox)[-1]
    assert (kept.text, kept.raw) == ("…", "not json …")


def test_what_another_program_wrote_is_kept_and_not_answered(stage, secretary):
    message = secretary.message("kn Nguyễn Thị Hoa 15/3", AT)
    assert secretary.hears(replace(message, kind=MessageKind.BOT)) is None
    assert rows(stage, inbox)[-1].text == message.text
    assert rows(stage, dialogues) == []


def test_silence_is_no_message(stage, secretary):
    answers = [secretary.says("hm hm", AT) for _ in range(5)]
    assert answers[2].startswith("Tin này lặp lại")
    assert answers[3:] == [None, None]
    assert len(rows(stage, outbox)) == 3


@pytest.mark.parametrize(
    ("stored", "kept"),
    [
        ({}, []),
        ({"frames": 3}, []),
        (
            {
                "frames": [
                    {
                        "script": "x",
                        "answers": {"which/nguyen thi hoa": {"said": "Hoa", "line": 4}, "who": 1},
                    },
                    "Hoa",
                ]
            },
            [{"script": "x", "answers": ["which", "who"], "lines": [4]}],
        ),
        (
            {"frames": [{"name": "x"}], "waiting": None, "put": 1},
            [{"script": None, "answers": [], "lines": []}],
        ),
    ],
)
def test_a_dialogue_that_this_release_cannot_read_is_begun_afresh_with_a_word_of_apology(
    stage, secretary, stored, kept
):
    secretary.says("kn Nguyễn Thị Hoa 15/3", AT)
    question = secretary.last.question
    with stage.begin() as session:
        session.execute(update(dialogues).values(state=stored))
    answer = secretary.says("kn Vi Văn Toàn 16/3", AT)
    assert answer.startswith("Xin lỗi đồng chí, phần mềm vừa thay đổi")
    assert "Vi Văn Toàn" in answer
    assert secretary.last.question != question
    noted = [row for row in rows(stage, audit) if row.act == "forget dialogue"]
    assert [row.details for row in noted] == [{"dialogue": kept}]
    assert "Đã ghi nhận" in secretary.says("1", AT)
    assert len(rows(stage, admissions)) == 1
