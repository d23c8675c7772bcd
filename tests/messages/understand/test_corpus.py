"""What people type, line by line: every slot right where the corpus says so, and never a wrong booking."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from messages.fold import fold
from messages.understand import UnitNames, understand
from storage.data import shipped_units

CORPUS = Path(__file__).parents[2] / "corpus"
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
