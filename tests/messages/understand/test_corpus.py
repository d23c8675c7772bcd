"""What people type, line by line: every slot right where the corpus says so, and never a wrong booking."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from bench.understanding import CORPUS, Judge, Line, lines_of

UNSEEN = frozenset({"held-back-3.jsonl"})
"""The exam: it is measured by `make bench`, and no test is to teach the rules its lines."""
JUDGE = Judge()


def corpus(name: str) -> list[Line]:
    return lines_of(Path(CORPUS) / name)


@pytest.mark.parametrize("line", corpus("examples.jsonl"), ids=lambda line: line["text"])
def test_an_example_is_understood_in_every_slot(line: Line) -> None:
    assert JUDGE.faults(line) == {}


@pytest.mark.parametrize("line", corpus("own.jsonl"), ids=lambda line: line["text"])
def test_a_line_of_the_own_corpus_is_understood_in_every_slot(line: Line) -> None:
    assert JUDGE.faults(line) == {}


def test_nearly_every_held_back_line_is_understood_in_every_slot() -> None:
    lines = corpus("held-back.jsonl")
    wrong = {line["text"]: found for line in lines if (found := JUDGE.faults(line))}
    assert len(wrong) <= 0.03 * len(lines), wrong


@pytest.mark.parametrize("name", sorted({path.name for path in CORPUS.glob("*.jsonl")} - UNSEEN))
def test_nothing_is_booked_that_was_not_meant(name: str) -> None:
    assert JUDGE.score(corpus(name)).booked_wrongly == ()


def changed(line: Line, text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return JUDGE.heard(line | {"text": text}), JUDGE.heard(line)


@pytest.mark.parametrize("line", corpus("own.jsonl"), ids=lambda line: line["text"])
def test_typing_with_decomposed_letters_changes_nothing(line: Line) -> None:
    otherwise, heard = changed(line, unicodedata.normalize("NFD", line["text"]))
    assert otherwise == heard
