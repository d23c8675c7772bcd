"""What a unit has learnt from a batch of decisions."""

from __future__ import annotations

from bot.carry_out.act import Act, Touched, locked, log, must_be_allowed
from domain.batch import Lesson
from domain.commands import TellLesson
from domain.deed import Deed
from domain.errors import AlreadyUndone
from domain.policy import Action
from messages import labels
from messages.say import Say
from storage.queries import lessons
from storage.queries.audit import Entry
from storage.queries.units import unit_by_id
from storage.session import Session


def tell_lesson(session: Session, command: TellLesson, act: Act) -> Say:
    """Put a lesson on the books, from where the roll-up of its quarter takes it."""
    must_be_allowed(act, Action.FILE, command.unit)
    act = locked(session, command.unit.id, act)
    day = act.office.day_of(act.said_at)
    lesson = Lesson(unit=command.unit.id, batch=command.batch, told_on=day, text=command.text)
    row = lessons.record(session, lesson, act.origin)
    subject = f"Rút kinh nghiệm {command.unit.code}"
    log(session, Deed.TELL_LESSON, command.unit, act, subject, {"lesson": row, "text": command.text})
    about = {"at": act.said_at, "unit": command.unit, "batch": command.batch}
    return Say("lesson/done", about, (labels.PROGRESS, labels.MENU))


def take_back_lesson(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of telling a lesson."""
    must_be_allowed(act, Action.FILE, unit_by_id(session, entry.unit))
    if not lessons.end(session, entry.row("lesson"), act.at):
        raise AlreadyUndone
    return ()
