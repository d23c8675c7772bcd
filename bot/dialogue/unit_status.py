"""One unit as the district or its overseer asks for it: how it stands in a quarter, and whom it admitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.dialogue.place import unit_said
from bot.dialogue.quarter import reported_now
from bot.dialogue.status import is_cluster, page_asked, place_asked, quarter_asked, status_fills, ways_back
from bot.dialogue.talk import Asker, Elsewhere, Fills, Talk, dialogue
from bot.dialogue.view import seen
from domain.at_risk import AtRisk
from domain.errors import NotOverseen
from domain.office import NamesShown
from domain.organisation import Unit, UnitKind
from domain.period import Quarter
from domain.policy import Action, overseen
from domain.progress import UnitProgress
from domain.strength import Strength
from messages import labels, places
from messages.channel import Choice
from messages.names import name_shown
from messages.readers import Answer, NotUnderstood, OneOf
from messages.rollup_words import Named, unit_words
from messages.say import Say
from messages.understand import UnitNames
from messages.understand.heard import Heard, Intent
from storage.queries.admissions import Reported, reported
from storage.queries.progress import progress_of
from storage.queries.rollup import risks
from storage.queries.strength import strength_of
from storage.queries.units import all_units
from storage.session import Session

MOST_SHOWN: Final = 12
"""Units offered at once when a name fits several."""
PEOPLE_AT_ONCE: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A unit's figures in a quarter, whom it admitted, and whether it will miss the quarter."""

    now: UnitProgress
    admitted: tuple[Reported, ...]
    risk: AtRisk | None
    strength: Strength
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFacts:
    """The unit asked for with its figures, or the units to choose from; none where nothing was said of any."""

    reported: Quarter
    cluster: bool
    names: NamesShown
    is_named: bool = False
    like: tuple[Unit, ...] = ()
    standing: Standing | None = None


def unit_facts(session: Session, asker: Asker) -> UnitFacts:
    """Fetch the unit that was named, or those that the words may mean."""
    named, words = asker.answers.get("unit"), asker.answers.get("words")
    facts = UnitFacts(
        reported=reported_now(session, asker),
        cluster=is_cluster(asker),
        names=names_for(asker),
        is_named=named is not None or words is not None,
    )
    among = overseen(asker.person)
    every = tuple(u for u in all_units(session, asker.today) if u.kind is UnitKind.GRASSROOTS)
    own = tuple(unit for unit in every if among is None or unit.id in among)
    unit = _named(own, named) if named else None
    if unit is None:
        said = (named or words or Answer("", asker.at)).said
        found = UnitNames(own).find(said)
        unit, like = found.unit, found.candidates[:MOST_SHOWN]
        if unit is None and not like and named and (others := _named(every, named)):
            raise NotOverseen(others.short)
        if unit is None:
            return replace(facts, like=like)
    return replace(facts, standing=_standing(session, unit, asker))


def _standing(session: Session, unit: Unit, asker: Asker) -> Standing:
    quarter, count_by = quarter_asked(session, asker), asker.office.count_by
    warned = risks(session, quarter, asker.now, asker.office, {unit.id})
    return Standing(
        now=progress_of(session, unit, quarter, count_by),
        admitted=reported(session, [unit.id], quarter.first_day, quarter.last_day, count_by),
        risk=warned[0] if warned else None,
        strength=strength_of(session, unit, asker.today, count_by),
        page=page_asked(asker.answers),
    )


def names_for(asker: Asker) -> NamesShown:
    """How names are shown to somebody: in full to the district alone, and to nobody on a foreign messenger."""
    shortens = asker.names is NamesShown.FULL and is_cluster(asker)
    return NamesShown.INITIALS if shortens else asker.names


def _named(units: Sequence[Unit], named: Answer) -> Unit | None:
    return next((unit for unit in units if named.value in (unit.name, unit.code)), None)


def unit_fills(heard: Heard, line: Answer) -> Fills:
    """The unit and the quarter that the line named or a choice led to; or the words that fit several units."""
    words = {"words": Answer(heard.text, line.at)} if heard.text else {}
    found = {**words, **unit_said(heard, line), **status_fills(heard, line)}
    at = place_asked(found)
    return found if at is None else {**found, "unit": Answer(at.unit, line.at, at.unit)}


@dialogue(
    "unit_status",
    opens_on=Intent.UNIT_STATUS,
    needs=Action.OVERSEE,
    facts=unit_facts,
    fills=unit_fills,
    asks=("unit",),
    waits=False,
)
def unit_status(talk: Talk, facts: UnitFacts) -> Say:
    """One unit's quarter; which unit is asked while the words fit several, or none; without any all are shown."""
    if facts.standing is None:
        if not facts.is_named and not facts.like:
            raise Elsewhere(Intent.UNIT_LIST, talk.answers)
        choices = tuple((Choice(unit.code, unit.short), unit) for unit in facts.like)
        talk.ask("unit", OneOf(choices, other=None if choices else _unknown), {"like": facts.like})
        raise AssertionError("a unit that was understood has its figures among the facts")
    shown = facts.standing
    people = [Named(name=name_shown(one.name, facts.names), on=one.counted_on) for one in shown.admitted]
    words = unit_words(shown.now, people, _offers(shown, facts), shown.risk, shown.strength)
    return replace(words, seen=seen(shown.now.unit.code, shown.now.quarter))


def _offers(shown: Standing, facts: UnitFacts) -> tuple[Choice, ...]:
    """The admissions of a page to open, and the ways back."""
    quarter, first = shown.now.quarter, (shown.page - 1) * PEOPLE_AT_ONCE
    page = shown.admitted[first : first + PEOPLE_AT_ONCE]
    people = [
        places.admission(
            one.code,
            labels.report(one.code, name_shown(one.name, facts.names, one.code), one.counted_on),
        )
        for one in page
    ]
    more = first + PEOPLE_AT_ONCE < len(shown.admitted)
    following = (places.unit(shown.now.unit, quarter, shown.page + 1),) if more else ()
    back = ways_back(quarter, facts.reported, cluster=facts.cluster)
    return (*people, *following, *back, labels.MENU)


def _unknown(answer: Answer) -> Unit:
    raise NotUnderstood("no_such_unit", {"said": answer.said[:40]})
