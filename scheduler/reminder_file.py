"""The file of reminders: the shipped one, or the office's own."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from domain.reminder_rules import ReminderRules, RulesFaulty, read_rules
from storage.data import shipped_reminders_path


def rules_in(path: Path) -> ReminderRules:
    """The rules in a file; raises RulesFaulty, which names everything that is wrong with it."""
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as fault:
        raise RulesFaulty((f"không mở được tệp ({fault.strerror}).",)) from fault
    except UnicodeDecodeError as fault:
        raise RulesFaulty(("tệp không phải chữ UTF-8; hãy lưu lại dạng UTF-8.",)) from fault
    except tomllib.TOMLDecodeError as fault:
        raise RulesFaulty((f"tệp không đúng dạng TOML: {fault}.",)) from fault
    return read_rules(table)


@cache
def shipped_rules() -> ReminderRules:
    """The rules that ship with the product."""
    return rules_in(shipped_reminders_path())
