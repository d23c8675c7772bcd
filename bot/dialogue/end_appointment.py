"""The district ends somebody's appointment: whose, from which day on, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.dialogue.invite import role_said
from bot.dialogue.pages import ask_one
from bot.dialogue.quarter import reported_now
from bot.dialogue.reason import reason_said, said_or_chosen
from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from bot.dialogue.which_unit import unit_fills, which_unit
from domain.commands import EndAppointment
from domain.errors import NotAllowed
from domain.inviting import may_end
from domain.matters import Promise
from domain.office import NamesShown, Office
from domain.organisation import Unit, UnitId, UnitKind
from domain.people import Person
from domain.policy import Action
from domain.title import title_of
from messages import labels
from messages.channel import Choice
from messages.names import name_shown, of_name
from messages.readers import Answer, NotUnderstood, Words, people_as_json, people_from_json, quoted
from messages.understand import read_date
from messages.understand.heard import Heard, Intent
from storage.queries import hand_overs, people
from storage.queries.hand_overs import HandOver
from storage.queries.people import Held
from storage.queries.promises import promise_of
from storage.queries.units import all_units, cells_below
from storage.session import Session

_DAY: Final = timedelta(days=1)
AHEAD: Final = timedelta(days=366)
"""How long beforehand the end of an appointment may be written down."""
_REASONS: Final = ("Chuyển công tác", "Nghỉ hưu, nghỉ chế độ", "Hết nhiệm kỳ", labels.NO_REASON)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndFacts:
    """The units, those where somebody holds something, who holds what, and what of it is under way."""

    person: Person
    office: Office
    names: NamesShown
    today: date
    units: tuple[Unit, ...]
    peopled: frozenset[UnitId]
    held: Callable[[Unit], tuple[Held, ...]]
    hand_over: Callable[[Held], HandOver | None]
    promise: Callable[[Unit], Promise | None]

    def may_end(self, unit: Unit) -> tuple[Held, ...]:
        """What is held at a unit, or at the cells below it, and may be ended by this person."""
        return tuple(one for one in self.held(unit) if may_end(self.person, one.role, one.unit))


def end_facts(session: Session, asker: Asker) -> EndFacts:
    """Fetch the units at which somebody holds something today."""
    today, quarter = asker.office.day_of(asker.now), reported_now(session, asker)
    held_at = people.units_held(session, today)

    def held(unit: Unit) -> tuple[Held, ...]:
        cells = cells_below(session, [unit.id], today) if unit.kind is UnitKind.GRASSROOTS else ()
        return people.held_at(session, [unit.id, *(cell.id for cell in cells)], today)

    return EndFacts(
        person=asker.person,
        office=asker.office,
        names=asker.names,
        today=today,
        units=tuple(unit for unit in all_units(session, today) if unit.kind is not UnitKind.CELL),
        peopled=held_at,
        held=held,
        hand_over=lambda one: hand_overs.of_appointment(session, one.id),
        promise=lambda unit: promise_of(session, unit.id, quarter),
    )


def end_fills(heard: Heard, line: Answer) -> Fills:
    """The unit, the office, the person and the day in «kết thúc nhiệm kỳ bí thư Tân Hoa từ 1/4»."""
    role = role_said(line.said)
    fills = {**unit_fills(heard, line)}
    if role is not None:
        fills["role"] = Answer(line.said, line.at, role.value)
    if len(heard.people) == 1:
        fills["name"] = Answer(line.said, line.at, people_as_json(heard.people))
    if heard.date is not None and heard.intent is Intent.END_APPOINTMENT:
        fills["when"] = Answer(line.said, line.at, heard.date.isoformat())
    return {**fills, **reason_said(line)} if heard.intent is Intent.END_APPOINTMENT else fills


@dialogue(
    "end_appointment",
    opens_on=Intent.END_APPOINTMENT,
    needs=Action.END_APPOINTMENT,
    facts=end_facts,
    fills=end_fills,
    asks=("unit", "which", "who", "when", "because", "confirm"),
)
def end_appointment(talk: Talk, facts: EndFacts) -> EndAppointment:
    """Whose appointment ends, when and why; it is shown what stays and who is left."""
    unit = _unit(talk, facts)
    held = _who(talk, facts, unit)
    title = title_of(held.role, held.unit)
    reader = DayInOffice(facts.office.timezone, held.appointment.since + _DAY, facts.today + AHEAD)
    until = talk.ask(
        "when", reader.offering(facts.today), {"title": title, "name": held.name, "today": facts.today}
    )
    because = said_or_chosen(talk, "because", _REASONS, {"title": title})
    command = EndAppointment(
        number=held.id,
        unit=held.unit,
        role=held.role,
        until=until,
        because=None if because == labels.NO_REASON else because,
    )
    left = [one for one in facts.held(unit) if one.id != held.id and one.unit.id == held.unit.id]
    about = {
        "title": title,
        "name": held.name,
        "left": len({one.person_id for one in left}),
        "alone": not any(one.role is held.role for one in left),
        "hand_over": facts.hand_over(held) if until <= facts.today else None,
        "promise": facts.promise(held.unit) if held.unit.kind is UnitKind.GRASSROOTS else None,
        "is_own": held.person_id == facts.person.id,
    }
    talk.confirm(command, about)
    return command


def _unit(talk: Talk, facts: EndFacts) -> Unit:
    """The unit: the district for an office there; what is held there is ended by those who may invite to it."""
    role = talk.given("role", Words())
    peopled = [unit for unit in facts.units if unit.id in facts.peopled]
    ours = [unit for unit in peopled if unit.kind is UnitKind.DISTRICT]
    allowed = [unit for unit in ours if any(may_end(facts.person, r, unit) for r in labels.AT_DISTRICT)]
    if role in labels.AT_DISTRICT:
        if not allowed:
            raise NotAllowed
        return allowed[0]
    return which_unit(talk, [unit for unit in peopled if unit not in ours or unit in allowed], facts.units)


def _who(talk: Talk, facts: EndFacts, unit: Unit) -> Held:
    """The appointment: the only one that fits what was said, or the one chosen."""
    all_held = facts.may_end(unit)
    if not all_held:
        raise NotAllowed
    meant = _fitting(talk, all_held)
    if len(meant) == 1:
        return meant[0]
    shown = _labels(meant, facts.names)
    options = [(Choice(f"held-{one.id}", label), one) for one, label in zip(meant, shown, strict=True)]
    return ask_one(talk, "who", options, lambda answer: _named(meant, answer), {"unit": unit})


def _fitting(talk: Talk, held: Sequence[Held]) -> Sequence[Held]:
    """Those of the office and the name that were said; all where nobody is."""
    role, name = talk.given("role", Words()), talk.given("name", Words())
    by_role = [one for one in held if role in (None, one.role.value)] or list(held)
    if name is None:
        return by_role
    named = [one for one in by_role if _is_named(one, people_from_json(name)[0].name)]
    return named or by_role


def _is_named(one: Held, name: str) -> bool:
    return bool(of_name([_Named(one.name)], name))


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    birth_year: int | None = None
    code: str = ""


def _named(held: Sequence[Held], answer: Answer) -> Held:
    found = [one for one in held if _is_named(one, answer.said)]
    if len(found) != 1:
        raise NotUnderstood("not_a_choice")
    return found[0]


def _labels(held: Sequence[Held], names: NamesShown) -> list[str]:
    """The title of each with the name as the channel may carry it; a number tells apart who reads the same."""
    plain = [labels.held(title_of(one.role, one.unit), name_shown(one.name, names)) for one in held]
    return [
        words if plain.count(words) == 1 else f"{words} ({plain[: at + 1].count(words)})"
        for at, words in enumerate(plain)
    ]


@dataclass(frozen=True, slots=True)
class DayInOffice:
    """The first day on which an office is held no more: past or coming, from `first` to `last`."""

    timezone: ZoneInfo
    first: date
    last: date
    offers: tuple[Choice, ...] = ()

    def offering(self, today: date) -> DayInOffice:
        """The same with the likely days to choose: today, and the first of the next month."""
        next_month = date(today.year + today.month // 12, today.month % 12 + 1, 1)
        days = [(day, label) for day, label in ((today, "Hôm nay"), (next_month, "Đầu tháng sau"))]
        offers = tuple(
            Choice(day.isoformat(), f"{label}, {day.day}/{day.month}")
            for day, label in days
            if self.first <= day <= self.last
        )
        return DayInOffice(self.timezone, self.first, self.last, offers)

    def choices(self) -> tuple[Choice, ...]:
        return self.offers

    def read(self, answer: Answer) -> date:
        today = answer.at.astimezone(self.timezone).date()
        day = date.fromisoformat(answer.value) if answer.value else self._nearest(answer.said, today)
        if not self.first <= day <= self.last:
            raise NotUnderstood("day_not_in_office", {"first": self.first, "last": self.last})
        return day

    def _nearest(self, said: str, today: date) -> date:
        """«1/4» is of this year, whether it is over or still to come."""
        found = [read_date(said, today, ahead=ahead).value for ahead in (False, True)]
        days = [day for day in found if day is not None]
        if not days:
            raise NotUnderstood("not_a_date", {"said": quoted(said)})
        return min(days, key=lambda day: abs(day - today))
