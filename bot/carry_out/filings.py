"""Filing a quarter, with what is on the books or as a confirmed zero."""

from __future__ import annotations

from bot.carry_out.act import Act, Touched, locked, log, must_be_allowed
from bot.carry_out.late import must_be_open
from domain.commands import FileQuarter, RecordNil
from domain.deed import Deed
from domain.errors import AdmissionsOnBooks, AlreadyFiled, FiguresChanged
from domain.organisation import Unit, UnitKind
from domain.period import Quarter
from domain.policy import Action
from domain.progress import FilingKind
from messages import labels
from messages.say import Say
from storage.queries import admissions, filings
from storage.queries.audit import Entry
from storage.queries.progress import progress_of
from storage.queries.units import counted_unit, unit_by_id
from storage.session import Session


def record_nil(session: Session, command: RecordNil, act: Act) -> Say:
    """Put a confirmed zero on the books; a cell's says nothing of its commune's quarter."""
    act = _may_file(session, command.unit, command.quarter, act)
    admitted = _admitted(session, command.unit, command.quarter, act)
    if admitted:
        raise AdmissionsOnBooks(command.quarter, admitted, command.unit.kind is UnitKind.CELL)
    filing = filings.file(
        session, command.unit.id, command.quarter, kind=FilingKind.NIL, admitted=0, origin=act.origin
    )
    return _filed(session, "report_nil/done", filing, command, act)


def file_quarter(session: Session, command: FileQuarter, act: Act) -> Say:
    """Put on the books that a quarter is complete, with the number that was confirmed."""
    act = _may_file(session, command.unit, command.quarter, act)
    admitted = _admitted(session, command.unit, command.quarter, act)
    if admitted != command.admitted:
        raise FiguresChanged(command.quarter, admitted)
    filing = filings.file(
        session, command.unit.id, command.quarter, kind=FilingKind.FILED, admitted=admitted, origin=act.origin
    )
    return _filed(session, "file_quarter/done", filing, command, act)


def unfile(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of filing a quarter: it is open again, as it is when a report came in since."""
    unit, quarter = unit_by_id(session, entry.unit), Quarter.parse(entry.subject)
    must_be_allowed(act, _action(unit), unit)
    must_be_open(session, quarter, act)
    filings.end(session, entry.row("filing"), act.at)
    return (Touched(unit=unit, quarter=quarter),)


def _may_file(session: Session, unit: Unit, quarter: Quarter, act: Act) -> Act:
    """The act as it enters the books; a closed quarter is filed no more."""
    must_be_allowed(act, _action(unit), unit)
    act = locked(session, counted_unit(session, unit).id, act)
    must_be_open(session, quarter, act)
    filed = filings.filing_of(session, unit.id, quarter)
    if filed is not None:
        raise AlreadyFiled(quarter, act.office.day_of(filed.at))
    return act


def _action(unit: Unit) -> Action:
    """What has to be allowed: a cell files no quarter, and reports its «nothing» as it reports its people."""
    return Action.REPORT if unit.kind is UnitKind.CELL else Action.FILE


def _admitted(session: Session, unit: Unit, quarter: Quarter, act: Act) -> int:
    if unit.kind is UnitKind.CELL and unit.parent is not None:
        counts = admissions.counts_by_cell(session, unit.parent, quarter.year, act.office.count_by)
        return counts.get(unit.id, {}).get(quarter, 0)
    return progress_of(session, unit, quarter, act.office.count_by).admitted.quarter


def _filed(session: Session, template: str, filing: int, command: FileQuarter | RecordNil, act: Act) -> Say:
    unit, quarter = command.unit, command.quarter
    log(
        session,
        Deed.FILE_QUARTER,
        unit,
        act,
        quarter.code,
        {"filing": filing, "nil": isinstance(command, RecordNil)},
    )
    standing = progress_of(session, unit, quarter, act.office.count_by)
    return Say(template, {"at": act.said_at, "now": standing}, (labels.PROGRESS, labels.MENU))
