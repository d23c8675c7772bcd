"""The trail of one admission: every revision of it, who made it when, and the messages that it came from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import RowMapping, bindparam, or_, select

from domain.amendment import Change, Figures, changes_between
from domain.candidate import CandidateId
from domain.organisation import Unit, UnitId
from domain.people import Role
from domain.title import title_of
from storage.queries.audit import about
from storage.queries.revisions import figures_from
from storage.queries.units import unit_by_id, unit_from
from storage.session import Session
from storage.tables import admissions, appointments, inbox, people, revisions, units

MOST_MESSAGES: Final = 8
"""Messages of one conversation that are shown at most: the first ones and the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A message as the books hold it: the words, or those on the choice that was taken, and when it came."""

    channel: str
    words: str
    sent_at: datetime
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """One revision: the figures since then, who brought it about, and by which messages, the first one first.

    `changes` is what it changed of the one before, `reason` a word of ours for what it was made, and `late_because`
    why it came after the close of the quarter, as the unit has put it.
    """

    number: int
    figures: Figures
    withdrawn: bool
    reason: str
    late_because: str
    at: datetime
    by: str
    title: str
    changes: tuple[Change, ...]
    messages: tuple[Original, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """An admission with all its revisions, the first report first.

    `names` are all that the books have under the messages it came from, also those of others reported with it.
    """

    code: str
    unit: Unit
    cell: Unit | None
    candidate: CandidateId | None
    revisions: tuple[Revised, ...]
    names: tuple[str, ...]

    @property
    def now(self) -> Revised:
        """The revision in force."""
        return self.revisions[-1]


_ADMISSION = (
    select(admissions, units.c.code)
    .join(units, units.c.id == admissions.c.unit_id)
    .where(
        units.c.code == bindparam("of_unit"),
        admissions.c.serial == bindparam("of_serial"),
        admissions.c.year == bindparam("of_year"),
    )
)
_REVISIONS = (
    select(revisions, people.c.name.label("by_name"))
    .outerjoin(people, people.c.id == revisions.c.by_person_id)
    .where(revisions.c.admission_id == bindparam("admission"))
    .order_by(revisions.c.number)
)
_NAMES = (
    select(revisions.c.name)
    .where(revisions.c.inbox_id.in_(bindparam("messages", expanding=True)))
    .distinct()
    .order_by(revisions.c.name)
)
_THIS = select(inbox.c.address_id).where(inbox.c.id == bindparam("message")).scalar_subquery()
_MESSAGES = (
    select(inbox.c.channel, inbox.c.text, inbox.c.tap, inbox.c.sent_at, inbox.c.received_at)
    .where(inbox.c.address_id == _THIS, inbox.c.id.between(bindparam("first"), bindparam("message")))
    .where(inbox.c.kind.in_(("text", "choice", "edit")))
    .order_by(inbox.c.id)
)
_HELD = (
    select(appointments.c.role.label("held_role"), *units.c)
    .join(units, units.c.id == appointments.c.unit_id)
    .where(appointments.c.person_id == bindparam("person"), appointments.c.since <= bindparam("day"))
    .where(or_(appointments.c.until.is_(None), appointments.c.until > bindparam("day")))
    .order_by(appointments.c.id)
)


def trail_of(session: Session, code: str, day_of: Callable[[datetime], date]) -> Trail | None:
    """The trail of the admission with this receipt code; None when there is none. `day_of` is the office's calendar."""
    unit, _, rest = code.partition("-")
    year, _, serial = rest.partition("-")
    if not (year.isdecimal() and serial.isdecimal()):
        return None
    asked = {"of_unit": unit, "of_year": 2000 + int(year), "of_serial": int(serial)}
    row = session.execute(_ADMISSION, asked).mappings().first()
    return None if row is None else _trail(session, row, code, day_of)


def _trail(session: Session, row: RowMapping, code: str, day_of: Callable[[datetime], date]) -> Trail:
    found = session.execute(_REVISIONS, {"admission": row["id"]}).mappings().all()
    own = [UnitId(each) for each in (row["unit_id"], row["cell_id"]) if each is not None]
    messages = [each["inbox_id"] for each in found if each["inbox_id"] is not None]
    others = session.execute(_NAMES, {"messages": messages}).scalars().all()
    return Trail(
        code=code,
        unit=unit_by_id(session, own[0]),
        cell=unit_by_id(session, own[1]) if len(own) > 1 else None,
        candidate=None if row["candidate_id"] is None else CandidateId(row["candidate_id"]),
        revisions=tuple(
            _revised(session, each, before, code, own, day_of(each["from_at"]))
            for before, each in zip([None, *found], found, strict=False)
        ),
        names=tuple(dict.fromkeys([*(each["name"] for each in found), *others])),
    )


def _revised(
    session: Session, row: RowMapping, before: RowMapping | None, code: str, own: Sequence[UnitId], day: date
) -> Revised:
    figures = figures_from(row)
    return Revised(
        number=row["number"],
        figures=figures,
        withdrawn=row["withdrawn"],
        reason=row["reason"] or "",
        late_because=row["late_because"] or "",
        at=row["from_at"],
        by=row["by_name"] or "",
        title=_title(session, row["by_person_id"], day, own),
        changes=() if before is None else changes_between(figures_from(before), figures),
        messages=_messages(session, row["inbox_id"], code),
    )


def _messages(session: Session, message: int | None, code: str) -> tuple[Original, ...]:
    """What the sender said in the conversation that a message ended, which put a revision on the books."""
    if message is None:
        return ()
    first = about(session, message, code) or message
    rows = session.execute(_MESSAGES, {"first": first, "message": message}).mappings().all()
    shown = rows if len(rows) <= MOST_MESSAGES else [*rows[: MOST_MESSAGES - 1], rows[-1]]
    return tuple(_original(row) for row in shown)


def _original(row: RowMapping) -> Original:
    tap = row["tap"] or {}
    words = str(tap.get("label") or row["text"] or tap.get("number") or "")
    return Original(
        channel=row["channel"], words=words, sent_at=row["sent_at"], received_at=row["received_at"]
    )


def _title(session: Session, person: int | None, day: date, own: Collection[UnitId]) -> str:
    """The title that somebody bore on a day: at one of the units concerned, else the first one they held."""
    if person is None:
        return ""
    rows = session.execute(_HELD, {"person": person, "day": day}).mappings().all()
    held = sorted(rows, key=lambda row: row["id"] not in own)
    return title_of(Role(held[0]["held_role"]), unit_from(held[0])) if held else ""
