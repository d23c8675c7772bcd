"""Recording how many of a unit's village heads are Party members."""

from __future__ import annotations

from typing import Final

from bot.carry_out.act import Act, Touched, locked, log, must_be_allowed
from domain.commands import RecordHeads
from domain.deed import Deed
from domain.errors import AlreadyUndone
from domain.policy import Action
from domain.progress import HeadsRate
from messages import labels
from messages.say import Say
from storage.queries import heads
from storage.queries.audit import Entry
from storage.queries.plan_terms import plan_terms
from storage.queries.units import unit_by_id
from storage.session import Session

_SUBJECT: Final = "Trưởng thôn là đảng viên"


def record_heads(session: Session, command: RecordHeads, act: Act) -> Say:
    """Put a unit's figures on the books in place of those before."""
    must_be_allowed(act, Action.FILE, command.unit)
    act = locked(session, command.unit.id, act)
    before = heads.heads_of(session, command.unit.id)
    if before is not None:
        heads.end(session, before.id, act.at)
    now = HeadsRate(members=command.members, total=command.total)
    recorded = heads.record(session, command.unit.id, now, act.origin)
    details: dict[str, object] = {"heads": recorded, "before": before.id if before else None}
    details["told"] = f"{now.members}/{now.total}"
    log(session, Deed.RECORD_HEADS, command.unit, act, _SUBJECT, details)
    plan = plan_terms(session, act.office.day_of(act.said_at).year)
    facts = {"at": act.said_at, "unit": command.unit, "now": now, "aim": plan.heads_rate if plan else None}
    return Say("heads/done", facts, (labels.PROGRESS, labels.MENU))


def take_back_heads(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of recording figures: those before are in force again.

    Where a later deed was undone, what this one recorded is in force under another row's number.
    """
    must_be_allowed(act, Action.FILE, unit_by_id(session, entry.unit))
    now = heads.heads_of(session, entry.unit)
    if now is None or not heads.end(session, now.id, act.at):
        raise AlreadyUndone
    before = entry.details["before"]
    if before is not None:
        heads.record(session, entry.unit, heads.heads_by_id(session, before), act.origin)
    return ()
