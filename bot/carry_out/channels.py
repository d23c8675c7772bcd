"""Where people write from: a code for a further channel, and the end of the sessions on the web."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.access.invite import make_invitation
from bot.carry_out.act import Act, log
from bot.carry_out.invitations import code_facts, must_not_be_too_many
from domain.commands import OpenChannel, SignOut
from domain.deed import Deed
from domain.errors import NothingToSignOut
from messages import labels
from messages.say import Say
from storage.queries import channels
from storage.session import Session

LASTS: Final = timedelta(minutes=30)
"""How long somebody has to type the code on the other telephone."""


def open_channel(session: Session, _command: OpenChannel, act: Act) -> Say:
    """Show a code that binds another address to whoever asks: no new appointment, and nobody else can use it."""
    must_not_be_too_many(session, act)
    held, who = act.person.appointments[0], act.person.id
    made = make_invitation(
        session, held.unit, held.role, now=act.at, below=act.below, person=who, by=who, lasts=LASTS
    )
    log(session, Deed.OPEN_CHANNEL, held.unit, act, "", {"invitation": made.id})
    facts = {**code_facts(made, act), "minutes": LASTS // timedelta(minutes=1)}
    return Say("channels/code", facts, (labels.CHANNELS, labels.MENU), invitation=made.id)


def sign_out(session: Session, _command: SignOut, act: Act) -> Say:
    """End the sessions on the web: their cookies open nothing any more, not even what was said there."""
    ended = channels.leave_web(session, act.person.id)
    if not ended:
        raise NothingToSignOut
    log(session, Deed.SIGN_OUT, act.person.appointments[0].unit, act, "", {"sessions": ended})
    return Say("channels/signed_out", {"at": act.said_at, "ended": ended}, (labels.MENU,))
