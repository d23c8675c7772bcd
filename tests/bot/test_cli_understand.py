from __future__ import annotations

import json
import subprocess
import sys


def test_a_message_is_understood_on_the_day_given_without_a_database(chibo, tmp_path):
    left = chibo(
        "understand", "kn dc Nguyen Thi Hoa nu sn 1999 ngay 15/3", "--unit", "Biên Sơn", "--at", "2022-03-28"
    )
    meaning = json.loads(left.out)
    assert (left.code, meaning["intent"], meaning["date"], meaning["quarter"]) == (
        0,
        "admission",
        "2022-03-15",
        "2022-Q1",
    )
    assert meaning["people"][0]["name"] == "Nguyen Thi Hoa"
    assert list(tmp_path.iterdir()) == []


def test_the_same_words_mean_something_else_to_the_district(chibo):
    said = ("understand", "tình hình Biên Sơn", "--at", "2022-03-28T17:00")
    assert json.loads(chibo(*said, "--role", "district").out)["intent"] == "unit_status"


def test_a_file_gives_one_meaning_a_line(chibo, tmp_path):
    lines = [
        {"text": "chốt quý 1", "role": "secretary"},
        {"text": "tình hình", "role": "district"},
        {"text": "hôm qua kết nạp Vi Văn Hai", "unit": "Biên Sơn", "at": "2022-03-20T08:00"},
    ]
    file = tmp_path / "tin.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines) + "\n\n", encoding="utf-8")
    left = chibo("understand", "--lines", str(file), "--at", "2022-03-28")
    meanings = [json.loads(line) for line in left.out.splitlines()]
    assert [meaning["intent"] for meaning in meanings] == ["file_quarter", "rollup", "admission"]
    assert meanings[2]["date"] == "2022-03-19"


def test_a_broken_line_is_named(chibo, tmp_path):
    (tmp_path / "tin.jsonl").write_text('{"text": "chốt"}\nchốt\n', encoding="utf-8")
    left = chibo("understand", "--lines", "tin.jsonl")
    assert (left.code, left.err.startswith("Dòng 2")) == (1, True)


def test_neither_a_message_nor_a_file_is_bad_usage(chibo):
    assert chibo("understand").code == 2


def test_an_unreadable_time_is_told(chibo):
    left = chibo("understand", "chốt", "--at", "mai")
    assert (left.code, "2022-03-24T07:55" in left.err) == (1, True)


def test_a_unit_that_does_not_exist_is_told(chibo):
    assert chibo("understand", "chốt", "--unit", "Sài Gòn").code == 1


def test_understanding_loads_neither_the_books_nor_a_channel():
    heavy = ("sqlalchemy", "alembic", "telegram", "openpyxl", "starlette", "jinja2", "apscheduler")
    program = (
        "import sys\nfrom bot.cli import chibo\n"
        "chibo.main(['understand', 'chốt quý 1'], standalone_mode=False)\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    left = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert left.stderr.strip() == "[]"
