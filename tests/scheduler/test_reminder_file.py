"""The file of reminders: the shipped one, and the office's own."""

from __future__ import annotations

from datetime import date, time

import pytest

from domain.office import Office
from domain.reminder_rules import ReminderRules, RulesFaulty
from scheduler.days_off import timetable_of
from scheduler.reminder_file import rules_in, shipped_rules


def test_the_shipped_rules_are_the_usual_ones():
    rules = shipped_rules()
    assert [(step.name, step.days) for step in rules.steps] == [
        ("15", -15),
        ("7", -7),
        ("3", -3),
        ("1", -1),
        ("0", 0),
        ("after_2", 2),
        ("after_4", 4),
    ]
    assert rules == ReminderRules(steps=rules.steps, days_off=frozenset({date(2026, 1, 2)}))
    assert {step.at for step in rules.steps} == {time(8)}


def test_a_file_as_an_editor_of_windows_saves_it_is_read(tmp_path):
    path = tmp_path / "nhac.toml"
    path.write_bytes('\ufeff# nhắc\r\n[[step]]\r\nname = "7"\r\ndays = -7\r\n'.encode())
    assert [step.days for step in rules_in(path).steps] == [-7]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (None, "không mở được tệp"),
        ("[[step", "không đúng dạng TOML"),
        ("nhắc".encode("utf-16"), "không phải chữ UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path, content, fault):
    path = tmp_path / "nhac.toml"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(RulesFaulty) as faulty:
        rules_in(path)
    assert fault in faulty.value.faults[0]


def test_the_office_s_own_days_off_are_kept_beside_the_public_ones(tmp_path):
    path = tmp_path / "nhac.toml"
    path.write_text('days_off = [2022-03-24]\n[[step]]\nname = "7"\ndays = -7\n')
    table = timetable_of(Office(), rules_in(path))
    days = [day for day in (1, 2, 24, 25) if not table.is_working_day(date(2022, 3, day))]
    assert days == [24]
    assert not table.is_working_day(date(2022, 2, 1))  # Tết
