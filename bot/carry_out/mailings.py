"""Mailings: written down here, put into the outbox at their hour, taken back as far as they have not left."""

from __future__ import annotations

from bot.carry_out.act import Act, Touched, log
from domain.commands import RemindUnits, SendNotice
from domain.deed import Deed
from domain.errors import MailingLeft, NobodyReached, NotAllowed
from domain.mailing import HOLD, Mailing, MailingId, MailingKind
from domain.policy import Action, may
from messages import labels
from messages.say import Say
from storage.queries import mailings
from storage.queries.audience import reach
from storage.queries.audit import Entry
from storage.queries.periods import periods_of
from storage.session import Session


def send_notice(session: Session, command: SendNotice, act: Act) -> Say:
    """Write a notice down; it leaves after a minute, or at the hour that was chosen."""
    if not may(act.person, Action.SEND_NOTICE):
        raise NotAllowed
    reached = reach(session, command.audience, act.office.day_of(act.at), act.person.id)
    if not reached.reached:
        raise NobodyReached
    details = {"words": command.words, "audience": command.audience.as_json()}
    due_at = max(act.at + HOLD, command.at or act.at)
    made = mailings.put(session, MailingKind.NOTICE, details, due_at, act.origin)
    log_mailing(session, Deed.SEND_NOTICE, made, act, {"people": reached.people})
    facts = {"at": act.said_at, "mailing": made, "people": reached.reached, "later": command.at is not None}
    return Say("send_notice/done", facts, (labels.NOTICES, labels.MENU))


def remind_units(session: Session, command: RemindUnits, act: Act) -> Say:
    """Write a reminder down; it leaves after a minute, or at the hour chosen, to those who owe their report then."""
    if not may(act.person, Action.REMIND):
        raise NotAllowed
    periods_of(session).must_be_open(command.quarter, act.office.day_of(act.at))
    if not command.people:
        raise NobodyReached
    details = {
        "quarter": command.quarter.code,
        "units": list(command.units),
        "people": list(command.people),
    }
    due_at = max(act.at + HOLD, command.at or act.at)
    made = mailings.put(session, MailingKind.REMINDER, details, due_at, act.origin)
    log_mailing(session, Deed.REMIND_UNITS, made, act, {"people": len(command.people)})
    facts = {"at": act.said_at, "mailing": made, "people": len(command.people), "units": len(command.units)}
    return Say("remind/done", facts, (labels.NOTICES, labels.MENU))


def log_mailing(session: Session, deed: Deed, made: Mailing, act: Act, details: dict[str, object]) -> None:
    """Write a mailing into the log, under the unit of whoever sends it."""
    unit = act.person.appointments[0].unit
    log(session, deed, unit, act, made.code, {"mailing": made.id, **details})


def take_back_mailing(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of a mailing: what has not left does not leave any more."""
    if not may(act.person, Action.SEND_NOTICE):
        raise NotAllowed
    mailing = mailings.by_id(session, MailingId(entry.row("mailing")))
    if mailing is None or mailing.until is not None:
        raise MailingLeft(entry.subject)
    if mailings.take_back(session, mailing, act.at) == 0:
        raise MailingLeft(entry.subject)
    return ()
