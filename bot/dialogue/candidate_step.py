"""Writing down a candidate's step: who, which one, on which day, and who answers for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from bot.dialogue.candidate_day import example_day
from bot.dialogue.candidate_facts import CandidateFacts, candidate_facts, who_said
from bot.dialogue.candidate_responsible import named_beside, responsible_for
from bot.dialogue.candidate_who import which_candidate
from bot.dialogue.talk import Elsewhere, Fills, Talk, dialogue
from domain.candidate import ANSWERED_FOR, Candidate, Step, bounds_of, skipped_by, steps_to_take
from domain.candidate_limits import ON_PROBATION, age_concern, months_between
from domain.commands import TakeStep
from domain.policy import Action
from messages import candidate_words, labels
from messages.names import in_capitals
from messages.readers import Answer, NotUnderstood, OneOf, PastDate
from messages.understand import holds_id_number
from messages.understand.heard import Heard, Intent

_NEXT: Final = "next"
"""The step that follows the furthest one, whichever that is."""
_LONGEST_NUMBER: Final = 40


def step_fills(heard: Heard, line: Answer) -> Fills:
    """What a line such as «Hoa thẩm tra lý lịch xong 10/3» answers already."""
    fills = dict(who_said(heard, line))
    if line.said.startswith(labels.NEXT_STEP) and heard.code is not None:
        fills["step"] = Answer(line.said, line.at, _NEXT)
    if heard.step is not None:
        fills["step"] = Answer(line.said, line.at, heard.step.value)
    if heard.date is not None:
        fills["when"] = Answer(line.said, line.at, heard.date.isoformat())
    if heard.decision is not None:
        fills[f"decision/{Step.DECIDED}"] = Answer(heard.decision, line.at)
    if heard.responsible is not None and heard.step is not None:
        names = ", ".join(in_capitals(name) for name in heard.responsible.split(", "))
        fills[f"responsible/{heard.step}"] = Answer(line.said, line.at, names)
    return fills


@dialogue(
    "candidate_step",
    opens_on=Intent.CANDIDATE_STEP,
    needs=Action.REPORT,
    facts=candidate_facts,
    fills=step_fills,
    asks=("who", "which", "step", "when", "responsible", "decision", "confirm"),
    takes_words=("who", "responsible", "decision"),
)
def candidate_step(talk: Talk, facts: CandidateFacts) -> TakeStep:
    """A step that a candidate has closed."""
    candidate = _whose(talk, facts)
    step = _which_step(talk, facts, candidate)
    if step is Step.ADMITTED:
        raise Elsewhere(Intent.ADMISSION, _as_admission(talk, candidate))
    day = PastDate(
        facts.office.timezone,
        _between_its_neighbours(candidate, step),
        candidate_words.recent_days(facts.today),
    )
    about = {"candidate": candidate, "step": step}
    example = example_day(day, facts.today, bounds_of(candidate, step))
    taken_on = talk.ask("when", day, {**about, "example": example, "today": facts.today})
    command = TakeStep(
        unit=facts.unit(candidate),
        candidate=candidate.id,
        step=step,
        taken_on=taken_on,
        responsible=responsible_for(talk, candidate, step, facts.office.timezone),
        decision_no=_decision(talk, candidate, step),
    )
    skipped = skipped_by(candidate, step, facts.committee(candidate))
    others = () if step in ANSWERED_FOR else named_beside(talk, candidate)
    talk.confirm(
        command, {**about, "skipped": skipped, "others": others, **_warnings(candidate, step, taken_on)}
    )
    return command


def _whose(talk: Talk, facts: CandidateFacts) -> Candidate:
    said = talk.answers.get("step")
    if said is None or said.value in (Step.CONFIRMED, _NEXT):
        return which_candidate(talk, facts, facts.followed)
    return which_candidate(talk, facts, facts.open, facts.on_probation)


def _which_step(talk: Talk, facts: CandidateFacts, candidate: Candidate) -> Step:
    steps = steps_to_take(candidate, facts.committee(candidate))

    def not_offered(answer: Answer) -> Step:
        if answer.value == _NEXT and steps:
            return steps[0]
        if answer.value not in list(Step):
            raise NotUnderstood("not_a_choice")
        taken = candidate.taken(Step(answer.value))
        if taken is not None:
            raise NotUnderstood("step_taken", {"taken": taken, "candidate": candidate})
        if answer.value == Step.COMMITTEE_RESOLVED:
            raise NotUnderstood("no_committee")
        raise NotUnderstood("not_admitted_yet", {"candidate": candidate})

    options = tuple((candidate_words.step_choice(step), step) for step in steps)
    return talk.ask("step", OneOf(options, other=not_offered), {"candidate": candidate, "steps": steps})


def _as_admission(talk: Talk, candidate: Candidate) -> Fills:
    """The candidate, and the day if it was said, as the report of an admission has them."""
    at = talk.answers["step"].at
    day = {"when": talk.answers["when"]} if "when" in talk.answers else {}
    return {"who": Answer(candidate.code, at, f"candidate:{candidate.id}"), **day}


def _between_its_neighbours(candidate: Candidate, step: Step) -> Callable[[date], None]:
    """A check that a day lies neither before the step before nor after the step after."""
    before, after = bounds_of(candidate, step)

    def check(day: date) -> None:
        if before is not None and day < before.on:
            raise NotUnderstood("before_step", {"day": day, "taken": before})
        if after is not None and day > after.on:
            raise NotUnderstood("after_step", {"day": day, "taken": after})

    return check


def _decision(talk: Talk, candidate: Candidate, step: Step) -> str | None:
    if step is not Step.DECIDED:
        return None
    reader = OneOf(((candidate_words.SKIP, ""),), other=_decision_number)
    return talk.ask("decision", reader, {"candidate": candidate}, item=step) or None


def _decision_number(answer: Answer) -> str:
    said = " ".join(answer.said.split())
    has_digit = any(letter.isdecimal() for letter in said)
    if not has_digit or len(said) > _LONGEST_NUMBER or holds_id_number(said):
        raise NotUnderstood("no_decision_number")
    return said


def _warnings(candidate: Candidate, step: Step, on: date) -> dict[str, object]:
    """What is told beside the confirmation, and never refused: age at the cell's vote, a confirmation too early."""
    considered = step is Step.CELL_RESOLVED
    age = age_concern(candidate.birth_year, candidate.birth_date, on) if considered else None
    too_early = step is Step.CONFIRMED and months_between(candidate.step_on, on) < ON_PROBATION
    return {"age": age, "too_early": too_early, "probation": ON_PROBATION}
