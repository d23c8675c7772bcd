"""The call sheet as the books stand now, and what of it somebody was shown last."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import bindparam, select

from domain.call_sheet import CallNote, SheetRow, in_order, urgency_of
from domain.contact import Contact, ContactState, Standing
from domain.matters import Call, Promise
from domain.office import Office
from domain.organisation import Unit, UnitId
from domain.people import PersonId
from domain.period import Quarter
from domain.progress import UnitProgress
from storage.queries.call_notes import last_notes
from storage.queries.calls import open_calls
from storage.queries.contacts import Asked, contacts_of
from storage.queries.promises import promises_of
from storage.queries.rollup import all_progress
from storage.session import Session
from storage.tables import audit

_SHOWN: Final = "call sheet"
_LOOKS_BACK: Final = 30
"""So many pages are looked through for those of the sheet that was shown last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What rows are made of."""

    today: date
    office: Office
    contacts: Mapping[UnitId, tuple[Contact, ...]]
    promises: Mapping[UnitId, Promise]
    notes: Mapping[UnitId, CallNote]
    wishes: Mapping[UnitId, tuple[Call, ...]]

    def row(self, unit: Unit, progress: UnitProgress | None, contacts: tuple[Contact, ...]) -> SheetRow:
        promise, note = self.promises.get(unit.id), self.notes.get(unit.id)
        wishes = self.wishes.get(unit.id, ())
        called_on = self.office.day_of(note.at) if note else None
        return SheetRow(
            unit=unit,
            urgency=urgency_of(
                contacts,
                self.today,
                promised=promise.day if promise else None,
                note=note,
                called_on=called_on,
                wished_at=max((wish.asked_at for wish in wishes), default=None),
            ),
            progress=progress,
            contacts=contacts,
            promise=promise,
            note=note,
            called_on=called_on,
            wishes=wishes,
        )


def call_sheet(
    session: Session, quarter: Quarter, now: datetime, office: Office, units: Collection[UnitId] | None = None
) -> tuple[SheetRow, ...]:
    """Who is to be called about a quarter, in order: units that owe their report, and people who wish to be called.

    Of all units, or of these with the cells below them.
    """
    today = office.day_of(now)
    owing = [
        each
        for each in all_progress(session, quarter, now, office)
        if each.is_owed and (units is None or each.unit.id in units)
    ]
    promises, wishes = promises_of(session, quarter), _by_unit(open_calls(session, today), units)
    since = datetime.combine(quarter.first_day, time(), office.timezone)
    asked = Asked(now=now, today=today, since=since, quarter=quarter, filed={}, promises=promises)
    known = _Known(
        today=today,
        office=office,
        contacts=contacts_of(session, [each.unit.id for each in owing], asked),
        promises=promises,
        notes=last_notes(session, quarter),
        wishes=wishes,
    )
    return in_order(_rows(owing, known))


def _rows(owing: Sequence[UnitProgress], known: _Known) -> Iterator[SheetRow]:
    for progress in owing:
        yield known.row(progress.unit, progress, known.contacts[progress.unit.id])
    owed = {progress.unit.id for progress in owing}
    for unit_id, wishes in known.wishes.items():
        held = wishes[0].held
        if unit_id not in owed and held is not None:
            yield known.row(held.unit, None, tuple(_who_wishes(wishes)))


def _who_wishes(wishes: Sequence[Call]) -> Iterator[Contact]:
    """Whoever wishes to be called, as somebody to call: of them it is not asked how they are reached."""
    for wish in wishes:
        if wish.held is not None:
            yield Contact(
                unit=wish.held.unit.id,
                role=wish.held.role,
                standing=Standing(state=ContactState.ANSWERED, since=wish.asked_at),
                person=wish.person,
                name=wish.name,
                phone=wish.phone,
            )


def _by_unit(wishes: Sequence[Call], units: Collection[UnitId] | None) -> Mapping[UnitId, tuple[Call, ...]]:
    found: dict[UnitId, tuple[Call, ...]] = {}
    for wish in wishes:
        unit = wish.held.unit if wish.held else None
        if unit is not None and (units is None or unit.id in units or unit.parent in units):
            found[unit.id] = (*found.get(unit.id, ()), wish)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What somebody was shown last of a sheet: the units' codes on the last page, and on all pages before it."""

    quarter: Quarter
    page: int
    codes: tuple[str, ...]
    before: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.before, *self.codes)


def shown_as(quarter: Quarter, page: int, codes: Sequence[str]) -> str:
    """How the log of who saw what names a page of the sheet, numbered from 1; the codes in the order of its rows."""
    return f"{_SHOWN} {quarter.code} {page}: {' '.join(codes)}"


_SEEN = (
    select(audit.c.subject)
    .where(
        audit.c.person_id == bindparam("person"),
        audit.c.act == "see",
        audit.c.at > bindparam("since"),
        audit.c.subject.startswith(_SHOWN),
    )
    .order_by(audit.c.id.desc())
    .limit(_LOOKS_BACK)
)


def shown_last(session: Session, person: PersonId, since: datetime) -> Shown | None:
    """The sheet that somebody was shown last, after a moment, which the numbers that they name are of; None without any."""
    found: Shown | None = None
    for subject in session.execute(_SEEN, {"person": person, "since": since}).scalars():
        page = _read(subject)
        if found is None:
            found = page
        elif page.quarter == found.quarter and page.page < found.page:
            found = Shown(
                quarter=found.quarter, page=found.page, codes=found.codes, before=(*page.codes, *found.before)
            )
        if page.page == 1:
            break
    return found


def _read(subject: str) -> Shown:
    head, _, codes = subject.removeprefix(f"{_SHOWN} ").partition(":")
    quarter, page = head.split()
    return Shown(quarter=Quarter.parse(quarter), page=int(page), codes=tuple(codes.split()))
