"""The rules of reminding as an office writes them: what is read, and every fault by name."""

from __future__ import annotations

import tomllib
from datetime import date, time

import pytest

from domain.candidate_limits import Limits
from domain.people import REPORTING_ROLES, Role
from domain.progress import Owes
from domain.reminder_rules import RulesFaulty, read_rules

STEP = '[[step]]\nname = "7"\ndays = -7\n'


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(RulesFaulty) as faulty:
        read_rules(tomllib.loads(text))
    return faulty.value.faults


def test_what_is_left_out_has_its_usual_value() -> None:
    rules = read_rules(tomllib.loads(STEP))
    (step,) = rules.steps
    assert (step.name, step.days, step.at, step.to, step.about, step.words) == (
        "7",
        -7,
        time(8),
        REPORTING_ROLES,
        frozenset(Owes),
        "",
    )
    assert (rules.speaks_from, rules.speaks_until, rules.roll_up_at) == (time(7), time(21), time(17))
    assert rules.limits == Limits()


def test_everything_can_be_written() -> None:
    rules = read_rules(
        tomllib.loads(
            """
            days_off = [2026-01-02]
            [hours]
            from = 06:30:00
            until = "20:00"
            ask = "09:00"
            roll_up = "16:00"
            [[step]]
            name = "early"
            days = -30
            hour = "07:30"
            to = ["secretary", "deputy"]
            about = ["silent"]
            words = "Còn sớm."
            [candidates]
            weekday = "thursday"
            hour = "10:00"
            idle_months = 6
            days_ahead = 5
            """
        )
    )
    (step,) = rules.steps
    assert (step.at, step.to, step.about) == (
        time(7, 30),
        {Role.SECRETARY, Role.DEPUTY},
        {Owes.REPORT},
    )
    assert step.words == "Còn sớm."
    assert rules.days_off == {date(2026, 1, 2)}
    assert (rules.speaks_from, rules.asks_at, rules.weekly_on) == (time(6, 30), time(9), 3)
    assert rules.limits == Limits(idle_months=6, days_ahead=5)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "chưa có bậc nhắc nào"),
        ("step = 3", "chưa có bậc nhắc nào"),
        ("step = [3]", "[[step]] thứ 1: phải là một bảng"),
        (STEP + "hours = 3", "không có mục «hours»"),
        ("hours = 3\n" + STEP, "[hours]: phải là một bảng"),
        ("nhac = 1\n" + STEP, "tệp: không có mục «nhac»"),
        ('[[step]]\nname = "Bảy"\ndays = -7', "[[step]] thứ 1: name"),
        ("[[step]]\ndays = -7", "[[step]] thứ 1: name"),
        ('[[step]]\nname = "7"', "[[step]] thứ 1: days"),
        ('[[step]]\nname = "7"\ndays = true', "[[step]] thứ 1: days"),
        ('[[step]]\nname = "7"\ndays = -7.5', "[[step]] thứ 1: days"),
        ('[[step]]\nname = "7"\ndays = 100', "[[step]] thứ 1: days"),
        (STEP + 'hour = "8h"', "hour phải là giờ như 08:00"),
        (STEP + "hour = 8", "hour phải là giờ như 08:00"),
        (STEP + 'to = ["bí thư"]', "không có «bí thư»"),
        (STEP + 'to = ["admin"]', "không có «admin»"),
        (STEP + "to = []", "to phải là danh sách"),
        (STEP + 'about = "silent"', "about phải là danh sách gồm silent, short, met"),
        (STEP + f'words = "{"a" * 201}"', "words phải là một dòng"),
        (STEP + 'words = "a\\nb"', "words phải là một dòng"),
        (STEP + 'hour = "22:00"', "bậc «7»: giờ 22:00 nằm ngoài giờ được nhắn tin (07:00 đến 21:00)"),
        (STEP + '[hours]\nfrom = "21:00"', "from phải sớm hơn until"),
        (STEP + '[hours]\nroll_up = "23:00"', "[hours] roll_up: giờ 23:00"),
        (STEP + STEP, "hai bậc cùng tên «7»"),
        (STEP + '[[step]]\nname = "8"\ndays = -7', "hai bậc «7» và «8» cùng days = -7"),
        ('[[step]]\nname = "a"\ndays = -1\nto = ["deputy"]', "chưa có bậc nào nhắc bí thư"),
        (STEP + '[[step]]\nname = "a"\ndays = -9\nto = ["overseer"]', "overseer được báo (days = -9) trước"),
        ("days_off = 3\n" + STEP, "days_off: phải là danh sách ngày"),
        ("days_off = [2026-01-02T08:00:00]\n" + STEP, "days_off: phải là danh sách ngày"),
        (STEP + '[candidates]\nweekday = "sunday"', "weekday phải là một trong monday"),
        (STEP + "[candidates]\nidle_months = -1", "idle_months phải là một số từ 0 đến 240"),
        (STEP + "[candidates]\nidle = 1", "[candidates]: không có mục «idle»"),
    ],
)
def test_every_fault_is_named(text: str, fault: str) -> None:
    (told,) = faults(text)
    assert fault in told


def test_all_faults_are_told_together() -> None:
    assert len(faults('[[step]]\nname = "A"\nto = ["ai"]\nhour = "x"\n[candidates]\nhour = "y"')) == 5
