"""Telling that a candidate works for a private firm, or does not after all: it decides which class they are called to."""

from __future__ import annotations

from bot.dialogue.candidate_facts import CandidateFacts, candidate_facts, who_said
from bot.dialogue.candidate_who import which_candidate
from bot.dialogue.talk import Talk, dialogue
from domain.commands import TellWork
from domain.policy import Action
from messages.understand.heard import Intent


@dialogue(
    "candidate_work",
    opens_on=Intent.CANDIDATE_WORK,
    needs=Action.REPORT,
    facts=candidate_facts,
    fills=who_said,
    asks=("who", "which", "confirm"),
    takes_words=("who",),
)
def candidate_work(talk: Talk, facts: CandidateFacts) -> TellWork:
    """The opposite of what the books hold; said on the card, which shows it."""
    candidate = which_candidate(talk, facts, facts.open, facts.on_probation)
    is_worker = facts.works_for_firm(candidate)
    command = TellWork(unit=facts.unit(candidate), candidate=candidate.id, private_firm=not is_worker)
    talk.confirm(command, {"candidate": candidate})
    return command
