"""Recording admissions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.carry_out.act import Act, locked, log, must_be_allowed
from bot.carry_out.late import taken
from bot.carry_out.tell import tell_holders
from domain.candidate import candidate_code, may_be_same
from domain.commands import NewMember, RecordAdmissions
from domain.deadline import in_time_on
from domain.deed import Deed
from domain.errors import AlreadyReported, CandidateChanged
from domain.organisation import Unit
from domain.people import Person, Role
from domain.period import Quarter
from domain.policy import Action, may
from messages import labels
from messages.channel import Choice
from messages.fold import fold
from messages.rollup_words import Named
from messages.say import Say
from storage.queries import admissions, candidates, filings
from storage.queries.admissions import Entry, Reported, receipt_code
from storage.queries.progress import unfiled_progress_of
from storage.queries.units import counted_unit
from storage.session import Session


def record_admissions(session: Session, command: RecordAdmissions, act: Act) -> Say:
    """Put the admissions of a report on the books; a quarter that was filed is open again, if it is not closed."""
    must_be_allowed(act, Action.REPORT, command.unit)
    quarters = _quarters_of(command, act)
    counted = counted_unit(session, command.unit)
    act = locked(session, counted.id, act)
    day = in_time_on(act.office.day_of(act.said_at), command.said_on)
    came = taken(session, quarters, replace(act, because=command.because), day)
    act, open_ones = came.act, [each for each in quarters if each not in came.late]
    _must_be_candidates(session, command)
    _must_be_new(session, command, counted, act)
    codes = [_record(session, command, member, counted, act) for member in command.people]
    reopened = [each for each in open_ones if filings.reopen(session, counted.id, each, act.at)]
    standings = [unfiled_progress_of(session, counted, each, act.office.count_by) for each in quarters]
    named = [Named(name=one.name, on=one.counted_on(act.office.count_by)) for one in command.people]
    facts = {
        "codes": codes,
        "named": named,
        "typed": command.typed,
        "at": act.said_at,
        "standings": standings,
        "reopened": reopened,
    }
    return Say(
        "report_admission/done",
        {**facts, "late": sorted(came.late)},
        _offers(act.person, counted, codes, open_ones),
    )


def _quarters_of(command: RecordAdmissions, act: Act) -> list[Quarter]:
    days = [member.counted_on(act.office.count_by) for member in command.people]
    return sorted({Quarter.of(day) for day in days})


def _must_be_candidates(session: Session, command: RecordAdmissions) -> None:
    """Refuse who has left the list of candidates since it was confirmed, or was never to be on it."""
    for candidate in (member.candidate for member in command.people if member.candidate is not None):
        is_gone = candidates.candidate_by_id(session, candidate) is None
        if is_gone or candidates.closed_because(session, candidate) is not None:
            raise CandidateChanged(candidate_code(candidate))


def _must_be_new(session: Session, command: RecordAdmissions, counted: Unit, act: Act) -> None:
    """Refuse whoever came onto the books since it was confirmed, by another's report of the same person."""
    ids = [member.candidate for member in command.people if member.candidate is not None]
    admitted = admissions.candidates_admitted(session, ids) if ids else frozenset()
    day = act.office.day_of(act.said_at)
    known: list[tuple[str, str]] = []
    for member in command.people:
        before = admissions.namesakes(session, counted.id, fold(member.name), day, act.office.count_by)
        same = [each.code for each in before if may_be_same(each.birth_year, member.birth_year)]
        new = [code for code in same if code not in command.others]
        if new or member.candidate in admitted:
            known.append((member.name, new[0] if new else ""))
    if known:
        raise AlreadyReported(tuple(known))


def _record(session: Session, command: RecordAdmissions, member: NewMember, counted: Unit, act: Act) -> str:
    year = member.counted_on(act.office.count_by).year
    serial = admissions.last_serial(session, counted.id, year) + 1
    entry = Entry(
        unit=counted.id,
        cell=admissions.cell_of(session, command.unit, counted, member.candidate),
        year=year,
        serial=serial,
        member=member,
        folded=fold(member.name),
        decision_no=command.decision_no or member.decision_no,
    )
    day = act.office.day_of(act.said_at)
    doubles = admissions.elsewhere(
        session, counted.id, entry.folded, member.birth_year, day, act.office.count_by
    )
    recorded = admissions.record(session, entry, act.origin)
    if entry.cell is not None:  # what it said before, that there is nobody, is true no more
        filings.reopen(session, entry.cell, Quarter.of(member.counted_on(act.office.count_by)), act.at)
    if member.candidate is not None:
        on = member.ceremony_on or member.counted_on(act.office.count_by)
        candidates.admitted(session, member.candidate, on, act.origin)
    code = receipt_code(counted.code, year, serial)
    details: dict[str, object] = {"admission": recorded}
    log(session, Deed.RECORD_ADMISSION, counted, act, code, details | _kept(doubles))
    if any(each.is_as_old(member.birth_year) for each in doubles):
        _tell_of(session, doubles, member, code, counted, act)
    return code


def _kept(doubles: Sequence[Reported]) -> dict[str, object]:
    return {"doubles": [each.code for each in doubles]} if doubles else {}


def _tell_of(
    session: Session, doubles: Sequence[Reported], member: NewMember, code: str, counted: Unit, act: Act
) -> None:
    """Tell the district that two units have reported what may be one person: it alone sees both."""
    facts = {"member": member, "code": code, "unit": counted, "doubles": doubles}
    tell_holders(session, {Role.DISTRICT}, Say("notices/double", facts), f"double:{code}", act)


def _offers(
    person: Person, unit: Unit, codes: Sequence[str], quarters: Sequence[Quarter]
) -> tuple[Choice, ...]:
    more = labels.tell_more(codes[0]) if len(codes) == 1 else labels.tell_more()
    files = [labels.file(quarter) for quarter in quarters] if may(person, Action.FILE, unit) else []
    return (more, *files, labels.REPORT_MORE, labels.MENU)
