"""Filing a quarter, with what is on the books or as a confirmed zero."""

from __future__ import annotations

from bot.carry_out.act import Act, Touched, log, must_be_allowed
from domain.commands import FileQuarter, RecordNil
from domain.deadline import must_be_open
from domain.deed import Deed
from domain.errors import AdmissionsOnBooks, AlreadyFiled, FiguresChanged
from domain.organisation import Unit
from domain.period import Quarter
from domain.policy import Action
from domain.progress import FilingKind
from messages import labels
from messages.say import Say
from storage.queries import filings
from storage.queries.audit import Entry
from storage.queries.progress import grace_days_of, lock_unit, progress_of
from storage.queries.units import unit_by_id
from storage.session import Session


def record_nil(session: Session, command: RecordNil, act: Act) -> Say:
    """Put a confirmed zero on the books."""
    _may_file(session, command.unit, command.quarter, act)
    admitted = progress_of(session, command.unit, command.quarter, act.office.count_by).admitted.quarter
    if admitted:
        raise AdmissionsOnBooks(command.quarter, admitted)
    filing = filings.file(
        session, command.unit.id, command.quarter, kind=FilingKind.NIL, admitted=0, origin=act.origin
    )
    return _filed(session, "report_nil/done", filing, command, act)


def file_quarter(session: Session, command: FileQuarter, act: Act) -> Say:
    """Put on the books that a quarter is complete, with the number that was confirmed."""
    _may_file(session, command.unit, command.quarter, act)
    admitted = progress_of(session, command.unit, command.quarter, act.office.count_by).admitted.quarter
    if admitted != command.admitted:
        raise FiguresChanged(command.quarter, admitted)
    filing = filings.file(
        session, command.unit.id, command.quarter, kind=FilingKind.FILED, admitted=admitted, origin=act.origin
    )
    return _filed(session, "file_quarter/done", filing, command, act)


def unfile(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of filing a quarter: it is open again, as it is when a report came in since."""
    unit, quarter = unit_by_id(session, entry.unit), Quarter.parse(entry.subject)
    must_be_allowed(act, Action.FILE, unit)
    must_be_open(quarter, grace_days_of(session, quarter.year), act.office.day_of(act.said_at))
    filings.end(session, entry.row("filing"), act.at)
    return (Touched(unit=unit, quarter=quarter),)


def _may_file(session: Session, unit: Unit, quarter: Quarter, act: Act) -> None:
    must_be_allowed(act, Action.FILE, unit)
    must_be_open(quarter, grace_days_of(session, quarter.year), act.office.day_of(act.said_at))
    lock_unit(session, unit.id)
    filed = filings.filing_of(session, unit.id, quarter)
    if filed is not None:
        raise AlreadyFiled(quarter, act.office.day_of(filed.at))


def _filed(session: Session, template: str, filing: int, command: FileQuarter | RecordNil, act: Act) -> Say:
    unit, quarter = command.unit, command.quarter
    log(session, Deed.FILE_QUARTER, unit, act, quarter.code, {"filing": filing})
    standing = progress_of(session, unit, quarter, act.office.count_by)
    return Say(template, {"at": act.said_at, "now": standing}, (labels.PROGRESS, labels.MENU))
