"""What a number opens that is no choice: a unit by its number in the lists, or what a figure is the sum of."""

from __future__ import annotations

from bot.dialogue.quarter import reported_now
from bot.dialogue.talk import Asker
from bot.dialogue.view import ALL
from domain.errors import NoPlan
from domain.policy import Action, may, overseen
from messages.figure_words import figures_shown
from messages.understand.heard import Heard, Intent
from storage.queries.rollup import roll_up
from storage.session import Session


def behind(session: Session, asker: Asker, number: str) -> Heard | None:
    """What a number asks for; None where nothing is shown that has it.

    Under a roll-up it is one of its figures, under a list of units the number of one, and then the other way round.
    """
    if not may(asker.person, Action.OVERSEE):
        return None
    view, among = asker.view, overseen(asker.person)
    quarter = view.quarter if view else reported_now(session, asker)
    try:
        whole = roll_up(session, quarter, asker.now, asker.office, among)
    except NoPlan:
        return None
    unit = next((row.unit for row in whole.units if row.unit.number == number), None)
    shown = figures_shown(whole, cluster=among is not None)
    is_figure = any(str(figure.number) == number for figure in shown)
    if is_figure and (unit is None or view is None or view.what == ALL):
        return Heard(intent=Intent.FIGURE, quarter=quarter, count=int(number))
    return None if unit is None else Heard(intent=Intent.UNIT_STATUS, quarter=quarter, unit=unit.name)
