"""Correcting and withdrawing admissions that were reported: each a further revision, nothing is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date

from bot.carry_out.act import Act, Touched, locked, log
from bot.carry_out.late import Taken, taken
from bot.carry_out.standings import standings, to_file
from domain.amendment import Amendment, Figures
from domain.candidate import CandidateId, may_be_same
from domain.commands import CorrectAdmissions
from domain.deed import Deed
from domain.errors import AlreadyUndone, ChangedSince, NameTaken, NotYourUnit, ReportChanged
from domain.organisation import Unit
from domain.period import Quarter
from domain.policy import Action, may
from messages import labels
from messages.fold import fold
from messages.names import is_same_name, near_name
from messages.say import Say
from storage.queries import admissions, candidates, filings, revisions
from storage.queries.audit import Entry
from storage.queries.revisions import Report, report_of
from storage.queries.units import unit_by_id
from storage.session import Session


def correct_admissions(session: Session, command: CorrectAdmissions, act: Act) -> Say:
    """Put corrections and withdrawals on the books; a quarter that was filed is open again, if it is not closed."""
    act = replace(act, because=command.because)
    for unit in sorted({amendment.unit for amendment in command.amendments}):
        act = locked(session, unit, act)
    reports = [_checked(session, amendment, command, act) for amendment in command.amendments]
    count_by = act.office.count_by
    came = taken(session, {q for each in command.amendments for q in each.quarters(count_by)}, act)
    touched = [
        each
        for report, amendment in zip(reports, command.amendments, strict=True)
        for each in _amend(session, report, amendment, came)
    ]
    now = standings(session, touched, act)
    facts = {
        "at": act.said_at,
        "amendments": command.amendments,
        "count_by": act.office.count_by,
        "now": now,
        "late": sorted(came.late),
    }
    return Say("correct/done", facts, (*to_file(now, act), labels.CORRECT, labels.PROGRESS, labels.MENU))


def _checked(session: Session, amendment: Amendment, command: CorrectAdmissions, act: Act) -> Report:
    """The report as the books have it; refused when it is not the sender's, or was changed meanwhile."""
    report = report_of(session, amendment.admission)
    _must_be_theirs(session, report, act)
    if report.revision != amendment.revision or report.withdrawn:
        raise ReportChanged(report.code)
    if amendment.after is not None and fold(amendment.after.name) != fold(amendment.before.name):
        _must_be_nobody_else(session, amendment, amendment.after, command, act)
    return report


def _must_be_theirs(session: Session, report: Report, act: Act) -> Unit:
    """The unit of a report, for whose admissions the sender still reports."""
    unit = unit_by_id(session, report.unit)
    own = [unit] if report.cell is None else [unit, unit_by_id(session, report.cell)]
    if not any(may(act.person, Action.REPORT, each) for each in own):
        raise NotYourUnit(unit.short)
    return unit


def _must_be_nobody_else(
    session: Session, amendment: Amendment, after: Figures, command: CorrectAdmissions, act: Act
) -> None:
    """Refuse a name that somebody bears whom the unit has reported, unless it was said that they are two."""
    day = act.office.day_of(act.said_at)
    known = {*command.others, *(each.code for each in command.amendments)}
    for other in admissions.namesakes(session, amendment.unit, fold(after.name), day, act.office.count_by):
        if other.code not in known and may_be_same(other.birth_year, after.birth_year):
            raise NameTaken(after.name, other.code)


def _amend(session: Session, report: Report, amendment: Amendment, came: Taken) -> tuple[Touched, ...]:
    act = came.act
    details: dict[str, object] = {"admission": report.admission, "was": report.revision}
    if amendment.after is None:
        deed = Deed.WITHDRAW_ADMISSION
        details |= _withdraw(session, report, "withdrawn", act)
    else:
        deed = Deed.CORRECT_ADMISSION
        details |= _put(session, report, amendment.after, "corrected", act)
    unit = unit_by_id(session, report.unit)
    log(session, deed, unit, act, report.code, details)
    return _reopened(session, report, unit, amendment.quarters(act.office.count_by), came)


def _put(session: Session, report: Report, figures: Figures, reason: str, act: Act) -> dict[str, object]:
    """A revision with these figures; answers what undoing it will need.

    The day of a candidate's ceremony moves with it. Under the name of somebody else the admission is not the
    candidate's any more.
    """
    changes = {**asdict(figures), "folded": fold(figures.name)}
    revision = revisions.revise(session, report.admission, changes, reason, act.origin)
    day = _day(figures)
    if report.candidate is None or day is None:
        return {"revision": revision}
    if not _may_be_called(report, figures.name):
        return {
            "revision": revision,
            "freed": revisions.free_candidate(session, report.admission, act.at),
        }
    if day != _day(report.figures):
        revisions.move_ceremony(session, report.candidate, day, act.origin)
    return {"revision": revision}


