"""Where people are rung up."""

from __future__ import annotations

from bot.carry_out.act import Act, log
from domain.commands import TellPhone
from domain.deed import Deed
from messages import labels
from messages.say import Say
from storage.queries import people
from storage.session import Session


def tell_phone(session: Session, command: TellPhone, act: Act) -> Say:
    """Note somebody's own number in place of the one before; the log says that it was done, and no number."""
    people.keep_phone(session, act.person.id, command.phone)
    log(session, Deed.TELL_PHONE, act.person.appointments[0].unit, act, "")
    return Say("phone/done", {"phone": command.phone, "at": act.said_at}, (labels.MENU,))
