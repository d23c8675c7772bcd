"""Telling more of somebody who was admitted: one question each, in taps, each of which may be skipped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Final, TypeVar

from bot.dialogue.admission_facts import facts_fill, facts_told
from bot.dialogue.late import closed_of, reason_asked
from bot.dialogue.place import places_of
from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.closing import Period, Periods
from domain.commands import TellFacts
from domain.facts import Facts, Schooling
from domain.office import NamesShown
from domain.period import Quarter
from domain.policy import Action
from messages import labels
from messages.channel import Choice
from messages.names import of_name, told_apart
from messages.readers import Answer, NotUnderstood, OneOf, Words, quoted
from messages.say import Say, short_day
from messages.understand import read_yes_no
from messages.understand.heard import Heard, Intent
from storage.queries.admissions import LOOKS_BACK
from storage.queries.facts import Known, known_of
from storage.queries.periods import periods_of
from storage.session import Session

MOST_SHOWN: Final = 8
"""Admissions offered at once; an earlier one is named by its code."""
YES_OR_NO: Final = ("youth", "minority", "religious", "rural", "private_sector", "village_head")
"""The facts that are a yes or a no, in the order in which they are asked."""
_GENDERS: Final = (("nam", "Nam"), ("nữ", "Nữ"))
T = TypeVar("T")


class Way(Enum):
    """What may be answered instead of an answer."""

    SKIP = auto()
    DONE = auto()


_WAYS: Final = ((Choice("skip", labels.SKIP), Way.SKIP), (Choice("done", labels.DONE), Way.DONE))


@dataclass(frozen=True, slots=True, kw_only=True)
class TellFactsOf:
    """The admissions that more can be told of, the latest report first.

    Those of open quarters are offered, or others where there are none.
    """

    admissions: tuple[Known, ...]
    names: NamesShown
    periods: Periods
    today: date

    def closed(self, one: Known) -> tuple[Period, ...]:
        """The quarter of an admission, if it is closed."""
        return closed_of(self.periods, [Quarter.of(one.counted_on)], self.today)

    @property
    def offered(self) -> tuple[Known, ...]:
        return tuple(one for one in self.admissions if not self.closed(one)) or self.admissions


def tell_facts_of(session: Session, asker: Asker) -> TellFactsOf:
    """Fetch what the asker's units have reported within about a year; a cell's own for its secretary."""
    places = [place for place in places_of(session, asker) if not place.below]
    whole = {place.counted.id for place in places if place.unit == place.counted}
    cells = {place.unit.id for place in places}
    first, periods = asker.today - LOOKS_BACK, periods_of(session)
    known = known_of(session, {place.counted.id for place in places}, first, asker.office.count_by)
    return TellFactsOf(
        admissions=tuple(
            each
            for each in known
            if (each.unit in whole or each.cell in cells) and periods.of(Quarter.of(each.counted_on))
        ),
        names=asker.names,
        periods=periods,
        today=asker.today,
    )


def facts_fills(heard: Heard, line: Answer) -> Fills:
    """Whom the line was about, by code or by name, and what it told."""
    fills = dict(facts_fill(heard, line))
    if heard.code is not None:
        fills["which"] = Answer(line.said, line.at, heard.code)
    elif heard.people:
        fills["which"] = Answer(line.said, line.at, heard.people[0].name)
    if heard.people and heard.people[0].gender is not None:
        fills["said_gender"] = Answer(line.said, line.at, heard.people[0].gender)
    return fills


@dialogue(
    "facts",
    opens_on=Intent.FACTS,
    needs=Action.REPORT,
    facts=tell_facts_of,
    fills=facts_fills,
    asks=("which", "gender", *YES_OR_NO, "schooling", "because"),
)
def tell_facts(talk: Talk, facts: TellFactsOf) -> TellFacts | Say:
    """More of whom, and what."""
    if not facts.admissions:
        return Say("facts/none", {}, (labels.ADMISSION, labels.MENU))
    one = talk.ask("which", _one_of(facts))
    told, gender = facts_told(talk), talk.given("said_gender", Words())
    for name, value in _answers(talk, one, told, gender):
        if isinstance(value, str) and not isinstance(value, Schooling):
            gender = value
        else:
            told = told.with_one(name, value)
    if gender is None and not told.told():
        return Say("facts/nothing", {"one": one}, (labels.TELL_OF_ANOTHER, labels.MENU))
    because = reason_asked(talk, facts.closed(one), labels.FACTS_BECAUSE)
    return TellFacts(admission=one.admission, gender=gender, facts=told, because=because)


def _one_of(facts: TellFactsOf) -> OneOf[Known]:
    shown = facts.offered[:MOST_SHOWN]
    named = zip(shown, told_apart(shown, facts.names), strict=True)
    options = tuple((Choice(one.code, f"{name} ({short_day(one.counted_on)})"), one) for one, name in named)

    def by_words(answer: Answer) -> Known:
        words = answer.value or answer.said
        found = [one for one in facts.admissions if one.code == words.strip().upper()]
        found = found or [*of_name(facts.offered, words)] or [*of_name(facts.admissions, words)]
        if not found:
            raise NotUnderstood("no_such_admission", {"said": quoted(words)})
        if len(found) > 1:
            raise NotUnderstood("not_a_choice")
        return found[0]

    return OneOf(options, other=by_words)


def _answers(
    talk: Talk, one: Known, told: Facts, gender: str | None
) -> Iterable[tuple[str, bool | str | Schooling]]:
    """What is answered, question by question, until there are no more or it is enough."""
    about = {"one": one}
    for name in _to_ask(one, told, gender):
        answer = talk.ask(name, _reader(name), about)
        if answer is Way.DONE:
            return
        if not isinstance(answer, Way):
            yield name, answer


def _to_ask(one: Known, told: Facts, gender: str | None) -> list[str]:
    """What is not known yet; all of it where nothing is left, for something may have been told wrongly."""
    known = one.facts.with_told(told).told().keys()
    left = [name for name in (*YES_OR_NO, "schooling") if name not in known]
    is_known = gender is not None or one.gender is not None
    asked = [*(() if is_known else ("gender",)), *left]
    return asked or ["gender", *YES_OR_NO, "schooling"]


def _reader(name: str) -> OneOf[bool | str | Schooling | Way]:
    match name:
        case "gender":
            genders = tuple((Choice(value, label), value) for value, label in _GENDERS)
            return OneOf((*genders, *_WAYS))
        case "schooling":
            levels = tuple((Choice(each.value, labels.SCHOOLING[each]), each) for each in Schooling)
            return OneOf((*levels, *_WAYS))
        case _:
            yes_no = ((Choice("yes", labels.YES), True), (Choice("no", labels.NO), False))
            return OneOf((*yes_no, *_WAYS), other=_yes_or_no)


def _yes_or_no(answer: Answer) -> bool:
    meant = read_yes_no(answer.said)
    if meant is None:
        raise NotUnderstood("not_a_choice")
    return meant
