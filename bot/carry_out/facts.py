"""Telling more of somebody who was admitted: facts for the counts, never shown again."""

from __future__ import annotations

from dataclasses import replace

from bot.carry_out.act import Act, Touched, locked, log, must_be_allowed
from bot.carry_out.late import taken
from domain.commands import TellFacts
from domain.deed import Deed
from domain.errors import NotOnBooks
from domain.organisation import Unit
from domain.period import Quarter
from domain.policy import Action
from messages import labels
from messages.say import Say
from storage.queries import audit, revisions
from storage.queries.admissions import facts_columns
from storage.queries.facts import known_before
from storage.queries.revisions import Report
from storage.queries.units import unit_by_id
from storage.session import Session


def tell_facts(session: Session, command: TellFacts, act: Act) -> Say:
    """Put a further revision on the books that holds what was told; what was known besides stays."""
    unit = unit_by_id(session, revisions.report_of(session, command.admission).unit)
    act = locked(session, unit.id, act)
    report = revisions.report_of(session, command.admission)
    act = _may_tell(session, report, unit, replace(act, because=command.because))
    told = facts_columns(command.facts) | ({"gender": command.gender} if command.gender else {})
    revision = revisions.revise(session, report.admission, told, "facts", act.origin)
    details: dict[str, object] = {
        "admission": report.admission,
        "revision": revision,
        "columns": sorted(told),
    }
    log(session, Deed.TELL_FACTS, unit, act, report.code, details)
    offers = (labels.TELL_OF_ANOTHER, labels.REPORT_MORE, labels.MENU)
    return Say("facts/done", {"at": act.said_at, "report": report, "late": act.because is not None}, offers)


def forget_told(session: Session, entry: audit.Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of telling facts: what was known before is known again."""
    report = revisions.report_of(session, entry.row("admission"))
    act = _may_tell(session, report, unit_by_id(session, report.unit), act)
    columns: list[str] = entry.details["columns"]
    before = known_before(session, report.admission, entry.row("revision"), columns)
    revisions.revise(session, report.admission, before, "undone", act.origin)
    return ()


def _may_tell(session: Session, report: Report, unit: Unit, act: Act) -> Act:
    """The act as it enters the books; a closed quarter is told more with a reason alone."""
    must_be_allowed(act, Action.REPORT, unit if report.cell is None else unit_by_id(session, report.cell))
    if report.withdrawn:
        raise NotOnBooks(report.code)
    quarter = Quarter.of(report.counted_on(act.office.count_by))
    return taken(session, (quarter,), act).act
