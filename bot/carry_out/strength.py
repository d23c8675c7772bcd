"""Recording how strong a unit is: its number of members, and the day of its last admission."""

from __future__ import annotations

from datetime import date
from typing import Final

from bot.carry_out.act import Act, Touched, locked, log, must_be_allowed
from domain.commands import RecordStrength
from domain.deed import Deed
from domain.policy import Action
from messages import labels
from messages.say import Say, day
from storage.queries import strength
from storage.queries.audit import Entry
from storage.queries.units import counted_unit, unit_by_id
from storage.session import Session

_SUBJECT: Final = "Số đảng viên, lần kết nạp gần nhất"


def record_strength(session: Session, command: RecordStrength, act: Act) -> Say:
    """Put what is told of a unit on the books in place of what was told before."""
    must_be_allowed(act, Action.REPORT, command.unit)
    act = locked(session, counted_unit(session, command.unit).id, act)
    unit, before = command.unit.id, strength.told_by(session, command.unit.id).strength
    details: dict[str, object] = {"told": _told(command)}
    if command.members is not None:
        details["members"] = strength.tell_members(session, unit, command.members, act.origin)
        details["members_before"] = before.members
    if command.last_admission is not None:
        details["last"] = strength.tell_last_admission(session, unit, command.last_admission, act.origin)
        details["last_before"] = before.last_admission.isoformat() if before.last_admission else None
    log(session, Deed.RECORD_STRENGTH, command.unit, act, _SUBJECT, details)
    return Say("strength/done", {"at": act.said_at, "command": command}, (labels.PROGRESS, labels.MENU))


def _told(command: RecordStrength) -> str:
    members = f"{command.members} đảng viên" if command.members is not None else ""
    last = f"lần kết nạp gần nhất {day(command.last_admission)}" if command.last_admission else ""
    return ", ".join(filter(None, (members, last)))


def take_back_strength(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of recording: what was told before is in force again."""
    must_be_allowed(act, Action.REPORT, unit_by_id(session, entry.unit))
    if "members" in entry.details:
        strength.end_members(session, entry.unit, act.at)
        if (members := entry.details["members_before"]) is not None:
            strength.tell_members(session, entry.unit, members, act.origin)
    if "last" in entry.details:
        strength.end_last_admission(session, entry.unit, act.at)
        if (last := entry.details["last_before"]) is not None:
            strength.tell_last_admission(session, entry.unit, date.fromisoformat(last), act.origin)
    return ()
