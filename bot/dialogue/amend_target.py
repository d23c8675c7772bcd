"""The district amends what a unit is assigned: which quarter, to what, by which decision and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.dialogue.quarter import quarter_said
from bot.dialogue.reason import reason_said, said_or_chosen
from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from bot.dialogue.which_unit import unit_fills, which_unit
from domain.closing import Periods
from domain.commands import AmendTarget
from domain.errors import NoPlan, NotInPlan
from domain.office import CountBy, Office
from domain.organisation import Unit, UnitKind
from domain.period import Quarter
from domain.plan_changes import TargetChange
from domain.policy import Action
from messages import labels
from messages.channel import Choice
from messages.readers import Answer, NotUnderstood, OneOf, PastDate, WholeNumber
from messages.understand import holds_id_number, read_quarter
from messages.understand.heard import Heard, Intent
from storage.queries import targets
from storage.queries.periods import periods_of
from storage.queries.progress import progress_of
from storage.queries.targets import Assigned
from storage.queries.units import all_units
from storage.session import Session

LARGEST: Final = 200
"""The largest target of a unit's quarter that is no slip of the finger."""
_LONGEST_NUMBER: Final = 40
_MOST_QUARTERS: Final = 8
_DAY: Final = timedelta(days=1)
_REASONS: Final = (
    "Theo quyết định của huyện",
    "Nguồn kết nạp thay đổi",
    "Chia tách, sáp nhập đơn vị",
    "Điều hòa giữa các quý",
)
_WITHOUT: Final = Choice("none", "Chưa có số quyết định")
_WHOLE_YEAR: Final = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFacts:
    """The units of the plan, the quarters that are not closed, and what is assigned to one unit and to all."""

    office: Office
    today: date
    units: tuple[Unit, ...]
    periods: Periods
    assigned: Callable[[Unit, int], Mapping[Quarter, Assigned]]
    whole: Callable[[int], Mapping[Quarter, int]]
    admitted: Callable[[Unit, Quarter], int]

    @property
    def open_quarters(self) -> tuple[Quarter, ...]:
        """The quarters of all plans that are not closed, the earliest first."""
        years = sorted(year for year in self.periods.grace_days if year >= self.today.year - 1)
        quarters = [Quarter(year, number) for year in years for number in (1, 2, 3, 4)]
        return tuple(quarter for quarter in quarters if not self.is_closed(quarter))

    def is_closed(self, quarter: Quarter) -> bool:
        period = self.periods.of(quarter)
        return period is None or period.is_closed(self.today)


def target_facts(session: Session, asker: Asker) -> TargetFacts:
    """Fetch the units and the years that have a plan."""
    today, count_by = asker.office.day_of(asker.now), asker.office.count_by
    return TargetFacts(
        office=asker.office,
        today=today,
        units=tuple(u for u in all_units(session, today) if u.kind is UnitKind.GRASSROOTS),
        periods=periods_of(session),
        assigned=lambda unit, year: targets.assigned_to(session, unit.id, year),
        whole=lambda year: targets.assigned_to_all(session, year),
        admitted=lambda unit, quarter: _admitted(session, unit, quarter, count_by),
    )


def _admitted(session: Session, unit: Unit, quarter: Quarter, count_by: CountBy) -> int:
    return progress_of(session, unit, quarter, count_by).admitted.quarter


def target_fills(heard: Heard, line: Answer) -> Fills:
    """The unit, quarter, figure and decision in «điều chỉnh chỉ tiêu Tân Hoa quý 3 thành 2, QĐ 35-QĐ/HU ngày 20/3»."""
    fills = {**unit_fills(heard, line), **quarter_said(heard, line)}
    if heard.intent is not Intent.AMEND_TARGET:
        return fills
    if heard.count is not None:
        fills["figure"] = Answer(line.said, line.at, str(heard.count))
    if heard.decision is not None:
        fills["decision"] = Answer(line.said, line.at, heard.decision)
    if heard.decision is not None and heard.date is not None:
        fills["decided"] = Answer(line.said, line.at, heard.date.isoformat())
    return {**fills, **reason_said(line)}


@dialogue(
    "amend_target",
    opens_on=Intent.AMEND_TARGET,
    needs=Action.AMEND_TARGET,
    facts=target_facts,
    fills=target_fills,
    asks=("unit", "which", "quarter", "figure", "year", "decision", "decided", "because", "confirm"),
)
def amend_target(talk: Talk, facts: TargetFacts) -> AmendTarget:
    """What a unit is assigned from now on; the year stays the sum of its quarters."""
    if not facts.open_quarters:
        raise NoPlan(facts.today.year)
    unit = which_unit(talk, facts.units, facts.units)
    quarter = _quarter(talk, facts, unit)
    before = {q: each.figure for q, each in facts.assigned(unit, quarter.year).items()}
    admitted = facts.admitted(unit, quarter)
    about = {"unit": unit, "quarter": quarter, "now": before[quarter], "admitted": admitted}
    figure = talk.ask("figure", _Figure(before[quarter]), about)
    changes = _changes(talk, facts, unit, before, (quarter, figure))
    number, decided = _decision(talk, facts)
    because = said_or_chosen(talk, "because", _REASONS)
    command = AmendTarget(
        unit=unit, changes=changes, because=because, decision_no=number, decision_on=decided
    )
    talk.confirm(command, {"admitted": admitted, **_sums(facts, before, changes)})
    return command


