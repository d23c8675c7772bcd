from __future__ import annotations

import json
import signal
import urllib.request
import uuid
from typing import Any

import pytest

from bot.web_server import listen_at
from tests.harness.demo import demo
from tests.harness.patience import WITHIN


def test_run_without_a_database_is_told_to_init(chibo):
    left = chibo("run")
    assert (left.code, left.err) == (1, "Chưa có cơ sở dữ liệu; hãy chạy: chibo init\n")


@pytest.mark.parametrize("only", ["viber", "web,nhac", ","])
def test_an_unknown_part_is_bad_usage(chibo, only):
    left = chibo("run", "--only", only)
    assert (left.code, "web, telegram, zalo, scheduler, delivery" in left.err) == (2, True)


@pytest.mark.parametrize("part", ["telegram", "zalo"])
def test_a_messenger_alone_needs_a_token(chibo, part):
    chibo("init")
    left = chibo("run", "--only", part)
    assert (left.code, f"CHIBO_{part.upper()}_TOKEN" in left.err) == (1, True)


def test_a_port_that_is_taken_is_told(chibo):
    chibo("init")
    with listen_at("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        chibo.set(web_port=str(port))
        left = chibo("run")
    assert left.code == 1
    assert f"Không mở được cổng {port}" in left.err


def _post(url: str, body: dict[str, object]) -> dict[str, Any]:
    request = urllib.request.Request(
        url, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=WITHIN) as answer:
        found: dict[str, Any] = json.loads(answer.read())
    return found


def _lines(url: str, who: str) -> list[dict[str, Any]]:
    with urllib.request.urlopen(f"{url}/chat/messages?as={who}", timeout=WITHIN) as answer:
        lines: list[dict[str, Any]] = json.loads(answer.read())["lines"]
    return lines


def _say(url: str, who: str, text: str) -> str:
    _post(f"{url}/chat/messages?as={who}", {"id": str(uuid.uuid4()), "text": text})
    return str(_lines(url, who)[-1]["text"])


def test_the_demo_takes_a_report_reminds_and_goes_on_after_a_restart(tmp_path):
    """The whole product in a process of its own: what `make demo` gives to a newcomer."""
    with demo(tmp_path) as (process, url):
        assert "Đồng chí kiểm tra giúp" in _say(url, "bi-thu-bien-son", "kn Nguyen Thi Hoa nu 1999 ngay 15/3")
        assert "BS-22-01" in _say(url, "bi-thu-bien-son", "1")
        jumped = _post(f"{url}/chat/clock", {"to": "quarter_end"})
        assert jumped["now"].startswith("2022-03-31T10:00")
        process.send_signal(signal.SIGTERM)
        assert process.wait(WITHIN) == 0
    with demo(tmp_path) as (process, url):
        assert "1/1" in _say(url, "bi-thu-bien-son", "tiến độ")
        told = [line["text"] for line in _lines(url, "bi-thu-tru-huu")]
        assert "hạn cuối" in told[-1]
        assert "17:00 ngày 31/3/2022" in _lines(url, "can-bo-ban-to-chuc")[-1]["text"]
        process.send_signal(signal.SIGINT)
        assert process.wait(WITHIN) == 0


def test_a_file_of_reminders_with_faults_is_told_and_nothing_runs(chibo, tmp_path):
    chibo("init")
    path = tmp_path / "nhac.toml"
    path.write_text('[[step]]\nname = "7"\ndays = -7\nto = ["ai"]\nhour = "x"\n')
    chibo.set(reminders=str(path))
    left = chibo("run")
    assert left.code == 1
    assert left.err.count("CHIBO_REMINDERS: [[step]] thứ 1:") == 2
