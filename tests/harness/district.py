"""A small district on the books, written by plain inserts, for tests of what reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import func, insert, select, update

from domain.organisation import UnitId
from domain.people import PersonId, Role
from domain.period import Quarter
from storage.session import Session
from storage.tables import (
    addresses,
    admissions,
    appointments,
    filings,
    people,
    plans,
    revisions,
    targets,
    units,
)

SIGNED = datetime(2022, 2, 11, 2, 0, tzinfo=UTC)
JOINED = datetime(2022, 2, 20, 2, 0, tzinfo=UTC)


def lay_down(
    session: Session, assigned: Mapping[str, Sequence[int]], grace_days: int = 5
) -> dict[str, UnitId]:
    """A plan for 2022 with these targets by unit and quarter; answers the units' ids by name."""
    plan = session.execute(
        insert(plans)
        .values(
            year=2022,
            number="72-KH/HU",
            signed_on=SIGNED.date(),
            pledged=200,
            heads_rate=90,
            grace_days=grace_days,
            imported_at=SIGNED,
        )
        .returning(plans.c.id)
    ).scalar_one()
    add_unit(session, "Lục Ngạn", kind="district")
    ids = {name: add_unit(session, name, position=n) for n, name in enumerate(assigned, 1)}
    for name, quarters in assigned.items():
        for number, target in enumerate(quarters, 1):
            session.execute(
                insert(targets).values(
                    plan_id=plan,
                    unit_id=ids[name],
                    quarter=Quarter(2022, number),
                    assigned=target,
                    from_at=SIGNED,
                )
            )
    return ids


def add_unit(session: Session, name: str, kind: str = "grassroots", position: int = 0) -> UnitId:
    made = session.execute(
        insert(units)
        .values(
            kind=kind,
            name=name,
            short=name,
            code="".join(word[0] for word in name.split()) + str(position),
            aliases=[],
            block=1 if position else 0,
            position=position,
            valid_from=date(1900, 1, 1),
        )
        .returning(units.c.id)
    )
    return UnitId(made.scalar_one())


def add_person(
    session: Session, name: str, held: Sequence[tuple[UnitId, Role]], addresses_held: Sequence[str] = ("web",)
) -> PersonId:
    """Somebody who joined, with appointments, reached on these channels."""
    person = session.execute(
        insert(people).values(name=name, created_at=JOINED).returning(people.c.id)
    ).scalar_one()
    for unit, role in held:
        session.execute(
            insert(appointments).values(
                person_id=person, unit_id=unit, role=role.value, since=JOINED.date(), created_at=JOINED
            )
        )
    for channel in addresses_held:
        session.execute(
            insert(addresses).values(
                channel=channel, value=f"{channel}-{person}", person_id=person, created_at=JOINED
            )
        )
    return PersonId(person)


def add_people(session: Session, number: int, unit: UnitId, role: Role) -> None:
    """Many who hold the same role at one unit, reached on the web; for what is done page by page."""
    own = [{"name": f"Người {n}", "created_at": JOINED} for n in range(number)]
    made = session.execute(insert(people).returning(people.c.id), own).scalars().all()
    held = {"unit_id": unit, "role": role.value, "since": JOINED.date(), "created_at": JOINED}
    session.execute(insert(appointments), [{"person_id": person, **held} for person in made])
    reached = [{"channel": "web", "value": f"web-{person}", "person_id": person} for person in made]
    session.execute(insert(addresses), [{**one, "created_at": JOINED} for one in reached])


def admit(session: Session, unit: UnitId, on: date | None, at: datetime = JOINED, **facts: object) -> int:
    """An admission with its first revision; `facts` are columns of the revision."""
    serial = session.execute(select(func.count()).select_from(admissions)).scalar_one() + 1
    admission = session.execute(
        insert(admissions)
        .values(unit_id=unit, year=2022, serial=serial, reported_at=at)
        .returning(admissions.c.id)
    ).scalar_one()
    values = {"name": f"Người {serial}", "folded": f"nguoi {serial}", "ceremony_on": on, "withdrawn": False}
    session.execute(
        insert(revisions).values(admission_id=admission, number=1, unit_id=unit, from_at=at, **values | facts)
    )
    return int(admission)


def revise(session: Session, admission: int, at: datetime, **changes: object) -> None:
    """A further revision of an admission, the same as the one before but for the changes."""
    before = (
        session.execute(
            select(revisions).where(revisions.c.admission_id == admission, revisions.c.until_at.is_(None))
        )
        .one()
        ._asdict()
    )
    session.execute(update(revisions).where(revisions.c.id == before.pop("id")).values(until_at=at))
    fresh = before | {"number": before["number"] + 1, "from_at": at, "until_at": None} | changes
    session.execute(insert(revisions).values(fresh))


def file_quarter(session: Session, unit: UnitId, quarter: Quarter, kind: str, at: datetime) -> None:
    session.execute(
        update(filings)
        .where(filings.c.unit_id == unit, filings.c.quarter == quarter, filings.c.until_at.is_(None))
        .values(until_at=at)
    )
    session.execute(insert(filings).values(unit_id=unit, quarter=quarter, kind=kind, admitted=0, from_at=at))
