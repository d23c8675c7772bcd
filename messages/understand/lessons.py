"""What was learnt from a batch of decisions: told by a unit, asked for by the office."""

from __future__ import annotations

from typing import Final

from messages.understand.heard import Intent
from messages.understand.scene import Scene
from messages.understand.signs import Sign

_NEAR_START: Final = 4  # words of manners before what is wanted
_JOINS: Final = frozenset({":", ",", "-", ".", "la", "rang", "nhu", "sau"})


def lesson(scene: Scene) -> Intent | None:
    """«rút kinh nghiệm: thẩm tra sớm hơn»; from the district, which learns from all, the question for them."""
    hit = scene.first(Sign.LESSON)
    if hit is None or hit.first > _NEAR_START:
        return None
    if scene.district:
        return Intent.LESSONS
    return None if scene.asks() else Intent.LESSON


def lesson_said(scene: Scene) -> str:
    """The words after «rút kinh nghiệm:», as they were typed."""
    line, hit = scene.line, scene.first(Sign.LESSON)
    if hit is None:
        return ""
    at = hit.after
    while at < len(line.words) and line.words[at] in _JOINS:
        at += 1
    return line.whole[line.tokens[at].start :].strip() if at < len(line.tokens) else ""
