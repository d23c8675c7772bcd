"""What the administrators are told without having asked."""

from __future__ import annotations

from bot.receive import House
from domain.people import Role
from messages.say import Hearer, Say, say
from storage.queries import outbox
from storage.queries.outbox import Draft
from storage.queries.people import reached_at
from storage.queries.senders import Sender
from storage.session import Session


def tell_administrators(
    session: Session, sender: Sender, fault: Exception, trace_id: str, house: House
) -> None:
    """Tell each administrator of a fault, once a day for each place in the code where it happens."""
    now = house.now()
    today = house.office.day_of(now)
    where = _where(fault)
    facts = {"trace_id": trace_id, "where": where, "channel": sender.channel}
    for address_id, channel in reached_at(session, Role.ADMIN, today):
        words = say([Say("problems/fault_notice", facts)], Hearer.on(channel, house.office))
        draft = Draft(
            address_id=address_id, kind="notice", text=words.text, key=f"fault:{today}:{where}:{address_id}"
        )
        outbox.put_once(session, draft, now)


def _where(fault: Exception) -> str:
    """The kind of fault and the last place in the code that it went through: no figures, no names."""
    place = fault.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    at = f"{place.tb_frame.f_code.co_name}:{place.tb_lineno}" if place is not None else "?"
    return f"{type(fault).__name__} {at}"
