"""What of a report is to be changed, and to what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bot.dialogue.quarter import in_closed_quarter, in_planned_year
from bot.dialogue.talk import Talk
from bot.dialogue.which_report import CorrectFacts
from messages import labels
from messages.channel import Choice
from messages.fold import fold
from messages.names import proper_name
from messages.readers import Answer, NotUnderstood, OneOf, PastDate, People, WholeNumber
from messages.understand import holds_id_number
from storage.queries.revisions import Report

WHAT: Final = ("name", "day", "gender", "year", "decision", "withdrawn")
"""What can be changed: the keys of the answers that hold the new values."""
_EARLIEST_BIRTH: Final = 1930
_LONGEST_NUMBER: Final = 40
_DATES: Final = frozenset({"ceremony_on", "decision_on", "birth_date"})


def what_to_change(talk: Talk, facts: CorrectFacts, report: Report) -> str:
    """The key of the value that is to be another."""
    options = tuple((Choice(what, labels.WHAT[what]), what) for what in WHAT)
    return talk.ask("what", OneOf(options, other=_named_shortly), _about(facts, report))


def _named_shortly(answer: Answer) -> str:
    """«tên», «ngày kết nạp», «rút»: words of one label alone, or that one label begins."""
    words = fold(answer.said)
    found = [
        what
        for what, label in labels.WHAT.items()
        if words and (words in fold(label) or fold(label) in words)
    ]
    if len(found) != 1:
        raise NotUnderstood("not_a_choice")
    return found[0]


def new_value(
    talk: Talk, facts: CorrectFacts, report: Report, what: str, becomes: str | None
) -> Mapping[str, Any]:
    """The fields of the figures that change, with their new values; `becomes` is the name that a line told."""
    about = _about(facts, report)
    match what:
        case "name":
            people = People(facts.office.timezone, 1, 1)
            return {"name": becomes or proper_name(talk.ask("name", people, about)[0].name)}
        case "day":
            late = in_closed_quarter(facts.periods, facts.today)
            reader = PastDate(facts.office.timezone, in_planned_year(facts.periods), late=late)
            return {report.figures.dated_by(facts.office.count_by): talk.ask("day", reader, about)}
        case "gender":
            options = tuple((Choice(value, label), value) for value, label in labels.GENDERS.items())
            return {"gender": talk.ask("gender", OneOf(options), about)}
        case "year":
            return _born(report, talk.ask("year", _BirthYear(facts.today.year), about))
        case "decision":
            return {"decision_no": talk.ask("decision", _DecisionNumber(), about)}
        case _:
            return {"withdrawn": True}


def _about(facts: CorrectFacts, report: Report) -> Mapping[str, object]:
    return {"report": report, "on": facts.counted_on(report)}


def _born(report: Report, year: int) -> Mapping[str, Any]:
    """The year of birth, and without the day of birth that it contradicts."""
    born: date | None = report.figures.birth_date
    return {"birth_year": year, "birth_date": born if born is not None and born.year == year else None}


@dataclass(frozen=True, slots=True)
class _BirthYear:
    """A year of birth, of four digits or of its last two."""

    this_year: int

    def choices(self) -> tuple[Choice, ...]:
        return ()

    def read(self, answer: Answer) -> int:
        said = (answer.value or answer.said).strip()
        if said.isascii() and said.isdigit() and len(said) == len("98"):
            century = self.this_year // 100 * 100
            said = str(century + int(said) - (100 if int(said) > self.this_year % 100 else 0))
        return WholeNumber(_EARLIEST_BIRTH, self.this_year).read(Answer(said, answer.at))


@dataclass(frozen=True, slots=True)
class _DecisionNumber:
    """The number of a decision, as it was typed."""

    def choices(self) -> tuple[Choice, ...]:
        return ()

    def read(self, answer: Answer) -> str:
        number = " ".join((answer.value or answer.said).split())
        has_digit = any(character.isdigit() for character in number)
        if not has_digit or len(number) > _LONGEST_NUMBER or holds_id_number(number):
            raise NotUnderstood("not_a_decision")
        return number


def changes_as_json(changes: Mapping[str, Any]) -> dict[str, Any]:
    """New values in the form in which an answer keeps them."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in changes.items()}


def changes_from_json(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The inverse of `changes_as_json`."""
    return {
        key: date.fromisoformat(value) if key in _DATES and value else value for key, value in changes.items()
    }
