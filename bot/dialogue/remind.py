"""«Nhắc ngay»: the district reminds units of their report; it is shown first whom, and with which words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.dialogue.cluster import Cluster, clusters_on, which_cluster
from bot.dialogue.hour import Hour, hour_chosen
from bot.dialogue.quarter import quarter_said, reported_now
from bot.dialogue.remind_sample import Sample, sample_of
from bot.dialogue.talk import Asker, Fills, Talk, dialogue
from bot.dialogue.units_typed import Meant, UnitsTyped, settled
from bot.dialogue.which_unit import unit_fills, which_unit
from domain.commands import RemindUnits
from domain.errors import NobodyReached, NobodyToRemind, NothingOwed
from domain.matters import Promise
from domain.office import NamesShown
from domain.organisation import Unit, UnitId
from domain.people import PersonId, Role
from domain.period import Quarter
from domain.policy import Action
from domain.progress import FilingState, UnitProgress
from messages import labels
from messages.channel import Choice
from messages.fold import fold
from messages.readers import Answer, OneOf, Words
from messages.understand.heard import Heard, Intent
from storage.queries.periods import periods_of
from storage.queries.promises import promises_of
from storage.queries.recipients import recipients
from storage.queries.reminded import reminded_since
from storage.queries.rollup import all_progress
from storage.session import Session

HEADS: Final = (Role.SECRETARY, Role.DEPUTY)
"""Who is reminded by the district's word."""
_ALL, _SILENT, _DRAFT, _CLUSTER, _ONE = "all", "silent", "draft", "cluster", "one"
_SAID: Final = (
    ("chua bao", _SILENT),
    ("chua chot", _DRAFT),
    ("cac don vi", _ALL),
    ("tat ca", _ALL),
    ("ca hai", _ALL),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Somebody who can be reminded of a unit's report, and whether they were a short while ago."""

    person: PersonId
    unit: UnitId
    lately: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindFacts:
    """How the units stand, who can be reached, what was promised; `hours` within which twice is asked about."""

    quarter: Quarter
    today: date
    names: NamesShown
    rows: tuple[UnitProgress, ...]
    reached: tuple[Reached, ...]
    promises: Mapping[UnitId, Promise]
    clusters: tuple[Cluster, ...]
    hour: Hour
    hours: int
    sample: Callable[[UnitProgress], Sample]

    @property
    def owing(self) -> tuple[UnitProgress, ...]:
        return tuple(row for row in self.rows if row.is_owed)

    def in_state(self, state: FilingState) -> tuple[UnitProgress, ...]:
        return tuple(row for row in self.owing if row.filing is state)

    def has_promised(self, row: UnitProgress) -> bool:
        """Whether a unit has named a day that is still to come."""
        promise = self.promises.get(row.unit.id)
        return promise is not None and promise.day > self.today


def remind_facts(session: Session, asker: Asker) -> RemindFacts:
    """Fetch how the units stand, and who of those that owe something can be reached."""
    quarter, today = _quarter(session, asker), asker.office.day_of(asker.now)
    period = periods_of(session).begun(quarter, today)
    period.must_be_open_to_office(today)
    rows = all_progress(session, quarter, asker.now, asker.office)
    owing = {row.unit.id for row in rows if row.is_owed}
    found = recipients(session, HEADS, today, owing)
    since = asker.now - timedelta(hours=asker.office.remind_again_hours)
    lately = reminded_since(session, {at.address_id for _, at in found}, since)
    return RemindFacts(
        quarter=quarter,
        today=today,
        names=asker.names,
        rows=rows,
        reached=tuple(
            Reached(person=one.person, unit=one.unit, lately=at.address_id in lately) for one, at in found
        ),
        promises=promises_of(session, quarter),
        clusters=clusters_on(session, [row.unit for row in rows if row.unit.id in owing], today),
        hour=Hour.of(asker),
        hours=asker.office.remind_again_hours,
        sample=lambda row: sample_of(session, row, period, asker),
    )


def _quarter(session: Session, asker: Asker) -> Quarter:
    """The quarter that the line named, else the one that is being reported now."""
    named = asker.answers.get("quarter")
    return Quarter.parse(named.value) if named and named.value else reported_now(session, asker)


def remind_fills(heard: Heard, line: Answer) -> Fills:
    """The unit, the quarter and which units in «nhắc các đơn vị chưa báo quý I»."""
    fills = {**unit_fills(heard, line), **quarter_said(heard, line)}
    if heard.intent is not Intent.REMIND or "named" in fills or "unit" in fills:
        return fills
    which = _kind_said(line.said)
    return fills if which is None else {**fills, "whom": Answer(line.said, line.at, which)}


def _kind_said(said: str) -> str | None:
    words = fold(said)
    return next((value for begins, value in _SAID if begins in words), None)


@dialogue(
    "remind",
    opens_on=Intent.REMIND,
    needs=Action.REMIND,
    facts=remind_facts,
    fills=remind_fills,
    asks=("whom", "cluster", "unit", "which", "promised", "again", "hour", "confirm"),
)
def remind(talk: Talk, facts: RemindFacts) -> RemindUnits:
    """Whom, whether also those who promised or were reminded lately, and when; then all of it is shown."""
    rows = _without_promised(talk, facts, _rows(talk, facts))
    if not rows:
        raise NobodyToRemind(facts.quarter)
    units = {row.unit.id for row in rows}
    reached = [one for one in facts.reached if one.unit in units]
    left = _without_lately(talk, facts, reached)
    if not left:
        raise NobodyToRemind(facts.quarter) if reached else NobodyReached
    told = {one.unit for one in left}
    at = hour_chosen(talk, facts.hour)
    people = tuple(dict.fromkeys(one.person for one in left))
    command = RemindUnits(
        quarter=facts.quarter, units=tuple(u for u in units if u in told), people=people, at=at
    )
    here = {one.unit for one in reached}
    shown = [row for row in rows if row.unit.id in told]
    about = {
        "told": [row.unit.short for row in shown],
        "unreached": [row.unit.short for row in rows if row.unit.id not in here],
        "left_alone": len({one.person for one in reached} - set(people)),
        "too": len([row for row in rows if facts.has_promised(row)]),
    }
    talk.confirm(command, {**about, **facts.sample(shown[0])})
    return command


def _rows(talk: Talk, facts: RemindFacts) -> Sequence[UnitProgress]:
    """The units meant, of those that owe their report."""
    if talk.given("named", Words()) or "unit" in talk.answers:
        return _one(talk, facts)
    if not facts.owing:
        raise NobodyToRemind(facts.quarter)
    match _whom(talk, facts):
        case tuple() as names:
            return _owing_of(facts, settled(talk, names))
        case "silent":
            return facts.in_state(FilingState.SILENT)
        case "draft":
            return facts.in_state(FilingState.DRAFT)
        case "cluster":
            cluster = which_cluster(talk, facts.clusters, facts.names)
            return [row for row in facts.owing if row.unit in cluster.units]
        case "one":
            return _one(talk, facts)
        case _:
            return facts.owing


def _whom(talk: Talk, facts: RemindFacts) -> str | tuple[Meant, ...]:
    """Which of those that owe their report, or the names of units that were typed."""
    silent, draft = facts.in_state(FilingState.SILENT), facts.in_state(FilingState.DRAFT)
    options: list[tuple[Choice, str | tuple[Meant, ...]]] = []
    if silent:
        options.append((Choice(_SILENT, f"Đơn vị chưa báo ({len(silent)})"), _SILENT))
    if draft:
        options.append((Choice(_DRAFT, f"Đơn vị chưa chốt, còn thiếu ({len(draft)})"), _DRAFT))
    if silent and draft:
        options.append((Choice(_ALL, f"Cả hai ({len(facts.owing)})"), _ALL))
    if facts.clusters:
        options.append((Choice(_CLUSTER, "Một cụm phụ trách"), _CLUSTER))
    options.append((Choice(_ONE, "Một đơn vị"), _ONE))
    names = UnitsTyped(tuple(row.unit for row in facts.rows))
    reader = OneOf(
        tuple(options), other=lambda answer: answer.value or _kind_said(answer.said) or names.read(answer)
    )
    return talk.ask("whom", reader, {"quarter": facts.quarter})


def _one(talk: Talk, facts: RemindFacts) -> Sequence[UnitProgress]:
    named = talk.given("named", Words())
    meant = [row.unit for row in facts.rows if row.unit.name == named]
    known = [row.unit for row in facts.rows]
    return _owing_of(facts, meant or [which_unit(talk, [row.unit for row in facts.owing], known)])


def _owing_of(facts: RemindFacts, units: Sequence[Unit]) -> Sequence[UnitProgress]:
    """How these units stand; NothingOwed where one of them need not be reminded."""
    rows = [row for row in facts.rows if row.unit in units]
    for row in rows:
        if not row.is_owed:
            raise NothingOwed(row.unit.short, facts.quarter, _standing(row))
    return rows


def _standing(row: UnitProgress) -> str:
    short = f"{row.admitted.quarter}/{row.target.quarter}"
    return f"đã đủ chỉ tiêu ({short})" if row.filing is FilingState.DRAFT else row.filing.words


def _without_promised(talk: Talk, facts: RemindFacts, rows: Sequence[UnitProgress]) -> Sequence[UnitProgress]:
    """Those who named a day are left alone until then, unless it is said."""
    promised = [row for row in rows if facts.has_promised(row)]
    if not promised:
        return rows
    days = [(row.unit.short, facts.promises[row.unit.id].day) for row in promised]
    options = ((Choice("leave", labels.UNTIL_PROMISED), False), (Choice("too", labels.REMIND_TOO), True))
    if talk.ask("promised", OneOf(options), {"days": days}):
        return rows
    return [row for row in rows if row not in promised]


def _without_lately(talk: Talk, facts: RemindFacts, reached: Sequence[Reached]) -> Collection[Reached]:
    """Those who were reminded a short while ago are left out, unless it is said."""
    lately = [one for one in reached if one.lately]
    if not lately:
        return reached
    people = len({one.person for one in lately})
    options = ((Choice("leave", labels.NOT_AGAIN), False), (Choice("too", labels.REMIND_TOO), True))
    about = {"people": people, "all": people == len({one.person for one in reached}), "hours": facts.hours}
    if talk.ask("again", OneOf(options), about):
        return reached
    again = {one.person for one in lately}
    return [one for one in reached if one.person not in again]
