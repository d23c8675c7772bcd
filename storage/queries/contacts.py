"""Who is to be called in each unit, and whether messages reach them: a handful of statements, however many units."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, Select, Subquery, and_, bindparam, case, func, or_, select, text, true

from domain.contact import NO_TRACES, Contact, Invited, Traces, standing_of
from domain.matters import Promise
from domain.organisation import UnitId
from domain.people import PersonId, Role
from domain.period import Quarter
from domain.progress import Filed
from storage.queries.failovers import detours_since
from storage.session import Session
from storage.tables import addresses, appointments, channels_off, dialogues, invitations, outbox, people

CALLED: Final = (Role.SECRETARY, Role.DEPUTY, Role.OVERSEER)
"""Whom one calls about a grassroots organisation, in this order."""
REMINDING: Final = ("reminder",)
"""The kinds of message that wait for an answer."""
_Waiting: TypeAlias = tuple[str | None, str | None, Invited]
"""Who is invited to an office, by name and phone, and since when."""
_NARROW: Final = 400
"""So many units are named in a statement; for more it fetches those of all."""
# Written out as in the index: only so does a database see that it will do.
_UNASKED: Final = text("(outbox.kind <> 'reply' OR outbox.state = 'failed')")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the contacts are asked about: a moment, a day where the office is, and the report of a quarter.

    Messages count that were put `since` a moment; `filed` and `promises` are what the units have said of it.
    """

    now: datetime
    today: date
    since: datetime
    quarter: Quarter
    filed: Mapping[UnitId, Filed]
    promises: Mapping[UnitId, Promise]

    def contact(self, unit: UnitId, role: Role, traces: Traces, invited: Invited | None = None) -> Contact:
        """An office of a unit by the traces of whoever holds it."""
        promise, filing = self.promises.get(unit), self.filed.get(unit)
        standing = standing_of(
            traces,
            self.now,
            invited=invited,
            filed_at=filing.at if filing else None,
            promised=promise.day if promise and promise.day >= self.today else None,
        )
        return Contact(unit=unit, role=role, standing=standing)


