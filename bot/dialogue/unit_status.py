"""What the district asks of one unit: how it stands in a quarter, and whom it admitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.dialogue.place import unit_said
from bot.dialogue.quarter import quarter_said
from bot.dialogue.rollup import quarter_asked
from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.organisation import Unit, UnitKind
from domain.policy import Action
from domain.progress import UnitProgress
from messages import labels
from messages.channel import Choice
from messages.readers import Answer, NotUnderstood, OneOf
from messages.rollup_words import Named, unit_words
from messages.say import Say
from messages.understand import UnitNames
from messages.understand.heard import Heard, Intent
from storage.queries.admissions import Reported, reported
from storage.queries.progress import progress_of
from storage.queries.units import all_units
from storage.session import Session

MOST_SHOWN: Final = 12
"""Units offered at once when a name fits several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFacts:
    """The unit asked for with its figures, or the units to choose from."""

    units: tuple[Unit, ...]
    like: tuple[Unit, ...] = ()
    standing: UnitProgress | None = None
    admitted: tuple[Reported, ...] = ()


def unit_facts(session: Session, asker: Asker) -> UnitFacts:
    """Fetch the unit that was named, or those that the words may mean."""
    units = tuple(u for u in all_units(session, asker.today) if u.kind is UnitKind.GRASSROOTS)
    named, words = asker.answers.get("unit"), asker.answers.get("words")
    unit = _named(units, named) if named else None
    if unit is None:
        found = UnitNames(units).find((named or words or Answer("", asker.at)).said)
        unit, like = found.unit, found.candidates[:MOST_SHOWN]
        if unit is None:
            return UnitFacts(units=units, like=like)
    quarter, count_by = quarter_asked(session, asker), asker.office.count_by
    return UnitFacts(
        units=units,
        standing=progress_of(session, unit, quarter, count_by),
        admitted=reported(session, [unit.id], quarter.first_day, quarter.last_day, count_by),
    )


def _named(units: Sequence[Unit], named: Answer) -> Unit | None:
    return next((unit for unit in units if named.value in (unit.name, unit.code)), None)


def unit_fills(heard: Heard, line: Answer) -> Fills:
    """The unit and the quarter that the line named; or the words that fit several units."""
    words = {"words": Answer(heard.text, line.at)} if heard.text else {}
    return {**words, **unit_said(heard, line), **quarter_said(heard, line)}


@dialogue(
    "unit_status",
    opens_on=Intent.UNIT_STATUS,
    needs=Action.SEE_ALL,
    facts=unit_facts,
    fills=unit_fills,
    asks=("unit",),
)
def unit_status(talk: Talk, facts: UnitFacts) -> Say:
    """One unit's quarter; which unit is asked while the words fit several, or none."""
    if facts.standing is None:
        choices = tuple((Choice(unit.code, unit.short), unit) for unit in facts.like)
        talk.ask("unit", OneOf(choices, other=None if choices else _unknown), {"like": facts.like})
        raise AssertionError("a unit that was understood has its figures among the facts")
    people = [Named(name=one.name, on=one.counted_on) for one in facts.admitted]
    words = unit_words(facts.standing, people, (labels.ROLLUP, labels.UNIT, labels.MENU))
    return replace(words, seen=f"{facts.standing.unit.code} {facts.standing.quarter}")


def _unknown(answer: Answer) -> Unit:
    raise NotUnderstood("no_such_unit", {"said": answer.said[:40]})
