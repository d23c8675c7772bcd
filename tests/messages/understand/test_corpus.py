"""What people type, line by line: every slot right where the corpus says so, and never a wrong booking."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from messages.fold import fold
from messages.understand import UnitNames, understand
from storage.data import shipped_units

CORPUS = Path(__file__).parents[2] / "corpus"
UNSEEN = "held-back-2.jsonl"  # an exam: measured by hand, no rule is held to it
TODAY = date(2022, 3, 20)
UNITS = UnitNames(shipped_units())


def lines_of(name: str) -> list[dict[str, Any]]:
    text = (CORPUS / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def heard(line: dict[str, Any]) -> dict[str, Any]:
    district = line.get("role") == "district"
    return understand(line["text"], today=TODAY, units=UNITS, district=district).as_json()


def person_agrees(wanted: dict[str, Any], got: dict[str, Any]) -> bool:
    return all(fold(v) == fold(got[k]) if k == "name" else v == got[k] for k, v in wanted.items())


def agrees(key: str, wanted: Any, got: Any) -> bool:
    if key == "people":
        return len(wanted) == len(got) and all(map(person_agrees, wanted, got))
    return bool(wanted == got)


def faults(line: dict[str, Any]) -> dict[str, Any]:
    got = heard(line)
    return {k: (v, got[k]) for k, v in line["expect"].items() if not agrees(k, v, got[k])}


@pytest.mark.parametrize("line", lines_of("examples.jsonl"), ids=lambda line: line["text"])
def test_an_example_is_understood_in_every_slot(line: dict[str, Any]) -> None:
    assert faults(line) == {}


@pytest.mark.parametrize("line", lines_of("own.jsonl"), ids=lambda line: line["text"])
def test_a_line_of_the_own_corpus_is_understood_in_every_slot(line: dict[str, Any]) -> None:
    assert faults(line) == {}


def test_nearly_every_held_back_line_is_understood_in_every_slot() -> None:
    lines = lines_of("held-back.jsonl")
    wrong = {line["text"]: found for line in lines if (found := faults(line))}
    assert len(wrong) <= 0.03 * len(lines), wrong


def wrongly_booked(line: dict[str, Any]) -> bool:
    """Whether the books would get something that was not meant, without the bot having to ask."""
    got, wanted = heard(line), line["expect"]
    if got["intent"] not in ("admission", "nil", "file_quarter", "correct"):
        return False
    if got["intent"] != wanted["intent"]:
        return True
    asked = set(got["unclear"])
    return any(
        got[slot] is not None and got[slot] != wanted.get(slot, got[slot]) for slot in ("date", "count")
    ) or any(
        got[slot] is not None and slot in wanted.get("unclear", ()) and slot not in asked
        for slot in ("date", "count")
    )


@pytest.mark.parametrize("name", sorted({path.name for path in CORPUS.glob("*.jsonl")} - {UNSEEN}))
def test_nothing_is_booked_that_was_not_meant(name: str) -> None:
    assert [line["text"] for line in lines_of(name) if wrongly_booked(line)] == []


@pytest.mark.parametrize("line", lines_of("own.jsonl"), ids=lambda line: line["text"])
def test_typing_with_decomposed_letters_changes_nothing(line: dict[str, Any]) -> None:
    decomposed = line | {"text": unicodedata.normalize("NFD", line["text"])}
    assert heard(decomposed) == heard(line)
