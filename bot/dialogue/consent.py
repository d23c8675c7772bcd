"""The district decides whether an office may be handed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.pages import ask_one
from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.commands import DecideHandOver
from domain.errors import HandOverDecided
from domain.policy import Action
from messages import labels
from messages.channel import Choice
from messages.readers import Answer, NotUnderstood, OneOf, Words
from messages.say import Say
from messages.understand import read_yes_no
from messages.understand.heard import Heard, Intent
from storage.queries import hand_overs
from storage.queries.hand_overs import HandOver
from storage.session import Session

_LONGEST_REASON = 300
_YES = Choice("yes", labels.AGREE)
_NO = Choice("no", labels.NOT_AGREE)
_LATER = Choice("later", labels.LATER)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingFacts:
    """The hand-overs that wait for the district's word."""

    waiting: tuple[HandOver, ...]


def waiting_facts(session: Session, asker: Asker) -> WaitingFacts:
    """Fetch what waits; a code that waits no more is refused, with what became of it."""
    waiting = hand_overs.waiting(session)
    said = asker.answers.get("which")
    number = _number(said)
    if number is not None and number not in {each.id for each in waiting}:
        found = hand_overs.numbered(session, number)
        raise HandOverDecided(f"BG-{number}", None if found is None else found.agreed)
    return WaitingFacts(waiting=waiting)


def _number(answer: Answer | None) -> int | None:
    """The number in «BG-2»."""
    code = "" if answer is None or answer.value is None else answer.value
    digits = code.removeprefix("BG-")
    return int(digits) if digits.isdigit() and len(digits) < 10 and digits != code else None


def consent_fills(heard: Heard, line: Answer) -> Fills:
    """The hand-over that «BG-2» names."""
    return {"which": Answer(line.said, line.at, heard.code)} if heard.code else {}


@dialogue(
    "consent",
    opens_on=Intent.CONSENT,
    needs=Action.CONSENT,
    facts=waiting_facts,
    fills=consent_fills,
    asks=("which", "decision", "reason"),
)
def consent(talk: Talk, facts: WaitingFacts) -> DecideHandOver | Say:
    """Which hand-over, and yes, no or later."""
    if not facts.waiting:
        return Say("consent/none", {}, (labels.ROLLUP, labels.MENU))
    hand_over = _which(talk, facts.waiting)
    reader = OneOf(((_YES, _YES), (_NO, _NO), (_LATER, _LATER)), other=_said)
    decision = talk.ask("decision", reader, {"hand_over": hand_over}, item=hand_over.code)
    if decision is _LATER:
        return Say("consent/later", {"hand_over": hand_over}, (labels.CONSENT, labels.MENU))
    reason = _reason(talk, hand_over) if decision is _NO else None
    return DecideHandOver(number=hand_over.id, agreed=decision is _YES, reason=reason)


def _which(talk: Talk, waiting: Sequence[HandOver]) -> HandOver:
    if len(waiting) == 1:
        return waiting[0]
    options = [(Choice(each.code, f"{each.code} · {each.unit.short}"), each) for each in waiting]
    return ask_one(talk, "which", options)


def _said(answer: Answer) -> Choice:
    """«Đồng ý», «không»."""
    yes = read_yes_no(answer.said)
    if yes is None:
        raise NotUnderstood("not_a_choice")
    return _YES if yes else _NO


def _reason(talk: Talk, hand_over: HandOver) -> str | None:
    unsaid: str | None = None
    reader = OneOf(
        ((Choice("none", labels.NO_REASON), unsaid),),
        other=lambda answer: Words().read(answer).strip()[:_LONGEST_REASON] or None,
    )
    return talk.ask("reason", reader, {"hand_over": hand_over})
