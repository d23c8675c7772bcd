"""The only writer of the books: one function per command. Each checks everything before it writes anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from domain.candidate import may_be_same
from domain.commands import Command, FileQuarter, NewMember, RecordAdmissions, RecordNil
from domain.deadline import must_be_open
from domain.errors import AdmissionsOnBooks, AlreadyFiled, AlreadyReported, FiguresChanged, NotYourUnit
from domain.office import Office
from domain.organisation import Unit
from domain.people import Person
from domain.period import Quarter
from domain.policy import Action, may
from domain.progress import FilingKind
from messages import labels
from messages.channel import Choice
from messages.fold import fold
from messages.say import Say
from storage.queries import admissions, audit, candidates, filings
from storage.queries.admissions import Entry, Origin, receipt_code
from storage.queries.progress import grace_days_of, lock_unit, progress_of, unfiled_progress_of
from storage.queries.units import counted_unit
from storage.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who has a command carried out, by which message, and under which office's rules."""

    person: Person
    inbox_id: int | None
    said_at: datetime
    at: datetime
    office: Office

    @property
    def origin(self) -> Origin:
        return Origin(at=self.at, said_at=self.said_at, person=self.person.id, inbox_id=self.inbox_id)


def carry_out(session: Session, command: Command, act: Act) -> Say:
    """Do what a command says and answer its receipt; raises Refused and has then changed nothing."""
    match command:
        case RecordAdmissions():
            return _record_admissions(session, command, act)
        case RecordNil():
            return _record_nil(session, command, act)
        case FileQuarter():
            return _file_quarter(session, command, act)
        case _:
            assert_never(command)


def _record_admissions(session: Session, command: RecordAdmissions, act: Act) -> Say:
    _must_be_allowed(act, Action.REPORT, command.unit)
    quarter = Quarter.of(command.ceremony_on)
    must_be_open(quarter, grace_days_of(session, quarter.year), act.office.day_of(act.said_at))
    counted = counted_unit(session, command.unit)
    lock_unit(session, counted.id)
    _must_be_new(session, command, counted, act)
    codes = [_record(session, command, member, counted, act) for member in command.people]
    reopened = filings.reopen(session, counted.id, quarter, act.at)
    standing = unfiled_progress_of(session, counted, quarter, act.office.count_by)
    return Say(
        "report_admission/done",
        {"codes": codes, "at": act.said_at, "now": standing, "reopened": reopened},
        _offers(act.person, counted, quarter),
    )


def _must_be_new(session: Session, command: RecordAdmissions, counted: Unit, act: Act) -> None:
    """Refuse whoever came onto the books since it was confirmed, by another's report of the same person."""
    ids = [member.candidate for member in command.people if member.candidate is not None]
    admitted = admissions.candidates_admitted(session, ids) if ids else frozenset()
    day = act.office.day_of(act.said_at)
    for member in command.people:
        before = admissions.namesakes(session, counted.id, fold(member.name), day, act.office.count_by)
        same = [each.code for each in before if may_be_same(each.birth_year, member.birth_year)]
        new = [code for code in same if code not in command.others]
        if new or member.candidate in admitted:
            raise AlreadyReported(member.name, new[0] if new else "")


def _record(session: Session, command: RecordAdmissions, member: NewMember, counted: Unit, act: Act) -> str:
    year = command.ceremony_on.year
    serial = admissions.last_serial(session, counted.id, year) + 1
    entry = Entry(
        unit=counted.id,
        cell=None if counted.id == command.unit.id else command.unit.id,
        year=year,
        serial=serial,
        member=member,
        folded=fold(member.name),
        ceremony_on=command.ceremony_on,
        decision_no=command.decision_no,
    )
    admissions.record(session, entry, act.origin)
    if member.candidate is not None:
        candidates.admitted(session, member.candidate, command.ceremony_on, act.origin)
    code = receipt_code(counted.code, year, serial)
    _log(session, "record admission", counted, act, code)
    return code


def _offers(person: Person, unit: Unit, quarter: Quarter) -> tuple[Choice, ...]:
    file = Choice(f"chốt {quarter.full_name}", f"Chốt báo cáo {quarter.name}")
    return (labels.REPORT_MORE, *((file,) if may(person, Action.FILE, unit) else ()), labels.MENU)


def _record_nil(session: Session, command: RecordNil, act: Act) -> Say:
    _may_file(session, command.unit, command.quarter, act)
    admitted = progress_of(session, command.unit, command.quarter, act.office.count_by).admitted.quarter
    if admitted:
        raise AdmissionsOnBooks(command.quarter, admitted)
    filings.file(
        session, command.unit.id, command.quarter, kind=FilingKind.NIL, admitted=0, origin=act.origin
    )
    return _filed(session, "report_nil/done", command.unit, command.quarter, act)


def _file_quarter(session: Session, command: FileQuarter, act: Act) -> Say:
    _may_file(session, command.unit, command.quarter, act)
    admitted = progress_of(session, command.unit, command.quarter, act.office.count_by).admitted.quarter
    if admitted != command.admitted:
        raise FiguresChanged(command.quarter, admitted)
    filings.file(
        session, command.unit.id, command.quarter, kind=FilingKind.FILED, admitted=admitted, origin=act.origin
    )
    return _filed(session, "file_quarter/done", command.unit, command.quarter, act)


def _may_file(session: Session, unit: Unit, quarter: Quarter, act: Act) -> None:
    _must_be_allowed(act, Action.FILE, unit)
    must_be_open(quarter, grace_days_of(session, quarter.year), act.office.day_of(act.said_at))
    lock_unit(session, unit.id)
    filed = filings.filing_of(session, unit.id, quarter)
    if filed is not None:
        raise AlreadyFiled(quarter, act.office.day_of(filed.at))


def _filed(session: Session, template: str, unit: Unit, quarter: Quarter, act: Act) -> Say:
    _log(session, "file quarter", unit, act, quarter.code)
    standing = progress_of(session, unit, quarter, act.office.count_by)
    return Say(template, {"at": act.said_at, "now": standing}, (labels.PROGRESS, labels.MENU))


def _must_be_allowed(act: Act, action: Action, unit: Unit) -> None:
    if not may(act.person, action, unit):
        raise NotYourUnit(unit.short)


def _log(session: Session, what: str, unit: Unit, act: Act, subject: str) -> None:
    audit.note(
        session,
        what,
        at=act.at,
        person=act.person.id,
        unit=unit.id,
        inbox_id=act.inbox_id,
        subject=subject,
    )
