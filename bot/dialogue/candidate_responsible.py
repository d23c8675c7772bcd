"""Who answers for a candidate's step: one person, or a body, picked out of what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from bot.dialogue.talk import Talk
from domain.candidate import ANSWERED_FOR, Candidate, Step
from messages import candidate_words
from messages.channel import Choice
from messages.fold import fold
from messages.names import in_capitals, near_name, of_name
from messages.readers import Answer, NotUnderstood, OneOf, people_from_json, quoted
from messages.understand import holds_id_number, read_people

LONGEST_NAME: Final = 60
_BODY: Final = re.compile(
    r"(ban|bch|cap uy|chi bo|chi doan|chi hoi|chi uy|cong an|cong doan|dang bo|dang uy|doan|hoi|khu|lien doan"
    r"|mat tran|mttq|nhan dan|noi|phong|tap the|thon|to|truong|tram|ubnd|uy ban|van phong|xa)\b"
)
"""How the name of a body begins, folded."""
_SENTENCE: Final = re.compile(r"\b(dc|dong chi|phan cong|giao|cu|la|do|ong|anh|lam)\b|[0-9/]")
"""What stands in a sentence about people and in no name of a body, folded."""


def responsible_for(talk: Talk, candidate: Candidate, step: Step, timezone: ZoneInfo) -> str | None:
    """Who answers for the step, where the plan makes somebody answerable."""
    if step not in ANSWERED_FOR:
        return None

    def named_in(answer: Answer) -> tuple[str, ...]:
        return _named(answer, candidate, timezone)

    about: dict[str, object] = {"candidate": candidate, "step": step, "several": False}
    named = talk.ask("responsible", _one_of(named_beside(talk, candidate), named_in), about, item=step)
    if len(named) > 1:
        together = ", ".join(named)
        offered = (*named, together) if len(together) <= LONGEST_NAME else named
        which = _one_of(offered, lambda answer: _only(named_in(answer)))
        named = talk.ask("responsible", which, {**about, "several": True}, item=f"{step}/which")
    return next(iter(named), None)


def _one_of(names: Sequence[str], other: Callable[[Answer], tuple[str, ...]]) -> OneOf[tuple[str, ...]]:
    people: list[tuple[Choice, tuple[str, ...]]] = [(Choice(name, name), (name,)) for name in names]
    return OneOf((*people, (candidate_words.SKIP, ())), other=other)


def named_beside(talk: Talk, candidate: Candidate) -> tuple[str, ...]:
    """Who else was named in the line that named the candidate, by a slip of the finger or not."""
    said = talk.answers.get("who")
    people = people_from_json(said.value) if said and said.value and said.value.startswith("[") else ()
    names = [one.name for one in people]
    own = [name for name in names if of_name([candidate], name)]
    own = own or [name for name in names if near_name([candidate], name)]
    return _written([name for name in names if name not in own]) if len(names) > 1 else ()


def _others(names: Sequence[str], candidate: Candidate) -> tuple[str, ...]:
    """These names but for the candidate's own, where others stand beside it."""
    return _written([name for name in names if not of_name([candidate], name)] or names)


def _written(names: Sequence[str]) -> tuple[str, ...]:
    """Names as they are written down, each once."""
    return tuple(dict.fromkeys(in_capitals(name) for name in names))


def _named(answer: Answer, candidate: Candidate, timezone: ZoneInfo) -> tuple[str, ...]:
    """The people, or the one body, that an answer names."""
    if answer.value is not None:
        return (answer.value,)
    said = " ".join(answer.said.split())
    today = answer.at.astimezone(timezone).date()
    names = [person.name for person in read_people(said, today)]
    if holds_id_number(said):
        raise NotUnderstood("nobody_named", {"said": ""})
    if _is_body(said, names):
        return (said[:1].upper() + said[1:],)
    if not names or max(len(name) for name in names) > LONGEST_NAME:
        raise NotUnderstood("nobody_named", {"said": quoted(said)})
    return _others(names, candidate)


def _only(named: tuple[str, ...]) -> tuple[str, ...]:
    if len(named) != 1:
        raise NotUnderstood("several_named")
    return named


def _is_body(said: str, names: Sequence[str]) -> bool:
    """Whether a text is the name of a body, «Đoàn xã», and not of a person, «Đoàn Văn Hùng», or a sentence."""
    folded = fold(said)
    if len(said) > LONGEST_NAME or not _BODY.match(folded) or _SENTENCE.search(folded):
        return False
    own = [fold(name) for name in names]
    return not any(folded == name or (" " in name and folded.startswith(name)) for name in own)
