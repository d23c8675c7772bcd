"""The lists of candidates: who is put on them, the steps they take, and the ways out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.carry_out.act import Act, Touched, locked, log
from domain.candidate import (
    Candidate,
    CandidateId,
    Step,
    Taken,
    bounds_of,
    candidate_code,
    has_committee,
    in_order,
    may_be_same,
    steps_to_take,
)
from domain.commands import CloseCandidate, ListCandidates, NewCandidate, TakeBackStep, TakeStep
from domain.deed import Deed
from domain.errors import AdmittedAlready, AlreadyListed, CandidateChanged, NotYourUnit, OnlyOneStep
from domain.organisation import Unit
from domain.policy import Action, may
from messages import labels
from messages.channel import Choice
from messages.fold import fold
from messages.names import is_same_name
from messages.say import Say
from storage.queries import admissions, audit, candidates, employments
from storage.queries.admissions import Reported
from storage.queries.audit import Entry
from storage.queries.units import counted_unit, unit_by_id
from storage.session import Session

_UNTOUCHED: Final[tuple[Touched, ...]] = ()
"""The lists change no quarter's figures."""


def list_candidates(session: Session, command: ListCandidates, act: Act) -> Say:
    """Put people on a unit's list; the first step is taken by it."""
    counted = must_follow(session, command.unit, act)
    act = locked(session, command.unit.id, act)
    _must_be_new(session, command, counted, act)
    codes = [_list(session, command, person, act) for person in command.people]
    listed = tuple(zip(command.people, codes, strict=True))
    return Say(
        "candidate_add/done", {"at": act.said_at, "listed": listed, "unit": command.unit}, _next(codes)
    )


def _list(session: Session, command: ListCandidates, person: NewCandidate, act: Act) -> str:
    candidate = candidates.list_candidate(
        session,
        command.unit.id,
        person.name,
        fold(person.name),
        act.at,
        gender=person.gender,
        birth_year=person.birth_year,
        birth_date=person.birth_date,
    )
    step = candidates.take_step(session, candidate, Step.LISTED, command.listed_on, act.origin)
    if person.private_firm is not None:
        employments.record(session, candidate, person.private_firm, act.origin)
    code = candidate_code(candidate)
    log(session, Deed.LIST_CANDIDATE, command.unit, act, code, {"candidate": candidate, "step": step})
    return code


def _must_be_new(session: Session, command: ListCandidates, counted: Unit, act: Act) -> None:
    """Refuse whoever came onto the books since it was confirmed, by another's word of the same person."""
    for person in command.people:
        for one in _namesakes(session, command.unit, counted, person, act):
            if one.code not in command.others:
                raise AlreadyListed(person.name, one.code)


def _namesakes(
    session: Session, unit: Unit, counted: Unit, person: NewCandidate | Candidate, act: Act
) -> Iterator[Candidate | Reported]:
    """Those on a unit's list, or reported as admitted, who can be this person."""
    day, folded = act.office.day_of(act.said_at), fold(person.name)
    listed = (one for one in candidates.followed(session, [unit.id]) if is_same_name(one.folded, folded))
    reported = admissions.namesakes(session, counted.id, folded, day, act.office.count_by)
    found: tuple[Candidate | Reported, ...] = (*listed, *reported)
    for one in found:
        if may_be_same(one.birth_year, person.birth_year):
            yield one


def take_step(session: Session, command: TakeStep, act: Act) -> Say:
    """Write down a step of a candidate."""
    counted = must_follow(session, command.unit, act)
    act = locked(session, command.unit.id, act)
    candidate = must_be_followed(session, command.candidate, command.unit)
    left = steps_to_take(candidate, has_committee(counted))
    before, after = bounds_of(candidate, command.step)
    too_early = before is not None and command.taken_on < before.on
    too_late = after is not None and command.taken_on > after.on
    if command.step not in left or command.step is Step.ADMITTED or too_early or too_late:
        raise CandidateChanged(candidate.code)
    entry = candidates.take_step(
        session,
        candidate.id,
        command.step,
        command.taken_on,
        act.origin,
        responsible=command.responsible,
        decision_no=command.decision_no,
    )
    _log_step(session, Deed.TAKE_STEP, command.unit, act, candidate, command.step, entry)
    taken = Taken(id=entry, step=command.step, on=command.taken_on)
    now = replace(candidate, steps=in_order([*candidate.steps, taken]))
    following = next(iter(steps_to_take(now, has_committee(counted))), None)
    about = {"at": act.said_at, "candidate": candidate, "command": command, "following": following}
    return Say("candidate_step/done", about, _next([candidate.code], goes_on=following is not None))


