from __future__ import annotations

import subprocess
import sys

import pytest

COMMANDS = ("demo", "run", "init", "plan", "people", "understand", "rollup")


def test_help_names_every_command_in_vietnamese(chibo):
    left = chibo("--help")
    assert left.code == 0
    assert all(f"  {command} " in left.out for command in COMMANDS)
    assert "Cách dùng: chibo [TÙY CHỌN] LỆNH …" in left.out
    assert "Usage" not in left.out
    assert "Show this" not in left.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nhac"], "Không có lệnh 'nhac'."),
        (["people", "invite", "--rolle", "admin"], "Không có tùy chọn --rolle."),
        (["people", "invite", "--role", "vua"], "chọn một trong cell_secretary, secretary"),
        (["people", "invite", "--unit", "Chũ"], "Thiếu tùy chọn --role."),
        (["people", "invite", "--role", "secretary"], "Thiếu tùy chọn --unit"),
        (["people", "invite", "--every-unit", "--role", "admin"], "--every-unit không đi cùng"),
        (["people", "invite", "--every-unit", "--sheet", "phieu.xlsx"], "--sheet cần một tệp .html."),
        (["people", "invite", "--role"], "Tùy chọn '--role' cần một giá trị."),
        (["people", "end"], "Thiếu tham số MÃ-HOẶC-SỐ."),
        (["people", "end", "1", "2"], "Thừa tham số (2)."),
    ],
)
def test_bad_usage_is_one_line_in_vietnamese_and_exit_2(chibo, arguments, words):
    left = chibo(*arguments)
    assert left.code == 2
    assert left.out == ""
    assert words in left.err
    assert left.err.count("\n") == 1
    assert "--help" in left.err


def test_faulty_settings_are_told_one_line_each(chibo):
    chibo.set(web_port="cổng", names="nick")
    left = chibo("people", "list")
    assert left.code == 1
    assert [line.split()[0] for line in left.err.splitlines()] == ["CHIBO_WEB_PORT", "CHIBO_NAMES"]


def test_without_a_database_the_way_out_is_told(chibo):
    left = chibo("people", "list")
    assert (left.code, left.err) == (1, "Chưa có cơ sở dữ liệu; hãy chạy: chibo init\n")


def test_a_database_out_of_reach_is_told_without_its_password(chibo):
    chibo.set(database_url="postgresql://chibo:bimat@127.0.0.1:1/chibo")
    left = chibo("people", "list")
    assert left.code == 1
    assert left.err.startswith("Không dùng được cơ sở dữ liệu")
    assert "bimat" not in left.err


def test_the_module_runs_as_the_command_does():
    left = subprocess.run(
        [sys.executable, "-m", "bot", "--help"], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert left.returncode == 0
    assert "chibo" in left.stdout


def test_help_loads_nothing_that_costs_time():
    heavy = (
        "sqlalchemy",
        "alembic",
        "telegram",
        "openpyxl",
        "pydantic",
        "starlette",
        "jinja2",
        "apscheduler",
    )
    program = (
        "import sys\nfrom bot.cli import chibo\n"
        "chibo.main(['--help'], standalone_mode=False)\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    left = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert left.stderr.strip() == "[]"


@pytest.mark.parametrize(
    "command",
    [
        "demo",
        "run",
        "init",
        "plan import",
        "plan show",
        "people invite",
        "people list",
        "people end",
        "understand",
        "rollup",
    ],
)
def test_every_command_explains_itself_with_an_example(chibo, command):
    left = chibo(*command.split(), "--help")
    assert left.code == 0
    assert f"Cách dùng: chibo {command}" in left.out
    assert "Ví dụ:" in left.out
    assert "Usage" not in left.out
    assert "Show this" not in left.out
