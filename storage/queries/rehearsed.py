"""What a rehearsal does to its copy of the books, and what it reads from it. Never called on the books themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from domain.closing import ClosingKind
from domain.organisation import Unit, UnitId
from domain.people import PersonId, Role
from domain.period import Quarter
from storage.queries import people
from storage.queries.delivery import WAITING
from storage.queries.units import unit_from
from storage.session import Session
from storage.tables import (
    addresses,
    appointments,
    channels_off,
    closings,
    filings,
    heartbeats,
    mailings,
    outbox,
    promises,
    revisions,
    said,
    targets,
    units,
)

CHANNEL: Final = "rehearsal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A message that was put: to whom, of what kind, its words and the labels of its choices."""

    id: int
    person: PersonId
    kind: str
    text: str
    choices: tuple[str, ...]
    has_file: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word on a quarter that was put: it is closed, or takes reports again."""

    id: int
    quarter: Quarter
    kind: ClosingKind


def rewind(session: Session, to: datetime) -> None:
    """Forget what was said by itself, promised, closed or reopened after a moment, so that it can be played again.

    What was reported stays: it is read as of its moment.
    """
    session.execute(delete(outbox).where(outbox.c.created_at >= to, outbox.c.key.is_not(None)))
    session.execute(delete(said).where(said.c.at >= to))
    session.execute(delete(heartbeats).where(heartbeats.c.seen_until >= to))
    for facts in (closings, promises):
        session.execute(delete(facts).where(facts.c.from_at >= to))
        session.execute(update(facts).where(facts.c.until_at >= to).values(until_at=None))


def call_in(session: Session, today: date, since: date) -> None:
    """Let those who hold an office today have held it since a day that lies before, and nobody else."""
    held = (appointments.c.since <= today) & or_(appointments.c.until.is_(None), appointments.c.until > today)
    session.execute(delete(appointments).where(~held))
    earlier = update(appointments).where(appointments.c.since > since)
    session.execute(earlier.values(since=since))


def mask_channels(session: Session) -> None:
    """Let names stand in all messages as they do abroad, also in those for the office's own web chat."""
    for table in (addresses, channels_off):
        session.execute(update(table).values(channel=table.c.channel.op("||")("*")))


def send_home(session: Session) -> None:
    """Let nobody hold an office."""
    session.execute(delete(appointments))


def stand_in(
    session: Session, name: str, held: Sequence[tuple[UnitId, Role]], since: date, at: datetime
) -> PersonId:
    """Let somebody hold offices since a day who is in the rehearsal alone, and reached there."""
    person = people.add(session, name, at)
    for unit, role in held:
        people.appoint(session, person, unit, role, since=since, at=at)
    here = {"channel": CHANNEL, "value": str(person), "person_id": person, "created_at": at}
    session.execute(insert(addresses).values(here))
    return person


_TOLD = (
    select(
        outbox.c.id, addresses.c.person_id, outbox.c.kind, outbox.c.text, outbox.c.choices, outbox.c.encloses
    )
    .join(addresses, addresses.c.id == outbox.c.address_id)
    .where(outbox.c.id > bindparam("after"), addresses.c.person_id.is_not(None))
    .order_by(outbox.c.id)
)
_SETTLE = update(outbox).where(outbox.c.id > bindparam("after"), outbox.c.state == WAITING)


def last_message(session: Session) -> int:
    """The highest id in the outbox."""
    found: int | None = session.execute(select(func.max(outbox.c.id))).scalar()
    return found or 0


def deliver(session: Session, after: int, at: datetime) -> tuple[Told, ...]:
    """What was put behind a message; in the copy it counts as sent from now on."""
    found = tuple(
        Told(
            id=row.id,
            person=PersonId(row.person_id),
            kind=row.kind,
            text=row.text,
            choices=tuple(label for _, label in row.choices),
            has_file=row.encloses is not None,
        )
        for row in session.execute(_TOLD, {"after": after})
    )
    if found:
        session.execute(_SETTLE.values(state="sent", settled_at=at), {"after": after})
    return found


def offices_of(
    session: Session, persons: Sequence[PersonId]
) -> Mapping[PersonId, tuple[tuple[Role, Unit], ...]]:
    """What these people are or were appointed to, the first office first."""
    found: dict[PersonId, tuple[tuple[Role, Unit], ...]] = {}
    asked = (
        select(appointments.c.person_id, appointments.c.role, *units.c)
        .join(units, units.c.id == appointments.c.unit_id)
        .where(appointments.c.person_id.in_(persons))
        .order_by(appointments.c.id)
    )
    for row in session.execute(asked).mappings():
        person = PersonId(row["person_id"])
        found[person] = (*found.get(person, ()), (Role(row["role"]), unit_from(row)))
    return found


def last_word(session: Session) -> int:
    """The highest number of a word that closes or reopens a quarter."""
    found: int | None = session.execute(select(func.max(closings.c.id))).scalar()
    return found or 0


_WORDS = select(closings.c.id, closings.c.quarter, closings.c.kind).where(closings.c.id > bindparam("after"))


def words_after(session: Session, word: int) -> tuple[Word, ...]:
    """The words on quarters that were put behind one."""
    found = session.execute(_WORDS.order_by(closings.c.id), {"after": word})
    return tuple(Word(id=row.id, quarter=row.quarter, kind=ClosingKind(row.kind)) for row in found)


def told_between(session: Session, since: datetime, until: datetime) -> frozenset[datetime]:
    """The moments between two at which something was reported or amended, or is to leave."""
    moments: set[datetime] = set()
    for column in (revisions.c.from_at, filings.c.from_at, targets.c.from_at, mailings.c.due_at):
        moments.update(
            session.execute(select(column).distinct().where(column > since, column <= until)).scalars()
        )
    return frozenset(moments)
