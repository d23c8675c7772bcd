"""Amending what a unit is assigned: a new row from now on, the old one keeps its figure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from bot.carry_out.act import Act, Touched, locked, log
from bot.carry_out.tell import tell_holders
from domain.commands import AmendTarget
from domain.deed import Deed
from domain.errors import ChangedSince, NoPlan, NotAllowed, TargetChanged
from domain.organisation import Unit
from domain.people import Role
from domain.period import Quarter
from domain.plan_changes import TargetChange
from domain.policy import Action, may
from messages import labels
from messages.say import Say
from storage.queries import targets
from storage.queries.audit import Entry
from storage.queries.periods import periods_of
from storage.queries.targets import Ground
from storage.queries.units import unit_by_id
from storage.session import Session

_HEADS: Final = (Role.SECRETARY, Role.DEPUTY)
"""Who hears what their unit is assigned."""


def amend_target(session: Session, command: AmendTarget, act: Act) -> Say:
    """Put the new figures on the books and tell the unit's people."""
    if not may(act.person, Action.AMEND_TARGET):
        raise NotAllowed
    unit = command.unit
    act = locked(session, unit.id, act)
    _must_be_open(session, [change.quarter for change in command.changes], act)
    _must_be_as_shown(session, command)
    ground = Ground(reason=command.because, decision_no=command.decision_no, decision_on=command.decision_on)
    rows = [
        targets.assign(session, unit.id, each.quarter, each.after, ground, act.origin)
        for each in command.changes
    ]
    entry = log(session, Deed.AMEND_TARGET, unit, act, _subject(unit), _details(command, rows))
    facts = {"command": command, "year": year_of(session, unit, command.changes)}
    notice = Say("amend_target/notice", facts)
    told = tell_holders(session, _HEADS, notice, f"target:{entry}", act, [unit.id])
    offers = (labels.AMEND_ANOTHER, labels.MENU)
    return Say("amend_target/done", {**facts, "at": act.said_at, "told": told}, offers)


def _must_be_open(session: Session, quarters: Collection[Quarter], act: Act) -> None:
    """Refuse a quarter that is closed, and one of a year without a plan; one to come may be amended."""
    today, periods = act.office.day_of(act.at), periods_of(session)
    for quarter in quarters:
        period = periods.of(quarter)
        if period is None:
            raise NoPlan(quarter.year)
        period.must_be_open(today)


def _must_be_as_shown(session: Session, command: AmendTarget) -> None:
    for change in command.changes:
        now = targets.assigned_to(session, command.unit.id, change.quarter.year).get(change.quarter)
        figure = 0 if now is None else now.figure
        if figure != change.before:
            raise TargetChanged(command.unit.short, change.quarter, figure)


def _details(command: AmendTarget, rows: Sequence[int]) -> dict[str, object]:
    changes = [
        {
            "quarter": each.quarter.code,
            "name": each.quarter.full_name,
            "before": each.before,
            "after": each.after,
            "target": row,
        }
        for each, row in zip(command.changes, rows, strict=True)
    ]
    decided = command.decision_on.isoformat() if command.decision_on else None
    decision = {"decision_no": command.decision_no, "decision_on": decided}
    return {"changes": changes, "because": command.because, **decision}


def year_of(session: Session, unit: Unit, changes: Sequence[TargetChange]) -> int:
    """What the unit is assigned in the whole year: always the sum of its quarters."""
    year = changes[0].quarter.year
    return sum(each.figure for each in targets.assigned_to(session, unit.id, year).values())


def restore_target(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of amending: the figures from before are assigned anew, as rows of their own."""
    if not may(act.person, Action.AMEND_TARGET):
        raise NotAllowed
    unit, changes = unit_by_id(session, entry.unit), entry.details["changes"]
    quarters = [Quarter.parse(each["quarter"]) for each in changes]
    _must_be_open(session, quarters, act)
    now = targets.assigned_to(session, unit.id, quarters[0].year)
    # The figure tells, and not the row: where a later amendment was undone, it is assigned by a row of its own.
    if any(now[quarter].figure != each["after"] for quarter, each in zip(quarters, changes, strict=True)):
        raise ChangedSince(entry.subject)
    for quarter, each in zip(quarters, changes, strict=True):
        targets.assign(session, unit.id, quarter, each["before"], Ground(reason="hoàn tác"), act.origin)
    back = [
        TargetChange(unit=unit, quarter=quarter, before=each["after"], after=each["before"])
        for quarter, each in zip(quarters, changes, strict=True)
    ]
    words = Say("amend_target/restored", {"unit": unit, "changes": back})
    tell_holders(session, _HEADS, words, f"target-restored:{entry.id}", act, [unit.id])
    return tuple(Touched(unit=unit, quarter=quarter) for quarter in quarters)


def _subject(unit: Unit) -> str:
    return f"Chỉ tiêu {unit.short}"
