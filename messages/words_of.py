"""What is said of a refusal and of an answer that cannot be taken: the template follows from the name."""

from __future__ import annotations

import re
from dataclasses import fields

from domain.errors import Refused
from messages.readers import NotUnderstood
from messages.say import Say


def refusal_words(refused: Refused) -> Say:
    """The words of a refusal: the template `refusals/<name>` with the refusal's fields."""
    template = re.sub(r"(?<!^)(?=[A-Z])", "_", type(refused).__name__).lower()
    facts: dict[str, object] = {each.name: getattr(refused, each.name) for each in fields(refused)}
    return Say(f"refusals/{template}", facts)


def problem_words(problem: NotUnderstood) -> Say:
    """The words for an answer that cannot be taken: the template `problems/<problem>`."""
    return Say(f"problems/{problem.problem}", problem.facts)
