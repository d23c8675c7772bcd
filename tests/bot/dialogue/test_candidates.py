"""Talking about candidates: names as the channel may carry them, what goes over to what, and what stays asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.office import NamesShown, Office

AT = datetime.fromisoformat("2022-03-20T08:00:00+07:00")


@pytest.fixture
def secretary(stage):
    return stage.person("secretary", "Biên Sơn", "zalo")


def showing(stage, how):
    stage.office = Office(names=how)
    stage.house = replace(stage.house, office=stage.office)


@pytest.mark.parametrize(
    ("how", "label"),
    [
        (NamesShown.FULL, "1. Vi Thị Hạ (đã nộp đơn 2/3)"),
        (NamesShown.INITIALS, "1. V.T.H. (đã nộp đơn 2/3)"),
        (NamesShown.CODE, "1. QC-1 (đã nộp đơn 2/3)"),
    ],
)
def test_the_list_the_card_and_the_receipts_carry_no_more_of_a_name_than_the_office_allows(
    stage, secretary, how, label
):
    showing(stage, how)
    stage.prepare("candidate", "Vi Thị Hạ applied 2/3/2022", secretary, AT)
    answers = [secretary.says(text, AT) for text in ("quần chúng ưu tú", "1", "1", "1", "Lê Văn Tám", "1")]
    assert f"[{label}]" in answers[0]
    assert "Đã ghi nhận" in answers[-1]
    for answer in answers:
        assert ("Vi Thị Hạ" in answer) <= (how is NamesShown.FULL)
        assert ("V.T.H." in answer) <= (how is NamesShown.INITIALS)


def test_a_list_does_not_go_on_waiting_under_something_else(stage, secretary):
    stage.prepare("candidate", "Vi Thị Hạ applied 2/3/2022", secretary, AT)
    secretary.says("quần chúng ưu tú", AT)
    secretary.says("kn Nguyễn Thị Hoa ngày 15/3", AT)
    receipt = secretary.says("1", AT)
    assert "mã BS-22-01" in receipt
    assert "Đồng chí chọn một người" not in receipt


def test_the_report_of_an_admission_that_waits_goes_on_after_a_step(stage, secretary):
    stage.prepare("candidate", "Vi Thị Hạ applied 2/3/2022", secretary, AT)
    secretary.says("kn Nguyễn Thị Hoa", AT)
    secretary.says("quần chúng ưu tú", AT)
    for text in ("1", "1", "1", "1"):
        secretary.says(text, AT)
    receipt = secretary.says("1", AT)
    assert "Đã ghi nhận" in receipt
    assert "Lễ kết nạp ngày nào?" in receipt


def test_who_is_not_on_the_list_is_put_there_first_and_then_the_step_goes_on(stage, secretary):
    assert "Chưa có «Trần Văn Minh»" in secretary.says("Trần Văn Minh học xong lớp cảm tình đảng 10/3", AT)
    assert "Thêm quần chúng ưu tú: Trần Văn Minh" in secretary.says("1", AT)
    assert "Vẫn ghi bước bồi dưỡng nhận thức về Đảng?" in secretary.says("1", AT)


def test_giving_up_the_adding_asks_again_who_is_meant(stage, secretary):
    secretary.says("Trần Văn Minh học xong lớp cảm tình đảng 10/3", AT)
    secretary.says("1", AT)
    assert "Chưa có «Trần Văn Minh»" in secretary.says("3", AT)


def test_a_card_opens_the_report_of_an_admission_however_far_down_the_list_it_was(stage, secretary):
    for number, letter in enumerate("ABCDEFGHI", 1):
        stage.prepare("candidate", f"Vi Văn {letter}n listed {number}/1/2022", secretary, AT)
    for text in ("quần chúng ưu tú", "8", "2", "3"):
        answer = secretary.says(text, AT)
    assert "Lễ kết nạp ngày nào?" in answer
    assert "Kết nạp: V.V.I." in secretary.says("15/3", AT)
    assert "mã BS-22-01" in secretary.says("1", AT)
    assert "8 người; đảng viên dự bị: 1" in secretary.says("quần chúng ưu tú", AT)


def test_an_admission_that_is_undone_puts_its_candidate_on_the_list_again(stage, secretary):
    stage.prepare("candidate", "Vi Thị Hạ decided 2/3/2022", secretary, AT)
    for text in ("kn Vi Thị Hạ ngày 15/3", "1", "hoàn tác", "1"):
        secretary.says(text, AT)
    assert "Quần chúng ưu tú: 1 người. " in secretary.says("quần chúng ưu tú", AT)


def test_a_day_that_was_offered_is_the_day_that_was_shown(stage, secretary):
    """«Hôm nay» tapped on the next morning is the day before."""
    stage.prepare("candidate", "Vi Thị Hạ trained 2/3/2022", secretary, AT)
    assert "[1. Hôm nay (20/3)]" in secretary.says("Vi Thị Hạ nộp đơn", AT)
    assert "Ngày: 20/3/2022" in secretary.says("1", AT + timedelta(days=1))


def test_a_confirmation_before_twelve_months_is_warned_of_and_taken(stage, secretary):
    stage.prepare("candidate", "Vi Thị Hạ admitted 10/3/2022", secretary, AT)
    answer = secretary.says("Vi Thị Hạ được công nhận đảng viên chính thức 20/3", AT)
    assert "chưa đủ 12 tháng từ ngày kết nạp (10/3/2022)" in answer
    assert "Đã ghi nhận" in secretary.says("1", AT)
    assert "chưa có ai" in secretary.says("quần chúng ưu tú", AT)


def test_who_is_not_admitted_is_not_confirmed(stage, secretary):
    stage.prepare("candidate", "Vi Thị Hạ decided 10/3/2022", secretary, AT)
    answer = secretary.says("Vi Thị Hạ được công nhận đảng viên chính thức 20/3", AT)
    assert "chưa được báo kết nạp" in answer


def test_a_commune_says_of_which_cell_somebody_is_put_on_the_list(stage, secretary):
    stage.cell("Thôn Hạ", "Biên Sơn")
    stage.restart()
    secretary.says("thêm quần chúng Vi Thị Lan chi bộ Thôn Hạ", AT)
    assert "Thôn Hạ" in secretary.says("1", AT)


def test_an_identity_number_is_taken_for_nobodys_name(stage, secretary):
    stage.prepare("candidate", "Vi Thị Hạ applied 2/3/2022", secretary, AT)
    secretary.says("Vi Thị Hạ thẩm tra lý lịch xong 10/3", AT)
    assert "Người thẩm tra" not in secretary.says("Nam 031099001234", AT)


def test_who_answers_for_a_step_is_a_name_without_its_title_and_never_the_whole_sentence(stage, secretary):
    stage.prepare("candidate", "Trần Văn Nam applied 2/3/2022", secretary, AT)
    assert "Ai thẩm tra lý lịch?" in secretary.says("Trần Văn Nam thẩm tra lý lịch xong 10/3", AT)
    answer = secretary.says("nguoi phu trach tran van nam la dc hoang van binh", AT)
    assert "Người thẩm tra: Hoang Van Binh\n" in answer
