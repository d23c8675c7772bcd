"""What came of a call: «3 đã gọi, hẹn mai», by the number on the sheet as it was shown, or by the unit's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from bot.dialogue.call_sheet import shown_lately
from bot.dialogue.quarter import reported_now
from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from domain.call_sheet import CallResult, SheetRow
from domain.commands import NoteCalls
from domain.errors import NotYourUnit
from domain.office import Office
from domain.organisation import Unit
from domain.period import Quarter
from domain.policy import Action, overseen
from messages import labels
from messages.call_words import MOST_ROWS
from messages.channel import Choice
from messages.days import coming_day
from messages.readers import Answer, ComingDay, NotUnderstood, OneOf, OwnWords
from messages.say import Say
from messages.understand import UnitNames
from messages.understand.calls import tells_of_call
from messages.understand.heard import Heard, Intent
from storage.queries.call_sheet import Shown, call_sheet
from storage.queries.periods import periods_of
from storage.queries.units import all_units
from storage.session import Session

LONGEST: Final = 300
"""Characters of what hinders a unit that are kept."""
WORDS: Final = OwnWords(least_words=2, most=LONGEST)
_ROWS: Final = "rows "
_DAY: Final = timedelta(days=1)
_SUNDAY: Final = 6
_MOST_DAYS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFacts:
    """The sheet as the books stand and as it was shown last, and all units that the asker oversees, by code."""

    office: Office
    today: date
    quarter: Quarter
    rows: Mapping[str, SheetRow]
    shown: Shown | None
    units: Mapping[str, Unit]
    closes: date | None

    @property
    def offered(self) -> tuple[Unit, ...]:
        """The units that are offered: those shown last, else the first of the sheet."""
        codes = self.shown.codes if self.shown else tuple(self.rows)[:MOST_ROWS]
        return tuple(self.units[code] for code in codes if code in self.units)


def note_facts(session: Session, asker: Asker) -> NoteFacts:
    """Fetch the sheet that the asker has before their eyes, and the one that holds now."""
    shown, cluster = shown_lately(session, asker), overseen(asker.person)
    quarter = shown.quarter if shown else reported_now(session, asker)
    rows = call_sheet(session, quarter, asker.now, asker.office, cluster)
    period = periods_of(session).of(quarter)
    theirs = [
        unit
        for unit in all_units(session, asker.today)
        if cluster is None or unit.id in cluster or unit.parent in cluster
    ]
    return NoteFacts(
        office=asker.office,
        today=asker.today,
        quarter=quarter,
        rows={row.unit.code: row for row in rows},
        shown=shown,
        units={unit.code: unit for unit in theirs},
        closes=period.last_day if period else None,
    )


def note_fills(heard: Heard, line: Answer) -> Fills:
    """The rows or the unit, the result, the day and the words of «3 đã gọi, hẹn mai»."""
    said: dict[str, str | None] = {"day": heard.date.isoformat() if heard.date else None}
    if heard.call is not None:
        rows = ",".join(map(str, heard.call.rows))
        said["unit"] = f"{_ROWS}{rows}" if rows else heard.unit
        said["result"] = heard.call.result.value if heard.call.result else None
        said["words"] = heard.text or None
    elif heard.intent is Intent.CALL_NOTE:
        said["unit"] = heard.code
    return {key: replace(line, value=value) for key, value in said.items() if value is not None}


@dialogue(
    "call_note",
    opens_on=Intent.CALL_NOTE,
    needs=Action.OVERSEE,
    facts=note_facts,
    fills=note_fills,
    asks=("unit", "result", "day", "words", "confirm"),
)
def call_note(talk: Talk, facts: NoteFacts) -> NoteCalls | Say:
    """Which unit, what came of the call, and the day or the words that belong to it; read back before it is booked."""
    if not facts.offered and "unit" not in talk.answers:
        return Say("call_sheet/none", {"quarter": facts.quarter}, (labels.MENU,))
    units = _units(talk, facts)
    result = _result(talk, facts, units)
    day = _day(talk, facts, units) if result is CallResult.PROMISED else None
    words = _words(talk, units) if result in (CallResult.HINDERED, CallResult.ISSUE) else ""
    command = NoteCalls(units=units, quarter=facts.quarter, result=result, day=day, words=words)
    wishes = [wish for unit in units if (row := facts.rows.get(unit.code)) for wish in row.wishes]
    talk.confirm(command, {"today": facts.today, "wishes": wishes})
    return command


def _units(talk: Talk, facts: NoteFacts) -> tuple[Unit, ...]:
    options = tuple((Choice(unit.code, unit.short), (unit,)) for unit in facts.offered)
    return talk.ask("unit", OneOf(options, other=_named(facts)))


def _named(facts: NoteFacts) -> Callable[[Answer], tuple[Unit, ...]]:
    """A reading of rows by their numbers, of a unit by its name, or of the choice that stood on the sheet."""

    def read(answer: Answer) -> tuple[Unit, ...]:
        value = answer.value or ""
        if value.startswith(_ROWS):
            return _of_rows(facts, [int(row) for row in value.removeprefix(_ROWS).split(",")])
        unit = next((u for u in facts.units.values() if value in (u.name, u.code, f"GOI-{u.id}")), None)
        if unit is None and answer.value is not None:
            raise NotYourUnit(value)
        return (unit or _found(facts, answer.said),)

    return read


def _of_rows(facts: NoteFacts, rows: Sequence[int]) -> tuple[Unit, ...]:
    """The units of these rows, as the sheet was shown; a number that it has not means none."""
    codes = facts.shown.codes if facts.shown else ()
    known = {number: facts.units.get(code) for number, code in enumerate(codes, 1)}
    found = tuple(unit for row in rows if (unit := known.get(row)) is not None)
    if len(found) < len(rows):
        raise NotUnderstood("not_on_sheet", {"most": len(codes)})
    return found


def _found(facts: NoteFacts, words: str) -> Unit:
    found = UnitNames(tuple(facts.units.values())).find(words)
    if found.unit is None:
        raise NotUnderstood("no_such_unit", {"said": words[:40]})
    return found.unit


def _result(talk: Talk, facts: NoteFacts, units: Sequence[Unit]) -> CallResult:
    """What came of it; a day can only be promised where a report is owed."""
    owing = [row for unit in units if (row := facts.rows.get(unit.code)) and row.progress]
    results = [each for each in CallResult if each is not CallResult.PROMISED or owing]
    options = tuple((Choice(each.value, labels.RESULTS[each]), each) for each in results)

    def in_words(answer: Answer) -> CallResult:
        if answer.value is not None:
            raise NotUnderstood("owes_nothing", {"unit": units[0]})
        if tells_of_call(answer.said) or len(answer.said.split()) < WORDS.least_words:
            raise NotUnderstood("not_a_choice")
        return CallResult.HINDERED

    return talk.ask("result", OneOf(options, other=in_words), {"units": units})


def _day(talk: Talk, facts: NoteFacts, units: Sequence[Unit]) -> date:
    last = facts.closes or facts.today
    days = [facts.today + number * _DAY for number in range((last - facts.today).days + 1)]
    offered = [day for day in days if day.weekday() != _SUNDAY][:_MOST_DAYS] or [last]
    offers = tuple(Choice(day.isoformat(), coming_day(day, facts.today)) for day in offered)
    reader = ComingDay(facts.office.timezone, last, offers)
    return talk.ask("day", reader, {"units": units, "last": last})


def _words(talk: Talk, units: Sequence[Unit]) -> str:
    """What hinders the unit; it may have been said where the result was asked for."""
    result = talk.answers["result"]
    if "words" not in talk.answers and result.value is None:
        return WORDS.read(result)
    return talk.ask("words", WORDS, {"units": units})