def _may_be_called(report: Report, name: str) -> bool:
    """Whether another name can be the same person's: a slip in it, or a part of it."""
    return is_same_name(fold(report.name), fold(name)) or bool(near_name([report], name))


def _withdraw(session: Session, report: Report, reason: str, act: Act) -> dict[str, object]:
    """Let an admission count no more; answers what putting it back will need."""
    revision = revisions.revise(session, report.admission, {"withdrawn": True}, reason, act.origin)
    freed = revisions.free_candidate(session, report.admission, act.at)
    return {"revision": revision, **({} if freed is None else {"freed": freed})}


def _day(figures: Figures) -> date | None:
    return figures.ceremony_on or figures.decision_on


def _reopened(
    session: Session, report: Report, unit: Unit, quarters: Sequence[Quarter], came: Taken
) -> tuple[Touched, ...]:
    """The quarters, which are open again now: what was filed, by the cell too, stood for other figures.

    What was filed of a closed quarter stands as it was filed: nobody could file it anew.
    """
    at, open_ones = came.act.at, [each for each in quarters if each not in came.late]
    if report.cell is not None:
        for each in open_ones:
            filings.reopen(session, report.cell, each, at)
    reopened = {each for each in open_ones if filings.reopen(session, unit.id, each, at)}
    return tuple(Touched(unit=unit, quarter=each, reopened=each in reopened) for each in quarters)


def withdraw_recorded(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of recording an admission: it counts no more, and its candidate is one again."""
    report = report_of(session, entry.row("admission"))
    unit = _must_be_theirs(session, report, act)
    if report.withdrawn:
        raise AlreadyUndone
    quarters = (Quarter.of(report.figures.counted_on(act.office.count_by)),)
    came = taken(session, quarters, act)
    _withdraw(session, report, "undone", came.act)
    return _reopened(session, report, unit, quarters, came)


def restore_corrected(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of a correction: the figures are again what they were before."""
    report = report_of(session, entry.row("admission"))
    unit = _must_be_theirs(session, report, act)
    if report.withdrawn:
        raise ChangedSince(report.code)
    before = revisions.figures_of(session, entry.row("was"))
    count_by = act.office.count_by
    quarters = tuple(
        dict.fromkeys(Quarter.of(each.counted_on(count_by)) for each in (report.figures, before))
    )
    came = taken(session, quarters, act)
    if fold(before.name) != fold(report.name):
        _must_not_be_reported_since(session, report, before, entry)
    _link_again(session, report, before, entry, came.act)
    _put(session, report, before, "undone", came.act)
    return _reopened(session, report, unit, quarters, came)


def restore_withdrawn(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of a withdrawal: the admission counts again, and its candidate is admitted."""
    report = report_of(session, entry.row("admission"))
    unit = _must_be_theirs(session, report, act)
    quarters = (Quarter.of(report.figures.counted_on(act.office.count_by)),)
    came = taken(session, quarters, act)
    _must_not_be_reported_since(session, report, report.figures, entry)
    _link_again(session, report, report.figures, entry, came.act)
    revisions.revise(session, report.admission, {"withdrawn": False}, "undone", came.act.origin)
    return _reopened(session, report, unit, quarters, came)


def _must_not_be_reported_since(session: Session, report: Report, figures: Figures, entry: Entry) -> None:
    """Refuse to put somebody back who was reported anew in between."""
    since = entry.row("revision")
    for other in revisions.reported_since(session, report.unit, fold(figures.name), since):
        if other.admission != report.admission and may_be_same(other.birth_year, figures.birth_year):
            raise NameTaken(figures.name, other.code)


def _link_again(session: Session, report: Report, figures: Figures, entry: Entry, act: Act) -> None:
    """Give an admission back the candidate that the deed has freed."""
    if "freed" not in entry.details:
        return
    candidate = CandidateId(entry.row("freed"))
    is_closed = candidates.closed_because(session, candidate) is not None
    if is_closed or admissions.candidates_admitted(session, [candidate]):
        raise ChangedSince(report.code)
    day = _day(figures)
    if day is not None:
        revisions.link_candidate(session, report.admission, candidate, day, act.origin)
