"""What a confirmation remarks of candidates: how far the list is, and days that contradict it."""

from __future__ import annotations

from datetime import datetime

AT = datetime.fromisoformat("2022-03-29T08:00:00+07:00")


def confirmed(stage, step, line="kn Lê Văn Cường 15/3"):
    secretary = stage.person("secretary", "Biên Sơn", "web")
    stage.prepare("candidate", f"Lê Văn Cường {step} 16/3/2022", secretary, AT)
    return secretary.says(line, AT)


def test_an_admission_before_the_decision_on_the_list_is_remarked(stage):
    assert "Lưu ý: ngày này trước bước" in confirmed(stage, "decided")


def test_an_admission_after_the_decision_is_not_remarked(stage):
    assert "Lưu ý" not in confirmed(stage, "decided", "kn Lê Văn Cường 20/3")


def test_steps_that_lack_are_remarked_and_do_not_hinder(stage):
    answer = confirmed(stage, "vetted", "kn Lê Văn Cường 20/3")
    assert "trong danh sách mới đến bước «" in answer
    assert "[1. Đúng, ghi nhận]" in answer


def test_the_day_of_the_ceremony_can_be_tapped(stage):
    secretary = stage.person("secretary", "Biên Sơn", "zalo")
    secretary.says("kn Lê Văn Cường", AT)
    assert "Ngày: 28/3/2022" in secretary.says("2", AT)
