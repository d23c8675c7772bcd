"""Every refusal, and every answer that cannot be taken, has words that need nothing but its facts."""

from __future__ import annotations

import ast
from dataclasses import fields
from pathlib import Path

import pytest
from jinja2 import meta

import messages.say
from domain.errors import Refused
from messages.readers import NotUnderstood
from messages.words_of import problem_words, refusal_words

PACKAGE = Path(messages.__file__).parent
GIVEN = {"to"}


def needed(template: str) -> set[str]:
    source = (PACKAGE / "templates" / f"{template}.j2").read_text(encoding="utf-8")
    return meta.find_undeclared_variables(messages.say._environment().parse(source)) - GIVEN


@pytest.mark.parametrize("kind", Refused.__subclasses__(), ids=lambda kind: kind.__name__)
def test_every_refusal_has_words_that_need_only_its_fields(kind):
    refused = kind(**{each.name: None for each in fields(kind)})
    said = refusal_words(refused)
    assert needed(said.template) <= said.facts.keys()


def problems():
    """Each `NotUnderstood("problem", {…})` in the code, with the names of its facts where they stand there."""
    for path in (*PACKAGE.rglob("*.py"), *(PACKAGE.parent / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "NotUnderstood":
                facts = node.args[1] if len(node.args) > 1 else ast.Dict([], [])
                if isinstance(facts, ast.Dict):
                    yield node.args[0].value, {key.value for key in facts.keys}
                else:
                    yield node.args[0].value, None


@pytest.mark.parametrize(("problem", "facts"), sorted(problems(), key=str))
def test_every_answer_that_cannot_be_taken_is_told_why(problem, facts):
    required = needed(problem_words(NotUnderstood(problem)).template)
    assert facts is None or required <= facts
