"""What somebody who takes up an office is told of their unit: how it stands, which stays with it."""

from __future__ import annotations

from datetime import date

from domain.invitation import Invitation
from domain.office import Office
from domain.organisation import Unit
from domain.people import REPORTING_ROLES
from domain.period import Quarter
from messages.say import Say
from storage.queries.admissions import reported
from storage.queries.candidates import open_candidates
from storage.queries.progress import progress_of
from storage.queries.units import cells_below, counted_unit
from storage.session import Session


def standing_of(session: Session, invitation: Invitation, office: Office, today: date) -> Say | None:
    """How the unit stands in the running quarter, for whoever reports for it; codes and counts, no names."""
    if invitation.role not in REPORTING_ROLES:
        return None
    unit, quarter = invitation.unit, Quarter.of(today)
    counted = counted_unit(session, unit)
    units = [unit.id, *(cell.id for cell in cells_below(session, [unit.id], today))]
    facts: dict[str, object] = {
        "unit": unit,
        "now": progress_of(session, counted, quarter, office.count_by),
        "reported": _reported(session, counted, quarter, office),
        "candidates": len(open_candidates(session, units)),
    }
    return Say("enrolment/standing", facts)


def _reported(session: Session, counted: Unit, quarter: Quarter, office: Office) -> tuple[str, ...]:
    """The receipts of the quarter."""
    found = reported(session, [counted.id], quarter.first_day, quarter.last_day, office.count_by)
    return tuple(one.code for one in found)