def contacts_of(
    session: Session, units: Collection[UnitId], asked: Asked
) -> Mapping[UnitId, tuple[Contact, ...]]:
    """The secretary, deputies and overseers of each unit with how they stand to its report, in five statements.

    An office that nobody holds stands there without a person where somebody is invited to it; the secretary's always.
    """
    found: dict[UnitId, list[Contact]] = {unit: [] for unit in units}
    which = _Which(narrow=len(found) <= _NARROW, since=asked.since, params=_params(found.keys(), asked))
    for one in _holders(session, asked, which):
        if one.unit in found:
            found[one.unit].append(one)
    waiting = _invited(session, which)
    for unit, held in found.items():
        held.extend(_vacant(unit, held, waiting, asked))
    return {unit: tuple(sorted(held, key=_place)) for unit, held in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Which:
    """Of which units, and the parameters of the statements."""

    narrow: bool
    since: datetime
    params: Mapping[str, object]


def _params(units: Collection[UnitId], asked: Asked) -> Mapping[str, object]:
    return {
        "units": sorted(units)[:_NARROW],
        "on": asked.today,
        "since": asked.since,
        "quarter": asked.quarter.code,
    }


def _holders(session: Session, asked: Asked, which: _Which) -> Iterator[Contact]:
    traces = _traces(session, which)
    for row in session.execute(_held(which.narrow), which.params):
        one = asked.contact(UnitId(row.unit_id), Role(row.role), traces.get(row.person_id, NO_TRACES))
        yield replace(one, person=PersonId(row.person_id), name=row.name, phone=row.phone)


def _vacant(
    unit: UnitId, held: Collection[Contact], waiting: Mapping[tuple[UnitId, Role], _Waiting], asked: Asked
) -> Iterator[Contact]:
    taken = {one.role for one in held}
    for role in CALLED:
        if role in taken or (role is not Role.SECRETARY and (unit, role) not in waiting):
            continue
        name, phone, invited = waiting.get((unit, role), (None, None, None))
        yield replace(asked.contact(unit, role, NO_TRACES, invited), name=name, phone=phone)


def _place(one: Contact) -> int:
    return CALLED.index(one.role)


def _at(column: ColumnElement[int], narrow: bool) -> ColumnElement[bool]:
    return column.in_(bindparam("units", expanding=True)) if narrow else true()


@cache
def _held(narrow: bool) -> Select[Any]:
    return (
        select(
            appointments.c.unit_id,
            appointments.c.role,
            appointments.c.person_id,
            people.c.name,
            people.c.phone,
        )
        .join(people, people.c.id == appointments.c.person_id)
        .where(appointments.c.role.in_([role.value for role in CALLED]), _at(appointments.c.unit_id, narrow))
        .where(appointments.c.since <= bindparam("on"))
        .where(or_(appointments.c.until.is_(None), appointments.c.until > bindparam("on")))
        .order_by(appointments.c.id)
    )


@cache
def _unused(narrow: bool) -> Select[Any]:
    return (
        select(invitations)
        .where(invitations.c.used_at.is_(None), invitations.c.revoked_at.is_(None))
        .where(invitations.c.person_id.is_(None), _at(invitations.c.unit_id, narrow))
        .order_by(invitations.c.id)
    )


def _invited(session: Session, which: _Which) -> Mapping[tuple[UnitId, Role], _Waiting]:
    """The latest invitation to each office that nobody has used or taken back."""
    return {
        (UnitId(row.unit_id), Role(row.role)): (
            row.name,
            row.phone,
            Invited(at=row.created_at, until=row.expires_at),
        )
        for row in session.execute(_unused(which.narrow), which.params)
    }


def _traces(session: Session, which: _Which) -> Mapping[int, Traces]:
    """What the books tell of each person who has an address."""
    begun, detours = _begun(session), detours_since(session, which.since)
    rows = session.execute(_of_messages(which.narrow), which.params)
    return {
        row.person_id: replace(
            _traces_from(row, *begun.get(row.person_id, ("", None))), detour=detours.get(row.person_id)
        )
        for row in rows
    }


def _traces_from(row: Any, script: str, script_at: datetime | None) -> Traces:
    return Traces(
        addresses=row.addresses,
        blocked_at=row.blocked_at if row.blocked == row.addresses else None,
        off_since=row.off_since if row.shut == row.addresses else None,
        off=row.off or "",
        heard_at=row.heard_at,
        asked=row.asked or 0,
        asked_at=row.asked_at,
        asked_last_at=row.asked_last_at,
        stuck_at=row.stuck_at,
        given_up=row.stuck_as == "failed",
        script=script,
        script_at=script_at,
    )


@cache
def _of_messages(narrow: bool) -> Select[Any]:
    reached = _reached(narrow)
    asked, last = _asked(reached), outbox.alias("last_put")
    is_stuck = and_(last.c.id == asked.c.last_id, last.c.state != "sent")
    return (
        select(reached, asked, last.c.created_at.label("stuck_at"), last.c.state.label("stuck_as"))
        .outerjoin(asked, asked.c.asked_person == reached.c.person_id)
        .outerjoin(last, is_stuck)
    )


def _reached(narrow: bool) -> Subquery:
    """Each person with an address: how many, at how many we are blocked, since when, and when they wrote last.

    `shut` are those where nothing goes out: blocked, or on a channel that is off.
    """
    holders = select(appointments.c.person_id).where(_at(appointments.c.unit_id, narrow))
    unblocked = addresses.c.blocked_at.is_(None)
    return (
        select(
            addresses.c.person_id,
            func.count().label("addresses"),
            func.count(addresses.c.blocked_at).label("blocked"),
            func.max(addresses.c.blocked_at).label("blocked_at"),
            func.count(func.coalesce(addresses.c.blocked_at, channels_off.c.since)).label("shut"),
            func.max(case((unblocked, channels_off.c.since))).label("off_since"),
            func.max(case((unblocked, channels_off.c.channel))).label("off"),
            func.max(addresses.c.last_used_at).label("heard_at"),
        )
        .outerjoin(channels_off, channels_off.c.channel == addresses.c.channel)
        .where(addresses.c.person_id.in_(holders) if narrow else addresses.c.person_id.is_not(None))
        .group_by(addresses.c.person_id)
        .subquery("reached")
    )


def _asked(reached: Subquery) -> Subquery:
    """By person the reminders of the quarter delivered since a moment, those after their last word, and the last message put."""
    of_quarter = outbox.c.about["quarter"].as_string() == bindparam("quarter")
    delivered = and_(outbox.c.state == "sent", outbox.c.kind.in_(REMINDING), of_quarter)
    unheard = or_(reached.c.heard_at.is_(None), outbox.c.settled_at > reached.c.heard_at)
    unanswered = case((and_(delivered, unheard), outbox.c.settled_at))
    return (
        select(
            addresses.c.person_id.label("asked_person"),
            func.count(unanswered).label("asked"),
            func.min(unanswered).label("asked_at"),
            func.max(case((delivered, outbox.c.settled_at))).label("asked_last_at"),
            func.max(outbox.c.id).label("last_id"),
        )
        .join(addresses, addresses.c.id == outbox.c.address_id)
        .join(reached, reached.c.person_id == addresses.c.person_id)
        .where(_UNASKED, outbox.c.created_at >= bindparam("since"), outbox.c.state != "dropped")
        .group_by(addresses.c.person_id)
        .subquery("asked")
    )


_BEGUN: Final = select(dialogues.c.person_id, dialogues.c.state, dialogues.c.updated_at).where(
    dialogues.c.state[("frames", 0, "script")].as_string().is_not(None)
)


def _begun(session: Session) -> Mapping[int, tuple[str, datetime]]:
    """The conversation that waits for each person who is in the midst of one, since their last word in it."""
    return {
        row.person_id: (str(row.state["frames"][-1]["script"]), row.updated_at)
        for row in session.execute(_BEGUN)
    }