def take_back_step(session: Session, command: TakeBackStep, act: Act) -> Say:
    """End the entry of a candidate's furthest step."""
    must_follow(session, command.unit, act)
    act = locked(session, command.unit.id, act)
    candidate = must_be_followed(session, command.candidate, command.unit)
    if candidate.is_admitted:
        raise AdmittedAlready(candidate.name, candidate.code)
    last = candidate.last
    if last.id != command.entry:
        raise CandidateChanged(candidate.code)
    if len(candidate.steps) == 1:
        raise OnlyOneStep(candidate.name, candidate.code)
    candidates.take_back(session, last.id, act.at)
    _log_step(session, Deed.TAKE_BACK_STEP, command.unit, act, candidate, last.step, last.id)
    about = {"at": act.said_at, "candidate": candidate, "back_at": candidate.steps[-2]}
    return Say("candidate_back/done", about, _next([candidate.code]))


def close_candidate(session: Session, command: CloseCandidate, act: Act) -> Say:
    """Write down why somebody is a candidate no more."""
    must_follow(session, command.unit, act)
    act = locked(session, command.unit.id, act)
    candidate = must_be_followed(session, command.candidate, command.unit)
    if candidate.is_admitted:
        raise AdmittedAlready(candidate.name, candidate.code)
    if candidate.step is not Step.LISTED and command.closed_on < candidate.step_on:
        raise CandidateChanged(candidate.code)
    closing = candidates.close(session, candidate.id, command.because, command.closed_on, act.origin)
    details: dict[str, object] = {"candidate": candidate.id, "closing": closing, "because": command.because}
    log(session, Deed.CLOSE_CANDIDATE, command.unit, act, candidate.code, details)
    about = {"at": act.said_at, "candidate": candidate, "because": command.because}
    return Say("candidate_close/done", about, (labels.CANDIDATES, labels.MENU))


def must_follow(session: Session, unit: Unit, act: Act) -> Unit:
    """Refuse whoever leads neither the unit nor the grassroots organisation above it; answers the latter."""
    counted = counted_unit(session, unit)
    if not (may(act.person, Action.REPORT, unit) or may(act.person, Action.FILE, counted)):
        raise NotYourUnit(unit.short)
    return counted


def must_be_followed(session: Session, candidate: CandidateId, unit: Unit) -> Candidate:
    """The candidate as the books have them now; refuses one who has left the list meanwhile."""
    found = candidates.candidate_by_id(session, candidate)
    if found is None or found.unit != unit.id or candidates.closed_because(session, candidate):
        raise CandidateChanged(candidate_code(candidate))
    return found


def _log_step(
    session: Session, deed: Deed, unit: Unit, act: Act, candidate: Candidate, step: Step, entry: int
) -> None:
    details: dict[str, object] = {"candidate": candidate.id, "step": entry, "took": step.value}
    log(session, deed, unit, act, candidate.code, details)


def _next(codes: list[str], goes_on: bool = True) -> tuple[Choice, ...]:
    steps = (labels.next_step(codes[0]), labels.another_step(codes[0])) if len(codes) == 1 and goes_on else ()
    return (*steps, labels.CANDIDATES, labels.MENU)


def untake(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of taking a step; and of putting somebody on a list, for that is the first one."""
    must_follow(session, unit_by_id(session, entry.unit), act)
    candidate = candidates.candidate_by_id(session, CandidateId(entry.row("candidate")))
    # The admission stands under a code and a unit of its own, so the log does not tell that it was built upon this.
    if candidate is not None and candidate.is_admitted and entry.details.get("took") != Step.CONFIRMED:
        raise AdmittedAlready(candidate.name, candidate.code)
    # Where taking it back was undone, the step is in force under another row's number.
    taken = None if candidate is None else candidate.taken(Step(entry.details.get("took", Step.LISTED)))
    if taken is None or not candidates.take_back(session, taken.id, act.at):
        raise CandidateChanged(entry.subject)
    return _UNTOUCHED


def take_again(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of taking back a step: it is written down once more as it was."""
    unit = unit_by_id(session, entry.unit)
    must_follow(session, unit, act)
    candidate = must_be_followed(session, CandidateId(entry.row("candidate")), unit)
    if candidate.is_admitted:
        raise AdmittedAlready(candidate.name, candidate.code)
    if candidate.taken(Step(entry.details["took"])) is not None:
        raise CandidateChanged(entry.subject)
    candidates.take_again(session, entry.row("step"), act.origin)
    return _UNTOUCHED


def reopen(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of closing a candidacy: it goes on, unless the same person came onto the books since."""
    unit = unit_by_id(session, entry.unit)
    counted = must_follow(session, unit, act)
    candidate = candidates.candidate_by_id(session, CandidateId(entry.row("candidate")))
    if candidate is None:
        raise CandidateChanged(entry.subject)
    since = audit.came_since(session, entry)
    for one in _namesakes(session, unit, counted, candidate, act):
        if one.code in since:  # of those who were there before it was said that they are others
            raise AlreadyListed(candidate.name, one.code)
    if candidates.open_again(session, entry.row("closing"), act.at) is None:
        raise CandidateChanged(entry.subject)
    return _UNTOUCHED
