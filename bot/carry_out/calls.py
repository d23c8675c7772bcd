"""Wishes to be rung up, and the word that it was done."""

from __future__ import annotations

from bot.carry_out.act import Act, Touched, log, must_be_allowed
from bot.carry_out.tell import tell_holders
from domain.commands import AskForCall, SettleCall
from domain.deed import Deed
from domain.errors import AlreadyUndone, CallSettled, NotAllowed
from domain.matters import CallId
from domain.people import Role
from domain.policy import Action, may
from messages import labels
from messages.say import Say
from storage.queries import calls
from storage.queries.audit import Entry
from storage.queries.recipients import where_reached
from storage.session import Session


def ask_for_call(session: Session, command: AskForCall, act: Act) -> Say:
    """Put somebody's wish to be rung up on the books and tell the district; one open wish is enough."""
    must_be_allowed(act, Action.BE_HERE, command.unit)
    today = act.office.day_of(act.at)
    before = calls.open_call_of(session, act.person.id, today)
    if before is not None:
        return Say("call_me/already", {"at": before.asked_at}, (labels.MENU,))
    asked = calls.ask(session, act.person.id, act.origin)
    log(session, Deed.ASK_FOR_CALL, command.unit, act, _subject(asked), {"call": asked})
    call, reached = calls.call_by_id(session, asked, today), where_reached(session, act.person.id)
    facts = {
        "name": act.person.name,
        "title": call.title if call else "",
        "phone": call.phone if call else None,
        "channel": reached.channel if reached else "",
    }
    tell_holders(session, (Role.DISTRICT,), Say("call_me/notice", facts), f"call:{asked}", act)
    phone = call.phone if call else None
    offers = (labels.MENU,) if phone else (labels.PHONE, labels.MENU)
    return Say("call_me/done", {"at": act.said_at, "phone": phone}, offers)


def settle_call(session: Session, command: SettleCall, act: Act) -> Say:
    """Note that somebody was rung up."""
    if not may(act.person, Action.ANSWER):
        raise NotAllowed
    call = calls.call_by_id(session, command.call, act.office.day_of(act.at))
    if call is None or not calls.settle(session, call.id, act.person.id, act.at):
        raise CallSettled
    unit = call.held.unit if call.held else act.person.appointments[0].unit
    log(session, Deed.SETTLE_CALL, unit, act, _subject(call.id), {"call": call.id, "title": call.title})
    return Say("call_me/settled", {"at": act.said_at, "title": call.title}, (labels.ISSUES, labels.MENU))


def take_back_wish(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of the wish to be rung up: nobody needs to any more."""
    if not calls.settle(session, CallId(entry.row("call")), act.person.id, act.at):
        raise AlreadyUndone
    return ()


def unsettle_call(session: Session, entry: Entry, act: Act) -> tuple[Touched, ...]:
    """The inverse of noting that somebody was rung up: it is still to be done, unless they have asked anew."""
    if not may(act.person, Action.ANSWER):
        raise NotAllowed
    if not calls.reopen(session, CallId(entry.row("call"))):
        raise AlreadyUndone
    return ()


def _subject(call: CallId) -> str:
    """What the log says that a call's deeds are about: those of one call belong together."""
    return f"Việc gọi lại số {call}"
