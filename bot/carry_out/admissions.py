"""Recording admissions."""

from __future__ import annotations

from bot.carry_out.act import Act, Touched, log, must_be_allowed
from domain.candidate import may_be_same
from domain.commands import NewMember, RecordAdmissions
from domain.deadline import must_be_open
from domain.deed import Deed
from domain.errors import AlreadyReported, AlreadyUndone
from domain.organisation import Unit
from domain.people import Person
from domain.period import Quarter
from domain.policy import Action, may
from messages import labels
from messages.channel import Choice
from messages.fold import fold
from messages.say import Say
from storage.queries import admissions, audit, candidates, filings, revisions
from storage.queries.admissions import Entry, receipt_code
from storage.queries.progress import grace_days_of, lock_unit, unfiled_progress_of
from storage.queries.units import counted_unit, unit_by_id
from storage.session import Session


def record_admissions(session: Session, command: RecordAdmissions, act: Act) -> Say:
    """Put the admissions of a report on the books; a quarter that was filed is open again."""
    must_be_allowed(act, Action.REPORT, command.unit)
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
    recorded = admissions.record(session, entry, act.origin)
    if member.candidate is not None:
        candidates.admitted(session, member.candidate, command.ceremony_on, act.origin)
    code = receipt_code(counted.code, year, serial)
    log(session, Deed.RECORD_ADMISSION, counted, act, code, {"admission": recorded})
    return code


def withdraw_recorded(session: Session, entry: audit.Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of recording an admission: it counts no more, and its candidate is one again."""
    report = revisions.report_of(session, entry.row("admission"))
    if report.withdrawn:
        raise AlreadyUndone
    unit = unit_by_id(session, report.unit)
    must_be_allowed(act, Action.REPORT, unit if report.cell is None else unit_by_id(session, report.cell))
    quarter = Quarter.of(report.counted_on(act.office.count_by))
    must_be_open(quarter, grace_days_of(session, quarter.year), act.office.day_of(act.said_at))
    revisions.revise(session, report.admission, {"withdrawn": True}, "undone", act.origin)
    revisions.free_candidate(session, report.admission, act.at)
    reopened = filings.reopen(session, unit.id, quarter, act.at)
    return (Touched(unit=unit, quarter=quarter, reopened=reopened),)


def _offers(person: Person, unit: Unit, quarter: Quarter) -> tuple[Choice, ...]:
    file = Choice(f"chốt {quarter.full_name}", f"Chốt báo cáo {quarter.name}")
    return (labels.REPORT_MORE, *((file,) if may(person, Action.FILE, unit) else ()), labels.MENU)
