"""What a reminder will say, shown to whoever sends it: the words to the secretary of one unit."""

from __future__ import annotations

from collections.abc import Mapping

from bot.dialogue.talk import Asker
from domain.closing import Period
from domain.people import Role
from domain.progress import UnitProgress
from messages.reminder_words import READY, About, Ready, Row, reminder_parts
from messages.rollup_words import Named
from storage.queries.admissions import reported
from storage.queries.candidates import open_candidates
from storage.queries.promises import promise_of
from storage.session import Session

Sample = Mapping[str, object]
"""The facts of the template that stands under `sample`."""


def sample_of(session: Session, row: UnitProgress, period: Period, asker: Asker) -> Sample:
    """The words to one unit's secretary, as they would be now, without what is offered under them."""
    quarter, today = period.quarter, asker.office.day_of(asker.now)
    admitted = reported(session, [row.unit.id], quarter.first_day, quarter.last_day, asker.office.count_by)
    ready = [one for one in open_candidates(session, [row.unit.id]) if one.step in READY]
    promise = promise_of(session, row.unit.id, quarter)
    about = About(quarter=quarter, today=today, closes_on=period.last_day, office=asker.office.name)
    told = Row(
        now=row,
        role=Role.SECRETARY,
        admitted=[Named(name=one.name, on=one.counted_on) for one in admitted],
        ready=[Ready(name=one.name, step=one.step) for one in ready],
        promised_on=promise.day if promise is not None else None,
    )
    (words,) = reminder_parts(about, [told])
    return {"sample": f"{words.template}.j2", **words.facts}