def _quarter(talk: Talk, facts: TargetFacts, unit: Unit) -> Quarter:
    """A quarter that is not closed and in whose plan the unit stands."""
    options = tuple(
        (Choice(quarter.code, labels.quarter_assigned(quarter, assigned[quarter].figure)), quarter)
        for quarter in facts.open_quarters[:_MOST_QUARTERS]
        if quarter in (assigned := facts.assigned(unit, quarter.year))
    )
    if not options:
        raise NotInPlan(unit.short)

    def named(answer: Answer) -> Quarter:
        said = Quarter.parse(answer.value) if answer.value else read_quarter(answer.said, facts.today).value
        if said is None:
            raise NotUnderstood("not_a_choice")
        return _must_be_amendable(facts, unit, said)

    return talk.ask("quarter", OneOf(options, other=named), {"unit": unit})


def _must_be_amendable(facts: TargetFacts, unit: Unit, quarter: Quarter) -> Quarter:
    period = facts.periods.of(quarter)
    if period is None:
        raise NoPlan(quarter.year)
    period.must_be_open_to_office(facts.today)
    if quarter not in facts.assigned(unit, quarter.year):
        raise NotInPlan(unit.short)
    return quarter


@dataclass(frozen=True, slots=True)
class _Figure:
    """A target that is another one than now."""

    now: int

    def choices(self) -> tuple[Choice, ...]:
        return ()

    def read(self, answer: Answer) -> int:
        figure = WholeNumber(0, LARGEST).read(answer)
        if figure == self.now:
            raise NotUnderstood("same_figure", {"now": self.now})
        return figure


def _changes(
    talk: Talk,
    facts: TargetFacts,
    unit: Unit,
    before: Mapping[Quarter, int],
    wanted: tuple[Quarter, int],
) -> tuple[TargetChange, ...]:
    """The quarter alone, and the year with it; or another quarter takes the difference, and the year stays."""
    quarter, figure = wanted
    first = TargetChange(unit=unit, quarter=quarter, before=before[quarter], after=figure)
    year, more = sum(before.values()), figure - before[quarter]
    others = [
        TargetChange(unit=unit, quarter=each, before=assigned, after=assigned - more)
        for each, assigned in sorted(before.items())
        if each != quarter and assigned - more >= 0 and not facts.is_closed(each)
    ]
    options: list[tuple[Choice, tuple[TargetChange, ...]]] = [
        (Choice(_WHOLE_YEAR, f"Cả năm đổi {year} → {year + more}"), (first,)),
        *((Choice(each.quarter.code, labels.keeps_year(each, year)), (first, each)) for each in others),
    ]
    if not others:
        return (first,)
    return talk.ask("year", OneOf(tuple(options)), {"change": first, "year": year})


def _decision(talk: Talk, facts: TargetFacts) -> tuple[str | None, date | None]:
    """The number and the day of the decision; neither where it has none yet."""
    without: str | None = None
    number = talk.ask("decision", OneOf(((_WITHOUT, without),), other=_decision_number))
    if number is None:
        return None, None
    days = ((facts.today, "Hôm nay"), (facts.today - _DAY, "Hôm qua"))
    offers = tuple(Choice(day.isoformat(), f"{label}, {day.day}/{day.month}") for day, label in days)
    return number, talk.ask("decided", PastDate(facts.office.timezone, offers=offers), {"number": number})


def _decision_number(answer: Answer) -> str:
    number = " ".join((answer.value or answer.said).split())
    has_digit = any(character.isdigit() for character in number)
    if not has_digit or len(number) > _LONGEST_NUMBER or holds_id_number(number):
        raise NotUnderstood("not_a_decision")
    return number


def _sums(
    facts: TargetFacts, before: Mapping[Quarter, int], changes: tuple[TargetChange, ...]
) -> dict[str, object]:
    """What the year of the unit, and the quarters and the year of all units, come to before and after."""
    whole = facts.whole(changes[0].quarter.year)
    after = {**before, **{each.quarter: each.after for each in changes}}
    more = sum(each.after - each.before for each in changes)
    return {
        "quarters": [after[quarter] for quarter in sorted(after)],
        "year": (sum(before.values()), sum(after.values())),
        "whole": {each.quarter: whole[each.quarter] for each in changes},
        "whole_year": (sum(whole.values()), sum(whole.values()) + more),
    }
