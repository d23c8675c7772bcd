"""Taking somebody off the list of candidates: why, and on which day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.dialogue.candidate_day import example_day
from bot.dialogue.candidate_facts import CandidateFacts, candidate_facts, who_said
from bot.dialogue.candidate_who import which_candidate
from bot.dialogue.talk import Fills, Talk, dialogue
from domain.candidate import Candidate, Step, WayOut
from domain.commands import CloseCandidate
from domain.policy import Action
from messages import candidate_words
from messages.readers import Answer, NotUnderstood, OneOf, PastDate
from messages.understand.heard import Heard, Intent


def close_fills(heard: Heard, line: Answer) -> Fills:
    """What a line such as «Cường xin rút ngày 5/3» answers already."""
    fills = dict(who_said(heard, line))
    if heard.reason is not None:
        fills["because"] = Answer(line.said, line.at, heard.reason.value)
    if heard.date is not None:
        fills["when"] = Answer(line.said, line.at, heard.date.isoformat())
    return fills


@dialogue(
    "candidate_close",
    opens_on=Intent.CANDIDATE_CLOSE,
    needs=Action.REPORT,
    facts=candidate_facts,
    fills=close_fills,
    asks=("who", "which", "because", "when", "confirm"),
    takes_words=("who",),
)
def candidate_close(talk: Talk, facts: CandidateFacts) -> CloseCandidate:
    """Who is a candidate no more."""
    candidate = which_candidate(talk, facts, facts.open, facts.on_probation)
    ways = tuple((candidate_words.way_out_choice(way), way) for way in WayOut)
    about = {"candidate": candidate}
    because = talk.ask("because", OneOf(ways), about)
    days = candidate_words.recent_days(facts.today)
    day = PastDate(facts.office.timezone, _not_before(candidate), days)
    example = example_day(day, facts.today, (candidate.last,))
    closed_on = talk.ask("when", day, {**about, "because": because, "example": example, "today": facts.today})
    command = CloseCandidate(
        unit=facts.unit(candidate), candidate=candidate.id, because=because, closed_on=closed_on
    )
    talk.confirm(command, about)
    return command


def _not_before(candidate: Candidate) -> Callable[[date], None]:
    """A check that nobody leaves before the last step that they took."""

    def check(day: date) -> None:
        if candidate.step is not Step.LISTED and day < candidate.step_on:
            raise NotUnderstood("before_step", {"day": day, "taken": candidate.last})

    return check
