"""The list of candidates, and the card of one of them, from which everything about them is begun."""

from __future__ import annotations

from typing import NoReturn

from bot.dialogue.candidate_facts import CandidateFacts, candidate_facts, who_said
from bot.dialogue.candidate_who import Unsure, pick, settle
from bot.dialogue.talk import Elsewhere, Talk, dialogue
from domain.candidate import Candidate, Step, steps_to_take
from domain.candidate_limits import remarks_on
from domain.policy import Action
from messages import candidate_words, labels
from messages.channel import Choice
from messages.readers import Answer, OneOf
from messages.understand.heard import Intent

_BEGINS = {
    candidate_words.STEP: Intent.CANDIDATE_STEP,
    candidate_words.BACK: Intent.CANDIDATE_BACK,
    candidate_words.CLOSE: Intent.CANDIDATE_CLOSE,
    candidate_words.ADMIT: Intent.ADMISSION,
    candidate_words.WORKER: Intent.CANDIDATE_WORK,
    candidate_words.NO_WORKER: Intent.CANDIDATE_WORK,
    labels.ADD_CANDIDATE: Intent.CANDIDATE_ADD,
    labels.CANDIDATES: Intent.CANDIDATE_LIST,
    labels.MENU: Intent.MENU,
}


@dialogue(
    "candidate_list",
    opens_on=Intent.CANDIDATE_LIST,
    needs=Action.REPORT,
    facts=candidate_facts,
    fills=who_said,
    asks=("who", "which", "what"),
    waits=False,
)
def candidate_list(talk: Talk, facts: CandidateFacts) -> NoReturn:
    """Who is on the list; and of one of them, how far they have come and what is to be written down."""
    candidate = _chosen(talk, facts)
    left = steps_to_take(candidate, facts.committee(candidate))
    about = {
        "candidate": candidate,
        "unit": facts.unit(candidate),
        "remarks": remarks_on(candidate, facts.today),
        "is_worker": facts.works_for_firm(candidate),
    }
    choices = _offered(candidate, left, facts)
    chosen = talk.ask(
        "what", OneOf(tuple((choice, choice) for choice in choices)), about, item=candidate.code
    )
    at = talk.answers[f"what/{candidate.code}"].at
    whose = {"who": Answer(candidate.code, at, f"candidate:{candidate.id}")}
    if chosen in (labels.MENU, labels.CANDIDATES):
        raise Elsewhere(_BEGINS[chosen], {})
    if chosen in _BEGINS:
        raise Elsewhere(_BEGINS[chosen], whose)
    raise Elsewhere(Intent.CANDIDATE_STEP, {**whose, "step": Answer(chosen.label, at, chosen.value)})


def _chosen(talk: Talk, facts: CandidateFacts) -> Candidate:
    extra = (labels.ADD_CANDIDATE, labels.MENU)
    picked = pick(talk, facts, facts.followed, extra, by_whole_name=True)
    if isinstance(picked, Choice):
        raise Elsewhere(_BEGINS[picked], {})
    if isinstance(picked, Unsure):
        return settle(talk, facts, picked, facts.followed)
    return picked


def _offered(candidate: Candidate, left: tuple[Step, ...], facts: CandidateFacts) -> tuple[Choice, ...]:
    """What can be done next with a candidate; where they work matters until they were at the class."""
    work = candidate_words.NO_WORKER if facts.works_for_firm(candidate) else candidate_words.WORKER
    is_open = not candidate.is_admitted
    following = left[0] if left else None
    further = candidate_words.next_step_choice(following) if following not in (None, Step.ADMITTED) else None
    return (
        *((further,) if further else ()),
        *((candidate_words.STEP,) if len([step for step in left if step is not Step.ADMITTED]) > 1 else ()),
        *((candidate_words.ADMIT,) if is_open else ()),
        *((candidate_words.BACK,) if is_open and len(candidate.steps) > 1 else ()),
        *((candidate_words.CLOSE,) if is_open else ()),
        *((work,) if is_open and Step.TRAINED in left else ()),
        labels.CANDIDATES,
        labels.MENU,
    )
