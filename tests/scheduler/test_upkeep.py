"""Who left a list of candidates is forgotten after twelve months, and that is in the log."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import select

from domain.candidate import Step, WayOut
from domain.office import Office
from scheduler import upkeep
from storage.queries import candidates
from storage.queries.admissions import Origin
from storage.tables import audit
from storage.tables import candidates as rows
from tests.harness.district import add_unit


def test_a_name_is_erased_twelve_months_after_its_bearer_left(begin):
    left_at = datetime(2022, 3, 1, 3, tzinfo=UTC)
    origin = Origin(at=left_at, said_at=left_at)
    with begin() as session:
        unit = add_unit(session, "Biên Sơn")
        someone = candidates.list_candidate(session, unit, "Vi Thị Hạ", "vi thi ha", left_at)
        candidates.take_step(session, someone, Step.LISTED, date(2022, 2, 1), origin)
        candidates.close(session, someone, WayOut.MOVED, date(2022, 3, 1), origin)
    erased = []
    for day in (1, 2, 3):
        with begin() as session:
            erased.append(upkeep.tick(session, datetime(2023, 3, day, 3, tzinfo=UTC), Office()))
    assert erased == [0, 1, 0]
    with begin() as session:
        assert session.execute(select(rows.c.name)).scalars().all() == [""]
        entry = session.execute(select(audit).where(audit.c.act == "erase candidate")).one()
    assert (entry.subject, entry.unit_id, entry.person_id) == (f"QC-{someone}", unit, None)
