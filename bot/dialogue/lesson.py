"""What a unit has learnt from its last batch of decisions, in its own words or in usual ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.dialogue.place import Place, filing_places_of, which_counted
from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.batch import batch_of_code
from domain.commands import TellLesson
from domain.organisation import Unit, UnitId
from domain.policy import Action
from messages import labels
from messages.channel import Choice
from messages.readers import Answer, NotUnderstood, OneOf, OwnWords, Words
from messages.understand.heard import Heard, Intent
from storage.queries.batches import batches
from storage.session import Session

LONGEST: Final = 300
"""Characters of a lesson that are kept: it stands in the office's report."""
_OWN: Final = OwnWords(least_words=3, most=LONGEST)
_LOOKS_BACK: Final = timedelta(days=120)
"""For how long a batch is the one that was meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonFacts:
    """The units that the asker may file for, and the day of the last batch of each."""

    places: tuple[Place, ...]
    last: Mapping[UnitId, date]


def lesson_facts(session: Session, asker: Asker) -> LessonFacts:
    """Fetch the asker's units and their batches."""
    places = filing_places_of(session, asker)
    of = {place.counted.id for place in places}
    found = batches(session, asker.today - _LOOKS_BACK, asker.today, of)
    return LessonFacts(places=places, last={batch.unit.id: batch.day for batch in found})


def lesson_fills(heard: Heard, line: Answer) -> Fills:
    """The words of «rút kinh nghiệm: …», and the batch whose result was shown."""
    words = {"words": Answer(line.said, line.at, heard.text)} if heard.text else {}
    batch = {"batch": Answer(line.said, line.at, heard.code)} if batch_of_code(heard.code) else {}
    return {**words, **batch}


@dialogue(
    "lesson",
    opens_on=Intent.LESSON,
    needs=Action.FILE,
    facts=lesson_facts,
    fills=lesson_fills,
    asks=("unit", "words", "confirm"),
)
def lesson(talk: Talk, facts: LessonFacts) -> TellLesson:
    """A sentence about the batch that was shown, else about the unit's last one."""
    unit, batch = _which(talk, facts)
    usual = tuple((Choice(f"lesson-{n}", words), words) for n, words in enumerate(labels.LEARNT, 1))
    reader = OneOf(usual, other=_own_words)
    text = talk.ask("words", reader, {"batch": batch, "before": talk.was("words", reader)})
    command = TellLesson(unit=unit, batch=batch, text=text)
    talk.confirm(command, {})
    return command


def _which(talk: Talk, facts: LessonFacts) -> tuple[Unit, date | None]:
    shown = batch_of_code(talk.given("batch", Words()))
    own = [place.counted for place in facts.places if shown and place.counted.id == shown[0]]
    if shown and own:
        return own[0], shown[1]
    unit = which_counted(talk, facts.places)
    return unit, facts.last.get(unit.id)


def _own_words(answer: Answer) -> str:
    known = {f"lesson-{n}": words for n, words in enumerate(labels.LEARNT, 1)}
    if answer.value in known:
        return known[answer.value]
    if answer.value is None and answer.said.strip().isdecimal():
        raise NotUnderstood("not_a_choice")
    return " ".join(_OWN.read(answer).split())
