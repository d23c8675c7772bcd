"""Whether a candidate works for a private firm."""

from __future__ import annotations

from bot.carry_out.act import Act, Touched, locked, log
from bot.carry_out.candidates import must_be_followed, must_follow
from domain.candidate import CandidateId
from domain.commands import TellWork
from domain.deed import Deed
from domain.errors import CandidateChanged
from messages import labels
from messages.say import Say
from storage.queries import employments
from storage.queries.audit import Entry
from storage.queries.units import unit_by_id
from storage.session import Session


def tell_work(session: Session, command: TellWork, act: Act) -> Say:
    """Put on the books what was told, in place of what was told before."""
    must_follow(session, command.unit, act)
    act = locked(session, command.unit.id, act)
    candidate = must_be_followed(session, command.candidate, command.unit)
    before = employments.end(session, candidate.id, act.at)
    row = employments.record(session, candidate.id, command.private_firm, act.origin)
    details: dict[str, object] = {"candidate": candidate.id, "work": row, "before": before}
    details["private_firm"] = command.private_firm
    log(session, Deed.TELL_WORK, command.unit, act, candidate.code, details)
    about = {"at": act.said_at, "candidate": candidate, "private_firm": command.private_firm}
    return Say("candidate_work/done", about, (labels.CANDIDATES, labels.MENU))


def take_back_work(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of telling: what was told before holds again."""
    unit = unit_by_id(session, entry.unit)
    must_follow(session, unit, act)
    candidate = CandidateId(entry.row("candidate"))
    if employments.end(session, candidate, act.at) is None:
        raise CandidateChanged(entry.subject)
    before = entry.details["before"]
    if before is not None:
        employments.record(session, candidate, employments.told(session, before), act.origin)
    return ()
