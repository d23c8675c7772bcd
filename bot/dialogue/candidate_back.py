"""Taking back a candidate's last step."""

from __future__ import annotations

from bot.dialogue.candidate_facts import CandidateFacts, candidate_facts, who_said
from bot.dialogue.candidate_who import which_candidate
from bot.dialogue.talk import Talk, dialogue
from domain.commands import TakeBackStep
from domain.errors import OnlyOneStep
from domain.policy import Action
from messages.understand.heard import Intent


@dialogue(
    "candidate_back",
    opens_on=Intent.CANDIDATE_BACK,
    needs=Action.REPORT,
    facts=candidate_facts,
    fills=who_said,
    asks=("who", "which", "confirm"),
    takes_words=("who",),
)
def candidate_back(talk: Talk, facts: CandidateFacts) -> TakeBackStep:
    """Whose last step was written down by mistake."""
    candidate = which_candidate(talk, facts, facts.open, facts.on_probation)
    if len(candidate.steps) == 1:
        raise OnlyOneStep(candidate.name, candidate.code)
    command = TakeBackStep(unit=facts.unit(candidate), candidate=candidate.id, entry=candidate.last.id)
    talk.confirm(command, {"candidate": candidate, "back_at": candidate.steps[-2]})
    return command
