"""How the quarters that an act has touched stand after it, for its receipt."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from bot.carry_out.act import Act, Touched
from domain.policy import Action, may
from domain.progress import UnitProgress
from messages import labels
from messages.channel import Choice
from storage.queries.progress import progress_of
from storage.session import Session


def standings(
    session: Session, touched: Sequence[Touched], act: Act
) -> tuple[tuple[UnitProgress, bool], ...]:
    """Each unit's quarter once, in order, and whether it was filed before the act."""
    quarters = {(each.unit.id, each.quarter): each for each in sorted(touched, key=attrgetter("quarter"))}
    reopened = {(each.unit.id, each.quarter) for each in touched if each.reopened}
    return tuple(
        (progress_of(session, each.unit, each.quarter, act.office.count_by), key in reopened)
        for key, each in quarters.items()
    )


def to_file(now: Sequence[tuple[UnitProgress, bool]], act: Act) -> tuple[Choice, ...]:
    """What files again the quarters that an act has opened again, for who may file them."""
    quarters = {
        each.quarter: None for each, reopened in now if reopened and may(act.person, Action.FILE, each.unit)
    }
    return tuple(labels.file(each) for each in quarters)
